"""The helpline beyond the single call: emergencies, signals of a crime, call-backs, who calls in, shifts, outreach."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import (
    CONTACT,
    IDENTIFYING,
    OFFICE,
    OPERATIONAL,
    ORGANISATION,
    SENSITIVE,
    STATISTICAL,
    Journaled,
    field,
)


class OfCall(Journaled):
    """A row about one call; erased with it."""

    __abstract__ = True
    scope_rule, subject_rule, feature = OFFICE, "call_id", "calls"

    call_id: Mapped[bytes | None] = field(OPERATIONAL)


class CallCase(OfCall):
    """That a call is also about a case, besides the one that was opened from it."""

    __tablename__ = "call_cases"
    __table_args__ = (Index(None, "call_id"),)

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    linked_on: Mapped[date | None] = field(OPERATIONAL)


class Emergency(OfCall):
    """That an emergency service was called during a call: which, when and who rang it."""

    __tablename__ = "emergencies"
    __table_args__ = (Index(None, "call_id"),)

    service: Mapped[str | None] = field(OPERATIONAL)
    who_rang: Mapped[str | None] = field(OPERATIONAL)
    called_at: Mapped[datetime | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class CrimeSignal(OfCall):
    """What a call told of a possible crime, for one unit: the facts apart from the identity.

    Without `ground` no identity is passed. `heard_at`: when the caller heard what would be passed.
    """

    __tablename__ = "crime_signals"
    __table_args__ = (Index(None, "call_id"),)

    number: Mapped[str | None] = field(OPERATIONAL)
    unit: Mapped[str | None] = field(OPERATIONAL)
    danger: Mapped[str | None] = field(OPERATIONAL, restrictive=("now", "hours", "later", "past"))
    place: Mapped[str | None] = field(SENSITIVE)
    people: Mapped[int | None] = field(SENSITIVE)
    children: Mapped[str | None] = field(SENSITIVE, restrictive=("yes", "unknown", "no"))
    facts: Mapped[str | None] = field(SENSITIVE)
    heard_at: Mapped[datetime | None] = field(OPERATIONAL)
    ground: Mapped[str | None] = field(OPERATIONAL, restrictive=("none", "agreement", "child", "life"))
    identity: Mapped[str | None] = field(IDENTIFYING)
    reason: Mapped[str | None] = field(SENSITIVE)
    made_at: Mapped[datetime | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    sent_at: Mapped[datetime | None] = field(OPERATIONAL)
    sent_how: Mapped[str | None] = field(OPERATIONAL)
    sent_by: Mapped[bytes | None] = field(OPERATIONAL)
    review_by: Mapped[date | None] = field(OPERATIONAL)
    reviewed_on: Mapped[date | None] = field(OPERATIONAL)
    reviewed_by: Mapped[bytes | None] = field(OPERATIONAL)
    review: Mapped[str | None] = field(OPERATIONAL)
    acknowledged_at: Mapped[datetime | None] = field(OPERATIONAL)
    acknowledged_by: Mapped[str | None] = field(OPERATIONAL)
    their_number: Mapped[str | None] = field(OPERATIONAL)
    asked_on: Mapped[date | None] = field(OPERATIONAL)
    result: Mapped[str | None] = field(OPERATIONAL)
    result_on: Mapped[date | None] = field(OPERATIONAL)


class Readdressing(OfCall):
    """That a signal went to another unit than before, and why not to that one."""

    __tablename__ = "readdressings"
    __table_args__ = (Index(None, "signal_id"),)

    signal_id: Mapped[bytes | None] = field(OPERATIONAL)
    from_unit: Mapped[str | None] = field(OPERATIONAL)
    to_unit: Mapped[str | None] = field(OPERATIONAL)
    because: Mapped[str | None] = field(SENSITIVE)
    at: Mapped[datetime | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class CallBack(OfCall):
    """A promise to call somebody back, with the rules for doing so safely, in the time of their zone."""

    __tablename__ = "call_backs"
    __table_args__ = (Index(None, "call_id"), Index(None, "due_at"))

    phone: Mapped[str | None] = field(CONTACT)
    zone: Mapped[str | None] = field(OPERATIONAL)
    due_at: Mapped[datetime | None] = field(OPERATIONAL)
    hours: Mapped[str | None] = field(CONTACT)
    who_may_answer: Mapped[str | None] = field(CONTACT)
    say_we_are: Mapped[str | None] = field(CONTACT)
    code_word: Mapped[str | None] = field(CONTACT)
    language: Mapped[str | None] = field(OPERATIONAL)
    interpreter: Mapped[bool | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    promised_at: Mapped[datetime | None] = field(OPERATIONAL)
    ended_at: Mapped[datetime | None] = field(OPERATIONAL)
    ended: Mapped[str | None] = field(OPERATIONAL)


class CallBackTry(OfCall):
    """One attempt to call back. One outside the safe hours is kept, but does not count."""

    __tablename__ = "call_back_tries"
    __table_args__ = (Index(None, "call_back_id"),)

    call_back_id: Mapped[bytes | None] = field(OPERATIONAL)
    at: Mapped[datetime | None] = field(OPERATIONAL)
    result: Mapped[str | None] = field(OPERATIONAL)
    counted: Mapped[bool | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class SheetGiven(OfCall):
    """Which information sheet a caller was given, in which edition, in what language and how."""

    __tablename__ = "sheets_given"
    __table_args__ = (Index(None, "call_id"),)

    sheet: Mapped[str | None] = field(STATISTICAL)
    edition: Mapped[str | None] = field(OPERATIONAL)
    language: Mapped[str | None] = field(STATISTICAL)
    how: Mapped[str | None] = field(OPERATIONAL)
    given_at: Mapped[datetime | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class PhoneControl(Journaled):
    """In whose hands a phone was from one day to another; while it is in other hands nothing goes there."""

    __tablename__ = "phone_controls"
    __table_args__ = (Index(None, "phone_id"),)
    scope_rule, subject_rule, feature = "person_id", "person_id", "people"

    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    phone_id: Mapped[bytes | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(CONTACT, restrictive=("controlled", "free"))
    since: Mapped[date | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    said_at: Mapped[datetime | None] = field(OPERATIONAL)


class DuressWord(Journaled):
    """The word by which somebody says that they cannot speak freely; only its digest is kept."""

    __tablename__ = "duress_words"
    __table_args__ = (Index(None, "person_id"),)
    scope_rule, subject_rule, feature = "person_id", "person_id", "people"

    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    salt: Mapped[bytes | None] = field(SENSITIVE)
    digest: Mapped[bytes | None] = field(SENSITIVE)
    set_at: Mapped[datetime | None] = field(OPERATIONAL)


class CallerCheck(Journaled):
    """That a caller was asked for the word. Right, wrong and under duress are acts of one and the same kind."""

    __tablename__ = "caller_checks"
    __table_args__ = (Index(None, "person_id"),)
    scope_rule, subject_rule, feature = OFFICE, "person_id", "calls"

    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    at: Mapped[datetime | None] = field(OPERATIONAL)
    operator_id: Mapped[bytes | None] = field(OPERATIONAL)
    result: Mapped[str | None] = field(SENSITIVE, restrictive=("duress", "wrong", "right"))
    seen_at: Mapped[datetime | None] = field(OPERATIONAL)
    seen_by: Mapped[bytes | None] = field(OPERATIONAL)


class Shift(Journaled):
    """A shift on the line: who had it from when until when, and what was handed over."""

    __tablename__ = "shifts"
    __table_args__ = (Index(None, "opened_at"),)
    scope_rule, subject_rule, feature = OFFICE, "id", "calls"

    number: Mapped[str | None] = field(OPERATIONAL)
    opened_at: Mapped[datetime | None] = field(OPERATIONAL)
    opened_by: Mapped[bytes | None] = field(OPERATIONAL)
    closed_at: Mapped[datetime | None] = field(OPERATIONAL)
    handed_to: Mapped[bytes | None] = field(OPERATIONAL)
    words: Mapped[str | None] = field(SENSITIVE)


class Outreach(Journaled):
    """Work outside the office: an outreach visit or a day of the mobile group, counted like calls."""

    __tablename__ = "outreach"
    __table_args__ = (Index(None, "happened_on"),)
    scope_rule, subject_rule, feature = OFFICE, "id", "calls"

    number: Mapped[str | None] = field(OPERATIONAL)
    kind: Mapped[str | None] = field(STATISTICAL)
    region: Mapped[str | None] = field(STATISTICAL)
    place: Mapped[str | None] = field(SENSITIVE)
    happened_on: Mapped[date | None] = field(STATISTICAL)
    reached: Mapped[int | None] = field(STATISTICAL)
    topics: Mapped[str | None] = field(STATISTICAL)
    languages: Mapped[str | None] = field(STATISTICAL)
    note: Mapped[str | None] = field(SENSITIVE)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class CallPeriod(Journaled):
    """A closed quarter of calls with its protected file: the only source of published numbers of calls."""

    __tablename__ = "call_periods"
    scope_rule, feature = OFFICE, "releases"

    period: Mapped[str | None] = field(STATISTICAL)
    closed_on: Mapped[date | None] = field(STATISTICAL)
    base: Mapped[int | None] = field(STATISTICAL)
    key: Mapped[bytes | None] = field(SENSITIVE)
    counted: Mapped[bytes | None] = field(SENSITIVE)
    protected_file: Mapped[bytes | None] = field(STATISTICAL)
    fingerprint: Mapped[str | None] = field(STATISTICAL)


class LineKey(Journaled):
    """The line's public key: what is written while nobody can unlock the casebook is closed to it."""

    __tablename__ = "line_keys"
    scope_rule, feature = ORGANISATION, "staff"

    public: Mapped[bytes | None] = field(OPERATIONAL)
    made_on: Mapped[date | None] = field(OPERATIONAL)


class LineKeyCopy(Journaled):
    """The private half of a line key, closed to one colleague by the public key they had then."""

    __tablename__ = "line_key_copies"
    __table_args__ = (Index(None, "key_id"),)
    scope_rule, feature = ORGANISATION, "staff"

    key_id: Mapped[bytes | None] = field(OPERATIONAL)
    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    kem_key: Mapped[bytes | None] = field(OPERATIONAL)
    sealed: Mapped[bytes | None] = field(OPERATIONAL)
