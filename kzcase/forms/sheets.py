"""The rows of a form before it becomes an XForm: survey, choices and settings, each knowing where it was written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, str]
COUNT = "_count"


@dataclass(frozen=True, slots=True)
class Sheets:
    """A form in XLSForm's vocabulary; `survey_rows[i]` is the line of the file that holds `survey[i]`."""

    survey: Sequence[Row]
    choices: Sequence[Row]
    settings: Sequence[Row]
    survey_rows: Sequence[int]
    choice_rows: Sequence[int]
    title: Mapping[str, str] = field(default_factory=dict)  # by the code of its language
    about: Mapping[str, str] = field(default_factory=dict)  # likewise
    is_workbook: bool = False  # its rows stand on sheets, which places then name
    own_choices: int = -1  # so many choices stand on the sheet `choices`, the others on `external_choices`; -1: all
    others: Mapping[str, Any] = field(default_factory=dict)  # further sheets as they came (entities, osm, …)

    def place(self, line: int, column: str = "", sheet: str = "") -> str:
        """Where something stands: `4 · survey · relevant`; of a file without sheets `4 · relevant`."""
        named = (sheet or "survey") if self.is_workbook and (line or column or sheet) else ""
        return " · ".join(filter(None, (str(line) if line else "", named, column)))

    def sheet_of_choice(self, at: int) -> str:
        """On which sheet the choice with this index stands."""
        return "external_choices" if 0 <= self.own_choices <= at else "choices"

    def as_workbook(self) -> dict[str, Any]:
        """The mapping of sheets that pyxform takes."""
        made: dict[str, Any] = dict(self.others)
        for name, rows in (("survey", self.survey), ("choices", self.choices), ("settings", self.settings)):
            if rows:
                made[name] = [dict(row) for row in rows]
                made[f"{name}_header"] = [dict.fromkeys(key for row in rows for key in row)]
        made.setdefault("sheet_names", [name for name in ("survey", "choices", "settings") if name in made])
        return made


def cell(row: Mapping[str, str], *names: str) -> str:
    """The text of the first of these columns that the row has, capitals and blanks in the heading aside."""
    for heading, text in row.items():
        if heading and heading.strip().lower().replace(" ", "_") in names and text:
            return str(text).strip()
    return ""


def line_of_list(sheets: Sheets, name: str, filename: str) -> tuple[int, str]:
    """Where a list from a file is asked for first: the line and the column."""
    wanted = re.compile(rf"""(?:pulldata|instance)\(\s*['"]{re.escape(name)}['"]""")
    for row, line in zip(sheets.survey, sheets.survey_rows, strict=True):
        if filename in cell(row, "type") or cell(row, "name") == name:
            return line, "type"
        for heading, text in row.items():
            if heading and wanted.search(str(text)):
                return line, str(heading)[:40]
    return 0, ""


def opens(kind: str) -> str:
    """`group` or `repeat` if this type begins one."""
    words = kind.lower().replace("_", " ").split()
    return words[1] if len(words) > 1 and words[0] == "begin" and words[1] in ("group", "repeat", "loop") else ""


def closes(kind: str) -> str:
    """`group` or `repeat` if this type ends one."""
    words = kind.lower().replace("_", " ").split()
    return words[1] if len(words) > 1 and words[0] == "end" and words[1] in ("group", "repeat", "loop") else ""


def paths_of(sheets: Sheets) -> dict[str, int]:
    """The line at which each path of the form was written."""
    found: dict[str, int] = {}
    open_groups: list[str] = []
    for row, line in zip(sheets.survey, sheets.survey_rows, strict=True):
        kind, name = cell(row, "type"), cell(row, "name")
        if closes(kind):
            del open_groups[-1:]
            continue
        if name:
            found.setdefault("/".join([*open_groups, name]), line)
        if name and opens(kind) == "repeat":  # pyxform writes its count as a question of its own
            found.setdefault("/".join([*open_groups, f"{name}{COUNT}"]), line)
        if opens(kind):
            open_groups.append(name)
    return found
