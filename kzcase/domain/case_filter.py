"""Which cases a list shows: codes, colleagues and days, never a typed name, so that a saved choice names nobody."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any, Final

import msgspec

from kzcase.domain.errors import NotAFilter
from kzcase.domain.limits import LONGEST_TEXT

ME, NOBODY, TEAM = "me", "nobody", "team"
"""In place of a colleague: whoever asks, cases without one, and cases of anybody who is still here."""
_CODE: Final = re.compile(r"[A-Za-z0-9_:+.\-]{1,64}")
_MOST: Final = 50


class AgeGroup(StrEnum):
    """How old somebody is now. Who may be under 18 counts as a child until it is known otherwise."""

    CHILD = "child"
    ADULT = "adult"
    UNKNOWN = "unknown"


class State(StrEnum):
    """Open cases, closed ones, or all."""

    ANY = ""
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilter:
    """What is chosen; of several values of one field any, of several fields all. Empty: every case."""

    kind: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    urgency: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    border_point: tuple[str, ...] = ()
    worker: tuple[str, ...] = ()
    age: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    overdue: bool = False
    state: str = ""
    opened_from: str = ""
    opened_to: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))

    def without(self, name: str, value: str = "") -> "CaseFilter":
        """The same with one chip taken away."""
        kept = {each.name: getattr(self, each.name) for each in fields(self)}
        old = kept[name]
        kept[name] = tuple(v for v in old if v != value) if isinstance(old, tuple) else type(old)()
        return CaseFilter(**kept)

    def chips(self) -> Iterator[tuple[str, str]]:
        """Each single choice: the field and its value."""
        for each in fields(self):
            chosen = getattr(self, each.name)
            if isinstance(chosen, tuple):
                yield from ((each.name, value) for value in chosen)
            elif chosen:
                yield each.name, chosen if isinstance(chosen, str) else ""


FIELDS: Final = tuple(each.name for each in fields(CaseFilter))


def checked(chosen: CaseFilter, place: str = "filters") -> CaseFilter:
    """The same, if every value can be one. Raises NotAFilter with its place."""
    for name in FIELDS:
        value = getattr(chosen, name)
        values = value if isinstance(value, tuple) else (value,) if isinstance(value, str) and value else ()
        if len(values) > _MOST or not all(_CODE.fullmatch(each) for each in values):
            raise NotAFilter(f"{place}.{name}")
    if not set(chosen.age) <= set(AgeGroup) or chosen.state not in set(State):
        raise NotAFilter(f"{place}.age" if not set(chosen.age) <= set(AgeGroup) else f"{place}.state")
    for name in ("opened_from", "opened_to"):
        _must_be_day(getattr(chosen, name), f"{place}.{name}")
    return chosen


def _must_be_day(written: str, place: str) -> None:
    try:
        if written:
            date.fromisoformat(written)
    except ValueError:
        raise NotAFilter(place) from None


def filter_of(given: Mapping[str, Any], place: str = "filters") -> CaseFilter:
    """A filter from plain values, as an act or a command carries them. Raises NotAFilter."""
    if unknown := set(given) - set(FIELDS):
        raise NotAFilter(f"{place}.{min(unknown)[:40]}")
    try:
        return checked(msgspec.convert(dict(given), CaseFilter, strict=True), place)
    except msgspec.ValidationError:
        raise NotAFilter(place) from None


def written(chosen: CaseFilter) -> str:
    """The filter as text, for the casebook: what is not chosen is left out."""
    kept = {name: getattr(chosen, name) for name in FIELDS if getattr(chosen, name)}
    return msgspec.json.encode(kept, order="sorted").decode()


def read_filter(untrusted: str) -> CaseFilter:
    """The same again; fields of a newer version are left out, and of a spoiled text nothing is chosen."""
    try:
        given = msgspec.json.decode(untrusted[:LONGEST_TEXT].encode())
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return CaseFilter()
    if not isinstance(given, dict):
        return CaseFilter()
    try:
        return filter_of({name: given[name] for name in FIELDS if name in given})
    except NotAFilter:
        return CaseFilter()


@dataclass(frozen=True, slots=True)
class SavedRow:
    """A saved search: its name, what it chooses, whose it is, and whether the team has it too."""

    id: str
    name: str
    filters: CaseFilter
    by: str
    mine: bool
    shared: bool
