"""Reporting periods as people write them: a year, a half-year, a quarter or a month."""

import re
from datetime import date, timedelta
from typing import Final

from kzcase.domain.errors import BadPeriod

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
