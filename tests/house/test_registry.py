"""Lists that must be complete: act kinds, tables, errors, classes, wishes."""

import inspect
from collections.abc import Collection
from string import Formatter

import pytest

from kzcase.actions.perform import MODULES
from kzcase.actions.wishes import ACTIONS
from kzcase.db.shape import shape
from kzcase.db.tables import ENTITIES, Base, Journaled, TableKind
from kzcase.db.tables.base import OFFICE, ORGANISATION
from kzcase.domain import errors
from kzcase.domain.classes import FieldClass
from kzcase.domain.permissions import MAY, SIGHT, Permission, Role
from kzcase.forms.library import shipped_form, shipped_forms
from kzcase.i18n import LANGUAGES, render
from kzcase.journal.kinds import KINDS, Undo
from kzcase.queries import belonging


def error_classes() -> list[type[errors.KzcaseError]]:
    found = [c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.KzcaseError)]
    return [c for c in found if c not in (errors.KzcaseError, errors.RuleBroken, errors.Trouble)]


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_is_whole(kind: object) -> None:
    assert kind.permission in MAY  # type: ignore[attr-defined]
    assert isinstance(kind.undo, Undo)  # type: ignore[attr-defined]
    assert len({render(kind.sentence, language) for language in LANGUAGES}) == 3  # type: ignore[attr-defined]


def test_every_wish_is_for_a_declared_kind() -> None:
    assert MODULES
    assert set(ACTIONS) <= set(KINDS)


def test_every_table_is_declared() -> None:
    tables = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
    assert set(tables) == set(Base.metadata.tables)
    assert all(isinstance(table.table_kind, TableKind) for table in tables.values())
    assert {name for name, table in tables.items() if issubclass(table, Journaled)} == set(ENTITIES)


@pytest.mark.parametrize("entity", sorted(ENTITIES))
def test_every_journaled_table_says_scope_subject_feature_and_classes(entity: str) -> None:
    declared, columns = shape(entity), set(ENTITIES[entity].__table__.columns.keys())
    assert declared.scope_rule in {ORGANISATION, OFFICE, *columns}
    assert declared.subject_rule in {"", *columns}
    assert declared.feature
    assert set(declared.classes) == columns - {"id"}
    assert all(isinstance(found, FieldClass) for found in declared.classes.values())
    for column in ENTITIES[entity].__table__.columns:  # merging laptops may leave any other constraint broken
        assert column.nullable or column.primary_key
        assert not column.foreign_keys
        assert not column.unique


OF_NO_SUBJECT = {"outreach", "shifts"}
"""Tables of an office that are about nobody, though each row is a subject of its own."""


def nobody_knows_whose(organisations: Collection[str]) -> set[str]:
    """The tables that are neither said to be the organisation's nor lead to a case by any column."""
    return {entity for entity in ENTITIES if entity not in organisations and not belonging.ways(entity)}


def test_of_every_table_it_is_known_whose_its_rows_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or acts on them could be undone by whoever is kept away from the case they hang on."""
    known = belonging.OF_THE_ORGANISATION
    assert nobody_knows_whose(known) == set()
    assert known == {entity for entity in ENTITIES if not shape(entity).subject_rule} | OF_NO_SUBJECT
    monkeypatch.setattr(belonging, "OF_THE_ORGANISATION", known - {"shifts"})
    assert nobody_knows_whose(known - {"shifts"}) == {"shifts"}, "the canary"


@pytest.mark.parametrize("error", error_classes(), ids=lambda error: error.__name__)
def test_every_error_has_words(error: type[errors.KzcaseError]) -> None:
    places = {name: "x" for _, name, _, _ in Formatter().parse(error.words.msgid) if name}
    for language in LANGUAGES:
        assert render(error.words.with_arguments(**places), language)


def test_every_role_sees_or_does_not_see_every_class() -> None:
    assert set(SIGHT) == set(Role)
    assert all(set(sights) == set(FieldClass) for sights in SIGHT.values())
    assert set(MAY) == set(Permission)


def test_what_a_form_saves_into_a_case_has_the_same_class_there() -> None:
    for form_id in shipped_forms():
        for question in shipped_form(form_id).walk():
            if question.save_to:
                entity, _, column = question.save_to.partition(".")
                table = {"case": "cases", "person": "people"}[entity]
                assert shape(table).classes[column] is question.field_class
