"""The shape of journaled tables, read off their declarations once: columns, classes, scopes, subjects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from kzcase.db.tables import ENTITIES
from kzcase.db.tables.base import OFFICE, ORGANISATION, IsoDate, IsoMoment, Journaled, Narrowing
from kzcase.domain.classes import FieldClass
from kzcase.journal.operations import Value

Careful = tuple[str, ...] | Narrowing
"""Values, most restrictive first; or what is shown of values that have no order."""


@dataclass(frozen=True)
class Shape:
    """One journaled table: what the recorder and the projector need to know of it."""

    entity: str
    row_type: type[Journaled]
    columns: tuple[str, ...]
    kinds: Mapping[str, Any]
    """Of each column, what its values are: a Python type, or what reads them where they stand as text."""
    classes: Mapping[str, FieldClass]
    restrictive: Mapping[str, tuple[str, ...]]
    scope_rule: str
    subject_rule: str
    feature: str
    narrowing: Mapping[str, Narrowing]

    def careful(self, column: str) -> Careful:
        """How a protective field is shown where laptops disagree; nothing for every other field."""
        return self.restrictive.get(column) or self.narrowing.get(column) or ()

    def scope(self, row: Any, organisation: bytes, office: bytes) -> bytes:
        """The scope tag of a row."""
        if self.scope_rule == ORGANISATION:
            return organisation
        return office if self.scope_rule == OFFICE else getattr(row, self.scope_rule)

    def subject(self, row: Any, scope: bytes) -> bytes:
        """Whom the row is about; the scope itself for the organisation's own tables."""
        return (getattr(row, self.subject_rule) if self.subject_rule else None) or scope


@cache
def shape(entity: str) -> Shape:
    """The shape of one journaled table by its entity name."""
    row_type = ENTITIES[entity]
    journaled = [c for c in row_type.__table__.columns if c.name != "id" and not c.info.get("derived")]
    return Shape(
        entity,
        row_type,
        tuple(c.name for c in journaled),
        {c.name: c.type if isinstance(c.type, IsoDate | IsoMoment) else c.type.python_type for c in journaled},
        {c.name: c.info["class"] for c in row_type.__table__.columns if c.name != "id"},
        {c.name: c.info["restrictive"] for c in journaled if c.info.get("restrictive")},
        row_type.scope_rule,
        row_type.subject_rule,
        row_type.feature,
        {c.name: c.info["narrowing"] for c in journaled if c.info.get("narrowing")},
    )


def typed(entity: str, column: str, value: Value) -> Any:
    """An operation's value as the column's Python type."""
    kind = shape(entity).kinds[column]
    return value if value is None or isinstance(kind, type) else kind.python_type.fromisoformat(str(value))


def fits(kind: Shape, column: str, value: Value) -> bool:
    """Whether a value from elsewhere is of the column's type; one that is not is shown as nothing."""
    if value is None or type(value) is kind.kinds[column]:
        return True
    if isinstance(kind.kinds[column], type) or type(value) is not str:
        return False
    try:
        kind.kinds[column].python_type.fromisoformat(value)
    except ValueError:
        return False
    return True


def plain(value: Any) -> Value:
    """A column's value as an operation carries it: dates and moments as ISO 8601 text."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, memoryview):
        return bytes(value)
    known: Value = value
    return known
