"""What the office answers for: undertakings of confidentiality, requests of people about their data, and incidents."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import OFFICE, OPERATIONAL, ORGANISATION, SENSITIVE, Journaled, field


class Undertaking(Journaled):
    """That a colleague signed the undertaking of confidentiality, on which day, and who saw it signed."""

    __tablename__ = "undertakings"
    __table_args__ = (Index(None, "staff_id"),)
    scope_rule, feature = ORGANISATION, "staff"

    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    signed_on: Mapped[date | None] = field(OPERATIONAL)
    recorded_by: Mapped[bytes | None] = field(OPERATIONAL)


class SubjectRequest(Journaled):
    """What somebody asked about the data kept on them. No text and no name: only that, when, by when, how it ended."""

    __tablename__ = "subject_requests"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = OFFICE, "id", "inspection"

    number: Mapped[str | None] = field(OPERATIONAL)
    kind: Mapped[str | None] = field(OPERATIONAL)
    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    received_on: Mapped[date | None] = field(OPERATIONAL)
    due_on: Mapped[date | None] = field(OPERATIONAL)
    rule_id: Mapped[str | None] = field(OPERATIONAL)
    responsible_id: Mapped[bytes | None] = field(OPERATIONAL)
    answered_on: Mapped[date | None] = field(OPERATIONAL)
    outcome: Mapped[str | None] = field(OPERATIONAL)


class Incident(Journaled):
    """That data may have come into the wrong hands: what happened, whom it concerns, who was told, how it ended."""

    __tablename__ = "incidents"
    scope_rule, subject_rule, feature = OFFICE, "id", "inspection"

    number: Mapped[str | None] = field(OPERATIONAL)
    kind: Mapped[str | None] = field(OPERATIONAL)
    what: Mapped[str | None] = field(SENSITIVE)
    classes: Mapped[str | None] = field(OPERATIONAL)
    noticed_on: Mapped[date | None] = field(OPERATIONAL)
    happened_from: Mapped[date | None] = field(OPERATIONAL)
    happened_to: Mapped[date | None] = field(OPERATIONAL)
    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    device_id: Mapped[bytes | None] = field(OPERATIONAL)
    partner_id: Mapped[bytes | None] = field(OPERATIONAL)
    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    affected: Mapped[int | None] = field(OPERATIONAL)
    opened_by: Mapped[bytes | None] = field(OPERATIONAL)
    opened_on: Mapped[date | None] = field(OPERATIONAL)
    responsible_id: Mapped[bytes | None] = field(OPERATIONAL)
    due_on: Mapped[date | None] = field(OPERATIONAL)
    rule_id: Mapped[str | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(OPERATIONAL, restrictive=("open", "closed"))
    closed_on: Mapped[date | None] = field(OPERATIONAL)
    done: Mapped[str | None] = field(SENSITIVE)


class Telling(Journaled):
    """That the people affected, the authority or the donor were told of an incident, and when."""

    __tablename__ = "tellings"
    __table_args__ = (Index(None, "incident_id"),)
    scope_rule, subject_rule, feature = OFFICE, "incident_id", "inspection"

    incident_id: Mapped[bytes | None] = field(OPERATIONAL)
    whom: Mapped[str | None] = field(OPERATIONAL)
    told_on: Mapped[date | None] = field(OPERATIONAL)
    told_by: Mapped[bytes | None] = field(OPERATIONAL)
