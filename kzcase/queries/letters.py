"""What leaves the house on paper: the letter of a referral with only what its consent covers, and consent sheets."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case, Consent, Referral
from kzcase.db.tables.office import Partner
from kzcase.db.tables.organisation import Organisation as OrganisationTable
from kzcase.db.tables.people import Citizenship, Person, PersonName, Phone
from kzcase.domain.classes import FieldClass
from kzcase.domain.consents import MayLeave, Stays
from kzcase.domain.dates import parse_edtf
from kzcase.domain.errors import BadInput, NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.papers import (
    ConsentSheet,
    Organisation,
    PrintedField,
    ReferralLetter,
    SheetHeader,
    Standing,
    Text,
    class_choices,
    may_print,
)
from kzcase.domain.permissions import Permission
from kzcase.domain.warned import Warned
from kzcase.i18n import LANGUAGES, Language, Words, _, render, verbatim
from kzcase.queries.agreements import agreement_ended
from kzcase.queries.case_page import name_of
from kzcase.queries.consents import classes_of, leaving
from kzcase.queries.incidents import must_not_be_stopped
from kzcase.queries.reach import must_be_open
from kzcase.queries.safe_phones import phones_that_may_leave
from kzcase.queries.spellings import on_paper
from kzcase.queries.veil import Veil

_NO_REPLY: Final = "no_answer"
_REQUEST: Final = (
    (FieldClass.SENSITIVE, _("Why we ask you")),
    (FieldClass.OPERATIONAL, _("What is needed")),
)
"""What the request itself says, each with its class."""


def covered(reader: Reader, case: Case, partner: Id | None) -> MayLeave:
    """What may go to one partner with a letter now: decided in one place for everything that leaves."""
    return leaving(reader, case, partner)


def letter_language(wanted: str | None) -> Language:
    """The language of a letter: the referral's, where paper speaks it, else Kazakh."""
    return next((each for each in LANGUAGES if each == wanted), "kk")


def referral_letter_row(reader: Reader, referral_id: str, language: Language | None = None) -> ReferralLetter:
    """The letter of a referral, named by id or number, in its own language or another.

    Only fields of classes that the person's consent for this very partner covers today are in the row at all; the
    roles' mask does not matter here, because a letter is for the partner, not for the screen.
    """
    reader.must_be_allowed(Permission.REFER)
    referral = _referral(reader, referral_id)
    must_be_open(reader, referral.case_id, referral_id, "referral")
    must_not_be_stopped(reader, referral.partner_id, "referral")
    case = reader.session.get_one(Case, referral.case_id)
    partner = reader.session.get_one(Partner, referral.partner_id)
    found = covered(reader, case, partner.id)
    allowed, standing = found.classes, standing_of(found)
    speak = language or letter_language(referral.language)
    names, said_of_help = reader.rulebook.codes, FieldClass.OPERATIONAL in allowed
    return ReferralLetter(
        header=replace(header(reader, "P12", referral.number or ""), mark=_mark(standing, referral)),
        partner=partner.name or "",
        partner_address=partner.address or "",
        client=may_print(tuple(_client(reader, case.client_id or b"", speak, allowed)), allowed),
        allowed=allowed,
        need=names["need"].name(referral.need, speak) if referral.need and said_of_help else "",
        reason=(referral.reason or "") if FieldClass.SENSITIVE in allowed else "",
        worker=name_of(reader, case.worker_id or referral.author_id) or "",
        contact="",
        replies=tuple(
            verbatim(code.name(speak)) for code in names["referral_outcome"].choices() if code.code != _NO_REPLY
        ),
        reply_by=referral.reply_by,
        urgency=verbatim(names["urgency"].name(referral.urgency, speak)) if referral.urgency and said_of_help else None,
        standing=standing,
    )


def standing_of(found: MayLeave) -> Standing:
    """What a letter rests on: an emergency says so itself, because not all of it was agreed."""
    if found.emergency:
        return Standing.EMERGENCY
    if found.consent:
        return Standing.AGREED
    return Standing.WITHDRAWN if Stays.WITHDRAWN in found.stays.values() else Standing.NOTHING


def _mark(standing: Standing, referral: Referral) -> Words | None:
    """What stands above the letter: paper outlives the screen that warned of it."""
    if not standing.may_leave:
        return NOT_TO_LEAVE
    return None if referral.sent_on else DRAFT


