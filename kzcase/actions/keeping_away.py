"""Conflicts of interest: a colleague is kept away from one case, whatever their roles, and let back by another."""

from collections.abc import Sequence

from sqlalchemy import select

from kzcase.actions.finding import find_case, find_colleague
from kzcase.actions.wishes import Done, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import CaseBlock
from kzcase.domain.errors import NobodyLeft, NothingToChange
from kzcase.domain.ids import Id
from kzcase.queries.kept_away import kept_away_from, who_may_open

KEPT_AWAY, LET_BACK = "kept_away", "let_back"


class KeepAway(Wish, frozen=True, kw_only=True):
    """Keep a colleague away from a case: they find neither its page nor its line, by search, number or count."""

    case: Ref
    staff: Ref
    look_reason: LookReason | None = None


class LetBack(Wish, frozen=True, kw_only=True):
    """Let a colleague back to a case; nobody does so for themselves."""

    case: Ref
    staff: Ref
    look_reason: LookReason | None = None


@action("case.blocked", KeepAway)
def keep_away(book: Casebook, wish: KeepAway) -> Done:
    """Keep a colleague away, oneself included. Somebody who can open the case must be left."""
    with book.write("case.blocked") as act:
        case, colleague = find_case(act, wish.case), find_colleague(act, wish.staff, "staff")
        if colleague.id in kept_away_from(act, case.id):
            raise NothingToChange(place="staff")
        if who_may_open(act, case.id) <= {colleague.id}:
            raise NobodyLeft(place="staff")
        row = next(iter(_rows(act, case.id, colleague.id)), None)
        if row is None:
            row = act.add(CaseBlock(case_id=case.id, staff_id=colleague.id))
        row.state, row.since = KEPT_AWAY, act.today
    return Done(act.id, act.changed, {"case": case.id, "staff": colleague.id})


@action("case.unblocked", LetBack)
def let_back(book: Casebook, wish: LetBack) -> Done:
    """Let a colleague back. Whoever is kept away does not find the case, so nobody can do it for themselves."""
    with book.write("case.unblocked") as act:
        case, colleague = find_case(act, wish.case), find_colleague(act, wish.staff, "staff")
        rows = [row for row in _rows(act, case.id, colleague.id) if row.state != LET_BACK]
        if not rows:
            raise NothingToChange(place="staff")
        for row in rows:  # laptops may each have added one
            row.state = LET_BACK
    return Done(act.id, act.changed, {"case": case.id, "staff": colleague.id})


def _rows(act: Act, case: Id, staff: Id) -> Sequence[CaseBlock]:
    query = select(CaseBlock).where(CaseBlock.case_id == case, CaseBlock.staff_id == staff)
    return act.session.scalars(query.order_by(CaseBlock.id)).all()
