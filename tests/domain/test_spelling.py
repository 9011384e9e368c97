"""Scripts, look-alikes and the search key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.spelling import fold, mixed_words, script_of, straighten


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Қайрат Әбілқасымов", "Cyrl"),
        ("Oʻtkir Yoʻldoshev", "Latn"),
        ("Bermet D'Arc", "Latn"),
        ("محمد", "Arab"),
        ("Серiк", "Mixed"),
        ("Асан ASANOV", "Mixed"),
        ("王", "Other"),
        ("1990-", "Other"),
        ("", "Other"),
    ],
)
def test_script(text: str, script: str) -> None:
    assert script_of(text) == script


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Серiк", "Серік"),
        ("Cepik", "Cepik"),
        ("Һhi", "Һһі"),
        ("әliә", "əliə"),
        ("Hұрлан", "Нұрлан"),
        ("MаRAT", "MaRAT"),
    ],
)
def test_look_alikes_become_what_was_meant(typed: str, meant: str) -> None:
    assert straighten(typed) == meant


def test_mixed_words_are_named_for_a_warning() -> None:
    assert mixed_words("Серiк Ахметов ASAN") == ("Серiк",)


@pytest.mark.parametrize(
    ("spellings", "key"),
    [
        (("Жұмабек", "Джумабек", "DZHUMABEK", "Zhumabek", "JUMABEK"), "jumabek"),
        (("Щербакова", "SHCHERBAKOVA", "Scherbakova"), "xerbakova"),
        (("Қайрат", "Кайрат", "KAIRAT", "QAYRAT"), "kairat"),
        (("Өтеген", "UTEGEN", "Ötegen"), "utegen"),
        (("Ғалым", "GALYM", "Ğalym", "Gʻalim"), "galim"),
        (("Ҳасан", "Һасан", "Хасан", "KHASSAN", "Xasan"), "hasan"),
        (("Ўткир", "Oʻtkir", "O'TKIR", "Уткир"), "utkir"),
        (("Айгүл", "AYIGULI", "Айгуль", "Aigul"), "aigul"),
        (("Нұрлан", "NUERLAN"), "nurlan"),
        (("Александр", "ALEXANDR", "Aleksandr"), "aleksandr"),
        (("Ёлкин", "YOLKIN"), "iolkin"),
        (("Шынар", "ŞINAR", "Shynar"), "xinar"),
        (("Чой", "ÇOY", "Choi"), "coi"),
    ],
)
def test_spellings_share_a_key(spellings: tuple[str, ...], key: str) -> None:
    assert {fold(spelling) for spelling in spellings} == {key}


@pytest.mark.parametrize("name", ["ALIMA", "MADINA", "AIDANA", "SALTANAT", "Natali", "KAMALI", "Dinara", "SAULE"])
def test_ordinary_latin_names_are_not_taken_for_pinyin(name: str) -> None:
    assert fold(name) == name.lower()


def test_words_stay_in_order() -> None:
    assert fold("  Әбілқасымов,  Қайрат-Али ") == "abilkasimov kairat ali"


@given(st.text(max_size=80))
def test_keys_are_plain_and_folding_again_changes_no_script(text: str) -> None:
    key = fold(text)
    assert key == key.strip()
    assert "  " not in key
    assert not any("А" <= letter <= "ӿ" for letter in key)


@given(st.text(alphabet="abdefgijklmnoprstuvz ", max_size=40))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.upper()) == fold(text)
