"""The read log: who looked at what, chained on this laptop, signed by who looked and sealed to the audit key."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import cbor2

from kzcase.db.sql import Sql
from kzcase.domain.ids import Id
from kzcase.journal.reading import is_id, must, plain_cbor

if TYPE_CHECKING:
    from kzcase.db.facts import Facts

FORMAT: Final = 1
PURPOSE: Final = b"kzcase read log 1"
Seal = Callable[[bytes], bytes]
"""Seals an entry to the organisation's audit key for `PURPOSE`."""
Sign = Callable[[bytes], bytes]

_CODE: Final = re.compile(r"[A-Za-z0-9_.:+-]{0,64}")
_SIGNED: Final = b"kzcase look 1\0"
_SIGNATURE: Final = 64
LONGEST: Final = 1_024
"""More than any entry has; what is longer was not written by this program."""


@dataclass(frozen=True, slots=True)
class Place:
    """Whose log it is: the organisation's casebook, and this incarnation of it on this laptop."""

    organisation: Id
    incarnation: Id

    @classmethod
    def of(cls, facts: "Facts") -> "Place":
        """That of an open casebook."""
        return cls(facts.organisation, facts.incarnation)


@dataclass(frozen=True, slots=True)
class Head:
    """How far a log has come: so many entries, and the digest of the last."""

    count: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """A look: at what, by whom, when, why. `reason` and `detail` are codes; typed text is refused."""

    what: str
    staff_id: Id
    subject: Id
    at: datetime
    reason: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        if not all(_CODE.fullmatch(code) for code in (self.what, self.reason, self.detail)):
            raise ValueError("the read log holds codes, never text")

    def encoded(self, place: Place, sign: Sign) -> bytes:
        """The bytes that are sealed: CBOR [facts, signature over facts and place]."""
        facts = [FORMAT, self.what, self.staff_id, self.subject, self.at.isoformat(), self.reason, self.detail]
        body = cbor2.dumps(facts)
        return cbor2.dumps([body, sign(_bound(place, body))])


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry as it was unsealed, and what its signature is over."""

    entry: ReadEntry
    message: bytes
    signature: bytes


def _bound(place: Place, body: bytes) -> bytes:
    return _SIGNED + place.organisation + place.incarnation + body


def opened(untrusted: bytes, place: Place) -> Opened:
    """An unsealed entry again; `ValueError` when it is none."""
    try:
        must(len(untrusted) <= LONGEST)
        body, signature = plain_cbor(untrusted)
        must(type(body) is bytes, type(signature) is bytes, len(signature) == _SIGNATURE)
        version, what, staff, subject, at, reason, detail = plain_cbor(body)
        must(version == FORMAT, is_id(staff), is_id(subject), all(type(t) is str for t in (what, at, reason, detail)))
        entry = ReadEntry(what, staff, subject, datetime.fromisoformat(at), reason, detail)
    except (TypeError, AttributeError) as error:
        raise ValueError("not an entry of the read log") from error
    return Opened(entry, _bound(place, body), signature)


def append(sql: Sql, place: Place, sealed: bytes) -> Head:
    """Add an entry to the chain; each names the digest of the one before it."""
    last = head(sql)
    found = digest(place, last.count, last.digest, sealed)
    statement = "INSERT INTO read_log (index_in_chain, incarnation, previous, sealed, digest) VALUES (?, ?, ?, ?, ?)"
    sql.run(statement, (last.count, place.incarnation, last.digest, sealed, found))
    return Head(last.count + 1, found)


def head(sql: Sql) -> Head:
    """How far the log has come."""
    last = sql.row("SELECT index_in_chain, digest FROM read_log ORDER BY index_in_chain DESC LIMIT 1")
    return Head(last[0] + 1, last[1]) if last else Head(0, b"")


def reaches(sql: Sql, witnessed: Head) -> bool:
    """Whether the log still holds what was witnessed of it: not cut off, not put back to an older state."""
    if witnessed.count == 0:
        return True
    found = sql.value("SELECT digest FROM read_log WHERE index_in_chain = ?", (witnessed.count - 1,))
    return bool(found == witnessed.digest)


def digest(place: Place, index: int, previous: bytes, sealed: bytes) -> bytes:
    """What the next entry names as `previous`; binds the casebook, the laptop and the place in the chain."""
    facts = [FORMAT, place.organisation, place.incarnation, index, previous, sealed]
    return hashlib.sha256(_SIGNED + cbor2.dumps(facts)).digest()


def broken_links(sql: Sql) -> list[int]:
    """Indexes at which the chain does not hold: an entry was changed, dropped, inserted or moved."""
    broken, expected, previous = [], 0, b""
    organisation = sql.value("SELECT value FROM local_facts WHERE name = 'organisation'") or b""
    rows = "SELECT index_in_chain, incarnation, previous, sealed, digest FROM read_log ORDER BY index_in_chain"
    for index, incarnation, before, sealed, stored in sql.each(rows):
        place = Place(organisation, incarnation)
        if index != expected or before != previous or stored != digest(place, index, before, sealed):
            broken.append(index)
        expected, previous = index + 1, stored
    return broken
