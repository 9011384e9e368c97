"""Reads and writes the journal's own tables: acts, parts and their bodies."""

from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any, Final

from kzcase.db.sql import Sql
from kzcase.db.tables import ENTITIES
from kzcase.db.tables.base import ORGANISATION
from kzcase.journal.acts import BadAct, Header, act_id_of, decode_header, digest, previous_of
from kzcase.journal.authority import AUTHOR_UNKNOWN, NOT_SIGNED, may_touch
from kzcase.journal.chains import Chain, Links
from kzcase.journal.erasures import BodyName
from kzcase.journal.operations import Dot, Id, Operation
from kzcase.journal.parts import Part, operations, serialised
from kzcase.journal.sealing import Ring
from kzcase.journal.upgrades import upgraded

_ACT: Final = (
    "INSERT OR IGNORE INTO acts (id, kind, author, incarnation, index_in_chain, hlc, parent, header, signature)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PART: Final = (
    "INSERT INTO parts (act_id, scope, incarnation, first_seq, operation_count, content) VALUES (?, ?, ?, ?, ?, ?)"
)
_BODY: Final = "INSERT INTO bodies (act_id, scope, subject, body) VALUES (?, ?, ?, ?)"
_PARTS: Final = "SELECT act_id, scope, incarnation, first_seq, operation_count, content FROM parts"


def signed(act_id: str) -> str:
    """A condition on a column of act ids: leaves out what nobody we know has signed."""
    waiting = f"SELECT 1 FROM waiting w WHERE w.act_id = {act_id} AND w.why = '{AUTHOR_UNKNOWN}'"
    quarantined = f"SELECT 1 FROM quarantine q WHERE q.act_id = {act_id} AND q.why = '{NOT_SIGNED}'"
    return f"NOT EXISTS ({waiting}) AND NOT EXISTS ({quarantined})"


_LAST_SEQ: Final = f"""
SELECT first_seq + operation_count FROM parts WHERE scope = ? AND incarnation = ? AND {signed("parts.act_id")}
ORDER BY first_seq DESC LIMIT 1"""


def put_act(sql: Sql, header: Header, encoded: bytes, signature: bytes) -> None:
    """Store an act's header; one that is there already is left alone."""
    h = header
    sql.run(_ACT, (h.act_id, h.kind, h.author, h.incarnation, h.index, h.hlc, h.parent, encoded, signature))


def put_part(sql: Sql, part: Part, refused: Collection[Id] = ()) -> None:
    """Store a part and its bodies; a refused one has its place and stays empty, its subject was erased.

    Another that comes empty has no place: it may have been emptied by a carrier, and still come whole another time.
    """
    sql.run(_PART, (part.act_id, part.scope, part.incarnation, part.first_seq, part.operation_count, part.content))
    given = [(subject, body) for subject, body in part.bodies.items() if body is not None or subject in refused]
    sql.run_each(_BODY, [(part.act_id, part.scope, s, None if s in refused else body) for s, body in given])


def put_missing_bodies(sql: Sql, part: Part, refused: Collection[Id]) -> bool:
    """Store the bodies of a part that are not here yet, refused ones left out; whether there were any.

    One that was emptied here comes again only when the act that emptied it was refuted.
    """
    query = "SELECT subject FROM bodies WHERE act_id = ? AND scope = ? AND body IS NOT NULL"
    here = {row[0] for row in sql.rows(query, (part.act_id, part.scope))} | set(refused)
    missing = [(s, body) for s, body in part.bodies.items() if body is not None and s not in here]
    fill = f"{_BODY} ON CONFLICT (act_id, scope, subject) DO UPDATE SET body = excluded.body"
    sql.run_each(fill, [(part.act_id, part.scope, subject, body) for subject, body in missing])
    return bool(missing)


def empty_body(sql: Sql, name: BodyName) -> None:
    """Empty a body for good. One that never came whole gets its empty place."""
    sql.run("INSERT OR IGNORE INTO bodies (act_id, scope, subject, body) VALUES (?, ?, ?, NULL)", name)
    sql.run("UPDATE bodies SET body = NULL WHERE act_id = ? AND scope = ? AND subject = ?", name)


def contents_in(sql: Sql, scope: Id) -> Iterator[tuple[Id, bytes]]:
    """(act id, content) of every part of a scope."""
    yield from sql.rows("SELECT act_id, content FROM parts WHERE scope = ?", (scope,))


def content_of(sql: Sql, act_id: Id, scope: Id) -> bytes | None:
    """The content of one part, if it is held."""
    found: bytes | None = sql.value("SELECT content FROM parts WHERE act_id = ? AND scope = ?", (act_id, scope))
    return found


def has_part(sql: Sql, act_id: Id, scope: Id) -> bool:
    """Whether this part is held already."""
    query = "SELECT 1 FROM parts WHERE act_id = ? AND scope = ?"
    return sql.row(query, (act_id, scope)) is not None


