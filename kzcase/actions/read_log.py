"""Looking into the read log: only with a copy of the audit key, and itself an entry in it."""

from functools import partial

from sqlalchemy import select

from kzcase.actions.desk import audit_purpose
from kzcase.actions.reading import record_look
from kzcase.db.casebook import Casebook
from kzcase.db.read_log import PURPOSE
from kzcase.db.reader import Reader
from kzcase.db.tables.organisation import AuditKeyCopy
from kzcase.domain.errors import NotSealedForYou
from kzcase.domain.looks import Look, LookPage
from kzcase.domain.permissions import Permission
from kzcase.keys.identity import OpeningKey
from kzcase.keys.secret import Secret
from kzcase.queries.looks import LooksWish, looks


def read_log(book: Casebook, wish: LooksWish, lane: str = "interactive") -> LookPage:
    """Who looked at what. `NotAllowed` without the role, `NotSealedForYou` without a copy of the key."""
    key = _audit_key(book)
    try:
        record_look(book, Look.LOG)
        with book.read(lane) as reader:
            return looks(reader, partial(key.open_sealed, PURPOSE), wish)
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
