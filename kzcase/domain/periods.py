"""Reporting periods as people write them: a year, a half-year, a quarter or a month; and as they say them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import reduce
from typing import Final

from kzcase.domain.errors import BadPeriod
from kzcase.i18n import Words, _, verbatim

_FORM: Final = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?")


def period_dates(period: str) -> tuple[date, date]:
    """First and last day of `2026`, `2026-H1`, `2026-Q3` or `2026-07`."""
    found = _FORM.fullmatch(period)
    if found is None or not 1900 <= int(found[1]) <= 2200:
        raise BadPeriod(place="period", period=period[:32])
    year, half, quarter, month = (int(part) if part else 0 for part in found.groups())
    if month:
        first, months = month, 1
    elif quarter:
        first, months = quarter * 3 - 2, 3
    elif half:
        first, months = half * 6 - 5, 6
    else:
        first, months = 1, 12
    after = date(year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    return date(year, first, 1), after - timedelta(days=1)


_SAID: Final[Mapping[str, Words]] = {
    "": _("Year {year}"),
    "H1": _("H1 {year}"),
    "H2": _("H2 {year}"),
    "Q1": _("Q1 {year}"),
    "Q2": _("Q2 {year}"),
    "Q3": _("Q3 {year}"),
    "Q4": _("Q4 {year}"),
}


def period_words(period: str) -> Words:
    """A period as people say it: `2026-Q3` is the third quarter of 2026. What is no period stays as it is."""
    if _FORM.fullmatch(period) is None:
        return verbatim(period)
    year, _dash, part = period.partition("-")
    return _SAID[part].with_arguments(year=year) if part in _SAID else verbatim(f"{part}.{year}")


def periods_words(periods: Iterable[str]) -> Words:
    """Several periods, one after the other."""
    said = [period_words(each) for each in periods]
    return reduce(lambda some, next_one: _("{some}, {next}", some=some, next=next_one), said) if said else verbatim("")
