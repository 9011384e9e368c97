"""What pyxform objects to in a form, said in our words and with its sheet, row and column."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
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


NO_SHEET: Final = _("There is no form in this file. Its sheet “survey” must name its columns: type, name and label.")
_KINDS: Final = (
    _kind(
        r"Argument 'definition' was not recognized",
        lambda _s: NO_SHEET,
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
    _kind(
        r"Choice filter not supported with or_other",
        lambda _s: _("“Other” cannot be added to choices that a filter picks: write the choice and its question out."),
        "type",
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
_CODES: Final[Mapping[str, tuple[Callable[[Said], Words], str]]] = {
    "NAMES_001": (lambda s: _("“{name}” is given twice.", name=s["value"]), "name"),
    "NAMES_003": (lambda s: _("This name cannot be used here: “{name}”.", name=s["value"]), "name"),
    "NAMES_004": (lambda s: _("“{name}” is given twice.", name=s["value"]), "name"),
    "NAMES_005": (lambda _s: _("This name cannot be used here: “{name}”.", name="meta"), "name"),
    "NAMES_006": (lambda _s: _("The name is missing here."), "name"),
    "NAMES_007": (lambda s: _("“{name}” is given twice.", name=s["said"]), "name"),
    "NAMES_008": (lambda s: _("A name begins with a letter and has no blanks: “{name}”.", name=s["said"]), ""),
    "NAMES_009": (lambda s: _("A name begins with a letter and has no blanks: “{name}”.", name=s["name"]), ""),
    "NAMES_010": (lambda s: _("This name cannot be used here: “{name}”.", name=s["said"]), ""),
    "NAMES_011": (lambda s: _("This name cannot be used here: “{name}”.", name=s["said"]), ""),
    "NAMES_012": (lambda s: _("This name cannot be used here: “{name}”.", name=s["said"]), ""),
    "NAMES_014": (lambda s: _("“{name}” is given twice.", name=s["said"]), "list_name"),
    "NAMES_015": (lambda _s: _("The name is missing here."), "list_name"),
    "LABEL_001": (lambda _s: _("This choice has no text."), "label"),
    "PYREF_001": (lambda _s: _("A reference to a question is written ${{name}}."), ""),
    "PYREF_002": (lambda _s: _("A reference to a question is written ${{name}}."), ""),
    "PYREF_003": (lambda s: _("No question is called “{name}”.", name=s["q"]), ""),
    "PYREF_004": (lambda s: _("More than one question is called “{name}”: it is not clear which.", name=s["q"]), ""),
    "HEADER_004": (lambda _s: _("A heading of this sheet is empty or has blanks."), ""),
    "HEADER_005": (lambda s: _("The column “{name}” is not known here.", name=s["columns"]), ""),
}
"""What pyxform numbers: how we say it, and in which column it is where pyxform does not say."""
_SORTS: Final[Mapping[str, tuple[Callable[[Said], Words], str]]] = {
    "ENTITY": (lambda _s: _("What is to become an entity of ODK is not described as ODK needs it."), "save_to"),
    "RANGE": (lambda _s: _("These parameters do not fit this type of question."), "parameters"),
    "SURVEY": (lambda _s: _("These parameters do not fit this type of question."), "parameters"),
}
"""Likewise of a whole group of numbers."""
_HEADINGS_ROW: Final = 1
_ROW: Final = re.compile(r"\[row : (\d+)\]|[Rr]ow (\d+)")
_SHEET: Final = re.compile(r"On the '(\w+)' sheet, the '([^']+)' value")


def objection(error: Exception, sheets: Sheets) -> BadForm:
    """What pyxform said, as a problem of this form; word for word where we have no better ones."""
    said = str(error)
    plain = re.sub(r"^\[row : \d+\]\s*", "", said).strip()
    for kind in _KINDS:
        found = kind.pattern.search(plain)
        if found:
            parts = {name: (text or "").strip()[:80] for name, text in found.groupdict().items()}
            line = _line(said, sheets) or _line_with(parts.get("name", ""), kind.where, sheets)
            line = line or (_HEADINGS_ROW if parts.get("sheet") else 0)
            place = sheets.place(line, kind.column, parts.get("sheet", ""))
            return BadForm(place, why=kind.words(parts))
    sheet, column = (found[1], found[2]) if (found := _SHEET.search(plain)) else (_sheet_of(plain), "")
    number, context = _numbered(error)
    known = _CODES.get(number) or _SORTS.get(number.partition("_")[0])
    if known:
        words, usual = known
        column = column or usual
        parts = {name: str(text).strip()[:80] for name, text in context.items()}
        why = words(defaultdict(str, {"said": _cell_of(said, sheet, column, sheets), **parts}))
    else:
        why = _("The rows cannot be turned into a form: {reason}", reason=verbatim(plain[:300]))
    on = sheets.sheet_of_choice(_at(said)) if sheet == "choices" else sheet
    return BadForm(sheets.place(_line(said, sheets, sheet), column, on), why=why)


def _numbered(error: Exception) -> tuple[str, Mapping[str, object]]:
    """The number pyxform gives this objection, and its parts; some it raises as bare texts."""
    code = getattr(error, "code", None)
    if code is not None:
        return code.name, getattr(error, "context", {})
    for number, template in _templates().items():
        if found := template.match(str(error)):
            return number, found.groupdict()
    return "", {}


@cache
def _templates() -> Mapping[str, re.Pattern[str]]:
    from pyxform.errors import ErrorCode

    made: dict[str, re.Pattern[str]] = {}
    for code in ErrorCode:
        pieces = re.split(r"\{(\w+)\}", code.value.msg.replace("{{", "{").replace("}}", "}"))
        groups = (
            f"(?P<{name}>.*?)" if name not in pieces[1:at:2] else ".*?" for at, name in enumerate(pieces) if at % 2
        )
        texts = map(re.escape, pieces[::2])
        made[code.name] = re.compile("".join(text + next(groups, "") for text in texts), re.DOTALL)
    return made


def _sheet_of(plain: str) -> str:
    """The sheet of an objection to no column."""
    found = re.search(r"On the '(\w+)' sheet", plain)
    return found[1] if found else ""


def _cell_of(said: str, sheet: str, column: str, sheets: Sheets) -> str:
    """What stands where the objection is."""
    rows = {"survey": sheets.survey, "choices": sheets.choices}.get(sheet) or sheets.others.get(sheet) or ()
    at = _at(said)
    return cell(rows[at], column)[:80] if 0 <= at < len(rows) else ""


def _at(said: str) -> int:
    found = _ROW.search(said)
    return int(found[1] or found[2]) - 2 if found else -1


def _line(said: str, sheets: Sheets, sheet: str = "survey") -> int:
    at = _at(said)
    if sheet in ("survey", "choices", ""):
        lines = sheets.choice_rows if sheet == "choices" else sheets.survey_rows
        return lines[at] if 0 <= at < len(lines) else 0
    return at + 2 if at >= -1 and sheets.is_workbook else 0


def _line_with(name: str, columns: tuple[str, ...], sheets: Sheets) -> int:
    """The line of the first question in one of whose columns the name stands."""
    for row, line in zip(sheets.survey, sheets.survey_rows, strict=True):
        if "include" in columns and cell(row, "type") == "include":
            return line
        if any(name and name in cell(row, column) for column in columns):
            return line
    return 0
