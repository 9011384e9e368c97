"""Closes an act: its changes become numbered, sealed parts under one signed header, chained to the act before."""

import struct
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

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

_TIP: Final = struct.Struct(">16sQQ32s")
Made = tuple[Change, EntityHeads | None]
"""A change, and the heads of its row as they were."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Where this device's chain stands: the next index, the digest before it, and the last stamp given."""

    incarnation: Id
    index: int = 0
    previous: bytes = b""
    last_hlc: int = 0

    @property
    def last_act(self) -> Id:
        """The id of the act this chain ends in."""
        return acts.act_id_of(self.previous)


@dataclass(frozen=True, slots=True)
class Unsealed:
    """An act before it is closed."""

    kind: str
    author: Id
    authority: Dot
    reason: str
    parent: Id | None
    now: datetime


def load_chain(sql: Sql, incarnation: Id) -> Chain:
    """The chain of this device as far as it was written here: what others say of it is not built upon."""
    heard = int.from_bytes(sql.value("SELECT value FROM local_facts WHERE name = 'latest_stamp'") or b"", "big")
    tip = sql.value("SELECT value FROM local_facts WHERE name = 'tip'")
    if tip is None:
        return Chain(incarnation, last_hlc=heard)
    device, index, stamp, previous = _TIP.unpack(tip)
    if device != incarnation:  # this copy became a new device since
        index, previous = 0, b""
    return Chain(incarnation, index, previous, max(heard, stamp))


def latest_stamp(sql: Sql) -> int:
    """The latest stamp given here or heard of; 0 where there is none."""
    return load_chain(sql, b"").last_hlc


def remember_tip(sql: Sql, chain: Chain) -> None:
    """Note where the chain stands, once for everything a transaction wrote."""
    tip = _TIP.pack(chain.incarnation, chain.index, chain.last_hlc, chain.previous)
    sql.run("INSERT OR REPLACE INTO local_facts (name, value) VALUES ('tip', ?)", (tip,))


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
    by_scope: dict[Id, list[Made]] = defaultdict(list)
    for scope, change, heads in changes:
        by_scope[scope].append((change, heads))
    parts = [_part(sql, keyrings, chain.incarnation, act.author, scope, made) for scope, made in by_scope.items()]
    header = _header(chain, act, stamp, parts)
    encoded = header.encoded()
    signature = acts.sign(identity, encoded)
    after = replace(chain, index=chain.index + 1, previous=acts.digest(encoded, signature), last_hlc=stamp)
    store.put_act(sql, replace(header, act_id=after.last_act), encoded, signature)
    for part, made in zip(parts, by_scope.values(), strict=True):
        store.put_part(sql, replace(part, act_id=after.last_act))
        _put_heads(sql, after.last_act, part, stamp, made)
    return after


def _header(chain: Chain, act: Unsealed, stamp: int, parts: Sequence[Part]) -> Header:
    return Header(
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


def _part(sql: Sql, keyrings: Keyrings, incarnation: Id, author: Id, scope: Id, made: Sequence[Made]) -> Part:
    changes = [change for change, _ in made]
    born = any(change.id == scope and heads is None for change, heads in made)
    first = 0 if born else store.next_seq(sql, incarnation, scope)
    keys = keyrings.keys(sql, scope, {change.subject for change in changes}, born=born)
    return make_part(author, scope, incarnation, first, changes, keys)


def _put_heads(sql: Sql, act_id: Id, part: Part, stamp: int, made: Sequence[Made]) -> None:
    rows = []
    for (change, seq), (_, before) in zip(numbered([c for c, _ in made], part.first_seq), made, strict=True):
        heads = _heads_after(before, change, act_id, seq, stamp)
        disputed = " ".join(sorted(heads.disputed)) or None
        rows.append((change.entity, change.id, part.scope, heads.encoded(), disputed))
    sql.run_each(PUT_HEADS, rows)


def _heads_after(before: EntityHeads | None, change: Change, act_id: Id, seq: int, stamp: int) -> EntityHeads:
    if before is None:
        return new_row(act_id, seq, stamp, change.fields)
    for offset, (name, seen) in enumerate(zip(change.fields, change.seen, strict=True)):
        heads = before.of(name)
        heads.replaced.update(seen)
        others = [head for head in heads.live if (head[0], head[1]) not in heads.replaced]
        heads.live = [*others, (act_id, seq + offset, stamp)]
    return before
