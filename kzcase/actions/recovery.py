"""Recovery: two shares give somebody who forgot their passphrase new keys, certified by the organisation's root key."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import select

from kzcase.actions.desk import add_staff_rows
from kzcase.actions.finding import find_colleague
from kzcase.actions.key_changes import settled
from kzcase.actions.log_key import add_audit_copy, audit_purpose, take_log_key
from kzcase.actions.shares import Pair, holder_name
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook, Clock, Opening, utc_now
from kzcase.db.files import Lock, existing
from kzcase.db.reader import Act, Reader
from kzcase.db.tables.organisation import AuditKeyCopy, Staff, StaffRole
from kzcase.domain.errors import CasebookDamaged, NotFound, SayWho
from kzcase.domain.ids import Id, new_id
from kzcase.domain.permissions import Role
from kzcase.keys.changes import renew_slot
from kzcase.keys.copies import load, store
from kzcase.keys.derivation import FLOOR, Parameters
from kzcase.keys.identity import Identity, OpeningKey
from kzcase.keys.layout import KeyFile
from kzcase.keys.recovery import Recovered, RootSigner, open_with_shares
from kzcase.keys.secret import StoreKey

_NOBODY: Final = bytes(16)
_AUDIT_READERS: Final = frozenset({Role.SUPERVISOR, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Recover:
    """Whose passphrase was forgotten, by name or id; without one the only administrator.

    `administrator`: make them one as well. A name that nobody has is then a new colleague: where all administrators
    are gone, the holders of two shares appoint another.
    """

    colleague: str | None = None
    administrator: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody whose keys can be renewed."""

    id: str
    name: str
    administrator: bool


@dataclass(frozen=True, slots=True)
class Renewed(Done):
    """Who has new keys."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class _Open:
    """A casebook opened by two shares."""

    book: Casebook
    keyfile: KeyFile
    store_key: StoreKey
    root: RootSigner
    recovery: OpeningKey


def candidates(path: Path, pair: Pair, *, clock: Clock = utc_now, floor: Parameters = FLOOR) -> tuple[Candidate, ...]:
    """Everybody who works here, administrators first; two shares are needed even to ask."""
    with _opened(path, pair, clock, floor) as opened, opened.book.read() as reader:
        administrators = _holders_of(reader, Role.ADMINISTRATOR)
        here = reader.session.scalars(select(Staff).where(Staff.removed_on.is_(None), Staff.struck.is_not(True)))
        found = [Candidate(one.id.hex(), one.name or "", one.id in administrators) for one in here]
    return tuple(sorted(found, key=lambda one: (not one.administrator, one.name, one.id)))


def recover(
    path: Path, pair: Pair, wish: Recover, passphrase: str, *, clock: Clock = utc_now, floor: Parameters = FLOOR
) -> Renewed:
    """New keys and a new passphrase for one person; their old slot is overwritten, what they did stands.

    The journal says it before the key file does: a kill between the two leaves the old passphrase, and the same can be
    done again. `ShareUnreadable` when the shares do not open it, `SayWho` when it is not clear who is meant.
    """
    with _opened(path, pair, clock, floor) as opened:
        book = opened.book
        with book.read() as reader:
            colleague = _meant(reader, wish)
        name = colleague.name or "" if colleague else holder_name(wish.colleague or "")
        identity = Identity.fresh(colleague.id if colleague else new_id(), name)
        organisation = book.facts.organisation_name
        keyfile = renew_slot(opened.keyfile, opened.store_key, identity, passphrase, organisation=organisation)
        with book.signed_by(RootSigner(identity.staff_id, opened.root.root)), book.write("staff.recovered") as act:
            roles = _certify(act, identity, colleague is None, wish.administrator)
            if not _AUDIT_READERS.isdisjoint(roles):
                _hand_on_audit_key(act, identity, opened.recovery)
        store(path, keyfile)
        identity.wipe()
    return Renewed(act.id, act.changed, {"staff": identity.staff_id}, name=name)


@contextmanager
def _opened(path: Path, pair: Pair, clock: Clock, floor: Parameters) -> Iterator[_Open]:
    lock = Lock(existing(path))
    lock.take()
    try:
        recovered = open_with_shares(load(path, floor), *pair)
        try:
            with _book(path, recovered, lock, clock) as opened:
                yield opened
        finally:
            recovered.wipe()
    finally:
        lock.release()


@contextmanager
def _book(path: Path, recovered: Recovered, lock: Lock, clock: Clock) -> Iterator[_Open]:
    keyfile, store_key, root = recovered.keyfile, recovered.store_key, RootSigner(_NOBODY, recovered.root)
    if recovered.staged_key is not None:
        keyfile, store_key = settled(path, keyfile, store_key, recovered.staged_key), recovered.staged_key
    with Casebook.open(path, Opening(store_key.reveal(), root, clock), lock) as book:
        if book.facts.root_key != root.public_sign:
            raise CasebookDamaged(part=path.name)
        yield _Open(book, keyfile, store_key, root, recovered.recovery)


def _meant(reader: Reader, wish: Recover) -> Staff | None:
    """The colleague; None for somebody new who is to administer."""
    if wish.colleague is None:
        administrators = _holders_of(reader, Role.ADMINISTRATOR)
        here = select(Staff).where(Staff.id.in_(administrators), Staff.removed_on.is_(None))
        found = reader.session.scalars(here).all()
        if len(found) != 1:
            raise SayWho(place="--as")
        return found[0]
    try:
        return find_colleague(reader, wish.colleague, "--as")
    except NotFound:
        if wish.administrator:
            return None
        raise


def _holders_of(reader: Reader, role: Role) -> set[Id]:
    query = select(StaffRole.staff_id).where(StaffRole.role == role.value, StaffRole.struck.is_not(True))
    return {found for found in reader.session.scalars(query) if found}


def _certify(act: Act, identity: Identity, new: bool, administrator: bool) -> frozenset[Role]:
    """Put the new keys in the place of the old ones; the roles of this person from now on."""
    if new:
        add_staff_rows(act, identity, (Role.ADMINISTRATOR,))
        return frozenset({Role.ADMINISTRATOR})
    colleague = act.session.get_one(Staff, identity.staff_id)
    colleague.sign_key, colleague.kem_key = identity.public_sign, identity.public_kem
    roles = act.acting.roles
    if administrator and Role.ADMINISTRATOR not in roles:
        act.add(StaffRole(staff_id=identity.staff_id, role=Role.ADMINISTRATOR.value))
        roles |= {Role.ADMINISTRATOR}
    return roles


def _hand_on_audit_key(act: Act, reader: Identity, recovery: OpeningKey) -> None:
    """Their copy was sealed to the lost keys; the one sealed to the shares makes another."""
    take_log_key(act, reader.staff_id)
    shared = (AuditKeyCopy.struck.is_not(True), AuditKeyCopy.staff_id == act.organisation)
    kept = act.session.scalars(select(AuditKeyCopy).where(*shared)).first()
    if kept is not None and kept.sealed is not None:
        key = recovery.open_sealed(audit_purpose(act), kept.sealed)
        add_audit_copy(act, reader.staff_id, reader.public_kem, key)
