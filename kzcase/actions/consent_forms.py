"""A filled-in form of consent or withdrawal becomes its record: by an act of its own, which somebody wished for."""

from typing import Any

import msgspec

from kzcase.actions.checks import codes
from kzcase.actions.consent_withdrawals import Scope, WithdrawConsent, add_withdrawal
from kzcase.actions.consents import GiveConsent, add_consent, held_back
from kzcase.actions.finding import find_case, find_open_case, find_partner
from kzcase.actions.wishes import Done, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import AnswerSheet, Case, Consent
from kzcase.domain.errors import ConsentFromForm, NotFound, RecipientUnknown, SheetNotConsent
from kzcase.domain.ids import from_hex
from kzcase.queries.consent_forms import Part, Proposal, consent_proposal


class RecordConsent(Wish, frozen=True, kw_only=True):
    """Make the record of what a form of consent says. `partner`: who is meant, where the form's name is not known."""

    sheet: Ref
    partner: Ref | None = None
    look_reason: LookReason | None = None


class RecordWithdrawal(Wish, frozen=True, kw_only=True):
    """Make the record of what a form of withdrawal says."""

    sheet: Ref
    partner: Ref | None = None
    look_reason: LookReason | None = None


@action("consent.recorded", RecordConsent)
def record_consent(book: Casebook, wish: RecordConsent) -> Done:
    """Record every consent of a form, given or refused, each bound to the form and the version that was filled in."""
    with book.write("consent.recorded") as act:
        found = _proposal(act, wish.sheet)
        if found.withdraws:
            raise SheetNotConsent(place="sheet")
        case, partner = find_open_case(act, found.case, "sheet"), _partner(act, found, wish.partner)
        made = [_add(act, case, found, part, partner) for part in found.parts]
        warned = held_back(act, case, *made)
    return Done(act.id, act.changed, {"consent": made[0].id, "case": case.id}, warned=warned)


@action("withdrawal.recorded", RecordWithdrawal)
def record_withdrawal(book: Casebook, wish: RecordWithdrawal) -> Done:
    """Record the withdrawal a form holds, with everything that follows from it."""
    with book.write("withdrawal.recorded") as act:
        found = _proposal(act, wish.sheet)
        if not found.withdraws:
            raise SheetNotConsent(place="sheet")
        case, partner = find_case(act, found.case, "sheet"), _partner(act, found, wish.partner)
        said = msgspec.convert({"case": found.case, **found.more}, WithdrawConsent)
        purposes = codes(act.rulebook, "consent_purpose", said.purposes, "purposes")
        scope = Scope(case, None, from_hex(partner or ""), purposes)
        row = add_withdrawal(act, scope, said, book.facts.code, sheet=from_hex(found.sheet))
    return Done(act.id, act.changed, {"withdrawal": row.id, "case": case.id}, row.number or "")


def _add(act: Act, case: Case, found: Proposal, part: Part, partner: str | None) -> Consent:
    said: dict[str, Any] = {"purpose": part.purpose, "classes": list(part.classes), "state": part.state, **found.more}
    wish = msgspec.convert({"case": found.case, "partner": partner, **said}, GiveConsent)
    return add_consent(act, case, wish, from_hex(found.sheet), found.version)


def _proposal(act: Act, sheet: str) -> Proposal:
    row = act.session.get(AnswerSheet, from_hex(sheet) or b"")
    if row is None or row.struck:
        raise NotFound(place="sheet", what=sheet[:64])
    find_case(act, (row.case_id or b"").hex(), "sheet")
    found = consent_proposal(act, row.id.hex())
    if found.done:
        raise ConsentFromForm(place="sheet")
    return found


def _partner(act: Act, found: Proposal, named: str | None) -> str | None:
    """Whom the form means; somebody says it where its name is not among the partners."""
    if named:
        return find_partner(act, named).id.hex()
    if found.needs_partner:
        raise RecipientUnknown(place="partner")
    return found.partner or None
