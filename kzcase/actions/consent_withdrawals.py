"""Withdrawals: what a person takes back, or we revoke, whole or in part. Help goes on; who received it is told."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

import msgspec

from kzcase.actions.checks import codes, optional_code, past_day
from kzcase.actions.consents import classes_given
from kzcase.actions.finding import find_case, find_consent, find_partner
from kzcase.actions.numbers import next_number
from kzcase.actions.referral_steps import take_back
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, Required, Wish, action
from kzcase.actions.withdrawal_receipts import add_receipt
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case, Consent, Referral, Task
from kzcase.db.tables.consents import ConsentNotice, Withdrawal
from kzcase.domain.consents import IN_FORCE, REFERRAL, Consents, may_leave, touches
from kzcase.domain.errors import ConsentWithdrawn, NothingToWithdraw
from kzcase.domain.ids import Id
from kzcase.queries.consents import consents_said, taken_back
from kzcase.queries.recipients import Recipient, past_recipients, printed_unsent

NOTICE_RULE: Final = "consent_notice"
RECALL_RULE: Final = "recall_paper"
NOTICE_DAYS: Final = 3
"""Within how many days every recipient is told, and asked again until they confirm: our own standard, not a law."""


class WithdrawConsent(Wish, frozen=True, kw_only=True):
    """Record that a person took something back: one consent, or of a case everything that fits. Empty means all."""

    consent: Ref | None = None
    case: Ref | None = None
    partner: Ref | None = None
    purposes: list[Code] = msgspec.field(default_factory=list)
    classes: list[Code] = msgspec.field(default_factory=list)
    said_by: Code | None = None
    wishes: list[Code] = msgspec.field(default_factory=list)
    language: Code | None = None
    signed_how: Code | None = None
    on: IsoDate | None = None
    look_reason: LookReason | None = None


class RevokeConsent(Wish, frozen=True, kw_only=True):
    """Record that we end a consent ourselves, with the reason; recipients are not told why."""

    consent: Ref
    ground: Required
    classes: list[Code] = msgspec.field(default_factory=list)
    on: IsoDate | None = None
    look_reason: LookReason | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The case and the consent something is taken back of; without a consent, of everything that fits."""

    case: Case
    consent: Consent | None = None
    partner: Id | None = None
    purposes: Sequence[str] = ()


@action("consent.withdrawn", WithdrawConsent)
def withdraw_consent(book: Casebook, wish: WithdrawConsent) -> Done:
    """Record a withdrawal: nothing more goes to whom it names, all who have something are told, and help goes on."""
    with book.write("consent.withdrawn") as act:
        row = add_withdrawal(act, scope_of(act, wish), wish, book.facts.code)
    return _done(act, row)


@action("consent.revoked", RevokeConsent)
def revoke_consent(book: Casebook, wish: RevokeConsent) -> Done:
    """End a consent for a reason of our own: the partner is not safe any more, or the agreement with it ended."""
    with book.write("consent.revoked") as act:
        consent = find_consent(act, wish.consent)
        scope = Scope(find_case(act, (consent.case_id or b"").hex(), "consent"), consent)
        given = WithdrawConsent(consent=wish.consent, classes=wish.classes, on=wish.on)
        row = add_withdrawal(act, scope, given, book.facts.code, ground=wish.ground.strip())
    return _done(act, row)


def _done(act: Act, row: Withdrawal) -> Done:
    """What was made; of several notices the one to whoever was written to last."""
    ids = {"withdrawal": row.id, "case": row.case_id or b""} | ({"consent": row.consent_id} if row.consent_id else {})
    notices = [made.id for made in act.made if isinstance(made, ConsentNotice)]
    return Done(act.id, act.changed, ids | ({"notice": notices[0]} if notices else {}), row.number or "")


def scope_of(act: Act, wish: WithdrawConsent) -> Scope:
    """What the wish is about: one consent, or everything in a case that fits."""
    if wish.consent is not None:
        consent = find_consent(act, wish.consent)
        return Scope(find_case(act, (consent.case_id or b"").hex(), "consent"), consent)
    case = find_case(act, wish.case or "", "case")
    partner = find_partner(act, wish.partner).id if wish.partner else None
    return Scope(case, None, partner, codes(act.rulebook, "consent_purpose", wish.purposes, "purposes"))


