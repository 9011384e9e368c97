"""How the line reckons: which numbers are one phone, which hours are safe there, which word is right."""

import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kzcase.domain.errors import BadHours, NoSuchZone

FEWEST_DIGITS: Final = 7
"""A shorter number belongs to no one person."""
NATIONAL_DIGITS: Final = 10
HOME_ZONE: Final = "Asia/Almaty"
_SPAN: Final = re.compile(r"\s*(\d{1,2})[:.](\d{2})\s*[-–]\s*(\d{1,2})[:.](\d{2})\s*")
_MOST_SPANS: Final = 12
EXTENSIONS: Final = tuple(sign for word in ("доб", "ішкі", "ext") for sign in (word, word.capitalize(), word.upper()))
"""What stands between a number and its extension; SQLite tells no capitals of Cyrillic apart from small letters."""
_EXTENSION: Final = re.compile("|".join(EXTENSIONS))
_LONGEST_ZONE: Final = 64


def digits_of(number: str | None) -> str:
    """What two spellings of one phone have in common: its last ten digits without an extension; nothing for what is too
    short."""
    told = _EXTENSION.split(number or "", maxsplit=1)[0]
    digits = "".join(sign for sign in told if sign.isdigit() and sign.isascii())
    return digits[-NATIONAL_DIGITS:] if len(digits) >= FEWEST_DIGITS else ""


@dataclass(frozen=True, slots=True)
class Span:
    """Hours of a day in which it is safe; one that ends before it begins goes over midnight."""

    begins: time
    ends: time

    def holds(self, at: time) -> bool:
        """Whether a time of the day lies in it; its last minute does not."""
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def spans_of(hours: str | None, place: str = "hours") -> tuple[Span, ...]:
    """Safe hours as they are written: `18:00-20:00, 21:30-22:15`. Nothing written: no hours were agreed."""
    written = [part for part in (hours or "").split(",") if part.strip()]
    if len(written) > _MOST_SPANS:
        raise BadHours(place)
    return tuple(_span(part, place) for part in written)


def _span(written: str, place: str) -> Span:
    found = _SPAN.fullmatch(written)
    try:
        first, first_minute, last, last_minute = map(int, found.groups()) if found else (99, 0, 0, 0)
        span = Span(time(first, first_minute), time(last % 24, last_minute))
    except ValueError:
        raise BadHours(place) from None
    if span.begins == span.ends:
        raise BadHours(place)
    return span


def zone_named(name: str, place: str = "zone") -> ZoneInfo:
    """A zone of the IANA table, such as `Asia/Tashkent`."""
    try:
        return ZoneInfo(name[:_LONGEST_ZONE])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NoSuchZone(place) from None


def is_safe_at(hours: str | None, zone: str | None, moment: datetime) -> bool:
    """Whether it is a safe hour where the other lives; where none were agreed, every hour is."""
    spans = spans_of(hours)
    there = moment.astimezone(zone_named(zone or HOME_ZONE)).time()
    return not spans or any(span.holds(there) for span in spans)


def next_safe(hours: str | None, zone: str | None, moment: datetime) -> datetime:
    """The next moment at which it is safe, on the wall of the other; the given one if it is safe now."""
    there = moment.astimezone(zone_named(zone or HOME_ZONE))
    if is_safe_at(hours, zone, moment):
        return there
    return min(_next(there, span.begins) for span in spans_of(hours))


def _next(there: datetime, begins: time) -> datetime:
    today = there.replace(hour=begins.hour, minute=begins.minute, second=0, microsecond=0)
    return today if today > there else today + timedelta(days=1)


def same_word(said: str, known: str | None) -> bool:
    """Whether the word is the one agreed, whatever its letters' size and the blanks around it."""
    return bool(_plain(known or "")) and hmac.compare_digest(_plain(said).encode(), _plain(known or "").encode())


def digest_of(word: str, salt: bytes) -> bytes:
    """What is kept of a word nobody may read again; slow on purpose, because words are short."""
    return hashlib.scrypt(_plain(word).encode(), salt=salt, n=1 << 14, r=8, p=1, dklen=32)


def is_word_of(said: str, kept: Sequence[tuple[bytes, bytes]]) -> bool:
    """Whether the word is one of those kept as (salt, digest)."""
    return any(hmac.compare_digest(digest_of(said, salt), digest) for salt, digest in kept)


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace("ё", "е").split())
