"""Consents: what a person agreed may be passed to whom, for what, until when; who explained it and who else agreed."""

from collections.abc import Sequence
from typing import Final

from kzcase.actions.checks import code, day, optional_code, past_day, unknown_code
from kzcase.actions.finding import find_attachment, find_consent, find_open_case, find_partner
from kzcase.actions.guards import will_wait
from kzcase.actions.wishes import Code, Done, IsoDate, Line, LookReason, Ref, Required, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case, Consent
from kzcase.db.tables.office import Partner
from kzcase.db.tables.people import Person
from kzcase.domain.classes import FieldClass
from kzcase.domain.consents import REFERRAL, Consents
from kzcase.domain.errors import ConsentWithdrawn, NotFound, NothingToChange, PartnerMissing
from kzcase.domain.ids import Id
from kzcase.domain.rulebook import Rulebook
from kzcase.domain.warned import Warned
from kzcase.queries.consents import consents_said

GIVEN: Final = "given"


class GiveConsent(Wish, frozen=True, kw_only=True):
    """Record what a person agreed to, or that they did not. Without a partner it is about our own office."""

    case: Ref
    purpose: Code
    classes: list[Code]
    language: Code
    partner: Ref | None = None
    interpreter: bool = False
    valid_until: IsoDate | None = None
    on: IsoDate | None = None
    state: Code = GIVEN
    given_by: Code | None = None
    assent: Code | None = None
    guardian: Code | None = None
    guardianship_told_on: IsoDate | None = None
    best_interests_on: IsoDate | None = None
    capacity: Code | None = None
    interpreter_name: Line = ""
    interpreter_from: Line = ""
    read_way: Code | None = None
    signed_how: Code | None = None
    witness: Line = ""
    sheet_copy: Code | None = None
    basis: Code | None = None
    withheld: Text = ""
    attachment: Ref | None = None
    """The scan of the signed sheet; `consent.signed` adds it later."""
    look_reason: LookReason | None = None


class CorrectConsent(Wish, frozen=True, kw_only=True):
    """Put right what was recorded otherwise than it was said, or settle what two laptops disagree about."""

    consent: Ref
    ground: Required
    partner: Ref | None = None
    purpose: Code | None = None
    classes: list[Code] | None = None
    valid_until: IsoDate | None = None
    state: Code | None = None
    given_by: Code | None = None
    assent: Code | None = None
    guardian: Code | None = None
    guardianship_told_on: IsoDate | None = None
    best_interests_on: IsoDate | None = None
    capacity: Code | None = None
    look_reason: LookReason | None = None


class BindSheet(Wish, frozen=True, kw_only=True):
    """Bind the scan of the signed sheet to a consent."""

    consent: Ref
    attachment: Ref
    look_reason: LookReason | None = None


@action("consent.given", GiveConsent)
def give_consent(book: Casebook, wish: GiveConsent) -> Done:
    """Record a consent, with the classes of field it covers and who else agreed."""
    with book.write("consent.given") as act:
        case = find_open_case(act, wish.case)
        row = add_consent(act, case, wish)
        warned = held_back(act, case, row)
    return Done(act.id, act.changed, {"consent": row.id, "case": case.id}, warned=warned)


def held_back(act: Act, case: Case, *rows: Consent) -> tuple[Warned, ...]:
    """What to say where somebody agreed to what a guard of the road holds back all the same; once for several parts."""
    partners = dict.fromkeys(row.partner_id for row in rows if row.state == GIVEN)
    found = (act.session.get(Partner, each or b"") for each in partners)
    return tuple(warned for partner in found for warned in will_wait(act, case, partner, "partner"))


def add_consent(act: Act, case: Case, wish: GiveConsent, sheet: Id | None = None, version: str = "") -> Consent:
    """A new consent inside any act that may; it stands in place of everything known for its recipient and purpose."""
    purpose = code(act.rulebook, "consent_purpose", wish.purpose, "purpose")
    if wish.partner is None and purpose == REFERRAL:
        raise PartnerMissing(place="partner")
    row = Consent(
        case_id=case.id,
        person_id=case.client_id,
        partner_id=find_partner(act, wish.partner).id if wish.partner else None,
        purpose=purpose,
        classes=" ".join(classes_given(act.rulebook, wish.classes)),
        language=code(act.rulebook, "language", wish.language, "language"),
        interpreter=wish.interpreter or bool(wish.interpreter_name.strip()),
        explained_by=act.acting.staff_id,
        state=decided(act, wish.state),
        given_on=past_day(wish.on, act.today),
        valid_until=day(wish.valid_until, "valid_until"),
        sheet_id=sheet,
        form_version=version or None,
    )
    _explained(act, row, wish)
    set_yeses(act, row, wish)
    row.after = follows(consents_said(act, case), row.partner_id, purpose)
    if wish.attachment is not None:
        bind(act, row, wish.attachment)
    return act.add(row)


def decided(act: Act, state: str) -> str:
    """What was decided; a consent never begins withdrawn."""
    if state == "withdrawn":
        states = act.rulebook.codes["consent_state"]
        raise unknown_code("consent_state", state, "state", {each: states.get(each) for each in ("given", "refused")})
    return code(act.rulebook, "consent_state", state, "state")


