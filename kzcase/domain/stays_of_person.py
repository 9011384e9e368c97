"""The last lawful day of somebody's stay, from the stays that are written down of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kzcase.domain.errors import RuleBroken
from kzcase.domain.ids import Id
from kzcase.domain.rulebook import Rulebook
from kzcase.domain.stay import (
    LAST_DAY,
    MAX_STAYS,
    Stay,
    StayAnswer,
    StayQuestion,
    count_stay,
    extended,
    regime_of,
)

VISA_FREE: Final = frozenset({"foreigner_visa_free", "eaeu_worker", "irregular", "unknown", ""})
"""Grounds of a stay whose days count; under any other a permit governs it."""
HERE: Final = "KZ"


@dataclass(frozen=True, slots=True)
class StayLine:
    """One stay as it is written down; of a day that is not exact the earliest."""

    id: Id
    since: date | None
    basis: str = ""
    until: date | None = None
    left_on: date | None = None

    @property
    def permit(self) -> bool:
        """Whether a visa or permit governs it."""
        return self.basis not in VISA_FREE


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last lawful day, of which stay it is and by which rule; `rule` is empty where a paper told the day."""

    stay: Id
    day: date
    rule: str = ""
    extended_by: str = ""


@dataclass(frozen=True, slots=True)
class Counting:
    """Both ways of counting for a stay, and the question that was counted."""

    question: StayQuestion
    answer: StayAnswer


def counting(
    lines: Sequence[StayLine], lands: Collection[str], rulebook: Rulebook, today: date, entry: date | None = None
) -> Counting:
    """Count somebody's stays as of a day. `RegimeUnknown` where nobody knows under which rule they stay.

    Of several citizenships the rule that gives the shortest stay counts: nobody is told a day that is too late.
    """
    stays = _stays(lines, entry)
    citizenships = tuple(sorted(land for land in lands if land != HERE))
    answers = []
    for land in citizenships or ("",):
        regime = regime_of(land, rulebook.countries, entry or today)
        question = StayQuestion(regime, stays, today, (land,), rulebook.overrides)
        answers.append(Counting(question, count_stay(question)))
    return min(answers, key=lambda each: each.answer.last_day or date.min)


def _stays(lines: Sequence[StayLine], entry: date | None) -> tuple[Stay, ...]:
    """What the calculator takes: of stays that nobody ended only the last is open, the others end where it begins."""
    known = sorted((line for line in lines if line.since), key=lambda line: (line.since or LAST_DAY, line.id))
    open_ones = [line for line in known if line.left_on is None and not line.permit]
    stays = []
    for line in known[-MAX_STAYS:]:
        since, left = line.since or LAST_DAY, line.left_on
        if line.permit:
            left = left or line.until
        elif left is None and line is not open_ones[-1]:
            left = open_ones[-1].since
        if left is not None and left < since:
            left = since
        stays.append(Stay(since, left, "permit" if line.permit else "visa_free"))
    return tuple(stays)


def last_lawful_day(lines: Sequence[StayLine], lands: Collection[str], rulebook: Rulebook) -> LastDay | None:
    """The last lawful day of the stay that goes on; None for citizens, and where nobody can say.

    A day that a paper tells goes before the rules, and a time of leave to stay moves either.
    """
    here = [line for line in lines if line.left_on is None and (line.since or line.until)]
    if not here or HERE in lands:
        return None
    line = max(here, key=lambda each: (each.since or date.min, each.id))
    if line.until is not None:
        day, by = extended(line.until, rulebook.overrides, lands)
        return LastDay(line.id, day, "", by.source if by else "")
    if line.permit or line.since is None:
        return None
    try:
        answer = counting(lines, lands, rulebook, line.since, line.since).answer
    except RuleBroken:
        return None
    if answer.last_day is None or answer.cut_by is None:
        return None
    return LastDay(line.id, answer.last_day, answer.cut_by, answer.extended.source if answer.extended else "")
