"""What the organisation changed in the rules that ship with kzcase: each change a row of its own, never overwritten."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import OPERATIONAL, ORGANISATION, Journaled, field


class RuleChange(Journaled):
    """One change of one rule, from a day on: a day off, a term, an amount, a time of leave to stay, a pathway.

    `content` is what now holds, as its reader takes it; `base` names what it was laid over, so that an update that
    changes the same rule is seen. `knows` are the changes of the same rule that whoever wrote it had before them: of
    two that do not know each other both hold, and the earlier day counts.
    """

    __tablename__ = "rule_changes"
    scope_rule, feature = ORGANISATION, "rules"

    what: Mapped[str | None] = field(OPERATIONAL)
    rule: Mapped[str | None] = field(OPERATIONAL)
    content: Mapped[str | None] = field(OPERATIONAL)
    valid_from: Mapped[date | None] = field(OPERATIONAL)
    valid_to: Mapped[date | None] = field(OPERATIONAL)
    source: Mapped[str | None] = field(OPERATIONAL)
    checked_on: Mapped[date | None] = field(OPERATIONAL)
    note: Mapped[str | None] = field(OPERATIONAL)
    base: Mapped[str | None] = field(OPERATIONAL)
    knows: Mapped[str | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    added_at: Mapped[datetime | None] = field(OPERATIONAL)
    withdrawn_on: Mapped[date | None] = field(OPERATIONAL)
