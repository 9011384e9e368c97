"""Approvals: what was asked for last, what was decided, and who else could decide it."""

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.teamwork import Approval, ApprovalDecision
from kzcase.domain.ids import Id
from kzcase.domain.permissions import MAY, Permission
from kzcase.domain.teamwork import SENT_BACK
from kzcase.queries.freezes import frozen_staff, here_with
from kzcase.queries.kept_away import kept_away_from


def last_asked(reader: Reader, case: Id, what: str) -> Approval | None:
    """The latest time this step of a case was asked for."""
    asked = (Approval.case_id == case, Approval.what == what, Approval.struck.is_not(True))
    query = select(Approval).where(*asked).order_by(Approval.asked_at.desc(), Approval.id.desc())
    return reader.session.scalars(query.limit(1)).first()


def decision_of(reader: Reader, approval: Id) -> ApprovalDecision | None:
    """What was decided. Where two laptops decided each on its own, the one that sent it back holds."""
    about = (ApprovalDecision.approval_id == approval, ApprovalDecision.struck.is_not(True))
    found = list(reader.session.scalars(select(ApprovalDecision).where(*about).order_by(ApprovalDecision.id)))
    return next((one for one in found if one.outcome == SENT_BACK), found[0] if found else None)


def others_who_approve(reader: Reader, case: Id) -> frozenset[Id]:
    """The colleagues who are here and may approve a step of this case, but for the asker."""
    here = here_with(reader, MAY[Permission.APPROVE])
    return here - frozen_staff(reader) - kept_away_from(reader, case) - {reader.acting.staff_id}
