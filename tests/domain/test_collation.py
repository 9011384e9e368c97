"""The order of names."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.collation import AFTER_ALL, KAZAKH, RUSSIAN, sort_key

PRINTED = [
    "Алия",
    "Ахмет",
    "Әлия",
    "Гүлнар",
    "Ғалым",
    "Ербол",
    "Ёлкин",
    "Ибрагим",
    "Йога",
    "Кеңес",
    "Қайрат",
    "Нұрлан",
    "Ңұр",
    "Оңғар",
    "Орал",
    "Өмір",
    "Умар",
    "Ұлан",
    "Үміт",
    "Хасан",
    "Һади",
    "Ыбырай",
    "Іңкәр",
    "Эльмира",
    "Янина",
]
NEIGHBOURS = [
    "Гаран",
    "Ғуломов",
    "Зиё",
    "Ибод",
    "Ӣсо",
    "Йўлдош",
    "Умед",
    "Ўткир",
    "Хасан",
    "Ҳасан",
    "Чори",
    "Ҷамшед",
    "Шер",
]


def shuffled(names: list[str]) -> list[str]:
    mixed = list(names)
    random.Random(7).shuffle(mixed)
    return mixed


def test_printed_list() -> None:
    assert sorted(shuffled(PRINTED), key=sort_key) == PRINTED


def test_canary_code_points_misorder_the_list() -> None:
    assert sorted(shuffled(PRINTED)) != PRINTED


@pytest.mark.parametrize("alphabet", [KAZAKH, RUSSIAN])
def test_alphabets(alphabet: str) -> None:
    assert len(KAZAKH) == 42
    assert len(RUSSIAN) == 33
    assert "".join(sorted(shuffled(list(alphabet)), key=sort_key)) == alphabet


def test_extra_letters_follow_their_base() -> None:
    assert sorted(shuffled(NEIGHBOURS), key=sort_key) == NEIGHBOURS


def test_digits_then_cyrillic_then_latin_then_other_scripts() -> None:
    names = ["7 ауыл", "Абай", "Яна", "Abay", "Zhan", "محمد"]
    assert sorted(shuffled(names), key=sort_key) == names


def test_a_space_ends_the_word() -> None:
    assert sort_key("Ахмет Яна") < sort_key("Ахметов Али")


@pytest.mark.parametrize(
    ("one", "other"),
    [("ӘЛИЯ", "әлия"), ("Айгүл-Нұр", "айгүл  нұр"), ("Oʻtkir", "otkir"), ("Şınar", "shinar"[:1] + "inar"), ("й", "й")],
)
def test_case_hyphens_marks_do_not_count(one: str, other: str) -> None:
    assert sort_key(one) == sort_key(other)


@given(st.text(alphabet=KAZAKH + KAZAKH.upper() + " abcxyz09", min_size=1), st.text(alphabet=KAZAKH, max_size=5))
def test_a_beginning_can_be_asked_for_as_a_range(name: str, more: str) -> None:
    start = sort_key(name)
    assert start <= sort_key(name + more) < start + AFTER_ALL


@given(st.text(max_size=60))
def test_keys_hold_nothing_a_pattern_would_read(text: str) -> None:
    assert not set(sort_key(text)) & set("%_*?[]'\"\\")
