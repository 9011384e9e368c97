"""Cases past their term: only where everything of the person is, never under a hold, longest first."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions import erasing, holds, keeping_away
from kzcase.actions.history import UndoAct, undo_act
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NothingToChange, ShorterThanTheLaw
from kzcase.domain.permissions import Role
from kzcase.domain.rule_changes import What
from kzcase.i18n import render
from kzcase.queries.registers import register
from kzcase.queries.retention import AGAIN, due
from kzcase.queries.rules import rule_list, rules_to_look_at
from tests.actions.steps import do
from tests.db.books import START, TickingClock, founded
from tests.db.laptops import colleague, laptop, meet

YEARS = timedelta(days=365 * 6)


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def book(tmp_path: Path, clock: TickingClock) -> Iterator[Casebook]:
    with founded(tmp_path, clock=clock) as found:
        yield found


def a_case(book: Casebook, kind: str = "trafficking", **more: Any) -> tuple[str, str]:
    person = {} if "person_id" in more else {"person": {"names": [{"family": "Generated"}]}}
    done = do(book, act="case.opened", kind=kind, **person, **more)
    return done.ids["case"].hex(), done.ids["person"].hex()


def close(book: Casebook, case: str) -> None:
    do(book, act="case.closed", case=case, reason="moved", summary="Generated.", feedback_asked=True)


def cases_due(book: Casebook) -> list[str]:
    with book.read() as reader:
        return [row.case for row in due(reader)]


def test_a_case_is_due_when_its_term_is_over_and_not_a_day_before(book: Casebook, clock: TickingClock) -> None:
    case, _ = a_case(book)
    close(book, case)
    clock.now = START.replace(year=START.year + 5) - timedelta(days=1)
    assert cases_due(book) == []
    clock.now = START.replace(year=START.year + 5)
    assert cases_due(book) == [case]
    with book.read() as reader:
        (row,) = due(reader)
    assert (row.rule, row.doubtful, row.due_on) == ("trafficking_kept", True, START.date().replace(year=2031))


def test_open_cases_and_other_kinds_of_case_stay(book: Casebook, clock: TickingClock) -> None:
    a_case(book)
    child, _ = a_case(book, "child")
    do(book, act="report.declined", case=child, ground="Generated.", told="Generated.")
    close(book, child)
    clock.now = START + YEARS
    assert cases_due(book) == []
    clock.now = START + 2 * YEARS
    assert cases_due(book) == [child]


def test_a_person_with_another_case_that_goes_on_is_not_there(book: Casebook, clock: TickingClock) -> None:
    case, person = a_case(book)
    other, _ = a_case(book, "stateless", person_id=person)
    close(book, case)
    clock.now = START + YEARS
    assert cases_due(book) == []
    close(book, other)
    assert cases_due(book) == []
    clock.now = START + 2 * YEARS
    assert set(cases_due(book)) == {case, other}


def test_held_cases_and_those_one_is_kept_away_from_are_left_out(
    book: Casebook, clock: TickingClock, tmp_path: Path
) -> None:
    case, _ = a_case(book)
    close(book, case)
    clock.now = START + YEARS
    holds.hold_case(book, holds.HoldCase(case=case, why="Court"))
    assert cases_due(book) == []
    holds.release_case(book, holds.ReleaseCase(case=case))
    other = colleague(book, Role.SUPERVISOR)
    keeping_away.keep_away(book, keeping_away.KeepAway(case=case, staff=other.staff_id.hex()))
    with laptop(tmp_path, other, book, clock=clock) as theirs:
        assert cases_due(theirs) == []
    assert cases_due(book) == [case]


def test_a_case_that_came_for_somebody_erased_meanwhile_is_due_at_once(
    book: Casebook, clock: TickingClock, tmp_path: Path
) -> None:
    _, person = a_case(book)
    with laptop(tmp_path, book._identity, book, clock=clock) as other:  # type: ignore[arg-type]
        late, _ = a_case(other, "child", person_id=person)
        erasing.erase_person(book, erasing.ErasePerson(person, "request"))
        meet(book, other)
    assert cases_due(book) == [late]
    with book.read() as reader:
        assert due(reader)[0].rule == AGAIN
    erasing.erase_person(book, erasing.ErasePerson(late, "request"))
    assert cases_due(book) == []


def test_an_erased_case_is_no_longer_due(book: Casebook, clock: TickingClock) -> None:
    case, person = a_case(book)
    close(book, case)
    clock.now = START + YEARS
    erasing.erase_person(book, erasing.ErasePerson(person, "retention"))
    assert cases_due(book) == []


def terms(book: Casebook) -> list[tuple[Any, ...]]:
    with book.read() as reader:
        return [row.cells for row in register(reader, "retention", "en").rows]


def test_an_administrator_changes_a_term_takes_it_back_and_the_list_follows(
    book: Casebook, clock: TickingClock
) -> None:
    case, _ = a_case(book)
    close(book, case)
    clock.now = START + YEARS
    assert cases_due(book) == [case]
    before = book.rulebook.hash
    longer = do(book, act="retention.changed", kind="trafficking", years=9, source="Order 4")
    assert book.rulebook.hash != before
    assert cases_due(book) == []
    assert ("trafficking in persons", 9) in [cells[:2] for cells in terms(book)]
    do(book, act="retention.changed", kind="trafficking", years=2, source="Order 5")
    with book.read() as reader:
        (row,) = due(reader)
    assert (row.case, row.doubtful, row.below_law) == (case, False, False)
    undo_act(book, UndoAct(of=do(book, act="rule.taken_back", change=longer.ids["change"].hex()).act.hex()))
    with pytest.raises(NothingToChange):
        do(book, act="retention.changed", kind="trafficking", years=2, source="Order 5")


def test_less_than_the_law_asks_for_is_refused_until_it_is_said_and_then_it_shows(
    book: Casebook, clock: TickingClock
) -> None:
    case, _ = a_case(book)
    close(book, case)
    clock.now = START + YEARS
    do(book, act="retention.changed", kind="trafficking", years=9, least=9, source="Order of a ministry")
    with pytest.raises(ShorterThanTheLaw) as refused:
        do(book, act="retention.changed", kind="trafficking", years=2, source="Order 5")
    assert refused.value.place == "[0].years"
    assert cases_due(book) == []
    do(book, act="retention.changed", kind="trafficking", years=2, below_law=True, source="Order 5")
    with book.read() as reader:
        (row,) = due(reader)
        [ours, *_older] = [each for each in rule_list(reader, What.RETENTION) if each.ours]
    assert row.below_law
    assert render(ours.value, "en") == "2 years; the law makes one keep them 9 years"
    assert terms(book)[0][1:3] == (2, 9)


def test_two_laptops_that_disagree_keep_it_longer_and_are_told(tmp_path: Path, book: Casebook) -> None:
    with laptop(tmp_path / "other", colleague(book, Role.ADMINISTRATOR), book) as other:
        do(book, act="retention.changed", kind="child", years=4, source="Order 4")
        do(other, act="retention.changed", kind="child", years=20, source="Order 5")
        meet(book, other)
        for each in (book, other):
            rule = each.rulebook.retention.on("child", START.date())
            assert rule is not None
            assert rule.years == 20
            with each.read() as reader:
                assert [row.what for row in rules_to_look_at(reader)] == [What.RETENTION] * 2
