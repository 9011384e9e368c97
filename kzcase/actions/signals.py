"""Signals of a possible crime: facts go at once, who somebody is only on a ground, and the answer is chased."""

from typing import Annotated, Final

import msgspec

from kzcase.actions.checks import code, moment, optional_code, past_day
from kzcase.actions.finding import find_call, find_signal
from kzcase.actions.numbers import next_number
from kzcase.actions.subject_requests import due_by
from kzcase.actions.wishes import Code, Done, IsoDate, Line, LookReason, Ref, Required, RequiredLine, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.helpline import CrimeSignal, Readdressing
from kzcase.domain.errors import (
    IdentityNeedsGround,
    NothingToChange,
    ReviewByAnother,
    SignalAnswered,
    SignalNotSent,
    SignalSent,
    SignalUnheard,
)
from kzcase.domain.warned import Warned
from kzcase.i18n import _
from kzcase.queries.shared_signals import shared_with

MOST_PEOPLE: Final = 100_000
REVIEW_DAYS: Final = 1
WITHOUT_AGREEMENT: Final = frozenset({"life", "child"})
NO_IDENTITY: Final = "none"
NO_ANSWER: Final = "no_answer"
SHARED: Final = "shared_signal"
PERHAPS: Final = _("This may be about the same crime. Ask before you pass it on again: {signal}.")


class PrepareSignal(Wish, frozen=True, kw_only=True):
    """What a call told of a possible crime, and for which unit.

    `heard`: the caller heard what will be passed. `identity` goes only on a `ground`.
    """

    call: Ref
    unit: RequiredLine
    danger: Code
    facts: Required
    place: Line = ""
    people: Annotated[int, msgspec.Meta(ge=0, le=MOST_PEOPLE)] | None = None
    children: Code | None = None
    heard: bool = False
    ground: Code = NO_IDENTITY
    identity: Text = ""
    reason: Text = ""
    look_reason: LookReason | None = None


class ReaddressSignal(Wish, frozen=True, kw_only=True):
    """Not to this unit, because: the signal gets another address, and is to be sent anew."""

    signal: Ref
    unit: RequiredLine
    because: RequiredLine


class SendSignal(Wish, frozen=True, kw_only=True):
    """The signal was passed on."""

    signal: Ref
    how: Code
    at: str | None = None


class AcknowledgeSignal(Wish, frozen=True, kw_only=True):
    """The unit confirmed the receipt: who, and under which number of theirs."""

    signal: Ref
    by: RequiredLine
    their_number: Line = ""
    at: str | None = None


class AnswerSignal(Wish, frozen=True, kw_only=True):
    """What came of the signal."""

    signal: Ref
    result: Code
    on: IsoDate | None = None


class ReviewSignal(Wish, frozen=True, kw_only=True):
    """Somebody else judges, the next day, whether an identity was rightly passed on without agreement."""

    signal: Ref
    review: Code


@action("signal.prepared", PrepareSignal)
def prepare_signal(book: Casebook, wish: PrepareSignal) -> Done:
    """Write down what will be passed. Facts and identity stand apart; without a ground there is no identity."""
    with book.write("signal.prepared") as act:
        call, rules = find_call(act, wish.call), act.rulebook
        ground = code(rules, "signal_ground", wish.ground, "ground")
        _must_be_grounded(wish, ground)
        row = act.add(
            CrimeSignal(
                call_id=call.id,
                number=next_number(act, book.facts.code, "S"),
                unit=wish.unit.strip(),
                danger=code(rules, "signal_danger", wish.danger, "danger"),
                place=wish.place.strip() or None,
                people=wish.people,
                children=optional_code(rules, "yes_no", wish.children, "children"),
                facts=wish.facts.strip(),
                heard_at=act.now if wish.heard else None,
                ground=ground,
                identity=wish.identity.strip() or None,
                reason=wish.reason.strip() or None,
                made_at=act.now,
                author_id=act.acting.staff_id,
            )
        )
        warned = _perhaps_known(act, row)
    return Done(act.id, act.changed, {"signal": row.id, "call": call.id}, row.number or "", warned=warned)


def _perhaps_known(act: Act, row: CrimeSignal) -> tuple[Warned, ...]:
    """What to say where somebody of us may have passed on the same crime: whom to ask before it goes twice."""
    return tuple(Warned("signal", SHARED, PERHAPS.with_arguments(signal=each.said())) for each in shared_with(act, row))


