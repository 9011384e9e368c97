"""Requests for a case one does not hold: asked with a reason; whoever holds it or leads the team decides."""

from sqlalchemy import select

from kzcase.actions.finding import find_case, find_of_case
from kzcase.actions.holders import must_hold, must_take_over, pass_on
from kzcase.actions.wishes import Done, LookReason, Ref, RequiredLine, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case
from kzcase.db.tables.teamwork import CaseRequest, Transfer
from kzcase.domain.errors import AlreadyAsked, CaseClosed, HoldsAlready, OwnRequest, RequestOver
from kzcase.domain.teamwork import GRANTED, REFUSED, WITHDRAWN


class RequestCase(Wish, frozen=True, kw_only=True):
    """Ask for a case that a colleague holds. Nothing of it is shown for that."""

    case: Ref
    reason: RequiredLine
    look_reason: LookReason | None = None


class GrantRequest(Wish, frozen=True, kw_only=True):
    """Give the case to whoever asked for it. `with_tasks`: with the holder's open tasks on it."""

    case_request: Ref
    comment: Text = ""
    with_tasks: bool = True
    look_reason: LookReason | None = None


class RefuseRequest(Wish, frozen=True, kw_only=True):
    """Do not give the case, and say why."""

    case_request: Ref
    reason: RequiredLine
    look_reason: LookReason | None = None


@action("case.requested", RequestCase)
def request_case(book: Casebook, wish: RequestCase) -> Done:
    """Ask for a case, by its number. Whoever is kept away from it does not find it."""
    with book.write("case.requested") as act:
        case = find_case(act, wish.case)
        me = act.acting.staff_id
        if case.worker_id == me:
            raise HoldsAlready(place="case")
        mine = (CaseRequest.case_id == case.id, CaseRequest.asked_by == me, CaseRequest.state.is_(None))
        if act.session.scalars(select(CaseRequest.id).where(*mine, CaseRequest.struck.is_not(True))).first():
            raise AlreadyAsked(place="case")
        row = act.add(CaseRequest(case_id=case.id, asked_by=me, asked_at=act.now, reason=wish.reason.strip()))
    return Done(act.id, act.changed, {"request": row.id}, case.number or "")


@action("case.request_granted", GrantRequest)
def grant_request(book: Casebook, wish: GrantRequest) -> Done:
    """Give the case to whoever asked; an offer of it to somebody else is over with that."""
    with book.write("case.request_granted") as act:
        row, case = _asked(act, wish.case_request)
        if case.closed_on is not None:
            raise CaseClosed(place="case_request")
        receiver = row.asked_by or b""
        must_take_over(act, case, receiver, "case_request")
        pass_on(act, case, case.worker_id, receiver, with_tasks=wish.with_tasks)
        waiting = (Transfer.case_id == case.id, Transfer.state.is_(None), Transfer.struck.is_not(True))
        for offer in act.session.scalars(select(Transfer).where(*waiting)):
            offer.state, offer.answered_by, offer.answered_at = WITHDRAWN, act.acting.staff_id, act.now
        _answer(act, row, GRANTED, wish.comment.strip())
    return Done(act.id, act.changed, {"request": row.id, "case": case.id}, case.number or "")


@action("case.request_refused", RefuseRequest)
def refuse_request(book: Casebook, wish: RefuseRequest) -> Done:
    """The case stays where it is."""
    with book.write("case.request_refused") as act:
        row, case = _asked(act, wish.case_request)
        _answer(act, row, REFUSED, wish.reason.strip())
    return Done(act.id, act.changed, {"request": row.id, "case": case.id}, case.number or "")


def _asked(act: Act, reference: str) -> tuple[CaseRequest, Case]:
    """A request that waits, and its case, where the acting person may decide: never their own."""
    row = find_of_case(act, CaseRequest, reference, "case_request")
    case = act.session.get_one(Case, row.case_id)
    if row.state is not None:
        raise RequestOver(place="case_request")
    if row.asked_by == act.acting.staff_id:
        raise OwnRequest(place="case_request")
    must_hold(act, case, "case_request")
    return row, case


def _answer(act: Act, row: CaseRequest, state: str, said: str) -> None:
    row.state, row.answered_by, row.answered_at = state, act.acting.staff_id, act.now
    row.answer = said or None
