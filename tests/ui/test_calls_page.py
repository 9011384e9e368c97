"""The list of calls: by pages, what one call was about, and the ways out of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kzcase.i18n import LANGUAGES
from kzcase.ui import language
from kzcase.ui.calls.page import CallsPage
from tests.demo.test_performed import performed
from tests.ui.naming import assert_all_named
from tests.ui.offices import CASE, Keyboard, offered, working

CALL = {
    "act": "call.logged",
    "channel": "phone",
    "language": "kk",
    "topics": ["wages", "stay"],
    "outcome": "out_answered",
}


@pytest.fixture
def page(qtbot, tmp_path: Path):
    with working(tmp_path) as (book, work):
        made = CallsPage(work)
        made.book, made.work = book, work
        qtbot.addWidget(made)
        yield offered(made)
        made.hide()


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


def test_it_is_named_and_speaks_three_languages(page: CallsPage) -> None:
    performed(page.book, [CALL])
    page.work.changed.emit(frozenset({"calls"}))
    page.list.setFocus()
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(page)
