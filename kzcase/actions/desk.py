"""The desk: a casebook opened by one person with their passphrase, or founded by its first administrator."""

from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kzcase.actions.births import Birth
from kzcase.actions.devices import certify_this_laptop
from kzcase.actions.erased_before import erase_again
from kzcase.actions.freezing import freeze_lost_laptops
from kzcase.actions.key_changes import follow_journal, unlocked
from kzcase.actions.log_key import add_audit_copy, hand_on_log_key
from kzcase.actions.reading import record_unlock
from kzcase.actions.shares import issue_shares
from kzcase.db.casebook import FOUNDING, Casebook, Clock, Opening, utc_now
from kzcase.db.files import Lock, existing
from kzcase.db.reader import Act
from kzcase.db.tables.organisation import Device, Organisation, Staff, StaffRole
from kzcase.db.tries import Tries
from kzcase.domain.errors import (
    AccessFrozen,
    CasebookDamaged,
    DiskTrouble,
    LockedMeanwhile,
    NoLongerHere,
    NotYourSlot,
    WrongPassphrase,
)
from kzcase.domain.ids import new_id
from kzcase.domain.permissions import Role
from kzcase.journal.acts import founding_tag
from kzcase.keys.copies import store
from kzcase.keys.derivation import FLOOR, Parameters
from kzcase.keys.identity import Identity, OpeningKey
from kzcase.keys.keyfile import Created, Opened, create
from kzcase.keys.layout import KeyFile
from kzcase.keys.secret import Secret

FOUNDER_ROLES = (Role.ADMINISTRATOR, Role.CASEWORKER, Role.HELPLINE, Role.SUPERVISOR)


@dataclass(slots=True)
class Desk:
    """An open casebook and what the passphrase opened."""

    path: Path
    book: Casebook
    keys: Opened

    def replace_keyfile(self, keyfile: KeyFile) -> None:
        """The key file as it is on disk now."""
        self.keys = replace(self.keys, keyfile=keyfile)

    def close(self) -> None:
        """Lock: wipe the keys and close the files, which may have to wait for the disk."""
        self.keys.wipe()
        self.book.close()

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class FoundCasebook:
    """A new organisation with its first administrator.

    `one_person`: nobody else works there, so nobody can sign a second time. `holders` of the three recovery shares,
    as far as they are known already.
    """

    organisation: str
    administrator: str
    demonstration: bool = False
    one_person: bool = False
    holders: tuple[str, ...] = ()


def _always() -> bool:
    return True


def open_desk(
    path: Path,
    passphrase: str,
    *,
    as_name: str | None = None,
    clock: Clock = utc_now,
    floor: Parameters = FLOOR,
    wanted: Callable[[], bool] = _always,
) -> Desk:
    """Open a casebook. `as_name` must be the person whose slot the passphrase opens.

    `wanted` is asked once the key is derived: when nobody wants in any more, the keys go and nothing is opened.
    """
    tries = Tries(existing(path).path / "tries")
    try:
        desk = _opened_desk(path, passphrase, as_name, clock, floor, wanted)
    except (WrongPassphrase, NotYourSlot, NoLongerHere, AccessFrozen):
        tries.note(clock())
        raise
    record_unlock(desk.book, tries)
    return desk


def _opened_desk(
    path: Path, passphrase: str, as_name: str | None, clock: Clock, floor: Parameters, wanted: Callable[[], bool]
) -> Desk:
    with ExitStack() as undo:
        lock = Lock(existing(path))
        lock.take()  # before the key file is read: another program may be changing it, and the database with it
        undo.callback(lock.release)
        keys = unlocked(path, passphrase, floor)
        undo.callback(keys.wipe)
        if as_name is not None and keys.identity.name != as_name:
            raise NotYourSlot
        if not wanted():
            raise LockedMeanwhile
        book = Casebook.open(path, Opening(keys.store_key.reveal(), keys.identity, clock), lock)
        desk = Desk(path, book, keys)
        undo.callback(desk.close)
        _check(desk)
        undo.pop_all()
    return desk


def _check(desk: Desk) -> None:
    """The casebook and the slot belong together, and what an interrupted change left is brought to its end."""
    if desk.book.facts.root_key != desk.keys.root_public:  # a slot remembers whose casebook it belongs to
        raise CasebookDamaged(part=desk.path.name)
    with suppress(DiskTrouble):  # it is tried again at the next opening
        if desk.book.standing is not None:
            certify_this_laptop(desk.book)
            erase_again(desk.book)
        follow_journal(desk)
        freeze_lost_laptops(desk.book)
        hand_on_log_key(desk.book)


def found_casebook(
    path: Path,
    wish: FoundCasebook,
    passphrase: str,
    *,
    clock: Clock = utc_now,
    parameters: Parameters | None = None,
    floor: Parameters = FLOOR,
) -> tuple[Casebook, Created]:
    """A new casebook; its recovery shares are in `Created` this once."""
    created = create(
        passphrase,
        new_id(),
        wish.administrator,
        organisation=wish.organisation,
        parameters=parameters,
        floor=floor,
    )
    identity, root = created.identity, created.root.public_sign
    tag = founding_tag(identity.public_sign, root)
    book = Casebook.create(path, Opening(created.store_key.reveal(), identity, clock), tag)
    store(path, created.keyfile)
    audit = OpeningKey(Secret.fresh())
    with book.write(FOUNDING) as act:
        act.add(
            Organisation(
                id=tag,
                name=wish.organisation,
                root_key=root,
                audit_key=audit.public_kem,
                office_id=new_id(),
                demonstration=wish.demonstration,
                one_person=wish.one_person,
            )
        )
        add_staff_rows(act, identity, FOUNDER_ROLES)
        add_audit_copy(act, identity.staff_id, identity.public_kem, bytes(audit.secret.reveal()))
        add_audit_copy(act, tag, created.recovery_public, bytes(audit.secret.reveal()))
        issue_shares(act, created.keyfile, wish.holders)
        act.add(Device(id=book.facts.incarnation, code=book.facts.code, certified_on=act.today))
    audit.wipe()
    return book, created


def named(desk: Desk, birth: Birth, *, clock: Clock = utc_now) -> Desk:
    """A casebook that was made beside its place gets its name; the desk then stands there."""
    desk.book.close()
    birth.finish()
    opening = Opening(desk.keys.store_key.reveal(), desk.keys.identity, clock)
    return Desk(birth.casebook, Casebook.open(birth.casebook, opening), desk.keys)


def add_staff_rows(act: Act, identity: Identity, roles: tuple[Role, ...]) -> Staff:
    """A colleague's row with their public keys, and one row for each role."""
    colleague = act.add(
        Staff(
            id=identity.staff_id,
            name=identity.name,
            sign_key=identity.public_sign,
            kem_key=identity.public_kem,
            added_on=act.today,
        )
    )
    for role in dict.fromkeys(roles):
        act.add(StaffRole(staff_id=colleague.id, role=role.value))
    return colleague
