"""Working days of Kazakhstan: weekends, holidays, moved days off and working Saturdays, as dated data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from kzcase.domain import csv_text
from kzcase.domain.errors import BrokenDefinition, NotInForce
from kzcase.i18n import _

COLUMNS: Final = ("date", "code", "what", "estimated", "moved_from", "source", "checked_on")
WEEKEND: Final = "weekend"
MAX_WORKING_DAYS: Final = 2_000
_SATURDAY: Final = 5
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that is not worked though it is not a weekend, or an ordinary day that is. `code` is of `day_off`.

    what: `holiday`, `moved` (a day off instead of a holiday on a weekend), `off` or `working` (by Government decree).
    """

    day: date
    code: str
    what: str
    estimated: bool = False
    moved_from: date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that did not count, and the code of `day_off` that says why."""

    day: date
    why: str


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked, for the years the table covers."""

    first_year: int
    last_year: int
    exceptions: Mapping[date, DayOff]

    def why_off(self, day: date) -> str:
        """The code of `day_off` for which the day is not worked; `""` for a working day. `NotInForce` off the table."""
        if not self.first_year <= day.year <= self.last_year:
            raise NotInForce(what=_("table of public holidays"), day=day)
        exception = self.exceptions.get(day)
        if exception is not None:
            return "" if exception.what == "working" else exception.code
        return WEEKEND if day.weekday() >= _SATURDAY else ""

    def is_working(self, day: date) -> bool:
        """Whether offices work on that day."""
        return not self.why_off(day)

    def is_estimated(self, day: date) -> bool:
        """Whether the day off is an estimate (Kurban Ait of a year not yet announced)."""
        exception = self.exceptions.get(day)
        return exception is not None and exception.estimated

    def without_transfers(self, first: date, last: date) -> tuple[int, ...]:
        """The years between these days for which the table has no days moved by decree: the Government decides them
        year by year, and some are not published yet."""
        known = {day.year for day, exception in self.exceptions.items() if exception.what in ("off", "working")}
        return tuple(year for year in range(first.year, last.year + 1) if year not in known)

    def after_working_days(self, start: date, count: int) -> tuple[date, tuple[Skipped, ...]]:
        """The `count`-th working day after `start` (the day of the event does not count), and the days passed over."""
        due, skipped = start, []
        for _number in range(min(count, MAX_WORKING_DAYS)):
            due += _DAY
            while why := self.why_off(due):
                skipped.append(Skipped(due, why))
                due += _DAY
        return due, tuple(skipped)

    def moved_to_working_day(self, day: date) -> tuple[date, tuple[Skipped, ...]]:
        """The day itself if it is worked, else the next that is."""
        skipped = []
        while why := self.why_off(day):
            skipped.append(Skipped(day, why))
            day += _DAY
        return day, tuple(skipped)

    def with_changes(self, changes: Iterable[DayOff]) -> "WorkCalendar":
        """The calendar after the Government moved days; what an administrator enters each year."""
        return replace(self, exceptions={**self.exceptions, **{change.day: change for change in changes}})


def read_calendar(text: str, place: str = "rules/holidays.csv") -> WorkCalendar:
    """The calendar from CSV text. `BrokenDefinition` with the row when it cannot be used."""
    rows = csv_text.rows(text, COLUMNS, place)
    next(rows)
    days = [_day_off(row, where) for where, row in rows]
    if not days:
        raise BrokenDefinition(place, why=_("the table is empty"))
    years = [day.day.year for day in days]
    return WorkCalendar(min(years), max(years), {day.day: day for day in days})


def _day_off(row: list[str], place: str) -> DayOff:
    try:
        written, code, what, estimated, moved_from, source, _checked = row
        moved = date.fromisoformat(moved_from) if moved_from else None
        known = DayOff(date.fromisoformat(written), code, what, estimated == "1", moved, source)
    except ValueError:
        raise BrokenDefinition(place, why=_("a number or a date (2026-12-31) cannot be read")) from None
    if known.what not in ("holiday", "moved", "off", "working"):
        raise BrokenDefinition(place, why=_("“what” must be holiday, moved, off or working"))
    return known
