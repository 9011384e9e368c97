"""When somebody turns 18, as a range: from the birth as it is known, or from estimates that grow older with time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kzcase.domain.ages import ADULT, AgeRange, age_range, comes_of_age
from kzcase.domain.dates import add_months, parse_edtf
from kzcase.domain.errors import BadInput

OLDEST: Final = 120
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Estimate:
    """How old somebody was thought to be on a day: at least `youngest` and at most `oldest` completed years."""

    youngest: int | None
    oldest: int | None
    on: date | None

    @property
    def span(self) -> tuple[date, date] | None:
        """Between which days they were born, both possible; None for an estimate that says nothing."""
        if self.on is None or self.youngest is None:
            return None
        low, high = self.youngest, self.youngest if self.oldest is None else self.oldest
        if not 0 <= low <= high <= OLDEST:
            return None
        return add_months(self.on, -_MONTHS * (high + 1)), add_months(self.on, -_MONTHS * low)


def born_between(birth: str, estimates: Sequence[Estimate]) -> tuple[date, date] | None:
    """The days between which somebody was born. A known birth goes before every estimate; of several estimates the
    whole range they leave open, for doubt counts for the child."""
    if birth:
        try:
            known = parse_edtf(birth)
        except BadInput:
            known = None
        if known is not None:
            return known.earliest, known.latest
    spans = [span for each in estimates if (span := each.span)]
    return (min(first for first, _last in spans), max(last for _first, last in spans)) if spans else None


def eighteenth(birth: str, estimates: Sequence[Estimate] = ()) -> tuple[date, date] | None:
    """The first day on which somebody may be 18, and the first on which they surely are; None while nobody knows."""
    span = born_between(birth, estimates)
    if span is None or span[1].year > date.max.year - ADULT:
        return None
    first, last = (comes_of_age(day.isoformat()) for day in span)
    return (first, last) if first and last else None


def ages_on(birth: str, estimates: Sequence[Estimate], on: date) -> AgeRange | None:
    """How old somebody can be on a day, an estimate having grown older until then."""
    span = born_between(birth, estimates)
    if span is None:
        return None
    return age_range(f"{span[0].isoformat()}/{span[1].isoformat()}", on)


def minor_on(birth: str, estimates: Sequence[Estimate], on: date) -> bool | None:
    """Whether somebody must be treated as a child on a day; None while nothing is known of their age."""
    ages = ages_on(birth, estimates, on)
    return None if ages is None else ages.low < ADULT
