"""Undertakings of confidentiality: that a colleague signed theirs, and on which day."""

from kzcase.actions.checks import past_day
from kzcase.actions.finding import find_colleague
from kzcase.actions.wishes import Done, IsoDate, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.tables.registers import Undertaking


class SignUndertaking(Wish, frozen=True, kw_only=True):
    """A colleague signed the undertaking of confidentiality; the signed sheet is kept on paper."""

    staff: Ref
    on: IsoDate | None = None


@action("undertaking.signed", SignUndertaking)
def sign_undertaking(book: Casebook, wish: SignUndertaking) -> Done:
    """Enter the day; a later one is a new line and replaces none."""
    with book.write("undertaking.signed") as act:
        colleague = find_colleague(act, wish.staff, "staff")
        row = act.add(
            Undertaking(staff_id=colleague.id, signed_on=past_day(wish.on, act.today), recorded_by=act.acting.staff_id)
        )
    return Done(act.id, act.changed, {"undertaking": row.id, "staff": colleague.id})
