"""Approximate dates, and what people type."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.dates import add_months, digits_from_layout, parse_edtf, read_typed
from kzcase.domain.errors import BadInput, NoSuchDate, NotADate
from kzcase.i18n import render

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "canonical", "earliest", "latest", "shown"),
    [
        ("1994-05-17", "1994-05-17", date(1994, 5, 17), date(1994, 5, 17), "17.05.1994"),
        ("1994-05", "1994-05", date(1994, 5, 1), date(1994, 5, 31), "05.1994"),
        ("1994-05-XX", "1994-05", date(1994, 5, 1), date(1994, 5, 31), "05.1994"),
        ("1985", "1985", date(1985, 1, 1), date(1985, 12, 31), "1985"),
        ("1985-XX", "1985", date(1985, 1, 1), date(1985, 12, 31), "1985"),
        ("1985-XX-XX", "1985", date(1985, 1, 1), date(1985, 12, 31), "1985"),
        ("198X", "198X", date(1980, 1, 1), date(1989, 12, 31), "1980–1989"),
        ("19XX", "19XX", date(1900, 1, 1), date(1999, 12, 31), "1900–1999"),
        ("1990~", "1990~", date(1988, 1, 1), date(1992, 12, 31), "about 1990"),
        ("1990-03~", "1990-03~", date(1990, 1, 1), date(1990, 5, 31), "about 03.1990"),
        ("1990?", "1990?", date(1990, 1, 1), date(1990, 12, 31), "1990 (uncertain)"),
        ("1990%", "1990%", date(1988, 1, 1), date(1992, 12, 31), "about 1990 (uncertain)"),
        ("1990/1995", "1990/1995", date(1990, 1, 1), date(1995, 12, 31), "1990 – 1995"),
        ("2000-02-29", "2000-02-29", date(2000, 2, 29), date(2000, 2, 29), "29.02.2000"),
    ],
)
def test_edtf(text: str, canonical: str, earliest: date, latest: date, shown: str) -> None:
    known = parse_edtf(text)
    assert (known.text, known.earliest, known.latest) == (canonical, earliest, latest)
    assert render(known.words(), "en") == shown


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13", "2025-02-29", "2026-00-01", "0000", "1995/1990", "9999"])
def test_dates_the_calendar_does_not_have(text: str) -> None:
    with pytest.raises(NoSuchDate) as refused:
        parse_edtf(text, "[1].person.birth")
    assert refused.value.place == "[1].person.birth"


@pytest.mark.parametrize(
    "text", ["", "94", "1994-5", "19X4", "19XX-05", "1994-XX-05", "17.05.1994", "1994~~", "١٩٩٤", "1/2/3"]
)
def test_texts_that_are_no_dates(text: str) -> None:
    with pytest.raises(NotADate):
        parse_edtf(text)


@given(DAYS)
def test_a_day_is_itself(day: date) -> None:
    known = parse_edtf(day.isoformat())
    assert known.exact == known.earliest == known.latest == day
    assert parse_edtf(f"{day.isoformat()}~").exact is None


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y-%m", "%Y"]), st.sampled_from(["", "~", "?", "%"]))
def test_a_vaguer_date_holds_the_day(day: date, form: str, mark: str) -> None:
    known = parse_edtf(day.strftime(form) + mark)
    assert known.earliest <= day <= known.latest
    assert parse_edtf(known.text) == known


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("22.11.26", "2026-11-22"),
        ("22112026", "2026-11-22"),
        ("221126", "2026-11-22"),
        ("20261122", "2026-11-22"),
        ("22/11/2026", "2026-11-22"),
        ("22-11-2026", "2026-11-22"),
        ("22 11 2026", "2026-11-22"),
        ("22,11,2026", "2026-11-22"),
        ("2026-11-22", "2026-11-22"),
        ("2026.11.22", "2026-11-22"),
        ("1.2.2026 ж.", "2026-02-01"),
        ("11.2026", "2026-11"),
        ("112026", "2026-11"),
        ("2026", "2026"),
        ("2026 г.", "2026"),
        ("1990 жыл", "1990"),
        ("~1990", "1990~"),
        ("1990~", "1990~"),
        ("около 1990", "1990~"),
        ("шамамен 1990 жылы", "1990~"),
        ("about 05.1990", "1990-05~"),
        ("1985-xx", "1985"),
        ("19XX", "19XX"),
        ("1990/1995", "1990/1995"),
        ("31.12.46", "2046-12-31"),
        ("01.01.47", "1947-01-01"),
        ("әә.11.ә0ә6", "2026-11-22"),
        ("әә11әқә6", "2026-11-22"),
        ("кеше", "2026-11-21"),
        ("Бүгін", "2026-11-22"),
        ("завтра", "2026-11-23"),
        ("yesterday", "2026-11-21"),
    ],
)
def test_what_people_type(typed: str, meant: str) -> None:
    assert read_typed(typed, TODAY).text == meant


def test_a_birth_is_never_in_the_future() -> None:
    assert read_typed("22.11.26", TODAY, in_past=True).text == "2026-11-22"
    assert read_typed("23.11.26", TODAY, in_past=True).text == "1926-11-23"
    assert read_typed("05.03.31", TODAY, in_past=True).text == "1931-03-05"


@pytest.mark.parametrize(
    "typed", ["", "30.02.2026", "abc", "1.2.3.4", "22.13.2026", "2", "12345", "1" * 50, "~", "22.11.20x0", "٢٢.١١.٢٦"]
)
def test_what_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_typed(typed, TODAY, place="birth")
    assert refused.value.place == "birth"


@given(st.text(max_size=50))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    try:
        known = read_typed(text, TODAY)
    except BadInput:
        return
    assert parse_edtf(known.text) == known


@given(DAYS, st.sampled_from(["%d.%m.%Y", "%d%m%Y", "%Y-%m-%d", "%d/%m/%Y"]))
def test_every_written_day_is_read_back(day: date, form: str) -> None:
    assert read_typed(day.strftime(form), TODAY).exact == day


@pytest.mark.parametrize(
    ("typed", "separators", "digits"),
    [
        ("әіңғүұқ", False, "2345890"),
        ('"әіңғ,.үұқ', True, "1234567890"),
        ("22.11.26", False, "22.11.26"),
        ("22.11.26", True, "22.11.26"),
        ("ӘІ", False, "23"),
    ],
)
def test_digits_typed_in_the_kazakh_layout(typed: str, separators: bool, digits: str) -> None:
    assert digits_from_layout(typed, separators=separators) == digits


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_months_end_on_the_last_day_they_have(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then
