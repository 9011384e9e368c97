"""Saved searches: which cases a list shows, kept under a name by a colleague, for themselves or for the team."""

from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import OPERATIONAL, ORGANISATION, Journaled, field


class SavedSearch(Journaled):
    """A named choice of filters. It holds codes and days alone, never what was typed, so that it names nobody."""

    __tablename__ = "saved_searches"
    scope_rule, feature = ORGANISATION, "lists"

    name: Mapped[str | None] = field(OPERATIONAL)
    filters: Mapped[str | None] = field(OPERATIONAL)
    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    shared: Mapped[bool | None] = field(OPERATIONAL)
