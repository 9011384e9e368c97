"""Which backups are kept: by rule, never by age, never the last one, and not because a clock ran ahead."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.backups import BackupRow, BackupState, Drill, Taken, to_keep

START = datetime(2026, 1, 1, 7, tzinfo=UTC)
DAY = timedelta(days=1)


def year(days: int, start: datetime = START, first: int = 1) -> list[Taken]:
    return [Taken(first + day, start + day * DAY) for day in range(days)]


def kept_over(backups: list[Taken]) -> list[Taken]:
    """Rotation after each backup, as it happens on a stick."""
    there: list[Taken] = []
    for one in backups:
        there.append(one)
        kept = to_keep(there)
        there = [each for each in there if each.number in kept]
    return there


def test_a_year_of_daily_backups() -> None:
    there = kept_over(year(365))
    days = [one.at.date() for one in there]
    last = (START + 364 * DAY).date()
    assert days[-7:] == [last - timedelta(days=back) for back in range(6, -1, -1)]
    assert len({day.isocalendar()[:2] for day in days}) >= 5
    assert {day.month for day in days} == set(range(1, 13))
    assert len(there) <= 7 + 5 + 12


def test_there_is_always_one_of_the_last_days() -> None:
    """A simulated year in which many days are missed."""
    chance, there, seen = Random(7), [], 0
    for one in year(365):
        if chance.random() < 0.6:
            there = kept_over([*there, one])
            seen += 1
            assert there[-1] == one
    assert seen > 200


def test_a_clock_set_to_2099_deletes_nothing() -> None:
    there = kept_over(year(60))
    ahead = [Taken(100 + n, datetime(2099, 1, 1, tzinfo=UTC) + n * DAY) for n in range(40)]
    after = kept_over([*there, *ahead])
    assert {one.number for one in there} <= {one.number for one in after}
    back = kept_over([*after, Taken(200, START + 60 * DAY)])
    assert {one.number for one in after if one.at.year == 2099} <= {one.number for one in back}
    assert 200 in {one.number for one in back}


def test_a_clock_set_to_1970_deletes_nothing_else() -> None:
    there = kept_over(year(60))
    after = kept_over([*there, Taken(100, datetime(1970, 1, 1, tzinfo=UTC))])
    assert {one.number for one in there} <= {one.number for one in after}
    assert 100 in {one.number for one in after}


MOMENTS = st.lists(st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)), min_size=1, max_size=60)


@given(MOMENTS)
def test_the_last_two_always_stay_whatever_the_clock_says(moments: list[datetime]) -> None:
    backups = [Taken(number, at.replace(tzinfo=UTC)) for number, at in enumerate(moments)]
    kept = to_keep(backups)
    assert {one.number for one in backups[-2:]} <= kept <= {one.number for one in backups}


def test_a_clock_two_months_ahead_for_a_week_loses_no_day_after_it() -> None:
    ahead = [Taken(61 + n, START + (120 + n) * DAY) for n in range(7)]
    after = [Taken(68 + n, START + (67 + n) * DAY) for n in range(7)]
    assert {one.number for one in after} <= {one.number for one in kept_over([*year(60), *ahead, *after])}


def test_years_of_irregular_backups_do_not_fill_the_stick() -> None:
    chance, at, there = Random(11), START, []
    for number in range(1, 400):
        at += timedelta(days=chance.choice([1, 1, 3, 10, 40, 70]))
        there = kept_over([*there, Taken(number, at)])
    assert len(there) <= 7 + 5 + 12


def state(*, last: datetime | None, drill: datetime | None = None, now: datetime = START) -> BackupState:
    row = BackupRow("x", 1, last, 1, 1, 1) if last else None
    return BackupState("x", row, Drill(drill, 1, True) if drill else None, now)


@pytest.mark.parametrize(
    ("last", "due", "late"),
    [(None, True, True), (START - DAY / 2, False, False), (START - DAY, True, False), (START - 8 * DAY, True, True),
     (START + 900 * DAY, True, False)],
)  # fmt: skip
def test_when_a_backup_is_due(last: datetime | None, due: bool, late: bool) -> None:
    found = state(last=last)
    assert (found.due, found.late) == (due, late)


@pytest.mark.parametrize(
    ("drill", "due"), [(None, True), (START - 10 * DAY, False), (START - 31 * DAY, True), (START + 90 * DAY, True)]
)
def test_when_a_drill_is_due(drill: datetime | None, due: bool) -> None:
    assert state(last=START, drill=drill).drill_due is due
    assert state(last=None, drill=drill).drill_due is False
