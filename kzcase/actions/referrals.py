"""Referrals: written, sent under a consent that covers them, never without a reply or a date to chase it."""

from datetime import timedelta
from typing import Final

from kzcase.actions.checks import code, day, optional_code, past_day
from kzcase.actions.consents import covering_consent
from kzcase.actions.finding import find_case, find_open_case, find_partner, find_referral
from kzcase.actions.guards import must_be_free_to_write
from kzcase.actions.numbers import next_number
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, Required, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.tables.cases import Referral, Task
from kzcase.db.tables.office import Partner
from kzcase.domain.errors import NoConsent, ReferralNotSent, ReferralSent
from kzcase.queries.incidents import must_not_be_stopped

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
    on: IsoDate | None = None
    look_reason: LookReason | None = None


@action("referral.drafted", DraftReferral)
def draft_referral(book: Casebook, wish: DraftReferral) -> Done:
    """Write a referral; it gets its number now, so that the letter can be printed."""
    with book.write("referral.drafted") as act:
        case, rules, on = find_open_case(act, wish.case), act.rulebook, past_day(wish.on, act.today)
        referral = act.add(
            Referral(
                case_id=case.id,
                person_id=case.client_id,
                partner_id=find_partner(act, wish.partner).id,
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
    return Done(act.id, act.changed, {"referral": referral.id, "case": case.id}, referral.number or "")


@action("referral.sent", SendReferral)
def send_referral(book: Casebook, wish: SendReferral) -> Done:
    """Send a referral: only from an open case, only under a consent in force, with a task to chase the reply."""
    with book.write("referral.sent") as act:
        referral = find_referral(act, wish.referral)
        if referral.sent_on is not None:
            raise ReferralSent(place="referral")
        case = find_open_case(act, (referral.case_id or b"").hex())
        must_not_be_stopped(act, referral.partner_id, "referral")
        must_be_free_to_write(act, case, act.session.get(Partner, referral.partner_id or b""), "referral")
        on = past_day(wish.on, act.today)
        consent = covering_consent(act, case, referral.partner_id or b"", on)
        if consent is None:
            raise NoConsent(place="referral")
        referral.consent_id, referral.sent_on = consent.id, on
        referral.how = code(act.rulebook, "referral_how", wish.how, "how")
        chase = Task(case_id=case.id, title=referral.number, due=referral.reply_by, rule_id="referral_reply")
        chase.assignee_id = case.worker_id
        act.add(chase)
    return Done(act.id, act.changed, {"referral": referral.id, "case": case.id}, referral.number or "")


@action("referral.answered", AnswerReferral)
def answer_referral(book: Casebook, wish: AnswerReferral) -> Done:
    """Record a reply and close its chase task."""
    with book.write("referral.answered") as act:
        referral = find_referral(act, wish.referral)
        if referral.sent_on is None:
            raise ReferralNotSent(place="referral")
        case = find_case(act, (referral.case_id or b"").hex())
        referral.outcome = code(act.rulebook, "referral_outcome", wish.outcome, "outcome")
        referral.reply = wish.text.strip() or None
        referral.answered_on = past_day(wish.on, act.today)
        chases = act.session.query(Task).filter_by(case_id=case.id, title=referral.number, rule_id="referral_reply")
        for task in chases.filter(Task.done_on.is_(None)):
            task.done_on = referral.answered_on
    return Done(act.id, act.changed, {"referral": referral.id, "case": case.id}, referral.number or "")
