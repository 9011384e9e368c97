"""The monthly calculation index (АЕК, МРП): the amount of a day, in which compensations and fines are counted."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kzcase.domain import csv_text
from kzcase.domain.errors import BrokenDefinition, NotInForce
from kzcase.i18n import _

Use = Literal["benefits", "fines"]
COLUMNS: Final = ("from", "to", "amount", "use", "confidence", "source", "checked_on")
_SURE: Final = frozenset({"S", "V", "G-high"})


@dataclass(frozen=True, slots=True)
class Mci:
    """One amount in tenge for a period. confidence: S or V seen in a source, G-high known, ? to be checked."""

    first: date
    last: date
    amount: int
    use: str
    confidence: str
    source: str

    @property
    def doubtful(self) -> bool:
        """Whether the amount must be checked before it is relied on."""
        return self.confidence not in _SURE

    def times(self, count: int) -> int:
        """So many indexes in tenge: `times(30)` is the compensation for trafficking."""
        return self.amount * count


@dataclass(frozen=True, slots=True)
class MciTable:
    """The amounts of all years."""

    rows: tuple[Mci, ...]

    def on(self, day: date, use: Use = "benefits") -> Mci:
        """The amount of a day. `NotInForce` when the table does not reach it."""
        for row in self.rows:
            if row.first <= day <= row.last and row.use in ("all", use):
                return row
        raise NotInForce(what=_("monthly calculation index"), day=day)


def read_mci(text: str, place: str = "rules/mci.csv") -> MciTable:
    """The table from CSV text. `BrokenDefinition` with the row when it cannot be used."""
    rows = csv_text.rows(text, COLUMNS, place)
    next(rows)
    return MciTable(tuple(_row(row, where) for where, row in rows))


def _row(row: list[str], place: str) -> Mci:
    try:
        first, last, amount, use, confidence, source, _checked = row
        read = Mci(date.fromisoformat(first), date.fromisoformat(last), int(amount), use, confidence, source)
    except ValueError:
        raise BrokenDefinition(place, why=_("a number or a date (2026-12-31) cannot be read")) from None
    if read.last < read.first or read.use not in ("all", "benefits", "fines"):
        raise BrokenDefinition(place, why=_("the period or the use is not possible"))
    return read