def add_withdrawal(
    act: Act, scope: Scope, wish: WithdrawConsent, laptop: str, *, ground: str = "", sheet: Id | None = None
) -> Withdrawal:
    """A withdrawal with everything that follows from it, inside any act that may.

    Raises ConsentWithdrawn or NothingToWithdraw where nothing is in force.
    """
    rules, consent, case = act.rulebook, scope.consent, scope.case
    row = Withdrawal(
        number=next_number(act, laptop, "W"),
        case_id=case.id,
        person_id=case.client_id,
        consent_id=consent.id if consent else None,
        partner_id=consent.partner_id if consent else scope.partner,
        purposes=" ".join([consent.purpose or ""] if consent else scope.purposes) or None,
        classes=" ".join(classes_given(act.rulebook, wish.classes)) or None,
        said_by=optional_code(rules, "withdrawer", wish.said_by, "said_by"),
        wishes=" ".join(codes(rules, "withdrawal_wish", wish.wishes, "wishes")) or None,
        ours=bool(ground) or None,
        ground=ground or None,
        language=optional_code(rules, "language", wish.language, "language"),
        signed_how=optional_code(rules, "signed_how", wish.signed_how, "signed_how"),
        withdrawn_on=past_day(wish.on, act.today),
        author_id=act.acting.staff_id,
        sheet_id=sheet,
    )
    act.add(row)
    _end_whole(act, scope, row)
    _follow_up(act, scope.case, row, not_wanted="do_not_tell" in wish.wishes)
    return row


def _end_whole(act: Act, scope: Scope, row: Withdrawal) -> None:
    """A consent of which nothing is left says so itself. Refuse where there was nothing to take back."""
    said, back = consents_said(act, scope.case), taken_back(row)
    hit = [each for each in said.agreed if touches(back, each)]
    rows = [found for each in hit if (found := act.session.get(Consent, each.id))]
    open_rows = [each for each in rows if each.state in IN_FORCE or act.is_disputed(each, "state")]
    if not open_rows:
        raise ConsentWithdrawn(place="consent") if scope.consent else NothingToWithdraw(place="case")
    for each in open_rows:
        if not row.classes:
            each.state, each.withdrawn_on, each.ours = "withdrawn", row.withdrawn_on, row.ours


def _follow_up(act: Act, case: Case, row: Withdrawal, *, not_wanted: bool) -> None:
    """Queued letters stop, printed ones are called back, whoever has received something is told; and the receipt."""
    said = consents_said(act, case)
    after = replace(said, taken_back=(*said.taken_back, taken_back(row)))
    _stop_referrals(act, case, row, after)
    told = [each for each in past_recipients(act, case) if _concerned(each, row)]
    for place, recipient in enumerate(told, 1):
        _add_notice(act, case, row, recipient, place, not_wanted=not_wanted)
    if row.sheet_id is None and not row.ours:
        row.sheet_id = add_receipt(act, case, row, told)


def _stop_referrals(act: Act, case: Case, row: Withdrawal, after: Consents) -> None:
    """Referrals to whom nothing may go any more end here; a letter that was printed already has to be found again."""
    printed, on = printed_unsent(act, case), row.withdrawn_on or act.today
    rows = act.session.query(Referral).filter(Referral.case_id == case.id, Referral.struck.is_not(True))
    for referral in rows.order_by(Referral.id):
        if may_leave(after, referral.partner_id, act.today, REFERRAL).anything or not _hits(row, referral):
            continue
        take_back(act, referral, "revoked" if row.ours else "withdrawn", max(on, referral.drafted_on or on))
        if referral.id in printed:
            _task(act, case, RECALL_RULE, referral.number or "", act.today)


def _hits(row: Withdrawal, referral: Referral) -> bool:
    purposes = (row.purposes or REFERRAL).split()
    return REFERRAL in purposes and row.partner_id in (None, referral.partner_id)


def _concerned(recipient: Recipient, row: Withdrawal) -> bool:
    """Whether a recipient can hold something of what was taken back."""
    if row.partner_id is not None and recipient.partner != row.partner_id:
        return False
    taken = taken_back(row).classes
    return not taken or bool(taken & recipient.classes)


def _add_notice(act: Act, case: Case, row: Withdrawal, to: Recipient, place: int, *, not_wanted: bool) -> None:
    due = None if not_wanted else act.today + timedelta(days=NOTICE_DAYS)
    notice = act.add(
        ConsentNotice(
            case_id=case.id,
            person_id=case.client_id,
            withdrawal_id=row.id,
            number=f"{row.number}/{place}",
            partner_id=to.partner,
            recipient=to.name or None,
            numbers=" ".join(each for each in to.numbers if each) or None,
            last_on=to.last_on,
            not_wanted=not_wanted or None,
            due_on=due,
        )
    )
    if due is not None:
        _task(act, case, NOTICE_RULE, notice.number or "", due)


def _task(act: Act, case: Case, rule: str, title: str, due: date) -> None:
    act.add(Task(case_id=case.id, title=title, due=due, rule_id=rule, assignee_id=case.worker_id))
