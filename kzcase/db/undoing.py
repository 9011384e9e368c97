"""The inverse of an act: what each field stood at before, as long as nobody has changed it since."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from kzcase.db import store
from kzcase.db.keyrings import Keyrings
from kzcase.db.recorder import stored_heads
from kzcase.db.shape import shape
from kzcase.db.sql import Sql
from kzcase.db.tables import ENTITIES
from kzcase.domain.errors import AlreadyUndone, CannotBeUndone, ChangedSince
from kzcase.journal.heads import FieldHeads, Head
from kzcase.journal.kinds import KINDS, Undo, sentence
from kzcase.journal.operations import Dot, Id, Operation, Value

STRIKE: Final[dict[str, Value]] = {"struck": True}
_POINTERS: Final = {
    **{"case_id": "cases", "person_id": "people", "client_id": "people", "sheet_id": "answer_sheets"},
    **{"sealed_note_id": "sealed_notes", "partner_id": "partners", "consent_id": "consents", "call_id": "calls"},
    **{"incident_id": "incidents", "document_id": "documents", "evidence_id": "documents", "job_id": "jobs"},
    **{"other_id": "people", "same_as": "people", "approval_id": "approvals", "conference_id": "conferences"},
    **{"task_id": "tasks", "withdrawal_id": "withdrawals", "call_back_id": "call_backs", "signal_id": "crime_signals"},
    **{"referral_id": "referrals", "tracing_id": "tracings", "attachment_id": "attachments"},
}
HANGS_ON: Final = {
    entity: [(table, name) for table in ENTITIES for name in shape(table).columns if _POINTERS.get(name) == entity]
    for entity in set(_POINTERS.values())
}
"""For each entity the tables and columns that point to it."""

Inverse = dict[tuple[str, Id], dict[str, Value]]
"""For each row the values to set; a row the act made is struck instead."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """An act somebody wants undone: its kind and the rows it touched, before anything is said about it."""

    kind: str
    touched: dict[tuple[str, Id], list[Operation]]
    sql: Sql
    keyrings: Keyrings

    def inverse(self) -> Inverse:
        """What undoing it sets. Refuses what cannot be undone, and says what was done since."""
        self.must_be_possible()
        found = {row: _inverse_row(self.sql, self.keyrings, row, made) for row, made in self.touched.items()}
        for entity, row_id in (row for row, values in found.items() if values == STRIKE):
            _must_stand_alone(self.sql, entity, row_id, found)
        return found

    def must_be_possible(self) -> None:
        """Refuse acts of a kind that is never undone."""
        if self.kind not in KINDS or KINDS[self.kind].undo is not Undo.INVERSE:
            raise CannotBeUndone(place="of")


def undoing(sql: Sql, keyrings: Keyrings, act_id: Id) -> Undoing | None:
    """An act that counts here, with the rows it touched; None where there is none of this id."""
    if sql.value("SELECT 1 FROM acts WHERE id = ?", (act_id,)) is None or act_id in store.not_counting(sql):
        return None
    header, _, _ = store.header_of(sql, act_id)
    rows: dict[tuple[str, Id], list[Operation]] = {}
    for part in store.parts_of(sql, act_id):
        for operation in store.operations_of(sql, part, keyrings.ring(sql, part.scope, part.bodies)):
            rows.setdefault((operation.entity, operation.id), []).append(operation)
    return Undoing(header.kind, rows, sql, keyrings)


def _inverse_row(sql: Sql, keyrings: Keyrings, row: tuple[str, Id], operations: list[Operation]) -> dict[str, Value]:
    heads = stored_heads(sql, *row)
    ours = {operation.dot for operation in operations}
    for operation in operations:
        if heads.of(operation.field).dots != (operation.dot,):
            _must_not_be_undone(sql, keyrings, row, (heads.of(operation.field),), ours)
            raise _changed_since(sql, (heads.of(operation.field),), ours)
    live = {dot for field in heads.fields.values() for dot in field.dots}
    if any(operation.makes_row for operation in operations):
        if live <= ours:
            return STRIKE
        _must_not_be_undone(sql, keyrings, row, heads.fields.values(), ours)
        raise _changed_since(sql, heads.fields.values(), ours)
    return {operation.field: _before(sql, keyrings, operation) for operation in operations}


def _must_stand_alone(sql: Sql, entity: str, row_id: Id, going: Inverse) -> None:
    """Refuse to strike what something else hangs on by now: a note would be lost with its case."""
    for table, column in HANGS_ON.get(entity, ()):
        for (other,) in sql.rows(f"SELECT id FROM {table} WHERE {column} = ? AND struck IS NOT 1", (row_id,)):
            letting_go = going.get((table, other), {})
            if letting_go != STRIKE and column not in letting_go:
                raise _changed_since(sql, (stored_heads(sql, table, other).of(column),), frozenset())


def _must_not_be_undone(
    sql: Sql, keyrings: Keyrings, row: tuple[str, Id], fields: Iterable[FieldHeads], ours: Collection[Dot]
) -> None:
    """Refuse in its own words what the last change of it undid: of another change it would be said that it changed."""
    last = _last(fields, ours)
    if last is None or sql.value("SELECT kind FROM acts WHERE id = ?", (last[0],)) != "act.undone":
        return
    for part in store.parts_of(sql, last[0]):
        for operation in store.operations_of(sql, part, keyrings.ring(sql, part.scope, part.bodies)):
            strikes = operation.field in STRIKE and (operation.entity, operation.id) == row
            if strikes or not set(ours).isdisjoint(operation.seen):
                raise AlreadyUndone(place="of")


def _last(fields: Iterable[FieldHeads], ours: Collection[Dot]) -> Head | None:
    """What was changed last by somebody else's act."""
    others = [head for field in fields for head in field.live if head[:2] not in ours]
    return max(others, key=lambda head: (head[2], head[0], head[1]), default=None)


def _changed_since(sql: Sql, fields: Iterable[FieldHeads], ours: Collection[Dot]) -> ChangedSince:
    """The refusal that names what was done since, as the history calls it: no table and no field."""
    last = _last(fields, ours)
    kind = sql.value("SELECT kind FROM acts WHERE id = ?", (last[0],)) if last else None
    return ChangedSince(place="of", what=sentence(kind or ""))


def _before(sql: Sql, keyrings: Keyrings, operation: Operation) -> Value:
    if not operation.seen:
        return None
    if len(operation.seen) > 1:  # it settled a dispute; there is no single value to go back to
        raise CannotBeUndone(place="of")
    return _value(sql, keyrings, operation.scope, operation.seen[0])


def _value(sql: Sql, keyrings: Keyrings, scope: Id, dot: Dot) -> Value:
    part = store.part_with(sql, scope, dot)
    if part is None:
        raise CannotBeUndone(place="of")
    return next(o.value for o in store.operations_of(sql, part, keyrings.ring(sql, scope, part.bodies)) if o.dot == dot)
