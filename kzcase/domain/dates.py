"""Dates as people know them: a day, a month, a year, "about 1990"; what people type, and how it is shown.

Stored as EDTF text: `1994-05-17`, `1994-05`, `1994`, `199X`, `19XX`, with `~` (about) or `?` (uncertain) behind,
or an interval `1990/1995`. `1985-XX` is written `1985`.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from kzcase.domain.errors import NoSuchDate, NotADate, NotEdtf
from kzcase.i18n import Words, _, verbatim

Precision = Literal["day", "month", "year", "decade", "century", "interval"]

# How far "about" reaches beyond what is written: generous, because a wrong guess must not end a child's rights.
ABOUT_YEARS: Final = 2
ABOUT_MONTHS: Final = 2
ABOUT_DAYS: Final = 15
MAX_TYPED: Final = 40

_EDTF: Final = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2}|XX)(?:-(\d{2}|XX))?)?([~?%]?)")
_KEYS_TO_DIGITS: Final = str.maketrans('әіңғүұқӘІҢҒҮҰҚ"', "234589023458901")
_SEPARATORS_TO_DIGITS: Final = str.maketrans(",.", "67")
_ABOUT: Final = re.compile(r"(?:шамамен|шамасы|около|примерно|about|approx\.?|circa|c\.|ca\.|~)\s*")
_YEAR_WORD: Final = re.compile(r"\s*(?:жылы|жыл|ж\.?|года|год|г\.?)$")
_RELATIVE: Final = {
    "бүгін": 0,
    "сегодня": 0,
    "today": 0,
    "кеше": -1,
    "вчера": -1,
    "yesterday": -1,
    "алдыңгүні": -2,
    "алдыңғы күні": -2,
    "позавчера": -2,
    "ертең": 1,
    "завтра": 1,
    "tomorrow": 1,
    "бүрсігүні": 2,
    "послезавтра": 2,
}
_FIRST_YEAR, _LAST_YEAR = 1000, 2999


@dataclass(frozen=True, slots=True)
class ApproximateDate:
    """A date that need not be exact. `text` is canonical EDTF; it lies between `earliest` and `latest`."""

    text: str
    earliest: date
    latest: date
    precision: Precision
    approximate: bool = False
    uncertain: bool = False

    @property
    def exact(self) -> date | None:
        """The day, when it is known and certain."""
        certain = self.precision == "day" and not (self.approximate or self.uncertain)
        return self.earliest if certain else None

    def words(self) -> Words:
        """For people: 17.05.1994, 05.1994, 1994, about 1990, 1990–1999."""
        shown = _shown(self.text)
        if self.approximate and self.uncertain:
            return _("about {date} (uncertain)", date=shown)
        if self.approximate:
            return _("about {date}", date=shown)
        return _("{date} (uncertain)", date=shown) if self.uncertain else verbatim(shown)


def years_of(text: str) -> str:
    """Of an EDTF text the years alone: `1994-05-17` → `1994`, `1990-02~/1995` → `1990~/1995`; of any other nothing."""
    parts = [_EDTF.fullmatch(part) for part in text.split("/")]
    return "/".join(f"{part[1]}{part[4]}" for part in parts if part) if all(parts) else ""


@lru_cache(maxsize=4096)
def parse_edtf(text: str, place: str = "") -> ApproximateDate:
    """An EDTF text of our subset. `NotEdtf` or `NoSuchDate` at `place` otherwise."""
    first, slash, second = text.partition("/")
    if not slash:
        return _parse_one(first, place)
    start, end = _parse_one(first, place), _parse_one(second, place)
    if end.latest < start.earliest:
        raise NoSuchDate(place)
    approximate, uncertain = start.approximate or end.approximate, start.uncertain or end.uncertain
    return ApproximateDate(f"{start.text}/{end.text}", start.earliest, end.latest, "interval", approximate, uncertain)


def _parse_one(text: str, place: str) -> ApproximateDate:
    match = _EDTF.fullmatch(text)
    if match is None or not match[0].isascii():
        raise NotEdtf(place)
    year, month, day, mark = match[1], match[2] or "XX", match[3] or "XX", match[4]
    if "X" in year and (month != "XX" or day != "XX"):
        raise NotEdtf(place)
    if month == "XX" and day != "XX":
        raise NotEdtf(place)
    earliest, latest, precision = _span(year, month, day, place)
    written = "-".join(part for part in (year, month, day) if part != "XX") + mark
    approximate = mark in ("~", "%") and bool(mark)
    if approximate:
        earliest, latest = _widened(earliest, latest, precision)
    return ApproximateDate(written, earliest, latest, precision, approximate, mark in ("?", "%") and bool(mark))


def _span(year: str, month: str, day: str, place: str) -> tuple[date, date, Precision]:
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if not _FIRST_YEAR <= low <= high <= _LAST_YEAR:
        raise NoSuchDate(place)
    if month == "XX":
        names: dict[int, Precision] = {0: "year", 1: "decade", 2: "century"}
        return date(low, 1, 1), date(high, 12, 31), names[year.count("X")]
    try:
        if day == "XX":
            return date(low, int(month), 1), _last_of_month(low, int(month)), "month"
        exact = date(low, int(month), int(day))
    except ValueError:
        raise NoSuchDate(place) from None
    return exact, exact, "day"


def _last_of_month(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _widened(earliest: date, latest: date, precision: Precision) -> tuple[date, date]:
    match precision:
        case "day":
            return earliest - timedelta(ABOUT_DAYS), latest + timedelta(ABOUT_DAYS)
        case "month":
            return add_months(earliest, -ABOUT_MONTHS), add_months(latest, ABOUT_MONTHS)
        case _:
            return earliest.replace(year=earliest.year - ABOUT_YEARS), latest.replace(year=latest.year + ABOUT_YEARS)


def add_months(day: date, months: int) -> date:
    """The same day number so many months on, or the last day of that month when it has no such day."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _shown(text: str) -> str:
    bare = text.rstrip("~?%")
    if "/" in bare:
        first, second = bare.split("/")
        return f"{_shown(first)} – {_shown(second)}"
    if "X" in bare:
        return f"{bare.replace('X', '0')}–{bare.replace('X', '9')}"
    return ".".join(reversed(bare.split("-")))


