"""The directory of partners: what is known of each, whether their key is trusted, and whom to ask for a need."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case, Consent
from kzcase.db.tables.office import Partner
from kzcase.db.tables.organisation import Organisation
from kzcase.db.tables.people import Person
from kzcase.db.tables.referrals import PartnerKey
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.rows import PartnerRow
from kzcase.domain.suggestions import Suggestion, Wanted, is_old, suggested
from kzcase.queries.consents import leaving
from kzcase.queries.reach import must_be_open
from kzcase.queries.signed_by import Signed, signed_by
from kzcase.queries.veil import Veil

ENTERED: Final = "entered"
CONFIRMED: Final = "confirmed"
_PLAIN: Final = (
    *("kind", "region", "address", "phone", "contact", "hours", "eligibility"),
    *("agreement_from", "agreement_to", "verified_on"),
)


def partner_list(reader: Reader) -> list[PartnerRow]:
    """Partners by name."""
    query = select(Partner).where(Partner.struck.is_not(True)).order_by(Partner.name, Partner.id)
    keys, veil = _keys(reader), Veil(reader, "partners")
    return [_row(veil, row, keys.get(row.id, "")) for row in reader.session.scalars(query)]


def partner_row(reader: Reader, reference: str) -> PartnerRow:
    """One partner by id or exact name."""
    found = next((row for row in partner_list(reader) if reference in (row.id, row.name)), None)
    if found is None:
        raise NotFound(place="partner", what=reference[:64])
    return found


def to_verify(reader: Reader) -> list[PartnerRow]:
    """Partners whose entry was checked long ago: somebody should ask whether it still holds."""
    return [row for row in partner_list(reader) if is_old(row, reader.today)]


def suggestions(reader: Reader, case_id: str, need: str = "") -> Sequence[Suggestion]:
    """Whom to ask for a need of the person of a case, the best first."""
    case_key = from_hex(case_id)
    must_be_open(reader, case_key, case_id)
    case = reader.session.get_one(Case, case_key)
    person = reader.session.get(Person, case.client_id or b"")
    wanted = Wanted(
        need=need,
        region=case.region or "",
        language=(person.language if person else None) or "",
        today=reader.today,
        agreed=_agreed(reader, case),
    )
    codes = reader.rulebook.codes
    return suggested(partner_list(reader), wanted, codes["need"], codes["region_centre"])


def trusted_key(reader: Reader, partner: Id) -> PartnerKey | None:
    """The key packages for a partner are closed to: the one confirmed last, and only by whoever may confirm it.

    Who entered and who confirmed it is read off the signed acts, never off the row. A key of two people counts before
    any other. One of a single person is the first of its partner: where there are several such, none is trusted.
    """
    confirmed = confirmed_keys(reader, partner)
    authors = _authors(reader, confirmed)
    signed = [row for row in confirmed if all(authors[row.id])]
    office = reader.session.get(Organisation, reader.organisation)
    if office and office.one_person:
        return signed[-1] if signed else None
    by_two = [row for row in signed if any(each not in authors[row.id][0] for each in authors[row.id][1])]
    if by_two:
        return by_two[-1]
    return signed[0] if len(signed) == 1 else None


def confirmed_keys(reader: Reader, partner: Id) -> list[PartnerKey]:
    """Every key of a partner that a laptop wrote down as confirmed, trusted or not; the latest last."""
    return [row for row in _rows(reader, partner) if row.state == CONFIRMED]


def _authors(reader: Reader, rows: Sequence[PartnerKey]) -> Mapping[Id, tuple[frozenset[Id], frozenset[Id]]]:
    """Who signed that a key was entered, and who that it was confirmed; nobody where another kind of act says so."""
    ids = [row.id for row in rows]
    entered = signed_by(reader, "partner_keys", ids, "public", ever=True)
    stated = signed_by(reader, "partner_keys", ids, "state")
    return {
        each: (_by(entered[each], "partner.key_entered"), _by(stated[each], "partner.key_confirmed")) for each in ids
    }


def _by(acts: Sequence[Signed], kind: str) -> frozenset[Id]:
    """Their authors; nobody as soon as one of the acts is of another kind."""
    return frozenset(each.author for each in acts) if all(each.kind == kind for each in acts) else frozenset()


def waiting_key(reader: Reader, partner: Id) -> PartnerKey | None:
    """A key that was entered and not confirmed yet, the latest."""
    return next((row for row in reversed(_rows(reader, partner)) if row.state == ENTERED), None)


def _rows(reader: Reader, partner: Id) -> list[PartnerKey]:
    query = select(PartnerKey).where(PartnerKey.partner_id == partner, PartnerKey.struck.is_not(True))
    rows = reader.session.scalars(query)
    return sorted(rows, key=lambda row: (str(row.confirmed_at or row.entered_at or ""), row.id))


def _keys(reader: Reader) -> Mapping[Id, str]:
    partners = set(reader.session.scalars(select(PartnerKey.partner_id).where(PartnerKey.struck.is_not(True))))
    return {each: CONFIRMED if trusted_key(reader, each) else ENTERED for each in partners if each}


def _agreed(reader: Reader, case: Case) -> frozenset[str]:
    """The partners to whom something may go now."""
    query = select(Consent.partner_id).where(Consent.case_id == case.id, Consent.struck.is_not(True))
    partners = {each for each in reader.session.scalars(query) if each}
    return frozenset(each.hex() for each in partners if leaving(reader, case, each).consent)


def _row(veil: Veil, row: Partner, key: str) -> PartnerRow:
    seen, hidden = veil.over({"referral_contact": row.referral_contact})
    return PartnerRow(
        id=row.id.hex(),
        name=row.name or "",
        languages=tuple((row.languages or "").split()),
        services=tuple((row.services or "").split()),
        regions=tuple((row.regions or "").split()),
        referral_contact=seen["referral_contact"],
        key=key,
        masked=hidden,
        **{name: getattr(row, name) for name in _PLAIN},
    )
