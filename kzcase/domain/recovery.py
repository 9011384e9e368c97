"""Recovery as people see it: who holds which share since when, and when two of them should be tried again."""

from dataclasses import dataclass
from datetime import date
from typing import Final

TRY_EVERY_MONTHS: Final = 6


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One of three shares; `left`: its holder was a colleague who left, so it should be replaced."""

    number: int
    holder: str | None
    given_on: date | None
    left: bool = False


@dataclass(frozen=True, slots=True)
class RecoveryState:
    """The shares that count now, and the last time two of them were tried."""

    issue: int
    issued_on: date | None
    shares: tuple[ShareRow, ...]
    tried_on: date | None
    due_on: date | None
    due: bool
    one_person: bool

    @property
    def replace(self) -> tuple[int, ...]:
        """Shares whose holder left."""
        return tuple(share.number for share in self.shares if share.left)

    @property
    def nobodys(self) -> tuple[int, ...]:
        """Shares of which nobody wrote down who holds them."""
        return tuple(share.number for share in self.shares if share.holder is None)


def trial_due(issued_on: date | None, tried_on: date | None) -> date | None:
    """The day from which two shares should be tried: half a year after the last time, or after they were made."""
    last = max((day for day in (issued_on, tried_on) if day), default=None)
    return _months_later(last, TRY_EVERY_MONTHS) if last else None


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or the first of the one after where that month is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    try:
        return date(day.year + year, month + 1, day.day)
    except ValueError:
        year, month = divmod(day.month + months, 12)
        return date(day.year + year, month + 1, 1)
