"""Who is counted: each person once ever, late registrations in the first open period, nobody who was struck."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.releases import ClosePeriod, close_period
from kzcase.db.casebook import Casebook
from kzcase.db.tables import ENTITIES
from kzcase.domain.errors import NotAllowed, PeriodClosed
from kzcase.domain.periods import period_dates
from kzcase.domain.permissions import Role
from kzcase.queries.releases import already_counted, people_to_count
from tests.actions.steps import CASE, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop

Q1, Q2, Q3 = (period_dates(f"2026-Q{quarter}") for quarter in (1, 2, 3))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def opened(book: Casebook, day: str, **more: str) -> bytes:
    act = {k: v for k, v in CASE.items() if k != "person"} if "person_id" in more else CASE
    return do(book, **(act | {"opened_on": day} | more)).ids["person"]


def counted(book: Casebook, period: tuple[date, date]) -> list[bytes]:
    with book.read() as reader:
        return [person.person for person in people_to_count(reader, *period)]


def close(book: Casebook, name: str) -> None:
    people = tuple(counted(book, period_dates(name)))
    close_period(book, ClosePeriod(name, 5, bytes(32), people, b"file", "00" * 32))


def test_people_of_the_period_in_the_order_they_came(book: Casebook) -> None:
    people = [opened(book, day) for day in ("2026-04-01", "2026-05-15", "2026-06-30")]
    opened(book, "2026-03-31"), opened(book, "2026-07-01")
    assert counted(book, Q2) == people


def test_a_person_with_two_cases_counts_once(book: Casebook) -> None:
    person = opened(book, "2026-04-01")
    opened(book, "2026-05-01", person_id=person.hex())
    assert counted(book, Q2) == [person]
    close(book, "2026-Q2")
    opened(book, "2026-08-01", person_id=person.hex())
    assert counted(book, Q3) == []


def test_a_later_case_does_not_count_who_came_in_a_time_that_is_not_closed_yet(book: Casebook) -> None:
    """They belong to the period of their first case, whenever that is closed."""
    early = opened(book, "2026-02-01")
    opened(book, "2026-05-01", person_id=early.hex(), kind="stateless")
    new = opened(book, "2026-05-02")
    assert counted(book, Q2) == [new]
    close(book, "2026-Q2")
    opened(book, "2026-08-01", person_id=early.hex())
    assert counted(book, Q3) == []
    assert counted(book, Q1) == [early]
    with book.read() as reader:
        assert [(one.opened_on, one.kind) for one in people_to_count(reader, *Q1)] == [
            (date(2026, 2, 1), "trafficking")
        ]
    close(book, "2026-Q1")
    assert counted(book, Q3) == []
    with book.read() as reader:
        assert already_counted(reader) == {early, new}


def test_a_later_case_in_a_closed_period_does_not_make_its_person_late(book: Casebook) -> None:
    """Their first case is in a time not closed yet; the second, registered late, lies in a closed period."""
    person = opened(book, "2026-02-01")
    close(book, "2026-Q2")
    opened(book, "2026-05-01", person_id=person.hex())
    assert counted(book, Q3) == []
    assert counted(book, Q1) == [person]


def test_a_late_first_case_counts_with_its_own_facts(book: Casebook) -> None:
    close(book, "2026-Q1")
    person = opened(book, "2026-02-01")
    opened(book, "2026-05-01", person_id=person.hex(), kind="stateless")
    with book.read() as reader:
        assert [(one.opened_on, one.kind) for one in people_to_count(reader, *Q2)] == [
            (date(2026, 2, 1), "trafficking")
        ]


def test_when_the_first_case_is_undone_the_next_is_the_first(book: Casebook) -> None:
    first = do(book, **(CASE | {"opened_on": "2026-02-01"}))
    person = first.ids["person"]
    again = opened(book, "2026-05-01", person_id=person.hex())
    assert counted(book, Q2) == []
    with book.write("case.closed") as act:
        act.session.get_one(ENTITIES["cases"], first.ids["case"]).struck = True
    assert counted(book, Q2) == [again] == [person]


def test_whoever_was_registered_late_counts_in_the_first_open_period(book: Casebook) -> None:
    early = opened(book, "2026-02-01")
    close(book, "2026-Q1")
    late = opened(book, "2026-02-02")
    assert counted(book, Q1) == [late]  # would be: but the period is closed
    with pytest.raises(PeriodClosed):
        close(book, "2026-Q1")
    assert counted(book, Q2) == [late]
    close(book, "2026-Q2")
    assert counted(book, Q3) == []
    with book.read() as reader:
        assert already_counted(reader) == {early, late}


def test_an_undone_case_does_not_count(book: Casebook) -> None:
    undo_act(book, UndoAct(of=do(book, **(CASE | {"opened_on": "2026-05-01"})).act.hex()))
    assert counted(book, Q2) == []


def test_what_is_counted_of_a_person(book: Casebook) -> None:
    opened(book, "2026-05-01")
    with book.read() as reader:
        (one,) = people_to_count(reader, *Q2)
    assert (one.kind, one.region, one.sex, one.birth, one.referred) == (
        "trafficking",
        "KZ-75",
        "female",
        "1994-05",
        False,
    )


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SUPERVISOR])
def test_only_a_supervisor_asks(tmp_path: Path, book: Casebook, role: Role) -> None:
    with laptop(tmp_path, colleague(book, role), book) as other, other.read() as reader, pytest.raises(NotAllowed):
        people_to_count(reader, *Q2)


def test_two_records_found_to_be_one_person_count_once(book: Casebook) -> None:
    """Merged before the period is closed, or after one of them was counted; parted again, each counts."""
    first, second = opened(book, "2026-04-01"), opened(book, "2026-05-01")
    third = opened(book, "2026-06-01")
    assert counted(book, Q2) == [first, second, third]
    do(book, act="persons.merged", person=second.hex(), other=first.hex())
    assert counted(book, Q2) == [first, third]
    close(book, "2026-Q2")
    late = opened(book, "2026-08-01")
    do(book, act="persons.merged", person=late.hex(), other=third.hex())
    assert counted(book, Q3) == []
    do(book, act="persons.parted", person=late.hex(), other=third.hex())
    assert counted(book, Q3) == [late]
