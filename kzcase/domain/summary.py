"""A protected summary ready to be read: tables of rounded numbers, charts, and what they promise."""

from dataclasses import dataclass
from typing import Final

from kzcase.domain.charts import BarChart
from kzcase.domain.papers import SheetHeader, Text
from kzcase.i18n import Words, _

GUARANTEE: Final = _(
    "Every number we publish may differ from the truth by up to {bound} people; all tables and all later reports are "
    "built from the same sealed rounded file, and no adding, subtracting or comparing of our reports makes any number "
    "more exact, so nobody can prove from them that a particular person came to us or what happened to that person."
)
FOOTNOTE: Final = _(
    "Numbers are rounded to {base} and may differ from the real ones by up to {bound}; 0 means 0 to {bound}; "
    "tables add up."
)
LIMITS: Final = _(
    "What this does not promise: somebody who already knows nearly all other people in these numbers can guess better "
    "than by chance, and what is typical of a whole large group stays visible."
)
COMPARISON_ONLY: Final = _("Comparison only: made from a file of cases, not from a casebook")
NOT_APPROVED: Final = _("Not approved: a second person has not signed yet")
ALONE: Final = _("One-person organisation: nobody else could sign a second time")
WAITED: Final = _("Passed on after a delay of 24 hours in place of a second signature")


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """One table as it is read: the last variable lies across, the others go down."""

    title: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


@dataclass(frozen=True, slots=True)
class SummarySheet:
    """A summary on paper."""

    header: SheetHeader
    title: Text
    facts: tuple[tuple[Text, Text], ...]
    """Period, method, version of the codebook and so on, as label and value."""
    stamps: tuple[Words, ...]
    guarantee: Words
    footnote: Words
    tables: tuple[SummaryTable, ...]
    charts: tuple[BarChart, ...] = ()
