"""Every table of a casebook. Importing this module declares them all."""

from kzcase.db.tables import (
    attachments,
    cases,
    derived,
    erasures,
    facts,
    journal,
    lives,
    local,
    office,
    organisation,
    people,
    registers,
)
from kzcase.db.tables.base import Base, Derived, Journaled, JournalTable, Local, TableKind

__all__ = [
    "Base",
    "Derived",
    "JournalTable",
    "Journaled",
    "Local",
    "TableKind",
    "attachments",
    "cases",
    "derived",
    "erasures",
    "facts",
    "journal",
    "lives",
    "local",
    "office",
    "organisation",
    "people",
    "registers",
]

ENTITIES: dict[str, type[Journaled]] = {
    mapper.class_.__tablename__: mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Journaled)
}
"""Journaled tables by the entity name their operations carry."""
