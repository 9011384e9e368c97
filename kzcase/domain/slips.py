"""Slips of a key: the keys a mistyped word may have been meant for, and whether two words are a slip apart.

Vowels are left out of a sound, so a slip among them is none there; among consonants it leads to a neighbour.
"""

from collections.abc import Iterator
from typing import Final

_LETTERS: Final = "abcdefghijklmnoprstuvx"
_CONSONANTS: Final = "bcjklmnrstv"
_LONG_SOUND: Final = 3
_LONG_WORD: Final = 7
SHORTEST: Final = 4
"""In shorter words a slip makes another name."""


def keys_nearby(key: str, sound: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words and the sounds one slip away from a folded word: sounds, where it has consonants enough to tell."""
    if len(key) < SHORTEST:
        return frozenset(), frozenset()
    if len(sound) < _LONG_SOUND:
        return frozenset(_changed(key, _LETTERS)) - {key}, frozenset()
    return frozenset(), frozenset(_changed(sound, _CONSONANTS)) - {sound}


def _changed(word: str, letters: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        yield from (before + letter + after for letter in letters)
        for one in {after[:1], after[: 2 * after.startswith("ts")]} - {""}:  # ts is one letter, ц
            rest = after[len(one) :]
            yield before + rest
            yield from (before + letter + rest for letter in letters)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]


def first_half(key: str) -> str:
    """What a slip in the second half of a word leaves as it was; empty for a short word."""
    return key[: len(key) // 2 + 1] if len(key) > SHORTEST else ""


def is_slip(typed: str, key: str) -> bool:
    """Whether a word is a slip away from a key or from its beginning; in long words, two slips."""
    from rapidfuzz.distance import OSA

    most = 2 if len(typed) >= _LONG_WORD else 1
    return any(OSA.distance(typed, meant, score_cutoff=most) <= most for meant in {key, key[: len(typed)]})
