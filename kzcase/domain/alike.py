"""Whether two people may be one: an explained score from names, days of birth, documents, phones, sex, citizenship.

It orders whom somebody should look at, and never decides: twins share nearly everything, and namesakes are many.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kzcase.domain.dates import parse_edtf
from kzcase.domain.errors import BadInput
from kzcase.domain.name_parts import FullName, parse_name
from kzcase.domain.names import fold, same_names

WORTH_A_LOOK: Final = 0.5
_OF_NAME: Final = 0.6
_WEIGHTS: Final = {
    "same_document": 0.45,
    "same_phone": 0.25,
    "birth_day_equal": 0.25,
    "birth_day_swapped": 0.15,
    "birth_year_equal": 0.1,
    "birth_year_near": 0.05,
    "citizenship_equal": 0.05,
    "sex_equal": 0.02,
    "sex_differs": -0.3,
    "birth_year_differs": -0.35,
}
"""What each reason adds to the score, or takes from it: codes of `match_reason`."""
_BEGUN: Final = 0.85
_NEAR_YEARS: Final = 2
_MOST_NAMES: Final = 6


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody, as far as the asker may see it; numbers as they stand in the search index."""

    names: tuple[str, ...] = ()
    birth: str = ""
    sex: str = ""
    citizenships: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    typing: bool = False
    """Somebody is still typing: the beginnings of a name count too."""


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike two people are (0..1), and why."""

    score: float
    why: tuple[str, ...]


def alike(one: Known, other: Known) -> Alike:
    """Compare two people by everything that is known of both."""
    return alike_to(one)(other)


def alike_to(one: Known) -> Callable[[Known], Alike]:
    """The same for one person and many others: the names of the one are taken apart once."""
    named = [parse_name(name) for name in one.names[:_MOST_NAMES]]
    words = [fold(name).split() for name in one.names] if one.typing else []

    def compared(other: Known) -> Alike:
        name, why = _best_name(named, other.names)
        if words and name < _BEGUN and _begins(words, other.names):
            name, why = _BEGUN, ["name_begins"]
        why += _numbers(one, other) + _birth(one.birth, other.birth) + _rest(one, other)
        reasons = tuple(dict.fromkeys(why))
        score = _OF_NAME * name + sum(_WEIGHTS.get(reason, 0.0) for reason in reasons)
        return Alike(round(min(max(score, 0.0), 1.0), 3), reasons)

    return compared


def _best_name(ones: Sequence[FullName], others: Sequence[str]) -> tuple[float, list[str]]:
    """The closest pair of all names of both: former names and nicknames count as much as the present ones."""
    known = [parse_name(name) for name in others[:_MOST_NAMES]]
    matches = [same_names(one, other) for one in ones for other in known]
    best = max(matches, key=lambda match: (match.same, match.score), default=None)
    if best is None:
        return 0.0, []
    return (best.score if best.same else best.score / 2), list(best.why)


def _begins(typed: Sequence[list[str]], names: Sequence[str]) -> bool:
    """Whether every word typed so far begins a word of one of the names, in any spelling."""
    known = [fold(name).split() for name in names]
    return any(t and all(any(each.startswith(word) for each in n) for word in t) for t in typed for n in known)


def _numbers(one: Known, other: Known) -> list[str]:
    found = ["same_document"] if one.documents & other.documents else []
    return found + (["same_phone"] if one.phones & other.phones else [])


def _birth(one: str, other: str) -> list[str]:
    """Days and months swapped are a slip of the pen; an approximate date contradicts only what it cannot be."""
    try:
        first, second = parse_edtf(one), parse_edtf(other)
    except BadInput:
        return []
    if first.exact and second.exact:
        if first.exact == second.exact:
            return ["birth_day_equal"]
        if _swapped(first.exact) == second.exact:
            return ["birth_day_swapped"]
    if first.latest >= second.earliest and second.latest >= first.earliest:
        return ["birth_year_equal"]
    apart = min(abs(a.year - b.year) for a in (first.earliest, first.latest) for b in (second.earliest, second.latest))
    return [] if apart == 0 else ["birth_year_near"] if apart <= _NEAR_YEARS else ["birth_year_differs"]


def _swapped(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 else None


def _rest(one: Known, other: Known) -> list[str]:
    found = ["citizenship_equal"] if one.citizenships & other.citizenships else []
    if {one.sex, other.sex} == {"female", "male"}:
        found.append("sex_differs")
    elif one.sex == other.sex and one.sex in ("female", "male"):
        found.append("sex_equal")
    return found
