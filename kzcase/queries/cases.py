"""Cases: the list page by page, one case with everything on it, and how many there are."""

from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import text

from kzcase.db.reader import Reader
from kzcase.db.shape import shape
from kzcase.db.sql import Sql
from kzcase.domain.case_filter import CaseFilter
from kzcase.domain.errors import Ambiguous, NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission, Reach, Sight, reach, sight
from kzcase.domain.rows import CaseRow
from kzcase.queries.case_filter import conditions
from kzcase.queries.reach import but_not, cases_within_reach, kept_away, must_be_open, within_reach
from kzcase.queries.veil import Veil

ORDERS: Final = {"opened_on": "c.opened_on", "number": "c.number", "name": "c.sort_key"}
"""Each, with the id, is the order of an index that holds all it needs: no page costs much more than the first."""
LIVE: Final = "c.struck IS NOT 1"

COLUMNS: Final = (
    "c.id, c.number, p.shown_name, p.sex, p.birth, c.kind, c.stage, c.region, s.name, c.opened_on, c.closed_on"
)
_OF_PERSON: Final = {"name": "shown_name", "sex": "sex", "birth": "birth"}
_OF_CASE: Final = ("kind", "stage", "region")
_VEILED: Final = (*_OF_PERSON, *_OF_CASE)
JOINS: Final = "LEFT JOIN people p ON p.id = c.client_id LEFT JOIN staff s ON s.id = c.worker_id"


EVERY_CASE: Final = CaseFilter()


def case_list(
    reader: Reader,
    *,
    offset: int = 0,
    limit: int = 200,
    order: str = "opened_on",
    descending: bool = True,
    chosen: CaseFilter = EVERY_CASE,
) -> list[CaseRow]:
    """One page of the case list; a page deep inside costs what the first does, give or take the index.

    By name only those stand in their order whose names the asker may see; the others follow by number, for a place
    between two names tells how a hidden one is spelt.
    """
    reader.must_be_allowed(Permission.READ_CASES)
    way = "DESC" if descending else "ASC"
    if order == "name" and not _may_see_every_name(reader):
        return _seen_names_first(reader, offset, limit, way, chosen)
    ids = f"SELECT c.id, {ORDERS[order]} AS place FROM {_chosen(reader, chosen, in_order=True)}"
    page = f"{ids} ORDER BY {ORDERS[order]} {way}, c.id {way} LIMIT ? OFFSET ?"
    sql = f"SELECT {COLUMNS}, j.place FROM ({page}) j CROSS JOIN cases c ON c.id = j.id {JOINS}"
    rows = Sql.of(reader.session.connection()).rows(sql, (limit, offset))
    return as_case_rows(reader, sorted(rows, key=_place, reverse=descending))


def _may_see_every_name(reader: Reader) -> bool:
    """Now, or after “show names”, which is all that keeps the names of one's own reach covered."""
    everybody = reach(reader.acting.roles) is Reach.EVERY and reader.may(Permission.HOLD)
    names = shape("people").classes["shown_name"]
    return everybody and sight(reader.acting.roles, names, names_shown=True) is Sight.SHOW


def _chosen(reader: Reader, chosen: CaseFilter, *, in_order: bool = False) -> str:
    """Where the cases of a list come from: all that are there for the asker, or those of them that were chosen."""
    return f"cases c WHERE {there(reader)}{conditions(reader, chosen, in_order=in_order)}"


def _seen_names_first(reader: Reader, offset: int, limit: int, way: str, chosen: CaseFilter) -> list[CaseRow]:
    """Those with a name that shows, by name, then all others by number: gone through only as far as the page."""
    near = frozenset[Id]() if "name" in _hidden(reader, near=True) else cases_within_reach(reader)
    ids = f"SELECT c.id FROM {_chosen(reader, chosen, in_order=True)}"
    by_name = f"{ids} AND c.sort_key IS NOT NULL ORDER BY c.sort_key {way}, c.id {way}"
    named = _first_of(reader, by_name, offset + limit, near.__contains__) if near else []
    wanted, others = named[offset:], max(offset - len(named), 0)
    if len(wanted) < limit:
        above, by_number = frozenset(named), f"{ids} ORDER BY c.number {way}, c.id {way}"
        rest = _first_of(reader, by_number, others + limit - len(wanted), lambda case: case not in above)
        wanted = wanted + rest[others:]
    return case_rows(reader, wanted)


