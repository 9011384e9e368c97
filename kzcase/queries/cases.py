"""Cases: the list page by page, one case with everything on it, and how many there are."""

from datetime import date
from typing import Any, Final

from sqlalchemy import Row, text

from kzcase.db.reader import Reader
from kzcase.domain.errors import Ambiguous, NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CaseRow
from kzcase.queries.veil import Veil

ORDERS: Final = {
    "opened_on": "c.opened_on {way}, c.id {way}",
    "number": "c.number {way}, c.id {way}",
    "name": "p.sort_key {way}, p.id {way}, c.id {way}",
}
"""Each is the order of an index that holds all it needs, so that a page far down costs little more than the first."""
LIVE: Final = "c.struck IS NOT 1"

_COLUMNS: Final = (
    "c.id, c.number, p.shown_name, p.sex, p.birth, c.kind, c.stage, c.region, s.name, c.opened_on, c.closed_on"
)
_JOINS: Final = "LEFT JOIN people p ON p.id = c.client_id LEFT JOIN staff s ON s.id = c.worker_id"


def case_list(
    reader: Reader, *, offset: int = 0, limit: int = 200, order: str = "opened_on", descending: bool = True
) -> list[CaseRow]:
    """One page of the case list; a page deep inside costs what the first does, give or take the index."""
    reader.must_be_allowed(Permission.READ_CASES)
    ordering = ORDERS[order].format(way="DESC" if descending else "ASC")
    source = "cases c" if order != "name" else "people p CROSS JOIN cases c ON c.client_id = p.id"
    ids = f"SELECT c.id FROM {source} WHERE {LIVE} ORDER BY {ordering} LIMIT :limit OFFSET :offset"
    page = f"SELECT id, row_number() OVER () AS line FROM ({ids})"
    sql = f"SELECT {_COLUMNS} FROM ({page}) j JOIN cases c ON c.id = j.id {_JOINS} ORDER BY j.line"
    rows = reader.session.execute(text(sql), {"limit": limit, "offset": offset}).all()
    return as_case_rows(reader, rows)


def as_case_rows(reader: Reader, rows: Any) -> list[CaseRow]:
    """Database rows of the list's columns as frozen, veiled rows."""
    person, case = Veil(reader, "people"), Veil(reader, "cases")
    return [_case_row(person, case, row) for row in rows]


def _case_row(person: Veil, case: Veil, row: Row[Any]) -> CaseRow:
    case_id, number, name, sex, birth, kind, stage, region, worker, opened_on, closed_on = tuple(row)
    who, hidden = person.over({"shown_name": name, "sex": sex, "birth": birth})
    what, also = case.over({"kind": kind, "stage": stage, "region": region})
    masked = frozenset("name" if field == "shown_name" else field for field in hidden | also)
    return CaseRow(
        case_id.hex(),
        number or "",
        who["shown_name"],
        who["sex"],
        who["birth"],
        what["kind"],
        what["stage"],
        what["region"],
        worker,
        _day(opened_on),
        _day(closed_on),
        masked,
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def case_count(reader: Reader) -> int:
    """How many cases the list has."""
    return reader.number(f"SELECT count(*) FROM cases c WHERE {LIVE}")


def case_rows(reader: Reader, ids: list[Id]) -> list[CaseRow]:
    """List lines of these cases, in the order given."""
    if not ids:
        return []
    places = ", ".join(f":id{i}" for i in range(len(ids)))
    sql = f"SELECT {_COLUMNS} FROM cases c {_JOINS} WHERE c.id IN ({places}) AND {LIVE}"
    found = reader.session.execute(text(sql), {f"id{i}": case_id for i, case_id in enumerate(ids)}).all()
    by_id = {row.id: row for row in as_case_rows(reader, found)}
    return [by_id[case_id.hex()] for case_id in ids if case_id.hex() in by_id]


def case_id(reader: Reader, reference: str) -> Id:
    """The id behind a number or an id; says in words when nothing or more than one case fits."""
    reader.must_be_allowed(Permission.READ_CASES)
    return case_named(reader, reference)


def case_named(reader: Reader, reference: str) -> Id:
    """The same for whoever may see that a case is there, but not what is in it."""
    sql = f"SELECT id FROM cases c WHERE (c.id = :id OR c.number = :number) AND {LIVE} LIMIT 2"
    given = {"id": from_hex(reference), "number": reference.strip()}
    found = reader.session.execute(text(sql), given).scalars().all()
    if len(found) > 1:
        raise Ambiguous(place="case", what=reference[:64])
    if not found:
        raise NotFound(place="case", what=reference[:64])
    return bytes(found[0])
