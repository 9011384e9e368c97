"""Working together on cases: offers and requests of a case, approvals, conferences with minutes, flags, absences."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import CONTACT, OPERATIONAL, ORGANISATION, SENSITIVE, Journaled, field


class Transfer(Journaled):
    """A case on its way from one colleague to another. Until `state` is `accepted` the giver answers for it.

    `handed_over`: a supervisor gave it at once, with a whole caseload; nobody was asked.
    """

    __tablename__ = "transfers"
    __table_args__ = (Index(None, "case_id"), Index(None, "to_id", "state"), Index(None, "from_id", "state"))
    scope_rule, subject_rule, feature = "case_id", "case_id", "teamwork"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    from_id: Mapped[bytes | None] = field(OPERATIONAL)
    to_id: Mapped[bytes | None] = field(OPERATIONAL)
    note: Mapped[str | None] = field(SENSITIVE)
    with_tasks: Mapped[bool | None] = field(OPERATIONAL)
    offered_by: Mapped[bytes | None] = field(OPERATIONAL)
    offered_at: Mapped[datetime | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(OPERATIONAL)
    answered_by: Mapped[bytes | None] = field(OPERATIONAL)
    answered_at: Mapped[datetime | None] = field(OPERATIONAL)
    answer: Mapped[str | None] = field(SENSITIVE)


class CaseRequest(Journaled):
    """A colleague asks for a case they do not hold, and why; nothing of the case is opened to them by asking."""

    __tablename__ = "case_requests"
    __table_args__ = (Index(None, "case_id"), Index(None, "asked_by"))
    scope_rule, subject_rule, feature = "case_id", "case_id", "teamwork"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    asked_by: Mapped[bytes | None] = field(OPERATIONAL)
    asked_at: Mapped[datetime | None] = field(OPERATIONAL)
    reason: Mapped[str | None] = field(SENSITIVE)
    state: Mapped[str | None] = field(OPERATIONAL)
    answered_by: Mapped[bytes | None] = field(OPERATIONAL)
    answered_at: Mapped[datetime | None] = field(OPERATIONAL)
    answer: Mapped[str | None] = field(SENSITIVE)


class Approval(Journaled):
    """A step of a case that somebody asks a supervisor to approve."""

    __tablename__ = "approvals"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "case_id", "teamwork"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    what: Mapped[str | None] = field(OPERATIONAL)
    note: Mapped[str | None] = field(SENSITIVE)
    asked_by: Mapped[bytes | None] = field(OPERATIONAL)
    asked_at: Mapped[datetime | None] = field(OPERATIONAL)


class ApprovalDecision(Journaled):
    """What was decided about it: a table of its own, so that only the signature of whoever may approve counts in it.

    `own`: whoever asked decided it, by a right of its own; `alone`: nobody else works there.
    """

    __tablename__ = "approval_decisions"
    __table_args__ = (Index(None, "approval_id"), Index(None, "case_id"))
    scope_rule, subject_rule, feature = "case_id", "case_id", "teamwork"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    approval_id: Mapped[bytes | None] = field(OPERATIONAL)
    outcome: Mapped[str | None] = field(OPERATIONAL, restrictive=("sent_back", "approved"))
    comment: Mapped[str | None] = field(SENSITIVE)
    decided_by: Mapped[bytes | None] = field(OPERATIONAL)
    decided_at: Mapped[datetime | None] = field(OPERATIONAL)
    own: Mapped[bool | None] = field(OPERATIONAL)
    alone: Mapped[bool | None] = field(OPERATIONAL)


class Flag(Journaled):
    """Something everybody who opens the case must know; `seen_by` says who that is."""

    __tablename__ = "flags"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "case_id", "teamwork"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    kind: Mapped[str | None] = field(OPERATIONAL)
    reason: Mapped[str | None] = field(SENSITIVE)
    seen_by: Mapped[str | None] = field(OPERATIONAL, restrictive=("supervisors", "responsible", "everyone"))
    raised_on: Mapped[date | None] = field(OPERATIONAL)
    raised_by: Mapped[bytes | None] = field(OPERATIONAL)
    taken_down_on: Mapped[date | None] = field(OPERATIONAL)
    taken_down_by: Mapped[bytes | None] = field(OPERATIONAL)
    taken_down_why: Mapped[str | None] = field(SENSITIVE)


class Conference(Journaled):
    """A case conference: when, why, what was said. Who took part and what was decided are rows of their own."""

    __tablename__ = "conferences"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "case_id", "teamwork"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    held_on: Mapped[date | None] = field(OPERATIONAL)
    kind: Mapped[str | None] = field(OPERATIONAL)
    place: Mapped[str | None] = field(CONTACT)
    minutes: Mapped[str | None] = field(SENSITIVE)
    next_on: Mapped[date | None] = field(OPERATIONAL)
    written_by: Mapped[bytes | None] = field(OPERATIONAL)


class ConferenceMember(Journaled):
    """Who took part: a colleague, or somebody from outside by name and organisation."""

    __tablename__ = "conference_members"
    __table_args__ = (Index(None, "conference_id"), Index(None, "case_id"))
    scope_rule, subject_rule, feature = "case_id", "case_id", "teamwork"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    conference_id: Mapped[bytes | None] = field(OPERATIONAL)
    position: Mapped[int | None] = field(OPERATIONAL)
    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    name: Mapped[str | None] = field(CONTACT)
    organisation: Mapped[str | None] = field(CONTACT)


class ConferenceDecision(Journaled):
    """What a conference decided, and the task it became."""

    __tablename__ = "conference_decisions"
    __table_args__ = (Index(None, "conference_id"), Index(None, "case_id"))
    scope_rule, subject_rule, feature = "case_id", "case_id", "teamwork"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    conference_id: Mapped[bytes | None] = field(OPERATIONAL)
    position: Mapped[int | None] = field(OPERATIONAL)
    text: Mapped[str | None] = field(SENSITIVE)
    task_id: Mapped[bytes | None] = field(OPERATIONAL)


class Absence(Journaled):
    """The days a colleague is not there. Why is nobody's business here."""

    __tablename__ = "absences"
    __table_args__ = (Index(None, "staff_id"),)
    scope_rule, feature = ORGANISATION, "staff"

    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    first_day: Mapped[date | None] = field(OPERATIONAL)
    last_day: Mapped[date | None] = field(OPERATIONAL)
