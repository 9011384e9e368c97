"""Backups: which ones are kept, when the next one is due, and what screens and commands are told about them."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from kzcase.i18n import KAZAKHSTAN, _

DAYS: Final = 7
WEEKS: Final = 5
MONTHS: Final = 12
APART: Final = timedelta(days=200)
"""Backups further apart than this do not push each other out: so a clock set to 2099 or 1970 deletes nothing."""
BACKUP_DUE: Final = timedelta(hours=20)
BACKUP_LATE: Final = timedelta(days=7)
DRILL_DUE: Final = timedelta(days=30)
CHECK_DUE: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Taken:
    """One verified backup: its number in the order they were made, and the moment the clock showed."""

    number: int
    at: datetime


def to_keep(backups: Sequence[Taken]) -> set[int]:
    """Numbers of the backups to keep: the last of each of 7 days, 5 weeks and 12 months, and always the last two.

    Days, weeks and months without a backup do not count. Nothing goes because it is old: only later ones push it out.
    """
    kept = {one.number for one in sorted(backups, key=lambda one: one.number)[-2:]}
    for stretch in _stretches(backups):
        for count, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
            kept |= _last_of_each(stretch, count, period)
    return kept


def _stretches(backups: Sequence[Taken]) -> list[list[Taken]]:
    """Backups parted where far more time lies between than between any that are kept; each in the order of making."""
    parted: list[list[Taken]] = []
    for one in sorted(backups, key=lambda one: (one.at, one.number)):
        if not parted or one.at - parted[-1][-1].at > APART:
            parted.append([])
        parted[-1].append(one)
    return [sorted(stretch, key=lambda one: one.number) for stretch in parted]


def _last_of_each(stretch: Sequence[Taken], count: int, period: Callable[[datetime], Hashable]) -> set[int]:
    found: dict[Hashable, int] = {}
    for one in reversed(stretch):
        found.setdefault(period(one.at.astimezone(KAZAKHSTAN)), one.number)
    return set(list(found.values())[:count])


def _day(at: datetime) -> Hashable:
    return at.date()


def _week(at: datetime) -> Hashable:
    return at.isocalendar()[:2]


def _month(at: datetime) -> Hashable:
    return (at.year, at.month)


@dataclass(frozen=True, slots=True)
class BackupRow:
    """A backup that was made: where, when, how much it holds, and which older ones went.

    `missing`: pieces of attachments that the casebook itself no longer had whole. `same_disk`: it lies where the
    casebook lies, so whatever takes the one takes the other.
    """

    path: str
    number: int
    taken_at: datetime
    cases: int
    operations: int
    size: int
    missing: int = 0
    removed: tuple[str, ...] = ()
    same_disk: bool = False


SAME_DISK: Final = _(
    "This copy lies on the same disk as the casebook: whoever loses the laptop loses both. "
    "Please make one on a stick or another disk as well."
)


@dataclass(frozen=True, slots=True)
class Drill:
    """A restore that was only tried: which backup, when, and whether what came out was what went in."""

    at: datetime
    number: int
    passed: bool
    cases: int = 0
    operations: int = 0


@dataclass(frozen=True, slots=True)
class PastCopy:
    """One line of what a laptop remembers: a `backup` that was made, or one `removed`, or a `drill` that was tried.

    `path` is of the backup, empty for a drill; `well`: nothing was missing, or it passed.
    """

    kind: str
    at: datetime
    number: int
    well: bool
    cases: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class SelfCheck:
    """A check of the whole casebook by itself: when, and how many things were wrong."""

    at: datetime
    findings: int


@dataclass(frozen=True, slots=True)
class BackupState:
    """What is known about the backups of a casebook on this laptop, and of its own soundness."""

    target: str | None
    last: BackupRow | None
    drill: Drill | None
    now: datetime
    checked: SelfCheck | None = None

    @property
    def due(self) -> bool:
        """Whether another one should be made today; a clock that was put back makes it due as well."""
        return self.last is None or not timedelta(0) <= self.now - self.last.taken_at < BACKUP_DUE

    @property
    def late(self) -> bool:
        """Whether there should have been one long ago."""
        return self.last is None or self.now - self.last.taken_at > BACKUP_LATE

    @property
    def drill_due(self) -> bool:
        """Whether restoring should be tried again."""
        if self.last is None:
            return False
        return self.drill is None or not timedelta(0) <= self.now - self.drill.at < DRILL_DUE

    @property
    def check_due(self) -> bool:
        """Whether the whole casebook should be looked through again; what was found wrong is looked at each day."""
        if self.checked is None:
            return True
        again = BACKUP_DUE if self.checked.findings else CHECK_DUE
        return not timedelta(0) <= self.now - self.checked.at < again
