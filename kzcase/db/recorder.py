"""Turns what an action did to rows into changes: which fields got which values, and which operations they replace."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import inspect

from kzcase.db.shape import Shape, plain, shape
from kzcase.db.sql import Sql
from kzcase.db.tables.base import Journaled
from kzcase.domain.errors import NotPossibleNow
from kzcase.journal.heads import EntityHeads, decode
from kzcase.journal.operations import Change, Dot, Value

Recorded = tuple[bytes, Change, EntityHeads | None]
"""(scope, change, heads as they were; None for a new row)"""


def recorded(sql: Sql, rows: Iterable[Journaled], organisation: bytes, office: bytes) -> list[Recorded]:
    """The changes of new and modified rows, in the order they were made."""
    found: list[Recorded] = []
    for row in rows:
        kind = shape(row.__tablename__)
        scope = kind.scope(row, organisation, office)
        if scope is None:
            raise ValueError(f"a row of {kind.entity} has no scope")
        subject = kind.subject(row, scope)
        change, heads = _new(kind, row, subject) if inspect(row).pending else _modified(sql, kind, row, subject)
        if change.fields:
            found.append((scope, change, heads))
    return found


def _new(kind: Shape, row: Any, subject: bytes) -> tuple[Change, None]:
    given = [(name, value) for name in kind.columns if (value := getattr(row, name)) is not None]
    names, values = tuple(n for n, _ in given), tuple(plain(v) for _, v in given)
    return Change(kind.entity, row.id, subject, names, values, ()), None


def _modified(sql: Sql, kind: Shape, row: Any, subject: bytes) -> tuple[Change, EntityHeads]:
    heads = stored_heads(sql, kind.entity, row.id)
    names = _said(kind, row, frozenset(heads.disputed))
    if {kind.scope_rule, kind.subject_rule} & set(names):
        raise NotPossibleNow(place=kind.entity)  # a row never moves to another scope or subject
    seen: tuple[tuple[Dot, ...], ...] = tuple(heads.of(name).dots for name in names)
    return Change(kind.entity, row.id, subject, names, tuple(plain(getattr(row, n)) for n in names), seen), heads


def _said(kind: Shape, row: Any, disputed: frozenset[str]) -> tuple[str, ...]:
    """The fields that got another value and, where laptops disagree, also those that got the value shown: so a
    person who has seen the answers can settle on any of them."""
    state = inspect(row)
    given = state.committed_state.keys()
    return tuple(n for n in kind.columns if n in given and (n in disputed or state.attrs[n].history.has_changes()))


def insert(sql: Sql, changes: Iterable[Recorded]) -> None:
    """Put new rows into their tables, all of one shape in one statement."""
    shapes: dict[tuple[str, tuple[str, ...]], list[tuple[Value, ...]]] = {}
    for _, change, heads in changes:
        if heads is None:
            shapes.setdefault((change.entity, change.fields), []).append((change.id, *change.values))
    for (entity, fields), rows in shapes.items():
        places = ", ".join("?" * (len(fields) + 1))
        sql.run_each(f"INSERT INTO {entity} ({', '.join(('id', *fields))}) VALUES ({places})", rows)


def stored_heads(sql: Sql, entity: str, row_id: bytes) -> EntityHeads:
    """The heads of one row as they stand."""
    return heads_of_rows(sql, [(entity, row_id)]).get((entity, row_id)) or EntityHeads()


def heads_of_rows(sql: Sql, rows: Iterable[tuple[str, bytes]]) -> dict[tuple[str, bytes], EntityHeads]:
    """The heads of many rows as they stand; a row that nobody has heard of has none."""
    by_entity: dict[str, list[bytes]] = defaultdict(list)
    for entity, row_id in rows:
        by_entity[entity].append(row_id)
    found: dict[tuple[str, bytes], EntityHeads] = {}
    for entity, ids in by_entity.items():
        query = f"SELECT id, heads FROM heads WHERE entity = '{shape(entity).entity}' AND id IN ({{}})"
        found |= {(entity, row_id): decode(encoded) for row_id, encoded in sql.rows_with(query, ids)}
    return found