def digits_from_layout(text: str, *, separators: bool = False) -> str:
    """What was meant when digits were typed in the Kazakh layout: ә і ң ғ ү ұ қ for 2 3 4 5 8 9 0, `"` for 1.

    With `separators` also comma and dot for 6 and 7: for fields that hold nothing but digits (IIN, phone).
    """
    meant = text.translate(_KEYS_TO_DIGITS)
    return meant.translate(_SEPARATORS_TO_DIGITS) if separators and meant != text else meant


def read_typed(text: str, today: date, *, in_past: bool = False, place: str = "") -> ApproximateDate:
    """A date as people type it: 22.11.26, 22112026, 11.2026, 2026, ~1990, кеше; EDTF too.

    A two-digit year is the latest that is not after today (`in_past`: births), else not more than 20 years ahead.
    `NotADate` or `NoSuchDate` at `place`.
    """
    try:
        return _typed(text, today, in_past, place)
    except NotEdtf:
        raise NotADate(place) from None  # who types is told what can be typed


def _typed(text: str, today: date, in_past: bool, place: str) -> ApproximateDate:
    typed = " ".join(text.casefold().split())
    if len(typed) > MAX_TYPED or not typed:
        raise NotADate(place)
    if typed in _RELATIVE:
        return parse_edtf((today + timedelta(_RELATIVE[typed])).isoformat(), place)
    bare = _YEAR_WORD.sub("", typed)
    about = _ABOUT.match(bare)
    bare = bare[about.end() :] if about else bare
    bare = digits_from_layout(bare)
    if not bare.strip("~?% "):
        raise NotADate(place)
    if _EDTF.fullmatch(bare.upper()) or ("/" in bare and len(bare.split("/")[0]) == 4):
        return parse_edtf(bare.upper() + ("~" if about and bare[-1] not in "~?%" else ""), place)
    mark = bare[-1] if bare[-1] in "~?%" else "~" if about else ""
    return parse_edtf(_day_first(bare.rstrip("~?%"), today, in_past, place) + mark, place)


def _day_first(bare: str, today: date, in_past: bool, place: str) -> str:
    parts = re.split(r"\s*[./,\- ]\s*", bare.strip(" ."))
    if len(parts) == 1:
        parts = _cut(parts[0])
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise NotADate(place)
    match parts:
        case [day, month, year] if len(day) <= 2 and len(month) <= 2 and len(year) in (2, 4):
            full = _full_year(year, int(month), int(day), today, in_past)
            return f"{full:04}-{int(month):02}-{int(day):02}"
        case [year, month, day] if len(year) == 4 and len(month) <= 2 and len(day) <= 2:
            return f"{year}-{int(month):02}-{int(day):02}"
        case [month, year] if len(month) <= 2 and len(year) == 4:
            return f"{year}-{int(month):02}"
        case _:
            raise NotADate(place)


def _cut(digits: str) -> list[str]:
    """Digits typed without separators: ddMMyyyy, ddMMyy, MMyyyy or yyyyMMdd."""
    match len(digits):
        case 8 if 1 <= int_or_zero(digits[2:4]) <= 12:
            return [digits[:2], digits[2:4], digits[4:]]
        case 8:
            return [digits[:4], digits[4:6], digits[6:]]
        case 6 if 1 <= int_or_zero(digits[2:4]) <= 12:
            return [digits[:2], digits[2:4], digits[4:]]
        case 6:
            return [digits[:2], digits[2:]]
        case _:
            return [digits]


def int_or_zero(text: str) -> int:
    """The number, or 0 for anything else than ASCII digits."""
    return int(text) if text.isascii() and text.isdigit() else 0


def _full_year(year: str, month: int, day: int, today: date, in_past: bool) -> int:
    if len(year) == 4:
        return int(year)
    horizon = (today.year, today.month, today.day) if in_past else (today.year + 20, 12, 31)
    full = today.year // 100 * 100 + 100 + int(year)
    while (full, month, day) > horizon:
        full -= 100
    return full
