"""The rooms of a demonstration are alive: a household, conferences, cases offered and passed on, somebody sought."""

from pathlib import Path

from kzcase.demo.rooms import OpenCase, fill_rooms
from kzcase.domain.permissions import Role
from kzcase.queries.case_states import case_of
from kzcase.queries.persons import person_page
from kzcase.queries.together import together
from kzcase.queries.tracing import tracings
from tests.actions.steps import a_case
from tests.db.books import START, founded
from tests.db.laptops import colleague

TODAY = START.date()


def test_no_room_is_empty(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        other = colleague(book, Role.CASEWORKER, Role.SUPERVISOR)
        kinds = ("child", "child", "trafficking", "trafficking", "stateless")
        cases = []
        for kind in kinds:
            case = a_case(book, kind=kind, region="KZ-75")
            with book.read() as reader:
                person = together_person(reader, case)
            cases.append(OpenCase(case, person, kind))
        more = {"today": TODAY, "language": "kk", "seed": 1}
        assert fill_rooms(book, cases, colleague=other.staff_id.hex(), **more) > 15  # type: ignore[arg-type]
        book.show_names()
        with book.read() as reader:
            page = person_page(reader, cases[0].person)
            assert len(page.household) == 2
            assert [step.step for step in page.steps if step.waits_for]
            found = [together(reader, each.case) for each in cases]
            assert [bool(each.conferences) for each in found] == [True, True, False, False, False]
            assert [bool(each.transfers) for each in found][2:] == [True, False, False]
            held_by = [case_of(reader, each.case).worker_id for each in cases[2:]]
            assert held_by == [book.acting.staff_id, other.staff_id, other.staff_id]
            assert tracings(reader, cases[0].case)


def together_person(reader: object, case: str) -> str:
    return (case_of(reader, case).client_id or b"").hex()  # type: ignore[arg-type]


def test_nothing_is_said_of_a_casebook_without_open_cases(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        assert fill_rooms(book, [], colleague="", today=TODAY, language="kk", seed=1) == 0
