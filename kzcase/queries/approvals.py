"""Approvals: what was asked for last, what was decided, and who else could decide it."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.teamwork import Approval, ApprovalDecision
from kzcase.domain.ids import Id
from kzcase.domain.permissions import MAY, Permission
from kzcase.domain.teamwork import SENT_BACK
from kzcase.queries.freezes import frozen_staff, here_with
from kzcase.queries.kept_away import kept_away_from

_AT_ONCE: Final = 200
"""How many ids one question names."""


def last_asked(reader: Reader, case: Id, what: str) -> Approval | None:
    """The latest time this step of a case was asked for."""
    asked = (Approval.case_id == case, Approval.what == what, Approval.struck.is_not(True))
    query = select(Approval).where(*asked).order_by(Approval.asked_at.desc(), Approval.id.desc())
    return reader.session.scalars(query.limit(1)).first()


def decision_of(reader: Reader, approval: Id) -> ApprovalDecision | None:
    """What was decided. Where two laptops decided each on its own, the one that sent it back holds."""
    return decisions_of(reader, (approval,)).get(approval)


def decisions_of(reader: Reader, approvals: Iterable[Id]) -> Mapping[Id, ApprovalDecision]:
    """The same of many, by approval; nothing for those nobody decided."""
    found: dict[Id, ApprovalDecision] = {}
    asked = list(dict.fromkeys(approvals))
    for start in range(0, len(asked), _AT_ONCE):
        about = (
            ApprovalDecision.approval_id.in_(asked[start : start + _AT_ONCE]),
            ApprovalDecision.struck.is_not(True),
        )
        for one in reader.session.scalars(select(ApprovalDecision).where(*about).order_by(ApprovalDecision.id)):
            first = found.setdefault(one.approval_id or b"", one)
            if one.outcome == SENT_BACK and first.outcome != SENT_BACK:
                found[one.approval_id or b""] = one
    return found


def others_who_approve(reader: Reader, case: Id) -> frozenset[Id]:
    """The colleagues who are here and may approve a step of this case, but for the asker."""
    here = here_with(reader, MAY[Permission.APPROVE])
    return here - frozen_staff(reader) - kept_away_from(reader, case) - {reader.acting.staff_id}
