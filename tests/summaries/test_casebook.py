"""From a real encrypted casebook to releases: closed once, summed afterwards, signed by a second person."""

import csv
import io
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kzcase.actions.desk import add_staff_rows
from kzcase.actions.releases import approve_release
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.tables.office import ProtectedPeriod
from kzcase.demo.day import scripted_day
from kzcase.demo.people import generate_cases
from kzcase.domain.errors import (
    AlreadyThere,
    BadSummary,
    CasebookDamaged,
    NotAllowed,
    PeriodClosed,
    PeriodNotOver,
    SameApprover,
    TooFewPeople,
)
from kzcase.domain.permissions import Role
from kzcase.keys.identity import Identity
from kzcase.queries.periods import closed_periods, supervisors
from kzcase.queries.releases import already_counted, people_to_count, release_list
from kzcase.summaries.casebook import close_and_release, parts_of, prepare, released
from kzcase.summaries.checking import check, period_choices, true_counts_of
from kzcase.summaries.commands import attack_directories
from kzcase.summaries.facts import facts_of
from kzcase.summaries.reading import read_release
from kzcase.summaries.spec import Spec
from tests.db.books import KEY as STORE_KEY
from tests.db.books import START, TickingClock, founded, template
from tests.demo.test_performed import performed

KEY = bytes(range(32))
SECOND = Spec(5, (), "2026-Q2", key=KEY)
THIRD = Spec(5, (), "2026-Q3", key=KEY)
HALF = Spec(5, (("region",), ("sex", "exploitation")), "2026-H1")


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Identity]:
    """A casebook of generated people with a second supervisor, made once; tests work on copies."""
    second = Identity.fresh(os.urandom(16), "Second supervisor")
    with founded(tmp_path_factory.mktemp("full")) as book:
        with book.write("staff.added") as act:
            add_staff_rows(act, second, (Role.SUPERVISOR, Role.CASEWORKER))
        performed(book, generate_cases(5, 400, START.date()))
        return Path(book.folder.path), second


Open = Callable[..., Casebook]


@pytest.fixture
def opened(full: tuple[Path, Identity], tmp_path: Path) -> Iterator[Open]:
    """Opens a copy of the full casebook, always the same one, as the founder or as the second supervisor."""
    target, second = tmp_path / "copy.kzcase", full[1]
    shutil.copytree(full[0], target, ignore=shutil.ignore_patterns("ballast"))
    books: list[Casebook] = []

    def open_as(*, other: bool = False, demonstration: bool = True) -> Casebook:
        while books:
            books.pop().close()
        book = Casebook.open(target, Opening(STORE_KEY, second if other else template().founder, TickingClock()))
        if not demonstration:
            book.facts = replace(book.facts, demonstration=False)
        books.append(book)
        return book

    yield open_as
    while books:
        books.pop().close()


def counts(folder: Path) -> dict[tuple[str, ...], int]:
    rows = list(csv.DictReader(io.StringIO((folder / "cells.csv").read_text(encoding="utf-8"))))
    return {tuple(value for name, value in row.items() if name != "count"): int(row["count"]) for row in rows}


def test_a_period_is_closed_once_and_stays_what_it_was(opened: Open, tmp_path: Path) -> None:
    book = opened()
    first = close_and_release(book, SECOND, tmp_path / "a", language="kk")
    assert first is not None
    assert (first.closed, first.stamps, first.number) == (True, ("not approved",), "1")
    again = close_and_release(book, SECOND, tmp_path / "b", language="ru")
    assert again is not None
    assert (again.closed, again.number) == (False, "2")
    assert counts(tmp_path / "a") == counts(tmp_path / "b")
    with book.read() as reader:
        people = people_to_count(reader, date(2026, 4, 1), date(2026, 6, 30))
        assert people == []
        assert abs(len(already_counted(reader)) - first.people) <= 5
        ledger = release_list(reader)
    assert [row.number for row in ledger] == [2, 1]
    assert f"cells.csv:{first.fingerprints['cells.csv']}" in ledger[1].fingerprints


