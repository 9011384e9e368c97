"""Passphrases: what counts as the same one, which are too easy to guess, and good ones of ordinary words."""

import math
import re
import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Final

from kzcase import paths
from kzcase.domain.errors import WeakPassphrase
from kzcase.i18n import Language, Words, _

SHORTEST: Final = 15
LONGEST: Final = 1000
FEWEST_WORDS: Final = 5
_RUN: Final = 4
_ENOUGH_BESIDE_NAMES: Final = 8
_ENOUGH_BESIDE_THE_KNOWN: Final = 3
_FEWEST_DIFFERENT: Final = 6

_ROWS: Final = (
    *("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz"),
    *("йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю", "абвгдежзийклмнопрстуфхцчшщъыьэюя"),
    *("әіңғүұқөһ", "qazwsxedcrfv", "1qaz2wsx3edc", "йфяцычувс"),
)
_WELL_KNOWN: Final = (
    *("password", "passphrase", "letmein", "welcome", "administrator", "kzcase", "secret", "changeme"),
    *("пароль", "секрет", "администратор", "привет", "казахстан"),
    *("құпиясөз", "құпия", "сәлем", "қазақстан", "kazakhstan", "qazaqstan"),
)


def normalise(passphrase: str) -> str:
    """What the key is derived from: NFKC, one space between words, none around. Never changes for format 1."""
    return " ".join(unicodedata.normalize("NFKC", passphrase).split())


def check_new(passphrase: str, names: Iterable[str] = ()) -> None:
    """`WeakPassphrase`, in words, when a new passphrase is too short or can be guessed.

    `names`: the person's and the organisation's. At least 15 characters; no rules about kinds of characters.
    """
    typed = normalise(passphrase)
    why = _too_short_or_long(typed) or _guessable(_letters(typed), _name_parts(names))
    if why:
        raise WeakPassphrase(why=why)


def generate(language: Language, words: int = 6) -> str:
    """Random words of one language, lower case, with spaces between."""
    if words < FEWEST_WORDS:
        raise ValueError("too few words")
    return " ".join(secrets.choice(word_list(language)) for _each in range(words))


def entropy_bits(language: Language, words: int = 6) -> float:
    """How hard a generated one is to guess for somebody who knows the list: 62 bits for six of 1,296."""
    return words * math.log2(len(word_list(language)))


@cache
def word_list(language: Language) -> tuple[str, ...]:
    """The words of one language; lines with # are comments."""
    lines = paths.resources("sheets", f"words-{language}.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))


def _too_short_or_long(typed: str) -> Words | None:
    if len(typed) < SHORTEST:
        return _("It needs at least {count} characters. Six ordinary words are easy to remember.", count=SHORTEST)
    if len(typed) > LONGEST:
        return _("It is longer than {count} characters.", count=LONGEST)
    if any(unicodedata.category(symbol) in ("Cc", "Cs", "Cn", "Co") for symbol in typed):
        return _("It holds a character that cannot be typed on every keyboard.")
    return None


def _guessable(letters: str, names: list[str]) -> Words | None:
    if len(set(letters)) < _FEWEST_DIFFERENT or _repeats(letters):
        return _("It repeats the same characters.")
    without_names = _without(letters, names)
    if _little_left(letters, without_names, _ENOUGH_BESIDE_NAMES):
        return _("It is mostly a name.")
    without_known = _without(without_names, _WELL_KNOWN)
    if _little_left(without_names, without_known, _ENOUGH_BESIDE_THE_KNOWN):
        return _("It is mostly a word that everybody tries first.")
    if _little_left(without_known, _without_runs(without_known), _ENOUGH_BESIDE_THE_KNOWN):
        return _("It is mostly neighbouring keys or digits.")
    return None


def _little_left(before: str, after: str, enough: int) -> bool:
    return before != after and len(after) < enough


def _letters(text: str) -> str:
    """Letters and digits only, lower case: `Anna-2024` and `anna 2024` are one guess."""
    return re.sub(r"[\W_]", "", normalise(text).casefold())


def _name_parts(names: Iterable[str]) -> list[str]:
    """Whole names and their words, as letters."""
    return [_letters(part) for name in names for part in (name, *name.split())]


def _repeats(letters: str) -> bool:
    """Whether it is one piece again and again, at least twice."""
    longest = len(letters) // 2
    return any(letters == (letters[:size] * len(letters))[: len(letters)] for size in range(1, longest + 1))


def _without(letters: str, parts: Iterable[str]) -> str:
    for part in sorted(parts, key=len, reverse=True):
        if len(part) >= _RUN:
            letters = letters.replace(part, "")
    return letters


def _without_runs(letters: str) -> str:
    """The letters without digits and without four or more neighbours of a keyboard row or the alphabet."""
    letters = re.sub(r"\d+", "", letters)
    at, kept = 0, ""
    while at < len(letters):
        length = _run_length(letters, at)
        kept += "" if length >= _RUN else letters[at]
        at += length if length >= _RUN else 1
    return kept


def _run_length(letters: str, at: int) -> int:
    length = 1
    while at + length < len(letters) and _in_a_row(letters[at : at + length + 1]):
        length += 1
    return length


def _in_a_row(piece: str) -> bool:
    return any(piece in row or piece[::-1] in row for row in _ROWS)
