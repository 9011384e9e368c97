"""What becomes of a sent referral: its dated states, and each time the partner was asked for a reply."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kzcase.actions.checks import code, day, optional_code, past_day
from kzcase.actions.finding import find_case, find_referral
from kzcase.actions.guards import is_out_already, must_be_free_to_write
from kzcase.actions.wishes import Code, Done, IsoDate, Line, LookReason, Ref, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Referral, Task
from kzcase.db.tables.office import Partner
from kzcase.db.tables.referrals import ReferralChase, ReferralStep
from kzcase.domain.errors import (
    AppointmentDayMissing,
    BeforeTheReferral,
    ReferralEnded,
    ReferralNotSent,
    ReferralSent,
    RefusalReasonMissing,
    StateCannotFollow,
)
from kzcase.domain.referrals import APPOINTMENT, DRAFT, REFUSED, SENT, TAKEN_BACK, may_follow, next_look
from kzcase.domain.tasks import REPLY
from kzcase.queries.referral_states import standing_of, states

CHASE: Final = REPLY
"""The rule of the task that reminds somebody to look at a referral again."""
ASK_AGAIN_DAYS: Final = 5
"""When to ask again after asking, unless whoever asks says otherwise: the office's own standard, not a law."""


class FollowReferral(Wish, frozen=True, kw_only=True):
    """Record what became of a referral: received, accepted, refused, appointment, served, and the further states."""

    referral: Ref
    state: Code
    reason: Code | None = None
    text: Text = ""
    appointment_on: IsoDate | None = None
    appointment_time: Line = ""
    how: Code | None = None
    on: IsoDate | None = None
    next_on: IsoDate | None = None
    look_reason: LookReason | None = None


