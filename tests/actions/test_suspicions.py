"""Suspicions: recognised across cases while their term lasts; from then on nobody sees them, until they are gone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from kzcase.actions.persons import look_for_pairs, open_person
from kzcase.actions.suspicions import Ended, end_due
from kzcase.db.casebook import Casebook
from kzcase.domain import errors
from kzcase.queries.alike import alike_people, described
from kzcase.queries.retention import suspicions_due
from tests.actions.steps import CASE, do
from tests.db.books import TickingClock, founded
from tests.db.laptops import value

SUSPECT = {"names": [{"family": "Тоқов", "given": "Тоха"}], "phones": [{"number": "+7 777 111 22 33"}], "sex": "male"}


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def book(tmp_path: Path, clock: TickingClock) -> Iterator[Casebook]:
    with founded(tmp_path, clock=clock) as opened:
        opened.show_names()
        yield opened


def suspected(book: Casebook) -> tuple[str, str, str]:
    """(person, record, suspect)"""
    person = do(book, **CASE).ids["person"].hex()
    facts = {"kind": "recruiter_suspected", "said_by": "person", "keep_until": "2027-02-01", "new_person": SUSPECT}
    made = do(book, act="relation.added", person=person, **facts)
    return person, made.ids["record"].hex(), made.ids["other"].hex()


def later(clock: TickingClock, days: int) -> None:
    clock.now += timedelta(days=days)


def recognised(book: Casebook) -> list[str]:
    with book.read() as reader:
        return [row.person for row in alike_people(reader, described(["Tokov Tokha"], "", "male", ["87771112233"], []))]


def test_a_suspect_is_recognised_in_another_case_without_opening_it(book: Casebook) -> None:
    first, _record, suspect = suspected(book)
    second = do(book, **CASE).ids["person"].hex()
    facts = {"kind": "recruiter_suspected", "said_by": "person", "new_person": SUSPECT}
    again = do(book, act="relation.added", person=second, **facts).ids["other"].hex()
    assert {suspect, again} <= set(recognised(book))
    pairs = [{row.first.person, row.second.person} for row in look_for_pairs(book)]
    assert {suspect, again} in pairs
    assert first != second


def test_from_its_last_day_on_nobody_sees_a_suspicion(book: Casebook, clock: TickingClock) -> None:
    person, record, suspect = suspected(book)
    assert [row.id for row in open_person(book, person).relations] == [record]
    assert recognised(book) == [suspect]
    later(clock, 100)
    assert open_person(book, person).relations == ()
    assert recognised(book) == []
    with pytest.raises(errors.NotFound):
        open_person(book, suspect)
    with book.read() as reader:
        (due,) = suspicions_due(reader)
    assert due.record == record


def test_when_it_is_taken_away_whoever_it_names_goes_too(book: Casebook, clock: TickingClock) -> None:
    _person, record, suspect = suspected(book)
    later(clock, 100)
    told: list[tuple[int, int]] = []
    ended = end_due(book, lambda done, total: told.append((done, total)))
    assert (ended.suspicions, len(ended.erasures), told) == (1, 1, [(1, 1)])
    with book.read("long") as reader:
        assert suspicions_due(reader) == []
        kept = "SELECT count(*) FROM person_names WHERE person_id = :p AND struck IS NOT 1"
        assert reader.session.execute(text(kept), {"p": bytes.fromhex(suspect)}).scalar() == 0
        assert reader.session.execute(text("SELECT reason FROM erasures")).scalar() == "retention"
    with pytest.raises(errors.NotFound):
        do(book, act="suspicion.ended", record=record)


def test_who_is_held_by_something_else_stays(book: Casebook, clock: TickingClock) -> None:
    """The canary of the test above: only the suspicion goes."""
    person, _record, suspect = suspected(book)
    do(book, act="relation.added", person=person, kind="employer", other=suspect)
    later(clock, 100)
    assert end_due(book) == Ended(1, ())
    assert value(book, "people", bytes.fromhex(suspect), "erased_on") is None
    assert [row.kind for row in open_person(book, person).relations] == ["employer"]


def test_a_supervisor_keeps_it_longer_with_a_reason_and_not_for_ever(book: Casebook, clock: TickingClock) -> None:
    person, record, _suspect = suspected(book)
    later(clock, 100)
    renew = {"act": "suspicion.renewed", "record": record, "why": "The case is in court"}
    for day in ("2030-01-01", "2026-12-01"):
        with pytest.raises(errors.InTheFuture):
            do(book, **renew, keep_until=day)
    do(book, **renew, keep_until="2027-06-01")
    assert [row.id for row in open_person(book, person).relations] == [record]
    tie = do(book, act="relation.added", person=person, kind="employer", new_person=SUSPECT).ids["record"].hex()
    with pytest.raises(errors.NotThatRecord):
        do(book, **(renew | {"record": tie}), keep_until="2027-06-01")
