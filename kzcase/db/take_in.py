"""Takes in acts from elsewhere: digests first, then the author's authority, then the tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from kzcase.db import store
from kzcase.db.keyrings import Keyrings
from kzcase.db.projector import Row, project, project_scope
from kzcase.db.sql import Sql
from kzcase.journal.acts import BadAct, Header, founding_tag, signature_holds
from kzcase.journal.authority import FOUNDING, Grant, Organisation, Revoked, Verdict, may_touch
from kzcase.journal.operations import Id, Operation
from kzcase.journal.parts import Part, deserialised

Arrived = dict[Id, dict[Id, Part]]
"""New parts by act and scope."""


@dataclass(slots=True)
class Taken:
    """Parts new to us, parts refused because their bytes do not hold, and rows that may have changed."""

    new: int = 0
    refused: int = 0
    latest: int = 0
    """The latest stamp among the acts that came."""
    rows: set[Row] = field(default_factory=set)


def take_in(
    sql: Sql, keyrings: Keyrings, organisation: Id, untrusted_parts: Iterable[bytes], opened: Iterable[Id] = ()
) -> Taken:
    """Store what is new, judge it, and project what counts; safe to repeat, in any order, with losses.

    `opened` are scopes of which keys have just arrived: what is held of them can be read now.
    """
    taken = Taken()
    readable = {scope for scope in opened if sql.value("SELECT 1 FROM parts WHERE scope = ?", (scope,))}
    while True:
        arrived: Arrived = {}
        contested = [part for part in untrusted_parts if not _keep(sql, part, arrived, readable, taken)]
        state = _settle(sql, keyrings, organisation, arrived, readable, taken)
        if not _make_way(sql, state, contested):
            break
        untrusted_parts, readable = contested, set()
    taken.refused += len(contested)
    return taken


def _keep(sql: Sql, untrusted: bytes, arrived: Arrived, readable: set[Id], taken: Taken) -> bool:
    """Store a part that is new; False when another act is held under its id, so that one of them is forged."""
    try:
        header, header_bytes, signature, part = deserialised(untrusted)
    except BadAct:
        taken.refused += 1
        return True
    held = sql.row("SELECT header, signature FROM acts WHERE id = ?", (header.act_id,))
    if held is not None and held != (header_bytes, signature):
        return False
    if held is None:
        store.put_act(sql, header, header_bytes, signature)
        taken.latest = max(taken.latest, header.hlc)
    if not store.has_part(sql, part.act_id, part.scope):
        store.put_part(sql, part)
        taken.new += 1
        arrived.setdefault(part.act_id, {})[part.scope] = part
    elif store.put_missing_bodies(sql, part):
        readable.add(part.scope)
    return True


def _make_way(sql: Sql, state: Organisation, contested: list[bytes]) -> bool:
    """Forget acts that nobody is known to have signed where a signed one came under the same id."""
    freed: set[Id] = set()
    for part in contested:
        header, header_bytes, signature, _ = deserialised(part)
        held = store.header_of(sql, header.act_id)
        if not state.is_signed(*held) and state.is_signed(header, header_bytes, signature):
            freed.add(header.act_id)
    store.forget(sql, freed)
    return bool(freed)


def _settle(
    sql: Sql, keyrings: Keyrings, organisation: Id, arrived: Arrived, readable: set[Id], taken: Taken
) -> Organisation:
    """Judge what arrived; when the organisation's scope grew, also what waits and whom a revocation concerns."""
    grew = organisation in readable or any(organisation in scopes for scopes in arrived.values())
    before = store.not_counting(sql)
    judged = set(arrived) | (before if grew else set())
    state = organisation_state(sql, keyrings, organisation)
    if grew:
        judged |= _acts_of(sql, {revoked.staff_id for revoked in state.revocations})
    for act_id in judged:
        _record(sql, act_id, *state.judge(*store.header_of(sql, act_id)))
    after = store.not_counting(sql)
    turned = {scope for act_id in before ^ after for scope in _scopes(sql, act_id) - arrived.get(act_id, {}).keys()}
    turned |= {scope for act_id in before - after for scope in _scopes(sql, act_id)} | readable
    for scope in turned:
        taken.rows |= project_scope(sql, keyrings, scope)
    counted = [parts for act_id, parts in arrived.items() if act_id not in after]
    new = (part for parts in counted for scope, part in parts.items() if scope not in turned)
    taken.rows |= project(sql, keyrings, _operations(sql, keyrings, new))
    return state


def _operations(sql: Sql, keyrings: Keyrings, parts: Iterable[Part]) -> Iterable[Operation]:
    for part in parts:
        yield from store.operations_of(sql, part, keyrings.ring(sql, part.scope, part.bodies))


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


Unjudged = dict[Id, tuple[Header, bytes, bytes, list[Operation]]]


def organisation_state(sql: Sql, keyrings: Keyrings, organisation: Id) -> Organisation:
    """Who may act, by the acts of the organisation's scope: depends on the set held, never on its order."""
    state = Organisation()
    unjudged: Unjudged = {}
    for part in store.parts_in(sql, organisation):
        header, encoded, signature = store.header_of(sql, part.act_id)
        if may_touch(header.kind, "staff"):
            operations = store.operations_of(sql, part, keyrings.ring(sql, organisation, part.bodies))
            unjudged[part.act_id] = (header, encoded, signature, operations)
    _found(state, organisation, unjudged)
    _admit(state, unjudged)
    return state


def _found(state: Organisation, organisation: Id, acts: Unjudged) -> None:
    """The founding act is the one whose keys the organisation's id names."""
    for act_id, (header, encoded, signature, operations) in sorted(acts.items()):
        if header.kind == FOUNDING and not state.founder:
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


def _admit(state: Organisation, acts: Unjudged) -> None:
    """Admit acts until nothing changes: each one admitted may be the authority of others."""
    structural = dict(acts)
    while True:
        counts = [
            act_id
            for act_id, (header, encoded, signature, _) in structural.items()
            if state.judge_apart_from_lateness(header, encoded, signature)[0] is Verdict.COUNTS
        ]
        if not counts:
            break
        for act_id in counts:
            header, _, _, operations = structural.pop(act_id)
            _learn(state, header, operations)
    state.refuted = {act_id for act_id, (header, *_) in acts.items() if state.is_late(header)}


def _learn(state: Organisation, header: Header, operations: list[Operation]) -> None:
    """What one admitted act says about who may act; values of the wrong type say nothing."""
    rows: dict[tuple[str, Id], dict[str, Operation]] = {}
    for operation in operations:
        rows.setdefault((operation.entity, operation.id), {})[operation.field] = operation
    for (entity, row_id), fields in rows.items():
        match entity, {name: operation.value for name, operation in fields.items()}:
            case "staff", {"sign_key": bytes(key)}:
                state.sign_keys.setdefault(row_id, key)
            case "staff_roles", {"staff_id": bytes(staff), "role": str(role)}:
                state.grants[fields["role"].dot] = Grant(staff, role, header.act_id)
            case "revocations", {"staff_id": bytes(staff), "incarnation": bytes(device), "last_index": int(last)}:
                state.revocations.append(Revoked(staff, device, last, header))
            case _:
                pass
