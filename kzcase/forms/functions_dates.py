"""Functions of rules that work on days and moments; the moment of "now" is given, never looked up."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from kzcase.forms.values import (
    NAN,
    Context,
    Value,
    days_utc,
    moment_of_days,
    parse_moment,
    parse_time,
    text_of_moment,
    to_number,
    to_text,
)

_MONTHS: Mapping[str, Sequence[str]] = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "ru": ["янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"],
    "kk": ["қаң", "ақп", "нау", "сәу", "мам", "мау", "шіл", "там", "қыр", "қаз", "қар", "жел"],
}
_WEEKDAYS: Mapping[str, Sequence[str]] = {
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
    "ru": ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
    "kk": ["дс", "сс", "ср", "бс", "жм", "сб", "жс"],
}


def _moment(context: Context, value: Value) -> datetime | None:
    zone = context.around.zone
    if isinstance(value, float):
        return moment_of_days(value, zone)
    text = to_text(value)
    moment = parse_moment(text, zone)
    return moment if moment else moment_of_days(to_number(text, zone), zone)


def _today(context: Context) -> Value:
    return context.around.now.date().isoformat()


def _now(context: Context) -> Value:
    return text_of_moment(context.around.now)


def _date(context: Context, value: Value) -> Value:
    moment = _moment(context, value)
    return moment.date().isoformat() if moment else ""


def _date_time(context: Context, value: Value) -> Value:
    moment = _moment(context, value)
    return text_of_moment(moment) if moment else ""


def _decimal_date_time(context: Context, value: Value) -> Value:
    moment = _moment(context, value)
    return days_utc(moment) if moment else NAN


def _decimal_time(context: Context, value: Value) -> Value:
    found = parse_time(to_text(value), context.around.zone)
    if found is None:
        return NAN
    day = timedelta(hours=found.hour, minutes=found.minute, seconds=found.second, microseconds=found.microsecond)
    return day / timedelta(days=1)


def _format(context: Context, value: Value, pattern: Value) -> Value:
    """A day or moment written by ODK's signs (%Y %y %m %n %b %d %e %a %H %h %M %S %3)."""
    moment = _moment(context, value)
    if moment is None:
        return ""
    at: datetime = moment
    language = context.around.language if context.around.language in _MONTHS else "en"
    return re.sub(r"%(.)", lambda found: _part(at, found[1], language), to_text(pattern))


def _part(at: datetime, sign: str, language: str) -> str:
    parts: Mapping[str, Callable[[], str]] = {
        "Y": lambda: f"{at.year:04}",
        "y": lambda: f"{at.year % 100:02}",
        "m": lambda: f"{at.month:02}",
        "n": lambda: str(at.month),
        "b": lambda: _MONTHS[language][at.month - 1],
        "d": lambda: f"{at.day:02}",
        "e": lambda: str(at.day),
        "a": lambda: _WEEKDAYS[language][at.weekday()],
        "H": lambda: f"{at.hour:02}",
        "h": lambda: str(at.hour),
        "M": lambda: f"{at.minute:02}",
        "S": lambda: f"{at.second:02}",
        "3": lambda: f"{at.microsecond // 1000:03}",
        "%": lambda: "%",
    }
    return parts[sign]() if sign in parts else "%" + sign


FUNCTIONS: Mapping[str, tuple[int, int, Callable[..., Value]]] = {
    "today": (0, 0, _today),
    "now": (0, 0, _now),
    "date": (1, 1, _date),
    "date-time": (1, 1, _date_time),
    "decimal-date-time": (1, 1, _decimal_date_time),
    "decimal-time": (1, 1, _decimal_time),
    "format-date": (2, 2, _format),
    "format-date-time": (2, 2, _format),
}
