"""The read log: who looked at what, chained on this laptop and sealed to the audit key."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import cbor2

from kzcase.db.sql import Sql
from kzcase.domain.ids import Id

FORMAT: Final = 1
PURPOSE: Final = b"kzcase read log 1"
Seal = Callable[[bytes], bytes]
"""Seals an entry to the organisation's audit key for `PURPOSE`."""


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """A look: at what, by whom, when, why. Holds ids and codes only, never typed text."""

    what: str
    staff_id: Id
    subject: Id
    at: datetime
    reason: str = ""

    def encoded(self) -> bytes:
        """The bytes that are sealed."""
        return cbor2.dumps([FORMAT, self.what, self.staff_id, self.subject, self.at.isoformat(), self.reason])


def append(sql: Sql, entry: ReadEntry, seal: Seal) -> None:
    """Add an entry to the chain; each names the digest of the one before it."""
    last = sql.row("SELECT index_in_chain, digest FROM read_log ORDER BY index_in_chain DESC LIMIT 1")
    index, previous = (last[0] + 1, last[1]) if last else (0, b"")
    sealed = seal(entry.encoded())
    statement = "INSERT INTO read_log (index_in_chain, previous, sealed, digest) VALUES (?, ?, ?, ?)"
    sql.run(statement, (index, previous, sealed, digest(index, previous, sealed)))


def digest(index: int, previous: bytes, sealed: bytes) -> bytes:
    """What the next entry names as `previous`."""
    return hashlib.sha256(cbor2.dumps([FORMAT, index, previous, sealed])).digest()


def broken_links(sql: Sql) -> list[int]:
    """Indexes at which the chain does not hold: an entry was changed, dropped, inserted or moved."""
    broken, expected, previous = [], 0, b""
    for index, before, sealed, stored in sql.rows("SELECT * FROM read_log ORDER BY index_in_chain"):
        if index != expected or before != previous or stored != digest(index, before, sealed):
            broken.append(index)
        expected, previous = index + 1, stored
    return broken
