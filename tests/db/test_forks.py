"""Two laptops under one identity: a copied casebook, an old state put back, a forger. Nothing anybody did is lost."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from kzcase.actions.cases import AddNote, add_note
from kzcase.actions.people import CorrectPerson, correct_person
from kzcase.db import store
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.check import check_files
from kzcase.db.recorder import stored_heads
from kzcase.domain.ids import new_id
from kzcase.domain.permissions import Role
from kzcase.journal.operations import Operation
from kzcase.keys.identity import Identity
from tests.db.books import KEY, TickingClock, founded
from tests.db.drivers import World, perform
from tests.db.dump import differences
from tests.db.laptops import colleague, forge, forge_at, give, ids, laptop, meet, row, value
from tests.laptops import another_laptop


def copied(book: Casebook, folder: Path, name: str = "copy") -> Casebook:
    """The same casebook opened on another laptop, under the identity of the first."""
    path, identity = folder / f"{name}.kzcase", book._identity
    shutil.copytree(book.folder.path, path, ignore=shutil.ignore_patterns("ballast", "lock"))
    with another_laptop():
        return Casebook.open(path, Opening(KEY, identity, TickingClock()))


def disputed(book: Casebook, person: bytes) -> str | None:
    found: str | None = book._sql.value("SELECT disputed FROM heads WHERE entity = 'people' AND id = ?", (person,))
    return found


def live(book: Casebook, person: bytes) -> set[object]:
    """Every answer to when somebody was born."""
    with book._write_lock, book._transaction("take_in"):
        dots = stored_heads(book._sql, "people", person).of("birth").dots
        found = [store.part_with(book._sql, person, dot) for dot in dots]
        rings = [book._keyrings.ring(book._sql, person, part.bodies) for part in found if part]
        made = [store.operations_of(book._sql, part, ring) for part, ring in zip(found, rings, strict=True) if part]
        return {o.value for operations in made for o in operations if o.field == "birth" and o.dot in dots}


Two = tuple[Casebook, Casebook]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    """A casebook with a case, and a copy of it that both go on under one identity without knowing of each other."""
    first = founded(tmp_path)
    perform(World(first, Random(1)), "case.opened")
    second = copied(first, tmp_path)
    assert first.facts.incarnation == second.facts.incarnation
    yield first, second
    first.close()
    second.close()


def go_apart(two: Two, *births: str) -> tuple[bytes, bytes]:
    """Both write in the same fields and scopes, under the same numbers; the case and the person."""
    first, _ = two
    (case,), (person,) = ids(first, "cases"), ids(first, "people")
    for book, birth in zip(two, births or ("1990", "1991"), strict=True):
        correct_person(book, CorrectPerson(person=person.hex(), birth=birth))
        add_note(book, AddNote(case=case.hex(), text=f"Born in {birth}?"))
        perform(World(book, Random(2)), "partner.added")
    return case, person


def forked(book: Casebook) -> int:
    """How many numbers several acts carry, by a check of the closed casebook."""
    path = book.folder.path
    book.close()
    report = check_files(path, KEY, deep=True)
    assert {finding.check for finding in report.findings} <= {"forks", "copied"}
    return sum(finding.check == "forks" for finding in report.findings)


def test_what_both_copies_did_is_all_there(two: Two) -> None:
    first, second = two
    _, person = go_apart(two)
    before = len(ids(first, "notes"))
    meet(first, second)
    assert not differences(first, second)
    assert len(ids(first, "notes")) == before + 1
    assert len(ids(first, "partners")) == 2
    assert disputed(first, person) == "birth"
    assert live(first, person) == live(second, person) == {"1990", "1991"}


def test_whoever_saw_one_of_two_answers_replaces_that_one_only(two: Two, tmp_path: Path) -> None:
    """Both answers stand under one number of one device; the second comes after somebody settled the first."""
    first, second = two
    worker = colleague(first, Role.CASEWORKER)
    give(first, second)  # so that the colleague is known before the copies go apart
    _, person = go_apart(two)
    with laptop(tmp_path, worker, first) as third:
        correct_person(third, CorrectPerson(person=person.hex(), birth="1992", look_reason="contact"))
        meet(first, second, third)
        assert live(third, person) == {"1991", "1992"}
        assert not differences(first, third)


def test_both_copies_become_devices_of_their_own_as_soon_as_they_meet(two: Two) -> None:
    first, second = two
    shared = first.facts.incarnation
    go_apart(two)
    meet(first, second)
    incarnations = {book.facts.incarnation for book in two}
    assert len(incarnations) == 2
    assert shared not in incarnations
    assert first.facts.code != second.facts.code
    assert first.standing is not None  # and no period is closed before somebody looked
    count = first._sql.value("SELECT count(*) FROM acts WHERE incarnation = ?", (shared,))
    go_apart(two, "1992", "1993")
    meet(first, second)
    assert not differences(first, second)
    assert first._sql.value("SELECT count(*) FROM acts WHERE incarnation = ?", (shared,)) == count


def test_a_check_names_the_numbers_that_several_acts_carry(two: Two) -> None:
    first, second = two
    go_apart(two)
    assert forked(copied(first, first.folder.path.parent, "before")) == 0
    meet(first, second)
    assert forked(first) == forked(second) == 3


def test_a_laptop_that_was_put_back_takes_its_own_acts_in_and_starts_anew(two: Two) -> None:
    """The copy is the laptop as it was yesterday; what it did since comes back from others."""
    first, yesterday = two
    (case,) = ids(first, "cases")
    add_note(first, AddNote(case=case.hex(), text="After the backup."))
    give(first, yesterday)
    assert yesterday.facts.incarnation != first.facts.incarnation
    add_note(yesterday, AddNote(case=case.hex(), text="Now."))
    meet(first, yesterday)
    assert not differences(first, yesterday)
    assert forked(yesterday) == 0


def test_a_third_laptop_sees_the_same_whichever_copy_it_meets_first(two: Two, tmp_path: Path) -> None:
    first, second = two
    go_apart(two)
    identity = first._identity
    with laptop(tmp_path, identity, first) as one, laptop(tmp_path, identity, second) as other:  # type: ignore[arg-type]
        give(second, one)
        give(first, other)
        assert not differences(one, other)


def test_any_order_of_the_forked_acts_ends_the_same(two: Two, tmp_path: Path) -> None:
    first, second = two
    go_apart(two)
    parts = [*{*first.everything()[0], *second.everything()[0]}]
    keys = [*first.everything()[1], *second.everything()[1]]
    identity, chance = first._identity, Random(7)
    with laptop(tmp_path, identity) as reference:  # type: ignore[arg-type]
        reference.take_in(parts, keys)
        for _ in range(6):
            chance.shuffle(parts)
            with laptop(tmp_path, identity) as book:  # type: ignore[arg-type]
                for at in range(0, len(parts), 3):
                    book.take_in(parts[at : at + 3], keys)
                assert not differences(reference, book)


def nameless(operation: Operation) -> tuple[bytes, int]:
    """The name an operation would have if a device's numbers were enough."""
    return (operation.incarnation, operation.seq)


