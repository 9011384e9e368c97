"""The page of a case fits a laptop's screen with large letters: nothing to scroll sideways, no button cut."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kzcase.i18n import LANGUAGES
from kzcase.ui import language, theme
from kzcase.ui.cases import page as case_page
from kzcase.ui.cases.page import CasePage
from kzcase.ui.widgets.buttons import Button
from tests.ui.desks import open_window

WIDTH, FACTOR = 1366, 1.25


def cut(page: CasePage) -> list[str]:
    """The buttons that are narrower than their words, or not wholly inside the page."""
    edge = page._scroll.viewport().mapToGlobal(QPoint(page._scroll.viewport().width(), 0)).x()
    found = []
    for button in page.findChildren(Button):
        beyond = button.mapToGlobal(QPoint(button.width(), 0)).x() > edge
        if button.isVisible() and (beyond or button.width() < button.sizeHint().width()):
            found.append(button.text())
    return found


def shown(tmp_path: Path, qtbot: QtBot) -> dict[str, tuple[int, list[str]]]:
    """How far one would have to scroll sideways, and what is cut, in each language."""
    theme.apply("light", FACTOR)
    window = open_window(tmp_path, cases=5)
    qtbot.addWidget(window)
    place = window.workplace
    assert place is not None
    place.work.do(lambda book: book.show_names())
    cases = [place.go("cases").rows.row(each).id for each in range(5)]  # type: ignore[attr-defined]
    place.open_case(cases[0])
    page = place.page("case")
    assert isinstance(page, CasePage)
    window.show()
    seen = {}
    for spoken in LANGUAGES:
        language.switch(spoken)
        window.resize(WIDTH, 768)
        beyond, buttons = 0, []
        for case in (*cases, *reversed(cases)):  # in whatever order: a long head after a short one, too
            place.open_case(case)
            for _round in range(3):
                QApplication.processEvents()
            beyond = max(beyond, page._scroll.horizontalScrollBar().maximum())
            buttons += cut(page)
        seen[spoken] = (beyond, buttons)
    window.lock()
    window.door.stop()
    return seen


def test_a_case_fits_the_screen_with_large_letters(tmp_path: Path, qtbot: QtBot) -> None:
    assert shown(tmp_path, qtbot) == dict.fromkeys(LANGUAGES, (0, []))


def test_canary_buttons_that_never_go_below_the_number_do_not_fit(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CasePage, "_arrange", lambda _page: None)
    monkeypatch.setattr(case_page, "NARROW", 400)
    assert shown(tmp_path, qtbot) != dict.fromkeys(LANGUAGES, (0, []))
