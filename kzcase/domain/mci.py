"""The monthly calculation index (АЕК, МРП): the amount of a day, in which compensations and fines are counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kzcase.domain import csv_text
from kzcase.domain.errors import BrokenDefinition, NotInForce
from kzcase.i18n import _

Use = Literal["benefits", "fines"]
COLUMNS: Final = ("from", "to", "amount", "use", "confidence", "source", "checked_on")
_SURE: Final = frozenset({"S", "V", "G-high"})
Ground = Literal["mci_30", "mci_40", "mci_50"]
TIMES: Final[Mapping[Ground, int]] = {"mci_30": 30, "mci_40": 40, "mci_50": 50}
"""How many indexes the Victims Compensation Fund pays: trafficking, torture or a sexual crime against a child 30;
severe harm or an HIV infection 40; death 50 (Law No. 131-VI of 10 January 2018)."""


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


Fixing = Literal["recognition", "application", "payment"]
FIXINGS: Final[tuple[Fixing, ...]] = ("recognition", "application", "payment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """What a ground comes to if this date fixes the index. `amount` is None without a day, or when the table does not
    reach it (`mci` is then None too); `doubtful`: the amount of the index itself must be checked."""

    fixed_by: Fixing
    day: date | None
    times: int
    mci: Mci | None = None

    @property
    def amount(self) -> int | None:
        """In tenge."""
        return self.mci.times(self.times) if self.mci else None

    @property
    def doubtful(self) -> bool:
        """Whether the index of that day must be checked before it is relied on."""
        return self.mci is not None and self.mci.doubtful


def compensation(
    table: MciTable,
    ground: Ground,
    *,
    recognition: date | None = None,
    application: date | None = None,
    payment: date | None = None,
) -> tuple[Amount, ...]:
    """What a ground comes to, once for each date that might fix the index: nobody has settled which of them does, so
    all stand side by side, always in the same order."""
    days = {"recognition": recognition, "application": application, "payment": payment}
    times = TIMES[ground]
    return tuple(Amount(fixed_by=by, day=days[by], times=times, mci=_known(table, days[by])) for by in FIXINGS)


def _known(table: MciTable, day: date | None) -> Mci | None:
    try:
        return table.on(day, "benefits") if day else None
    except NotInForce:
        return None


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
