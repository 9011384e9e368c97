"""Approvals: a step is asked for, approved or sent back with a comment. Nobody quietly approves their own."""

from kzcase.actions.checks import code
from kzcase.actions.finding import find_case, find_of_case
from kzcase.actions.wishes import Code, Done, LookReason, Ref, RequiredLine, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case
from kzcase.db.tables.teamwork import Approval, ApprovalDecision
from kzcase.domain.errors import (
    AlreadyAsked,
    AlreadyDecided,
    AwaitsApproval,
    NotAllowed,
    OthersApprove,
    OwnApproval,
)
from kzcase.domain.permissions import Permission
from kzcase.domain.teamwork import APPROVED, SENT_BACK
from kzcase.queries.approvals import decision_of, last_asked, others_who_approve
from kzcase.queries.periods import one_person


class AskApproval(Wish, frozen=True, kw_only=True):
    """Ask a supervisor to approve a step of a case."""

    case: Ref
    what: Code
    note: Text = ""
    look_reason: LookReason | None = None


class GiveApproval(Wish, frozen=True, kw_only=True):
    """Approve what a colleague asked for."""

    approval: Ref
    comment: Text = ""
    look_reason: LookReason | None = None


class SendBack(Wish, frozen=True, kw_only=True):
    """Send it back, and say what is missing."""

    approval: Ref
    comment: RequiredLine
    look_reason: LookReason | None = None


class ApproveOwn(Wish, frozen=True, kw_only=True):
    """Approve what one asked for oneself, where nobody else can; the comment says why, and the history shows it."""

    approval: Ref
    comment: RequiredLine
    look_reason: LookReason | None = None


@action("approval.asked", AskApproval)
def ask_approval(book: Casebook, wish: AskApproval) -> Done:
    """Ask for an approval; one at a time for the same step."""
    with book.write("approval.asked") as act:
        case, what = find_case(act, wish.case), code(act.rulebook, "approval_subject", wish.what, "what")
        before = last_asked(act, case.id, what)
        if before is not None and decision_of(act, before.id) is None:
            raise AlreadyAsked(place="what")
        row = {"note": wish.note.strip() or None, "asked_by": act.acting.staff_id, "asked_at": act.now}
        asked = act.add(Approval(case_id=case.id, what=what, **row))
    return Done(act.id, act.changed, {"approval": asked.id, "case": case.id}, case.number or "")


@action("approval.given", GiveApproval)
def give_approval(book: Casebook, wish: GiveApproval) -> Done:
    """Approve it. Whoever asked is never the one who approves here."""
    with book.write("approval.given") as act:
        asked = _undecided(act, wish.approval)
        _must_be_anothers(act, asked)
        row = _decide(act, asked, APPROVED, wish.comment)
    return Done(act.id, act.changed, {"approval": asked.id, "decision": row.id})


@action("approval.sent_back", SendBack)
def send_back(book: Casebook, wish: SendBack) -> Done:
    """Send it back with a comment; it can be asked for again."""
    with book.write("approval.sent_back") as act:
        asked = _undecided(act, wish.approval)
        _must_be_anothers(act, asked)
        row = _decide(act, asked, SENT_BACK, wish.comment)
    return Done(act.id, act.changed, {"approval": asked.id, "decision": row.id})


@action("approval.self_given", ApproveOwn)
def approve_own(book: Casebook, wish: ApproveOwn) -> Done:
    """By a right of its own, only where nobody else here may approve; it is recorded as one's own for ever."""
    with book.write("approval.self_given") as act:
        act.must_be_allowed(Permission.APPROVE)
        asked = _undecided(act, wish.approval)
        if asked.asked_by != act.acting.staff_id:
            raise NotAllowed(place="approval")
        if others_who_approve(act, asked.case_id or b""):
            raise OthersApprove(place="approval")
        row = _decide(act, asked, APPROVED, wish.comment)
        row.own, row.alone = True, one_person(act)
    return Done(act.id, act.changed, {"approval": asked.id, "decision": row.id})


def _undecided(act: Act, reference: str) -> Approval:
    asked = find_of_case(act, Approval, reference, "approval")
    if decision_of(act, asked.id) is not None:
        raise AlreadyDecided(place="approval")
    return asked


def _must_be_anothers(act: Act, asked: Approval) -> None:
    if asked.asked_by == act.acting.staff_id:
        raise OwnApproval(place="approval")


def _decide(act: Act, asked: Approval, outcome: str, comment: str) -> ApprovalDecision:
    said = {"comment": comment.strip() or None, "decided_by": act.acting.staff_id, "decided_at": act.now}
    return act.add(ApprovalDecision(case_id=asked.case_id, approval_id=asked.id, outcome=outcome, **said))


def must_not_wait_for_approval(act: Act, case: Case, what: str, place: str) -> None:
    """Refuse a step whose approval was asked for and is not given."""
    asked = last_asked(act, case.id, what)
    if asked is None:
        return
    decision = decision_of(act, asked.id)
    if decision is None or decision.outcome != APPROVED:
        raise AwaitsApproval(place=place)
