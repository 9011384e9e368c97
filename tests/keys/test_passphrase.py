"""Passphrases: the same words unlock however they are typed, guessable ones are refused, generated ones are strong."""

import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.errors import WeakPassphrase
from kzcase.i18n import Language, render
from kzcase.keys.passphrase import check_new, entropy_bits, generate, normalise, word_list

LANGUAGES: tuple[Language, ...] = get_args(Language)


@given(st.text(max_size=80))
def test_normalising_is_settled_and_blind_to_composition(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    "accepted",
    [
        "керуен домбыра жусан бәйтерек",
        "correct horse battery staple and my blue kettle",
        "Мы пили чай на крыше в Таразе",
        "k8#Vq!z2Lw@9pXr$",
        "Айгүл 40 жапырақ көк аспан",
        "  spaces around are not counted  ",
    ],
)
def test_accepted(accepted: str) -> None:
    check_new(accepted, names=("Айгүл Серік", "Родник"))


@pytest.mark.parametrize(
    ("refused", "because"),
    [
        ("", "characters"),
        ("short words", "characters"),
        ("a  b  c  d  e  f", "characters"),
        ("x" * 14 + " ", "characters"),
        ("слово " * 400, "longer"),
        ("with a \x07 bell in the middle", "keyboard"),
        ("aaaaaaaaaaaaaaaaaaaa", "repeats"),
        ("abcabcabcabcabcabc", "repeats"),
        ("abcdef-abcdef-abcdef", "repeats"),
        ("снежинкаснежинка", "repeats"),
        ("Айгүл Серікқызы 2024", "name"),
        ("Қоғамдық қор Бақыт!!", "name"),
        ("Пароль! Пароль? 7", "everybody"),
        ("ПАРОЛЬ123456789000", "neighbouring"),
        ("qwertyuiopasdfgh", "neighbouring"),
        ("йцукенгшщзфывапро", "neighbouring"),
        ("abcdefghijklmnop", "neighbouring"),
        ("1234567890 0987654321", "neighbouring"),
        ("poiuytrewq 12345 x", "neighbouring"),
    ],
)
def test_refused_in_words(refused: str, because: str) -> None:
    with pytest.raises(WeakPassphrase) as error:
        check_new(refused, names=("Айгүл Серікқызы", "Қоғамдық қор Бақыт"))
    assert because in render(error.value.sentence(), "en")


def test_the_typed_text_never_stands_in_the_error() -> None:
    with pytest.raises(WeakPassphrase) as error:
        check_new("marker-marker-marker")
    assert "marker" not in repr(error.value) + str(error.value) + render(error.value.sentence(), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_lists_are_easy_to_type_and_to_tell_apart(language: Language) -> None:
    words = word_list(language)
    letters = {"kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюя"}
    allowed = set(letters.get(language, "abcdefghijklmnopqrstuvwxyz"))
    assert len(words) >= 1296
    assert all(4 <= len(word) <= 8 and set(word) <= allowed for word in words)
    assert len({word[:4] for word in words}) == len(words)
    assert closest(words) >= 2


def test_canary_two_look_alike_words_are_noticed() -> None:
    assert closest(("гора", "кора")) == 1
    assert closest(("клевер", "клевера")) == 1


def closest(words: tuple[str, ...]) -> int:
    """1 when two words differ by one letter changed or left out, else 2."""
    masks = [word[:at] + "?" + word[at + 1 :] for word in words for at in range(len(word))]
    shorter = {word[:at] + word[at + 1 :] for word in words for at in range(len(word))}
    return 1 if len(set(masks)) < len(masks) or shorter & set(words) else 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_generated_ones_have_the_entropy_they_state(language: Language) -> None:
    assert 62.0 <= entropy_bits(language) < 66.0
    drawn = [word for _each in range(2000) for word in generate(language).split()]
    assert len(drawn) == 12_000
    assert len(set(drawn)) > 1290  # on average 0.1 of the words is never drawn
    assert max(drawn.count(word) for word in set(drawn)) < 35


@pytest.mark.parametrize("language", LANGUAGES)
def test_generated_ones_are_accepted(language: Language) -> None:
    for _each in range(50):
        check_new(generate(language, words=5))


def test_fewer_than_five_words_are_not_offered() -> None:
    with pytest.raises(ValueError, match="few"):
        generate("en", words=4)
