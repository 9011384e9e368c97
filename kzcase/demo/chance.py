"""Chance with published shares: weighted choice, Poisson numbers, and the days on which cases were opened."""

import math
from bisect import bisect
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Final, Generic, TypeVar

T = TypeVar("T")
QUARTER: Final = timedelta(days=91)


class Weighted(Generic[T]):
    """A choice among values by weight; the weights need not add up to one."""

    __slots__ = ("_steps", "_total", "values")

    def __init__(self, weights: Mapping[T, float]) -> None:
        self.values = tuple(weights)
        self._steps = tuple(accumulate(weights.values()))
        self._total = self._steps[-1]

    def draw(self, rng: Random) -> T:
        """One of the values."""
        return self.values[bisect(self._steps, rng.random() * self._total, 0, len(self.values) - 1)]


def poisson(rng: Random, mean: float) -> int:
    """A Poisson number; above a mean of 500 by its normal approximation."""
    if mean > 500:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    number, product, floor = 0, rng.random(), math.exp(-mean)
    while product > floor:
        number += 1
        product *= rng.random()
    return number


def quarters(rng: Random, count: int, today: date, mean: float, longest: int) -> list[tuple[date, date, int]]:
    """`count` things over the quarters before `today`, oldest first: (first day, last day, how many).

    A quarter holds a Poisson number around `mean`; if `longest` quarters cannot hold `count` at that rate, the rate
    is raised. The oldest quarter takes what remains and is cut to the length that fits.
    """
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    rate = max(mean, count / longest)
    found: list[tuple[date, date, int]] = []
    last, left = today, count
    while left > 0:
        length = (last - first).days + 1
        drawn = poisson(rng, rate * length / QUARTER.days)
        if drawn >= left or len(found) == longest:
            kept = max(1, min(length, round(left / rate * QUARTER.days)))
            found.append((last - timedelta(days=kept - 1), last, left))
            break
        found.append((first, last, drawn))
        left -= drawn
        last = first - timedelta(days=1)
        first = date(last.year, 3 * ((last.month - 1) // 3) + 1, 1)
    return found[::-1]


def days(rng: Random, first: date, last: date, count: int) -> Iterator[date]:
    """`count` days between `first` and `last`, both included, in order; fewer at weekends."""
    length = (last - first).days + 1
    start = first.toordinal()
    drawn = []
    for _ in range(count):
        day = start + int(rng.random() * length)
        if day % 7 in (6, 0) and rng.random() < 0.7:  # ordinal 1 was a Monday: 6 and 0 are the weekend
            day = max(start, day - 2)
        drawn.append(day)
    drawn.sort()
    return map(date.fromordinal, drawn)
