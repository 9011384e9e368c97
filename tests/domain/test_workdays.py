"""The frozen calendar beside the library it was frozen from."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.errors import BrokenDefinition, NotInForce
from kzcase.domain.workdays import COLUMNS, DayOff, WorkCalendar, read_calendar
from tests.domain.shipped import calendar, code_list

YEARS = range(1991, 2031)
LIBRARY = holidays.country_holidays("KZ", years=YEARS, language="kk")
EVERY_DAY = [date(1991, 1, 1) + timedelta(number) for number in range((date(2031, 1, 1) - date(1991, 1, 1)).days)]


def differences(frozen: WorkCalendar) -> list[date]:
    return [day for day in EVERY_DAY if frozen.is_working(day) != LIBRARY.is_working_day(day)]


def test_every_day_of_forty_years_agrees_with_the_library() -> None:
    assert not differences(calendar())


def test_canary_a_forgotten_holiday_is_noticed() -> None:
    without = {day: known for day, known in calendar().exceptions.items() if day != date(2025, 12, 16)}
    assert differences(WorkCalendar(1991, 2030, without)) == [date(2025, 12, 16)]


def test_holidays_carry_the_name_the_library_gives_them() -> None:
    names = code_list("day_off")
    aliases = {
        "constitution_day": "Конституция",
        "republic_day": "Республика",
        "first_president_day": "Тұңғыш Президент",
    }
    for day, known in calendar().exceptions.items():
        if known.what in ("holiday", "moved"):
            expected = aliases.get(known.code, names.name(known.code, "kk"))
            assert expected.casefold().split()[0] in LIBRARY[day].casefold()


def test_moved_days_say_from_when() -> None:
    moved = [known for known in calendar().exceptions.values() if known.what in ("moved", "off")]
    assert len(moved) > 100
    assert all(known.moved_from for known in moved)


def test_estimates_are_marked() -> None:
    assert calendar().is_estimated(next(day for day in LIBRARY if "бағаланған" in LIBRARY[day]))
    assert not calendar().is_estimated(date(2025, 6, 6))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2025, 1, 3), date(2025, 1, 8)),
        (date(2025, 3, 20), date(2025, 3, 28)),
        (date(2025, 12, 12), date(2025, 12, 18)),
        (date(2026, 3, 19), date(2026, 3, 27)),
        (date(2026, 5, 6), date(2026, 5, 13)),
    ],
)
def test_three_working_days(start: date, due: date) -> None:
    assert calendar().after_working_days(start, 3)[0] == due


@given(st.dates(date(1992, 1, 1), date(2029, 1, 1)), st.integers(1, 30))
def test_counting_agrees_with_the_library_and_explains_every_day(start: date, count: int) -> None:
    due, skipped = calendar().after_working_days(start, count)
    assert due == LIBRARY.get_nth_working_day(start, count)
    assert (due - start).days == count + len(skipped)
    assert all(calendar().why_off(one.day) == one.why for one in skipped)
    assert {one.why for one in skipped} <= {code.code for code in code_list("day_off")}


def test_years_beyond_the_table_are_refused_not_guessed() -> None:
    with pytest.raises(NotInForce):
        calendar().is_working(date(2031, 1, 6))
    with pytest.raises(NotInForce):
        calendar().after_working_days(date(2030, 12, 30), 5)


def test_an_administrator_moves_a_day() -> None:
    moved = calendar().with_changes(
        [
            DayOff(date(2026, 5, 8), "moved_day_off", "off", moved_from=date(2026, 5, 16)),
            DayOff(date(2026, 5, 16), "moved_day_off", "working"),
        ]
    )
    assert not moved.is_working(date(2026, 5, 8))
    assert moved.is_working(date(2026, 5, 16))
    assert calendar().is_working(date(2026, 5, 8))


def test_a_day_off_moves_on() -> None:
    assert calendar().moved_to_working_day(date(2026, 3, 21))[0] == date(2026, 3, 26)
    assert calendar().moved_to_working_day(date(2026, 3, 19)) == (date(2026, 3, 19), ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\n",
        ",".join(COLUMNS) + "\n",
        ",".join(COLUMNS) + "\n2026-02-30,nauryz,holiday,,,,\n",
        ",".join(COLUMNS) + "\n2026-03-21,nauryz,feast,,,,\n",
        ",".join(COLUMNS) + "\n2026-03-21,nauryz\n",
    ],
)
def test_a_broken_table_is_refused(text: str) -> None:
    with pytest.raises(BrokenDefinition):
        read_calendar(text)
