"""Mentions of a person in free text: in any spelling and case, by number, and what stands there afterwards."""

import pytest

from kzcase.domain.mentions import Traces, numbers_answered, numbers_in, without

HER = Traces.of(["Каримова Дильноза Анваровна", "KARIMOVA DILNOZA"], ["+7 709 000 00 01", "N1234567"])


@pytest.mark.parametrize(
    ("text", "left", "certain"),
    [
        ("Встреча с Каримовой Дильнозой в 10:00", "Встреча с … … в 10:00", True),
        ("Дильнозаның анасы келді", "… анасы келді", False),
        ("Dilnoza’s sister", "… sister", False),
        ("KARIMOVA D.", "… D.", False),
        ("Звонить 8 (709) 000-00-01 вечером", "Звонить … вечером", True),
        ("паспорт N1234567, выдан", "паспорт N…, выдан", True),
        ("2026-11-22 87090000001", "…", True),
        ("Каримовская Анваровна-Дильноза", "… …", True),
    ],
)
def test_they_are_found_and_left_out(text: str, left: str, certain: bool) -> None:
    found = HER.in_text(text)
    assert (without(text, found), found.certain) == (left, certain)


@pytest.mark.parametrize("text", ["", "Nothing 2026-11-22", "Далия, Карл, Анна", "700 000", "кари", "+7 709 000 00 02"])
def test_others_are_not(text: str) -> None:
    assert not HER.in_text(text)
    assert without(text, HER.in_text(text)) == text


def test_a_short_name_is_found_whole_only() -> None:
    him = Traces.of(["Ли"], [])
    assert him.in_text("был Ли.")
    assert not him.in_text("Лилия, или Лик")


def test_whoever_has_no_name_is_found_nowhere() -> None:
    nobody = Traces.of(["", "—"], ["12"])
    assert not nobody
    assert not nobody.in_text("— 12")


def test_numbers_as_documents_have_them() -> None:
    assert numbers_in("IIN 940517400123, N 1234567, 12, 2026") == ["940517400123", "1234567"]


@pytest.mark.parametrize("day", ["2026-11-22", "22.11.2026", "1/5/2026", "2026-11-22T19:11:03"])
def test_a_day_is_no_number_of_anybodys(day: str) -> None:
    assert numbers_in(f"{day}") == []


def test_a_number_beside_a_day_is_one() -> None:
    assert numbers_in("2026-11-22, N 12345678") == ["12345678"]


@pytest.mark.parametrize(
    "answer",
    [
        "250 000 тенге в месяц",
        "Ай сайын 1 250 000 теңге",
        "за 250 000",
        "125500 тг",
        "300000",
        "200 000 - 300 000",
        "$ 1.200.000",
        "долг 450750 сом",
        "2 000 000/3 000 000",
    ],
)
def test_an_amount_is_no_number_of_anybodys(answer: str) -> None:
    assert numbers_answered(answer) == []
    assert numbers_in(answer), "canary: as a number it would be found in the answers of many"


@pytest.mark.parametrize(
    ("answer", "numbers"),
    [
        ("N12345000", ["12345000"]),
        ("паспорт АН 250000", ["250000"]),
        ("№ 250 000", ["250 000"]),
        ("940517400000", ["940517400000"]),
        ("+7 701 234 50 00, 8 (701) 123-40-00", ["+7 701 234 50 00", "8 (701) 123-40-00"]),
        ("012345678", ["012345678"]),
        ("занял 300 000 тенге, тел. 87011234567", ["87011234567"]),
    ],
)
def test_phones_and_documents_in_answers_are(answer: str, numbers: list[str]) -> None:
    assert numbers_answered(answer) == numbers
