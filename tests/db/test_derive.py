"""Derived columns and search keys follow the facts they come from, whatever order these arrive in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kzcase.actions.history import UndoAct, undo_act
from kzcase.db import derive as deriving
from kzcase.db.casebook import Casebook
from kzcase.db.derive import END_OF_NAMES, derive
from kzcase.domain.collation import sort_key
from kzcase.domain.ids import Id
from kzcase.journal.parts import deserialised
from tests.actions.steps import CASE, PERSON, do
from tests.db.books import founded, replica, template
from tests.db.dump import differences

Key = tuple[str, str, str]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def keys(book: Casebook, source: Id) -> set[Key]:
    """(key, kind, all keys) that came from a person or a case."""
    return set(book._sql.rows("SELECT key, kind, all_keys FROM search_keys WHERE source = ?", (source,)))


def of_kind(book: Casebook, source: Id, kind: str) -> set[str]:
    return {key for key, found, _ in keys(book, source) if found == kind}


def order(book: Casebook, case: Id) -> str | None:
    """What a case is sorted by."""
    found: str | None = book._sql.value("SELECT sort_key FROM cases WHERE id = ?", (case,))
    return found


def test_a_case_is_sorted_by_the_name_its_person_is_shown_under(book: Casebook) -> None:
    done = do(book, **CASE)
    assert order(book, done.ids["case"]) == sort_key("Каримова Дильноза")
    added = do(book, act="name.added", person=done.ids["person"].hex(), family="Ахметова")
    assert order(book, done.ids["case"]) == sort_key("Каримова Дильноза")  # the first name is the one shown
    undo_act(book, UndoAct(of=added.act.hex()))
    assert order(book, done.ids["case"]) == sort_key("Каримова Дильноза")
    second = do(book, act="case.opened", kind="child", person_id=done.ids["person"].hex())
    assert order(book, second.ids["case"]) == sort_key("Каримова Дильноза")


def test_another_name_moves_every_case_of_the_person(book: Casebook) -> None:
    from kzcase.db.tables.people import PersonName

    first = do(book, **CASE)
    second = do(book, act="case.opened", kind="child", person_id=first.ids["person"].hex())
    name = book._sql.value("SELECT id FROM person_names WHERE person_id = ?", (first.ids["person"],))
    with book.write("person.corrected") as act:
        act.session.get_one(PersonName, name).family = "Яковлева"
    for case in (first.ids["case"], second.ids["case"]):
        assert order(book, case) == sort_key("Яковлева Дильноза")
    assert "karimova" not in of_kind(book, first.ids["person"], "name")


def test_every_key_of_a_person_stands_beside_each(book: Casebook) -> None:
    person = do(book, **CASE).ids["person"]
    do(book, act="name.added", person=person.hex(), family="Karimova", given="Dilnoza", patronymic="Anvarovna")
    do(book, act="phone.added", person=person.hex(), number="+7 705 111 22 33")
    (together,) = {all_keys for _, _, all_keys in keys(book, person)}
    assert set(together.split()) - {END_OF_NAMES.strip()} == {key for key, _, _ in keys(book, person)}
    names, _, others = together.partition(END_OF_NAMES)
    assert set(names.split()) == of_kind(book, person, "name") >= {"karimova", "dilnoza", "anvarovna"}
    assert set(others.split()) == of_kind(book, person, "phone") | of_kind(book, person, "sound")
    assert of_kind(book, person, "phone") == {"77051112233", "7051112233"}


def test_the_number_of_a_case_leads_to_its_person(book: Casebook) -> None:
    done = do(book, **CASE)
    number = done.number.lower().replace("-", "")
    assert keys(book, done.ids["case"]) == {(number, "number", "")}
    (person,) = book._sql.row("SELECT person_id FROM search_keys WHERE key = ?", (number,)) or ()
    assert person == done.ids["person"]


@pytest.mark.parametrize("case_first", [True, False])
def test_it_does_not_matter_whether_the_case_or_its_person_comes_first(
    book: Casebook, tmp_path: Path, case_first: bool
) -> None:
    done = do(book, **CASE)
    parts, scope_keys = book.everything()
    scope_of = {part: deserialised(part)[3].scope for part in parts}
    last = done.ids["person" if case_first else "case"]
    with replica(tmp_path, template().founder) as other:
        other.take_in([part for part in parts if scope_of[part] != last], scope_keys)
        other.take_in([part for part in parts if scope_of[part] == last], scope_keys)
        assert order(other, done.ids["case"]) == sort_key("Каримова Дильноза")
        assert keys(other, done.ids["person"]) == keys(book, done.ids["person"])
        assert not differences(book, other)


def test_keys_that_come_after_their_parts_make_people_found(book: Casebook, tmp_path: Path) -> None:
    done = do(book, **CASE)
    parts, scope_keys = book.everything()
    with replica(tmp_path, template().founder) as other:
        other.take_in(parts)
        assert keys(other, done.ids["person"]) == keys(other, done.ids["case"]) == set()
        other.take_in([], scope_keys)
        assert keys(other, done.ids["person"]) == keys(book, done.ids["person"]) != set()
        assert keys(other, done.ids["case"]) == keys(book, done.ids["case"]) != set()


def test_what_stands_right_is_not_written_again(book: Casebook) -> None:
    done = do(book, **CASE)
    rows = [("people", done.ids["person"]), ("cases", done.ids["case"])]
    said: list[str] = []
    with book._transaction("take_in"):
        raw = book._sql._driver
        raw.set_trace_callback(said.append)
        derive(book._sql, book.rulebook, rows)
        raw.set_trace_callback(None)
    assert said
    assert all(statement.lstrip().startswith("SELECT") for statement in said)


def test_what_was_spoiled_is_put_right_and_nothing_else_is_left(book: Casebook) -> None:
    done = do(book, **CASE)
    person, case = done.ids["person"], done.ids["case"]
    before = keys(book, person), keys(book, case), order(book, case)
    with book._transaction("take_in"):
        sql = book._sql
        sql.run("UPDATE search_keys SET all_keys = 'x' WHERE key = 'karimova'")
        sql.run("INSERT INTO search_keys VALUES ('stray', ?, ?, 'name', '')", (person, person))
        sql.run("DELETE FROM search_keys WHERE kind = 'number'")
        sql.run("UPDATE cases SET sort_key = 'x', stage = 'x'")
        sql.run("UPDATE people SET shown_name = NULL")
        derive(sql, book.rulebook, [("people", person)])
    assert (keys(book, person), keys(book, case), order(book, case)) == before


@pytest.mark.parametrize("at_once", [1, 150, 2_000])
def test_many_people_at_once_get_what_each_would_alone(
    book: Casebook, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(deriving, "_AT_ONCE", at_once)
    with book.batch():
        for at in range(200):
            do(book, **(CASE | {"person": PERSON | {"names": [{"family": f"Name{at:03}"}]}}))
    sql = book._sql
    before = sql.rows("SELECT * FROM search_keys ORDER BY 1, 2, 3"), sql.rows("SELECT id, sort_key FROM cases")
    with book._transaction("take_in"):
        book._sql.run("DELETE FROM search_keys")
        book._sql.run("UPDATE cases SET sort_key = NULL")
        people = [("people", person) for (person,) in book._sql.rows("SELECT id FROM people")]
        derive(book._sql, book.rulebook, people)
    sql = book._sql
    after = sql.rows("SELECT * FROM search_keys ORDER BY 1, 2, 3"), sql.rows("SELECT id, sort_key FROM cases")
    assert after == before
    assert len(people) == len({key for _, key in before[1]}) == 200
