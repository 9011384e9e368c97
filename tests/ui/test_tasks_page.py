"""My day: the most urgent first, done with one key and taken back with another, answered; and the partners."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kzcase.db.tables.office import Partner
from kzcase.domain.day_rows import DayKind
from kzcase.domain.permissions import Role
from kzcase.domain.rows import PartnerRow
from kzcase.i18n import LANGUAGES
from kzcase.queries.my_day import my_day
from kzcase.queries.partners import partner_list
from kzcase.ui import language
from kzcase.ui.partners.dialogs import PartnerDialog
from kzcase.ui.partners.page import PartnersPage
from kzcase.ui.tasks.answers import AnswerDialog
from kzcase.ui.tasks.page import TasksPage
from tests.actions.steps import do
from tests.db.laptops import colleague, laptop, meet
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
    other = colleague(book, Role.CASEWORKER)
    performed(
        book,
        [
            task(case, "Бөтен", "2026-12-01", assignee=other.staff_id.hex()),
            task(case, "Кейін", "2026-12-05", assignee="Founder", note="Заңгерге."),
            task(case, "Бүгін", "2026-11-01", assignee="Founder", priority="high", repeats="weekly"),
        ],
    )
    page = TasksPage(work)
    page.book, page.case, page.other = book, case, other
    qtbot.addWidget(page)
    yield offered(page)
    page.hide()


def titles(page: TasksPage) -> list[str]:
    rows = [page.rows.row(number) for number in range(page.rows.rowCount())]
    return [language.text(row.what) for row in rows if row.kind is DayKind.TASK]


def test_the_overdue_ones_come_first_and_are_marked(tasks: TasksPage) -> None:
    assert titles(tasks) == ["Бүгін", "Кейін"]
    tone = tasks.rows.columns[1].tone
    assert tone(tasks.rows.row(0)) == "danger"
    assert tasks.header.meta.text().endswith("1 overdue")


def test_the_hour_at_which_something_is_due_is_never_cut(tasks: TasksPage) -> None:
    tasks.resize(640, 480)
    tasks.show()
    timed = [number for number in range(tasks.rows.rowCount()) if tasks.rows.row(number).moment]
    assert timed, "the first check of safety has an hour"
    painter, view = tasks.list.itemDelegate(), tasks.list
    assert {painter.cut_short(tasks.rows.index(number, 0), view.columnWidth(0)) for number in timed} == {""}


def test_one_key_does_a_task_and_another_takes_it_back(tasks: TasksPage) -> None:
    tasks.list.setFocus()
    Keyboard(tasks).shortcut(tasks.done)
    assert titles(tasks) == ["Бүгін", "Кейін"], "a task that repeats comes again"
    assert tasks.told.isVisible()
    tasks.undo.click()
    with tasks.book.read() as reader:
        assert [row.day.isoformat() for row in my_day(reader) if row.doable] == ["2026-11-01", "2026-12-05"]


def test_the_list_can_be_narrowed_and_widened(tasks: TasksPage) -> None:
    tasks.when.set_code("overdue")
    tasks._choose()
    assert titles(tasks) == ["Бүгін"]
    tasks.when.set_code(None)
    tasks.colleagues.setChecked(True)
    assert titles(tasks) == ["Бүгін", "Бөтен", "Кейін"]
    tasks.sort.set_code("colleagues")
    tasks._choose()
    assert titles(tasks) == []
    assert tasks.nothing.isVisible()


def test_a_task_is_postponed_with_its_reason(tasks: TasksPage) -> None:
    tasks.list.setFocus()
    tasks.postpone.click()
    dialog = next(each for each in QApplication.topLevelWidgets() if type(each).__name__ == "FormDialog")
    dialog.rows["due"].field.setText("01.12.2026")
    dialog.save.click()
    assert dialog.rows["reason"].error is not None
    dialog.rows["reason"].field.setText("Заңгер жоқ.")
    dialog.save.click()
    with tasks.book.read() as reader:
        row = next(row for row in my_day(reader) if row.first_due is not None)
    assert (row.day.isoformat(), row.first_due.isoformat()) == ("2026-12-01", "2026-11-01")
    assert language.text(row.reason).endswith("Заңгер жоқ.")


def test_a_request_is_answered_and_a_no_needs_its_reason(tasks: TasksPage, tmp_path: Path) -> None:
    with laptop(tmp_path, tasks.other, tasks.book) as theirs:
        do(theirs, act="case.requested", case=tasks.case, reason="Тілін білемін.")
        meet(tasks.book, theirs)
    tasks.refresh()
    place = next(n for n in range(tasks.rows.rowCount()) if tasks.rows.row(n).kind is DayKind.REQUEST)
    tasks.list.selectRow(place)
    assert not tasks.done.isEnabled()
    assert "Тілін білемін." in tasks.more.text()
    tasks.answer.click()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, AnswerDialog)]
    assert_all_named(dialog)
    dialog.rows["answer"].field.set_code("no")
    dialog.save.click()
    assert dialog.rows["reason"].error is not None
    dialog.rows["answer"].field.set_code("yes")
    dialog.rows["reason"].field.setText("Иә.")
    dialog.save.click()
    assert [row for row in tasks._all if row.kind is DayKind.REQUEST] == []
    with tasks.book.read() as reader:
        held = reader.session.connection().exec_driver_sql("SELECT worker_id FROM cases").scalar_one()
    assert bytes(held) == tasks.other.staff_id


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
    dialog.regions.set_codes(("KZ-61", "KZ-75"))
    dialog.save.click()
    with partners.book.read() as reader:
        added = next(row for row in partner_list(reader) if row.name == "Жаңа үй")
    assert set(added.languages) == {"kk", "uz"}
    assert set(added.regions) == {"KZ-61", "KZ-75"}
    assert "Жаңа үй" in names(partners)


def _kinds(page: PartnersPage) -> list[str]:
    return [choice.code for choice in page._office.choices("organisation")]


def test_partners_are_named_in_three_languages(partners: PartnersPage) -> None:
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(partners)


def test_what_is_known_of_a_partner_is_said_again_in_another_language(partners: PartnersPage) -> None:
    for row in partner_rows(partners):
        performed(partners.book, [{"act": "partner.changed", "partner": row.id, "hours": "9-18", "regions": ["KZ-75"]}])
    partners.refresh()
    said = set()
    for spoken in LANGUAGES:
        language.switch(spoken)
        said.add(partners.beside.known.text())
    assert len(said) == 3


def test_an_agreement_that_ended_stands_at_the_partner(partners: PartnersPage) -> None:
    assert partners.beside.agreement.isHidden()
    [first] = [row for row in partner_rows(partners) if row.name == names(partners)[0]]
    performed(partners.book, [{"act": "partner.changed", "partner": first.id, "agreement_to": "2020-01-31"}])
    partners.refresh()
    assert "31.01.2020" in partners.beside.agreement.sentence.text()
    assert partners.beside.agreement.isVisible()


def test_an_agreement_that_ends_leads_to_the_partners(office, qtbot) -> None:
    book, work = office
    performed(book, [{"act": "partner.added", "kind": "ngo", "name": "Өрлеу қоры", "agreement_to": "2026-11-25"}])
    page = TasksPage(work)
    qtbot.addWidget(page)
    offered(page)
    [place] = [n for n in range(page.rows.rowCount()) if page.rows.row(n).rule_id == "agreement"]
    page.list.selectRow(place)
    with qtbot.waitSignal(page.register_wanted) as wanted:
        page.go.click()
    assert wanted.args == ["partners"]
    page.hide()


def test_what_nobody_touched_in_the_dialog_stays_as_it_was(partners: PartnersPage) -> None:
    """An entry of an older program may be longer than a line: the field shows a part, and saves nothing of it."""
    [row] = [each for each in partner_rows(partners) if each.name == "Маяк"]
    long = "x" * 500
    with partners.book.write("partner.changed") as act:
        act.session.get_one(Partner, bytes.fromhex(row.id)).address = long
    [row] = [each for each in partner_rows(partners) if each.name == "Маяк"]
    dialog = offered(PartnerDialog(partners._work, None, row))
    dialog.rows["hours"].field.setText("9–18")
    dialog.save.click()
    [row] = [each for each in partner_rows(partners) if each.name == "Маяк"]
    assert (row.address, row.hours) == (long, "9–18")


def partner_rows(page: PartnersPage) -> list[PartnerRow]:
    with page.book.read() as reader:
        return list(partner_list(reader))


def test_how_many_pairs_wait_stands_where_a_supervisor_works(office, qtbot) -> None:
    """A match beyond a caseload says nothing to whoever typed it: it waits here. Canary: nobody alike, no number."""
    book, work = office
    names = [{"family": "Ахметова", "given": "Айгүл"}]
    opened = {"act": "case.opened", "kind": "stateless", "person": {"names": names, "birth": "1994"}}
    performed(book, [opened])
    page = TasksPage(work)
    qtbot.addWidget(page)
    offered(page)
    qtbot.waitUntil(lambda: page.ready)
    before = page.pairs
    assert (str(before) in page.alike.words()) is (before > 0)
    performed(book, [opened])
    page.count_pairs()
    qtbot.waitUntil(lambda: page.pairs == before + 1)
    assert f"({before + 1})" in page.alike.words()
    page.hide()
