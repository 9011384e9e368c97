"""Calls and referrals that became no case: their terms, legal holds on them, and erasing them for good."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from kzcase.actions import holds
from kzcase.actions.drafts import KeptDraft, save_draft
from kzcase.actions.erasing import ErasePerson, erase_person, plan_erasure
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import CaseHeld, CaseHeldAlready, CaseNotHeld, NotAllowed, NotFound, PartOfACase
from kzcase.domain.permissions import Role
from kzcase.queries.retention import due
from kzcase.queries.without_case import due_without_case, held_without_case
from tests.actions.steps import CALL, a_case, do
from tests.db.books import START, TickingClock, founded
from tests.db.dump import differences, still_there
from tests.db.laptops import colleague, laptop, meet

YEARS = timedelta(days=365 * 3 + 2)
NOTE, PHONE, WHO = "Қамбар туралы белгісіз сөз", "+7 701 555 01 77", "Generated Zhuldyz"


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def book(tmp_path: Path, clock: TickingClock) -> Iterator[Casebook]:
    with founded(tmp_path, clock=clock) as found:
        yield found


def a_call(book: Casebook) -> str:
    return do(book, **(CALL | {"note": NOTE, "phone": PHONE})).ids["call"].hex()


def a_referral(book: Casebook) -> str:
    wish = {"sender": "Generated", "need": "shelter", "who": WHO, "contact": PHONE, "how": "phone"}
    return do(book, act="referral.received", **wish).ids["incoming"].hex()


def listed(book: Casebook) -> list[str]:
    with book.read() as reader:
        return [row.case for row in due_without_case(reader)]


def test_each_is_due_when_its_own_term_is_over(book: Casebook, clock: TickingClock) -> None:
    call, referral = a_call(book), a_referral(book)
    clock.now = START + YEARS - timedelta(days=9)
    assert listed(book) == []
    clock.now = START + YEARS
    assert set(listed(book)) == {call, referral}
    do(book, act="retention.changed", kind="call", years=6, source="Order 7")
    assert listed(book) == [referral]
    with book.read() as reader:
        assert due(reader) == []
        [row] = due_without_case(reader)
    assert (row.kind, row.rule, row.doubtful) == ("incoming", "incoming_kept", True)


def test_what_became_a_case_goes_by_the_case(book: Casebook, clock: TickingClock) -> None:
    call, linked = a_call(book), a_call(book)
    case = a_case(book, call=call)
    do(book, act="call.linked", call=linked, case=case)
    clock.now = START + YEARS
    assert listed(book) == []
    for one in (call, linked):
        with pytest.raises(PartOfACase):
            plan_erasure(book, one)
        with pytest.raises(PartOfACase):
            holds.hold(book, one, "Court")


def test_a_hold_keeps_it_until_it_is_taken_off(book: Casebook, clock: TickingClock) -> None:
    call = a_call(book)
    clock.now = START + YEARS
    holds.hold(book, call, "Letter of a court")
    assert listed(book) == []
    with book.read() as reader:
        [row] = held_without_case(reader)
    assert (row.case, row.why, row.kind) == (call, "Letter of a court", "call")
    with pytest.raises(CaseHeldAlready):
        holds.hold(book, call, "again")
    with pytest.raises(CaseHeld):
        erase_person(book, ErasePerson(call, "retention"))
    assert plan_erasure(book, call).held == (row.number,)
    holds.release(book, row.number)
    with pytest.raises(CaseNotHeld):
        holds.release(book, call)
    assert listed(book) == [call]


def test_a_hold_on_a_call_also_keeps_whoever_it_became_a_case_of(book: Casebook) -> None:
    call = a_call(book)
    holds.hold(book, call, "Letter of a court")
    case = a_case(book, call=call)
    with pytest.raises(CaseHeld):
        erase_person(book, ErasePerson(case, "request"))


@pytest.mark.parametrize("make", [a_call, a_referral])
def test_erasing_leaves_only_what_is_counted_here_and_elsewhere(
    tmp_path: Path, book: Casebook, clock: TickingClock, make: Callable[[Casebook], str]
) -> None:
    record = make(book)
    holds.hold(book, record, f"Letter of a court on {WHO}")
    holds.release(book, record)
    save_draft(book, KeptDraft(f"call/{record}", {"note": NOTE}))
    save_draft(book, KeptDraft("elsewhere", {"note": f"ring {PHONE}"}))
    before = book.everything()
    assert _said(book, PHONE) != []  # it looks where it is
    with laptop(tmp_path / "other", colleague(book, Role.CASEWORKER), book) as other:
        clock.now = START + YEARS
        plan = plan_erasure(book, record)
        assert (plan.cases, plan.drafts, plan.held) == ((), 2, ())
        done = erase_person(book, ErasePerson(record, "retention"))
        assert done.number
        meet(book, other)
        for each in (book, other):
            each.take_in(*before)
            assert _said(each, NOTE) + _said(each, PHONE) + _said(each, WHO) == []
        assert differences(book, other) == []
        assert not still_there(book)
    assert listed(book) == []
    with pytest.raises(NotFound):
        plan_erasure(book, record)
    with book.read() as reader:
        kept = reader.session.execute(text("SELECT (SELECT count(*) FROM calls), (SELECT count(*) FROM erasures)"))
        assert kept.one()[1] == 1


def _said(book: Casebook, words: str) -> list[str]:
    """The tables in which some value has these words."""
    with book.read() as reader:
        run = reader.session.connection().exec_driver_sql
        tables = [row[0] for row in run("SELECT name FROM sqlite_master WHERE type = 'table'").all()]
        return [
            each for each in tables
            if any(words in str(value) for row in run(f'SELECT * FROM "{each}"').all() for value in row)
        ]  # fmt: skip


def test_only_who_may_erase_or_hold_sees_them(book: Casebook, tmp_path: Path) -> None:
    call = a_call(book)
    with laptop(tmp_path / "other", colleague(book, Role.CASEWORKER), book) as other, other.read() as reader:
        for ask in (due_without_case, held_without_case):
            with pytest.raises(NotAllowed):
                ask(reader)
    with laptop(tmp_path / "third", colleague(book, Role.CASEWORKER), book) as other, pytest.raises(NotAllowed):
        holds.hold(other, call, "x")