def test_late_people_count_in_the_next_open_period(opened: Open, tmp_path: Path) -> None:
    book = opened()
    assert close_and_release(book, SECOND, tmp_path / "a", language="kk")
    late = {"act": "case.opened", "kind": "child", "region": "KZ-75", "opened_on": "2026-05-05"}
    names = [{"family": "Late", "given": "Person"}]
    performed(book, [late | {"person": {"names": names, "sex": "male", "birth": "2015", "citizenships": ["UZ"]}}])
    with book.read() as reader:
        assert date(2026, 5, 5) in [p.opened_on for p in people_to_count(reader, date(2026, 7, 1), date(2026, 9, 30))]
    assert close_and_release(book, SECOND, tmp_path / "b", language="kk")
    assert counts(tmp_path / "a") == counts(tmp_path / "b")


def test_people_of_a_period_that_was_skipped_wait_for_it(opened: Open, tmp_path: Path) -> None:
    """A quarter that was never closed is not poured into the next one."""
    book = opened()
    with book.read() as reader:
        before = people_to_count(reader, date(2026, 1, 1), date(2026, 3, 31))
    assert close_and_release(book, SECOND, tmp_path / "a", language="kk")
    with book.read() as reader:
        assert people_to_count(reader, date(2026, 1, 1), date(2026, 3, 31)) == before
        in_third = {one.person for one in people_to_count(reader, date(2026, 7, 1), date(2026, 9, 30))}
    assert before
    assert in_third.isdisjoint(one.person for one in before)


def test_a_longer_period_is_the_sum_of_its_closed_parts(opened: Open, tmp_path: Path) -> None:
    book = opened()
    wanted = (("region",), ("sex", "exploitation"))
    for period in ("2026-Q1", "2026-Q2"):
        assert close_and_release(book, Spec(5, wanted, period), tmp_path / period, language="kk")
    half = close_and_release(book, HALF, tmp_path / "half", language="kk")
    assert half is not None
    assert (half.periods, half.closed) == (("2026-Q1", "2026-Q2"), False)
    one, other, both = (counts(tmp_path / name) for name in ("2026-Q1", "2026-Q2", "half"))
    assert both == {cell: one[cell] + other[cell] for cell in one}
    with book.read() as reader:
        assert "sum:2026-Q1+2026-Q2" in release_list(reader)[0].fingerprints
    found = attack_directories([tmp_path / name for name in ("2026-Q1", "2026-Q2", "half")])
    assert found is not None
    assert (found["exposed"], found["contradictory"]) == ([], False)


@pytest.mark.parametrize(
    ("wanted", "closed", "parts"),
    [
        ("2026", (), ()),
        ("2026-Q1", ("2026-Q1", "2026-Q2"), ("2026-Q1",)),
        ("2026-H1", ("2026-Q2", "2026-Q1", "2025"), ("2026-Q1", "2026-Q2")),
        ("2026", ("2026-H2", "2026-01", "2026-02", "2026-03", "2026-Q2"),
         ("2026-01", "2026-02", "2026-03", "2026-Q2", "2026-H2")),
    ],
)  # fmt: skip
def test_periods_are_made_of_closed_parts(wanted: str, closed: tuple[str, ...], parts: tuple[str, ...]) -> None:
    assert parts_of(wanted, closed) == parts


@pytest.mark.parametrize(
    ("wanted", "closed"),
    [
        ("2026", ("2026-Q1",)),
        ("2026-Q1", ("2026",)),
        ("2026", ("2026-Q1", "2026-Q2", "2026-Q4")),
        ("2026-07", ("2026-H2",)),
    ],
)
def test_half_closed_time_is_refused(wanted: str, closed: tuple[str, ...]) -> None:
    with pytest.raises(BadSummary):
        parts_of(wanted, closed)


