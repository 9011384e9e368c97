"""Whether two names may be the same person's: spelling, endings, patronymics, order of the parts, birth years.

Names alone never decide: the answer orders candidates for a person to look at, and nothing is merged by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final

from kzcase.domain import likeness
from kzcase.domain.name_parts import FullName, Part, consonant_key, parse_name, skeleton
from kzcase.domain.spelling import (
    Script,
    fold,
    fold_word,
    mixed_words,
    script_of,
    straighten,
)

__all__ = [
    "Match",
    "Script",
    "closeness",
    "consonant_key",
    "fold",
    "fold_word",
    "mixed_words",
    "same_name",
    "same_names",
    "script_of",
    "straighten",
]

SAME_FROM: Final = 0.8
YEARS_APART: Final = 2


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two names are (0..1), whether they pass for one person's, and why: codes of `match_reason`."""

    score: float
    same: bool
    why: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        """The document of `kzcase same-name`."""
        return {"score": round(self.score, 3), "same": self.same, "why": list(self.why)}


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two parts taken for each other; `shortened` when only their stems agree."""

    one: int
    other: int
    price: float
    shortened: bool
    reason: str


def closeness(one: str, other: str) -> float:
    """How alike two folded keys are (0..1), order of the words aside: for ranking many candidates quickly."""
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(one, other) / 100


def same_name(one: str, other: str) -> Match:
    """Compare two full names, each optionally with a birth year behind a comma (`Каримов Шерзод, 1990`)."""
    return same_names(parse_name(one), parse_name(other))


def same_names(one: FullName, other: FullName) -> Match:
    """The same of names taken apart before, for whoever compares one with many."""
    if not one.parts or not other.parts:
        return Match(0.0, False, ("too_little",))
    ways = (_compare_as_split(a, b, joined) for a, b, joined in _splittings(one, other))
    return max(ways, key=lambda match: (match.same, match.score))


def _splittings(one: FullName, other: FullName) -> list[tuple[FullName, FullName, bool]]:
    """The names as written and, if one has more parts, with two neighbours joined (Абдул Рахим, Абдурахим)."""
    ways = [(one, other, False)]
    if len(one.parts) > len(other.parts):
        ways += [(joined, other, True) for joined in _joined(one)]
    elif len(other.parts) > len(one.parts):
        ways += [(one, joined, True) for joined in _joined(other)]
    return ways


def _joined(name: FullName) -> list[FullName]:
    found = []
    for place, (first, second) in enumerate(pairwise(name.parts)):
        if len(first.key) > 1 and len(second.key) > 1:
            # Абдул Рахим is written Абдурахим: the article loses its л.
            for start in {first.key, "abdu" if first.key == "abdul" else first.key}:
                both = replace(second, key=start + second.key, stem=start + second.stem)
                found.append(replace(name, parts=(*name.parts[:place], both, *name.parts[place + 2 :])))
    return found


def _compare_as_split(one: FullName, other: FullName, joined: bool) -> Match:
    female = "f" in one.sexes | other.sexes and "m" not in one.sexes | other.sexes
    pairs = _pairs(one.parts, other.parts, female)
    lent = _patronymics_as_surnames(one, other, pairs, female)
    why = ["joined"] if joined else []
    why += _reasons(one, other, pairs, lent)
    against = _against(one, other, pairs, lent, female)
    if joined and len(pairs) < max(len(one.parts), len(other.parts)):
        against.append("name_differs")
    likeness_of_all = _score(one, other)
    if against:
        return Match(min(0.79, likeness_of_all), False, tuple(dict.fromkeys(against + why)))
    return Match(SAME_FROM + (1 - SAME_FROM) * likeness_of_all, True, tuple(dict.fromkeys(why)))


def _pairs(one: Sequence[Part], other: Sequence[Part], female: bool) -> tuple[_Pair, ...]:
    """The cheapest way of taking as many parts of one name as possible for parts of the other.

    What is left of both names is looked at once: of seven parts that are all alike there are more ways than anybody
    waits for.
    """
    table = {
        (i, j): pair
        for i, a in enumerate(one)
        for j, b in enumerate(other)
        if (pair := _pair(i, a, j, b, female)) is not None
    }

    @cache
    def best(i: int, taken: frozenset[int]) -> tuple[int, float, tuple[_Pair, ...]]:
        if i == len(one):
            return 0, 0.0, ()
        ways = [best(i + 1, taken)]
        for j in range(len(other)):
            if j not in taken and (pair := table.get((i, j))) is not None:
                count, price, rest = best(i + 1, taken | {j})
                # Parts that stand in the same order are preferred among equally good ways.
                ways.append((count - 1, price + pair.price + 0.01 * abs(i - j), (pair, *rest)))
        return min(ways, key=lambda way: way[:2])

    return best(0, frozenset())[2]


def _pair(i: int, one: Part, j: int, other: Part, female: bool) -> _Pair | None:
    if one.arabic != other.arabic:
        skeletons = skeleton(one.key), skeleton(other.key)
        alike = skeletons[0] == skeletons[1] and len(skeletons[0]) > 1
        return _Pair(i, j, 0.2, False, "transliteration") if alike else None
    pinyin = one.pinyin != other.pinyin
    whole = likeness.near(one.key, other.key, female, pinyin)
    if whole is not None:
        return _Pair(i, j, whole, False, _reason(one, other, whole))
    stems = likeness.near(one.stem, other.stem, female, pinyin) if len(one.stem) > 2 < len(other.stem) else None
    return None if stems is None else _Pair(i, j, stems + 0.05, True, "ending")


def _reason(one: Part, other: Part, price: float) -> str:
    if one.pinyin != other.pinyin:
        return "pinyin"
    if price > 0:
        return "similar_sound"
    return "same_spelling" if one.written == other.written else "transliteration"


def _patronymics_as_surnames(
    one: FullName, other: FullName, pairs: Sequence[_Pair], female: bool
) -> tuple[tuple[Part, Part], ...]:
    """Leftover parts of one name that stand for a patronymic of the other (Асан кызы, ASANOVA)."""
    left_one = [part for i, part in enumerate(one.parts) if i not in {pair.one for pair in pairs}]
    left_other = [part for j, part in enumerate(other.parts) if j not in {pair.other for pair in pairs}]
    lent = []
    for left, patronymics in ((left_one, other.patronymics), (left_other, one.patronymics)):
        for part in left:
            for patronymic in patronymics:
                if _stems_agree(part, patronymic, female):
                    lent.append((part, patronymic))
                    break
    return tuple(lent)


def _stems_agree(one: Part, other: Part, female: bool) -> bool:
    return likeness.near(one.stem, other.stem, female, one.pinyin != other.pinyin) is not None


def _reasons(one: FullName, other: FullName, pairs: Sequence[_Pair], lent: Sequence[tuple[Part, Part]]) -> list[str]:
    why = [pair.reason for pair in pairs]
    order = [pair.other for pair in sorted(pairs, key=lambda pair: pair.one)]
    if order != sorted(order):
        why.append("order")
    if lent:
        why.append("patronymic_as_surname")
    elif bool(one.patronymics) != bool(other.patronymics):
        why.append("patronymic_missing")
    if len(pairs) + len(lent) < max(len(one.parts), len(other.parts)) and not _differs(one, other, pairs, lent):
        why.append("part_missing")
    if any(len(part.key) == 1 for part in (*one.parts, *other.parts)):
        why.append("initial")
    if one.year and other.year:
        apart = abs(one.year - other.year)
        why.append("birth_year_equal" if apart == 0 else "birth_year_near" if apart <= YEARS_APART else "")
    return [reason for reason in why if reason]


def _differs(one: FullName, other: FullName, pairs: Sequence[_Pair], lent: Sequence[tuple[Part, Part]]) -> bool:
    """Whether a part of the shorter name has no partner."""
    return len(pairs) + len(lent) < min(len(one.parts), len(other.parts))


def _against(
    one: FullName, other: FullName, pairs: Sequence[_Pair], lent: Sequence[tuple[Part, Part]], female: bool
) -> list[str]:
    """Why the two cannot be one person's; empty when nothing speaks against it."""
    against = []
    agreeing = _patronymics_agree(one, other, female)
    if _differs(one, other, pairs, lent):
        against.append("name_differs")
    elif _too_little(one, other, len(pairs) + len(lent) + bool(agreeing)):
        against.append("too_little")
    if agreeing is False:
        against.append("patronymic_differs")
    if one.sexes and other.sexes and one.sexes.isdisjoint(other.sexes):
        against.append("sex_differs")
    if one.year and other.year and abs(one.year - other.year) > YEARS_APART:
        against.append("birth_year_differs")
    if not agreeing and _swapped_and_changed(pairs):
        against.append("swapped_and_changed")
    return against


