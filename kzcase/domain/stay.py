"""How long somebody may stay: 30 (EAEU: 90) days an entry and 90 days in every 180, counted both ways.

Nobody has settled whether the 180 days roll or come in blocks from the first entry, so both are shown side by side
and the earlier last safe day counts. Days of entry and exit both count; days under a permit do not.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from kzcase.domain.codes import CodeList
from kzcase.domain.errors import (
    BadInput,
    DayTooFar,
    FieldMissing,
    NoSuchDate,
    NotACountry,
    NotIsoDate,
    RegimeUnknown,
    StayBackwards,
    TooLarge,
    TwoOpenStays,
)

Regime = Literal["visa_free", "eaeu"]
Kind = Literal["visa_free", "permit"]
LIMITS: Final[Mapping[Regime, int]] = {"visa_free": 30, "eaeu": 90}
CUTS: Final[Mapping[Regime, str]] = {"visa_free": "stay_30", "eaeu": "stay_90"}
NINETY_180: Final = "ninety_180"
ALLOWED: Final = 90
WINDOW: Final = 180
MAX_STAYS: Final = 1_000
FIRST_DAY: Final = date(1991, 1, 1)
LAST_DAY: Final = date(2099, 12, 31)
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay from entry to exit; `end` None while it lasts. `permit`: under a visa or permit, not counted."""

    start: date
    end: date | None = None
    kind: Kind = "visa_free"


@dataclass(frozen=True, slots=True)
class StayOverride:
    """A time in which whoever had leave to stay kept it, to its last day: `whom` are countries, or nobody for all."""

    first: date
    last: date
    whom: tuple[str, ...] = ()
    source: str = ""
    id: str = ""

    def moves(self, day: date, citizenships: Collection[str] = ()) -> bool:
        """Whether a stay that ended on `day` went on; of whom nobody knows the country only what holds for all."""
        return self.first <= day < self.last and (not self.whom or not set(self.whom).isdisjoint(citizenships))


def extended(
    day: date, overrides: Sequence[StayOverride], citizenships: Collection[str] = ()
) -> tuple[date, StayOverride | None]:
    """The last day of a stay after every leave to stay that moves it, and the last of these."""
    by = None
    for override in sorted(overrides, key=lambda each: (each.last, each.id)):
        if override.moves(day, citizenships):
            day, by = override.last, override
    return day, by


