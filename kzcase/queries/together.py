"""What colleagues agreed on about one case: flags, approvals, offers and requests of it, conferences."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case, Task
from kzcase.db.tables.teamwork import (
    Approval,
    ApprovalDecision,
    CaseRequest,
    Conference,
    ConferenceDecision,
    ConferenceMember,
    Transfer,
)
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.domain.teamwork import (
    WAITING,
    ApprovalRow,
    ConferenceRow,
    DecisionRow,
    RequestRow,
    Together,
    TransferRow,
)
from kzcase.queries.approvals import decision_of, others_who_approve
from kzcase.queries.case_page import name_of
from kzcase.queries.cases import case_id
from kzcase.queries.flags import flags_of
from kzcase.queries.veil import Veil


def together(reader: Reader, reference: str) -> Together:
    """All of it for one case within the asker's reach; the latest first."""
    case = reader.session.get_one(Case, case_id(reader, reference))
    return Together(
        case=case.id.hex(),
        flags=flags_of(reader, case),
        approvals=tuple(approval_row(reader, row, case) for row in _of(reader, Approval, case, Approval.asked_at)),
        transfers=tuple(transfer_row(reader, row, case) for row in _of(reader, Transfer, case, Transfer.offered_at)),
        requests=tuple(request_row(reader, row, case) for row in _of(reader, CaseRequest, case, CaseRequest.asked_at)),
        conferences=tuple(conference_row(reader, row) for row in _of(reader, Conference, case, Conference.held_on)),
    )


def _of(reader: Reader, table: type, case: Case, order: object) -> Iterable:  # type: ignore[type-arg]
    live = (table.case_id == case.id, table.struck.is_not(True))  # type: ignore[attr-defined]
    return reader.session.scalars(select(table).where(*live).order_by(order.desc(), table.id))  # type: ignore[attr-defined]


def transfer_row(reader: Reader, row: Transfer, case: Case, *, near: bool = True) -> TransferRow:
    """An offer. Whoever it is made to reads the word that came with it, also before the case is theirs."""
    me = reader.acting.staff_id
    mine = row.state is None and row.to_id == me
    said = {"note": row.note, "answer": row.answer}
    seen, hidden = Veil(reader, "transfers", near=near or row.to_id == me or row.from_id == me).over(said)
    return TransferRow(
        id=row.id.hex(),
        case=case.id.hex(),
        case_number=case.number or "",
        giver=name_of(reader, row.from_id),
        receiver=name_of(reader, row.to_id),
        with_tasks=bool(row.with_tasks),
        offered_at=row.offered_at,
        state=row.state or WAITING,
        answered_by=name_of(reader, row.answered_by),
        answered_at=row.answered_at,
        mine=mine,
        can_withdraw=row.state is None and (me in (row.offered_by, row.from_id) or reader.may(Permission.LEAD_TEAM)),
        masked=hidden,
        **seen,
    )


def request_row(reader: Reader, row: CaseRequest, case: Case, *, near: bool = True) -> RequestRow:
    """A request for a case: for whoever holds it or leads the team to decide, never for whoever asked."""
    me = reader.acting.staff_id
    decides = case.worker_id == me or reader.may(Permission.LEAD_TEAM)
    said = {"reason": row.reason, "answer": row.answer}
    seen, hidden = Veil(reader, "case_requests", near=near or row.asked_by == me).over(said)
    return RequestRow(
        id=row.id.hex(),
        case=case.id.hex(),
        case_number=case.number or "",
        asked_by=name_of(reader, row.asked_by),
        asked_at=row.asked_at,
        state=row.state or WAITING,
        answered_by=name_of(reader, row.answered_by),
        answered_at=row.answered_at,
        mine=row.state is None and decides and row.asked_by != me,
        masked=hidden,
        **seen,
    )


def approval_row(
    reader: Reader,
    row: Approval,
    case: Case,
    *,
    near: bool = True,
    decisions: Mapping[Id, ApprovalDecision] | None = None,
) -> ApprovalRow:
    """An approval with its decision, and what the asker of this question may do with it. Of many, the `decisions`
    are asked for once."""
    decided = decision_of(reader, row.id) if decisions is None else decisions.get(row.id)
    me = reader.acting.staff_id
    said = {"note": row.note}
    seen, hidden = Veil(reader, "approvals", near=near).over(said)
    told, covered = Veil(reader, "approval_decisions", near=near).over(
        {"comment": decided.comment if decided else None}
    )
    open_now, approves = decided is None, reader.may(Permission.APPROVE)
    own = open_now and approves and row.asked_by == me and reader.may(Permission.APPROVE_OWN)
    return ApprovalRow(
        id=row.id.hex(),
        case=case.id.hex(),
        case_number=case.number or "",
        what=row.what or "other",
        asked_by=name_of(reader, row.asked_by),
        asked_at=row.asked_at,
        outcome=(decided.outcome if decided else None) or WAITING,
        decided_by=name_of(reader, decided.decided_by) if decided else None,
        decided_at=decided.decided_at if decided else None,
        own=bool(decided and decided.own),
        alone=bool(decided and decided.alone),
        can_decide=open_now and approves and row.asked_by != me,
        can_approve_own=own and not others_who_approve(reader, case.id),
        masked=hidden | covered,
        **seen,
        **told,
    )


def conference_row(reader: Reader, row: Conference) -> ConferenceRow:
    """A conference as the asker may see it."""
    seen, hidden = Veil(reader, "conferences").over({"minutes": row.minutes, "place": row.place})
    people, covered = Veil(reader, "conference_members"), set[str]()
    members = []
    for member in _parts(reader, ConferenceMember, row):
        said = {"name": name_of(reader, member.staff_id) if member.staff_id else member.name}
        if not member.staff_id:
            said, out = people.over({**said, "organisation": member.organisation})
            covered |= out
        members.append((said["name"], said.get("organisation")))
    return ConferenceRow(
        id=row.id.hex(),
        held_on=row.held_on,
        kind=row.kind or "other",
        next_on=row.next_on,
        written_by=name_of(reader, row.written_by),
        members=tuple(members),
        decisions=tuple(_decision(reader, one) for one in _parts(reader, ConferenceDecision, row)),
        masked=hidden | covered,
        **seen,
    )


def _parts(reader: Reader, table: type, row: Conference) -> Iterable:  # type: ignore[type-arg]
    live = (table.conference_id == row.id, table.struck.is_not(True))  # type: ignore[attr-defined]
    return reader.session.scalars(select(table).where(*live).order_by(table.position, table.id))  # type: ignore[attr-defined]


def _decision(reader: Reader, row: ConferenceDecision) -> DecisionRow:
    seen, _hidden = Veil(reader, "conference_decisions").over({"text": row.text})
    task = reader.session.get(Task, row.task_id) if row.task_id else None
    if task is None or task.struck:
        return DecisionRow(text=seen["text"])
    return DecisionRow(
        text=seen["text"], due=task.due, assignee=name_of(reader, task.assignee_id), done_on=task.done_on
    )
