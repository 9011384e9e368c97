"""The keys of scopes and subjects: made at their birth, kept in keyrings, destroyed to erase."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kzcase.db.sql import Sql
from kzcase.journal.operations import Id
from kzcase.journal.sealing import Ring, key_id, merged, new_key, open_keyring, seal_keyring

_REMEMBERED: Final = 512


@dataclass(frozen=True, slots=True)
class ScopeKeys:
    """What somebody who may read a scope holds: its key and its sealed keyring."""

    scope: Id
    key: bytes
    sealed: bytes


class Keyrings:
    """Subject keys by scope, read through a small memory. One per connection, used on one thread at a time."""

    def __init__(self) -> None:
        self._known: dict[Id, Ring] = {}

    def keys(self, sql: Sql, scope: Id, subjects: Iterable[Id], *, born: bool = False) -> Ring:
        """The keys of these subjects in this scope; missing ones are made, and the keyring is written anew.

        `born` says that the scope begins with this act, so there is nothing to look up.
        """
        ring = {} if born else self.ring(sql, scope)
        missing = [subject for subject in subjects if subject not in ring]
        if missing:
            made = [(subject, new_key()) for subject in missing]
            ring = {**ring, **{subject: {key_id(key): key} for subject, key in made}}
            self._write(sql, scope, ring, None if born else stored_scope_key(sql, scope))
        return ring

    def ring(self, sql: Sql, scope: Id) -> Ring:
        """Every subject key of a scope; empty when this laptop may not read it."""
        if scope in self._known:
            return self._known[scope]
        scope_key = stored_scope_key(sql, scope)
        sealed = sql.value("SELECT sealed FROM keyrings WHERE scope = ?", (scope,))
        ring = open_keyring(scope_key, scope, sealed) if scope_key and sealed else {}
        self._remember(scope, ring)
        return ring

    def take_in(self, sql: Sql, given: ScopeKeys) -> None:
        """Take in a scope's keys from somebody who may read it; keys held already stay."""
        ring = merged([self.ring(sql, given.scope), open_keyring(given.key, given.scope, given.sealed)])
        self._write(sql, given.scope, ring, stored_scope_key(sql, given.scope), given.key)

    def forget(self) -> None:
        """Drop every key from memory: after a rollback, a take-in or at lock."""
        self._known.clear()

    def _write(self, sql: Sql, scope: Id, ring: Ring, scope_key: bytes | None, offered: bytes | None = None) -> None:
        if scope_key is None:
            scope_key = offered or os.urandom(32)
            sql.run("INSERT INTO scope_keys (scope, key) VALUES (?, ?)", (scope, scope_key))
        sealed = seal_keyring(scope_key, scope, ring)
        sql.run("INSERT OR REPLACE INTO keyrings (scope, sealed) VALUES (?, ?)", (scope, sealed))
        self._remember(scope, ring)

    def _remember(self, scope: Id, ring: Ring) -> None:
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[scope] = ring


def stored_scope_key(sql: Sql, scope: Id) -> bytes | None:
    """The key of a scope this laptop may read."""
    key: bytes | None = sql.value("SELECT key FROM scope_keys WHERE scope = ?", (scope,))
    return key


def all_scope_keys(sql: Sql) -> list[ScopeKeys]:
    """Every scope's keys, as they are handed to another laptop of the same person."""
    rows = sql.rows("SELECT k.scope, s.key, k.sealed FROM keyrings k JOIN scope_keys s ON s.scope = k.scope")
    return [ScopeKeys(*row) for row in rows]
