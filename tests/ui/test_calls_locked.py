"""The idle lock during a call: everything is gone but a sheet that only writes, and nothing written there is lost."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QTextEdit

from kzcase.actions.line_keys import MakeLineKey, make_line_key
from kzcase.actions.waiting_calls import PLACE, waiting_sheets
from kzcase.queries.office import call_list
from kzcase.ui.calls.locked import LockedCallPage
from kzcase.ui.messages import MessageDialog
from tests.ui.desks import PASSPHRASE, open_window
from tests.ui.offices import Keyboard, offered

BEFORE, AFTER = "Ол есікті құлыптады", "Полиция келе жатыр"


@pytest.fixture
def window(qtbot, tmp_path: Path):
    made = open_window(tmp_path, cases=0)
    qtbot.addWidget(made)
    made.work.do(lambda book: make_line_key(book, MakeLineKey()))
    made._take_calls()
    made.casebook = made._entered.desk.path
    offered(made)
    qtbot.waitUntil(lambda: made._calls is not None and made._calls.ready)
    yield made
    made.lock()
    made.door.stop()
    made.hide()


def typed_call(window) -> None:
    window.workplace.log_call()
    entry = window.workplace.stack.currentWidget()
    entry.fields.topics.set_codes(["held"])
    entry.fields.note.setPlainText(BEFORE)


def sheet(window) -> LockedCallPage:
    page = window._stack.currentWidget()
    assert isinstance(page, LockedCallPage)
    return page


def everything_shown(window) -> str:
    labels = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    edits = [edit.text() for edit in window.findChildren(QLineEdit) if edit.isVisible()]
    areas = [edit for kind in (QTextEdit, QPlainTextEdit) for edit in window.findChildren(kind)]
    texts = [edit.toPlainText() for edit in areas if edit.isVisible()]
    return " ".join((*labels, *edits, *texts))


def unlock(window) -> list:
    window.door.enter(window.casebook, PASSPHRASE)
    with window.work._book.read() as reader:
        return call_list(reader)


def close_messages(window) -> None:
    for dialog in window.findChildren(MessageDialog):
        dialog.accept()


def test_during_a_call_only_a_sheet_that_writes_stays(window) -> None:
    typed_call(window)
    window.idle.idle.emit()
    page = sheet(window)
    assert window.work is None, "the casebook is closed"
    assert BEFORE not in everything_shown(window)
    page.fields.note.setPlainText(AFTER)
    page.keep()
    assert not [said for said in (BEFORE, AFTER) if said.encode() in _disk(window)]
    (row,) = unlock(window)
    assert (row.note, row.topics) == (f"{BEFORE}\n{AFTER}", ("held",))
    assert waiting_sheets(window.casebook) == []
    assert not window.workplace.drafts.offer.isVisible(), "the same call is not offered a second time"
    close_messages(window)


def _disk(window) -> bytes:
    return b"".join(file.read_bytes() for file in (window.casebook / PLACE).iterdir())


def test_without_a_call_the_lock_is_the_plain_one(window) -> None:
    window.workplace.log_call()
    window.idle.idle.emit()
    assert window._stack.currentWidget() is window.start
    assert window.start.call_sheet.isVisible()


def test_the_panic_key_leaves_no_sheet_on_the_screen(window) -> None:
    typed_call(window)
    window.idle.panic.emit()
    assert window._stack.currentWidget() is window.start


def test_many_calls_can_be_written_with_nobody_there_to_unlock(window) -> None:
    window.lock()
    window.start.call_sheet.click()
    page = sheet(window)
    for number in range(3):
        page.fields.topics.set_codes(["wages"])
        page.fields.outcome.set_code("out_answered")
        page.fields.note.setPlainText(f"{AFTER} {number}")
        Keyboard(window).shortcut(page.save)
        assert page.fields.draft() == {}
        assert AFTER not in everything_shown(window)
    page.back.click()
    assert window._stack.currentWidget() is window.start
    rows = unlock(window)
    assert {row.note for row in rows} == {f"{AFTER} {number}" for number in range(3)}
    close_messages(window)


def test_what_was_typed_a_second_ago_survives_a_kill(window, qtbot) -> None:
    window.lock()
    window.start.call_sheet.click()
    page = sheet(window)
    page.fields.note.setPlainText(AFTER)
    assert page._timer.isActive()
    page._timer.timeout.emit()  # the second is over; then the program is killed
    page.fields.clear()
    assert len(waiting_sheets(window.casebook)) == 1
    assert [row.note for row in unlock(window)] == [AFTER]
    close_messages(window)
