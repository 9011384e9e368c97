"""Tasks: the most urgent first, done with one key, taken back with another; and the directory of partners."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kzcase.actions.desk import add_staff_rows
from kzcase.domain.permissions import Role
from kzcase.i18n import LANGUAGES
from kzcase.keys.identity import Identity
from kzcase.queries.office import open_tasks, partner_list
from kzcase.ui import language
from kzcase.ui.partners.page import PartnerDialog, PartnersPage
from kzcase.ui.tasks.page import TasksPage
from tests.demo.test_performed import performed
from tests.ui.naming import assert_all_named
from tests.ui.offices import Keyboard, offered, with_case, working


@pytest.fixture
def office(tmp_path: Path):
    with working(tmp_path) as (book, work):
        yield book, work


def task(case: str, title: str, due: str, **more: str) -> dict[str, str]:
    return {"act": "task.added", "case": case, "title": title, "due": due, **more}


@pytest.fixture
def tasks(office, qtbot):
    book, work = office
    case, _partner = with_case(book)
    with book.write("staff.added") as act:
        add_staff_rows(act, Identity.fresh(os.urandom(16), "Colleague"), (Role.CASEWORKER,))
    performed(
        book,
        [
            task(case, "Кейін", "2026-12-01", assignee="Colleague"),
            task(case, "Бүгін", "2026-11-01", assignee="Founder"),
        ],
    )
    page = TasksPage(work)
    page.book, page.case = book, case
    qtbot.addWidget(page)
    yield offered(page)
    page.hide()


def titles(page: TasksPage) -> list[str]:
    return [page.rows.row(number).title for number in range(page.rows.rowCount())]


def test_the_overdue_ones_come_first_and_are_marked(tasks: TasksPage) -> None:
    assert titles(tasks) == ["Бүгін", "Кейін"]
    tone = tasks.rows.columns[1].tone
    assert [tone(tasks.rows.row(number)) for number in range(2)] == ["danger", "neutral"]
    assert tasks.header.meta.text() == "2 open tasks, 1 overdue"


def test_one_key_does_a_task_and_another_takes_it_back(tasks: TasksPage) -> None:
    tasks.list.setFocus()
    Keyboard(tasks).shortcut(tasks.done)
    assert titles(tasks) == ["Кейін"]
    assert tasks.told.isVisible()
    tasks.undo.click()
    assert titles(tasks) == ["Бүгін", "Кейін"]
    with tasks.book.read() as reader:
        assert len(open_tasks(reader)) == 2


def test_the_list_can_be_narrowed(tasks: TasksPage) -> None:
    tasks.mine.setChecked(True)
    assert titles(tasks) == ["Бүгін"]
    tasks.mine.setChecked(False)
    tasks.late.setChecked(True)
    assert titles(tasks) == ["Бүгін"]


def test_enter_goes_to_the_case(tasks: TasksPage, qtbot) -> None:
    tasks.list.setFocus()
    with qtbot.waitSignal(tasks.open_case) as wanted:
        Keyboard(tasks).enter()
    assert wanted.args == [tasks.case]


def test_nothing_to_do_is_said(office, qtbot) -> None:
    page = TasksPage(office[1])
    qtbot.addWidget(page)
    offered(page)
    assert page.nothing.isVisible()
    assert not page.done.isEnabled()


def test_tasks_are_named_in_three_languages(tasks: TasksPage) -> None:
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(tasks)


@pytest.fixture
def partners(office, qtbot):
    book, work = office
    partner = {"act": "partner.added", "kind": "ngo"}
    performed(book, [
        {**partner, "name": "Өрлеу қоры", "region": "KZ-75", "languages": ["kk"]},
        {**partner, "name": "Маяк", "region": "KZ-71", "languages": ["ru", "uz"]},
    ])  # fmt: skip
    page = PartnersPage(work)
    page.book = book
    qtbot.addWidget(page)
    yield offered(page)
    page.hide()


def names(page: PartnersPage) -> list[str]:
    return [page.rows.row(number).name for number in range(page.rows.rowCount())]


@pytest.mark.parametrize(
    ("typed", "found"), [("", 2), ("өрлеу", 1), ("mayak", 1), ("astana", 1), ("uzbek", 1), ("nobody", 0)]
)
def test_a_partner_is_found_by_name_region_and_language(partners: PartnersPage, typed: str, found: int) -> None:
    partners.search.setText(typed)
    assert len(names(partners)) == found
    assert partners.nothing.isVisible() == (found == 0)


def test_a_partner_is_added(partners: PartnersPage) -> None:
    partners.new.click()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, PartnerDialog)]
    assert_all_named(dialog)
    dialog.save.click()
    assert [name for name, row in dialog.rows.items() if row.error is not None] == ["name", "kind"]
    dialog.rows["name"].field.setText("Жаңа үй")
    dialog.rows["kind"].field.set_code("shelter" if "shelter" in _kinds(partners) else _kinds(partners)[0])
    dialog.languages.set_codes(("kk", "uz"))
    dialog.save.click()
    with partners.book.read() as reader:
        added = next(row for row in partner_list(reader) if row.name == "Жаңа үй")
    assert set(added.languages) == {"kk", "uz"}
    assert "Жаңа үй" in names(partners)


def _kinds(page: PartnersPage) -> list[str]:
    return [choice.code for choice in page._office.choices("organisation")]


def test_partners_are_named_in_three_languages(partners: PartnersPage) -> None:
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(partners)
