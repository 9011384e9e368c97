"""The key of the read log passes on, from whoever holds it or from two recovery shares, to those who should have it."""

from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import select

from kzcase.actions.shares import Pair
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act, Reader
from kzcase.db.tables.organisation import AuditKeyCopy, Staff
from kzcase.domain.errors import NothingToChange, NotSealedForYou
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.keys.copies import KeyFiles
from kzcase.keys.identity import OpeningKey, seal_to
from kzcase.keys.recovery import open_with_shares
from kzcase.keys.secret import Secret
from kzcase.queries.log_key import without_log_key

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk


def audit_purpose(reader: Reader) -> bytes:
    """What a copy of the audit key is sealed for."""
    return b"kzcase audit key 1" + reader.organisation


def add_audit_copy(act: Act, reader: Id, public_kem: bytes, key: bytes | bytearray) -> None:
    """Give somebody who may read the read log their copy of its key; under the organisation's id the shares' copy."""
    sealed = seal_to(public_kem, audit_purpose(act), key)
    act.add(AuditKeyCopy(staff_id=reader, sealed=sealed, kem_key=public_kem))


def own_log_key(book: Casebook) -> OpeningKey:
    """The key of the read log for whoever holds a copy; `NotSealedForYou` for anybody else. The caller wipes it."""
    with book.read() as reader:
        copies, purpose = _copies(reader, reader.acting.staff_id), audit_purpose(reader)
    for sealed in copies:
        with suppress(NotSealedForYou):  # closed to keys this colleague had before a recovery
            opened = OpeningKey(Secret(bytearray(book.open_sealed(purpose, sealed))))
            if opened.public_kem == book.facts.audit_key:
                return opened
            opened.wipe()
    raise NotSealedForYou


def hand_on_log_key(book: Casebook) -> bool:
    """Close the key to every supervisor and auditor who lacks it, where the acting person holds it; whether it was.

    It is done at each opening, so that whoever was added by somebody without the key does not wait for long.
    """
    with book.read() as reader:
        waiting = reader.may(Permission.READ_LOG) and bool(without_log_key(reader))
    if not waiting:
        return False
    try:
        key = own_log_key(book)
    except NotSealedForYou:
        return False
    try:
        with book.write("audit_key.shared") as act:
            give_log_key(act, key)
    finally:
        key.wipe()
    return True


def give_log_key(act: Act, key: OpeningKey) -> int:
    """A copy for each who lacks one; how many."""
    lacking = act.session.scalars(select(Staff).where(Staff.id.in_(without_log_key(act))).order_by(Staff.id))
    some = [one for one in lacking if one.kem_key]
    for one in some:
        add_audit_copy(act, one.id, one.kem_key or b"", key.secret.reveal())
    return len(some)


def take_log_key_from_shares(desk: "Desk", pair: Pair) -> Done:
    """Where nobody is left who holds it: a supervisor or auditor takes it by two shares, which go on counting."""
    with desk.book.read() as reader:
        reader.must_be_allowed(Permission.READ_LOG)
        copies, purpose = _copies(reader, reader.organisation), audit_purpose(reader)
    recovered = open_with_shares(KeyFiles((desk.keys.keyfile,)), *pair)
    try:
        key = next(
            (OpeningKey(Secret(bytearray(recovered.recovery.open_sealed(purpose, one)))) for one in copies), None
        )
        if key is None:
            raise NotSealedForYou
        with desk.book.write("audit_key.shared") as act:
            given = give_log_key(act, key)
            if not given:
                raise NothingToChange(place="audit_key.shared")
        key.wipe()
    finally:
        recovered.wipe()
    return Done(act.id, act.changed)


def take_log_key(act: Act, staff: Id) -> None:
    """Whoever may no longer read the log has no copy from now on; what they read before, they know."""
    query = select(AuditKeyCopy).where(AuditKeyCopy.staff_id == staff, AuditKeyCopy.struck.is_not(True))
    for copy in act.session.scalars(query):
        copy.struck = True


def _copies(reader: Reader, holder: Id) -> list[bytes]:
    theirs = (AuditKeyCopy.staff_id == holder, AuditKeyCopy.struck.is_not(True))
    return [sealed for sealed in reader.session.scalars(select(AuditKeyCopy.sealed).where(*theirs)) if sealed]
