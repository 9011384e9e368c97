"""Staff: colleagues get a key slot and roles, change their passphrase, and lose all of it when they leave."""

from collections.abc import Collection
from contextlib import nullcontext, suppress
from dataclasses import dataclass

from sqlalchemy import select

from kzcase.actions.desk import Desk, add_staff_rows
from kzcase.actions.finding import find_colleague
from kzcase.actions.handing_over import cases_for, handing_over, has_shift, work_of
from kzcase.actions.key_changes import follow_journal
from kzcase.actions.log_key import add_audit_copy, own_log_key
from kzcase.actions.shares import current_shares
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act, Reader
from kzcase.db.tables.organisation import Organisation, Revocation, Staff, StaffRole
from kzcase.domain.errors import (
    CannotTakeOver,
    DiskTrouble,
    LastAdministrator,
    LastLogReader,
    LastWhoOpens,
    LeavesClosed,
    NameTaken,
    NoLongerHere,
    NoRole,
    NotFinishedYet,
    NotSealedForYou,
    SameColleague,
)
from kzcase.domain.ids import Id, new_id
from kzcase.domain.permissions import Permission, Role, may
from kzcase.keys.changes import add_slot, change_passphrase, ensure_passphrase_of, holders, remove_slot
from kzcase.keys.copies import store
from kzcase.keys.identity import Identity
from kzcase.keys.layout import KeyFile
from kzcase.queries.freezes import frozen_staff, here_with
from kzcase.queries.losses import losses
from kzcase.queries.recovery import open_numbers


@dataclass(frozen=True, slots=True)
class AddColleague:
    """A new colleague with their roles."""

    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class RemoveColleague:
    """A colleague who leaves, by name or id, and who takes over their open cases and tasks and answers for the rest.

    `knowingly`: whoever removes them knows what only they can open, and that it stays closed.
    """

    colleague: str
    successor: str | None = None
    knowingly: bool = False


@dataclass(frozen=True, slots=True)
class Removed(Done):
    """What a colleague leaves behind: open cases and tasks that stay under their name, recovery shares they hold.

    `handed_over`: cases that passed to the successor, or hold tasks that did. `numbers`: of the cases that stay.
    """

    cases: int = 0
    tasks: int = 0
    handed_over: int = 0
    shares: tuple[int, ...] = ()
    numbers: tuple[str, ...] = ()


def add_colleague(desk: Desk, wish: AddColleague, passphrase: str) -> Done:
    """Give a colleague a slot and roles. The slot is stored before the act is committed: nobody is without a key."""
    if not wish.roles:
        raise NoRole(place="role")
    keys, identity = desk.keys, Identity.fresh(new_id(), wish.name.strip())
    with desk.book.write("staff.added") as act:
        if act.session.scalars(select(Staff).where(Staff.name == identity.name, Staff.removed_on.is_(None))).first():
            raise NameTaken(place="name")
        add_staff_rows(act, identity, wish.roles)
        _no_longer_alone(act)
        if may(wish.roles, Permission.READ_LOG):
            hand_on_in(act, desk.book, identity.staff_id, identity.public_kem)
        organisation, clean = desk.book.facts.organisation_name, _without_left_over(act, desk)
        keyfile = add_slot(clean, keys.store_key, identity, passphrase, organisation=organisation)
        store(desk.path, keyfile)
    desk.replace_keyfile(keyfile)
    return Done(act.id, act.changed, {"staff": identity.staff_id})


def hand_on_in(act: Act, book: Casebook, reader: Id, public_kem: bytes) -> None:
    """Who may read the log from this act on gets its key with it, where the acting person holds it; else later."""
    with suppress(NotSealedForYou):
        key = own_log_key(book)
        add_audit_copy(act, reader, public_kem, key.secret.reveal())
        key.wipe()


def _without_left_over(act: Act, desk: Desk) -> KeyFile:
    """The key file without slots that belong to nobody: an adding was interrupted before its act. There are only 16."""
    keyfile = desk.keys.keyfile
    for holder in holders(keyfile, desk.keys.store_key):
        if holder.staff_id != act.acting.staff_id and act.session.get(Staff, holder.staff_id) is None:
            keyfile = remove_slot(keyfile, desk.keys.store_key, holder.staff_id)
    return keyfile


def _no_longer_alone(act: Act) -> None:
    organisation = act.session.get_one(Organisation, act.organisation)
    if organisation.one_person:
        organisation.one_person = False


def _alone_again(act: Act, leaving: Id) -> None:
    """Whoever stays alone cannot find a second signature any more: papers and releases say so."""
    if len(here_with(act, list(Role)) - {leaving}) == 1:
        act.session.get_one(Organisation, act.organisation).one_person = True


