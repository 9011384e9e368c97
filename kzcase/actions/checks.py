"""Checks of what a wish holds: codes, dates and texts, each refused with its place."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, tzinfo
from difflib import get_close_matches
from itertools import islice
from typing import Final

from kzcase.domain.clocks import WRITTEN
from kzcase.domain.codes import Code
from kzcase.domain.dates import ApproximateDate, parse_edtf
from kzcase.domain.errors import DayTooFar, InTheFuture, NoSuchDate, NotIsoDate, UnknownCode
from kzcase.domain.limits import FIRST_DAY, LAST_DAY
from kzcase.domain.rulebook import Rulebook
from kzcase.domain.warned import Warned
from kzcase.i18n import KAZAKHSTAN, LANGUAGES, Words, _, own_text

NEAR: Final = 5
"""So many codes of a long list are named because they are like the one that was written."""
_ISO: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def code(rulebook: Rulebook, code_list: str, value: str, place: str, also: Iterable[str] = ()) -> str:
    """A code of a list, as given; or one of those that are taken here `also`."""
    if value not in rulebook.codes[code_list] and value not in also:
        known = {each.code: each for each in rulebook.codes[code_list].choices()}
        raise unknown_code(code_list, value, place, {**known, **dict.fromkeys(also)})
    return value


def unknown_code(code_list: str, value: str, place: str, offered: Mapping[str, Code | None]) -> UnknownCode:
    """The refusal of a code: with the words of a short list, of a long one with those of what is near."""
    near = get_close_matches(value[:64].lower(), {each.lower(): each for each in offered}, NEAR, 0.6)
    nearest = {each: one for each, one in offered.items() if each.lower() in near or (one and _called(one, value))}
    return UnknownCode(
        place=place,
        list=code_list,
        code=value[:64],
        choices=list(offered),
        named=_named(offered),
        near=_named(dict(islice(nearest.items(), NEAR))) if nearest else None,
    )


def _called(one: Code, value: str) -> bool:
    """Whether somebody wrote the word instead of the code."""
    said = value.casefold()
    return len(said) > 2 and any(said in one.name(lang).casefold() for lang in LANGUAGES)


def _named(offered: Mapping[str, Code | None]) -> Words:
    """Codes, each with its word."""
    return own_text(
        {
            lang: ", ".join(f"{each} ({one.name(lang)})" if one else each for each, one in offered.items())
            for lang in LANGUAGES
        }
    )


def optional_code(rulebook: Rulebook, code_list: str, value: str | None, place: str) -> str | None:
    """A code of a list, or nothing."""
    return None if value is None else code(rulebook, code_list, value, place)


def codes(rulebook: Rulebook, code_list: str, values: Iterable[str], place: str) -> list[str]:
    """Several codes of a list, each only once, in the order given."""
    return [code(rulebook, code_list, v, f"{place}[{i}]") for i, v in enumerate(dict.fromkeys(values))]


def day(value: str | None, place: str, default: date | None = None) -> date | None:
    """A calendar date that exists and that somebody can mean, from ISO 8601 text."""
    return default if value is None else must_be_meant(_existing(value, place), place)


def _existing(value: str, place: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise (NoSuchDate if _ISO.fullmatch(value) else NotIsoDate)(place=place) from error


def must_be_meant(found: date, place: str) -> date:
    """The day, if it lies in years that somebody can mean."""
    if not FIRST_DAY <= found <= LAST_DAY:
        raise DayTooFar(place, first=FIRST_DAY, last=LAST_DAY)
    return found


def moment(given: str | None, default: datetime | None, place: str) -> datetime | None:
    """A moment as ISO 8601 text, or what else is meant; one without a zone is on the wall here."""
    return default if given is None else moment_in(KAZAKHSTAN, given, place)


def moment_in(zone: tzinfo, given: str, place: str) -> datetime:
    """A moment as ISO 8601 text; one without a zone is on the wall of `zone`. One zone in the table: UTC."""
    try:
        found = datetime.fromisoformat(given)
        must_be_meant(found.date(), place)  # nor can the first and last day of the calendar be moved into a zone
        here = found if found.tzinfo else found.replace(tzinfo=zone)
        return here.astimezone(UTC)  # or calls would not stand in their order
    except ValueError as error:
        raise NoSuchDate(place=place) from error


def some_day(value: str, place: str) -> ApproximateDate:
    """A date that need not be exact, as EDTF text, of years that somebody can mean."""
    found = parse_edtf(value, place=place)
    if found.latest < FIRST_DAY or found.earliest > LAST_DAY:
        raise DayTooFar(place, first=FIRST_DAY, last=LAST_DAY)
    return found


def past_day(value: str | None, today: date, place: str = "on") -> date:
    """The day on which something happened: today unless said otherwise, never one still to come."""
    if value is None:
        return today
    found = _existing(value, place)
    if found > _latest(today):
        raise InTheFuture(place=place)
    return must_be_meant(found, place)


_A_YEAR: Final = 366


def _latest(today: date) -> date:
    return max(today, WRITTEN)


def long_ago(happened: date | None, known: date, place: str) -> tuple[Warned, ...]:
    """What to say of a day more than a year before one that is known: it is taken, but may be a slip."""
    if happened is None or (known - happened).days <= _A_YEAR:
        return ()
    words = _(
        "This was written down, but {date} is more than a year before {known}. Please check the year.",
        date=happened,
        known=known,
    )
    return (Warned(place, "long_ago", words),)


def birth_day(value: str | None, today: date, place: str) -> str | None:
    """An EDTF birth date as written; nobody is born after today."""
    if value is None:
        return None
    if parse_edtf(value, place=place).earliest > _latest(today):
        raise InTheFuture(place=place)
    some_day(value, place)
    return value
