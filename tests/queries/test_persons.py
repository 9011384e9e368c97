"""One person in several cases: everybody sees what is theirs to see, and who may be the same person stays quiet."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.persons import look_for_pairs, open_person
from kzcase.db.casebook import Casebook
from kzcase.db.sql import Sql
from kzcase.domain.alike import Alike, Known, alike
from kzcase.domain.errors import NeedsReason, NotAllowed, NotFound
from kzcase.domain.permissions import Role
from kzcase.domain.person_rows import PersonPage
from kzcase.queries import alike as alike_queries
from kzcase.queries.alike import alike_people
from kzcase.queries.search import search
from tests.actions.steps import CASE, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop, meet

OSH = {"family": "Каримова", "given": "Дильноза", "patronymic": "Анваровна"}


@pytest.fixture
def books(tmp_path: Path) -> Iterator[tuple[Casebook, Casebook]]:
    """The supervisor's laptop, and one of a caseworker who holds no case yet."""
    founder = founded(tmp_path)
    worker = laptop(tmp_path, colleague(founder, Role.CASEWORKER), founder)
    yield founder, worker
    founder.close()
    worker.close()


def a_case(book: Casebook, *names: dict[str, Any], **person: Any) -> tuple[str, str]:
    who = {"names": list(names) or [OSH], "sex": "female", "birth": "1994-05-17", **person}
    done = do(book, **(CASE | {"person": who}))
    return done.ids["case"].hex(), done.ids["person"].hex()


def page(book: Casebook, person: str) -> PersonPage:
    book.show_names()
    return open_person(book, person)


def found(book: Casebook, known: Known) -> list[str]:
    with book.read() as reader:
        return [row.person for row in alike_people(reader, known)]


def test_former_names_nicknames_documents_and_phones_in_any_format_are_found(books: tuple[Casebook, Casebook]) -> None:
    founder, _worker = books
    case, person = a_case(founder, phones=[{"number": "8 (701) 000-11-22"}], iin="940517400002")
    do(founder, act="name.added", person=person, family="Рахимова", kind="former", until="2019")
    do(founder, act="name.added", person=person, given="Жулдыз", kind="nickname")
    document = {"record": "document", "kind": "foreign_passport", "number": "АВ 1234567"}
    do(founder, act="record.added", person=person, facts=document)
    founder.show_names()
    with founder.read() as reader:
        for typed in ("Rahimova", "жұлдыз", "Anvarovna", "+7 701 000 11 22", "87010001122", "AB1234567", "ав-123 45 67",
                      "1234567", "940517400002", "AB12345"):  # fmt: skip
            assert [hit.case for hit in search(reader, typed)] == [case], typed
        assert search(reader, "AB1234568") == []


def after_looking(asked: list[str]) -> list[str]:
    """The questions after the last one to the search index: how many that takes depends on the words typed."""
    return asked[max(at for at, query in enumerate(asked) if "search_keys" in query) + 1 :]


def test_whoever_types_learns_nothing_of_others_cases_and_the_same_work_is_done(
    books: tuple[Casebook, Casebook], monkeypatch: pytest.MonkeyPatch
) -> None:
    founder, worker = books
    others_case, person = a_case(founder)
    for number in range(30):
        a_case(founder, {"family": "Generated", "given": f"Other{number}"})
    meet(founder, worker)
    known = Known((" ".join(OSH.values()),), "1994-05-17", "female")
    asked: list[str] = []
    plain, comparing = Sql.rows, alike_queries.alike_to

    def rows(sql: Sql, query: str, given: Any = ()) -> Any:
        asked.append(query)
        return plain(sql, query, given)

    def work(known: Known) -> tuple[list[str], int, list[str]]:
        compared: list[Known] = []
        asked.clear()

        def counted(one: Known) -> Callable[[Known], Alike]:
            compare = comparing(one)
            return lambda other: (compared.append(other), compare(other))[1]

        monkeypatch.setattr(alike_queries, "alike_to", counted)
        return found(worker, known), len(compared), asked.copy()

    monkeypatch.setattr(Sql, "rows", rows)
    unknown = " ".join(("Неизвестная", "Совсем", "Никогда")[: len(known.names[0].split())])
    hidden, nobody = work(known), work(Known((unknown,), "1994-05-17", "female"))
    assert hidden[0] == nobody[0] == []
    assert hidden[1] == nobody[1] == alike_queries.LOOKED_AT
    read = [after_looking(each[2]) for each in (hidden, nobody)]
    assert read[0] == read[1]  # whoever is compared is read by the same questions, in the same order
    assert len(read[0]) > 10
    do(worker, act="note.added", case=others_case, text="Generated.", look_reason="same_person")
    assert found(worker, known) == [person]  # once it was opened with a reason
    assert found(founder, known)[0] == person


def test_a_match_beyond_reach_waits_for_the_supervisor_until_it_is_decided(books: tuple[Casebook, Casebook]) -> None:
    founder, worker = books
    _case, person = a_case(founder)
    meet(founder, worker)
    _other_case, other = a_case(worker, {"family": "KARIMOVA", "given": "DILNOZA"})
    with pytest.raises(NotAllowed):
        look_for_pairs(worker)
    meet(founder, worker)
    (pair,) = look_for_pairs(founder)
    assert {pair.first.person, pair.second.person} == {person, other}
    assert "birth_day_equal" in pair.second.why
    do(founder, act="persons.told_apart", person=person, other=other)
    assert look_for_pairs(founder) == []


