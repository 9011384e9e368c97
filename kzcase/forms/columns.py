"""What an office's sheets hold and no form takes up: a misspelt `relevent` would be lost in silence."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from kzcase.domain.errors import BadForm
from kzcase.forms.sheets import Sheets, cell
from kzcase.i18n import _

_MORE: Final = frozenset(
    {"type", "name", "label", "hint", "guidance_hint", "default", "parameters", "choice_filter", "trigger", "intent",
     "disabled", "media", "bind", "instance", "control", "body", "skip_logic", "query", "itemset", "choices"}
)  # fmt: skip
"""What pyxform reads of a row beside its own list of headings."""


def unused(sheets: Sheets) -> Iterator[BadForm]:
    """Columns of the sheet `survey` in which something is written that no form takes up; choices of no list."""
    if not sheets.is_workbook:
        return
    for heading in dict.fromkeys(str(each) for row in sheets.survey for each, text in row.items() if each and text):
        if not _is_known(heading):
            why = _("The column “{name}” says nothing to a form and is left out.", name=heading[:40])
            yield BadForm(sheets.place(1, heading[:40]), why=why)
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
