"""Who holds a case, who may give it on, and to whom: the one place where a case changes hands."""

from sqlalchemy import select

from kzcase.db.reader import Act, Reader
from kzcase.db.tables.cases import Case, Task
from kzcase.db.tables.organisation import Staff, StaffRole
from kzcase.domain.errors import CannotTakeOver, HoldsAlready, KeptAway, NotTheHolder
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission, Role, may
from kzcase.queries.kept_away import kept_away_from


def must_hold(act: Act, case: Case, place: str) -> None:
    """Refuse whoever neither holds the case nor leads the team; a case nobody holds is anybody's to give."""
    holder = case.worker_id
    if holder == act.acting.staff_id or act.may(Permission.LEAD_TEAM) or not is_here(act, holder):
        return
    raise NotTheHolder(place=place)


def is_here(reader: Reader, staff: Id | None) -> bool:
    """Whether somebody works here now."""
    colleague = reader.session.get(Staff, staff) if staff else None
    return colleague is not None and colleague.removed_on is None and not colleague.struck


def must_take_over(reader: Reader, case: Case, receiver: Id, place: str) -> None:
    """Refuse a receiver who is kept away from the case, holds it already, or has no role that works on cases."""
    if receiver in kept_away_from(reader, case.id):
        raise KeptAway(place=place)
    if receiver == case.worker_id:
        raise HoldsAlready(place=place)
    if not may_work(reader, receiver):
        raise CannotTakeOver(place=place)


def may_work(reader: Reader, staff: Id) -> bool:
    """Whether somebody's roles work on cases."""
    return may(roles_of(reader, staff), Permission.WORK_ON_CASES)


def roles_of(reader: Reader, staff: Id) -> frozenset[Role]:
    """The roles somebody holds, of those this version knows."""
    held = select(StaffRole.role).where(StaffRole.staff_id == staff, StaffRole.struck.is_not(True))
    return frozenset(Role(role) for role in reader.session.scalars(held) if role in set(Role))


def pass_on(act: Act, case: Case, giver: Id | None, receiver: Id, *, with_tasks: bool) -> int:
    """The case changes hands; so do, where it is wanted, the open tasks the giver has on it. How many those were."""
    case.worker_id = receiver
    if not with_tasks or giver is None:
        return 0
    theirs = (Task.case_id == case.id, Task.assignee_id == giver, Task.done_on.is_(None), Task.struck.is_not(True))
    passed = list(act.session.scalars(select(Task).where(*theirs)))
    for task in passed:
        task.assignee_id = receiver
    return len(passed)
