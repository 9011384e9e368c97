"""Takes in acts from elsewhere: digests first, then the author's authority, then the tables."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache

from kzcase.db import erasing, store
from kzcase.db.keyrings import Keyrings, ScopeKeys
from kzcase.db.projector import Row, project, project_scope
from kzcase.db.sql import Sql
from kzcase.journal.acts import BadAct, Header, founding_tag, signature_holds
from kzcase.journal.authority import (
    AUTHOR_UNKNOWN,
    BY_ROOT,
    FOUNDING,
    NOT_SIGNED,
    WAITS_FOR_CHAIN,
    Claim,
    Grant,
    Organisation,
    Verdict,
    may_touch,
)
from kzcase.journal.chains import Chain
from kzcase.journal.erasures import Erasures
from kzcase.journal.operations import Id, Operation, Value
from kzcase.journal.parts import Part, deserialised
from kzcase.journal.removals import Revoked

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
    devices: set[Id] = field(default_factory=set)
    """Under which incarnations colleagues signed the acts that came."""


@dataclass(slots=True)
class _Intake:
    """What one taking-in has to do with: what was erased, what arrived, and what was refused because of it."""

    erased: Erasures
    readable: set[Id]
    arrived: Arrived = field(default_factory=dict)
    refused: list[Part] = field(default_factory=list)


def take_in(
    sql: Sql, keyrings: Keyrings, organisation: Id, untrusted_parts: Iterable[bytes], keys: Iterable[ScopeKeys] = ()
) -> Taken:
    """Store what is new, judge it, and project what counts; safe to repeat, in any order, with losses.

    Keys first: what is held of a scope that opens now can be read. What was erased is refused, for ever, and what
    an erasure that arrives names is let go of before anybody can read it.
    """
    taken, erased = Taken(), erasing.load(sql)
    opened, refused_keys = keyrings.take_in(sql, keys, erased)
    readable = {scope for (scope,) in sql.rows_with("SELECT DISTINCT scope FROM parts WHERE scope IN ({})", opened)}
    intake = _Intake(erased, readable)
    for untrusted in untrusted_parts:
        _keep(sql, untrusted, intake, taken)
    _settle(sql, keyrings, organisation, intake.arrived, readable, taken)
    if any(entity in erasing.TABLES for entity, _ in taken.rows):
        _follow_erasures(sql, keyrings, intake, refused_keys, taken)
    return taken


def _follow_erasures(
    sql: Sql, keyrings: Keyrings, intake: _Intake, refused_keys: Iterable[ScopeKeys], taken: Taken
) -> None:
    """Something was erased, or an erasure turned out not to count: then what was refused before comes in after all."""
    before, erased = intake.erased, erasing.load(sql)
    taken.rows |= erasing.carry_out(sql, keyrings, erased.beyond(before), erased)
    freed = before.beyond(erased)
    if freed:
        keyrings.take_in(sql, refused_keys, erased)
        for part in intake.refused:
            store.put_missing_bodies(sql, part, erased.refused(part))
        taken.rows |= erasing.give_back(sql, keyrings, freed)


def _keep(sql: Sql, untrusted: bytes, intake: _Intake, taken: Taken) -> None:
    """Store a part that is new. Its act's id is its act's digest: nothing else can stand in its place."""
    try:
        header, header_bytes, signature, part = deserialised(untrusted)
    except BadAct:
        taken.refused += 1
        return
    refused = intake.erased.refused(part)
    if refused:
        intake.refused.append(part)
    if not store.has_part(sql, part.act_id, part.scope):
        store.put_act(sql, header, header_bytes, signature)
        store.put_part(sql, part, refused)
        taken.new += 1
        taken.latest = max(taken.latest, header.hlc)
        bodies = {subject: None if subject in refused else body for subject, body in part.bodies.items()}
        intake.arrived.setdefault(part.act_id, {})[part.scope] = replace(part, bodies=bodies)
    elif store.put_missing_bodies(sql, part, refused):
        intake.readable.add(part.scope)


def _settle(sql: Sql, keyrings: Keyrings, organisation: Id, arrived: Arrived, readable: set[Id], taken: Taken) -> None:
    """Judge what arrived and, where it may decide more than itself, also what waits and whom it may concern."""
    before = store.not_counting(sql)
    grew = organisation in readable or any(organisation in scopes for scopes in arrived.values())
    state = organisation_state(sql, keyrings, organisation)
    judged = set(arrived)
    if grew or (arrived and store.some_wait(sql, WAITS_FOR_CHAIN)):
        judged |= before | _acts_of(sql, state.shaken())
    for act_id in judged:
        header, header_bytes, signature = store.header_of(sql, act_id)
        verdict, why = state.judge(header, header_bytes, signature)
        if act_id in before:
            _forget_verdict(sql, act_id)
        _record(sql, act_id, verdict, why)
        if act_id in arrived and why not in (AUTHOR_UNKNOWN, NOT_SIGNED):
            taken.devices.add(header.incarnation)
    after = store.not_counting(sql)
    turned = {scope for act_id in before ^ after for scope in _scopes(sql, act_id) - arrived.get(act_id, {}).keys()}
    turned |= {scope for act_id in before - after for scope in _scopes(sql, act_id)} | readable
    for scope in turned:
        taken.rows |= project_scope(sql, keyrings, scope)
    counted = [parts for act_id, parts in arrived.items() if act_id not in after]
    new = (part for parts in counted for scope, part in parts.items() if scope not in turned)
    taken.rows |= project(sql, keyrings, _operations(sql, keyrings, new))


def _operations(sql: Sql, keyrings: Keyrings, parts: Iterable[Part]) -> Iterable[Operation]:
    for part in parts:
        yield from store.operations_of(sql, part, keyrings.ring(sql, part.scope, part.bodies))


def _forget_verdict(sql: Sql, act_id: Id) -> None:
    sql.run("DELETE FROM waiting WHERE act_id = ?", (act_id,))
    sql.run("DELETE FROM quarantine WHERE act_id = ?", (act_id,))


def _record(sql: Sql, act_id: Id, verdict: Verdict, why: str) -> None:
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
    unjudged: Unjudged = {}
    for part in store.parts_in(sql, organisation):
        header, encoded, signature = store.header_of(sql, part.act_id)
        if may_touch(header.kind, "staff"):
            operations = store.operations_of(sql, part, keyrings.ring(sql, organisation, part.bodies))
            unjudged[part.act_id] = (header, encoded, signature, operations)
    chain_of = cache(lambda incarnation: Chain(store.links(sql, incarnation)))
    doubted: frozenset[Id] = frozenset()
    while True:
        state = Organisation(chain_of=chain_of, doubted=doubted)
        _found(state, organisation, unjudged)
        _admit(state, unjudged)
        if state.contested() <= doubted:
            return state
        doubted |= state.contested()


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
                state.founder, state.root_key = act_id, root
                state.claims[header.author] = [Claim(founder, act_id)]


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
            state.admitted[act_id] = header
            _learn(state, header, operations)
    state.work_out()


def _learn(state: Organisation, header: Header, operations: list[Operation]) -> None:
    """What one admitted act says about who may act; values of the wrong type say nothing."""
    rows: dict[tuple[str, Id], dict[str, Operation]] = {}
    for operation in operations:
        rows.setdefault((operation.entity, operation.id), {})[operation.field] = operation
    for (entity, row_id), fields in rows.items():
        match entity, {name: operation.value for name, operation in fields.items()}:
            case "staff", {"sign_key": bytes(key)} if header.kind in BY_ROOT:
                state.renewed.setdefault(row_id, set()).add(key)
            case "staff", {"sign_key": bytes(key)}:
                claim = Claim(key, header.act_id)
                state.claims[row_id] = [*(c for c in state.claims.get(row_id, []) if c != claim), claim]
            case "staff_roles", {"staff_id": bytes(staff), "role": str(role)}:
                state.grants[fields["role"].dot] = Grant(staff, role, header.act_id)
            case "revocations", dict() as row:
                _revoke(state, header, row)
            case _:
                pass


def _revoke(state: Organisation, header: Header, row: dict[str, Value]) -> None:
    match row:
        case {"staff_id": bytes(staff), "incarnation": bytes(device), "last_index": int(last)}:
            last_digest = row.get("last_digest")
            named = last_digest if isinstance(last_digest, bytes) else b""
            state.revocations.append(Revoked(staff, device, last, named, header))
        case _:
            pass
