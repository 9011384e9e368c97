"""The inverse of an act: what each field stood at before, as long as nobody has changed it since."""

from kzcase.db import store
from kzcase.db.keyrings import Keyrings
from kzcase.db.recorder import stored_heads
from kzcase.db.sql import Sql
from kzcase.domain.errors import CannotBeUndone, ChangedSince, NotFound
from kzcase.journal.kinds import KINDS, Undo
from kzcase.journal.operations import Dot, Id, Operation, Value

Inverse = dict[tuple[str, Id], dict[str, Value]]
"""For each row the values to set; a row the act made is struck instead."""


def inverse(sql: Sql, keyrings: Keyrings, act_id: Id) -> tuple[str, Inverse]:
    """(kind, inverse) of an act. Refuses what cannot be undone, and says what was changed since."""
    if sql.value("SELECT 1 FROM acts WHERE id = ?", (act_id,)) is None or act_id in store.not_counting(sql):
        raise NotFound(place="act", what=act_id.hex())
    header, _, _ = store.header_of(sql, act_id)
    if header.kind not in KINDS or KINDS[header.kind].undo is not Undo.INVERSE:
        raise CannotBeUndone(place="act")
    rows: dict[tuple[str, Id], list[Operation]] = {}
    for part in store.parts_of(sql, act_id):
        for operation in store.operations_of(sql, part, keyrings.ring(sql, part.scope)):
            rows.setdefault((operation.entity, operation.id), []).append(operation)
    return header.kind, {row: _inverse_row(sql, keyrings, row, operations) for row, operations in rows.items()}


def _inverse_row(sql: Sql, keyrings: Keyrings, row: tuple[str, Id], operations: list[Operation]) -> dict[str, Value]:
    heads = stored_heads(sql, *row)
    ours = {operation.dot for operation in operations}
    for operation in operations:
        if heads.of(operation.field).dots != (operation.dot,):
            raise ChangedSince(place="act", what=f"{row[0]}.{operation.field}")
    live = {dot for field in heads.fields.values() for dot in field.dots}
    if not any(operation.seen for operation in operations):
        if live <= ours:
            return {"struck": True}
        raise ChangedSince(place="act", what=row[0])
    return {operation.field: _before(sql, keyrings, operation) for operation in operations}


def _before(sql: Sql, keyrings: Keyrings, operation: Operation) -> Value:
    if not operation.seen:
        return None
    if len(operation.seen) > 1:  # it settled a dispute; there is no single value to go back to
        raise CannotBeUndone(place="act")
    return _value(sql, keyrings, operation.scope, operation.seen[0])


def _value(sql: Sql, keyrings: Keyrings, scope: Id, dot: Dot) -> Value:
    part = store.part_with(sql, scope, dot)
    if part is None:
        raise CannotBeUndone(place="act")
    return next(o.value for o in store.operations_of(sql, part, keyrings.ring(sql, scope)) if o.dot == dot)
