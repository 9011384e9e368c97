"""Requests of people about their data: received with the day by which they are answered, and answered."""

from datetime import date, timedelta
from typing import Final

from kzcase.actions.checks import code, past_day
from kzcase.actions.finding import find_case, find_colleague, find_request
from kzcase.actions.numbers import next_number
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.registers import SubjectRequest
from kzcase.domain.errors import EndsBeforeItBegins, NotInForce, RequestAnswered

ANSWER_DAYS: Final = 3
"""Where no rule is in force: the office's own standard, not a law."""


class ReceiveRequest(Wish, frozen=True, kw_only=True):
    """Somebody asks about their data; `case` where theirs is known."""

    kind: Code
    case: Ref | None = None
    on: IsoDate | None = None
    responsible: Ref | None = None
    look_reason: LookReason | None = None


class AnswerRequest(Wish, frozen=True, kw_only=True):
    """A request was answered."""

    request: Ref
    outcome: Code
    on: IsoDate | None = None


@action("request.received", ReceiveRequest)
def receive_request(book: Casebook, wish: ReceiveRequest) -> Done:
    """Enter a request with the day by which the rule in force wants an answer; it is a task until it has one."""
    with book.write("request.received") as act:
        received = past_day(wish.on, act.today)
        kind = code(act.rulebook, "request_kind", wish.kind, "kind")
        who = find_colleague(act, wish.responsible, "responsible").id if wish.responsible else act.acting.staff_id
        row = act.add(
            SubjectRequest(
                number=next_number(act, book.facts.code, "Q"),
                kind=kind,
                case_id=find_case(act, wish.case).id if wish.case else None,
                received_on=received,
                due_on=due_by(act, f"request_{kind}", received, ANSWER_DAYS),
                rule_id=f"request_{kind}",
                responsible_id=who,
            )
        )
    return Done(act.id, act.changed, {"request": row.id}, row.number or "")


@action("request.answered", AnswerRequest)
def answer_request(book: Casebook, wish: AnswerRequest) -> Done:
    """Enter how a request was answered; nobody is reminded of it any more."""
    with book.write("request.answered") as act:
        request = find_request(act, wish.request)
        if request.answered_on is not None:
            raise RequestAnswered(place="request")
        request.outcome = code(act.rulebook, "request_outcome", wish.outcome, "outcome")
        request.answered_on = past_day(wish.on, act.today)
        if request.received_on is not None and request.answered_on < request.received_on:
            raise EndsBeforeItBegins(place="on")
    return Done(act.id, act.changed, {"request": request.id}, request.number or "")


def due_by(act: Act, rule_id: str, start: date, otherwise: int) -> date:
    """The day the rule in force says; where none is, so many days: what is urgent never waits for a rule."""
    try:
        return act.rulebook.deadline(rule_id, start).due
    except NotInForce:
        return start + timedelta(days=otherwise)
