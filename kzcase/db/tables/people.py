"""People: who they are, the names in their documents, their citizenships and how they may safely be reached."""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import CONTACT, IDENTIFYING, OPERATIONAL, STATISTICAL, Journaled, field


class Person(Journaled):
    """A person is a scope of their own from birth; `shown_name` is derived from their names.

    Whoever was erased is struck and has `erased_on`: no list or page shows them, summaries count them still.
    """

    __tablename__ = "people"
    __table_args__ = (Index(None, "birth", "id"),)
    scope_rule, subject_rule, feature = "id", "id", "people"

    sex: Mapped[str | None] = field(STATISTICAL)
    sex_missing: Mapped[str | None] = field(STATISTICAL)
    birth: Mapped[str | None] = field(IDENTIFYING)
    birth_missing: Mapped[str | None] = field(STATISTICAL)
    language: Mapped[str | None] = field(STATISTICAL)
    iin: Mapped[str | None] = field(IDENTIFYING)
    iin_state: Mapped[str | None] = field(OPERATIONAL)
    erased_on: Mapped[date | None] = field(OPERATIONAL)
    shown_name: Mapped[str | None] = field(IDENTIFYING, derived=True)


class PersonName(Journaled):
    """A name as written in one document, with its script."""

    __tablename__ = "person_names"
    __table_args__ = (Index(None, "person_id"),)
    scope_rule, subject_rule, feature = "person_id", "person_id", "people"

    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    family: Mapped[str | None] = field(IDENTIFYING)
    given: Mapped[str | None] = field(IDENTIFYING)
    patronymic: Mapped[str | None] = field(IDENTIFYING)
    script: Mapped[str | None] = field(OPERATIONAL)
    kind: Mapped[str | None] = field(OPERATIONAL)
    position: Mapped[int | None] = field(OPERATIONAL)
    since: Mapped[str | None] = field(IDENTIFYING)
    until: Mapped[str | None] = field(IDENTIFYING)
    said_by: Mapped[str | None] = field(OPERATIONAL)


class Citizenship(Journaled):
    """A citizenship, or its absence, by country code."""

    __tablename__ = "citizenships"
    __table_args__ = (Index(None, "person_id"),)
    scope_rule, subject_rule, feature = "person_id", "person_id", "people"

    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    country: Mapped[str | None] = field(STATISTICAL)
    position: Mapped[int | None] = field(OPERATIONAL)


class Phone(Journaled):
    """A phone and the rules for calling it without putting anybody in danger."""

    __tablename__ = "phones"
    __table_args__ = (Index(None, "person_id"),)
    scope_rule, subject_rule, feature = "person_id", "person_id", "people"

    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    number: Mapped[str | None] = field(CONTACT)
    safe: Mapped[str | None] = field(
        CONTACT, restrictive=("do_not_call", "text_only", "code_word", "at_hours", "unknown", "safe")
    )
    hours: Mapped[str | None] = field(CONTACT)
    code_word: Mapped[str | None] = field(CONTACT)
    who_may_answer: Mapped[str | None] = field(CONTACT)
    say_we_are: Mapped[str | None] = field(CONTACT)
    position: Mapped[int | None] = field(OPERATIONAL)
    since: Mapped[str | None] = field(CONTACT)
    until: Mapped[str | None] = field(CONTACT)
    said_by: Mapped[str | None] = field(OPERATIONAL)
