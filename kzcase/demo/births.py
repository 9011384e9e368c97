"""Births of generated people: an age by band, and how exactly the date is known."""

from datetime import date, timedelta
from random import Random

from kzcase.demo import shares

EXACT, MONTH, YEAR = 0.70, 0.80, 0.95
"""Steps: a full date for 70 of 100, the month for 10, the year for 15, an approximate year for the last 5."""


def age(rng: Random, kind: str, exploitation: str) -> int:
    """Completed years on the day the case is opened."""
    low, high = shares.AGE_BANDS[shares.age[kind].draw(rng)]
    if high == 17:
        return rng.randint(shares.YOUNGEST.get(exploitation, 0), high)
    if high > 60:
        return low + int((high - low + 1) * rng.random() * rng.random())
    return rng.randint(low, high)


def birthday(rng: Random, years: int, opened_on: date) -> date:
    """A day of birth on which somebody has completed just `years` years by `opened_on`."""
    leap_day = (opened_on.month, opened_on.day) == (2, 29)
    latest = date(opened_on.year - years, opened_on.month, 28 if leap_day else opened_on.day)
    return latest - timedelta(days=rng.randrange(364))


def as_known(rng: Random, birth: date, opened_on: date) -> str:
    """The birth as an EDTF date; never so vague that it could turn a child into an adult or the other way round."""
    chance = rng.random()
    if chance >= YEAR and _same_side(opened_on, birth.year - 2, birth.year + 2):
        return f"{birth.year}~"
    if MONTH <= chance < YEAR and _same_side(opened_on, birth.year, birth.year):
        return f"{birth.year}"
    if EXACT <= chance < MONTH and (birth.year + 18, birth.month) != (opened_on.year, opened_on.month):
        return f"{birth.year}-{birth.month:02d}"
    return birth.isoformat()


def _same_side(opened_on: date, earliest: int, latest: int) -> bool:
    """Whether anybody born in these years is a child on that day, or none of them is."""
    return opened_on.year - earliest < 18 or opened_on.year - latest > 18