def test_a_second_person_signs_and_the_stamp_goes(opened: Open, tmp_path: Path) -> None:
    first = close_and_release(opened(), SECOND, tmp_path / "a", language="en")
    assert first is not None
    with pytest.raises(SameApprover):
        approve_release(opened(), first.release)
    book = opened(other=True)
    with book.read() as reader:
        assert supervisors(reader) == ["Founder", "Second supervisor"]
    approve_release(book, first.release)
    with pytest.raises(AlreadyThere):
        close_and_release(book, SECOND, tmp_path / "a", language="en")
    signed = close_and_release(book, SECOND, tmp_path / "a", language="en", replace_files=True)
    assert signed is not None
    assert signed.stamps == ()
    assert read_release(tmp_path / "a").stamps == ()
    assert signed.fingerprints["cells.csv"] == first.fingerprints["cells.csv"]


def test_a_signature_covers_only_what_was_signed(opened: Open, tmp_path: Path) -> None:
    """Canary: approving one table of a period must not take the stamp from another."""
    region = close_and_release(opened(), Spec(5, (("region",),), "2026-Q2"), tmp_path / "a", language="en")
    assert region is not None
    book = opened(other=True)
    approve_release(book, region.release)
    other = close_and_release(book, Spec(5, (("type", "outcome"),), "2026-Q2"), tmp_path / "b", language="en")
    assert other is not None
    assert other.stamps == ("not approved",)


def test_what_is_not_in_the_ledger_was_not_released(opened: Open, tmp_path: Path) -> None:
    book = opened()
    ready = prepare(book, SECOND)
    assert ready is not None
    with pytest.raises(Exception, match="NotFound"):  # the period was never closed: the ledger refuses
        released(book, ready, tmp_path / "a", language="kk")
    assert not (tmp_path / "a" / "release.json").exists()


def test_two_closings_of_one_period_are_refused(opened: Open) -> None:
    book = opened()
    one, other = prepare(book, SECOND), prepare(book, SECOND)
    assert one is not None
    assert other is not None
    one.close(book)
    with pytest.raises(PeriodClosed):
        other.close(book)


def test_a_protected_file_that_was_changed_is_refused(opened: Open, tmp_path: Path) -> None:
    """Canary: one group more in the stored file."""
    book = opened()
    assert close_and_release(book, SECOND, tmp_path / "a", language="kk")
    with book.write("period.closed") as act:
        row = act.session.query(ProtectedPeriod).one()
        sealed = (row.protected_file or b"").decode()
        row.protected_file = sealed.replace('"period":"2026-Q2"', '"period":"2026-Q1"').encode()
    with pytest.raises(CasebookDamaged):
        close_and_release(book, SECOND, tmp_path / "b", language="kk")


@pytest.mark.parametrize(
    ("spec", "error"),
    [
        (Spec(5, ()), BadSummary),
        (Spec(5, (("region", "sex"),), "2026-Q2"), BadSummary),
        (Spec(5, (), "2026-Q2", incident="event"), BadSummary),
        (Spec(5, (), "2024"), TooFewPeople),
    ],
)
def test_a_wish_that_cannot_be_met_closes_nothing(opened: Open, tmp_path: Path, spec: Spec, error: type) -> None:
    book = opened()
    with pytest.raises(error):
        close_and_release(book, spec, tmp_path / "a", language="kk")
    with book.read() as reader:
        assert closed_periods(reader) == []
    assert not (tmp_path / "a").exists()


def test_a_period_is_closed_when_it_is_over_and_with_a_secret_key(opened: Open, tmp_path: Path) -> None:
    book = opened(demonstration=False)
    with pytest.raises(PeriodNotOver):
        close_and_release(book, Spec(5, (), "2026-Q4"), tmp_path / "a", language="kk")
    with pytest.raises(BadSummary):
        close_and_release(book, SECOND, tmp_path / "a", language="kk")
    assert close_and_release(book, Spec(5, (), "2026-Q4"), tmp_path / "a", language="kk", early=True)