@dataclass(frozen=True, slots=True)
class StayQuestion:
    """Under which rule somebody stays, all stays known, and the day as of which they are counted."""

    regime: Regime
    stays: tuple[Stay, ...]
    today: date
    citizenships: tuple[str, ...] = ()
    overrides: tuple[StayOverride, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """One way of counting: days used and left as of today, and the last day on which staying on is safe."""

    used: int
    left: int
    last_day: date | None

    def as_json(self) -> dict[str, object]:
        """One half of the document of `kzcase stay`."""
        return {"used": self.used, "left": self.left, "last_day": _iso(self.last_day)}


@dataclass(frozen=True, slots=True)
class StayAnswer:
    """Both ways of counting, the earlier last safe day, and the code of `stay_cut` that ends it.

    Who is outside is answered as if entering today. `last_day` None: not one day is left, or a permit governs the
    stay (then `cut_by` is None too). `extended` is the leave to stay that moved the last day, from `before`.
    """

    rolling: Counted
    block: Counted
    last_day: date | None
    cut_by: str | None
    extended: StayOverride | None = None
    before: date | None = None

    def as_json(self) -> dict[str, object]:
        """The document of `kzcase stay`."""
        return {
            "rolling": self.rolling.as_json(),
            "block": self.block.as_json(),
            "last_day": _iso(self.last_day),
            "cut_by": self.cut_by,
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


# Days are ordinals from here on: a set of whole numbers is cheap to walk.
_Rule = Callable[[AbstractSet[int], int], int]


def count_stay(question: StayQuestion) -> StayAnswer:
    """Count the days both ways. The stay of today (or the one planned next) is taken to go on."""
    current = _current(question)
    present, permit = _days(question)
    if current is not None and current.kind == "permit":
        rolling, block = (_counted(rule, present, question.today, None) for rule in RULES)
        return StayAnswer(rolling, block, None, None)
    entry = (current.start if current else question.today).toordinal()
    ends = [_last_safe(rule, question.regime, present, permit, entry) for rule in RULES]
    rolling, block = (
        _counted(rule, present, question.today, last) for rule, (last, _cut) in zip(RULES, ends, strict=True)
    )
    # Where both ways end on the same day, the rolling count names the rule.
    last, cut = min(ends, key=lambda end: end[0] or date.min)
    if last is None:
        return StayAnswer(rolling, block, last, cut)
    moved, by = extended(last, question.overrides, question.citizenships)
    return StayAnswer(rolling, block, moved, cut, by, last)


def _counted(rule: _Rule, present: AbstractSet[int], today: date, last: date | None) -> Counted:
    used = rule(present, today.toordinal())
    return Counted(used, max(0, ALLOWED - used), last)


def _current(question: StayQuestion) -> Stay | None:
    """The stay that covers today, else the next open one that is planned."""
    today = question.today
    covering = [stay for stay in question.stays if stay.start <= today <= (stay.end or date.max)]
    if covering:
        return max(covering, key=lambda stay: (stay.start, stay.kind == "visa_free"))
    planned = [stay for stay in question.stays if stay.start > today and stay.end is None]
    return min(planned, key=lambda stay: stay.start) if planned else None


def _days(question: StayQuestion) -> tuple[AbstractSet[int], AbstractSet[int]]:
    """The counted days up to today, and the days under a permit, which never count."""
    today = question.today.toordinal()
    visa_free: set[int] = set()
    permit: set[int] = set()
    for stay in question.stays:
        first, last = stay.start.toordinal(), (stay.end or LAST_DAY).toordinal()
        if stay.kind == "permit":
            permit.update(range(first, last + 1))
        else:
            visa_free.update(range(first, min(last, today) + 1))
    return visa_free - permit, permit


def _last_safe(
    rule: _Rule, regime: Regime, present: AbstractSet[int], permit: AbstractSet[int], entry: int
) -> tuple[date | None, str]:
    """Walk on from the entry until the 90 days are used up or the stay is too long: the last day, and the reason."""
    days = {day for day in present if day < entry}
    for day in range(entry, entry + LIMITS[regime]):
        if day not in permit:
            days.add(day)
        if rule(days, day) > ALLOWED:
            return (date.fromordinal(day - 1) if day > entry else None), NINETY_180
    return date.fromordinal(entry + LIMITS[regime] - 1), CUTS[regime]


def rolling_used(days: AbstractSet[int], day: int) -> int:
    """Days counted in the 180 that end with `day`."""
    return sum(one in days for one in range(day - WINDOW + 1, day + 1))


def block_used(days: AbstractSet[int], day: int) -> int:
    """Days counted in the block of 180 that holds `day`; a block begins with the first day present after the last."""
    start: int | None = None
    used = 0
    for one in sorted(known for known in days if known <= day):
        if start is None or one >= start + WINDOW:
            start, used = one, 0
        used += 1
    return used if start is not None and day < start + WINDOW else 0


RULES: Final[tuple[_Rule, _Rule]] = (rolling_used, block_used)


def regime_of(citizenship: str, countries: CodeList, day: date, place: str = "") -> Regime:
    """The rule for citizens of a country on a day. `RegimeUnknown` when visa, permit or nobody knows."""
    match countries[citizenship].attribute("regime", day):
        case "visa_free":
            return "visa_free"
        case "eaeu":
            return "eaeu"
        case _:
            raise RegimeUnknown(place)


def read_question(untrusted: object, countries: CodeList) -> StayQuestion:
    """The question from the JSON of `kzcase stay`. `BadInput` with the place (`stays[0].in`) when it cannot be."""
    if not isinstance(untrusted, dict):
        raise BadInput("$")
    _refuse_unknown(untrusted, {"citizenship", "regime", "stays", "today"}, "")
    for needed in ("today", "stays", *(() if "regime" in untrusted else ("citizenship",))):
        if needed not in untrusted:
            raise FieldMissing(needed)
    today = _day(untrusted["today"], "today")
    stays = untrusted["stays"]
    if not isinstance(stays, list):
        raise BadInput("stays")
    if len(stays) > MAX_STAYS:
        raise TooLarge("stays", limit=MAX_STAYS)
    read = tuple(_stay(stay, f"stays[{number}]") for number, stay in enumerate(stays))
    _ensure_one_is_open(read)
    land = untrusted.get("citizenship")
    known = (land,) if isinstance(land, str) else ()
    return StayQuestion(_regime(untrusted, countries, today), read, today, known)


def _regime(untrusted: Mapping[str, Any], countries: CodeList, today: date) -> Regime:
    match untrusted.get("regime"):
        case "visa_free":
            return "visa_free"
        case "eaeu":
            return "eaeu"
        case None:
            pass
        case _:
            raise BadInput("regime")
    citizenship = untrusted.get("citizenship")
    if not isinstance(citizenship, str):
        raise BadInput("citizenship")
    if citizenship not in countries:
        raise NotACountry("citizenship")
    return regime_of(citizenship, countries, today, "citizenship")


def _ensure_one_is_open(stays: Sequence[Stay]) -> None:
    """Nobody enters twice without leaving: with two open stays of a kind a day would be counted too late."""
    still_open = [(number, stay.kind) for number, stay in enumerate(stays) if stay.end is None]
    for number, kind in still_open[1:]:
        if kind in {earlier for _number, earlier in still_open if _number < number}:
            raise TwoOpenStays(f"stays[{number}].out")


def _stay(untrusted: object, place: str) -> Stay:
    if not isinstance(untrusted, dict):
        raise BadInput(place)
    _refuse_unknown(untrusted, {"in", "out", "kind"}, f"{place}.")
    if "in" not in untrusted:
        raise FieldMissing(f"{place}.in")
    start = _day(untrusted["in"], f"{place}.in")
    end = None if untrusted.get("out") is None else _day(untrusted["out"], f"{place}.out")
    if end is not None and end < start:
        raise StayBackwards(f"{place}.out", start=start, end=end)
    match untrusted.get("kind"):
        case None | "visa_free":
            return Stay(start, end)
        case "permit":
            return Stay(start, end, "permit")
        case _:
            raise BadInput(f"{place}.kind")


def _refuse_unknown(untrusted: Mapping[str, Any], known: AbstractSet[str], before: str) -> None:
    for key in untrusted:
        if key not in known:
            raise BadInput(f"{before}{key[:40]}")


def _day(untrusted: object, place: str) -> date:
    if not isinstance(untrusted, str) or not _ISO.fullmatch(untrusted):
        raise NotIsoDate(place)
    try:
        day = date.fromisoformat(untrusted)
    except ValueError:
        raise NoSuchDate(place) from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise DayTooFar(place, first=FIRST_DAY, last=LAST_DAY)
    return day
