"""What an office's sheets hold and no form takes up: a misspelt `relevent` would be lost in silence."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kzcase.domain.errors import BadForm
from kzcase.forms.sheets import Row, Sheets, cell
from kzcase.i18n import _, ngettext

_MORE: Final = frozenset(
    {"type", "name", "label", "hint", "guidance_hint", "default", "parameters", "choice_filter", "trigger", "intent",
     "disabled", "media", "bind", "instance", "control", "body", "skip_logic", "query", "itemset", "choices"}
)  # fmt: skip
"""What pyxform reads of a row beside its own list of headings."""

_CHOOSING: Final = re.compile(
    r"(?:select[_ ]one|select[_ ]multiple|rank)\s+(?!from\b)(\S+)(?:\s+or[_ ]other)?", re.IGNORECASE
)
_ANSWER_OR_TEXT: Final = re.compile(r"""\$\{[^{}]*\}|'[^']*'|"[^"]*\"""")
_BARE: Final = re.compile(r"(?<![\w./:$-])(?!(?:and|or|div|mod)\b)[^\W\d][\w-]*(?![\w:-]*\s*[(/:])")
"""A name by itself: no function, no path."""
_OF_EVERY_CHOICE: Final = frozenset({"name", "value", "label", "list_name"})
MOST_TOLD: Final = 10
"""So many columns are told by name: whoever has more of them sees what kind they are."""


def unused(sheets: Sheets) -> Iterator[BadForm]:
    """Columns of the sheet `survey` in which something is written that no form takes up; choices of no list."""
    if not sheets.is_workbook:
        return
    headings = dict.fromkeys(str(each) for row in sheets.survey for each, text in row.items() if each and text)
    unknown = [heading for heading in headings if not _is_known(heading)]
    for heading in unknown[:MOST_TOLD]:
        why = _("The column “{name}” says nothing to a form and is left out.", name=heading[:40])
        yield BadForm(sheets.place(1, heading[:40]), why=why)
    left = len(unknown) - MOST_TOLD
    if left > 0:
        more = ngettext(
            "{count} more column says nothing to a form and is left out.",
            "{count} more columns say nothing to a form and are left out.",
            left,
        )
        yield BadForm(sheets.place(1), why=more)
    for row, line in zip(sheets.choices, sheets.choice_rows, strict=True):
        if cell(row, "name", "value") and not cell(row, "list_name", "list"):
            why = _("This choice belongs to no list and is left out.")
            yield BadForm(sheets.place(line, "list_name", "choices"), why=why)
    yield from _silent_choices(sheets)
    yield from _idle_filters(sheets)


def _silent_choices(sheets: Sheets) -> Iterator[BadForm]:
    """Choices of lists that are offered and say nothing: people would see their codes."""
    offered = {_list_of(row) for row in sheets.survey}
    for at, (row, line) in enumerate(zip(sheets.choices, sheets.choice_rows, strict=True)):
        said = any(text and _is_said(str(heading)) for heading, text in row.items())
        if not said and line and cell(row, "name", "value") and cell(row, "list_name", "list") in offered:
            place = sheets.place(line, f"label · {cell(row, 'list_name', 'list')[:40]}", sheets.sheet_of_choice(at))
            yield BadForm(place, why=_("This choice has no text."))


def _is_said(heading: str) -> bool:
    """Words or a picture."""
    return heading.partition(":")[0].strip().lower() in ("label", "media", "image", "audio", "video", "big-image")


def _list_of(row: Row) -> str:
    """The list a question chooses from, where it stands in the workbook."""
    found = _CHOOSING.fullmatch(cell(row, "type"))
    return found[1] if found else ""


def _idle_filters(sheets: Sheets) -> Iterator[BadForm]:
    """Filters that look at a column their list does not have: such a question never offers anything."""
    for row, line in zip(sheets.survey, sheets.survey_rows, strict=True):
        chosen = [each for each in sheets.choices if cell(each, "list_name", "list") == _list_of(row)]
        rule = _ANSWER_OR_TEXT.sub(" ", cell(row, "choice_filter"))
        if chosen and rule.strip():
            known = {str(heading).strip() for each in chosen for heading in each} | _OF_EVERY_CHOICE
            for name in dict.fromkeys(_BARE.findall(rule)):
                if name not in known:
                    why = _(
                        "No choice of the list has the column “{name}”: nothing would ever be offered.", name=name[:40]
                    )
                    yield BadForm(sheets.place(line, "choice_filter"), why=why)


def _is_known(heading: str) -> bool:
    whole = heading.strip().lower().replace(" ", "_")
    return whole in _headings() or whole.partition(":")[0].rstrip("_") in _headings()


@cache
def _headings() -> frozenset[str]:
    from pyxform import aliases

    return _MORE | {str(each).replace(" ", "_") for each in aliases.survey_header}
