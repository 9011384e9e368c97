"""What an office's sheets hold and no form takes up: a misspelt `relevent` would be lost in silence."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from kzcase.domain.errors import BadForm
from kzcase.forms.sheets import Sheets, cell
from kzcase.i18n import _, ngettext

_MORE: Final = frozenset(
    {"type", "name", "label", "hint", "guidance_hint", "default", "parameters", "choice_filter", "trigger", "intent",
     "disabled", "media", "bind", "instance", "control", "body", "skip_logic", "query", "itemset", "choices"}
)  # fmt: skip
"""What pyxform reads of a row beside its own list of headings."""

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


def _is_known(heading: str) -> bool:
    whole = heading.strip().lower().replace(" ", "_")
    return whole in _headings() or whole.partition(":")[0].rstrip("_") in _headings()


@cache
def _headings() -> frozenset[str]:
    from pyxform import aliases

    return _MORE | {str(each).replace(" ", "_") for each in aliases.survey_header}
