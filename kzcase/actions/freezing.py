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
from kzcase.queries.freezes import OPEN, freezes_of, frozen_staff, here_with, lost_laptops, stopped_on

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
    """The first of the two agrees, the second opens it; whoever is both does it at once, never for themselves."""
    with book.write("access.unfrozen") as act:
        colleague = find_colleague(act, wish.staff, "staff")
        rows = freezes_of(act, colleague.id)
        if not rows:
            raise NothingToChange(place="staff")
        if colleague.id == act.acting.staff_id:
            raise OwnAccess(place="staff")
        opened = all(_agreed(act, row) for row in rows)
    return Done(act.id, act.changed, {"staff": colleague.id} | ({"opened": colleague.id} if opened else {}))


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
    row = act.add(Freeze(staff_id=staff, incident_id=incident, state=FROZEN))
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


def _agreed(act: Act, row: Freeze) -> bool:
    """One more agrees; whether access is open now."""
    signed = {act.acting.staff_id} | ({row.agreed_by} - {None})
    needed = (Role.SUPERVISOR, Role.ADMINISTRATOR)
    if not all(here_with(act, {role}) & signed for role in needed):
        if row.agreed_by == act.acting.staff_id:
            raise NothingToChange(place="staff")
        row.agreed_by = act.acting.staff_id
        return False
    row.state, row.opened_on, row.opened_by = OPEN, act.today, act.acting.staff_id
    return True
