"""Cases in the window: the list in pages, masked until names are shown; search; a new case; everything on one case."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kzcase.domain.rows import CasePage as CaseView
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import case_count, case_list
from kzcase.ui import language
from kzcase.ui.cases.list_page import CaseListPage
from kzcase.ui.cases.new_dialog import NewCaseDialog
from kzcase.ui.cases.page import CasePage
from kzcase.ui.drafts import unsaved_in
from kzcase.ui.fields import texts
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.messages import MessageDialog
from kzcase.ui.tables import MASK
from kzcase.ui.unlock.entered import Entered
from kzcase.ui.work import InlineWork
from tests.actions.steps import do
from tests.ui.desks import CASES, entered
from tests.ui.naming import assert_all_named
from tests.ui.panels import case_page_on
from tests.ui.typing import press, type_text


@dataclass
class Open:
    """An open casebook in a test."""

    entered: Entered
    work: InlineWork
    bot: QtBot

    def ask(self, question: Any) -> Any:
        found: list[Any] = []
        self.work.ask(question, found.append)
        return found[0]

    def show_names(self) -> None:
        self.work.do(lambda book: book.show_names())

    def first(self) -> CaseView:
        row = self.ask(lambda reader: case_list(reader, limit=1))[0]
        view: CaseView = self.ask(lambda reader: case_page(reader, row.id))
        return view

    def shown(self, widget: QWidget) -> QWidget:
        self.bot.addWidget(widget)
        widget.resize(1150, 700)
        widget.show()
        return widget


@pytest.fixture
def opened(tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    made = entered(tmp_path)
    work = InlineWork(made.desk.book)
    yield Open(made, work, qtbot)
    work.close()
    made.desk.close()


def list_page(opened: Open) -> CaseListPage:
    page = CaseListPage(opened.work, opened.entered.office)
    opened.shown(page)
    return page


def cell(page: CaseListPage, row: int, column: int) -> str:
    return str(page.rows.data(page.rows.index(row, column)))


# The list


def test_the_list_holds_all_cases_the_latest_first(opened: Open) -> None:
    page = list_page(opened)
    assert page.rows.rowCount() == CASES
    days = [page.rows.row(number).opened_on for number in range(CASES)]
    assert days == sorted(days, reverse=True)
    assert str(CASES) in page.header.meta.text()


def test_names_are_masked_until_they_are_asked_for(opened: Open) -> None:
    page = list_page(opened)
    assert {cell(page, row, 1) for row in range(CASES)} == {MASK}
    page.names.click()
    assert MASK not in {cell(page, row, 1) for row in range(CASES)}
    assert not page.names.isEnabled()


def test_search_finds_another_spelling_and_escape_shows_all_again(opened: Open) -> None:
    opened.show_names()
    page = list_page(opened)
    family = page.rows.row(3).name.split()[0]
    page.search(family.lower())
    assert 1 <= page.rows.rowCount() < CASES
    assert family in [page.rows.row(row).name.split()[0] for row in range(page.rows.rowCount())]
    page.search("")
    assert page.rows.rowCount() == CASES


def test_nobody_found_is_said_and_not_an_empty_table(opened: Open) -> None:
    page = list_page(opened)
    page.search("99999999999")
    assert page.nothing.isVisible()
    assert not page.view.isVisible()


def test_enter_opens_the_case_one_stands_on(opened: Open) -> None:
    page = list_page(opened)
    page.view.selectRow(2)
    with opened.bot.waitSignal(page.open_case) as said:
        press(page.view, Qt.Key.Key_Return)
    assert said.args == [page.rows.row(2).id]


def test_a_new_casebook_says_what_comes_first(tmp_path: Path, qtbot: QtBot) -> None:
    made = entered(tmp_path, cases=0)
    work = InlineWork(made.desk.book)
    page = list_page(Open(made, work, qtbot))
    assert page.empty.isVisible()
    work.close()
    made.desk.close()


# A new case


def new_dialog(opened: Open, call: str = "") -> NewCaseDialog:
    dialog = NewCaseDialog(opened.work, opened.entered.office, origin=call)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    opened.shown(dialog)
    return dialog


def test_a_case_of_ten_fields(opened: Open) -> None:
    dialog = new_dialog(opened)
    assert_all_named(dialog)
    given = {"kind": "trafficking", "region": "KZ-75", "sex": "female", "citizenship": "UZ", "safe": "at_hours",
             "urgency": "urgent", "source": "self"}  # fmt: skip
    dialog.restore(given)
    typed = {"family": "Қайырова", "given": "Гүлнұр", "birth": "05.1994", "phone": "87090000001", "note": "Кешке"}
    for name, text in typed.items():
        type_text(dialog.rows[name].field, text)
    opened.show_names()
    with opened.bot.waitSignal(dialog.open_case) as said:
        dialog.save.click()
    view = opened.ask(lambda reader: case_page(reader, said.args[0]))
    assert (view.kind, view.region, view.urgency, view.source) == ("trafficking", "KZ-75", "urgent", "self")
    assert (view.person.birth, view.person.sex, view.person.citizenships) == ("1994-05", "female", ("UZ",))
    assert view.person.phones[0].safe == "at_hours"
    assert view.notes[0].text == "Кешке"


def test_what_is_missing_is_said_at_its_field_and_nothing_is_saved(opened: Open) -> None:
    dialog = new_dialog(opened)
    dialog.save.click()
    assert dialog.rows["kind"].error is not None
    assert dialog.rows["family"].error is not None
    assert opened.ask(case_count) == CASES


def test_a_date_that_cannot_be_keeps_its_own_error(opened: Open) -> None:
    dialog = new_dialog(opened)
    dialog.restore({"kind": "child"})
    type_text(dialog.rows["family"].field, "Ә")
    type_text(dialog.rows["birth"].field, "31.02.2010")
    dialog.save.click()
    assert dialog.rows["birth"].error is not None
    assert opened.ask(case_count) == CASES


def test_a_similar_name_is_hinted_at_and_taken_without_typing_again(opened: Open) -> None:
    opened.show_names()
    known = opened.first()
    dialog = new_dialog(opened)
    type_text(dialog.rows["family"].field, (known.person.name or "").split()[0])
    dialog._look()
    assert known.person.id in {hit.person for hit in dialog.known.hits}
    line = next(hit for hit in dialog.known.hits if hit.person == known.person.id)
    dialog.known._same(line)
    dialog.restore({"kind": "stateless"})
    with opened.bot.waitSignal(dialog.open_case) as said:
        dialog.save.click()
    assert opened.ask(lambda reader: case_page(reader, said.args[0])).person.id == known.person.id


def test_two_letters_hint_at_nobody(opened: Open) -> None:
    dialog = new_dialog(opened)
    type_text(dialog.rows["family"].field, "Ал")
    dialog._look()
    assert not dialog.known.hits


def test_a_case_from_a_call_asks_nothing_twice(opened: Open) -> None:
    from kzcase.actions.calls import LogCall, log_call

    wish = LogCall(channel="phone", language="kk", topics=["offer_check"], outcome="out_case", note="Зауыттан",
                   phone="+7 709 000 00 02", region="KZ-61")  # fmt: skip
    made: list[Any] = []
    opened.show_names()
    opened.work.do(lambda book: log_call(book, wish), made.append)
    dialog = new_dialog(opened, made[0].ids["call"].hex())
    assert dialog.draft() == {}, "nobody typed anything yet"
    given = {"note": "Зауыттан", "region": "KZ-61", "phone": "+7 709 000 00 02"}
    assert given.items() <= texts(dialog.rows).items()
    dialog.restore({"kind": "trafficking"})
    type_text(dialog.rows["given"].field, "Анвар")
    with opened.bot.waitSignal(dialog.open_case) as said:
        dialog.save.click()
    assert opened.ask(lambda reader: case_page(reader, said.args[0])).call == made[0].number


def test_escape_leaves_at_once_with_nothing_lost(opened: Open) -> None:
    """Nobody is asked: what was typed waits for the next time (`tests/ui/test_drafts_everywhere.py`)."""
    dialog = new_dialog(opened)
    type_text(dialog.rows["note"].field, "Мәтін")
    left: list[Any] = []
    dialog.finished.connect(lambda _result: left.append(dict(dialog.draft())))
    press(dialog, Qt.Key.Key_Escape)
    assert left == [{"note": "Мәтін"}]
    assert not [each for each in dialog.findChildren(MessageDialog) if each.isVisible()]


# One case


def test_escape_leaves_the_case(opened: Open) -> None:
    page = case_shown(opened)
    with opened.bot.waitSignal(page.closed):
        press(page, Qt.Key.Key_Escape)


def case_shown(opened: Open, view: CaseView | None = None) -> CasePage:
    page = case_page_on(opened.work, opened.entered)
    opened.shown(page)
    page.show_case((view or opened.first()).id)
    return page


def open_one(opened: Open) -> CaseView:
    """A case that is not closed."""
    rows = opened.ask(lambda reader: case_list(reader))
    row = next(each for each in rows if each.closed_on is None)
    view: CaseView = opened.ask(lambda reader: case_page(reader, row.id))
    return view


def test_the_page_shows_number_stage_and_facts(opened: Open) -> None:
    page = case_shown(opened)
    assert page.view is not None
    assert page.header.title.text() == page.view.number
    assert_all_named(page)


def test_a_note_is_written_and_stands_on_top(opened: Open) -> None:
    page = case_shown(opened)
    type_text(page.notes.text, "Заңгермен сөйлестік")
    page.notes.save.click()
    assert not page.notes.text.text()
    assert page.view is not None
    assert page.view.notes[-1].text == "Заңгермен сөйлестік"
    assert not page.notes.save.isEnabled(), "nothing to save"


def test_a_note_begun_waits_with_its_own_case(opened: Open) -> None:
    page = case_shown(opened)
    first, other = page._case, opened.ask(lambda reader: case_list(reader, limit=2))[1]
    type_text(page.notes.text, "Осы кейс туралы")
    page.show_case(other.id)
    assert not page.notes.text.text(), "not carried over"
    assert unsaved_in(page.notes) == {f"note/{first}": {"text": "Осы кейс туралы"}}, "and not forgotten at a lock"
    page.show_case(first)
    assert page.notes.text.text() == "Осы кейс туралы"


def test_a_task_is_added_and_done(opened: Open) -> None:
    view = open_one(opened)
    page = case_shown(opened, view)
    before = sum(task.done_on is None for task in view.tasks)
    day = date.today() + timedelta(days=3)
    type_text(page.tasks.title_row.field, "Заңгерге қоңырау шалу")
    type_text(page.tasks.due, day.strftime("%d.%m.%Y"))
    page.tasks.add_task.click()
    assert page.view is not None
    waiting = [task for task in page.view.tasks if task.done_on is None]
    assert len(waiting) == before + 1
    page.tasks._done(waiting[0].id)
    assert sum(task.done_on is None for task in page.view.tasks) == before


def test_a_task_without_a_day_is_asked_for_one(opened: Open) -> None:
    page = case_shown(opened, open_one(opened))
    type_text(page.tasks.title_row.field, "Қоңырау")
    page.tasks.add_task.click()
    assert page.tasks.due_row.error is not None


def dialog_of(page: CasePage) -> FormDialog:
    return next(each for each in page.findChildren(FormDialog) if each.isVisible())


def test_a_case_is_closed_and_opened_again(opened: Open) -> None:
    person = {"names": [{"given": "Generated"}], "birth": "1990"}
    made = do(opened.entered.desk.book, act="case.opened", kind="trafficking", person=person)
    page = case_shown(opened, opened.ask(lambda reader: case_page(reader, made.number)))
    page.close_case.click()
    dialog = dialog_of(page)
    dialog.save.click()
    assert dialog.rows["reason"].error is not None, "a reason is needed"
    dialog.rows["reason"].field.set_code("withdrew")  # type: ignore[attr-defined]
    dialog.save.click()
    assert page.view is not None
    assert page.view.closed_on is None, "the closing checklist is not done"
    type_text(dialog.rows["summary"].field, "Аяқталды")
    dialog.rows["feedback"].field.set_code("yes")  # type: ignore[attr-defined]
    dialog.save.click()
    assert page.view is not None
    assert page.view.closed_on is not None
    assert not page.tasks.add_task.isVisible()
    page.close_case.click()
    dialog = dialog_of(page)
    type_text(dialog.rows["reason"].field, "Қайта келді")
    dialog.save.click()
    assert page.view.closed_on is None


def test_the_last_act_is_undone_from_the_history(opened: Open) -> None:
    page = case_shown(opened)
    assert page.view is not None
    before = len(page.view.notes)
    type_text(page.notes.text, "Қате жазылды")
    page.notes.save.click()
    history = page.history
    history.timeline.setCurrentIndex(history.timeline.model().index(0, 0))
    assert history.undo.isEnabled()
    history.undo.click()
    asked = next(each for each in page.findChildren(MessageDialog) if each.isVisible())
    assert asked.act is not None
    asked.act.click()
    assert page.view is not None
    assert len(page.view.notes) == before


def test_the_rules_of_a_phone_come_before_its_number(opened: Open) -> None:
    from kzcase.ui.people.card import PhoneLine
    from kzcase.ui.widgets.chips import Chip
    from kzcase.ui.widgets.labels import Selectable

    opened.show_names()
    rows = opened.ask(lambda reader: case_list(reader))
    views = (opened.ask(lambda reader, row=row: case_page(reader, row.id)) for row in rows)
    view = next(each for each in views if each.person.phones)
    page = case_shown(opened, view)
    line = page.findChildren(PhoneLine)[0]
    layout = line.layout()
    assert layout is not None
    kinds = [type(each) for each in sorted(line.findChildren(QWidget), key=layout.indexOf) if layout.indexOf(each) >= 0]
    assert kinds[0] is Chip
    assert kinds[-1] is Selectable


def test_hidden_names_and_phones_stay_hidden_on_the_page(opened: Open) -> None:
    page = case_shown(opened)
    assert page.person.name.text() == MASK
    opened.show_names()
    page.show_case(page._case)
    assert page.person.name.text() != MASK


def test_a_name_is_added_to_the_person(opened: Open) -> None:
    opened.show_names()
    page = case_shown(opened)
    page.person._add_name()
    dialog = dialog_of(page)
    for name, text in (("family", "KAIYROVA"), ("given", "GULNUR")):
        type_text(dialog.rows[name].field, text)
    dialog.save.click()
    assert page.view is not None
    assert "KAIYROVA" in [row.family for row in page.view.person.names]


def test_the_case_sheet_is_recorded_before_it_is_shown(opened: Open) -> None:
    page = case_shown(opened)
    page.print_in("kk")
    from kzcase.ui.widgets.pdf import PreviewDialog

    preview = next(each for each in page.findChildren(PreviewDialog) if each.isVisible())
    history = page.history
    assert history._rows[0].kind == "paper.printed"
    preview.done(0)


def test_another_language_keeps_what_is_being_typed(opened: Open) -> None:
    opened.show_names()
    page = case_shown(opened)
    type_text(page.notes.text, "Жартысы")
    kind, facts = page.header.meta.text(), page.person.facts.text()
    language.switch("kk")
    assert page.person.facts.text() != facts
    assert page.notes.text.text() == "Жартысы"
    assert page.header.meta.text() != kind