def test_a_suspect_is_recognised_across_cases_without_opening_them(books: tuple[Casebook, Casebook]) -> None:
    founder, worker = books
    suspect = {"names": [{"given": "Generated", "family": "Recruiter"}], "phones": [{"number": "+7 700 555 66 77"}]}
    made = []
    for book in (founder, worker):
        _case, person = a_case(book, {"family": f"Client{len(made)}", "given": "Generated"}, birth=None)
        act = {"act": "relation.added", "person": person, "kind": "recruiter_suspected", "said_by": "person"}
        made.append(do(book, **act, new_person=suspect).ids["other"].hex())
        meet(founder, worker)
    with pytest.raises(NeedsReason):
        page(worker, made[0])
    pairs = [{row.first.person, row.second.person} for row in look_for_pairs(founder)]
    assert set(made) in pairs


def test_others_cases_are_told_to_supervisors_only_and_nothing_else_of_them(books: tuple[Casebook, Casebook]) -> None:
    founder, worker = books
    first, person = a_case(founder)
    meet(founder, worker)
    second = do(worker, act="case.opened", kind="stateless", person_id=person, look_reason="same_person").ids["case"]
    third = laptop(worker.folder.path.parent, colleague(founder, Role.CASEWORKER), founder, worker)
    meet(founder, worker, third)
    with pytest.raises(NeedsReason):
        open_person(third, person)
    third.close()
    seen = page(founder, person)
    assert ([case.id for case in seen.cases], seen.known_elsewhere) == ([first], True)
    mine = page(worker, person)
    assert second.hex() in [case.id for case in mine.cases]
    assert mine.known_elsewhere is False


def test_a_member_of_a_household_is_no_recipient_of_anothers(books: tuple[Casebook, Casebook]) -> None:
    founder, worker = books
    _case, mother = a_case(founder)
    do(founder, act="record.added", person=mother, facts={"record": "step", "kind": "identity", "state": "done"})
    meet(founder, worker)
    _own, child = a_case(worker, {"given": "Generated"}, birth="2024")
    meet(founder, worker)
    do(founder, act="relation.added", person=child, kind="mother", other=mother)
    joined = {"act": "household.joined", "person": child, "with_person": mother}
    do(founder, **joined, nationality_status="undetermined")
    do(founder, act="household.joined", person=mother, with_person=child, nationality_status="citizen")
    birth = {"record": "step", "kind": "birth_registration", "state": "applied"}
    do(founder, act="record.added", person=child, facts=birth)
    meet(founder, worker)
    (relation,), seen = page(worker, child).relations, page(worker, child)
    assert (relation.kind, relation.name) == ("mother", None)
    statuses = {row.person: row.nationality_status for row in seen.household}
    assert statuses == {child: "undetermined", mother: None}
    waiting = {row.step: row.waits_for for row in seen.steps}
    assert ("mother:identity",) in waiting["birth_registration"]
    known = {row.step: row.waits_for for row in page(founder, child).steps}
    assert ("mother:identity",) not in known["birth_registration"]


def test_two_become_one_and_two_again_whatever_was_written_since_and_wherever(
    books: tuple[Casebook, Casebook],
) -> None:
    founder, worker = books
    case, person = a_case(founder)
    _case, other = a_case(founder, {"family": "KARIMOVA", "given": "DILNOZA"})
    before = [page(founder, one).person for one in (person, other)]
    merged = do(founder, act="persons.merged", person=person, other=other)
    meet(founder, worker)
    assert [row.id for row in page(founder, person).merged] == [other]
    with founder.read() as reader:
        assert len({hit.person for hit in search(reader, "Анваровна")}) == 2
    do(worker, act="note.added", case=case, text="Generated.", look_reason="contact")
    do(worker, act="phone.added", person=other, number="+7 700 000 00 01", look_reason="contact")
    meet(founder, worker)
    undo_act(founder, UndoAct(of=merged.act.hex()))
    meet(founder, worker)
    after = [page(book, person) for book in (founder, worker)]
    assert all(each.merged == () for each in after)
    assert page(founder, person).person == before[0]
    assert page(founder, other).person.names == before[1].names


def test_two_laptops_may_merge_at_once_and_parting_parts_both(books: tuple[Casebook, Casebook], tmp_path: Path) -> None:
    founder, _worker = books
    people = [a_case(founder, {"given": f"One{number}"})[1] for number in range(3)]
    second = laptop(tmp_path, colleague(founder, Role.SUPERVISOR), founder)
    do(founder, act="persons.merged", person=people[0], other=people[1])
    do(second, act="persons.merged", person=people[1], other=people[0])
    do(second, act="persons.merged", person=people[1], other=people[2])
    meet(founder, second)
    assert {row.id for row in page(founder, people[0]).merged} == set(people[1:])
    do(founder, act="persons.parted", person=people[0], other=people[1])
    meet(founder, second)
    for book in (founder, second):
        assert page(book, people[0]).merged == ()
        assert [row.id for row in page(book, people[1]).merged] == [people[2]]
    second.close()


def test_a_score_says_why() -> None:
    one = Known(("Каримова Дильноза",), "1994-05-03", "female", frozenset({"UZ"}), frozenset({"7010001122"}))
    twin = Known(("Каримова Дилфуза",), "1994-05-03", "female", frozenset({"UZ"}))
    swapped = Known(("KARIMOVA DILNOZA",), "1994-03-05", "female")
    other = Known(("Каримова Дильноза",), "1962", "female")
    assert alike(one, one).score == 1.0
    assert {"same_phone", "birth_day_equal", "citizenship_equal"} <= set(alike(one, one).why)
    assert "birth_day_swapped" in alike(one, swapped).why
    assert alike(one, swapped).score > alike(one, twin).score
    assert alike(one, other).score < 0.5
    assert "birth_year_differs" in alike(one, other).why


def test_nobody_is_found_under_nothing(books: tuple[Casebook, Casebook]) -> None:
    with pytest.raises(NotFound):
        open_person(books[0], "00" * 16)
