"""Referrals: written, sent under a consent that covers them, never without a reply or a date to chase it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from kzcase.actions.checks import code, day, optional_code, past_day
from kzcase.actions.finding import find_open_case, find_partner, find_referral
from kzcase.actions.guards import must_be_free_to_write, will_wait
from kzcase.actions.numbers import next_number
from kzcase.actions.referral_steps import NewStep, add_step, keep_reminder, must_be_a_draft
from kzcase.actions.wishes import Code, Done, IsoDate, Line, LookReason, Ref, Required, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act, Reader
from kzcase.db.tables.cases import Referral
from kzcase.db.tables.office import Partner
from kzcase.domain.errors import NoConsent, ReferralNotSent
from kzcase.domain.ids import Id
from kzcase.domain.referrals import ACCEPTED, APPOINTMENT, next_look
from kzcase.queries.agreements import agreement_ended
from kzcase.queries.consents import leaving
from kzcase.queries.incidents import must_not_be_stopped
from kzcase.queries.referral_states import states

REPLY_DAYS: Final = 10
"""Until when a reply is expected unless the sender says otherwise: the office's own standard, not a law."""


class DraftReferral(Wish, frozen=True, kw_only=True):
    """Write a referral to a partner."""

    case: Ref
    partner: Ref
    need: Code
    reason: Required
    urgency: Code | None = None
    language: Code = "kk"
    reply_by: IsoDate | None = None
    on: IsoDate | None = None
    look_reason: LookReason | None = None


class SendReferral(Wish, frozen=True, kw_only=True):
    """Send a written referral."""

    referral: Ref
    how: Code
    on: IsoDate | None = None
    look_reason: LookReason | None = None


class AnswerReferral(Wish, frozen=True, kw_only=True):
    """Record the partner's reply, from the return slip or by word of mouth."""

    referral: Ref
    outcome: Code
    text: Text = ""
    reason: Code | None = None
    """Why the partner refused: a code of the list `refusal_reason`."""
    appointment_on: IsoDate | None = None
    appointment_time: Line = ""
    how: Code | None = None
    on: IsoDate | None = None
    look_reason: LookReason | None = None


@action("referral.drafted", DraftReferral)
def draft_referral(book: Casebook, wish: DraftReferral) -> Done:
    """Write a referral; it gets its number now, so that the letter can be printed."""
    with book.write("referral.drafted") as act:
        case, rules, on = find_open_case(act, wish.case), act.rulebook, past_day(wish.on, act.today)
        partner = find_partner(act, wish.partner)
        referral = act.add(
            Referral(
                case_id=case.id,
                person_id=case.client_id,
                partner_id=partner.id,
                number=next_number(act, book.facts.code, "R"),
                need=code(rules, "need", wish.need, "need"),
                reason=wish.reason.strip(),
                urgency=optional_code(rules, "urgency", wish.urgency, "urgency"),
                language=code(rules, "language", wish.language, "language"),
                author_id=act.acting.staff_id,
                drafted_on=on,
                reply_by=day(wish.reply_by, "reply_by", on + timedelta(days=REPLY_DAYS)),
            )
        )
        ended = agreement_ended(act, partner.id, "partner")
        warned = (*will_wait(act, case, partner, "partner", wish.need), *ended)
    return Done(act.id, act.changed, {"referral": referral.id, "case": case.id}, referral.number or "", warned=warned)


@action("referral.sent", SendReferral)
def send_referral(book: Casebook, wish: SendReferral) -> Done:
    """Send a referral: only from an open case, only under a consent in force, with a task to chase the reply."""
    with book.write("referral.sent") as act:
        referral = find_referral(act, wish.referral)
        must_be_a_draft(act, referral)
        on = past_day(wish.on, act.today)
        referral.consent_id, referral.sent_on = must_be_free_to_go(act, referral, on), on
        referral.how = code(act.rulebook, "referral_how", wish.how, "how")
        keep_reminder(act, referral, referral.reply_by, on)
        warned = agreement_ended(act, referral.partner_id, "referral", since=referral.drafted_on)
    ids = {"referral": referral.id, "case": referral.case_id or b""}
    return Done(act.id, act.changed, ids, referral.number or "", warned=warned)


def must_be_free_to_go(act: Act, referral: Referral, on: date) -> Id | None:
    """Refuse to let a referral go from a closed case, to a partner who was stopped, past a guard, or without consent.

    Gives the consent it goes under; none where it goes in an emergency.
    """
    case = find_open_case(act, (referral.case_id or b"").hex())
    must_not_be_stopped(act, referral.partner_id, "referral")
    partner = act.session.get(Partner, referral.partner_id or b"")
    must_be_free_to_write(act, case, partner, "referral", referral.need or "")
    may = leaving(act, case, referral.partner_id, on=on)
    if not may.consent and not may.emergency:
        raise NoConsent(place="referral")
    return may.consent or None


@action("referral.answered", AnswerReferral)
def answer_referral(book: Casebook, wish: AnswerReferral) -> Done:
    """Record a reply: it becomes the state of the referral, and the reminder moves or ends with it."""
    with book.write("referral.answered") as act:
        referral = find_referral(act, wish.referral)
        if referral.sent_on is None:
            raise ReferralNotSent(place="referral")
        outcome = code(act.rulebook, "referral_outcome", wish.outcome, "outcome")
        appointment, on = day(wish.appointment_on, "appointment_on"), past_day(wish.on, act.today)
        reason = optional_code(act.rulebook, "refusal_reason", wish.reason, "reason")
        record_reply(
            act,
            referral,
            outcome,
            NewStep(
                state=state_of_reply(act, outcome, appointment),
                on=on,
                reason=reason or ("passed_on" if outcome == "redirected" else "other"),
                text=wish.text.strip(),
                how=optional_code(act.rulebook, "referral_how", wish.how, "how"),
                appointment_on=appointment,
                appointment_time=wish.appointment_time.strip(),
            ),
        )
    ids = {"referral": referral.id, "case": referral.case_id or b""}
    return Done(act.id, act.changed, ids, referral.number or "")


def state_of_reply(act: Reader, outcome: str, appointment: date | None) -> str:
    """The state a reply leads to; a day that was given makes an acceptance an appointment."""
    state = act.rulebook.codes["referral_outcome"][outcome].attribute("state")
    return APPOINTMENT if appointment is not None and state == ACCEPTED else state


def record_reply(act: Act, referral: Referral, outcome: str, new: NewStep) -> None:
    """Inside any act that may: what the partner replied, from a slip, by word of mouth or from a package."""
    next_on = next_look(new.state, new.on, states(act), appointment=new.appointment_on)
    add_step(act, referral, replace(new, next_on=next_on))
    referral.outcome, referral.answered_on = outcome, new.on
    referral.reply = new.text or None
