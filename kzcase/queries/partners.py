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

    A key in place of another counts only if two people entered and confirmed it, whatever a laptop wrote down.
    """
    alone = bool((office := reader.session.get(Organisation, reader.organisation)) and office.one_person)
    trusted: PartnerKey | None = None
    for row in _rows(reader, partner):
        if row.state == CONFIRMED and (trusted is None or alone or row.confirmed_by != row.entered_by):
            trusted = row
    return trusted


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
