"""How far apart two folded words are: the price of turning one into the other, cheap where spellings wander.

Vowels wander (Uzbek o and Russian a, ө and ұ, е and и), consonants only within a pair (т/д, г/һ). Another consonant
makes another name: Самат and Санат, Қанат and Қайрат.
"""

from collections.abc import Mapping
from typing import Final

from kzcase.domain.spelling import VOWELS

HARD: Final = 1.0


def _pairs(prices: Mapping[str, float]) -> dict[tuple[str, str], float]:
    both = {}
    for pair, price in prices.items():
        both[pair[0], pair[1]] = both[pair[1], pair[0]] = price
    return both


_SWAPS: Final = _pairs(
    {
        **{"ao": 0.3, "ou": 0.2, "ae": 0.35, "ei": 0.3, "iu": 0.6, "ai": 0.8, "au": 0.9, "eo": 0.7},
        **{"bp": 0.3, "dt": 0.2, "gk": 0.3, "hk": 0.3, "gh": 0.3, "sz": 0.4, "jx": 0.6, "fv": 0.4, "fp": 0.4},
        **{"bv": 0.4, "cx": 0.4, "uv": 0.3},
    }
)
_PINYIN_SWAPS: Final = _SWAPS | _pairs(
    {
        **{"lr": 0.1, "bp": 0.1, "dt": 0.1, "gk": 0.1, "hk": 0.1, "gh": 0.1, "jx": 0.2, "cx": 0.2, "cj": 0.2},
        **{"ei": 0.15, "ou": 0.15, "ae": 0.2, "iu": 0.3, "uv": 0.1, "bv": 0.2},
    }
)

# Ыбырай and Ибрай, Серік and Серк: narrow vowels come and go between consonants; broad ones make a syllable.
_BETWEEN_CONSONANTS: Final = {"i": 0.3, "e": 0.4, "a": 0.5, "o": 0.5, "u": 0.7}


def limit(one: str, other: str) -> float:
    """The highest price at which two words are still spellings of one: never as much as a hard consonant."""
    longest = max(len(one), len(other))
    return 0.45 if longest <= 5 else min(0.9, 0.09 * longest)


# What no spelling changes: vowels and the sounds that may fall or turn into a vowel left out, pairs merged.
_FIRM: Final = str.maketrans("dzcxr", "tsjjl", "aeiouvfbpghk")


def near(one: str, other: str, female: bool = False, pinyin: bool = False) -> float | None:
    """The price, if the two words are spellings of one; None if they are not."""
    if one == other:
        return 0.0
    if one.translate(_FIRM) != other.translate(_FIRM):
        return None
    found = price(one, other, female, pinyin)
    return found if found <= limit(one, other) else None


def price(one: str, other: str, female: bool = False, pinyin: bool = False) -> float:
    """The price of turning one folded word into the other.

    female: a final -а is a way of writing (Гүлнар, Гульнара), not another name. pinyin: one side is Chinese spelling.
    """
    swaps = _PINYIN_SWAPS if pinyin else _SWAPS
    row = [0.0]
    for place in range(len(other)):
        row.append(row[-1] + _drop(other, place, female, pinyin))
    for i, letter in enumerate(one):
        dropped = _drop(one, i, female, pinyin)
        next_row = [row[0] + dropped]
        for j, wanted in enumerate(other):
            swap = 0.0 if letter == wanted else _swap(swaps, letter, wanted, first=i == j == 0)
            added = _drop(other, j, female, pinyin)
            next_row.append(min(row[j] + swap, row[j + 1] + dropped, next_row[j] + added))
        row = next_row
    return row[-1]


def _swap(swaps: Mapping[tuple[str, str], float], letter: str, wanted: str, *, first: bool) -> float:
    if first and {letter, wanted} == {"a", "e"}:
        return 0.5  # Арлан and Ерлан begin differently; inside a word the same change is a way of writing
    return swaps.get((letter, wanted), HARD)


def _drop(word: str, place: int, female: bool, pinyin: bool) -> float:
    """The price of leaving out one letter where it stands."""
    letter = word[place]
    before = word[place - 1] if place else ""
    after = word[place + 1] if place + 1 < len(word) else ""
    if letter not in VOWELS:
        return 0.4 if letter == "h" and not after and before in VOWELS else HARD
    if not after:
        return _drop_last(letter, female)
    if before and before not in VOWELS and after not in VOWELS:
        return 0.15 if pinyin else _BETWEEN_CONSONANTS[letter]
    if letter == "i":
        return _drop_i(before, after, is_last=place + 2 == len(word))
    return 0.3 if pinyin else 0.6


def _drop_last(letter: str, female: bool) -> float:
    match letter:
        case "a":
            return 0.2 if female else HARD
        case "i":
            return 0.3
        case _:
            return 0.4


def _drop_i(before: str, after: str, *, is_last: bool) -> float:
    if before == "l" and after in VOWELS and not is_last:
        return 0.15  # Гулямов for Ғуломов: я only softens the л
    if before == "u" and after not in VOWELS:
        return 0.2  # Бауыржан, Бауржан
    return 0.3 if not before else 0.5