def _first_of(reader: Reader, sql: str, most: int, fits: Callable[[Id], bool]) -> list[Id]:
    """The first of these that fit; the others are not read."""
    with closing(Sql.of(reader.session.connection()).each(sql)) as rows:
        return list(islice((case for (case,) in rows if fits(case)), most))


def _place(row: Any) -> tuple[bool, str, Id]:
    """Where a row stands in its order; those without come first."""
    return row[-1] is not None, row[-1] or "", row[0]


def there(reader: Reader) -> str:
    """What the asker's list consists of."""
    return LIVE + but_not(kept_away(reader))


def as_case_rows(reader: Reader, rows: Sequence[Any]) -> list[CaseRow]:
    """Database rows of the list's columns as frozen rows: veiled, and names only of the asker's own caseload."""
    near, far = (_hidden(reader, near=near) for near in (True, False))
    own = within_reach(reader, [row[0] for row in rows]) if reader.acting.names_shown else frozenset()
    return [_case_row(row, near if row[0] in own else far) for row in rows]


def _hidden(reader: Reader, *, near: bool) -> frozenset[str]:
    """The fields of a list row that the asker does not see."""
    person, case = Veil(reader, "people", near=near), Veil(reader, "cases", near=near)
    theirs = {name for name, field in _OF_PERSON.items() if person.hides(field)}
    return frozenset(theirs | {name for name in _OF_CASE if case.hides(name)})


def _case_row(row: Any, hidden: frozenset[str]) -> CaseRow:
    case_id, number, *veiled = row[:8]
    if hidden:
        veiled = [None if name in hidden else value for name, value in zip(_VEILED, veiled, strict=True)]
    name, sex, birth, kind, stage, region = veiled
    worker, opened_on, closed_on = row[8:11]
    about = (name, sex, birth, kind, stage, region, worker)
    return CaseRow(case_id.hex(), number or "", *about, _day(opened_on), _day(closed_on), hidden)


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def case_count(reader: Reader, chosen: CaseFilter = EVERY_CASE) -> int:
    """How many cases the list has."""
    return reader.number(f"SELECT count(*) FROM {_chosen(reader, chosen)}")


def chosen_among(reader: Reader, cases: Sequence[str], chosen: CaseFilter) -> frozenset[str]:
    """Those of these cases that were chosen."""
    listed = ", ".join(f"x'{found.hex()}'" for each in cases if (found := from_hex(each)))
    sql = f"SELECT c.id FROM {_chosen(reader, chosen)} AND c.id IN ({listed})"
    return frozenset(row[0].hex() for row in Sql.of(reader.session.connection()).rows(sql)) if listed else frozenset()


def case_rows(reader: Reader, ids: list[Id]) -> list[CaseRow]:
    """List lines of these cases, in the order given."""
    if not ids:
        return []
    places = ", ".join(f":id{i}" for i in range(len(ids)))
    sql = f"SELECT {COLUMNS} FROM cases c {JOINS} WHERE c.id IN ({places}) AND {there(reader)}"
    found = reader.session.execute(text(sql), {f"id{i}": case_id for i, case_id in enumerate(ids)}).all()
    by_id = {row.id: row for row in as_case_rows(reader, found)}
    return [by_id[case_id.hex()] for case_id in ids if case_id.hex() in by_id]


def case_id(reader: Reader, reference: str) -> Id:
    """The id behind a number or an id, to look into the case; says in words when nothing or more than one case fits.

    A case beyond the asker's reach is `NeedsReason` until `actions.reading` has opened it with one.
    """
    reader.must_be_allowed(Permission.READ_CASES)
    found = case_named(reader, reference)
    must_be_open(reader, found, reference)
    return found


def case_named(reader: Reader, reference: str) -> Id:
    """The same for whoever may see that a case is there, but not what is in it."""
    sql = f"SELECT id FROM cases c WHERE (c.id = :id OR c.number = :number) AND {there(reader)} LIMIT 2"
    given = {"id": from_hex(reference), "number": reference.strip()}
    found = reader.session.execute(text(sql), given).scalars().all()
    if len(found) > 1:
        raise Ambiguous(place="case", what=reference[:64])
    if not found:
        raise NotFound(place="case", what=reference[:64])
    return bytes(found[0])