DRAFT: Final = _("DRAFT · not sent yet")
NOT_TO_LEAVE: Final = _("TO BE GIVEN TO NOBODY · no consent in force")
WITHDRAWN: Final = _("The consent was withdrawn: nothing about the person is on this letter. Give it to nobody.")
NOTHING_STANDS: Final = _("No consent in force: nothing about the person is on this letter. Give it to nobody.")
SAYS_NOTHING: Final = _("The consent covers neither what is needed nor why: the letter does not say what you ask for.")
"""Said before a letter leaves from which nobody could learn what is asked of them."""


def to_know(reader: Reader, referral_id: str, letter: ReferralLetter) -> tuple[Words, ...]:
    """What whoever prints a letter has to know: that nothing lets it go, that it says nothing, or that it
    is not sent yet."""
    referral = _referral(reader, referral_id)
    if not letter.standing.may_leave:
        return (WITHDRAWN if letter.standing is Standing.WITHDRAWN else NOTHING_STANDS,)
    empty = bool(referral.need or referral.reason) and not (letter.need or letter.reason)
    draft = _("Referral {number} has not been sent yet: this letter is a draft.", number=referral.number or "")
    return (*((SAYS_NOTHING,) if empty else ()), *(() if referral.sent_on else (draft,)))


@dataclass(frozen=True, slots=True)
class ClassOnLetter:
    """One class of field on a letter to one partner: what it is made of, whether it goes, and if not, why.

    Never a value.
    """

    field_class: FieldClass
    labels: tuple[Words, ...]
    goes: bool
    why: Stays | None = None


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a letter to one partner would hold today, class by class; `consent` is empty where there is none.

    `emergency`: it goes without consent, because of one. `lacks` is what is missing before a consent holds, `until`
    the last day of it, `withheld` what the person asked not to be told. `against`: what the office should know of
    the partner first.
    """

    consent: str
    classes: tuple[ClassOnLetter, ...]
    emergency: bool = False
    disputed: bool = False
    lacks: tuple[str, ...] = ()
    until: date | None = None
    withheld: str | None = None
    against: tuple[Warned, ...] = ()


def says_something(found: Leaving) -> bool:
    """Whether a partner could learn from the letter what is asked of them, or why."""
    asked = {field_class for field_class, _label in _REQUEST}
    return any(each.goes for each in found.classes if each.field_class in asked)


def what_leaves(reader: Reader, case_id: str, partner_id: str) -> Leaving:
    """What would leave with a referral of a case to a partner (both by id): names of fields only."""
    reader.must_be_allowed(Permission.REFER)
    must_be_open(reader, from_hex(case_id))
    case = reader.session.get_one(Case, from_hex(case_id))
    found = covered(reader, case, from_hex(partner_id))
    everything = frozenset(FieldClass)
    labels: dict[FieldClass, dict[str, Words]] = {each: {} for each in FieldClass}
    for field in _client(reader, case.client_id or b"", "en", everything):
        labels[field.field_class][field.label.msgid] = field.label
    for field_class, label in _REQUEST:
        labels[field_class][label.msgid] = label
    classes = tuple(
        ClassOnLetter(each, tuple(said.values()), each in found.classes, found.why_not(each))
        for each, said in labels.items()
        if said
    )
    consent = reader.session.get(Consent, found.consent) if found.consent else None
    withheld = consent.withheld if consent and not Veil(reader, "consents").hides("withheld") else None
    return Leaving(
        found.consent.hex(),
        classes,
        bool(found.emergency),
        found.disputed,
        found.lacks,
        found.until,
        withheld,
        agreement_ended(reader, from_hex(partner_id), "partner"),
    )


def _referral(reader: Reader, reference: str) -> Referral:
    by_id = from_hex(reference)
    found = reader.session.get(Referral, by_id) if by_id else None
    if found is None:
        found = reader.session.scalars(select(Referral).where(Referral.number == reference.strip())).first()
    if found is None or found.struck:
        raise NotFound(place="referral", what=reference[:64])
    return found


def header(reader: Reader, code: str, number: str = "", version: str = "1") -> SheetHeader:
    """The head and foot of a paper printed today in this office."""
    office = reader.session.get(OrganisationTable, reader.organisation)
    demonstration, alone = bool(office and office.demonstration), bool(office and office.one_person)
    return SheetHeader(organisation(reader), code, version, reader.today, number, demonstration, alone)


def organisation(reader: Reader) -> Organisation:
    """Who we are and how partners reach us, as far as an administrator has written it down."""
    office = reader.session.get(OrganisationTable, reader.organisation)
    if office is None:
        return Organisation("")
    return Organisation(office.name or "", office.address or "", office.phone or "", office.email or "")


def _client(
    reader: Reader, person_id: Id, language: Language, allowed: frozenset[FieldClass]
) -> Iterator[PrintedField]:
    """Everything a letter could say about the client, each with its class."""
    person = reader.session.get_one(Person, person_id)
    who, figures = FieldClass.IDENTIFYING, FieldClass.STATISTICAL
    yield from (PrintedField(label, value, who) for label, value in _names(reader, person))
    if person.birth:
        yield PrintedField(_("Date of birth"), _born(person.birth), who)
    lists = reader.rulebook.codes
    if person.sex:
        yield PrintedField(_("Sex"), lists["sex"].name(person.sex, language), figures)
    countries = [row.country for row in _rows(reader, Citizenship, person_id) if row.country]
    if countries:
        said = ", ".join(lists["country"].name(country, language) for country in countries)
        yield PrintedField(_("Citizenship"), said, figures)
    if person.language:
        yield PrintedField(_("Language"), lists["language"].name(person.language, language), figures)
    for row in phones_that_may_leave(reader, person_id):
        yield from _phone(reader, row, language, allowed)


def _names(reader: Reader, person: Person) -> Iterator[tuple[Words, str]]:
    first, *others = _spellings(reader, person) or ("",)
    if first:
        yield _("Name"), first
    if others:
        yield _("Also written"), "; ".join(others)


def _spellings(reader: Reader, person: Person) -> tuple[str, ...]:
    return on_paper(person.shown_name or "", [_full(row) for row in _rows(reader, PersonName, person.id)])


def _full(row: PersonName) -> str:
    return " ".join(part for part in (row.family, row.given, row.patronymic) if part)


def _born(birth: str) -> Text:
    try:
        return parse_edtf(birth).words()
    except BadInput:
        return birth


def calling_rules(hours: str | None, who: str | None, say: str | None, language: Language) -> list[str]:
    """When a number may be called, who may answer and who to say one is, each in words of the paper's language."""
    rules = (
        (hours, _("When: {text}", text=hours)),
        (who, _("May answer: {text}", text=who)),
        (say, _("Say that we are: {text}", text=say)),
    )
    return [render(words, language) for said, words in rules if said]