def test_names_without_the_act_would_lose_an_answer(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary of the tests above: by device and number alone, two answers are one."""
    first, second = two
    _, person = go_apart(two)
    monkeypatch.setattr(Operation, "dot", property(nameless))
    meet(first, second)
    assert live(first, person) != {"1990", "1991"} or differences(first, second)


# Somebody who may act signs under the identity of another's laptop


@pytest.mark.parametrize("index", [0, 1, 1 << 40, (1 << 53) - 1])
def test_an_act_signed_for_another_laptop_hides_and_stops_nothing(tmp_path: Path, index: int) -> None:
    first = founded(tmp_path)
    perform(World(first, Random(1)), "case.opened")
    (case,) = ids(first, "cases")
    with laptop(tmp_path, colleague(first, Role.CASEWORKER), first) as second:
        before = {name: ids(first, name) for name in ("cases", "people", "notes", "staff")}
        note = row("notes", new_id(), case, case_id=case, text="From your laptop.")
        forged = forge_at(second, "note.added", [(case, note)], index, bytes(32), first.facts.incarnation)
        first.take_in(forged, second.everything()[1])
        for name, rows in before.items():
            assert rows <= ids(first, name)
        added = add_note(first, AddNote(case=case.hex(), text="Mine."))
        give(first, second)
        assert value(second, "notes", added.ids["note"], "text") == "Mine."
        with laptop(tmp_path, first._identity, first) as third:  # type: ignore[arg-type]
            assert not differences(first, third)
    first.close()


def test_what_nobody_signed_does_not_make_a_new_device(tmp_path: Path) -> None:
    """Else whoever reaches the stick could rename every laptop at every meeting."""
    first, stranger = founded(tmp_path), Identity.fresh(new_id(), "Stranger")
    with laptop(tmp_path, first._identity, first) as second:  # type: ignore[arg-type]
        incarnation = first.facts.incarnation
        own = second._chain
        second._chain = replace(own, incarnation=incarnation, index=3, previous=bytes(32))
        for author in (stranger.staff_id, first.acting.staff_id):
            second._identity = stranger
            office = first.facts.office
            change = row("partners", new_id(), office, name="Nobody's")
            forged = forge(second, "partner.added", [(office, change)], author=author)
            first.take_in(forged)
            assert first.facts.incarnation == incarnation
        seq = first._sql.value("SELECT max(first_seq) FROM parts WHERE incarnation = ?", (incarnation,))
        perform(World(first, Random(3)), "partner.added")
        assert first._sql.value("SELECT max(first_seq) FROM parts WHERE incarnation = ?", (incarnation,)) == seq
    first.close()