def change_own_passphrase(desk: Desk, passphrase: str, current: str | None = None) -> None:
    """Another passphrase for the person at the desk: only their slot is wrapped anew, and their old one overwritten.

    `current` is asked for where the desk stood open for a while: `WrongPassphrase` when it is not theirs.
    `WeakPassphrase` when the new one can be guessed. Copies made before still open with the old one.
    """
    keys, organisation = desk.keys, desk.book.facts.organisation_name
    if current is not None:
        ensure_passphrase_of(keys.keyfile, keys.identity, current)
    keyfile = change_passphrase(keys.keyfile, keys.store_key, keys.identity, passphrase, organisation=organisation)
    store(desk.path, keyfile)
    desk.replace_keyfile(keyfile)


def remove_colleague(desk: Desk, wish: RemoveColleague) -> Removed:
    """Take a colleague's roles and slot and change the store key; what they did stands, what they do after does not.

    Their open work passes on and they are removed in one transaction. The key file follows; a kill between the two is
    made good at the next opening. `NotFinishedYet` when the disk refused that.
    """
    with desk.book.read() as reader:
        reader.must_be_allowed(Permission.MANAGE_STAFF)
        leaving = find_colleague(reader, wish.colleague, "name").id
        successor = _successor(reader, wish.successor, leaving) if wish.successor else None
        passed_on = cases_for(reader, leaving, successor) if successor else []
        hands_over = bool(passed_on) or has_shift(reader, leaving)
    handing = handing_over(desk.book, passed_on, leaving, successor) if successor and hands_over else nullcontext()
    with handing:
        act, shares = _remove(desk, leaving, successor, wish.knowingly)
    with desk.book.read() as reader:
        cases, tasks = (len(left) for left in work_of(reader, leaving))
        numbers = open_numbers(reader, leaving)
    try:
        with suppress(NoLongerHere):  # they removed themselves, and stay at the desk until the lock
            follow_journal(desk)
    except DiskTrouble as error:
        raise NotFinishedYet(why=error.sentence()) from error
    return Removed(act.id, act.changed, {"staff": leaving}, "", cases, tasks, len(passed_on), shares, numbers)


def _remove(desk: Desk, leaving: Id, successor: Id | None, knowingly: bool) -> tuple[Act, tuple[int, ...]]:
    with desk.book.write("staff.removed") as act:
        colleague = act.session.get_one(Staff, leaving)
        must_leave_an_administrator(act, leaving, "name")
        must_be_known(act, leaving, (), "name", knowingly)
        colleague.removed_on, colleague.successor_id = act.today, successor
        for role in act.session.scalars(select(StaffRole).where(StaffRole.staff_id == colleague.id)):
            role.struck = True
        for incarnation, index, digest in desk.book.frontier(colleague.id):
            act.add(Revocation(staff_id=colleague.id, incarnation=incarnation, last_index=index, last_digest=digest))
        shares = _shares_of(act, colleague.name)
        _alone_again(act, leaving)
    return act, shares


def _successor(reader: Reader, reference: str, leaving: Id) -> Id:
    """Somebody else who may work on cases."""
    found = find_colleague(reader, reference, "successor").id
    if found == leaving:
        raise SameColleague(place="successor")
    held = select(StaffRole.role).where(StaffRole.staff_id == found, StaffRole.struck.is_not(True))
    if not may((Role(role) for role in reader.session.scalars(held) if role in set(Role)), Permission.WORK_ON_CASES):
        raise CannotTakeOver(place="successor")
    return found


def _shares_of(act: Act, name: str | None) -> tuple[int, ...]:
    """The recovery shares this person holds, of those that count now."""
    return tuple(sorted(share.number or 0 for share in current_shares(act) if share.holder == name))


def must_leave_an_administrator(act: Act, without: Id, place: str) -> None:
    """`LastAdministrator` unless another one is here whose access is open."""
    if not here_with(act, {Role.ADMINISTRATOR}) - frozen_staff(act) - {without}:
        raise LastAdministrator(place=place)


def must_be_known(act: Act, staff: Id, remaining: Collection[Role], place: str, knowingly: bool) -> None:
    """Refuse what would close something to everybody; what can be lost knowingly takes a word that one knows."""
    lost = losses(act, staff, remaining)
    if lost.cases:
        raise LastWhoOpens(place=place, count=lost.cases)
    if lost.any and not knowingly:
        if lost.notes or lost.keys:
            raise LeavesClosed(place=place, notes=lost.notes, keys=lost.keys)
        raise LastLogReader(place=place)
