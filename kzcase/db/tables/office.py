"""The office: helpline calls, partners, form versions in use, papers printed and the release ledger."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import (
    CONTACT,
    OFFICE,
    OPERATIONAL,
    ORGANISATION,
    SENSITIVE,
    STATISTICAL,
    Journaled,
    field,
)


class Call(Journaled):
    """A helpline call; anonymous unless the caller says otherwise."""

    __tablename__ = "calls"
    __table_args__ = (Index(None, "started_at"),)
    scope_rule, subject_rule, feature = OFFICE, "id", "calls"

    number: Mapped[str | None] = field(OPERATIONAL)
    channel: Mapped[str | None] = field(STATISTICAL)
    language: Mapped[str | None] = field(STATISTICAL)
    caller: Mapped[str | None] = field(STATISTICAL)
    anonymous: Mapped[bool | None] = field(OPERATIONAL)
    phone: Mapped[str | None] = field(CONTACT)
    region: Mapped[str | None] = field(STATISTICAL)
    danger: Mapped[str | None] = field(OPERATIONAL, restrictive=("yes", "unknown", "no"))
    outcome: Mapped[str | None] = field(STATISTICAL)
    note: Mapped[str | None] = field(SENSITIVE)
    operator_id: Mapped[bytes | None] = field(OPERATIONAL)
    started_at: Mapped[datetime | None] = field(OPERATIONAL)
    ended_at: Mapped[datetime | None] = field(OPERATIONAL)
    nickname: Mapped[str | None] = field(CONTACT)
    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    erased_on: Mapped[date | None] = field(OPERATIONAL)


class CallTopic(Journaled):
    """One topic of one call."""

    __tablename__ = "call_topics"
    __table_args__ = (Index(None, "call_id"),)
    scope_rule, subject_rule, feature = OFFICE, "call_id", "calls"

    call_id: Mapped[bytes | None] = field(OPERATIONAL)
    topic: Mapped[str | None] = field(STATISTICAL)


class Partner(Journaled):
    """An organisation people are referred to."""

    __tablename__ = "partners"
    scope_rule, feature = OFFICE, "partners"

    name: Mapped[str | None] = field(OPERATIONAL)
    kind: Mapped[str | None] = field(OPERATIONAL)
    region: Mapped[str | None] = field(OPERATIONAL)
    address: Mapped[str | None] = field(OPERATIONAL)
    phone: Mapped[str | None] = field(OPERATIONAL)
    contact: Mapped[str | None] = field(OPERATIONAL)
    languages: Mapped[str | None] = field(OPERATIONAL)
    services: Mapped[str | None] = field(OPERATIONAL)
    regions: Mapped[str | None] = field(OPERATIONAL)
    hours: Mapped[str | None] = field(OPERATIONAL)
    eligibility: Mapped[str | None] = field(OPERATIONAL)
    agreement_from: Mapped[date | None] = field(OPERATIONAL)
    agreement_to: Mapped[date | None] = field(OPERATIONAL)
    referral_contact: Mapped[str | None] = field(CONTACT)
    verified_on: Mapped[date | None] = field(OPERATIONAL)
    verified_by: Mapped[bytes | None] = field(OPERATIONAL)


class FormVersion(Journaled):
    """A form version this casebook ever used: its id is the content hash, so an answer always finds its questions."""

    __tablename__ = "form_versions"
    scope_rule, feature = ORGANISATION, "forms"

    form_id: Mapped[str | None] = field(OPERATIONAL)
    version: Mapped[str | None] = field(OPERATIONAL)
    source: Mapped[str | None] = field(OPERATIONAL)


class OfficeForm(Journaled):
    """That a form of the office's own is offered in one version. Of several versions the one added last is."""

    __tablename__ = "office_forms"
    scope_rule, feature = ORGANISATION, "forms"

    form_id: Mapped[str | None] = field(OPERATIONAL)
    version: Mapped[str | None] = field(OPERATIONAL)
    added_at: Mapped[datetime | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    withdrawn_on: Mapped[date | None] = field(OPERATIONAL)


class CheckedText(Journaled):
    """That a native reader checked the texts of one form version in one language."""

    __tablename__ = "checked_texts"
    scope_rule, feature = ORGANISATION, "forms"

    form_id: Mapped[str | None] = field(OPERATIONAL)
    version: Mapped[str | None] = field(OPERATIONAL)
    language: Mapped[str | None] = field(OPERATIONAL)
    reader: Mapped[str | None] = field(OPERATIONAL)
    checked_on: Mapped[date | None] = field(OPERATIONAL)


class PhoneForm(Journaled):
    """That an empty form left for phones: which version, and the key its answers are closed to."""

    __tablename__ = "phone_forms"
    scope_rule, feature = OFFICE, "forms"

    form_id: Mapped[str | None] = field(OPERATIONAL)
    form_version: Mapped[str | None] = field(OPERATIONAL)
    key_id: Mapped[bytes | None] = field(OPERATIONAL)
    left_on: Mapped[date | None] = field(OPERATIONAL)
    sha256: Mapped[str | None] = field(OPERATIONAL)


class PhoneSwitch(Journaled):
    """Whether a form that is off for phones may leave for them all the same; its id follows from the form's id."""

    __tablename__ = "phone_switches"
    scope_rule, feature = ORGANISATION, "forms"

    form_id: Mapped[str | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(OPERATIONAL, restrictive=("off", "on"))
    decided_on: Mapped[date | None] = field(OPERATIONAL)
    decided_by: Mapped[bytes | None] = field(OPERATIONAL)


class Exporting(Journaled):
    """That answers of a case left as a file: which filled form, in what format; the file itself is never kept."""

    __tablename__ = "exportings"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "case_id", "documents"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    sheet_id: Mapped[bytes | None] = field(OPERATIONAL)
    format: Mapped[str | None] = field(OPERATIONAL)
    classes: Mapped[str | None] = field(OPERATIONAL)
    sha256: Mapped[str | None] = field(OPERATIONAL)


class Printing(Journaled):
    """That a paper of a case was printed: which, in what language and version; its text is never kept.

    `number` stands on the paper: a scan of it finds this row, and with it the version that was signed.
    """

    __tablename__ = "printings"
    __table_args__ = (Index(None, "case_id"), Index(None, "number"))
    scope_rule, subject_rule, feature = "case_id", "case_id", "documents"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    paper: Mapped[str | None] = field(OPERATIONAL)
    language: Mapped[str | None] = field(OPERATIONAL)
    sha256: Mapped[str | None] = field(OPERATIONAL)
    number: Mapped[str | None] = field(OPERATIONAL)
    second_language: Mapped[str | None] = field(OPERATIONAL)
    version: Mapped[str | None] = field(OPERATIONAL)
    edition: Mapped[str | None] = field(OPERATIONAL)
    answers_id: Mapped[bytes | None] = field(OPERATIONAL)
    referral_id: Mapped[bytes | None] = field(OPERATIONAL)
    discreet: Mapped[bool | None] = field(OPERATIONAL)
    safe_to_take: Mapped[str | None] = field(OPERATIONAL)
    printed_on: Mapped[date | None] = field(OPERATIONAL)
    of_id: Mapped[bytes | None] = field(OPERATIONAL)
    """The consent or notice that is on it, where it is of one; of a filled form the partner it is for."""


class Batch(Journaled):
    """Many acts committed at once: an import, a file of acts, demonstration data. Its id is theirs as `parent`."""

    __tablename__ = "batches"
    scope_rule, feature = OFFICE, "history"

    started_at: Mapped[datetime | None] = field(OPERATIONAL)


class ProtectedPeriod(Journaled):
    """A closed reporting period with its protected file: the only source of published numbers."""

    __tablename__ = "protected_periods"
    scope_rule, feature = OFFICE, "releases"

    period: Mapped[str | None] = field(STATISTICAL)
    closed_on: Mapped[date | None] = field(STATISTICAL)
    base: Mapped[int | None] = field(STATISTICAL)
    key: Mapped[bytes | None] = field(SENSITIVE)
    counted: Mapped[bytes | None] = field(SENSITIVE)
    protected_file: Mapped[bytes | None] = field(STATISTICAL)
    fingerprint: Mapped[str | None] = field(STATISTICAL)


class Release(Journaled):
    """A summary that left the casebook: what, who, approved by whom, and the fingerprints of its files."""

    __tablename__ = "releases"
    scope_rule, feature = OFFICE, "releases"

    period_id: Mapped[bytes | None] = field(OPERATIONAL)
    number: Mapped[int | None] = field(OPERATIONAL)
    tables: Mapped[str | None] = field(STATISTICAL)
    fingerprints: Mapped[str | None] = field(STATISTICAL)
    released_by: Mapped[bytes | None] = field(OPERATIONAL)
    released_on: Mapped[date | None] = field(OPERATIONAL)
    released_at: Mapped[datetime | None] = field(OPERATIONAL)
    approved_by: Mapped[bytes | None] = field(OPERATIONAL)
    approved_on: Mapped[date | None] = field(OPERATIONAL)