def header_of(sql: Sql, act_id: Id) -> tuple[Header, bytes, bytes]:
    """(header, its bytes, signature) of an act that is held; BadAct where a part of it lies there without it."""
    row = sql.row("SELECT header, signature FROM acts WHERE id = ?", (act_id,))
    if row is None:
        raise BadAct("an act is missing")
    header, signature = row
    return decode_header(header, signature), header, signature


def headers(sql: Sql, where: str = "", given: tuple[object, ...] = ()) -> Iterator[tuple[Header, bytes, bytes]]:
    """Every act held, or those a condition picks."""
    for header, signature in sql.rows(f"SELECT header, signature FROM acts {where}", given):
        yield decode_header(header, signature), header, signature


def parts_of(sql: Sql, act_id: Id) -> list[Part]:
    """The parts of one act that are held."""
    return [_part(sql, row) for row in sql.rows(f"{_PARTS} WHERE act_id = ?", (act_id,))]


def parts_in(sql: Sql, scope: Id) -> Iterator[Part]:
    """The parts of one scope that are held, in the order of their numbers."""
    rows = sql.rows(f"{_PARTS} WHERE scope = ? ORDER BY incarnation, first_seq, act_id", (scope,))
    return (_part(sql, row) for row in rows)


def part_with(sql: Sql, scope: Id, dot: Dot) -> Part | None:
    """The part that holds one operation."""
    row = sql.row(f"{_PARTS} WHERE act_id = ? AND scope = ?", (dot[0], scope))
    return _part(sql, row) if row else None


def _part(sql: Sql, row: tuple[Any, ...]) -> Part:
    act_id, scope, incarnation, first_seq, operation_count, content = tuple(row)
    query = "SELECT subject, body FROM bodies WHERE act_id = ? AND scope = ?"
    bodies: dict[Id, bytes | None] = dict(sql.rows(query, (act_id, scope)))
    return Part(act_id, scope, incarnation, first_seq, operation_count, content, bodies)


def operations_of(sql: Sql, part: Part, ring: Ring) -> list[Operation]:
    """A part's operations with their values, in today's vocabulary; those its kind of act may not make left out."""
    found = sql.row("SELECT hlc, kind FROM acts WHERE id = ?", (part.act_id,))
    stamp, kind = found or (0, "")
    made = (upgraded(operation) for operation in operations(part, stamp, ring))
    return [o for o in made if may_touch(kind, o.entity) and _at_home(sql, o)]


def _at_home(sql: Sql, operation: Operation) -> bool:
    """Whether an operation stands in the scope its row belongs to: elsewhere its number would name another one."""
    row_type = ENTITIES.get(operation.entity)
    if row_type is None:
        return True
    if row_type.scope_rule == "id":
        return operation.id == operation.scope
    if row_type.scope_rule == ORGANISATION:
        return bool(sql.value("SELECT value = ? FROM local_facts WHERE name = 'organisation'", (operation.scope,)))
    return operation.field != row_type.scope_rule or operation.value in (operation.scope, None)


def next_seq(sql: Sql, incarnation: Id, scope: Id) -> int:
    """The number the next operation of this device in this scope gets."""
    return sql.value(_LAST_SEQ, (scope, incarnation)) or 0


def not_counting(sql: Sql) -> set[Id]:
    """Ids of acts that are held but do not count: waiting or quarantined."""
    query = "SELECT act_id FROM waiting UNION SELECT act_id FROM quarantine"
    return {row[0] for row in sql.rows(query)}


def links(sql: Sql, incarnation: Id) -> Links:
    """What is held of one device's chain: each act with its index and the act it names as the one before."""
    rows = sql.each("SELECT id, index_in_chain, header FROM acts WHERE incarnation = ?", (incarnation,))
    return {act_id: (index, act_id_of(previous_of(header))) for act_id, index, header in rows}


def last_acts(sql: Sql, author: Id) -> list[tuple[Id, int, bytes]]:
    """(device, index, digest) of what a colleague did last on each device: all that counts of theirs lies behind it.

    Where a device's chain forked, there is one for each branch.
    """
    query = (
        "SELECT incarnation, index_in_chain, id, header, signature FROM acts WHERE author = ?"
        " AND id NOT IN (SELECT act_id FROM quarantine) ORDER BY incarnation, index_in_chain DESC, id"
    )
    found: list[tuple[Id, int, bytes]] = []
    for incarnation, rows in groupby(sql.rows(query, (author,)), key=lambda row: row[0]):
        chain = Chain(links(sql, incarnation))
        found += [
            (incarnation, index, digest(header, signature))
            for _, index, act_id, header, signature in rows
            if chain.is_news(act_id, index)
        ]
    return found


def some_wait(sql: Sql, reasons: Sequence[str]) -> bool:
    """Whether some act waits for one of these reasons."""
    places = ", ".join("?" * len(reasons))
    return sql.row(f"SELECT 1 FROM waiting WHERE why IN ({places}) LIMIT 1", reasons) is not None


def all_serialised(sql: Sql) -> Iterator[bytes]:
    """Every part that is held, as it travels."""
    for row in sql.rows(f"{_PARTS} ORDER BY act_id, scope"):
        part = _part(sql, row)
        _, header, signature = header_of(sql, part.act_id)
        yield serialised(header, signature, part)
