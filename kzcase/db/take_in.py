"""Takes in acts from elsewhere: digests first, then the author's authority, then the tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kzcase.db import store
from kzcase.db.keyrings import Keyrings
from kzcase.db.projector import Row, project, project_scope
from kzcase.db.sql import Sql
from kzcase.journal.acts import BadAct, Header, founding_tag, signature_holds
from kzcase.journal.authority import Grant, Organisation, Revoked, Verdict
from kzcase.journal.operations import Id, Operation
from kzcase.journal.parts import deserialised


@dataclass(slots=True)
class Taken:
    """Parts new to us, parts refused because their bytes do not hold, and rows that may have changed."""

    new: int = 0
    refused: int = 0
    rows: set[Row] = field(default_factory=set)


def take_in(sql: Sql, keyrings: Keyrings, organisation: Id, untrusted_parts: Iterable[bytes]) -> Taken:
    """Store what is new, judge it, and project what counts; safe to repeat, in any order, with losses."""
    taken = Taken()
    arrived: dict[Id, set[Id]] = {}
    for untrusted in untrusted_parts:
        act_id_scope = _keep(sql, untrusted, taken)
        if act_id_scope:
            arrived.setdefault(act_id_scope[0], set()).add(act_id_scope[1])
    _settle(sql, keyrings, organisation, arrived, taken)
    return taken


def _keep(sql: Sql, untrusted: bytes, taken: Taken) -> tuple[Id, Id] | None:
    try:
        header, header_bytes, signature, part = deserialised(untrusted)
    except BadAct:
        taken.refused += 1
        return None
    if store.has_part(sql, part.act_id, part.scope):
        return None
    store.put_act(sql, header, header_bytes, signature)
    store.put_part(sql, part)
    taken.new += 1
    return part.act_id, part.scope


def _settle(sql: Sql, keyrings: Keyrings, organisation: Id, arrived: dict[Id, set[Id]], taken: Taken) -> None:
    """Judge what arrived; when the organisation's scope grew, also what waits and whom a revocation concerns."""
    grew = any(organisation in scopes for scopes in arrived.values())
    before = store.not_counting(sql)
    judged = set(arrived) | (before if grew else set())
    state = organisation_state(sql, keyrings, organisation) if grew or judged else Organisation()
    if grew:
        judged |= _acts_of(sql, {revoked.staff_id for revoked in state.revocations})
    for act_id in judged:
        _record(sql, act_id, *state.judge(*store.header_of(sql, act_id)))
    after = store.not_counting(sql)
    turned = {scope for act_id in before ^ after if act_id not in arrived for scope in _scopes(sql, act_id)}
    turned |= {scope for act_id in before - after for scope in _scopes(sql, act_id)}
    for scope in turned:
        taken.rows |= project_scope(sql, keyrings, scope)
    counted = {act_id: scopes - turned for act_id, scopes in arrived.items() if act_id not in after}
    taken.rows |= project(sql, keyrings, _operations(sql, keyrings, counted))


def _operations(sql: Sql, keyrings: Keyrings, counted: dict[Id, set[Id]]) -> Iterable[Operation]:
    for act_id, scopes in counted.items():
        for part in store.parts_of(sql, act_id):
            if part.scope in scopes:
                yield from store.operations_of(sql, part, keyrings.ring(sql, part.scope))


def _record(sql: Sql, act_id: Id, verdict: Verdict, why: str) -> None:
    sql.run("DELETE FROM waiting WHERE act_id = ?", (act_id,))
    sql.run("DELETE FROM quarantine WHERE act_id = ?", (act_id,))
    if verdict is Verdict.WAITS:
        sql.run("INSERT INTO waiting (act_id, why) VALUES (?, ?)", (act_id, why))
    elif verdict is Verdict.REFUTED:
        sql.run("INSERT INTO quarantine (act_id, why) VALUES (?, ?)", (act_id, why))


