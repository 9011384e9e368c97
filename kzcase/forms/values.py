"""How answers turn into numbers, texts and yes or no inside the rules of a form, as ODK's phones do it."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from typing import TypeAlias

from kzcase.domain.errors import WorkedOutTooLong

NAN = float("nan")
LONGEST_TEXT = 100_000
"""Characters of a text that a rule works out."""
_EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?", re.ASCII)
_DAY = timedelta(days=1)


class TreeNode:
    """One place in a filled form (or in a list of choices): a name, a value, and the places below it."""

    __slots__ = ("children", "name", "parent", "relevant", "value")

    def __init__(self, name: str, parent: "TreeNode | None" = None, value: str = "") -> None:
        self.name = name
        self.parent = parent
        self.value = value
        self.relevant = True
        self.children: dict[str, list[TreeNode]] = {}

    def visible(self) -> str:
        """What rules see here: nothing where the question is not asked."""
        return self.value if self.relevant else ""

    def siblings(self) -> "list[TreeNode]":
        """All places of the same name under the same parent, this one included."""
        return self.parent.children[self.name] if self.parent else [self]


Value: TypeAlias = str | float | bool | list[TreeNode]
Chance: TypeAlias = Callable[[TreeNode, int], Callable[[], float]]
"""Numbers in [0, 1) for a place and a call of its rule: the same ones whenever they are asked for again."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a form may know of the world: the moment, chance, the language, and its own lists and texts."""

    root: TreeNode
    now: datetime
    chance: "Chance"
    language: str = "en"
    instances: Mapping[str, TreeNode] = field(default_factory=dict)
    itext: Callable[[str, str], str] = lambda _id, _language: ""
    choice_label: Callable[[str, str, str], str] = lambda _path, value, _language: value
    version: str = ""

    @property
    def zone(self) -> tzinfo:
        """The zone in which moments without one are read."""
        return self.now.tzinfo or UTC


@dataclass(frozen=True, slots=True)
class Context:
    """Where a rule stands: the place it is asked at, and (inside brackets) the place being tried."""

    around: Surroundings
    node: TreeNode
    current: TreeNode
    position: int = 0
    call: int = 0  # which call of a rule is being worked out, so that two of them draw apart

    def draw(self) -> Callable[[], float]:
        """The source of chance of this call."""
        return self.around.chance(self.current, self.call)


def number_of_text(text: str, zone: tzinfo) -> float:
    """Plain decimal digits, or a date or moment as days since 1970; anything else is no number."""
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return float(text)
    if len(text) >= 10 and text[4] == "-":
        moment = parse_moment(text, zone)
        return days_of(moment) if moment else NAN
    return NAN


def to_number(value: Value, zone: tzinfo) -> float:
    """A number as ODK's number() makes it; empty is NaN."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return float(value)
    return number_of_text(to_text(value), zone)


def to_text(value: Value) -> str:
    """A text as XPath's string() makes it; of several places the first."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return text_of_number(value)
    return value[0].visible() if value else ""


def text_of_number(number: float) -> str:
    """15.0 is "15"; never an exponent."""
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number == int(number):
        return str(int(number))
    shown = repr(number)
    return format(Decimal(shown), "f") if "e" in shown else shown


def too_long(place: TreeNode) -> WorkedOutTooLong:
    """The error of a rule at this place that makes a text without end."""
    names = [place.name]
    while (above := place.parent) is not None and above.parent is not None:
        place = above
        names.append(place.name)
    return WorkedOutTooLong("/".join(reversed(names))[:200], limit=LONGEST_TEXT)


def to_boolean(value: Value) -> bool:
    """XPath's boolean(); a single place counts by its text, so an empty answer is no."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    if isinstance(value, str):
        return bool(value)
    return len(value) > 1 or (len(value) == 1 and (bool(value[0].children) or bool(value[0].visible())))


def to_places(value: Value) -> Sequence[TreeNode]:
    """The places of a path; a plain value stands nowhere."""
    return value if isinstance(value, list) else ()


def texts_of(value: Value) -> list[str]:
    """Every text in a value: one, or one a place."""
    return [node.visible() for node in value] if isinstance(value, list) else [to_text(value)]


def parse_date(text: str) -> date | None:
    """An ISO date, or the day of an ISO moment; None if it is neither."""
    found = _DATE.match(text.strip())
    if not found:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def parse_time(text: str, zone: tzinfo) -> time | None:
    """A time of day, its offset turned away into `zone` (by today's offset of `zone` in 1970)."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return None
    hour, minute, second = (int(part or 0) for part in found.groups()[:3])
    try:
        plain = time(hour, minute, second, int((found[4] or "0").ljust(6, "0")))
    except ValueError:
        return None
    if not found[5]:
        return plain
    moment = datetime.combine(_EPOCH + _DAY, plain, _offset(found[5]))
    return moment.astimezone(zone).time()


def parse_moment(text: str, zone: tzinfo) -> datetime | None:
    """A date (its midnight) or a moment, always in `zone`; None if it is neither."""
    text = text.strip()
    day = parse_date(text)
    if day is None:
        return None
    if len(text) == 10:
        return datetime.combine(day, time(), zone)
    clock = _TIME.fullmatch(text[11:]) if text[10] in "T " else None
    plain = parse_time(_without_offset(text[11:]), zone) if clock else None
    if clock is None or plain is None:
        return None
    return datetime.combine(day, plain, _offset(clock[5]) if clock[5] else zone).astimezone(zone)


def _without_offset(text: str) -> str:
    return re.sub(r"(Z|[+-]\d{2}(?::?\d{2})?)$", "", text)


def _offset(text: str) -> tzinfo:
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    shift = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    shift = min(shift, timedelta(hours=23, minutes=59))
    from datetime import timezone

    return timezone(-shift if text[0] == "-" else shift)


def days_of(moment: datetime) -> float:
    """Days since 1 January 1970 by the calendar of the moment's own zone; midnight is a whole number."""
    plain = moment.replace(tzinfo=None) - datetime.combine(_EPOCH, time())
    return plain / _DAY


def days_utc(moment: datetime) -> float:
    """Days since 1 January 1970, 00:00 UTC."""
    return (moment - datetime.combine(_EPOCH, time(), UTC)) / _DAY


def moment_of_days(days: float, zone: tzinfo) -> datetime | None:
    """The reverse of `days_of`; None beyond the calendar."""
    if math.isnan(days) or not -719162 <= days < 2932896:
        return None
    return (datetime.combine(_EPOCH, time()) + days * _DAY).replace(tzinfo=zone)


def text_of_moment(moment: datetime) -> str:
    """ODK's dateTime: milliseconds and offset, `2026-08-07T06:31:13.834+05:00`."""
    return moment.isoformat(timespec="milliseconds")
