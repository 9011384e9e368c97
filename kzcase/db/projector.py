"""Lays operations over the tables: heads first, then the value each field shows. Any order ends the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Final, assert_never

from kzcase.db import store
from kzcase.db.keyrings import Keyrings
from kzcase.db.recorder import heads_of_rows
from kzcase.db.shape import Careful, Shape, fits, shape
from kzcase.db.sql import Sql
from kzcase.db.tables import ENTITIES
from kzcase.db.tables.base import Narrowing
from kzcase.journal.heads import EntityHeads, FieldHeads
from kzcase.journal.operations import Dot, Id, Operation, Value

Row = tuple[str, Id]
_AT_ONCE: Final = 20_000
"""Operations held in memory at a time."""
PUT_HEADS: Final = (
    "INSERT INTO heads (entity, id, scope, heads, disputed) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (entity, id) DO UPDATE SET heads = excluded.heads, disputed = excluded.disputed"
)


def project(sql: Sql, keyrings: Keyrings, operations: Iterable[Operation]) -> set[Row]:
    """Count operations in; the rows whose fields may have changed."""
    known = (operation for operation in operations if operation.entity in ENTITIES)
    rows: set[Row] = set()
    while some := list(islice(known, _AT_ONCE)):
        grouped: dict[Row, list[Operation]] = defaultdict(list)
        for operation in some:
            grouped[operation.entity, operation.id].append(operation)
        _count_in(sql, keyrings, grouped)
        rows.update(grouped)
    return rows


def _count_in(sql: Sql, keyrings: Keyrings, grouped: Mapping[Row, list[Operation]]) -> None:
    """Read the heads of all these rows at once, and write heads and rows at once, each kind in one statement."""
    shapes: dict[tuple[str, tuple[str, ...]], list[tuple[Value, ...]]] = defaultdict(list)
    stood, all_heads = heads_of_rows(sql, grouped), []
    for (entity, row_id), taken in grouped.items():
        heads = stood.get((entity, row_id)) or EntityHeads()
        values = _values(sql, keyrings, shape(entity), heads, taken)
        all_heads.append((entity, row_id, taken[0].scope, heads.encoded(), " ".join(sorted(heads.disputed)) or None))
        shapes[entity, tuple(values)].append((row_id, *values.values()))
    sql.run_each(PUT_HEADS, all_heads)
    for (entity, columns), rows in shapes.items():
        sql.run_each(_put_rows(entity, columns), rows)


def _values(sql: Sql, keyrings: Keyrings, kind: Shape, heads: EntityHeads, taken: list[Operation]) -> dict[str, Value]:
    """Count these operations into the heads of one row; what its fields show now."""
    for operation in taken:
        heads.of(operation.field).take(operation)
    known = {operation.dot: operation.value for operation in taken}
    lookup = _Values(sql, keyrings, taken[0].scope, known)
    names = [name for name in dict.fromkeys(operation.field for operation in taken) if name in kind.columns]
    shown = {name: lookup.shown(heads.fields[name], kind.careful(name)) for name in names}
    return {name: value if fits(kind, name, value) else None for name, value in shown.items()}


def _put_rows(entity: str, names: Sequence[str]) -> str:
    """The statement that makes a row or sets these fields of it."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in names) or "id = excluded.id"
    return (
        f"INSERT INTO {entity} ({', '.join(('id', *names))}) VALUES ({', '.join('?' * (len(names) + 1))})"
        f" ON CONFLICT (id) DO UPDATE SET {changes}"
    )


class _Values:
    """Finds the value of an operation: among those at hand, else in its part."""

    def __init__(self, sql: Sql, keyrings: Keyrings, scope: Id, known: Mapping[Dot, Value]) -> None:
        self._sql, self._keyrings, self._scope, self._known = sql, keyrings, scope, known

    def shown(self, heads: FieldHeads, careful: Careful) -> Value:
        """The winner's value; for a protective field the most restrictive of all live answers."""
        if careful and len(heads.live) > 1:
            return _narrowest([self._value((incarnation, seq)) for incarnation, seq, _ in sorted(heads.live)], careful)
        winner = heads.winner
        return self._value((winner[0], winner[1])) if winner else None

    def _value(self, dot: Dot) -> Value:
        if dot in self._known:
            return self._known[dot]
        part = store.part_with(self._sql, self._scope, dot)
        if part is None:
            return None
        ring = self._keyrings.ring(self._sql, self._scope, part.bodies)
        return next((o.value for o in store.operations_of(self._sql, part, ring) if o.dot == dot), None)


def _narrowest(answers: list[Value], careful: Careful) -> Value:
    """The most restrictive of several answers, which may be narrower than each of them."""
    if not isinstance(careful, Narrowing):
        return min(answers, key=lambda answer: _rank(answer, careful))
    match careful:
        case Narrowing.SHARED:
            words = [set(str(answer or "").split()) for answer in answers]
            return " ".join(sorted(set.intersection(*words))) or None
        case Narrowing.EARLIEST:
            return min((answer for answer in answers if answer is not None), key=str, default=None)
        case Narrowing.AGREED:
            return answers[0] if all(answer == answers[0] for answer in answers) else None
    assert_never(careful)


def _rank(answer: Value, restrictive: tuple[str, ...]) -> tuple[int, str]:
    return (restrictive.index(answer) if answer in restrictive else len(restrictive), str(answer))


def show_again(sql: Sql, keyrings: Keyrings, rows: Iterable[Row]) -> None:
    """Read the values of these rows from the journal anew, after some of it was emptied; their heads stay."""
    for (entity, row_id), heads in heads_of_rows(sql, (row for row in rows if row[0] in ENTITIES)).items():
        kind, scope = shape(entity), sql.value("SELECT scope FROM heads WHERE entity = ? AND id = ?", (entity, row_id))
        lookup = _Values(sql, keyrings, scope, {})
        shown = {name: lookup.shown(heads.fields[name], kind.careful(name)) for name in heads.fields}
        values = {n: v if fits(kind, n, v) else None for n, v in shown.items() if n in kind.columns}
        sql.run(_put_rows(entity, tuple(values)), (row_id, *values.values()))


def clear_scope(sql: Sql, scope: Id) -> set[Row]:
    """Empty the rows and heads of one scope before it is projected anew; the rows that stood there."""
    rows: set[Row] = {
        (entity, row_id) for entity, row_id in sql.rows("SELECT entity, id FROM heads WHERE scope = ?", (scope,))
    }
    for entity, row_id in rows:
        sql.run(f"DELETE FROM {shape(entity).entity} WHERE id = ?", (row_id,))
    sql.run("DELETE FROM heads WHERE scope = ?", (scope,))
    return rows


def project_scope(sql: Sql, keyrings: Keyrings, scope: Id) -> set[Row]:
    """Project one scope anew from the parts whose acts count."""
    rows = clear_scope(sql, scope)
    left_out = store.not_counting(sql)
    for part in store.parts_in(sql, scope):
        if part.act_id not in left_out:
            rows |= project(sql, keyrings, store.operations_of(sql, part, keyrings.ring(sql, scope, part.bodies)))
    return rows | {("people", scope), ("cases", scope)}  # whose rows may be gone, so nothing else names their owner
