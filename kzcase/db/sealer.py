"""Closes an act: its changes become numbered, sealed parts under one signed header, chained to the act before."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from kzcase.db import store
from kzcase.db.keyrings import Keyrings
from kzcase.db.projector import PUT_HEADS
from kzcase.db.recorder import Recorded
from kzcase.db.sql import Sql
from kzcase.journal import acts, hlc
from kzcase.journal.acts import Header, Identity
from kzcase.journal.heads import EntityHeads, new_row
from kzcase.journal.operations import Change, Dot, Id, numbered
from kzcase.journal.parts import Part, make_part


@dataclass(frozen=True, slots=True)
class Chain:
    """Where this device's chain stands: the next index, the digest before it, and the last stamp given."""

    incarnation: Id
    index: int = 0
    previous: bytes = b""
    last_hlc: int = 0


@dataclass(frozen=True, slots=True)
class Unsealed:
    """An act before it is closed."""

    act_id: Id
    kind: str
    author: Id
    authority: Dot
    reason: str
    parent: Id | None
    now: datetime


def load_chain(sql: Sql, incarnation: Id) -> Chain:
    """The chain of one device, as far as it was written."""
    heard = int.from_bytes(sql.value("SELECT value FROM local_facts WHERE name = 'latest_stamp'") or b"", "big")
    query = "SELECT header, index_in_chain, hlc FROM acts WHERE incarnation = ? ORDER BY index_in_chain DESC LIMIT 1"
    row = sql.row(query, (incarnation,))
    if row is None:
        return Chain(incarnation, last_hlc=heard)
    return Chain(incarnation, row[1] + 1, acts.digest(row[0]), max(heard, row[2]))


def remember_stamp(sql: Sql, latest: int) -> None:
    """Note the latest stamp heard of, so that what is written here next is shown after it."""
    put = "INSERT INTO local_facts (name, value) VALUES ('latest_stamp', ?)"
    keep = "ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)"
    sql.run(f"{put} {keep}", (min(latest, hlc.FURTHEST).to_bytes(8, "big"),))


def seal_act(
    sql: Sql,
    keyrings: Keyrings,
    identity: Identity,
    chain: Chain,
    act: Unsealed,
    changes: Sequence[Recorded],
) -> Chain:
    """Write acts, parts, bodies and heads for these changes; the chain after it."""
    stamp = hlc.tick(chain.last_hlc, act.now)
    by_scope: dict[Id, list[tuple[Change, EntityHeads | None]]] = defaultdict(list)
    for scope, change, heads in changes:
        by_scope[scope].append((change, heads))
    parts = [_put_part(sql, keyrings, chain, act, stamp, scope, made) for scope, made in by_scope.items()]
    header = _header(chain, act, stamp, parts)
    encoded = header.encoded()
    store.put_act(sql, header, encoded, acts.sign(identity, encoded))
    return replace(chain, index=chain.index + 1, previous=acts.digest(encoded), last_hlc=stamp)


def _header(chain: Chain, act: Unsealed, stamp: int, parts: Sequence[Part]) -> Header:
    return Header(
        act.act_id,
        act.kind,
        act.author,
        chain.incarnation,
        chain.index,
        chain.previous,
        stamp,
        act.reason,
        act.parent,
        act.authority,
        False,
        tuple((part.scope, part.digest) for part in parts),
    )


def _put_part(
    sql: Sql,
    keyrings: Keyrings,
    chain: Chain,
    act: Unsealed,
    stamp: int,
    scope: Id,
    made: Sequence[tuple[Change, EntityHeads | None]],
) -> Part:
    changes = [change for change, _ in made]
    born = any(change.id == scope and heads is None for change, heads in made)
    first = 0 if born else store.next_seq(sql, chain.incarnation, scope)
    keys = keyrings.keys(sql, scope, {change.subject for change in changes}, born=born)
    part = make_part(act.act_id, scope, chain.incarnation, first, changes, keys)
    store.put_part(sql, part)
    rows = []
    for (change, seq), (_, before) in zip(numbered(changes, first), made, strict=True):
        heads = _heads_after(before, change, chain.incarnation, seq, stamp)
        disputed = " ".join(sorted(heads.disputed)) or None
        rows.append((change.entity, change.id, scope, heads.encoded(), disputed))
    sql.run_each(PUT_HEADS, rows)
    return part


def _heads_after(before: EntityHeads | None, change: Change, incarnation: Id, seq: int, stamp: int) -> EntityHeads:
    if before is None:
        return new_row(incarnation, seq, stamp, change.fields)
    for offset, (name, seen) in enumerate(zip(change.fields, change.seen, strict=True)):
        heads = before.of(name)
        heads.replaced.update(seen)
        heads.live = [(incarnation, seq + offset, stamp)]
    return before
