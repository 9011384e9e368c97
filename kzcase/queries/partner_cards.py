"""The card of the partner somebody is referred to: what the directory says, and the appointment if there is one."""

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.office import Partner
from kzcase.db.tables.referrals import ReferralStep
from kzcase.domain.ids import Id
from kzcase.domain.partner_papers import PartnerCard
from kzcase.domain.permissions import Permission
from kzcase.domain.referrals import APPOINTMENT
from kzcase.i18n import Language, verbatim
from kzcase.queries.letters import header
from kzcase.queries.reach import must_be_open
from kzcase.queries.referral_states import standing_of
from kzcase.queries.referrals import referral_named


def partner_card_row(reader: Reader, referral_id: str, language: Language) -> PartnerCard:
    """The card for one referral, by id or number. Nothing on it says what the referral is about."""
    reader.must_be_allowed(Permission.REFER)
    referral = referral_named(reader, referral_id)
    must_be_open(reader, referral.case_id, referral_id, "referral")
    case = reader.session.get_one(Case, referral.case_id)
    partner = reader.session.get_one(Partner, referral.partner_id)
    lists = reader.rulebook.codes
    spoken = [lists["language"].name(code, language) for code in (partner.languages or "").split()]
    given = [verbatim(lists["need"].name(code, language)) for code in (partner.services or "").split()]
    waits = standing_of(reader, referral).state == APPOINTMENT
    return PartnerCard(
        header=header(reader, "P13", case.number or ""),
        name=partner.name or "",
        kind=lists["organisation"].name(partner.kind, language) if partner.kind else "",
        address=partner.address or "",
        phone=partner.phone or "",
        hours=partner.hours or "",
        languages=", ".join(spoken),
        services=tuple(given),
        eligibility=partner.eligibility or "",
        ask_for=partner.contact or "",
        appointment=_appointment(reader, referral.id) if waits else "",
    )


def _appointment(reader: Reader, referral: Id) -> str:
    wanted = (ReferralStep.referral_id == referral, ReferralStep.state == APPOINTMENT, ReferralStep.struck.is_not(True))
    last = (
        select(ReferralStep).where(*wanted).order_by(ReferralStep.happened_on.desc(), ReferralStep.recorded_at.desc())
    )
    row = reader.session.scalars(last.limit(1)).first()
    if row is None or row.appointment_on is None:
        return ""
    return ", ".join(filter(None, (row.appointment_on.strftime("%d.%m.%Y"), row.appointment_time)))
