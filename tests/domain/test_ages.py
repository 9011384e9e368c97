"""Ages as ranges, minority, and bands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.ages import AgeRange, age_band, age_range, comes_of_age, completed_years, is_child
from kzcase.domain.errors import BadInput
from tests.domain.shipped import code_list

BIRTHS = st.dates(date(1930, 1, 1), date(2026, 1, 1))
DAYS = st.dates(date(2026, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(
    ("birth", "on", "low", "high"),
    [
        ("2008-03-05", date(2026, 3, 4), 17, 17),
        ("2008-03-05", date(2026, 3, 5), 18, 18),
        ("2008-02-29", date(2026, 2, 28), 17, 17),
        ("2008-02-29", date(2026, 3, 1), 18, 18),
        ("2008", date(2026, 6, 1), 17, 18),
        ("2008-03", date(2026, 3, 15), 17, 18),
        ("1990~", date(2026, 6, 1), 33, 38),
        ("19XX", date(2026, 6, 1), 26, 126),
        ("2026", date(2026, 6, 1), 0, 0),
    ],
)
def test_ranges(birth: str, on: date, low: int, high: int) -> None:
    assert age_range(birth, on) == AgeRange(low, high)


def test_no_birth_or_not_yet_born_is_no_age() -> None:
    assert age_range("", date(2026, 1, 1)) is None
    assert age_range("2027", date(2026, 1, 1)) is None
    assert is_child("", date(2026, 1, 1)) is None
    assert comes_of_age("") is None


def test_an_unreadable_birth_is_refused() -> None:
    with pytest.raises(BadInput):
        age_range("2026-02-30", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("birth", "on", "child"),
    [
        ("2008-03-05", date(2026, 3, 4), True),
        ("2008-03-05", date(2026, 3, 5), False),
        ("2008", date(2026, 12, 30), True),
        ("2008", date(2026, 12, 31), False),
        ("2007~", date(2026, 6, 1), True),
        ("1990", date(2026, 6, 1), False),
    ],
)
def test_doubt_counts_for_the_child(birth: str, on: date, child: bool) -> None:
    assert is_child(birth, on) is child


@given(BIRTHS, DAYS)
def test_a_vaguer_birth_never_ends_childhood_earlier(birth: date, on: date) -> None:
    exactly = completed_years(birth, on)
    for text in (birth.strftime("%Y-%m"), birth.strftime("%Y"), birth.strftime("%Y~")):
        ages = age_range(text, on)
        assert ages is not None
        assert ages.low <= exactly <= ages.high
        assert is_child(text, on) or not exactly < 18


@given(BIRTHS)
def test_the_day_of_coming_of_age_is_the_first_adult_day(birth: date) -> None:
    day = comes_of_age(birth.isoformat())
    assert day is not None
    assert is_child(birth.isoformat(), day) is False
    assert is_child(birth.isoformat(), day - timedelta(1)) is True


def test_canary_dividing_days_misses_birthdays() -> None:
    def divided(birth: date, on: date) -> int:
        return (on - birth).days // 365

    assert divided(date(2008, 3, 5), date(2026, 3, 4)) != completed_years(date(2008, 3, 5), date(2026, 3, 4))


@pytest.mark.parametrize(
    ("set_name", "birth", "sex", "band"),
    [
        ("summary", "2008-06-02", "unknown", "0-17"),
        ("summary", "2008-06-01", "unknown", "18-24"),
        ("summary", "2008", "unknown", "0-17"),
        ("summary", "1994", "female", "25-44"),
        ("summary", "1950", "male", "45+"),
        ("summary", "2001", "male", "unknown"),
        ("summary", "19XX", "male", "unknown"),
        ("summary", "", "male", "unknown"),
        ("summary", "2030", "male", "unknown"),
        ("seed_3", "1966", "female", "58+"),
        ("seed_3", "1966", "male", "16-62"),
        ("seed_3", "1966", "unknown", "unknown"),
        ("five_year", "1994-01-01", "male", "30-34"),
        ("five_year", "1920-01-01", "male", "100+"),
        ("ctdc", "2017-01-01", "male", "9-17"),
        ("unhcr_agd", "2008~", "male", "12-17"),
        ("criminal_age", "2011-05-30", "male", "14-15"),
        ("cam", "2024-01-01", "male", "0-2"),
    ],
)
def test_bands_on_the_first_of_june_2026(set_name: str, birth: str, sex: str, band: str) -> None:
    assert age_band(code_list("age_band"), set_name, birth, date(2026, 6, 1), sex).attribute("band") == band


@pytest.mark.parametrize(
    "set_name", ["summary", "five_year", "stranded", "sdg_16_2_2", "unhcr_agd", "ctdc", "criminal_age"]
)
def test_bands_of_a_set_cover_every_age_once(set_name: str) -> None:
    bands = [code for code in code_list("age_band") if code.attribute("set") == set_name]
    for age in range(111):
        fitting = [band for band in bands if int(band.attribute("low")) <= age <= int(band.attribute("high") or 999)]
        assert len(fitting) == 1
