"""Where words may be broken: Kazakh, Russian, Kyrgyz, Tajik and Uzbek between syllables, English where its parts meet.

Only headings, questions and choices are ever broken, and only where they fit nowhere whole; names and answers never
are, so that they can be copied.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

SOFT_HYPHEN: Final = "\u00ad"
_VOWELS: Final = frozenset("аәеёиоөуұүыіэюяӣӯўaeiou")
_LETTERS: Final = frozenset("абвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюяәӣӯўҷҳ")
_LATIN: Final = frozenset("abcdefghijklmnopqrstuvwxyz")
_SIGNS: Final = frozenset("ьъʻʼ")  # never first in a syllable
_ONE_SOUND: Final = frozenset({"sh", "ch"})
_TOGETHER: Final = re.compile("[bcfgp]l|[bcdfgptw]r|[cgpstw]h|s[cklmnptw]|ck|kn|qu|tw")
"""Consonants that English keeps on one line."""
_ENDINGS: Final = ("tion", "sion", "ment", "ness", "less", "ship", "able", "ible")
_BEGINNINGS: Final = ("counter", "inter", "trans", "super", "under", "over", "self", "anti", "non")


def syllables(word: str, *, uzbek: bool = False) -> list[str]:
    """The parts of a word between which it may be cut; the word whole if it is of another alphabet.

    A Latin word is English, or Uzbek on papers in Uzbek.
    """
    low = word.lower()
    if _LETTERS.issuperset(low) or (uzbek and (_LATIN | _SIGNS).issuperset(low)):
        cuts, least = _between_vowels(low), 2
    elif _LATIN.issuperset(low):
        cuts, least = _english(low), 3
    else:
        return [word]
    places = [0, *sorted({cut for cut in cuts if least <= cut <= len(word) - least}), len(word)]
    return [word[start:end] for start, end in pairwise(places)]


def _between_vowels(low: str) -> Iterator[int]:
    vowels = [place for place in range(len(low)) if _is_vowel(low, place)]
    return (_cut(low, here, after) for here, after in pairwise(vowels))


def _is_vowel(low: str, place: int) -> bool:
    """«у» after a vowel is a consonant in Kazakh (қа-уіп, тау-да), and Russian may be cut so, too (нау-ка)."""
    after_vowel = place > 0 and low[place - 1] in _VOWELS
    return low[place] in _VOWELS and not (low[place] == "у" and after_vowel)


def _cut(low: str, here: int, after: int) -> int:
    """The place between two vowels where the second syllable begins."""
    cut = after if after == here + 1 else after - 1
    if cut - 1 > here and low[cut - 1 : cut + 1] in _ONE_SOUND:
        cut -= 1
    return cut + 1 if low[cut] in _SIGNS else cut


def _english(low: str) -> Iterator[int]:
    """Before well-known endings, after well-known beginnings, and between two consonants that are not said together."""
    yield from (len(low) - len(ending) for ending in _ENDINGS if low.endswith(ending))
    yield from (len(beginning) for beginning in _BEGINNINGS if low.startswith(beginning))
    for at in range(1, len(low) - 2):
        before, first, second, after = tuple(low[at - 1 : at + 3])
        parted = first not in _VOWELS and second not in _VOWELS and not _TOGETHER.fullmatch(first + second)
        if before in _VOWELS and after in _VOWELS and parted and "y" not in first + second:
            yield at + 1
