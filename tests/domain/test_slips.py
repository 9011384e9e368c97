"""Slips of a key: which keys a mistyped word may have been meant for."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzcase.domain.name_parts import skeleton
from kzcase.domain.slips import first_half, is_slip, keys_nearby
from kzcase.domain.spelling import fold_word

SLIPS = (("Каримова", "Карисова"), ("Каримова", "аКримова"), ("Каримова", "Аримова"), ("Каримова", "Кариимова"))
ONE_LETTER_MORE = st.tuples(st.text("bjklmnrst", min_size=3, max_size=6), st.integers(0, 6), st.sampled_from("klmnrst"))


@pytest.mark.parametrize(
    ("meant", "typed"), [*SLIPS, ("Зунунов", "Зцнунов"), ("Урозова", "Упозова"), ("Солиев", "Олиев")]
)
def test_a_slip_leads_back(meant: str, typed: str) -> None:
    key, wrong = fold_word(meant), fold_word(typed)
    sounds = {skeleton(wrong), skeleton(wrong).removesuffix("v")}
    reached = [keys_nearby(wrong, sound) for sound in sounds]
    sound = skeleton(key)
    assert (
        any(key in words or {sound, sound.removesuffix("v")} & near for words, near in reached)
        or skeleton(wrong) == sound
    )
    assert is_slip(wrong, key) or "ts" in wrong


@pytest.mark.parametrize(
    ("one", "other"),
    [("dana", "dina"), ("karimov", "karimov"), ("karim", "karimov"), ("serik", "serk"), ("bolatovci", "bolatovic")],
)
def test_a_slip_or_a_beginning(one: str, other: str) -> None:
    assert is_slip(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("karimova", "rahimzoda"), ("ali", "umar"), ("asan", "usen"), ("karim", "rahim")]
)
def test_two_names_are_no_slip(one: str, other: str) -> None:
    assert not is_slip(one, other)


@given(ONE_LETTER_MORE)
def test_a_letter_too_many_is_one_slip(drawn: tuple[str, int, str]) -> None:
    sound, place, letter = drawn
    wrong = sound[:place] + letter + sound[place:]
    _, sounds = keys_nearby("a" + wrong, wrong)
    assert sound in sounds


def test_short_words_have_no_slips() -> None:
    assert keys_nearby("ali", "l") == (frozenset(), frozenset())
    assert (first_half("dana"), first_half("dilnoza")) == ("", "diln")


@settings(max_examples=15)
@given(st.text(max_size=40), st.text(max_size=8))
def test_there_are_never_very_many(key: str, sound: str) -> None:
    words, sounds = keys_nearby(key[:12], sound)
    assert len(words) + len(sounds) < 1_000
    assert key not in words
    assert sound not in sounds
