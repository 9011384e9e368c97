"""Salvage: reads what can still be read of a damaged store, row by row around the holes, to build it anew elsewhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher

from kzcase.db.engine import connect
from kzcase.db.keyrings import ScopeKeys, page_id
from kzcase.domain.errors import CasebookDamaged
from kzcase.domain.ids import Id
from kzcase.journal.acts import BadAct
from kzcase.journal.parts import Part, serialised

_AT_ONCE: Final = 500
_FURTHEST: Final = 1 << 40
FOUNDING: Final = "casebook.founded"


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was read: parts as they travel, keys of scopes, the organisation; and how many holes there were."""

    organisation: Id
    parts: tuple[bytes, ...]
    keys: tuple[ScopeKeys, ...]
    chunks: tuple[bytes, ...]
    holes: int


class _Around:
    """Reads a table in the order of its rows; where a page cannot be read it looks for the next row that can.

    After a page that does not hold its code the connection is of no more use, so each hole costs new ones.
    """

    def __init__(self, database: Path, key: bytes) -> None:
        self._database, self._key = database, key
        self._connection: Any = None
        self.holes: Counter[str] = Counter()

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def rows(self, table: str, columns: str) -> Iterator[tuple[Any, ...]]:
        """Every row that can be read."""
        after, many = -_FURTHEST, _AT_ONCE
        while after < _FURTHEST:
            found = self._some(table, columns, after, many)
            if found is None and many > 1:
                many = 1
            elif found is None:
                self.holes[table] += 1
                after, many = self._beyond(table, columns, after), _AT_ONCE
            elif not found:
                return
            else:
                yield from (tuple(row[1:]) for row in found)
                after = found[-1][0]

    def _beyond(self, table: str, columns: str, after: int) -> int:
        """The row before the next one that can be read: ever further, then back between the last two steps."""
        step = 1
        while after + step < _FURTHEST and self._some(table, columns, after + step, 1) is None:
            step *= 2
        unread, read = after + step // 2, after + step
        while read - unread > 1:
            middle = (unread + read) // 2
            if self._some(table, columns, middle, 1) is None:
                unread = middle
            else:
                read = middle
        return read

    def _some(self, table: str, columns: str, after: int, many: int) -> list[tuple[Any, ...]] | None:
        """The next rows, or None when a page in the way cannot be read."""
        query = f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid LIMIT ?"
        try:
            if self._connection is None:
                self._connection = connect(self._database, self._key, writable=False)
            found: list[tuple[Any, ...]] = self._connection.execute(query, (after, many)).fetchall()
        except sqlcipher.DatabaseError:
            self.close()
            return None
        return found


def salvage(database: Path, key: bytes) -> Salvaged:
    """Read all that can be read. `CasebookDamaged` when not even the list of tables can."""
    around = _Around(database, key)
    connect(database, key, writable=False).close()
    try:
        acts = {row[0]: row[1:] for row in around.rows("acts", "id, header, signature, kind")}
        bodies = _bodies(around)
        parts = list(_parts(around, bodies))
        facts = dict(around.rows("local_facts", "name, value"))
        keys = _keys(around, bodies)
        chunks = tuple(row[0] for row in around.rows("attachments", "chunks") if row[0])
    finally:
        around.close()
    organisation = facts.get("organisation") or _founded(acts, parts)
    travelling = tuple(_travelling(acts, parts))
    return Salvaged(organisation, travelling, keys, chunks, sum(around.holes.values()))


Bodies = dict[tuple[Id, Id], dict[Id, bytes | None]]


def _bodies(around: _Around) -> Bodies:
    found: Bodies = defaultdict(dict)
    for act_id, scope, subject, body in around.rows("bodies", "act_id, scope, subject, body"):
        found[act_id, scope][subject] = body
    return found


def _parts(around: _Around, bodies: Bodies) -> Iterator[Part]:
    columns = "act_id, scope, incarnation, first_seq, operation_count, content"
    for act_id, scope, incarnation, first_seq, count, content in around.rows("parts", columns):
        yield Part(act_id, scope, incarnation, first_seq, count, content, bodies.get((act_id, scope), {}))


def _keys(around: _Around, bodies: Bodies) -> tuple[ScopeKeys, ...]:
    """Which scope a page of keys belongs to is told by the subjects that stand on it."""
    scope_of = {page_id(scope, subject): scope for (_, scope), found in bodies.items() for subject in found}
    scope_of |= {scope: scope for _, scope in bodies}
    scope_keys = dict(around.rows("scope_keys", "scope, key"))
    pages = around.rows("keyrings", "scope, sealed")
    held = ((scope_of.get(page, b""), sealed) for page, sealed in pages)
    return tuple(ScopeKeys(scope, scope_keys[scope], sealed) for scope, sealed in held if scope in scope_keys)


def _founded(acts: dict[Id, tuple[Any, ...]], parts: Iterable[Part]) -> Id:
    """The founding act is the one whose scope is the organisation itself."""
    for part in parts:
        if acts.get(part.act_id, ("", "", ""))[2] == FOUNDING:
            return part.scope
    raise CasebookDamaged(part="organisation")


def _travelling(acts: dict[Id, tuple[Any, ...]], parts: Iterable[Part]) -> Iterator[bytes]:
    """Parts whose act was read too; what does not hold is refused where it is taken in."""
    for part in parts:
        if part.act_id in acts:
            header, signature, _kind = acts[part.act_id]
            with suppress(BadAct, ValueError, TypeError):
                yield serialised(header, signature, part)
