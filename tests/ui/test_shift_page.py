"""The shift on the screen: rules come before a number, a signal is followed to its end, an alert is a supervisor's."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from kzcase.i18n import LANGUAGES
from kzcase.queries.call_backs import open_call_backs
from kzcase.queries.callers import known_caller
from kzcase.queries.line_keys import line_key
from kzcase.queries.shifts import hand_over
from kzcase.queries.signals import open_signals
from kzcase.ui import language
from kzcase.ui.calls.hands import hands_dialog
from kzcase.ui.calls.numbers import call_back_number
from kzcase.ui.calls.promises import promise_dialog
from kzcase.ui.calls.shift_page import ShiftPage, close_dialog, outreach_dialog
from kzcase.ui.calls.signals import readdress_dialog, receipt_dialog, signal_dialog
from tests.actions.steps import a_call, do
from tests.demo.test_performed import performed
from tests.ui.naming import assert_all_named
from tests.ui.offices import CASE, at_page, offered

NUMBER = "+7 709 000 00 61"


@pytest.fixture
def page(qtbot, tmp_path: Path):
    with at_page(tmp_path, qtbot, ShiftPage) as made:
        yield made


def ask(page: ShiftPage, question, *given):
    with page.book.read() as reader:
        return question(reader, *given)


def acted(page: ShiftPage, **act):
    done = do(page.book, **act)
    page.work.changed.emit(frozenset({"calls"}))
    return done


def shown(widget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_shift_is_opened_and_handed_over(page: ShiftPage) -> None:
    page.main.click()
    assert ask(page, hand_over).shift is not None
    dialog = close_dialog(page.work, page.window())
    dialog.rows["words"].field.setText("Жалғастыру керек")
    assert dialog.draft_place() == "shift"
    dialog.save.click()
    assert ask(page, hand_over).shift is None


def test_the_rules_stand_there_before_the_number(page: ShiftPage, qtbot) -> None:
    call = a_call(page.book)
    given = {"hours": "", "say_we_are": "дүкен", "code_word": "арай", "phone": NUMBER}
    acted(page, act="call_back.promised", call=call, due="2026-11-22T19:00", **given)
    (row,) = ask(page, open_call_backs)
    dialog = call_back_number(page.work, page._office, row, page.window())
    qtbot.addWidget(dialog)
    offered(dialog)
    assert "дүкен" in shown(dialog)
    assert not any(word in shown(dialog) for word in (NUMBER, "арай"))
    dialog.show_it.click()
    assert NUMBER in shown(dialog)
    assert "арай" in dialog.said.sentence.text()
    dialog.reject()


def test_at_a_dangerous_hour_there_is_no_number(page: ShiftPage, qtbot) -> None:
    call = a_call(page.book)
    given = {"hours": "18:00-20:00", "phone": NUMBER, "due": "2026-11-22T19:00"}
    acted(page, act="call_back.promised", call=call, **given)
    (row,) = ask(page, open_call_backs)
    dialog = call_back_number(page.work, page._office, row, page.window())
    qtbot.addWidget(dialog)
    offered(dialog).show_it.click()
    assert NUMBER not in shown(dialog)
    assert "18:00" in dialog.said.sentence.text()
    dialog.reject()


def test_a_call_back_is_promised_in_the_time_of_the_other(page: ShiftPage) -> None:
    dialog = promise_dialog(page.work, page._office, a_call(page.book), page.window())
    dialog.restore({"time": "19.15", "zone": "TR", "phone": NUMBER, "hours": "18:00-20:00", "interpreter": "yes"})
    dialog.save.click()
    (row,) = ask(page, open_call_backs)
    assert (row.due_there[-5:], row.zone, row.interpreter) == ("19:15", "Europe/Istanbul", True)


def test_a_bad_time_is_said_at_its_field(page: ShiftPage) -> None:
    dialog = promise_dialog(page.work, page._office, a_call(page.book), page.window())
    dialog.restore({"time": "late", "phone": NUMBER})
    dialog.save.click()
    assert dialog.rows["time"].error is not None
    dialog.reject()


def test_a_signal_goes_from_the_facts_to_the_receipt(page: ShiftPage) -> None:
    dialog = signal_dialog(page.work, page._office, a_call(page.book), page.window())
    dialog.restore({"unit": "Unit", "danger": "now", "facts": "A house.", "people": "4", "heard": "no"})
    dialog.save.click()
    assert ask(page, open_signals) == [], "the caller has not heard it"
    dialog.restore({"heard": "yes"})
    dialog.save.click()
    (row,) = ask(page, open_signals)
    assert (row.people, row.identity) == (4, False)
    assert page.signals.send.isVisible()
    assert not page.signals.received.isVisible()
    acted(page, act="signal.sent", signal=row.id, how="phone")
    assert page.signals.received.isVisible()
    receipt = receipt_dialog(page.work, row, page.window())
    receipt.restore = None
    receipt.rows["by"].field.setText("Duty officer")
    receipt.save.click()
    other = readdress_dialog(page.work, row, page.window())
    other.rows["unit"].field.setText("Other")
    other.rows["because"].field.setText("A relative works there")
    other.save.click()
    assert [(each.unit, each.sent_at) for each in ask(page, open_signals)] == [("Other", None)]


def test_who_of_us_may_have_passed_on_the_same_crime_stands_under_the_list(page: ShiftPage) -> None:
    told = {"act": "signal.prepared", "unit": "Unit", "danger": "now", "facts": "A house.", "heard": True}
    first = acted(page, **told, call=a_call(page.book), place="Алматы, Абай 10")
    assert page.signals.shared.isHidden()
    acted(page, act="signal.sent", signal=first.ids["signal"].hex(), how="phone")
    acted(page, **told, call=a_call(page.book), place="Абай көшесі, 10")
    page.signals.list.selectRow(0)
    said = page.signals.shared.text()
    assert page.signals.shared.isVisible()
    assert first.number in said
    assert "Founder" in said
    assert_all_named(page)


def test_an_alert_leads_its_supervisor_to_the_case(page: ShiftPage, qtbot) -> None:
    assert not page.alert.isVisible()
    made = performed(page.book, [CASE])["case"]
    acted(page, act="duress_word.set", person=made["person"], word="bulbul")
    acted(page, act="caller.checked", number="+7 709 000 01 02", word="bulbul")
    assert page.alert.isVisible()
    with qtbot.waitSignal(page.open_case) as wanted:
        page.taken_up.click()
    assert wanted.args == [made["case"]]
    assert not page.alert.isVisible()


def test_the_line_gets_its_key(page: ShiftPage) -> None:
    assert page.key.isVisible()
    page.key_step.click()
    assert ask(page, line_key).mine
    assert not page.key.isVisible()


def test_outreach_is_logged_without_names(page: ShiftPage) -> None:
    dialog = outreach_dialog(page.work, page._office, page.window())
    dialog.rows["on"].field.set_value(datetime(2026, 11, 20, tzinfo=UTC).date())
    dialog.restore({"kind": "mobile_group", "region": "KZ-61", "reached": "12", "topic": "stay"})
    dialog.save.click()
    with page.book.read() as reader:
        assert reader.number("SELECT reached FROM outreach") == 12


def test_it_is_said_in_three_languages(page: ShiftPage) -> None:
    titles = set()
    for spoken in LANGUAGES:
        language.switch(spoken)
        titles.add(page.promises.title.text())
        assert_all_named(page)
    assert len(titles) >= 1


def test_a_phone_in_other_hands_is_said_on_the_screen(page: ShiftPage) -> None:
    person = performed(page.book, [CASE])["case"]["person"]
    dialog = hands_dialog(page.work, page._office, person, page.window())
    choices = dialog.rows["phone"].field
    choices.visit()
    assert choices.count() == 2, "nothing chosen, and one phone"
    dialog.save.click()
    assert dialog.said.isVisible(), "nothing was said"
    with page.book.read() as reader:
        phone = reader.session.connection().exec_driver_sql("SELECT lower(hex(id)) FROM phones").scalar()
    choices.set_code(phone)
    dialog.rows["state"].field.set_code("controlled")
    dialog.rows["since"].field.set_value(datetime(2026, 11, 22, tzinfo=UTC).date())
    dialog.rows["word"].field.setText("bulbul")
    dialog.save.click()
    assert not ask(page, known_caller, "+7 709 000 01 02").ask_word
    again = hands_dialog(page.work, page._office, person, page.window())
    again.rows["phone"].field.visit()
    assert "in other hands" in again.rows["phone"].field.itemText(1)
    again.reject()


def test_those_who_wait_for_an_interpreter_are_a_queue_of_their_own(page: ShiftPage) -> None:
    call = a_call(page.book)
    for needed in (True, False):
        acted(page, act="call_back.promised", call=call, due="2026-11-24T12:00", phone=NUMBER, interpreter=needed)
    page.work.changed.emit(frozenset({"calls"}))
    card = page.promises
    assert (card.interpreter.isVisible(), card.rows.rowCount()) == (True, 2)
    card.interpreter.setChecked(True)
    assert [card.rows.row(place).interpreter for place in range(card.rows.rowCount())] == [True]
