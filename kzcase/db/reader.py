"""What a question or an action is given: a session, the rules in force, who asks and what time it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import text
from sqlalchemy.orm import Session

from kzcase.db.tables.base import Journaled
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import NotAllowed
from kzcase.domain.ids import Id, new_id
from kzcase.domain.permissions import Permission, Role, Sight, may, sight
from kzcase.domain.rulebook import Rulebook
from kzcase.i18n import KAZAKHSTAN
from kzcase.journal.heads import EntityHeads
from kzcase.journal.operations import Change, Dot

RowT = TypeVar("RowT", bound=Journaled)


@dataclass(frozen=True, slots=True)
class Acting:
    """The person at the laptop: their roles, the operations that granted them, and whether names are shown."""

    staff_id: Id
    name: str
    grants: Mapping[Role, Dot]
    names_shown: bool = False
    opened: frozenset[Id] = frozenset()
    """Cases opened since the unlock, each after its entry in the read log."""

    @property
    def roles(self) -> frozenset[Role]:
        """The roles they hold."""
        return frozenset(self.grants)

    def showing_names(self) -> "Acting":
        """The same person after the audited “show names”."""
        return replace(self, names_shown=True)

    def having_opened(self, case: Id) -> "Acting":
        """The same person after a case was opened."""
        return replace(self, opened=self.opened | {case})

    def as_before(self, before: "Acting") -> "Acting":
        """Loaded anew, with what was shown and opened since the unlock."""
        return replace(self, names_shown=before.names_shown, opened=before.opened)


@dataclass(slots=True)
class Reader:
    """A view of the casebook for one question."""

    session: Session
    rulebook: Rulebook
    acting: Acting
    now: datetime
    organisation: Id
    office: Id

    @property
    def today(self) -> date:
        """The date on the wall in Kazakhstan."""
        return self.now.astimezone(KAZAKHSTAN).date()

    def number(self, counting: str) -> int:
        """What a counting statement answers."""
        return int(self.session.execute(text(counting)).scalar_one())

    def may(self, permission: Permission) -> bool:
        """Whether the acting person's roles allow this."""
        return may(self.acting.roles, permission)

    def must_be_allowed(self, permission: Permission) -> None:
        """Refuse in words what the acting person's roles do not allow."""
        if not self.may(permission):
            raise NotAllowed(place=permission.value)

    def sight(self, field_class: FieldClass, *, near: bool = True) -> Sight:
        """How a field of this class is shown to the acting person now; `near`: of a case within their reach."""
        return sight(self.acting.roles, field_class, names_shown=self.acting.names_shown, near=near)


@dataclass(slots=True)
class Act(Reader):
    """An act being written: rows are added or changed through its session and become operations at its end."""

    kind: str = ""
    authority: Dot = (b"", 0)
    made: list[Journaled] = field(default_factory=list)
    changed: frozenset[str] = frozenset()
    sealed_as: Id = b""
    restated: list[tuple[Id, Change, EntityHeads | None]] = field(default_factory=list)
    """What an erasing writes anew of what remains, scope by scope: values that stand in no row any more."""

    @property
    def id(self) -> Id:
        """The act's id, which is its digest: there is none before the act is written and signed."""
        if not self.sealed_as:
            raise ValueError("an act has no id before it is written")
        return self.sealed_as

    def is_disputed(self, row: Journaled, column: str) -> bool:
        """Whether laptops disagree on a field: then whatever is set, the value shown included, settles it."""
        query = text("SELECT disputed FROM heads WHERE entity = :entity AND id = :id")
        found = self.session.execute(query, {"entity": row.__tablename__, "id": row.id}).scalar()
        return column in (found or "").split()

    def add(self, row: RowT) -> RowT:
        """Put a new row into this act; it gets its id here."""
        row.id = row.__dict__.get("id") or new_id()
        self.session.add(row)
        self.made.append(row)
        return row
