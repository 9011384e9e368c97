"""The summary screen: only what is over can be closed, every number is checked, a second person signs."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from kzcase.actions.desk import add_staff_rows
from kzcase.db.casebook import Casebook, Opening
from kzcase.demo.people import generate_cases
from kzcase.domain.permissions import Role
from kzcase.i18n import LANGUAGES
from kzcase.keys.identity import Identity
from kzcase.queries.periods import closed_periods
from kzcase.queries.releases import release_list
from kzcase.summaries.checking import CellCheck
from kzcase.summaries.reading import read_release
from kzcase.ui import language
from kzcase.ui.messages import MessageDialog
from kzcase.ui.summaries.page import CHECK, PERIOD, RELEASE, TABLES, SummariesPage
from kzcase.ui.summaries.steps import shown_words, why_words
from kzcase.ui.work import InlineWork
from tests.actions.steps import CALL, do
from tests.db.books import KEY, START, TickingClock, founded, template
from tests.demo.test_performed import performed
from tests.ui.naming import assert_all_named
from tests.ui.offices import CASE, PARTNER, Keyboard, offered, working


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Identity]:
    second = Identity.fresh(os.urandom(16), "Second supervisor")
    with founded(tmp_path_factory.mktemp("summaries")) as book:
        with book.write("staff.added") as act:
            add_staff_rows(act, second, (Role.SUPERVISOR,))
        performed(book, generate_cases(7, 330, START.date()))
        with book.batch():
            for number in range(48):
                do(book, **CALL, started_at=f"2026-{7 + number % 3:02}-10T10:00")
        return Path(book.folder.path), second


class Desk:
    """Opens the page as one person or the other, over the same casebook; not a demonstration, so time counts."""

    def __init__(self, path: Path, second: Identity, qtbot) -> None:
        self.path, self.second, self.qtbot = path, second, qtbot
        self.book: Casebook | None = None
        self.page: SummariesPage | None = None

    def open(self, *, other: bool = False) -> SummariesPage:
        self.close()
        identity = self.second if other else template().founder
        self.book = Casebook.open(self.path, Opening(KEY, identity, TickingClock()))
        self.book.facts = replace(self.book.facts, demonstration=False)
        self.work = InlineWork(self.book)
        self.page = SummariesPage(self.work)
        self.qtbot.addWidget(self.page)
        return offered(self.page)

    def close(self) -> None:
        if self.book is not None and self.page is not None:
            self.page.hide()
            self.work.close()
            self.work.deleteLater()
            self.book.close()
            self.book = None


@pytest.fixture
def desk(full: tuple[Path, Identity], tmp_path: Path, qtbot) -> Iterator[Desk]:
    target = tmp_path / "copy.kzcase"
    shutil.copytree(full[0], target, ignore=shutil.ignore_patterns("ballast"))
    made = Desk(target, full[1], qtbot)
    yield made
    made.close()


def pick(page: SummariesPage, period: str) -> None:
    place = [row.period for row in page._looked.periods[page.subject.code]].index(period)
    page.period_step.list.selectRow(place)


def answer(act: bool) -> None:
    (asked,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, MessageDialog) and each.isVisible()]
    assert asked.safe.isDefault()
    asked.accept() if act else asked.reject()


def to_release(page: SummariesPage, period: str) -> None:
    pick(page, period)
    page.next.click()
    page.next.click()
    page.next.click()
    page.release_step.looked.setChecked(True)


def test_a_running_period_cannot_be_taken(desk: Desk) -> None:
    page = desk.open()
    assert not page.next.isEnabled()
    pick(page, "2026-Q4")
    assert not page.next.isEnabled()
    pick(page, "2026-Q3")
    assert page.next.isEnabled()


def test_no_table_no_summary(desk: Desk) -> None:
    page = desk.open()
    pick(page, "2026-Q3")
    page.next.click()
    assert page.steps.currentIndex() == TABLES
    assert "3" in page.tables_step.meter.text()
    for tick in page.tables_step.ticks:
        tick.setChecked(False)
    assert not page.next.isEnabled()


def test_every_number_is_checked_and_nothing_is_closed_by_looking(desk: Desk) -> None:
    page = desk.open()
    pick(page, "2026-Q3")
    page.next.click()
    page.next.click()
    assert page.steps.currentIndex() == CHECK
    checked = page.check_step.checked
    assert checked.safe
    assert checked.hidden > 0
    assert page.check_step.rows.rowCount() == len(checked.cells)
    page.check_step.list.selectRow(0)
    assert page.check_step.why.text()
    with desk.book.read() as reader:
        assert closed_periods(reader) == []


def test_another_choice_of_tables_keeps_the_rounding(desk: Desk) -> None:
    page = desk.open()
    pick(page, "2026-Q3")
    page.next.click()
    page.next.click()
    first = page.worked_out.periods
    page.before.click()
    page.tables_step.ticks[4].setChecked(True)
    page.next.click()
    assert page.worked_out.periods is first
    page.before.click()
    page.tables_step.level.set_code("10")
    page.tables_step.level.chosen.emit("10")
    page.next.click()
    assert page.worked_out.periods[0].base == 10


def test_releasing_asks_before_a_period_is_closed_for_ever(desk: Desk, tmp_path: Path) -> None:
    page = desk.open()
    to_release(page, "2026-Q3")
    assert page.steps.currentIndex() == RELEASE
    page.next.click()
    answer(act=False)
    with desk.book.read() as reader:
        assert closed_periods(reader) == []


def test_files_are_written_stamped_and_signed_by_the_second_person(desk: Desk, tmp_path: Path) -> None:
    page = desk.open()
    to_release(page, "2026-Q3")
    page.release_step.language.set_code("ru")
    page.release_to(tmp_path)
    assert "1" in page.told.sentence.text()
    assert read_release(tmp_path / "2026-Q3-ru").stamps == ("not approved",)
    assert not page.ledger.approve.isEnabled()
    page.ledger.list.selectRow(0)
    assert not page.ledger.approve.isEnabled(), "nobody signs their own summary"
    page = desk.open(other=True)
    page.ledger.list.selectRow(0)
    page.ledger.approve.click()
    answer(act=True)
    with desk.book.read() as reader:
        assert release_list(reader)[0].approved_by == "Second supervisor"
    to_release(page, "2026-Q3")
    assert page.worked_out.approved
    folder = tmp_path / "signed"
    page.release_to(folder)
    assert read_release(folder / "2026-Q3-en").stamps == ()
    with desk.book.read() as reader:
        assert [row.number for row in release_list(reader)] == [2, 1]


def test_calls_leave_the_same_way_and_stand_in_the_same_ledger(desk: Desk, tmp_path: Path) -> None:
    page = desk.open()
    page.period_step.subject.chosen.emit("calls")
    assert [row.period for row in page._looked.periods["calls"]] == ["2026-Q4", "2026-Q3"]
    to_release(page, "2026-Q3")
    assert page.steps.currentIndex() == RELEASE
    assert "calls" in page.release_step.promise.text()
    assert "Topic" in page.check_step._table_words(page.check_step.checked.cells[0])
    page.release_step.language.set_code("kk")
    page.release_to(tmp_path)
    release = read_release(tmp_path / "calls-2026-Q3-kk")
    assert set(release.published.codebook.names()) <= {"topic", "language", "macro", "month", "outcome"}
    page = desk.open(other=True)
    page.ledger.list.selectRow(0)
    page.ledger.approve.click()
    answer(act=True)
    with desk.book.read() as reader:
        (row,) = release_list(reader)
    assert (row.calls, row.approved_by, row.period) == (True, "Second supervisor", "2026-Q3")


def test_a_folder_with_a_release_is_not_written_over(desk: Desk, tmp_path: Path) -> None:
    page = desk.open()
    to_release(page, "2026-Q3")
    page.release_to(tmp_path)
    page.release_to(tmp_path)
    assert page.told.isVisible()
    with desk.book.read() as reader:
        assert len(release_list(reader)) == 1


def test_too_few_people_are_refused_in_words(tmp_path: Path, qtbot) -> None:
    with working(tmp_path) as (book, work):
        performed(book, [PARTNER, {**CASE, "opened_on": "2026-02-01"}])
        page = SummariesPage(work)
        qtbot.addWidget(page)
        offered(page)
        pick(page, "2026-Q1")
        page.next.click()
        page.next.click()
        assert page.steps.currentIndex() == TABLES
        assert "too few" in page.told.sentence.text()
        assert page.worked_out is None
        page.hide()


def test_escape_goes_back_a_step(desk: Desk) -> None:
    page = desk.open()
    pick(page, "2026-Q3")
    page.next.click()
    Keyboard(page).press(Qt.Key.Key_Escape)
    assert page.steps.currentIndex() == PERIOD


@pytest.mark.parametrize("true", [0, 3, 5, 12])
def test_each_number_says_why_it_is_shown_so(true: int) -> None:
    row = CellCheck(("sex",), (("sex", "male"),), true, 5)
    said = why_words(row, 5)
    assert (said.arguments["low"], said.arguments["high"]) == (0, 10)
    assert shown_words(replace(row, shown=0), 10) == "0 (0–10)"
    assert shown_words(row, 5).startswith("≈") == (true != 5)


def test_it_is_named_in_three_languages(desk: Desk) -> None:
    page = desk.open()
    pick(page, "2026-Q3")
    for _step in range(3):
        page.next.click()
        for spoken in LANGUAGES:
            language.switch(spoken)
            assert_all_named(page)
