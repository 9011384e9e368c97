"""A choice of cases as SQL on `cases c`."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.domain import case_filter
from kzcase.domain.ages import is_child
from kzcase.domain.case_filter import AgeGroup, CaseFilter, State, checked
from kzcase.domain.dates import ABOUT_DAYS, ABOUT_YEARS, add_months
from kzcase.domain.ids import from_hex
from kzcase.domain.permissions import Permission

_CODED: Final = ("kind", "stage", "region", "urgency", "source", "border_point")
_MONTHS: Final = 18 * 12
_MARKS: Final = ("", "~", "?", "%")
_DAYS_AROUND: Final = 2 * ABOUT_DAYS + 1
_FEW: Final = 2_000
_SPANS: Final = "SELECT id, birth FROM people WHERE birth LIKE '%/%' AND struck IS NOT 1"


def conditions(reader: Reader, chosen: CaseFilter, *, in_order: bool = False) -> str:
    """SQL that holds for the chosen cases, to be put behind others; every value was checked to be a code or a day.

    `in_order`: the cases are gone through in their order until there are enough, so that one is quickly looked at.
    """
    checked(chosen)
    found = [_among(f"c.{name}", getattr(chosen, name)) for name in _CODED if getattr(chosen, name)]
    found += [part(reader, chosen) for name, part in _PARTS.items() if getattr(chosen, name)]
    if chosen.age:
        found.append(_age(reader, {AgeGroup(each) for each in chosen.age}, in_order=in_order))
    return "".join(f" AND {each}" for each in found)


def _among(column: str, values: tuple[str, ...]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"{column} IN ({listed})"


def _worker(reader: Reader, chosen: CaseFilter) -> str:
    parts: list[str] = []
    for each in chosen.worker:
        match each:
            case case_filter.ME:
                parts.append(f"c.worker_id = x'{reader.acting.staff_id.hex()}'")
            case case_filter.NOBODY:
                parts.append("c.worker_id IS NULL")
            case case_filter.TEAM:
                parts.append("c.worker_id IN (SELECT id FROM staff WHERE removed_on IS NULL AND struck IS NOT 1)")
            case _:
                staff = from_hex(each)
                parts.append(f"c.worker_id = x'{staff.hex()}'" if staff else "0")
    return f"({' OR '.join(parts)})"


def _age(reader: Reader, groups: set[AgeGroup], *, in_order: bool) -> str:
    """Few people are looked up first and then their cases; where they are many, each case is looked at in its turn."""
    child, unknown = _child(reader), ["birth IS NULL"]
    wanted = child * (AgeGroup.CHILD in groups) + unknown * (AgeGroup.UNKNOWN in groups)
    in_turn = in_order and (AgeGroup.ADULT in groups or _are_many(reader, wanted))
    fits = _client_is if in_turn else _client_among
    said = [fits(wanted)] if wanted else []
    if AgeGroup.ADULT in groups:
        said.append(f"(c.client_id IS NOT NULL AND NOT {fits(child + unknown)})")
    return f"({' OR '.join(said)})"


def _child(reader: Reader) -> list[str]:
    """Conditions on people one of which holds for whoever may be a child: comparisons of the texts alone, which an
    index answers, for reading each day of birth would take far too long."""
    line = add_months(reader.today, -_MONTHS)
    listed = ", ".join(f"'{text}'" for text in _perhaps_children(line, reader.today))
    spans = Sql.of(reader.session.connection()).rows(_SPANS)
    young = ", ".join(f"x'{person.hex()}'" for person, birth in spans if is_child(birth, reader.today))
    after = f"birth > '{line.isoformat()}~' AND birth NOT LIKE '%/%'"
    return [after, f"birth IN ({listed})", *([f"id IN ({young})"] if young else ())]


def _people(conditions: list[str]) -> str:
    return " UNION ALL ".join(f"SELECT id FROM people WHERE {each}" for each in conditions)


def _are_many(reader: Reader, conditions: list[str]) -> bool:
    return reader.number(f"SELECT count(*) FROM ({_people(conditions)} LIMIT {_FEW + 1})") > _FEW


def _client_among(conditions: list[str]) -> str:
    return f"c.client_id IN ({_people(conditions)})"


def _client_is(conditions: list[str]) -> str:
    either = " OR ".join(f"({each})" for each in conditions)
    return f"EXISTS (SELECT 1 FROM people WHERE id = c.client_id AND ({either}))"


@lru_cache(maxsize=4)
def _perhaps_children(line: date, today: date) -> tuple[str, ...]:
    """Every way to write a birth up to that line of somebody who may still be a child: a year or a month alone, or
    about."""
    years = [f"{year:04}" for year in range(line.year - ABOUT_YEARS - 1, line.year + 1)]
    months = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
    days = [(line - timedelta(back)).isoformat() for back in range(_DAYS_AROUND)]
    texts = [text + mark for text in (*years, *months, *days) for mark in _MARKS]
    return tuple(text for text in texts if is_child(text, today))


def _flag(reader: Reader, chosen: CaseFilter) -> str:
    """Only flags the asker may see: whoever filters must not learn of the others."""
    me = f"x'{reader.acting.staff_id.hex()}'"
    seen = f"(f.raised_by = {me} OR f.seen_by = 'everyone' OR (f.seen_by = 'responsible' AND c.worker_id = {me}))"
    led = "1" if reader.may(Permission.LEAD_TEAM) else seen
    up = f"f.case_id = c.id AND f.taken_down_on IS NULL AND f.struck IS NOT 1 AND {_among('f.kind', chosen.flag)}"
    return f"EXISTS (SELECT 1 FROM flags f WHERE {up} AND {led})"


def _overdue(reader: Reader, _chosen: CaseFilter) -> str:
    late = f"t.due < '{reader.today.isoformat()}' AND t.done_on IS NULL AND t.struck IS NOT 1"
    return f"c.id IN (SELECT t.case_id FROM tasks t WHERE {late})"


def _state(_reader: Reader, chosen: CaseFilter) -> str:
    return "c.closed_on IS NULL" if chosen.state == State.OPEN else "c.closed_on IS NOT NULL"


_PARTS: Final[dict[str, Callable[[Reader, CaseFilter], str]]] = {
    "worker": _worker,
    "flag": _flag,
    "overdue": _overdue,
    "state": _state,
    "opened_from": lambda _reader, chosen: f"c.opened_on >= '{chosen.opened_from}'",
    "opened_to": lambda _reader, chosen: f"c.opened_on <= '{chosen.opened_to}'",
}
