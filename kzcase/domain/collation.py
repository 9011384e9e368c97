"""The order of names: a key that sorts Kazakh, Russian and Latin words as a reader expects them.

Digits first, then the 42 letters of Kazakh Cyrillic (Russian is part of them), neighbours' extra letters after
their base letter, then Latin, then other scripts. The key is stored and indexed; plain comparison sorts it.
"""

import unicodedata
from typing import Final

KAZAKH: Final = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
RUSSIAN: Final = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_AFTER: Final = {"г": "ґ", "е": "є", "ж": "җӂ", "и": "ӣ", "і": "ї", "у": "ўӯ", "х": "ҳ", "ч": "ҷҹ"}
_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_SPACES: Final = frozenset(" \t\n\u00a0\u202f-‐–—/,;.")
_LATIN_LETTERS: Final = {
    "ə": "a",
    "ı": "i",
    "ł": "l",
    "ø": "o",
    "đ": "d",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ŋ": "n",
}
# Two bytes in UTF-8 each, in code point order, and free of everything LIKE and GLOB treat specially.
_FIRST: Final = 0x100


def _alphabet() -> str:
    cyrillic = "".join(letter + _AFTER.get(letter, "") for letter in KAZAKH)
    return " 0123456789" + cyrillic + _LATIN


_KEYS: Final = {letter: chr(_FIRST + place) for place, letter in enumerate(_alphabet())}
# Above every known letter: `key < sort_key(p) + AFTER_ALL` asks for the names that begin with p.
AFTER_ALL: Final = "\uffff"


def sort_key(text: str) -> str:
    """An indexable string whose plain order is the reader's order; equal for words that differ in case only."""
    words = "".join(" " if letter in _SPACES else letter for letter in text).split()
    return _KEYS[" "].join("".join(_key(letter) for letter in _letters(word)) for word in words)


def _letters(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()


def _key(letter: str) -> str:
    known = _KEYS.get(letter)
    if known is not None:
        return known
    base = _LATIN_LETTERS.get(letter) or unicodedata.normalize("NFD", letter)
    keys = "".join(_KEYS.get(part, "") for part in base)
    if keys:
        return keys
    # Another script sorts after Latin by its own code points; marks, quotes (ʻ too) and signs do not count.
    counts = unicodedata.category(letter) == "Lo" and ord(letter) > _FIRST + len(_KEYS)
    return letter if counts else ""
