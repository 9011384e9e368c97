"""Staff: colleagues get a key slot and roles, and lose both when they leave."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from kzcase.actions.desk import Desk, add_audit_copy, add_staff_rows, audit_purpose
from kzcase.actions.finding import find_colleague
from kzcase.actions.wishes import Done
from kzcase.db.reader import Act
from kzcase.db.tables.organisation import AuditKeyCopy, Revocation, Staff, StaffRole
from kzcase.domain.errors import LastAdministrator, NameTaken, NoRole
from kzcase.domain.ids import new_id
from kzcase.domain.permissions import Role
from kzcase.keys.changes import add_slot, remove_slot
from kzcase.keys.copies import store
from kzcase.keys.identity import Identity

_AUDIT_READERS: Final = frozenset({Role.SUPERVISOR, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class AddColleague:
    """A new colleague with their roles."""

    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class RemoveColleague:
    """A colleague who leaves, by name or id."""

    colleague: str


def add_colleague(desk: Desk, wish: AddColleague, passphrase: str) -> Done:
    """Give a colleague a slot and roles. The slot is stored before the act is committed: nobody is without a key."""
    if not wish.roles:
        raise NoRole(place="role")
    keys, identity = desk.keys, Identity.fresh(new_id(), wish.name.strip())
    with desk.book.write("staff.added") as act:
        if act.session.scalars(select(Staff).where(Staff.name == identity.name, Staff.removed_on.is_(None))).first():
            raise NameTaken(place="name")
        add_staff_rows(act, identity, wish.roles)
        if not _AUDIT_READERS.isdisjoint(wish.roles):
            _hand_on_audit_key(desk, act, identity)
        organisation = desk.book.facts.organisation_name
        keyfile = add_slot(keys.keyfile, keys.store_key, identity, passphrase, organisation=organisation)
        store(desk.path, keyfile)
    desk.replace_keyfile(keyfile)
    return Done(act.id, act.changed, {"staff": identity.staff_id})


def _hand_on_audit_key(desk: Desk, act: Act, reader: Identity) -> None:
    """A copy of the audit key for a new supervisor or auditor, from somebody who holds one."""
    mine = select(AuditKeyCopy).where(AuditKeyCopy.staff_id == desk.keys.identity.staff_id)
    copy = act.session.scalars(mine).first()
    if copy is not None and copy.sealed is not None:
        add_audit_copy(act, reader, desk.keys.identity.open_sealed(audit_purpose(act), copy.sealed))


def remove_colleague(desk: Desk, wish: RemoveColleague) -> Done:
    """Take a colleague's roles and slot; what they did until now stands, what they do after does not count."""
    with desk.book.write("staff.removed") as act:
        colleague = find_colleague(act, wish.colleague, "name")
        _must_leave_an_administrator(act, colleague)
        colleague.removed_on = act.today
        for role in act.session.scalars(select(StaffRole).where(StaffRole.staff_id == colleague.id)):
            role.struck = True
        for incarnation, last_index in desk.book.frontier(colleague.id):
            act.add(Revocation(staff_id=colleague.id, incarnation=incarnation, last_index=last_index))
    keyfile = remove_slot(desk.keys.keyfile, desk.keys.store_key, colleague.id)
    store(desk.path, keyfile)
    desk.replace_keyfile(keyfile)
    return Done(act.id, act.changed, {"staff": colleague.id})


def _must_leave_an_administrator(act: Act, leaving: Staff) -> None:
    query = select(StaffRole).where(StaffRole.role == Role.ADMINISTRATOR, StaffRole.struck.is_not(True))
    others = [role for role in act.session.scalars(query) if role.staff_id != leaving.id]
    if not others:
        raise LastAdministrator(place="name")
