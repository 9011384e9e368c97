"""Where Kazakh and Russian words may be broken: one vowel a syllable, cut before the last consonant between two.

Only headings, questions and choices are ever broken, and only where they fit nowhere whole; names and answers never
are, so that they can be copied.
"""

from itertools import pairwise
from typing import Final

SOFT_HYPHEN: Final = "\u00ad"
_VOWELS: Final = frozenset("аәеёиоөуұүыіэюя")
_LETTERS: Final = frozenset("абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяә")
_SIGNS: Final = frozenset("ьъ")  # never first in a syllable


def syllables(word: str) -> list[str]:
    """The parts of a word between which it may be cut; the word whole if it is of another alphabet."""
    low = word.lower()
    if not _LETTERS.issuperset(low):
        return [word]
    vowels = [place for place in range(len(low)) if _is_vowel(low, place)]
    cuts = [_cut(low, here, after) for here, after in pairwise(vowels)]
    places = [0, *(cut for cut in cuts if 2 <= cut <= len(word) - 2), len(word)]
    return [word[start:end] for start, end in pairwise(places)]


def _is_vowel(low: str, place: int) -> bool:
    """«у» after a vowel is a consonant in Kazakh (қа-уіп, тау-да), and Russian may be cut so, too (нау-ка)."""
    after_vowel = place > 0 and low[place - 1] in _VOWELS
    return low[place] in _VOWELS and not (low[place] == "у" and after_vowel)


def _cut(low: str, here: int, after: int) -> int:
    """The place between two vowels where the second syllable begins."""
    cut = after if after == here + 1 else after - 1
    return cut + 1 if low[cut] in _SIGNS else cut
