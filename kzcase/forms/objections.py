"""What pyxform objects to in a form, said in our words and with its sheet, row and column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from kzcase.domain.errors import BadForm
from kzcase.forms.sheets import Sheets, cell
from kzcase.i18n import Words, _, verbatim

Said = Mapping[str, str]
"""The parts of an objection that matter: `name`, `sheet`, `column`, `row`."""


@dataclass(frozen=True, slots=True)
class _Objection:
    """One kind of objection: how pyxform says it, how we do, in which column it is and in whose row."""

    pattern: re.Pattern[str]
    words: Callable[[Said], Words]
    column: str = ""
    where: tuple[str, ...] = ()  # the columns of the survey among which the name is to be found


def _kind(pattern: str, words: Callable[[Said], Words], column: str = "", where: tuple[str, ...] = ()) -> _Objection:
    return _Objection(re.compile(pattern, re.DOTALL), words, column, where)


_KINDS: Final = (
    _kind(
        r"Argument 'definition' was not recognized",
        lambda _s: _("There is no form in this file. Its sheet “survey” must name its columns: type, name and label."),
    ),
    _kind(
        r"element named '(?P<name>[^']*)' has no label", lambda _s: _("This question has no text."), "label", ("name",)
    ),
    _kind(
        r"Unknown question type '(?P<name>[^']*)'",
        lambda s: _("There is no type of question called “{name}”.", name=s["name"]),
        "type",
        ("type",),
    ),
    _kind(r"Missing calculation", lambda _s: _("The calculation is missing here."), "calculation"),
    _kind(r"with no name", lambda _s: _("The name is missing here."), "name"),
    _kind(
        r"sheet: '(?P<sheet>\w+)'.*not found: '(?P<name>[^']*)'",
        lambda s: _("The column “{name}” is missing.", name=s["name"]),
    ),
    _kind(
        r"sheet: '(?P<sheet>\w+)'.*same column were found: (?P<name>.*?)\.",
        lambda s: _("These columns mean the same: {names}", names=verbatim(s["name"])),
    ),
    _kind(r"sheet: '(?P<sheet>\w+)'", lambda _s: _("The first row of the sheet must name its columns.")),
    _kind(r"Duplicate column header: (?P<name>.*)", lambda s: _("“{name}” is given twice.", name=s["name"])),
    _kind(
        r"section has not been included",
        lambda _s: _("Parts of other forms cannot be included. Please copy the questions into this form."),
        "type",
        ("include",),
    ),
    _kind(
        r"not in (?:external choices|columns) sheet: (?P<name>.*)",
        lambda s: _("There is no list of choices called “{name}”.", name=s["name"]),
        "type",
    ),
    _kind(
        r"Instance names must be unique within a form. The name '(?P<name>[^']*)'",
        lambda s: _("“{name}” is given twice.", name=s["name"]),
        "name",
        ("name",),
    ),
    _kind(
        r"File name for '(?P<name>[^']*)' should end",
        lambda _s: _("A list of choices from a file is a .csv, .xml or .geojson file."),
        "type",
    ),
    _kind(
        r"so it can't be used as a calculation trigger for question \$\{(?P<name>[^}]*)\}",
        lambda _s: _("Only a question that somebody sees can be a trigger."),
        "trigger",
        ("name",),
    ),
    _kind(
        r"the 'trigger' value is invalid",
        lambda _s: _("A trigger is the name of a question of this form: ${{name}}."),
        "trigger",
    ),
    _kind(r"Audits must always be named", lambda _s: _("A question of the type “audit” is called “audit”."), "name"),
    _kind(
        r"(?:Parameters? |value for |^|key for \w+ )(?P<name>[a-z]+(?:-[a-z]+)*)(?: must | value must |=true|\.$)",
        lambda s: _("The parameter “{name}” cannot be used like this.", name=s["name"]),
        "parameters",
        ("parameters",),
    ),
    _kind(
        r"'parameters' value is invalid",
        lambda _s: _("These parameters do not fit this type of question."),
        "parameters",
    ),
    _kind(
        r"(?:are required|Parameters must)",
        lambda _s: _("These parameters do not fit this type of question."),
        "parameters",
        ("parameters",),
    ),
)
_ROW: Final = re.compile(r"\[row : (\d+)\]|[Rr]ow (\d+)")
_SHEET: Final = re.compile(r"On the '(\w+)' sheet, the '([^']+)' value")


def objection(said: str, sheets: Sheets) -> BadForm:
    """What pyxform said, as a problem of this form; word for word where we have no better ones."""
    plain = re.sub(r"^\[row : \d+\]\s*", "", said).strip()
    for kind in _KINDS:
        found = kind.pattern.search(plain)
        if found:
            parts = {name: (text or "").strip()[:80] for name, text in found.groupdict().items()}
            line = _line(said, sheets) or _line_with(parts.get("name", ""), kind.where, sheets)
            place = sheets.place(line, kind.column, parts.get("sheet", ""))
            return BadForm(place, why=kind.words(parts))
    sheet, column = (found[1], found[2]) if (found := _SHEET.search(plain)) else ("", "")
    why = _("The rows cannot be turned into a form: {reason}", reason=verbatim(plain[:300]))
    return BadForm(sheets.place(_line(said, sheets), column, sheet), why=why)


def _line(said: str, sheets: Sheets) -> int:
    found = _ROW.search(said)
    at = int(found[1] or found[2]) - 2 if found else -1
    return sheets.survey_rows[at] if 0 <= at < len(sheets.survey_rows) else 0


def _line_with(name: str, columns: tuple[str, ...], sheets: Sheets) -> int:
    """The line of the first question in one of whose columns the name stands."""
    for row, line in zip(sheets.survey, sheets.survey_rows, strict=True):
        if "include" in columns and cell(row, "type") == "include":
            return line
        if any(name and name in cell(row, column) for column in columns):
            return line
    return 0
