"""Tracing: who asks after whom, what was checked about the one who asks, and what the found person answered.

What concerns the person who was found stands in their own scope, apart from the case of the search: whoever works for
the one who asks does not read there.
"""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import OPERATIONAL, SENSITIVE, STATISTICAL, Journaled, field


class Tracing(Journaled):
    """One request: somebody asks after the person of a case. Nothing is told before the enquirer is vetted."""

    __tablename__ = "tracings"
    __table_args__ = (Index(None, "case_id"), Index(None, "enquirer_id"))
    scope_rule, subject_rule, feature = "case_id", "person_id", "tracing"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    enquirer_id: Mapped[bytes | None] = field(OPERATIONAL)
    number: Mapped[str | None] = field(OPERATIONAL)
    relation: Mapped[str | None] = field(SENSITIVE)
    asked_on: Mapped[date | None] = field(OPERATIONAL)
    last_news: Mapped[str | None] = field(SENSITIVE)
    last_place: Mapped[str | None] = field(SENSITIVE)
    circumstances: Mapped[str | None] = field(SENSITIVE)
    country: Mapped[str | None] = field(STATISTICAL)
    identity: Mapped[str | None] = field(OPERATIONAL, restrictive=("not_proved", "not_checked", "seen"))
    kinship: Mapped[str | None] = field(OPERATIONAL, restrictive=("not_proved", "not_checked", "seen"))
    motive: Mapped[str | None] = field(SENSITIVE)
    danger: Mapped[str | None] = field(SENSITIVE, restrictive=("yes", "unknown", "no"))
    vetted_by: Mapped[bytes | None] = field(OPERATIONAL)
    vetted_on: Mapped[date | None] = field(OPERATIONAL)


class TracingMatch(Journaled):
    """That a supervisor compared somebody with a sought person: `found`, or somebody else."""

    __tablename__ = "tracing_matches"
    __table_args__ = (Index(None, "tracing_id"), Index(None, "person_id"))
    scope_rule, subject_rule, feature = "person_id", "person_id", "tracing"

    tracing_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    found: Mapped[bool | None] = field(OPERATIONAL)
    decided_by: Mapped[bytes | None] = field(OPERATIONAL)
    decided_at: Mapped[datetime | None] = field(OPERATIONAL)


class TracingAnswer(Journaled):
    """What the found person answered, asked before anybody else learns anything: nothing is the answer by default."""

    __tablename__ = "tracing_answers"
    __table_args__ = (Index(None, "tracing_id"), Index(None, "person_id"))
    scope_rule, subject_rule, feature = "person_id", "person_id", "tracing"

    tracing_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    answer: Mapped[str | None] = field(SENSITIVE, restrictive=("no", "unknown", "message", "yes"))
    message: Mapped[str | None] = field(SENSITIVE)
    asked_by: Mapped[bytes | None] = field(OPERATIONAL)
    asked_on: Mapped[date | None] = field(OPERATIONAL)
    asked_at: Mapped[datetime | None] = field(OPERATIONAL)