def test_the_rounding_of_a_casebook_cannot_be_foreseen(opened: Open) -> None:
    book = opened()
    one, other = (prepare(book, Spec(5, (), "2026-Q2")) for _twice in range(2))
    assert one is not None
    assert other is not None
    assert one.periods[0].key_id != other.periods[0].key_id
    assert one.periods[0].counts != other.periods[0].counts


def test_who_may_not_make_summaries_learns_nothing(tmp_path: Path) -> None:
    caseworker = Identity.fresh(os.urandom(16), "Caseworker")
    with founded(tmp_path) as book:
        with book.write("staff.added") as act:
            add_staff_rows(act, caseworker, (Role.CASEWORKER,))
        path = book.folder.path
    with (
        Casebook.open(path, Opening(STORE_KEY, caseworker, TickingClock())) as book,
        pytest.raises(NotAllowed),
    ):
        prepare(book, SECOND)


def test_stopping_leaves_nothing_behind(opened: Open, tmp_path: Path) -> None:
    class Impatient:
        def step(self, done: int, total: int) -> None:
            pass

        def stopped(self) -> bool:
            return True

    book = opened()
    assert close_and_release(book, SECOND, tmp_path / "a", language="kk", watch=Impatient()) is None
    with book.read() as reader:
        assert closed_periods(reader) == []


def test_exploitation_is_what_the_screening_recorded(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        performed(book, scripted_day(START.date(), "kk"))
        with book.read() as reader:
            people = people_to_count(reader, date(2026, 1, 1), date(2026, 12, 31))
            facts = facts_of(reader, people)
    assert facts == [
        {
            "region": "KZ-61", "sex": "male", "age": "25-44", "citizenship": "UZ", "type": "trafficking",
            "exploitation": "labour", "outcome": "open",
        }
    ]  # fmt: skip


class _Patient:
    def step(self, done: int, total: int) -> None:
        pass

    def stopped(self) -> bool:
        return False


def test_the_check_attacks_for_real(opened: Open, tmp_path: Path) -> None:
    """Without protection small numbers are learned exactly; with it nothing gives way, earlier periods included."""
    book = opened()
    assert close_and_release(book, SECOND, tmp_path / "a", language="kk")
    ready = prepare(book, Spec(5, (("citizenship", "type"), ("type", "outcome")), "2026-Q3"))
    assert ready is not None
    found = check(book, ready, _Patient())
    assert found is not None
    assert (found.safe, found.earlier) == (True, 1)
    assert found.hidden >= found.learned > 0
    assert found.largest_error <= 5
    assert all(abs(one.true - one.shown) <= 5 for one in found.cells)
    with book.read() as reader:
        assert len(people_to_count(reader, date(2026, 7, 1), date(2026, 9, 30))) == found.people_true


def test_a_summary_that_was_not_rounded_would_be_caught(opened: Open) -> None:
    """Canary: the true numbers, stamped as protected."""
    book = opened()
    ready = prepare(book, SECOND)
    assert ready is not None
    (true,) = ready.periods
    bare = replace(true, counts=true_counts_of([true]))
    found = check(book, replace(ready, periods=(replace(bare, drift={}),)), _Patient())
    assert found is not None
    assert not found.safe


def test_periods_are_offered_as_they_stand(opened: Open, tmp_path: Path) -> None:
    book = opened()
    assert close_and_release(book, SECOND, tmp_path / "a", language="kk")
    with book.read() as reader:
        found = {one.period: one for one in period_choices(reader)}
    assert (found["2026-Q2"].state, found["2026-Q2"].base) == ("closed", 5)
    assert found["2026-Q3"].state == "over"
    assert (found["2026-Q4"].state, found["2026-Q4"].closes_on) == ("running", date(2027, 1, 1))
    assert (found["2026"].state, found["2026-H1"].state) == ("partly", "partly")
    assert found["2026"].why is not None
