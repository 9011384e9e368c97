"""My day: what is to be done, from tasks, from the clocks of cases and from colleagues, in one list by urgency."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain
from typing import Any, Final

from sqlalchemy import func, select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case, Task
from kzcase.db.tables.organisation import Staff
from kzcase.db.tables.teamwork import Approval, ApprovalDecision, CaseRequest, Transfer
from kzcase.domain.day_rows import DayKind, DayRow
from kzcase.domain.due import DueKind
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import TaskRow
from kzcase.domain.tasks import When, when
from kzcase.domain.teamwork import SENT_BACK
from kzcase.i18n import Words, _, own_text
from kzcase.queries.approvals import decisions_of, last_asked
from kzcase.queries.case_page import Numbered, reminds, task_row
from kzcase.queries.due import due
from kzcase.queries.incidents import office_tasks
from kzcase.queries.reach import kept_away, within_reach
from kzcase.queries.referral_states import reminded_states
from kzcase.queries.signals import alert_tasks, line_tasks
from kzcase.queries.standing_in import those_answered_for
from kzcase.queries.together import approval_row, request_row, transfer_row
from kzcase.queries.tracing import comparing_lines
from kzcase.queries.veil import Veil

AHEAD: Final = timedelta(days=30)
"""So far ahead the clocks of cases stand in the day's list."""
MOST: Final = 1_000
"""More than anybody can look at; the list says so when it is full."""
_OF_OFFICE: Final = frozenset({DueKind.RULES, DueKind.AGREEMENT})


def my_day(reader: Reader, *, colleagues: bool = False, limit: int = MOST) -> list[DayRow]:
    """The most urgent first. `colleagues`: also the tasks of others, as far as they are seen."""
    reader.must_be_allowed(Permission.READ_CASES)
    away = kept_away(reader)
    colleagues_here = reader.session.scalars(select(Staff)).all()  # held on to, so that no name is asked for twice
    rows = [
        *_tasks(reader, away, colleagues=colleagues, limit=limit),
        *_due(reader, colleagues=colleagues, until=reader.today + AHEAD),
        *(_of_office(reader, row) for row in (*office_tasks(reader), *line_tasks(reader))),
        *_approvals(reader, away),
        *_transfers(reader, away),
        *_requests(reader, away),
        *comparing_lines(reader),
    ]
    del colleagues_here
    return sorted(rows, key=lambda row: row.order)[:limit]


def waiting_count(reader: Reader) -> int:
    """How many lines of one's own are overdue or wait for an answer: what the rail shows."""
    away, today = kept_away(reader), reader.today
    late = (Task.assignee_id == reader.acting.staff_id, Task.due < today, Task.done_on.is_(None))
    tasks = select(func.count()).select_from(Task).where(*late, Task.struck.is_not(True), Task.case_id.not_in(away))
    others = chain(
        _due(reader, colleagues=False, until=today),
        (_of_office(reader, row) for row in (*office_tasks(reader), *alert_tasks(reader))),
        _approvals(reader, away),
        _transfers(reader, away),
        _requests(reader, away),
    )
    waits = {DayKind.APPROVAL, DayKind.TRANSFER, DayKind.REQUEST}
    more = sum(row.mine and (row.when is When.OVERDUE or row.kind in waits) for row in others)
    return (reader.session.scalar(tasks) or 0) + more


# Tasks


def _tasks(reader: Reader, away: frozenset[Id], *, colleagues: bool, limit: int) -> Iterator[DayRow]:
    me = reader.acting.staff_id
    query = select(Task, Case.id, Case.number).join(
        Case, Case.id == Task.case_id
    )  # whole cases would take twice as long
    query = query.where(Task.done_on.is_(None), Task.struck.is_not(True))
    query = query if colleagues else query.where(Task.assignee_id == me)
    found = reader.session.execute(query.order_by(Task.due, Task.id).limit(limit)).all()
    near = within_reach(reader, {case for _task, case, _number in found})
    veils = {here: Veil(reader, "tasks", near=here) for here in (True, False)}
    shown = [(task, case, number) for task, case, number in found if case not in away]
    states = reminded_states(reader, [case for task, case, _number in shown if reminds(task, near=case in near)])
    for task, case, number in shown:
        at, veil = Numbered(case, number), veils[case in near]
        row = task_row(reader, task, at, near=case in near, veil=veil, states=states)
        yield _of_task(reader, row, task, mine=task.assignee_id == me)


def _of_task(reader: Reader, row: TaskRow, task: Task, *, mine: bool) -> DayRow:
    hidden = "title" in row.masked
    return DayRow(
        id=row.id,
        kind=DayKind.TASK,
        when=when(row.due, reader.today),
        what=row.said,
        day=row.due,
        case=row.case,
        case_number=row.case_number,
        priority=task.priority or "normal",
        worker=row.assignee,
        mine=mine,
        said=None if hidden else task.note,
        reason=_("postponed: {why}", why=task.postponed_why) if task.postponed_why and not hidden else None,
        rule_id=row.rule_id or "",
        repeats=task.repeats,
        first_due=task.first_due,
        masked=frozenset({"what", "said"}) if hidden else frozenset(),
    )


