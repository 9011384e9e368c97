"""Consents: what a person agreed may be passed to a named partner, in which classes of field, until when."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from kzcase.actions.checks import code, day, past_day
from kzcase.actions.finding import find_consent, find_open_case, find_partner
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case, Consent
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import ConsentWithdrawn, UnknownCode

REFERRAL: Final = "referral"
"""The purpose that lets a letter about somebody go to a partner; another purpose does not."""


class GiveConsent(Wish, frozen=True, kw_only=True):
    """Record that a person agreed."""

    case: Ref
    partner: Ref
    purpose: Code
    classes: list[Code]
    language: Code
    interpreter: bool = False
    valid_until: IsoDate | None = None
    on: IsoDate | None = None
    look_reason: LookReason | None = None


class WithdrawConsent(Wish, frozen=True, kw_only=True):
    """Record that a person took their consent back."""

    consent: Ref
    on: IsoDate | None = None
    look_reason: LookReason | None = None


@action("consent.given", GiveConsent)
def give_consent(book: Casebook, wish: GiveConsent) -> Done:
    """Record a consent, with the classes of field it covers."""
    with book.write("consent.given") as act:
        case = find_open_case(act, wish.case)
        consent = act.add(
            Consent(
                case_id=case.id,
                person_id=case.client_id,
                partner_id=find_partner(act, wish.partner).id,
                purpose=code(act.rulebook, "consent_purpose", wish.purpose, "purpose"),
                classes=" ".join(classes_given(wish.classes)),
                language=code(act.rulebook, "language", wish.language, "language"),
                interpreter=wish.interpreter,
                explained_by=act.acting.staff_id,
                state="given",
                given_on=past_day(wish.on, act.today),
                valid_until=day(wish.valid_until, "valid_until"),
            )
        )
    return Done(act.id, act.changed, {"consent": consent.id, "case": case.id})


def classes_given(given: Sequence[str]) -> list[FieldClass]:
    """Classes of field by name, each once, in their own order."""
    for index, name in enumerate(given):
        if name not in set(FieldClass):
            raise UnknownCode(place=f"classes[{index}]", list="field_class", code=name[:64], choices=list(FieldClass))
    return [field_class for field_class in FieldClass if field_class in given]


@action("consent.withdrawn", WithdrawConsent)
def withdraw_consent(book: Casebook, wish: WithdrawConsent) -> Done:
    """Record a withdrawal: from now on nothing more goes to that partner. Help to the person goes on."""
    with book.write("consent.withdrawn") as act:
        consent = find_consent(act, wish.consent)
        if consent.state == "withdrawn" and not act.is_disputed(consent, "state"):
            raise ConsentWithdrawn(place="consent")
        consent.state, consent.withdrawn_on = "withdrawn", past_day(wish.on, act.today)
    return Done(act.id, act.changed, {"consent": consent.id})


def covering_consent(act: Act, case: Case, partner_id: bytes, on: date) -> Consent | None:
    """The consent to referral to one partner in force on a day: given by then, not withdrawn anywhere, still valid."""
    agreed = (Consent.case_id == case.id, Consent.partner_id == partner_id, Consent.purpose == REFERRAL)
    query = select(Consent).where(*agreed)
    for consent in act.session.scalars(query.order_by(Consent.given_on.desc())):
        valid = consent.valid_until is None or consent.valid_until >= on
        given = consent.given_on is None or consent.given_on <= on
        if consent.state == "given" and given and valid and not consent.struck:
            return consent
    return None
