"""Where long Kazakh and Russian words may be broken: one vowel a syllable, cut before its last consonant.

Only headings, questions and choices are broken; names and answers never are, so that they can be copied.
"""

import re
from itertools import pairwise
from typing import Final

SOFT_HYPHEN: Final = "\u00ad"
_LONG: Final = re.compile(r"[^\W\d_]{12,}")  # shorter words go to the next line whole
_VOWELS: Final = frozenset("аәеёиоөуұүыіэюя")
_LETTERS: Final = frozenset("абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяә")
_SIGNS: Final = frozenset("ьъ")  # never first in a syllable


def with_breaks(text: str) -> str:
    """The text with soft hyphens in its long words; they show only where a line ends."""
    return _LONG.sub(lambda found: SOFT_HYPHEN.join(syllables(found[0])), text)


def syllables(word: str) -> list[str]:
    """The parts of a word between which it may be cut; the word whole if it is of another alphabet."""
    low = word.lower()
    if not _LETTERS.issuperset(low):
        return [word]
    vowels = [place for place, letter in enumerate(low) if letter in _VOWELS]
    cuts = [_cut(low, here, after) for here, after in pairwise(vowels)]
    places = [0, *(cut for cut in cuts if 2 <= cut <= len(word) - 2), len(word)]
    return [word[start:end] for start, end in pairwise(places)]


def _cut(low: str, here: int, after: int) -> int:
    """The place between two vowels where the second syllable begins."""
    cut = after if after == here + 1 else after - 1
    return cut + 1 if low[cut] in _SIGNS else cut
