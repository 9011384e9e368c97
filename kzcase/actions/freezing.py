"""Freezing: a colleague's access is closed at once, opened again by two roles; a lost laptop's acts stop counting."""

from typing import Final

from kzcase.actions.finding import find_colleague
from kzcase.actions.wishes import Done, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act, Reader
from kzcase.db.tables.organisation import Freeze, Revocation
from kzcase.domain.errors import LastToFreeze, NothingToChange, OwnAccess
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission, Role, may
from kzcase.queries.freezes import (
    NEEDED,
    OPEN,
    agreed_by_roles,
    freeze_id,
    freezes_of,
    frozen_staff,
    here_with,
    lost_laptops,
    stopped_on,
)

FROZEN: Final = "frozen"


class FreezeAccess(Wish, frozen=True, kw_only=True):
    """Close a colleague's access at once: their passphrase opens nothing until it is opened again."""

    staff: Ref


class UnfreezeAccess(Wish, frozen=True, kw_only=True):
    """Open a frozen access again; it takes a supervisor and an administrator, one after the other."""

    staff: Ref


@action("access.frozen", FreezeAccess)
def freeze_access(book: Casebook, wish: FreezeAccess) -> Done:
    """Freeze. Nobody freezes themselves out, nor the last administrator. The key file follows the journal."""
    with book.write("access.frozen") as act:
        colleague = find_colleague(act, wish.staff, "staff")
        _must_leave_somebody(act, colleague.id)
        _freeze(act, colleague.id, None)
    return Done(act.id, act.changed, {"staff": colleague.id})


@action("access.unfrozen", UnfreezeAccess)
def unfreeze_access(book: Casebook, wish: UnfreezeAccess) -> Done:
    """The first of the two agrees, the second opens it; whoever is both signs twice, never for themselves.

    Each act names the right one role gave its author, so that any laptop can see that both agreed.
    """
    done = None
    for role in [role for role in NEEDED if role in book.acting.roles] or NEEDED[:1]:
        if done is None or "opened" not in done.ids:
            done = _agree(book, wish, role, done) or done
    if done is None:
        raise NothingToChange(place="staff")
    return done


def _agree(book: Casebook, wish: UnfreezeAccess, role: Role, before: Done | None) -> Done | None:
    """One role agrees; nothing where it has already."""
    with book.read() as reader:
        reader.must_be_allowed(Permission.FREEZE)
        colleague = find_colleague(reader, wish.staff, "staff").id
        if not freezes_of(reader, colleague):
            raise NothingToChange(place="staff")
        if colleague == reader.acting.staff_id:
            raise OwnAccess(place="staff")
        if all(role in agreed_by_roles(reader, row) for row in freezes_of(reader, colleague)):
            return None
    with book.write("access.unfrozen") as act:
        act.authority = act.acting.grants[role]
        agreed = [_agreed(act, row, role) for row in freezes_of(act, colleague)]
    changed = act.changed | (before.changed if before else frozenset())
    return Done(act.id, changed, {"staff": colleague} | ({"opened": colleague} if all(agreed) else {}))


def frozen_by_incident(book: Casebook, reference: str, incident: Id) -> bool:
    """Freeze the colleague whose passphrase was stolen; whether it was done. What cannot be is told, not refused."""
    with book.read() as reader:
        colleague = find_colleague(reader, reference, "staff").id
        reader.must_be_allowed(Permission.FREEZE)
        if colleague in frozen_staff(reader) or not _somebody_is_left(reader, colleague):
            return False
    with book.write("access.frozen") as act:
        _freeze(act, colleague, incident)
    return True


def freeze_lost_laptops(book: Casebook) -> bool:
    """What is written on lost laptops counts no more, where the acting person may say so; whether anything was new."""
    if not may(book.acting.roles, Permission.MANAGE_STAFF):
        return False
    with book.read() as reader:
        here = here_with(reader, list(Role))
        open_yet = {each: here - stopped_on(reader, each) for each in lost_laptops(reader) - {book.facts.incarnation}}
    if not any(open_yet.values()):
        return False
    with book.write("device.frozen") as act:
        for device, staff in sorted(open_yet.items()):
            for one in sorted(staff):
                _stop_counting(book, act, one, device)
    return True


def _stop_counting(book: Casebook, act: Act, staff: Id, device: Id) -> None:
    """All that is known of their acts on this laptop counts, and nothing after."""
    known = [(index, digest) for where, index, digest in book.frontier(staff) if where == device]
    for index, digest in known or [(-1, b"")]:
        act.add(Revocation(staff_id=staff, incarnation=device, last_index=index, last_digest=digest))


def _freeze(act: Act, staff: Id, incident: Id | None) -> None:
    row = act.add(Freeze(id=freeze_id(staff), staff_id=staff, incident_id=incident, state=FROZEN))
    row.frozen_on, row.frozen_by = act.today, act.acting.staff_id


def _must_leave_somebody(act: Act, staff: Id) -> None:
    if staff == act.acting.staff_id:
        raise OwnAccess(place="staff")
    if staff in frozen_staff(act):
        raise NothingToChange(place="staff")
    if not _somebody_is_left(act, staff):
        raise LastToFreeze(place="staff")


def _somebody_is_left(reader: Reader, staff: Id) -> bool:
    """Whether an administrator is left whose access is open; nobody counts as left who would freeze themselves."""
    open_yet = here_with(reader, {Role.ADMINISTRATOR}) - frozen_staff(reader)
    return staff != reader.acting.staff_id and bool(open_yet - {staff})


def _agreed(act: Act, row: Freeze, role: Role) -> bool:
    """One more role agrees; whether access is open now."""
    if set(NEEDED) - agreed_by_roles(act, row) - {role}:
        row.agreed_by = act.acting.staff_id
        return False
    row.state, row.opened_on, row.opened_by = OPEN, act.today, act.acting.staff_id
    return True