def _phone(reader: Reader, row: Phone, language: Language, allowed: frozenset[FieldClass]) -> Iterator[PrintedField]:
    """A number never leaves without its rules."""
    rules = [reader.rulebook.name("safe_contact", row.safe, language)] if row.safe else []
    rules += calling_rules(row.hours, row.who_may_answer, row.say_we_are, language)
    number = row.number or ""
    if row.code_word and FieldClass.SENSITIVE not in allowed:
        number = render(_("{phone}; ask us for the code word before calling", phone=number), language)
    yield PrintedField(_("Phone"), "\n".join([number, *rules]), FieldClass.CONTACT)
    if row.code_word:
        yield PrintedField(_("Code word"), row.code_word, FieldClass.SENSITIVE)


def _rows(reader: Reader, table: Any, person_id: Id) -> list[Any]:
    query = select(table).where(table.person_id == person_id, table.struck.is_not(True))
    return list(reader.session.scalars(query.order_by(table.position, table.id)))


def consent_sheet_row(reader: Reader, consent_id: str, language: Language) -> ConsentSheet:
    """A recorded consent as the sheet the client signs. The name is there: the client signs as themselves."""
    reader.must_be_allowed(Permission.WORK_ON_CASES)
    row = reader.session.get(Consent, from_hex(consent_id) or b"")
    if row is None or row.struck:
        raise NotFound(place="consent", what=consent_id[:64])
    must_be_open(reader, row.case_id, consent_id, "consent")
    case = reader.session.get(Case, row.case_id)
    partner = reader.session.get(Partner, row.partner_id)
    person = reader.session.get(Person, row.person_id)
    lists = reader.rulebook.codes
    return ConsentSheet(
        header=header(reader, "P03", (case.number if case else None) or ""),
        recipient=(partner.name if partner else None) or "",
        purpose=lists["consent_purpose"].name(row.purpose, language) if row.purpose else "",
        classes=class_choices(classes_of(row.classes)),
        client=next(iter(_spellings(reader, person)), "") if person else "",
        given_on=row.given_on,
        valid_until=row.valid_until,
        language=lists["language"].name(row.language, language) if row.language else "",
        explained_by=name_of(reader, row.explained_by) or "",
    )
