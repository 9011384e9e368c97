"""Recovery: who holds the shares that count now, when two were last tried, and what somebody would leave behind."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, func, select

from kzcase.db.reader import Reader
from kzcase.db.tables.base import Journaled
from kzcase.db.tables.cases import Case, Task
from kzcase.db.tables.helpline import CallBack, CrimeSignal, Shift
from kzcase.db.tables.organisation import Organisation, RecoveryShare, ShareIssue, ShareTrial, Staff
from kzcase.db.tables.registers import Incident, SubjectRequest
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.incidents import CLOSED
from kzcase.domain.permissions import Permission, Role, may
from kzcase.domain.recovery import RecoveryState, ShareRow, trial_due
from kzcase.domain.rows import StaffRow
from kzcase.queries.losses import Losses, losses
from kzcase.queries.office import staff_list
from kzcase.queries.reach import kept_away


def recovery_state(reader: Reader) -> RecoveryState:
    """The three shares and the last trial, for those who manage staff."""
    reader.must_be_allowed(Permission.MANAGE_STAFF)
    latest = select(ShareIssue).order_by(ShareIssue.number.desc(), ShareIssue.id.desc()).limit(1)
    issue = reader.session.scalars(latest).first()
    issued_on = issue.issued_on if issue else None
    tried_on = _tried_on(reader, issue.id) if issue else None
    due_on = trial_due(issued_on, tried_on)
    organisation = reader.session.get(Organisation, reader.organisation)
    return RecoveryState(
        issue=(issue.number or 0) if issue else 0,
        issued_on=issued_on,
        shares=_shares(reader, issue.id) if issue else (),
        tried_on=tried_on,
        due_on=due_on,
        due=due_on is not None and due_on <= reader.today,
        one_person=bool(organisation and organisation.one_person),
    )


def _tried_on(reader: Reader, issue: bytes) -> date | None:
    return reader.session.scalar(select(func.max(ShareTrial.tried_on)).where(ShareTrial.issue_id == issue))


def _shares(reader: Reader, issue: bytes) -> tuple[ShareRow, ...]:
    gone = _who_left(reader)
    rows = reader.session.scalars(select(RecoveryShare).where(RecoveryShare.issue_id == issue))
    found = [ShareRow(one.number or 0, one.holder, one.given_on, one.holder in gone) for one in rows]
    return tuple(sorted(found, key=lambda one: one.number))


def _who_left(reader: Reader) -> set[str]:
    """Names of colleagues who left, unless somebody of the name works here."""
    names: dict[bool, set[str]] = {True: set(), False: set()}
    for name, removed_on in reader.session.execute(select(Staff.name, Staff.removed_on)):
        names[removed_on is None].add(name or "")
    return names[False] - names[True]


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """How many open cases and tasks stand under a colleague's name, who may take them over, and what only they open.

    `duties`: call-backs they promised, signals they passed on, and requests and incidents they answer for.
    """

    cases: int
    tasks: int
    duties: int
    successors: tuple[StaffRow, ...]
    lost: Losses
    numbers: tuple[str, ...] = ()


def left_behind(reader: Reader, colleague: str) -> LeftBehind:
    """What a colleague would leave behind."""
    reader.must_be_allowed(Permission.MANAGE_STAFF)
    here = (row for row in staff_list(reader) if row.removed_on is None and row.id != colleague)
    able = tuple(row for row in here if may(set(Role).intersection(row.roles), Permission.WORK_ON_CASES))
    who = from_hex(colleague) or b""
    counted, numbers = _open_work(reader, colleague), open_numbers(reader, who)
    return LeftBehind(*counted, open_duties(reader, who), able, losses(reader, who), numbers)


def open_numbers(reader: Reader, colleague: Id) -> tuple[str, ...]:
    """The numbers of their open cases, without those the asker is kept away from: the most urgent first."""
    theirs = (Case.worker_id == colleague, Case.closed_on.is_(None), Case.struck.is_not(True))
    pressing = case({"immediate": 0, "urgent": 1}, value=Case.urgency, else_=2)
    rows = reader.session.execute(select(Case.id, Case.number).where(*theirs).order_by(pressing, Case.number))
    away = kept_away(reader)
    return tuple(number or "" for one, number in rows if one not in away)


def open_duties(reader: Reader, colleague: Id) -> int:
    """What they promised or were charged with and is not done: on the line and in the office."""
    unreviewed = CrimeSignal.review_by.is_not(None) & CrimeSignal.reviewed_on.is_(None)
    theirs: dict[type[Journaled], ColumnElement[bool]] = {
        CallBack: (CallBack.author_id == colleague) & CallBack.ended_at.is_(None),
        CrimeSignal: (CrimeSignal.author_id == colleague) & (CrimeSignal.result_on.is_(None) | unreviewed),
        SubjectRequest: (SubjectRequest.responsible_id == colleague) & SubjectRequest.answered_on.is_(None),
        Incident: (Incident.responsible_id == colleague) & Incident.state.is_distinct_from(CLOSED),
        Shift: (Shift.opened_by == colleague) & Shift.closed_at.is_(None),
    }
    counts = (
        reader.session.scalar(select(func.count()).select_from(table).where(open_one, table.struck.is_not(True)))
        for table, open_one in theirs.items()
    )
    return sum(count or 0 for count in counts)


def _open_work(reader: Reader, colleague: str) -> tuple[int, int]:
    who = from_hex(colleague)
    cases = select(func.count()).where(Case.worker_id == who, Case.closed_on.is_(None), Case.struck.is_not(True))
    tasks = select(func.count()).where(Task.assignee_id == who, Task.done_on.is_(None), Task.struck.is_not(True))
    return reader.session.scalar(cases) or 0, reader.session.scalar(tasks) or 0
