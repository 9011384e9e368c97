"""What somebody stated about a case: a fact of its pathway, with its day, its proof and who said so."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import CONTACT, OPERATIONAL, SENSITIVE, STATISTICAL, Journaled, field


class Stated(Journaled):
    """One fact as one person stated it; whoever corrects it changes it, whoever withdraws it strikes it.

    `fact` is a code of the closed list of the trade, and the class of what is said here is declared there: the columns
    are as protected as the most protected fact. `happened_on` is a day that need not be exact.
    """

    __abstract__ = True
    scope_rule, subject_rule, feature = "case_id", "person_id", "cases"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    fact: Mapped[str | None] = field(SENSITIVE)
    happened_on: Mapped[str | None] = field(OPERATIONAL)
    happened_on_missing: Mapped[str | None] = field(OPERATIONAL)
    moment: Mapped[datetime | None] = field(OPERATIONAL)
    step: Mapped[str | None] = field(OPERATIONAL)
    ground: Mapped[str | None] = field(SENSITIVE)
    stated_by: Mapped[bytes | None] = field(OPERATIONAL)
    stated_at: Mapped[datetime | None] = field(OPERATIONAL)


class CaseFact(Stated):
    """What any worker may state. Of an attempt to reach somebody `allowed` says whether the rules of safe contact
    allowed it then; `without_us` that something happened without the organisation. Of what was weighed before a
    filing (`step`), `source` says who learns what, `relatives` of whom else, `decision` whether it is filed, and
    `decided_with` who of the client's side decided."""

    __tablename__ = "case_facts"
    __table_args__ = (Index(None, "case_id"),)

    country: Mapped[str | None] = field(STATISTICAL)
    source: Mapped[str | None] = field(SENSITIVE)
    proof: Mapped[str | None] = field(SENSITIVE)
    addressee: Mapped[str | None] = field(SENSITIVE)
    channel: Mapped[str | None] = field(OPERATIONAL)
    phone_id: Mapped[bytes | None] = field(CONTACT)
    allowed: Mapped[bool | None] = field(OPERATIONAL)
    without_us: Mapped[bool | None] = field(OPERATIONAL)
    relatives: Mapped[str | None] = field(SENSITIVE)
    decision: Mapped[str | None] = field(OPERATIONAL, restrictive=("do_not_file", "wait", "file"))
    decided_with: Mapped[str | None] = field(OPERATIONAL)


class CaseClearance(Stated):
    """A risky step cleared by a lawyer: a table of its own, so that only a lawyer's signature counts in it."""

    __tablename__ = "case_clearances"
    __table_args__ = (Index(None, "case_id"),)


class CaseConfirmation(Stated):
    """What only a supervisor decides: a table of its own, so that only a supervisor's signature counts in it."""

    __tablename__ = "case_confirmations"
    __table_args__ = (Index(None, "case_id"),)
