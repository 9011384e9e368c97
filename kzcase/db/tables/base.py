"""What every table declares: its kind, and for journaled tables their scope, their subject and their feature word."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Final

from sqlalchemy import Dialect, LargeBinary, MetaData, String, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from kzcase.domain.classes import FieldClass

ORGANISATION: Final = "organisation"
OFFICE: Final = "office"


class TableKind(StrEnum):
    """How a table is written, and whether replay must reproduce it."""

    JOURNAL = "journal"
    JOURNALED = "journaled"
    DERIVED = "derived"
    LOCAL = "local"


class Narrowing(StrEnum):
    """What a protective field without an order of values shows where laptops disagree about it."""

    SHARED = "shared"
    """Only the words that stand in every answer."""
    EARLIEST = "earliest"
    """The earliest day of all; no day is later than any."""
    AGREED = "agreed"
    """Nothing, until somebody settles it."""


class IsoDate(TypeDecorator[date]):
    """A calendar date as ISO 8601 text, so that the journal, the table and an export spell it alike."""

    impl = String
    cache_ok = True
    python_type = date

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class IsoMoment(TypeDecorator[datetime]):
    """A moment in UTC as ISO 8601 text."""

    impl = String
    cache_ok = True
    python_type = datetime

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


class Base(DeclarativeBase):
    """All tables of a casebook."""

    metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_N_name)s", "pk": "pk_%(table_name)s"})
    type_annotation_map: ClassVar[dict[Any, Any]] = {date: IsoDate, datetime: IsoMoment, bytes: LargeBinary}
    table_kind: ClassVar[TableKind]


class Journaled(Base):
    """A table that replaying the journal reproduces. Only the primary key is constrained."""

    __abstract__ = True
    table_kind = TableKind.JOURNALED
    scope_rule: ClassVar[str]
    """`organisation`, `office`, or the column that names the person or case whose scope the row belongs to."""
    subject_rule: ClassVar[str] = ""
    """The column that names whom the row is about; empty for tables of the organisation."""
    feature: ClassVar[str]
    """The word by which screens hear that rows of this table changed."""

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    struck: Mapped[bool | None] = mapped_column(info={"class": FieldClass.OPERATIONAL})


class Derived(Base):
    """A table computed from journaled ones: rebuilt and compared, never exchanged."""

    __abstract__ = True
    table_kind = TableKind.DERIVED


class Local(Base):
    """A table of this laptop alone: never replayed, never exchanged."""

    __abstract__ = True
    table_kind = TableKind.LOCAL


class JournalTable(Base):
    """A table of the journal itself: written only by `db`, append-only by trigger."""

    __abstract__ = True
    table_kind = TableKind.JOURNAL


def field(
    field_class: FieldClass,
    *,
    derived: bool = False,
    restrictive: tuple[str, ...] = (),
    narrowing: Narrowing | None = None,
    **column: Any,
) -> Any:
    """A column of a journaled table with its class.

    `derived` columns are computed, never journaled. `restrictive` orders the values of a protective field, most
    restrictive first: where laptops disagree, that one governs until a person resolves it. `narrowing` does the same
    for values that have no order.
    """
    careful = {"restrictive": restrictive, "narrowing": narrowing}
    return mapped_column(info={"class": field_class, "derived": derived, **careful}, **column)


IDENTIFYING, CONTACT, SENSITIVE = FieldClass.IDENTIFYING, FieldClass.CONTACT, FieldClass.SENSITIVE
HEALTH, OPERATIONAL, STATISTICAL = FieldClass.HEALTH, FieldClass.OPERATIONAL, FieldClass.STATISTICAL