def follows(said: Consents, partner: Id | None, purpose: str) -> str:
    """The ids of every consent that a new one replaces, and of every withdrawal it was given in knowledge of."""
    before = [each for each in said.agreed if (each.recipient, each.purpose) == (partner, purpose)]
    back = [one.id for one in said.taken_back if one.consent is None and one.recipient in (None, partner)]
    return " ".join(sorted(each.hex() for each in {*(one.id for one in before), *back}))


def _explained(act: Act, row: Consent, wish: GiveConsent) -> None:
    """How it was explained and given: the sheet itself stays on paper or as a scan."""
    rules = act.rulebook
    row.interpreter_name = wish.interpreter_name.strip() or None
    row.interpreter_from = wish.interpreter_from.strip() or None
    row.read_way = optional_code(rules, "read_way", wish.read_way, "read_way")
    row.signed_how = optional_code(rules, "signed_how", wish.signed_how, "signed_how")
    row.witness, row.withheld = wish.witness.strip() or None, wish.withheld.strip() or None
    row.sheet_copy = optional_code(rules, "sheet_copy", wish.sheet_copy, "sheet_copy")
    row.basis = optional_code(rules, "emergency_basis", wish.basis, "basis")


def set_yeses(act: Act, row: Consent, wish: "GiveConsent | CorrectConsent") -> bool:
    """Who agreed, as far as the wish says; and which rule for their age held on that day. Says if anything was set."""
    said: dict[str, object] = {
        column: optional_code(act.rulebook, code_list, getattr(wish, column), column)
        for column, code_list in _YESES.items()
    }
    said |= {name: past_day(on, act.today, name) for name in _DAYS if (on := getattr(wish, name)) is not None}
    given = {column: value for column, value in said.items() if value is not None}
    new = [name for name, value in given.items() if getattr(row, name) != value or act.is_disputed(row, name)]
    for column, value in given.items():
        setattr(row, column, value)
    person = act.session.get(Person, row.person_id or b"")
    rule = act.rulebook.consent_ages.for_age(person.birth if person else None, row.given_on or act.today)
    row.age_rule = rule.text.id if rule else None
    return bool(new)


_YESES: Final = {
    "given_by": "consent_giver",
    "assent": "consent_assent",
    "guardian": "consent_guardian",
    "capacity": "capacity",
}
_DAYS: Final = ("guardianship_told_on", "best_interests_on")


def classes_given(rulebook: Rulebook, given: Sequence[str]) -> list[FieldClass]:
    """Classes of field by name, each once, in their own order."""
    for index, name in enumerate(given):
        if name not in set(FieldClass):
            known = rulebook.codes["field_class"]
            raise unknown_code("field_class", name, f"classes[{index}]", {each: known.get(each) for each in FieldClass})
    return [field_class for field_class in FieldClass if field_class in given]


@action("consent.corrected", CorrectConsent)
def correct_consent(book: Casebook, wish: CorrectConsent) -> Done:
    """Put a consent right. Whoever agreed to more than before gives a new one; a withdrawn one stays withdrawn."""
    with book.write("consent.corrected") as act:
        row = find_consent(act, wish.consent)
        if row.state == "withdrawn" and not (wish.state and act.is_disputed(row, "state")):
            raise ConsentWithdrawn(place="consent")
        if not _correct(act, row, wish) | set_yeses(act, row, wish):
            raise NothingToChange(place="consent")
        row.correction = wish.ground.strip()
        warned = held_back(act, act.session.get_one(Case, row.case_id), row)
    return Done(act.id, act.changed, {"consent": row.id}, warned=warned)


def _correct(act: Act, row: Consent, wish: CorrectConsent) -> bool:
    """Set what the wish says; whether anything of it is new or settles a dispute."""
    given = {
        "partner_id": find_partner(act, wish.partner).id if wish.partner else None,
        "purpose": optional_code(act.rulebook, "consent_purpose", wish.purpose, "purpose"),
        "classes": None if wish.classes is None else " ".join(classes_given(act.rulebook, wish.classes)),
        "valid_until": day(wish.valid_until, "valid_until"),
        "state": None if wish.state is None else decided(act, wish.state),
    }
    said = {name: value for name, value in given.items() if value is not None}
    new = [name for name, value in said.items() if getattr(row, name) != value or act.is_disputed(row, name)]
    for name, value in said.items():
        setattr(row, name, value)
    if row.state != "withdrawn":
        row.withdrawn_on = None
    return bool(new)


@action("consent.signed", BindSheet)
def bind_sheet(book: Casebook, wish: BindSheet) -> Done:
    """Say that this scan is the signed sheet; it names the version of the text that stood above the signature."""
    with book.write("consent.signed") as act:
        row = find_consent(act, wish.consent)
        if not bind(act, row, wish.attachment):
            raise NothingToChange(place="attachment")
    return Done(act.id, act.changed, {"consent": row.id, "attachment": row.attachment_id or b""})


def bind(act: Act, row: Consent, reference: str) -> bool:
    """Bind a scan of the same case, and the version it was signed on. Says whether anything changed."""
    scan = find_attachment(act, reference)
    if scan.case_id != row.case_id:
        raise NotFound(place="attachment", what=reference[:64])
    changed = row.attachment_id != scan.id
    row.attachment_id, row.form_version = scan.id, scan.version or row.form_version
    return changed