def _due(reader: Reader, *, colleagues: bool, until: date) -> Iterator[DayRow]:
    """What the clocks of cases, stays, papers and birthdays make due; tasks and replies are tasks already."""
    for row in due(reader, staff=None if colleagues else reader.acting.staff_id, until=until):
        if row.kind not in (DueKind.TASK, DueKind.REPLY) and not row.seen:
            group = When.OVERDUE if row.overdue else when(row.day, reader.today)
            yield DayRow(
                id=row.id,
                kind=DayKind.OFFICE if row.kind in _OF_OFFICE else DayKind.DUE,
                when=group,
                what=row.what,
                day=row.day,
                moment=row.moment,
                case=row.case,
                case_number=row.number,
                priority="high" if row.moment else "normal",
                worker=row.worker,
                mine=row.mine,
                reason=row.reason,
                rule_id=row.kind if row.kind is DueKind.AGREEMENT else row.rule,
                masked=row.masked,
            )


def _of_office(reader: Reader, row: TaskRow) -> DayRow:
    return DayRow(
        id=row.id,
        kind=DayKind.OFFICE,
        when=When.OVERDUE if row.overdue else when(row.due, reader.today),
        what=row.said,
        day=row.due,
        worker=row.assignee,
        mine=row.assignee in (reader.acting.name, None),
        rule_id=row.rule_id or "",
    )


# What waits for an answer


def _approvals(reader: Reader, away: frozenset[Id]) -> Iterator[DayRow]:
    """What waits for the asker's decision, and what came back to them."""
    me = reader.acting.staff_id
    decided = select(ApprovalDecision.approval_id).where(ApprovalDecision.struck.is_not(True))
    waits = Approval.id.not_in(decided.where(ApprovalDecision.approval_id.is_not(None)))
    if reader.may(Permission.APPROVE):
        waiting = _with_case(reader, Approval, away, waits, Approval.asked_by.is_distinct_from(me))
        decided_here = decisions_of(reader, [asked.id for asked, _case in waiting])
        for asked, case in waiting:
            row = approval_row(reader, asked, case, decisions=decided_here)
            yield _line(DayKind.APPROVAL, row, _approve_words(reader, row.what), row.asked_by, row.note)
    own = _with_case(reader, Approval, away, Approval.asked_by.in_(those_answered_for(reader)))
    decisions = decisions_of(reader, [asked.id for asked, _case in own])
    for asked, case in own:
        decision = decisions.get(asked.id)
        if decision is None or decision.outcome != SENT_BACK:
            continue
        last = last_asked(reader, case.id, asked.what or "")
        if last is not None and last.id == asked.id:
            row = approval_row(reader, asked, case, decisions=decisions)
            yield _line(DayKind.SENT_BACK, row, _back_words(reader, row.what), row.decided_by, row.comment)


def _approve_words(reader: Reader, what: str) -> Words:
    return _("Decide about: {what}", what=_subject(reader, what))


def _back_words(reader: Reader, what: str) -> Words:
    return _("Came back: {what}", what=_subject(reader, what))


def _subject(reader: Reader, what: str) -> Words:
    code = reader.rulebook.codes["approval_subject"].get(what)
    return own_text({"kk": code.kk, "ru": code.ru, "en": code.en}) if code else own_text({"en": what})


def _transfers(reader: Reader, away: frozenset[Id]) -> Iterator[DayRow]:
    """Cases offered to the asker, and those the asker offered."""
    me, waits = reader.acting.staff_id, Transfer.state.is_(None)
    for offer, case in _with_case(reader, Transfer, away, waits, Transfer.to_id == me):
        row = transfer_row(reader, offer, case)
        yield _line(DayKind.TRANSFER, row, _("Accept or refuse the case"), row.giver, row.note)
    for offer, case in _with_case(reader, Transfer, away, waits, Transfer.from_id == me):
        row = transfer_row(reader, offer, case)
        said = _("Offered to {colleague}; yours until accepted", colleague=row.receiver or "")
        yield replace(_line(DayKind.OFFERED, row, said, row.receiver, row.note), when=When.UNDATED)


def _requests(reader: Reader, away: frozenset[Id]) -> Iterator[DayRow]:
    """Requests that are the asker's to decide."""
    for asked, case in _with_case(reader, CaseRequest, away, CaseRequest.state.is_(None)):
        row = request_row(reader, asked, case)
        if row.mine:
            said = _("{colleague} asks for the case", colleague=row.asked_by or "")
            yield _line(DayKind.REQUEST, row, said, row.asked_by, row.reason)


def _with_case(reader: Reader, table: Any, away: frozenset[Id], *conditions: Any) -> list[tuple[Any, Case]]:
    query = select(table, Case).join(Case, Case.id == table.case_id).where(table.struck.is_not(True), *conditions)
    found = reader.session.execute(query.where(Case.struck.is_not(True)).order_by(table.id).limit(MOST)).all()
    return [(row, case) for row, case in found if case.id not in away]


def _line(kind: DayKind, row: Any, what: Words, who: str | None, said: str | None) -> DayRow:
    """Something a colleague waits for: it is for today, whenever they asked."""
    place = {"id": row.id, "case": row.case, "case_number": row.case_number}
    return DayRow(kind=kind, when=When.TODAY, what=what, priority="high", worker=who, said=said or None, **place)
