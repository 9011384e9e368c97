"""The list of calls: by pages, what one call was about, and the ways out of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from kzcase.actions.read_log import read_log
from kzcase.domain.errors import DiskTrouble
from kzcase.domain.looks import Look
from kzcase.i18n import LANGUAGES
from kzcase.queries.case_page import case_page
from kzcase.queries.looks import LooksWish
from kzcase.ui import language
from kzcase.ui.calls.numbers import NumberDialog
from kzcase.ui.calls.page import CallsPage
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.messages import MessageDialog
from tests.actions.steps import do
from tests.demo.test_performed import performed
from tests.ui.naming import assert_all_named
from tests.ui.offices import CASE, Keyboard, at_page

CALL = {
    "act": "call.logged",
    "channel": "phone",
    "language": "kk",
    "topics": ["wages", "stay"],
    "outcome": "out_answered",
}

NUMBER = "+7 709 000 00 21"


@pytest.fixture
def page(qtbot, tmp_path: Path):
    with at_page(tmp_path, qtbot, CallsPage) as made:
        yield made


def test_without_calls_it_says_so(page: CallsPage) -> None:
    assert page.none.isVisible()
    assert not page.card.isVisible()


def test_new_calls_appear_and_old_pages_are_fetched_when_seen(page: CallsPage) -> None:
    performed(page.book, [CALL] * 230)
    page.work.changed.emit(frozenset({"calls"}))
    assert page.rows.rowCount() == 230
    assert page.rows.row(229).topics == ("stay", "wages")
    assert page.rows.row(0).number > page.rows.row(229).number
    assert page.header.meta.text() == "230 calls"


def test_a_call_is_found_by_its_number_and_by_the_callers_telephone(page: CallsPage) -> None:
    first = do(page.book, **{**CALL, "phone": NUMBER}).number
    performed(page.book, [{**CALL, "phone": "+7 709 000 00 22"}])
    page.work.changed.emit(frozenset({"calls"}))
    page.search.setFocus()
    for typed in (first, "8 709 000 00 21"):
        page.search.clear()
        Keyboard(page.search).type(typed)
        assert [page.rows.row(at).number for at in range(page.rows.rowCount())] == [first]
    page.list.selectRow(0)
    assert page.call.row.number == first
    assert not any("709" in label.text() for label in page.findChildren(QLabel)), "rules come before a number"
    page.search.setText("0000")
    page.search.textEdited.emit("0000")
    assert (page.rows.rowCount(), page.none.isVisible(), page.search.isVisible()) == (0, False, True)
    assert page.header.meta.text() == "No call was found."
    page.searches.settle()
    page.search.clear()
    page.search.textEdited.emit("")
    assert page.rows.rowCount() == 2


def test_a_call_leads_to_its_case_or_to_a_new_one(page: CallsPage, qtbot) -> None:
    call = {**CALL, "ref": "call", "note": "Жазба", "danger": "yes"}
    made = performed(page.book, [call, {**CASE, "call": {"$ref": "call"}}, CALL])
    page.work.changed.emit(frozenset({"calls"}))
    page.list.setFocus()
    keys = Keyboard(page)
    assert page.call.isVisible()
    with qtbot.waitSignal(page.new_case_from_call) as wanted:
        page.call.new_case.click()
    assert wanted.args == [page.rows.row(0).id]
    keys.press(Qt.Key.Key_Down)
    assert (page.call.case.isVisible(), page.call.new_case.isVisible()) == (True, False)
    for open_it in (page.call.case.click, keys.enter):
        with qtbot.waitSignal(page.open_case) as wanted:
            open_it()
        assert wanted.args == [made["case"]["case"]]


def shown_call(page: CallsPage, **more) -> str:
    made = performed(page.book, [{**CALL, "ref": "call", **more}])["call"]["call"]
    page.work.changed.emit(frozenset({"calls"}))
    page.list.selectRow(0)
    return made


def entered(page: CallsPage) -> int:
    return sum(row.what == Look.CALL for row in read_log(page.book, LooksWish()).looks)


def texts(page: CallsPage) -> str:
    return " ".join(label.text() for label in page.call.findChildren(QLabel))


def open_dialog(page: CallsPage, kind: type):
    (found,) = [each for each in page.window().findChildren(kind) if each.isVisible()]
    return found


def test_a_call_one_stands_on_is_entered_once_until_the_lock(page: CallsPage) -> None:
    performed(page.book, [{**CALL, "note": "Жазба"}] * 3)
    page.hide()
    page.work.changed.emit(frozenset({"calls"}))
    page.list.selectRow(0)
    assert entered(page) == 0, "nobody sees a page that is not shown"
    page.show()
    assert entered(page) == 1
    for row in (1, 2, 1, 0):
        page.list.selectRow(row)
        assert "Жазба" in texts(page)
    page.work.changed.emit(frozenset({"calls"}))
    assert entered(page) == 3, "once a call and sitting"
    page.work.locking.emit()
    page.list.selectRow(1)
    assert entered(page) == 4


def test_what_was_written_of_a_call_shows_only_once_its_look_is_entered(page: CallsPage, monkeypatch) -> None:
    def full(*_args: object, **_more: object) -> None:
        raise DiskTrouble("disk", reason="disk full")

    performed(page.book, [{**CALL, "note": "Жазба"}])
    monkeypatch.setattr("kzcase.actions.reading.record_look", full)
    page.work.changed.emit(frozenset({"calls"}))
    page.list.selectRow(0)
    assert page.call.isVisible()
    assert "Жазба" not in texts(page)
    assert page.call.told.isVisible()


def test_a_number_is_nowhere_before_its_rules(page: CallsPage) -> None:
    person = performed(page.book, [{**CASE, "ref": "her"}])["her"]["person"]
    do(page.book, act="phone.added", person=person, number=NUMBER, safe="code_word", hours="18:00-20:00")
    shown_call(page, anonymous=False, phone=NUMBER)
    said = " ".join(label.text() for label in page.call.findChildren(QLabel))
    assert "709" not in said
    page.call.number.click()
    dialog = open_dialog(page, NumberDialog)
    told = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "only with the code word" in told
    assert "18:00-20:00" in told
    assert not dialog.number.isVisible()
    dialog.show_it.click()
    assert dialog.number.text() == NUMBER


def test_a_number_in_other_hands_is_not_offered(page: CallsPage) -> None:
    person = performed(page.book, [{**CASE, "ref": "her"}])["her"]["person"]
    phone = do(page.book, act="phone.added", person=person, number=NUMBER, safe="safe").ids["phone"].hex()
    do(page.book, act="phone.controlled", phone=phone, state="controlled")
    shown_call(page, anonymous=False, phone=NUMBER)
    page.call.number.click()
    dialog = open_dialog(page, NumberDialog)
    assert not dialog.show_it.isVisible()
    assert "other hands" in dialog.said.sentence.text()


def test_an_old_call_is_connected_promised_and_passed_on(page: CallsPage) -> None:
    number = performed(page.book, [{**CASE, "ref": "case"}])["case"]
    shown_call(page)
    page.call.link.click()
    dialog = open_dialog(page, FormDialog)
    dialog.rows["case"].field.setText(page_number(page, number["case"]))
    dialog.save.click()
    assert page.call.details.more_cases == (page_number(page, number["case"]),)
    page.call.call_back.click()
    assert "hours" in open_dialog(page, FormDialog).rows
    open_dialog(page, FormDialog).reject()
    page.call.signal.click()
    assert "facts" in open_dialog(page, FormDialog).rows


def test_what_was_given_and_who_was_called_stands_on_the_call(page: CallsPage) -> None:
    given = {"sheets": [{"sheet": "wages", "language": "kk"}], "emergencies": [{"service": "103"}]}
    shown_call(page, danger="yes", **given)
    said = " ".join(label.text() for label in page.call.facts.findChildren(QLabel))
    assert "If wages are not paid (kk)" in said
    assert "103 " in said


def page_number(page: CallsPage, case: str) -> str:
    with page.book.read() as reader:
        return case_page(reader, case).number


def test_a_wrong_call_is_taken_back_from_the_list(page: CallsPage) -> None:
    shown_call(page)
    page.call.take_back.click()
    (asked,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, MessageDialog) and each.isVisible()]
    asked.accept()
    assert page.none.isVisible()


def test_it_is_named_and_speaks_three_languages(page: CallsPage) -> None:
    performed(page.book, [CALL])
    page.work.changed.emit(frozenset({"calls"}))
    page.list.setFocus()
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(page)