def _must_be_grounded(wish: PrepareSignal, ground: str) -> None:
    """The caller heard it or it is written why not; and who somebody is goes on a ground, never by the way."""
    why = bool(wish.reason.strip())
    if not wish.heard and not why:
        raise SignalUnheard(place="heard")
    if bool(wish.identity.strip()) == (ground == NO_IDENTITY):
        raise IdentityNeedsGround(place="identity")
    if ground in WITHOUT_AGREEMENT and not why:
        raise IdentityNeedsGround(place="reason")


@action("signal.readdressed", ReaddressSignal)
def readdress_signal(book: Casebook, wish: ReaddressSignal) -> Done:
    """Another unit, and why not the one before. What was sent there stays in the history; it is to be sent again."""
    with book.write("signal.readdressed") as act:
        row = _unanswered(act, wish.signal)
        if row.unit == wish.unit.strip():
            raise NothingToChange(place="unit")
        moved = {"signal_id": row.id, "from_unit": row.unit, "to_unit": wish.unit.strip()}
        act.add(
            Readdressing(
                call_id=row.call_id, because=wish.because.strip(), at=act.now, author_id=act.acting.staff_id, **moved
            )
        )
        row.unit, row.sent_at, row.sent_how, row.sent_by = wish.unit.strip(), None, None, None
        row.acknowledged_at, row.acknowledged_by, row.their_number = None, None, None
    return Done(act.id, act.changed, {"signal": row.id}, row.number or "")


@action("signal.sent", SendSignal)
def send_signal(book: Casebook, wish: SendSignal) -> Done:
    """It was passed on. An identity without agreement is to be reviewed by somebody else the next day."""
    with book.write("signal.sent") as act:
        row = _unanswered(act, wish.signal)
        if row.sent_at is not None:
            raise SignalSent(place="signal")
        row.sent_how = code(act.rulebook, "signal_how", wish.how, "how")
        row.sent_at, row.sent_by = moment(wish.at, act.now, "at"), act.acting.staff_id
        if row.ground in WITHOUT_AGREEMENT and row.reviewed_on is None:
            row.review_by = due_by(act, "signal_review", act.today, REVIEW_DAYS)
    return Done(act.id, act.changed, {"signal": row.id}, row.number or "")


@action("signal.acknowledged", AcknowledgeSignal)
def acknowledge_signal(book: Casebook, wish: AcknowledgeSignal) -> Done:
    """The unit has it."""
    with book.write("signal.acknowledged") as act:
        row = _sent(act, wish.signal)
        row.acknowledged_at, row.acknowledged_by = moment(wish.at, act.now, "at"), wish.by.strip()
        row.their_number = wish.their_number.strip() or None
    return Done(act.id, act.changed, {"signal": row.id}, row.number or "")


@action("signal.answered", AnswerSignal)
def answer_signal(book: Casebook, wish: AnswerSignal) -> Done:
    """What came of it; nobody is reminded any more. No answer is no result: they are asked again later."""
    with book.write("signal.answered") as act:
        row, on = _sent(act, wish.signal), past_day(wish.on, act.today)
        row.result = code(act.rulebook, "signal_result", wish.result, "result")
        row.asked_on, row.result_on = on, None if row.result == NO_ANSWER else on
    return Done(act.id, act.changed, {"signal": row.id}, row.number or "")


@action("signal.reviewed", ReviewSignal)
def review_signal(book: Casebook, wish: ReviewSignal) -> Done:
    """The second pair of eyes. Whoever wrote or sent it does not review it."""
    with book.write("signal.reviewed") as act:
        row = find_signal(act, wish.signal)
        if row.review_by is None or row.reviewed_on is not None:
            raise NothingToChange(place="signal")
        if act.acting.staff_id in (row.author_id, row.sent_by):
            raise ReviewByAnother(place="signal")
        row.review = code(act.rulebook, "signal_review", wish.review, "review")
        row.reviewed_on, row.reviewed_by = act.today, act.acting.staff_id
    return Done(act.id, act.changed, {"signal": row.id}, row.number or "")


def _unanswered(act: Act, reference: str) -> CrimeSignal:
    row = find_signal(act, reference)
    if row.result_on is not None:
        raise SignalAnswered(place="signal")
    return row


def _sent(act: Act, reference: str) -> CrimeSignal:
    row = _unanswered(act, reference)
    if row.sent_at is None:
        raise SignalNotSent(place="signal")
    return row
