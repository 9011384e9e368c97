"""Projection in portions: however few operations are held in memory at a time, the tables end the same."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from kzcase.actions.people import CorrectPerson, correct_person
from kzcase.db import projector
from kzcase.db.casebook import Casebook
from kzcase.db.recorder import heads_of_rows, stored_heads
from kzcase.domain.permissions import Role
from kzcase.journal.heads import EntityHeads
from kzcase.journal.kinds import KINDS
from tests.actions.steps import CASE, do
from tests.db.books import founded, replica, template
from tests.db.drivers import World, perform
from tests.db.dump import differences
from tests.db.laptops import colleague, ids, laptop, meet, value


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


@pytest.mark.parametrize("at_once", [1, 2, 7])
def test_portions_end_as_everything_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    world = World(founded(tmp_path), Random(at_once))
    for kind in sorted(KINDS):
        perform(world, kind)
    parts, keys = world.book.everything()
    monkeypatch.setattr(projector, "_AT_ONCE", at_once)
    Random(1).shuffle(parts)
    with world.book as book, replica(tmp_path, template().founder) as other:
        other.take_in(parts, keys)
        assert not differences(book, other)


def test_a_careful_answer_governs_though_the_other_came_in_another_portion(
    book: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projector, "_AT_ONCE", 1)
    worker = colleague(book, Role.CASEWORKER)
    do(book, **CASE)
    with laptop(tmp_path, worker, book) as second:
        (case,) = ids(book, "cases")
        for each, urgency in ((book, "immediate"), (second, "routine")):
            with each.write("person.corrected") as act:
                from kzcase.db.tables.cases import Case

                act.session.get_one(Case, case).urgency = urgency
        meet(book, second)
        assert [value(each, "cases", case, "urgency") for each in (book, second)] == ["immediate", "immediate"]


def test_heads_of_many_rows_are_those_of_each(book: Casebook) -> None:
    done = [do(book, **CASE) for _ in range(3)]
    correct_person(book, CorrectPerson(person=done[0].ids["person"].hex(), birth="1990"))
    rows = [("people", each.ids["person"]) for each in done] + [("cases", each.ids["case"]) for each in done]
    together = heads_of_rows(book._sql, [*rows, ("people", bytes(16))])
    assert together.keys() == set(rows)
    assert {row: heads.encoded() for row, heads in together.items()} == {
        row: stored_heads(book._sql, *row).encoded() for row in rows
    }
    assert stored_heads(book._sql, "people", bytes(16)).encoded() == EntityHeads().encoded()
