"""What is known of people's lives: papers, stays, addresses, who belongs to whom, roads, work, proceedings.

Each row is about one person and stands in that person's scope; a day that need not be exact is an EDTF text.
`said_by` is a code: where what stands there comes from.
"""

from datetime import date

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import (
    CONTACT,
    IDENTIFYING,
    OFFICE,
    OPERATIONAL,
    SENSITIVE,
    STATISTICAL,
    Journaled,
    field,
)


class OfPerson(Journaled):
    """A row about one person."""

    __abstract__ = True
    scope_rule, subject_rule, feature = "person_id", "person_id", "people"

    person_id: Mapped[bytes | None] = field(OPERATIONAL)


class Document(OfPerson):
    """A paper of the person: number, issuer, how long it holds, and who has the original now."""

    __tablename__ = "documents"
    __table_args__ = (Index(None, "person_id"),)

    kind: Mapped[str | None] = field(STATISTICAL)
    number: Mapped[str | None] = field(IDENTIFYING)
    issuer: Mapped[str | None] = field(IDENTIFYING)
    country: Mapped[str | None] = field(STATISTICAL)
    since: Mapped[str | None] = field(IDENTIFYING)
    until: Mapped[date | None] = field(OPERATIONAL)
    renew_by: Mapped[date | None] = field(OPERATIONAL)
    form: Mapped[str | None] = field(OPERATIONAL)
    holder: Mapped[str | None] = field(OPERATIONAL)
    said_by: Mapped[str | None] = field(OPERATIONAL)


class Custody(OfPerson):
    """An original that the office keeps for the person, from the day of the receipt until it was given back."""

    __tablename__ = "custodies"
    __table_args__ = (Index(None, "person_id"), Index(None, "document_id"))

    document_id: Mapped[bytes | None] = field(OPERATIONAL)
    number: Mapped[str | None] = field(OPERATIONAL)
    taken_on: Mapped[date | None] = field(OPERATIONAL)
    taken_by: Mapped[bytes | None] = field(OPERATIONAL)
    kept_where: Mapped[str | None] = field(SENSITIVE)
    returned_on: Mapped[date | None] = field(OPERATIONAL)
    returned_by: Mapped[bytes | None] = field(OPERATIONAL)


class Stay(OfPerson):
    """A stay in the country: entry, registration, on what basis, and until when."""

    __tablename__ = "stays"
    __table_args__ = (Index(None, "person_id"),)

    since: Mapped[str | None] = field(SENSITIVE)
    border_point: Mapped[str | None] = field(STATISTICAL)
    registered_on: Mapped[date | None] = field(SENSITIVE)
    basis: Mapped[str | None] = field(SENSITIVE)
    purpose: Mapped[str | None] = field(STATISTICAL)
    until: Mapped[date | None] = field(OPERATIONAL)
    left_on: Mapped[date | None] = field(SENSITIVE)
    said_by: Mapped[str | None] = field(OPERATIONAL)


class Address(OfPerson):
    """Where the person lives or is registered, and whether it is safe to write or come there."""

    __tablename__ = "addresses"
    __table_args__ = (Index(None, "person_id"),)

    kind: Mapped[str | None] = field(OPERATIONAL)
    region: Mapped[str | None] = field(STATISTICAL)
    text: Mapped[str | None] = field(CONTACT)
    safe: Mapped[str | None] = field(CONTACT, restrictive=("no", "unknown", "yes"))
    since: Mapped[str | None] = field(CONTACT)
    until: Mapped[str | None] = field(CONTACT)
    said_by: Mapped[str | None] = field(OPERATIONAL)


class Relation(OfPerson):
    """Who somebody else is to the person: kin, guardian, employer, or suspected of having recruited them.

    Of a suspicion, `said_by` says where it comes from and `keep_until` how long it may stand here.
    """

    __tablename__ = "relations"
    __table_args__ = (Index(None, "person_id"), Index(None, "other_id"))

    other_id: Mapped[bytes | None] = field(OPERATIONAL)
    kind: Mapped[str | None] = field(SENSITIVE)
    since: Mapped[str | None] = field(SENSITIVE)
    until: Mapped[str | None] = field(SENSITIVE)
    said_by: Mapped[str | None] = field(OPERATIONAL)
    keep_until: Mapped[date | None] = field(OPERATIONAL)
    kept_why: Mapped[str | None] = field(SENSITIVE)


class HouseholdMember(OfPerson):
    """That the person lives in a household, with the nationality status that is theirs alone.

    `interpreter` says who interpreted when they were heard: with a relative between them nobody is heard apart.
    """

    __tablename__ = "household_members"
    __table_args__ = (Index(None, "person_id"), Index(None, "household_id"))

    household_id: Mapped[bytes | None] = field(OPERATIONAL)
    nationality_status: Mapped[str | None] = field(SENSITIVE)
    interviewed_apart_on: Mapped[date | None] = field(OPERATIONAL)
    interviewed_by: Mapped[bytes | None] = field(OPERATIONAL)
    interpreter: Mapped[str | None] = field(OPERATIONAL)
    since: Mapped[str | None] = field(SENSITIVE)
    until: Mapped[str | None] = field(SENSITIVE)
    said_by: Mapped[str | None] = field(OPERATIONAL)