def _scopes(sql: Sql, act_id: Id) -> set[Id]:
    rows = sql.rows("SELECT scope FROM parts WHERE act_id = ?", (act_id,))
    return {row[0] for row in rows}


def _acts_of(sql: Sql, authors: set[Id]) -> set[Id]:
    found: set[Id] = set()
    for author in authors:
        rows = sql.rows("SELECT id FROM acts WHERE author = ?", (author,))
        found |= {row[0] for row in rows}
    return found


# The organisation's state, from nothing but the parts of its scope


def organisation_state(sql: Sql, keyrings: Keyrings, organisation: Id) -> Organisation:
    """Who may act, by the acts of the organisation's scope: depends on the set held, never on its order."""
    state = Organisation()
    ring = keyrings.ring(sql, organisation)
    unjudged: dict[Id, tuple[Header, bytes, bytes, list[Operation]]] = {}
    for part in store.parts_in(sql, organisation):
        header, encoded, signature = store.header_of(sql, part.act_id)
        unjudged[part.act_id] = (header, encoded, signature, store.operations_of(sql, part, ring))
    _found(state, organisation, unjudged)
    _admit(state, unjudged)
    return state


def _found(state: Organisation, organisation: Id, acts: dict[Id, tuple[Header, bytes, bytes, list[Operation]]]) -> None:
    """The founding act is the one whose keys the organisation's id names."""
    for act_id, (header, encoded, signature, operations) in acts.items():
        if header.kind == "casebook.founded":
            values = {(o.entity, o.field): o.value for o in operations}
            founder, root = values.get(("staff", "sign_key")), values.get(("organisations", "root_key"))
            if (
                isinstance(founder, bytes)
                and isinstance(root, bytes)
                and founding_tag(founder, root) == organisation
                and signature_holds(founder, encoded, signature)
            ):
                state.founder = act_id
                state.sign_keys[header.author] = founder


def _admit(state: Organisation, acts: dict[Id, tuple[Header, bytes, bytes, list[Operation]]]) -> None:
    """Admit acts until nothing changes: each one admitted may be the authority of others."""
    structural = dict(acts)
    while True:
        counts = [
            act_id
            for act_id, (header, encoded, signature, _) in structural.items()
            if _structurally_counts(state, header, encoded, signature)
        ]
        if not counts:
            break
        for act_id in counts:
            header, _, _, operations = structural.pop(act_id)
            _learn(state, header, operations)
    state.refuted = {act_id for act_id, (header, *_) in acts.items() if state.is_late(header)}


def _structurally_counts(state: Organisation, header: Header, encoded: bytes, signature: bytes) -> bool:
    """Whether key and grant hold, lateness aside: lateness is decided once all revocations are known."""
    revocations, state.revocations = state.revocations, []
    try:
        return state.judge(header, encoded, signature)[0] is Verdict.COUNTS
    finally:
        state.revocations = revocations


def _learn(state: Organisation, header: Header, operations: list[Operation]) -> None:
    rows: dict[tuple[str, Id], dict[str, Operation]] = {}
    for operation in operations:
        rows.setdefault((operation.entity, operation.id), {})[operation.field] = operation
    for (entity, row_id), fields in rows.items():
        value = {name: operation.value for name, operation in fields.items()}
        if entity == "staff" and isinstance(value.get("sign_key"), bytes):
            state.sign_keys.setdefault(row_id, value["sign_key"])  # type: ignore[arg-type]
        elif entity == "staff_roles" and "role" in fields and "staff_id" in fields:
            grant = Grant(value["staff_id"], str(value["role"]), header.act_id)  # type: ignore[arg-type]
            state.grants[fields["role"].dot] = grant
        elif entity == "revocations" and {"staff_id", "incarnation", "last_index"} <= set(fields):
            state.revocations.append(
                Revoked(value["staff_id"], value["incarnation"], value["last_index"], header)  # type: ignore[arg-type]
            )
