"""Erasure: what was erased and must never be held again; what a law or a court makes one keep meanwhile."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import OPERATIONAL, ORGANISATION, SENSITIVE, Journaled, field


class Erasure(Journaled):
    """One erasing of one person. `counts` says how many values of each class went, never which.

    Further records of the same human that went in the same act name the first one in `together_with`.
    """

    __tablename__ = "erasures"
    __table_args__ = (Index(None, "person_id"),)
    scope_rule, feature = ORGANISATION, "erasures"

    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    number: Mapped[str | None] = field(OPERATIONAL)
    reason: Mapped[str | None] = field(OPERATIONAL)
    asked_on: Mapped[date | None] = field(OPERATIONAL)
    erased_on: Mapped[date | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    counts: Mapped[str | None] = field(OPERATIONAL)
    together_with: Mapped[bytes | None] = field(OPERATIONAL)


class ErasedSubject(Journaled):
    """Everything about one subject in one scope goes, but for what is closed under `kept_key` (empty: nothing)."""

    __tablename__ = "erased_subjects"
    __table_args__ = (Index(None, "erasure_id"),)
    scope_rule, feature = ORGANISATION, "erasures"

    erasure_id: Mapped[bytes | None] = field(OPERATIONAL)
    scope: Mapped[bytes | None] = field(OPERATIONAL)
    subject: Mapped[bytes | None] = field(OPERATIONAL)
    kept_key: Mapped[bytes | None] = field(OPERATIONAL)


class ErasedBody(Journaled):
    """One body about somebody else that named the person; what else it said was written anew."""

    __tablename__ = "erased_bodies"
    __table_args__ = (Index(None, "erasure_id"),)
    scope_rule, feature = ORGANISATION, "erasures"

    erasure_id: Mapped[bytes | None] = field(OPERATIONAL)
    act_id: Mapped[bytes | None] = field(OPERATIONAL)
    scope: Mapped[bytes | None] = field(OPERATIONAL)
    subject: Mapped[bytes | None] = field(OPERATIONAL)


class CaseHold(Journaled):
    """A legal hold: while it is in force nobody in this case is erased."""

    __tablename__ = "case_holds"
    __table_args__ = (Index(None, "case_id"), Index(None, "state"))
    scope_rule, subject_rule, feature = "case_id", "case_id", "erasures"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(OPERATIONAL, restrictive=("held", "released"))
    why: Mapped[str | None] = field(SENSITIVE)
    since: Mapped[date | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class PersonBlock(Journaled):
    """A person whose data must be kept but not used: shown to a supervisor alone, changed by nobody."""

    __tablename__ = "person_blocks"
    __table_args__ = (Index(None, "person_id"), Index(None, "state"))
    scope_rule, subject_rule, feature = "person_id", "person_id", "erasures"

    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(OPERATIONAL, restrictive=("blocked", "lifted"))
    since: Mapped[date | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