class Step(OfPerson):
    """One step on somebody's way to papers and school: how far it is, and the paper that proves it.

    The paper may be another member's of the household: one piece of evidence serves everybody's path.
    """

    __tablename__ = "steps"
    __table_args__ = (Index(None, "person_id"),)

    kind: Mapped[str | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(OPERATIONAL)
    happened_on: Mapped[date | None] = field(OPERATIONAL)
    evidence_id: Mapped[bytes | None] = field(OPERATIONAL)


class Leg(OfPerson):
    """One leg of the road somebody came; `position` is its place among the others."""

    __tablename__ = "legs"
    __table_args__ = (Index(None, "person_id"),)

    position: Mapped[int | None] = field(OPERATIONAL)
    place: Mapped[str | None] = field(SENSITIVE)
    country: Mapped[str | None] = field(STATISTICAL)
    way: Mapped[str | None] = field(STATISTICAL)
    border_point: Mapped[str | None] = field(STATISTICAL)
    since: Mapped[str | None] = field(SENSITIVE)
    until: Mapped[str | None] = field(SENSITIVE)
    with_whom: Mapped[str | None] = field(SENSITIVE)
    papers_with: Mapped[str | None] = field(SENSITIVE)
    said_by: Mapped[str | None] = field(OPERATIONAL)


class Job(OfPerson):
    """Work somebody did: for whom, where, on what terms, and who held their papers."""

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "person_id"),)

    employer: Mapped[str | None] = field(SENSITIVE)
    sector: Mapped[str | None] = field(STATISTICAL)
    country: Mapped[str | None] = field(STATISTICAL)
    region: Mapped[str | None] = field(STATISTICAL)
    contract: Mapped[str | None] = field(STATISTICAL)
    hours: Mapped[int | None] = field(SENSITIVE)
    lives_there: Mapped[str | None] = field(SENSITIVE)
    papers_with: Mapped[str | None] = field(SENSITIVE)
    since: Mapped[str | None] = field(SENSITIVE)
    until: Mapped[str | None] = field(SENSITIVE)
    said_by: Mapped[str | None] = field(OPERATIONAL)


class Wage(OfPerson):
    """What was agreed and what was paid for a time of work, in whole units of a currency."""

    __tablename__ = "wages"
    __table_args__ = (Index(None, "person_id"), Index(None, "job_id"))

    job_id: Mapped[bytes | None] = field(OPERATIONAL)
    period: Mapped[str | None] = field(SENSITIVE)
    agreed: Mapped[int | None] = field(SENSITIVE)
    paid: Mapped[int | None] = field(SENSITIVE)
    currency: Mapped[str | None] = field(SENSITIVE)


class Proceeding(OfPerson):
    """An administrative or criminal case with the person in it, and what protects a victim in it.

    `safeguard` is claimed, or declined by somebody who was told of it; until then nothing goes on.
    """

    __tablename__ = "proceedings"
    __table_args__ = (Index(None, "person_id"),)

    kind: Mapped[str | None] = field(STATISTICAL)
    role: Mapped[str | None] = field(SENSITIVE)
    body: Mapped[str | None] = field(SENSITIVE)
    number: Mapped[str | None] = field(SENSITIVE)
    article: Mapped[str | None] = field(SENSITIVE)
    since: Mapped[str | None] = field(SENSITIVE)
    expulsion: Mapped[str | None] = field(SENSITIVE)
    safeguard: Mapped[str | None] = field(SENSITIVE, restrictive=("not_asked", "declined_informed", "claimed"))
    safeguard_on: Mapped[date | None] = field(OPERATIONAL)
    outcome: Mapped[str | None] = field(SENSITIVE)
    ban_until: Mapped[date | None] = field(SENSITIVE)
    closed_on: Mapped[date | None] = field(OPERATIONAL)
    said_by: Mapped[str | None] = field(OPERATIONAL)


class AgeEstimate(OfPerson):
    """How old somebody was thought to be on a day, and by whom: an estimate grows older with time."""

    __tablename__ = "age_estimates"
    __table_args__ = (Index(None, "person_id"),)

    youngest: Mapped[int | None] = field(IDENTIFYING)
    oldest: Mapped[int | None] = field(IDENTIFYING)
    since: Mapped[date | None] = field(OPERATIONAL)
    way: Mapped[str | None] = field(SENSITIVE)
    said_by: Mapped[str | None] = field(OPERATIONAL)


class SamePerson(OfPerson):
    """That two rows of people are one person, as somebody decided; no row of theirs is moved, so both come back.

    Whoever parts them again does not change this row but says so in `parted_on`.
    """

    __tablename__ = "same_persons"
    __table_args__ = (Index(None, "person_id"), Index(None, "same_as"))

    same_as: Mapped[bytes | None] = field(OPERATIONAL)
    decided_by: Mapped[bytes | None] = field(OPERATIONAL)
    decided_on: Mapped[date | None] = field(OPERATIONAL)
    parted_on: Mapped[date | None] = field(OPERATIONAL)


class TwoPersons(Journaled):
    """That two who look alike were compared and are two people; nobody is asked about them again."""

    __tablename__ = "two_persons"
    scope_rule, subject_rule, feature = OFFICE, "first_id", "people"

    first_id: Mapped[bytes | None] = field(OPERATIONAL)
    second_id: Mapped[bytes | None] = field(OPERATIONAL)
    decided_by: Mapped[bytes | None] = field(OPERATIONAL)
    decided_on: Mapped[date | None] = field(OPERATIONAL)
