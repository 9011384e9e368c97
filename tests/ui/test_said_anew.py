"""Another language while the window is open: every page says what it would say had it been opened in that language."""

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kzcase.ui import language
from kzcase.ui.main_window import MainWindow
from kzcase.ui.widgets.buttons import Button
from tests.ui.desks import PASSPHRASE
from tests.ui.walking import pages, settle

SPOKEN = ("text", "placeholderText", "currentText", "accessibleName", "accessibleDescription", "toolTip")
ROWS = 10


def said(window: QWidget) -> set[str]:
    """Everything a window says just now, to eyes and to a screen reader."""
    found: set[str] = set()
    for widget in filter(QWidget.isVisible, window.findChildren(QWidget)):
        told = (getattr(widget, name, str) for name in SPOKEN)
        found |= {words for each in told if not isinstance(each, QWidget) and isinstance(words := each(), str)}
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            found |= _cells(widget.model(), table=isinstance(widget, QTableView))
    return found


def _cells(rows: QAbstractItemModel, *, table: bool) -> set[str]:
    columns = range(rows.columnCount() if table else 1)
    cells = {
        str(rows.index(row, column).data() or "") for row in range(min(rows.rowCount(), ROWS)) for column in columns
    }
    return cells | {str(rows.headerData(column, Qt.Orientation.Horizontal)) for column in columns}


def walked(window: MainWindow) -> dict[str, set[str]]:
    """What each page says."""
    return {key: said(window) for key in pages(window)}


def left_over(window: MainWindow) -> dict[str, set[str]]:
    """By page: what is still said as in Kazakh after a change to English, and is said otherwise once opened in it."""
    language.switch("kk")
    settle()
    before = walked(window)
    language.switch("en")
    settle()
    after = walked(window)
    path = window.start.open.path()
    window.lock()
    assert path is not None
    window.door.enter(path, PASSPHRASE)
    anew = walked(window)
    return {key: left for key in anew if (left := (before[key] & after[key]) - anew[key])}


def test_every_page_is_said_anew(window: MainWindow) -> None:
    assert left_over(window) == {}


def test_canary_a_page_that_does_not_hear_of_it_is_found(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Button, "retranslate", lambda _button: None)
    assert left_over(window)


def test_a_button_keeps_the_name_of_its_line(qtbot: QtBot) -> None:
    button = Button({"kk": "Алып тастау", "ru": "Удалить", "en": "Remove"})
    qtbot.addWidget(button)
    language.switch("ru")
    assert button.accessibleName() == button.words() == "Удалить"
    button.setAccessibleName("Удалить: Айнұр")
    language.switch("en")
    assert (button.accessibleName(), button.words()) == ("Удалить: Айнұр", "Remove")
