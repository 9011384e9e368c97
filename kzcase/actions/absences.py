"""Absences: the days a colleague is not there, so that the team knows whose cases need somebody. Never why."""

from kzcase.actions.checks import day
from kzcase.actions.finding import find_colleague
from kzcase.actions.wishes import Done, IsoDate, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.tables.teamwork import Absence
from kzcase.domain.errors import NotAllowed, NotLater
from kzcase.domain.permissions import Permission


class NoteAbsence(Wish, frozen=True, kw_only=True):
    """One's own days off, or those of a colleague by whoever leads the team."""

    first_day: IsoDate
    last_day: IsoDate
    staff: Ref | None = None


@action("absence.noted", NoteAbsence)
def note_absence(book: Casebook, wish: NoteAbsence) -> Done:
    """Note the days. It is taken back by undoing it."""
    with book.write("absence.noted") as act:
        who = find_colleague(act, wish.staff, "staff").id if wish.staff else act.acting.staff_id
        if who != act.acting.staff_id and not act.may(Permission.LEAD_TEAM):
            raise NotAllowed(place="staff")
        first, last = day(wish.first_day, "first_day"), day(wish.last_day, "last_day")
        if first is None or last is None or last < first:
            raise NotLater(place="last_day")
        row = act.add(Absence(staff_id=who, first_day=first, last_day=last))
    return Done(act.id, act.changed, {"absence": row.id})
