"""Shares on paper come back as typed by people: other case, other letters, and an error that says where."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.errors import ShareUnreadable
from kzcase.i18n import render
from kzcase.keys.secret import Secret
from kzcase.keys.shares import ALPHABET, Share, parse_share, share_text

SHARE = Share(2, b"\x01\x02\x03\x04", Secret(bytes(range(100, 132))))
TEXT = share_text(SHARE)


def complaint(text: str) -> str:
    """What is said about an unreadable share; it must never show the share."""
    with pytest.raises(ShareUnreadable) as error:
        parse_share(text)
    said = render(error.value.sentence(), "en")
    assert not any(group in said + repr(error.value) for group in TEXT.split() if len(group) == 4)
    return said


@given(st.integers(1, 3), st.binary(min_size=4, max_size=4), st.binary(min_size=32, max_size=32))
def test_every_share_comes_back(number: int, casebook: bytes, secret: bytes) -> None:
    share = Share(number, casebook, Secret(secret))
    assert parse_share(share_text(share)) == share


def test_it_is_four_lines_of_groups() -> None:
    assert [[len(group) for group in line.split()] for line in TEXT.splitlines()] == [[4, 4, 4, 4, 2]] * 4


@pytest.mark.parametrize(
    "typed",
    [
        TEXT.lower(),
        TEXT.replace(" ", ""),
        TEXT.replace(" ", "-"),
        TEXT.replace("\n", " "),
        TEXT.replace("0", "O").replace("1", "l"),
        TEXT.replace("1", "I"),
        TEXT.translate(str.maketrans("ABCEHKMPTXY0", "АВСЕНКМРТХУО")),
        "\n".join(re.findall(r".{1,22}", TEXT.replace("\n", " "))),
        "\n".join(re.findall(r".{1,24}", re.sub(r"\s", "", TEXT))),
        "# kzcase\n\n" + TEXT.replace("\n", "\r\n\r\n") + "\n",
    ],
)
def test_ways_of_typing_it(typed: str) -> None:
    assert parse_share(typed) == SHARE


def test_every_wrong_character_is_noticed_and_its_group_named() -> None:
    lines, tried = TEXT.splitlines(), 0
    for row, line in enumerate(lines):
        for at, symbol in enumerate(line):
            if symbol == " ":
                continue
            other = ALPHABET[(ALPHABET.index(symbol) + 7) % 32]
            typed = [*lines[:row], line[:at] + other + line[at + 1 :], *lines[row + 1 :]]
            assert f"Line {row + 1}, group {line[:at].count(' ') + 1} " in complaint("\n".join(typed))
            tried += 1
    assert tried == 72


def test_two_neighbours_exchanged_are_found() -> None:
    line = TEXT.splitlines()[0]
    at = next(i for i in range(len(line) - 1) if " " not in line[i : i + 2] and line[i] != line[i + 1])
    typed = line[:at] + line[at + 1] + line[at] + line[at + 2 :]
    assert "Line 1, group " in complaint(TEXT.replace(line, typed))


def test_several_errors_name_the_first_line() -> None:
    lines = TEXT.splitlines()
    lines[1], lines[3] = "0000 0000 0000 0000 00", "ZZZZ ZZZZ ZZZZ ZZZZ ZZ"
    assert "Line 2 is not right" in complaint("\n".join(lines))


def test_missing_and_extra_characters_name_the_line() -> None:
    lines = TEXT.splitlines()
    assert "Line 3 has 17 characters instead of 18" in complaint("\n".join([*lines[:2], lines[2][1:], lines[3]]))
    assert "Line 1 has 19 characters" in complaint("\n".join([lines[0] + "7", *lines[1:]]))
    assert "72 characters in four lines" in complaint("\n".join(lines[:3]))
    assert "72 characters in four lines" in complaint("")


def test_lines_in_another_order_are_noticed() -> None:
    lines = TEXT.splitlines()
    assert "not right" in complaint("\n".join([lines[1], lines[0], *lines[2:]]))


def test_lines_of_two_shares_are_noticed() -> None:
    other = share_text(Share(2, b"\x01\x02\x03\x04", Secret(bytes(32)))).splitlines()
    assert "do not belong together" in complaint("\n".join([*TEXT.splitlines()[:2], *other[2:]]))


def test_a_letter_that_is_not_used_names_its_group() -> None:
    assert "Line 1, group 2 " in complaint(TEXT[:5] + "U" + TEXT[6:])


@given(st.text(max_size=300))
def test_any_text_is_a_share_or_an_error_in_words(text: str) -> None:
    with pytest.raises(ShareUnreadable):
        parse_share(text)


def test_very_long_text_is_refused() -> None:
    complaint("0" * 1_000_000)


def test_random_shares_do_not_pass_the_checks() -> None:
    draw = random.Random(5)
    for _each in range(2000):
        complaint("".join(draw.choice(ALPHABET) for _symbol in range(72)))
