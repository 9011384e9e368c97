"""Every table of a casebook. Importing this module declares them all."""

from kzcase.db.tables import (
    attachments,
    cases,
    consents,
    derived,
    erasures,
    facts,
    helpline,
    journal,
    lists,
    lives,
    local,
    office,
    organisation,
    people,
    referrals,
    registers,
    rules,
    teamwork,
    tracings,
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
    "consents",
    "derived",
    "erasures",
    "facts",
    "helpline",
    "journal",
    "lists",
    "lives",
    "local",
    "office",
    "organisation",
    "people",
    "referrals",
    "registers",
    "rules",
    "teamwork",
    "tracings",
]

ENTITIES: dict[str, type[Journaled]] = {
    mapper.class_.__tablename__: mapper.class_
    for mapper in Base.registry.mappers
    if issubclass(mapper.class_, Journaled)
}
"""Journaled tables by the entity name their operations carry."""