class ChaseReferral(Wish, frozen=True, kw_only=True):
    """Record that the partner was asked for a reply."""

    referral: Ref
    how: Code = "phone"
    delay: Code | None = None
    text: Text = ""
    on: IsoDate | None = None
    next_on: IsoDate | None = None
    look_reason: LookReason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A state as it is to be written, its codes and days checked."""

    state: str
    on: date
    reason: str | None = None
    text: str = ""
    how: str | None = None
    appointment_on: date | None = None
    appointment_time: str = ""
    next_on: date | None = None


@action("referral.followed", FollowReferral)
def follow_referral(book: Casebook, wish: FollowReferral) -> Done:
    """Add a state; the reminder moves with it, and ends where the referral does."""
    with book.write("referral.followed") as act:
        referral = find_referral(act, wish.referral)
        on = past_day(wish.on, act.today)
        appointment = day(wish.appointment_on, "appointment_on")
        state = code(act.rulebook, "referral_state", wish.state, "state")
        add_step(
            act,
            referral,
            NewStep(
                state=state,
                on=on,
                reason=optional_code(act.rulebook, "refusal_reason", wish.reason, "reason"),
                text=wish.text.strip(),
                how=optional_code(act.rulebook, "referral_how", wish.how, "how"),
                appointment_on=appointment,
                appointment_time=wish.appointment_time.strip(),
                next_on=day(wish.next_on, "next_on", next_look(state, on, states(act), appointment=appointment)),
            ),
        )
        ended = bool(states(act)[state].attribute("ends"))
        warned = () if ended else is_out_already(act, referral, "referral")
    return Done(act.id, act.changed, {"referral": referral.id}, referral.number or "", warned=warned)


@action("referral.chased", ChaseReferral)
def chase_referral(book: Casebook, wish: ChaseReferral) -> Done:
    """Record a chase, why the reply is late, and when to ask again."""
    with book.write("referral.chased") as act:
        referral = find_referral(act, wish.referral)
        stands = standing_of(act, referral)
        _must_be_open(stands.state, ended=stands.ended)
        case, partner = (
            find_case(act, (referral.case_id or b"").hex()),
            act.session.get(Partner, referral.partner_id or b""),
        )
        must_be_free_to_write(act, case, partner, "referral", referral.need or "")
        on = past_day(wish.on, act.today)
        again = day(wish.next_on, "next_on", on + timedelta(days=ASK_AGAIN_DAYS))
        act.add(
            ReferralChase(
                case_id=referral.case_id,
                person_id=referral.person_id,
                referral_id=referral.id,
                how=code(act.rulebook, "channel", wish.how, "how"),
                delay=optional_code(act.rulebook, "delay_reason", wish.delay, "delay"),
                text=wish.text.strip() or None,
                happened_on=not_before(referral, on),
                next_on=again,
                recorded_at=act.now,
                author_id=act.acting.staff_id,
            )
        )
        keep_reminder(act, referral, again, on)
    return Done(act.id, act.changed, {"referral": referral.id}, referral.number or "")


def add_step(act: Act, referral: Referral, new: NewStep) -> ReferralStep:
    """Write a state of a referral inside any act that may; refuses what cannot come now."""
    before, known = standing_of(act, referral), states(act)
    if new.state not in TAKEN_BACK and before.state == DRAFT:
        raise ReferralNotSent(place="referral")
    if not may_follow(before.state, new.state, known):
        raise StateCannotFollow(place="state")
    if new.state == REFUSED and not new.reason:
        raise RefusalReasonMissing(place="reason")
    if new.state == APPOINTMENT and new.appointment_on is None:
        raise AppointmentDayMissing(place="appointment_on")
    step = act.add(
        ReferralStep(
            case_id=referral.case_id,
            person_id=referral.person_id,
            referral_id=referral.id,
            state=new.state,
            reason=new.reason if new.state == REFUSED else None,
            text=new.text or None,
            appointment_on=new.appointment_on if new.state == APPOINTMENT else None,
            appointment_time=(new.appointment_time or None) if new.state == APPOINTMENT else None,
            how=new.how,
            happened_on=not_before(referral, new.on),
            next_on=new.next_on,
            recorded_at=act.now,
            author_id=act.acting.staff_id,
        )
    )
    keep_reminder(act, referral, None if known[new.state].attribute("ends") else new.next_on, new.on)
    return step


def take_back(act: Act, referral: Referral, state: str, on: date, text: str = "") -> bool:
    """Inside any act: the person withdrew this referral (`withdrawn`), or we did (`revoked`). Says whether it had been
    sent: then what the partner holds is still to be called back. One that was taken back before stays as it is."""
    before = standing_of(act, referral)
    if may_follow(before.state, state, states(act)):
        add_step(act, referral, NewStep(state=state, on=on, text=text))
    return referral.sent_on is not None


def not_before(referral: Referral, on: date) -> date:
    """The day, unless it lies before the referral was sent or written."""
    first = referral.sent_on or referral.drafted_on
    if first is not None and on < first:
        raise BeforeTheReferral(place="on")
    return on


def keep_reminder(act: Act, referral: Referral, due: date | None, on: date) -> None:
    """The task that reminds of a referral: moved to the next day to look, opened again, or done where it ended."""
    case = find_case(act, (referral.case_id or b"").hex())
    chases = act.session.query(Task).filter_by(case_id=case.id, title=referral.number, rule_id=CHASE)
    there = list(chases.filter(Task.done_on.is_(None), Task.struck.is_not(True)))
    if due is None:
        for task in there:
            task.done_on = on
    elif there:
        for task in there:
            task.due = due
    elif referral.sent_on is not None:
        reminder = Task(case_id=case.id, title=referral.number, due=due, rule_id=CHASE)
        reminder.assignee_id = case.worker_id
        act.add(reminder)


def _must_be_open(state: str, *, ended: bool) -> None:
    if state == DRAFT:
        raise ReferralNotSent(place="referral")
    if ended:
        raise ReferralEnded(place="referral")


def must_be_a_draft(act: Act, referral: Referral) -> None:
    """Refuse to send what was sent, or was taken back while it waited."""
    if referral.sent_on is not None:
        raise ReferralSent(place="referral")
    if standing_of(act, referral).state not in (DRAFT, SENT):
        raise ReferralEnded(place="referral")
