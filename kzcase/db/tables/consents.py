"""What follows a consent: what was taken back, who has to be told of it, and what went out in an emergency."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import OPERATIONAL, SENSITIVE, Journaled, field


class Withdrawal(Journaled):
    """Something taken back, whole or in part. Nobody changes one: who agrees again gives a new consent.

    What is empty means all: every recipient, every purpose, every class. `ours`: we revoked it, the person did not.
    """

    __tablename__ = "withdrawals"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "person_id", "consents"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    number: Mapped[str | None] = field(OPERATIONAL)
    consent_id: Mapped[bytes | None] = field(OPERATIONAL)
    partner_id: Mapped[bytes | None] = field(OPERATIONAL)
    purposes: Mapped[str | None] = field(OPERATIONAL)
    classes: Mapped[str | None] = field(OPERATIONAL)
    said_by: Mapped[str | None] = field(OPERATIONAL)
    wishes: Mapped[str | None] = field(OPERATIONAL)
    ours: Mapped[bool | None] = field(OPERATIONAL)
    ground: Mapped[str | None] = field(SENSITIVE)
    language: Mapped[str | None] = field(OPERATIONAL)
    signed_how: Mapped[str | None] = field(OPERATIONAL)
    withdrawn_on: Mapped[date | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    sheet_id: Mapped[bytes | None] = field(OPERATIONAL)


class ConsentNotice(Journaled):
    """One past recipient who has to hear that a consent ended; its state is read off the dates."""

    __tablename__ = "consent_notices"
    __table_args__ = (Index(None, "case_id"), Index(None, "withdrawal_id"))
    scope_rule, subject_rule, feature = "case_id", "person_id", "consents"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    withdrawal_id: Mapped[bytes | None] = field(OPERATIONAL)
    number: Mapped[str | None] = field(OPERATIONAL)
    partner_id: Mapped[bytes | None] = field(OPERATIONAL)
    recipient: Mapped[str | None] = field(SENSITIVE)
    numbers: Mapped[str | None] = field(OPERATIONAL)
    last_on: Mapped[date | None] = field(OPERATIONAL)
    not_wanted: Mapped[bool | None] = field(OPERATIONAL)
    due_on: Mapped[date | None] = field(OPERATIONAL)
    sent_on: Mapped[date | None] = field(OPERATIONAL)
    how: Mapped[str | None] = field(OPERATIONAL)
    acknowledged_on: Mapped[date | None] = field(OPERATIONAL)


class EmergencyRelease(Journaled):
    """What was passed on without consent because somebody was in danger or the law asks for it; reviewed by another.

    It covers what has to be written to the same recipient until the day of its review, and no longer.
    """

    __tablename__ = "emergency_releases"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "person_id", "consents"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    number: Mapped[str | None] = field(OPERATIONAL)
    partner_id: Mapped[bytes | None] = field(OPERATIONAL)
    recipient: Mapped[str | None] = field(SENSITIVE)
    classes: Mapped[str | None] = field(OPERATIONAL)
    basis: Mapped[str | None] = field(OPERATIONAL)
    ground: Mapped[str | None] = field(SENSITIVE)
    passed: Mapped[str | None] = field(SENSITIVE)
    how: Mapped[str | None] = field(OPERATIONAL)
    released_on: Mapped[date | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    due_on: Mapped[date | None] = field(OPERATIONAL)
    review: Mapped[str | None] = field(OPERATIONAL, restrictive=("not_justified", "justified"))
    reviewed_on: Mapped[date | None] = field(OPERATIONAL)
    reviewer_id: Mapped[bytes | None] = field(OPERATIONAL)
    review_text: Mapped[str | None] = field(SENSITIVE)
