"""Figures about how a partner answers, for supervisors alone."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Referral
from kzcase.db.tables.referrals import ReferralStep
from kzcase.domain.ids import Id
from kzcase.domain.partner_figures import PartnerFigures, Told, figures
from kzcase.domain.permissions import Permission
from kzcase.domain.referrals import REPLIES
from kzcase.queries.partners import partner_row
from kzcase.queries.referral_states import standings, what_came_of

_AT_ONCE: Final = 500


def partner_figures(reader: Reader, reference: str) -> PartnerFigures:
    """One partner by id or name: how many referrals were sent there, how fast they answered, what came of it."""
    reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    partner = partner_row(reader, reference)
    wanted = (Referral.partner_id == bytes.fromhex(partner.id), Referral.sent_on.is_not(None))
    rows = list(reader.session.scalars(select(Referral).where(*wanted, Referral.struck.is_not(True))))
    first, stands, came = _first_replies(reader, rows), standings(reader, rows), what_came_of(reader, rows)
    told = [
        Told(
            sent_on=row.sent_on,
            answered_on=first.get(row.id, row.answered_on),
            state=came[row.id],
            overdue=stands[row.id].overdue(reader.today),
        )
        for row in rows
        if row.sent_on is not None
    ]
    return figures(partner.name, told)


def _first_replies(reader: Reader, rows: Sequence[Referral]) -> dict[Id, date]:
    """The day of the first thing a partner said, by referral."""
    found: dict[Id, date] = {}
    ids = [row.id for row in rows]
    for start in range(0, len(ids), _AT_ONCE):
        query = select(ReferralStep.referral_id, ReferralStep.happened_on).where(
            ReferralStep.referral_id.in_(ids[start : start + _AT_ONCE]),
            ReferralStep.state.in_(REPLIES),
            ReferralStep.struck.is_not(True),
        )
        for referral, day in reader.session.execute(query):
            if referral and day and (referral not in found or day < found[referral]):
                found[referral] = day
    return found