def _patronymics_agree(one: FullName, other: FullName, female: bool) -> bool | None:
    if not one.patronymics or not other.patronymics:
        return None
    return _stems_agree(one.patronymics[0], other.patronymics[0], female)


def _too_little(one: FullName, other: FullName, matched: int) -> bool:
    """A single word is enough only where both names are a single word; initials are never enough."""
    longest = max(len(one.parts) + len(one.patronymics), len(other.parts) + len(other.patronymics))
    initials = sum(len(part.key) == 1 for part in one.parts)
    return matched - initials < min(2, longest)


def _swapped_and_changed(pairs: Sequence[_Pair]) -> bool:
    """Father and son: Сейтқали Марат is not Маратов Сейтқали, though every stem has its partner."""
    order = [pair.other for pair in sorted(pairs, key=lambda pair: pair.one)]
    return len(pairs) == 2 and order != sorted(order) and any(pair.shortened for pair in pairs)


def _score(one: FullName, other: FullName) -> float:
    from rapidfuzz import fuzz

    stems = [" ".join(sorted(part.stem for part in name.parts)) for name in (one, other)]
    keys = [" ".join(sorted(part.key for part in name.parts)) for name in (one, other)]
    return max(fuzz.ratio(*stems), fuzz.ratio(*keys)) / 100
