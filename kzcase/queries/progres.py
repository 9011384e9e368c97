"""The fields UNHCR's proGres v4 takes with a referral, read off a case without typing anything again.

Only what the person's consent for this very partner covers has a value; everything else is named with its reason.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case, Referral
from kzcase.db.tables.people import Person, PersonName
from kzcase.domain.classes import FieldClass
from kzcase.domain.consents import STAYS_WORDS, MayLeave, Stays
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.i18n import Words, _
from kzcase.queries.case_page import name_of
from kzcase.queries.consents import leaving
from kzcase.queries.incidents import must_not_be_stopped
from kzcase.queries.letters import organisation
from kzcase.queries.reach import must_be_open
from kzcase.queries.referrals import referral_named
from kzcase.queries.safe_phones import phones_that_may_leave, without_rules

SEX: Final[Mapping[str, str]] = {"female": "125080000", "male": "125080001", "other": "125080002"}
"""The option set of proGres v4; everything else is unknown."""
_UNKNOWN_SEX: Final = "125080003"
NOT_KNOWN: Final = _("not known here")
MANDATORY: Final = frozenset({"intervention_type", "individual_id", "registration_group", "given_name", "family_name"})
"""What proGres does not take a referral without."""
_WHO, _CONTACT = FieldClass.IDENTIFYING, FieldClass.CONTACT
_HELP, _TOLD, _FIGURES = FieldClass.OPERATIONAL, FieldClass.SENSITIVE, FieldClass.STATISTICAL
_LANGUAGES: Final[Mapping[str, str]] = {"kk": "KAZ", "ru": "RUS", "en": "ENG", "uz": "UZB", "ky": "KIR", "tg": "TGK",
                                        "prs": "PRS", "ug": "UIG", "tr": "TUR"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProgresField:
    """One field: its value, or why there is none."""

    name: str
    value: str | None
    missing: Words | None
    mandatory: bool


def progres_fields(reader: Reader, reference: str) -> tuple[ProgresField, ...]:
    """The whole set for one referral, by number or id, in the order of proGres."""
    reader.must_be_allowed(Permission.REFER)
    referral = referral_named(reader, reference)
    must_be_open(reader, referral.case_id, reference, "referral")
    must_not_be_stopped(reader, referral.partner_id, "referral")
    case = reader.session.get_one(Case, referral.case_id)
    may = leaving(reader, case, referral.partner_id)
    return tuple(_field(name, of, value, may) for name, of, value in _facts(reader, referral, case))


def missing_of(fields: tuple[ProgresField, ...]) -> tuple[str, ...]:
    """The fields without which proGres does not take it."""
    return tuple(each.name for each in fields if each.mandatory and each.value is None)


def _field(name: str, of: FieldClass, value: str | None, may: MayLeave) -> ProgresField:
    if of not in may.classes:
        return ProgresField(name, None, STAYS_WORDS[may.why_not(of) or Stays.NO_CONSENT], name in MANDATORY)
    return ProgresField(name, value or None, None if value else NOT_KNOWN, name in MANDATORY)


def _facts(reader: Reader, referral: Referral, case: Case) -> Iterator[tuple[str, FieldClass, str | None]]:
    person = reader.session.get_one(Person, case.client_id)
    office = organisation(reader)
    yield "individual_id", _WHO, None
    yield "registration_group", _WHO, None
    yield from _names(reader, person)
    yield "date_of_birth", _WHO, person.birth
    yield "sex", _FIGURES, SEX.get(person.sex or "", _UNKNOWN_SEX)
    yield "phone", _CONTACT, _phone(reader, person.id)
    for level in range(1, 7):
        yield f"address_level_{level}", _CONTACT, "KAZ" if level == 1 else case.region if level == 2 else None
    yield "language", _FIGURES, _LANGUAGES.get(person.language or "", (person.language or "").upper())
    yield "specific_needs", _TOLD, None
    yield "priority", _HELP, {"immediate": "1", "urgent": "2", "routine": "3"}.get(referral.urgency or "")
    yield "intervention_number", _HELP, referral.number
    yield "intervention_type", _HELP, referral.need
    yield "start_date", _HELP, (referral.sent_on or referral.drafted_on or reader.today).isoformat()
    yield "reason", _TOLD, referral.reason
    yield "requesting_partner", _HELP, office.name
    yield "requesting_phone", _HELP, office.phone
    yield "requesting_mail", _HELP, office.email
    yield "requesting_user", _HELP, name_of(reader, case.worker_id or referral.author_id)


def _names(reader: Reader, person: Person) -> Iterator[tuple[str, FieldClass, str | None]]:
    query = select(PersonName).where(PersonName.person_id == person.id, PersonName.struck.is_not(True))
    rows = list(reader.session.scalars(query.order_by(PersonName.position, PersonName.id)))
    first = rows[0] if rows else None
    yield "given_name", _WHO, first.given if first else None
    yield "middle_name", _WHO, first.patronymic if first else None
    yield "family_name", _WHO, first.family if first else None
    yield "commonly_used_name", _WHO, person.shown_name


def _phone(reader: Reader, person: Id) -> str | None:
    """A number that may be called; one with rules does not fit into this field, so it stays out."""
    return next((row.number for row in phones_that_may_leave(reader, person) if without_rules(row)), None)
