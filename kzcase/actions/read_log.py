"""Looking into the read log: only with a copy of the audit key, and itself an entry in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from sqlalchemy import select

from kzcase.actions.desk import audit_purpose
from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.db.read_log import PURPOSE
from kzcase.db.reader import Reader
from kzcase.db.tables.organisation import AuditKeyCopy
from kzcase.domain.errors import NotAllowed, NotSealedForYou
from kzcase.domain.ids import Id
from kzcase.domain.looks import Look, LookPage
from kzcase.domain.permissions import Permission
from kzcase.keys.identity import OpeningKey
from kzcase.keys.secret import Secret
from kzcase.queries.looks import LooksWish, Unseal, cases_looked_at, looks, papers_and_copies


def read_log(book: Casebook, wish: LooksWish, lane: str = "interactive") -> LookPage:
    """Who looked at what. `NotAllowed` without the role, `NotSealedForYou` without a copy of the key."""
    with _unsealing(book) as unseal:
        record_look(book, Look.LOG)
        with book.read(lane) as reader:
            return looks(reader, unseal, wish)


def looked_at(book: Casebook, staff: Id, first: datetime, last: datetime) -> frozenset[Id] | None:
    """The cases a colleague looked into on this laptop within a time; None for whoever cannot open the log.

    Whoever asks enters their own look under what they ask for.
    """
    try:
        with _unsealing(book) as unseal, book.read("long") as reader:
            return cases_looked_at(reader, unseal, staff, first, last)
    except (NotAllowed, NotSealedForYou):
        return None


def left_house(book: Casebook) -> tuple[int, int] | None:
    """How many papers and copies the log of this laptop holds; None for whoever cannot open the log."""
    try:
        with _unsealing(book) as unseal, book.read("long") as reader:
            return papers_and_copies(reader, unseal)
    except (NotAllowed, NotSealedForYou):
        return None


@contextmanager
def _unsealing(book: Casebook) -> Iterator[Unseal]:
    key = _audit_key(book)
    try:
        yield partial(key.open_sealed, PURPOSE)
    finally:
        key.wipe()


def _audit_key(book: Casebook) -> OpeningKey:
    with book.read() as reader:
        reader.must_be_allowed(Permission.READ_LOG)
        copies = _copies(reader)
        purpose = audit_purpose(reader)
    for sealed in copies:
        opened = OpeningKey(Secret(bytearray(book.open_sealed(purpose, sealed))))
        if opened.public_kem == book.facts.audit_key:
            return opened
        opened.wipe()
    raise NotSealedForYou


def _copies(reader: Reader) -> list[bytes]:
    mine = (AuditKeyCopy.staff_id == reader.acting.staff_id, AuditKeyCopy.struck.is_not(True))
    return [sealed for sealed in reader.session.scalars(select(AuditKeyCopy.sealed).where(*mine)) if sealed]
