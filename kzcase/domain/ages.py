"""Ages as ranges: how old somebody can be on a day, whether a child, and in which age band.

A person is a child while the youngest possible age is under 18: doubt counts for the child.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from kzcase.domain.codes import Code, CodeList
from kzcase.domain.dates import parse_edtf

ADULT: Final = 18
UNKNOWN_BAND: Final = "unknown"


@dataclass(frozen=True, slots=True)
class AgeRange:
    """Completed years: at least `low`, at most `high`."""

    low: int
    high: int


def completed_years(birth: date, on: date) -> int:
    """Completed years on a day. Born on 29 February: a year older on 1 March of a common year."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def age_range(birth: str, on: date) -> AgeRange | None:
    """The possible ages on a day from an EDTF birth; None without a birth, or before it. `BadInput` if unreadable."""
    if not birth:
        return None
    born = parse_edtf(birth)
    high = completed_years(born.earliest, on)
    return AgeRange(max(0, completed_years(born.latest, on)), high) if high >= 0 else None


def is_child(birth: str, on: date) -> bool | None:
    """Whether the person must be treated as a child on that day; None when the birth is not known."""
    ages = age_range(birth, on)
    return None if ages is None else ages.low < ADULT


def comes_of_age(birth: str) -> date | None:
    """The first day on which the person is surely an adult; None when the birth is not known."""
    if not birth:
        return None
    latest = parse_edtf(birth).latest
    try:
        return latest.replace(year=latest.year + ADULT)
    except ValueError:
        return date(latest.year + ADULT, 3, 1)


def age_band(bands: CodeList, set_name: str, birth: str, on: date, sex: str = "unknown") -> Code:
    """The band of a set (`summary`, `five_year`, `ctdc` …) on the day of the event; `unknown` when it is not clear.

    Who is treated as a child is counted as a child: the range is cut at 17 before looking for the band.
    """
    ages = age_range(birth, on)
    if ages is None:
        return bands[UNKNOWN_BAND]
    high = ADULT - 1 if ages.low < ADULT <= ages.high else ages.high
    fitting = [band for band in _of_set(bands, set_name, sex) if _holds(band, ages.low, high)]
    return fitting[0] if fitting else bands[UNKNOWN_BAND]


def _of_set(bands: CodeList, set_name: str, sex: str) -> Iterable[Code]:
    for band in bands:
        if band.attribute("set") == set_name and band.attribute("sex") in ("", sex):
            yield band


def _holds(band: Code, low: int, high: int) -> bool:
    top = band.attribute("high")
    return int(band.attribute("low")) <= low and (not top or high <= int(top))
