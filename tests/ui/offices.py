"""A real encrypted casebook behind the screens of a test, its errands done at once, and a keyboard that counts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kzcase.db.casebook import Casebook
from kzcase.ui.work import InlineWork
from tests.db.books import founded
from tests.demo.test_performed import performed
from tests.ui.typing import NO_KEYS

CTRL = Qt.KeyboardModifier.ControlModifier
PERSON: dict[str, Any] = {
    "names": [{"family": "Сыналғанова", "given": "Айша"}],
    "sex": "female",
    "birth": "1994-05",
    "citizenships": ["UZ"],
    "phones": [{"number": "+7 709 000 01 02", "safe": "safe"}],
}
PARTNER: dict[str, Any] = {
    "act": "partner.added", "ref": "partner", "name": "Сынақ дағдарыс орталығы", "kind": "crisis_centre",
    "region": "KZ-61", "languages": ["kk", "uz"],
}  # fmt: skip
CASE: dict[str, Any] = {
    "act": "case.opened", "ref": "case", "kind": "trafficking", "region": "KZ-61", "person": PERSON,
}  # fmt: skip


@contextmanager
def working(folder: Path) -> Iterator[tuple[Casebook, InlineWork]]:
    """A founded casebook and errands that are done at once."""
    with founded(folder) as book:
        work = InlineWork(book)
        try:
            yield book, work
        finally:
            work.close()
            work.deleteLater()


@contextmanager
def at_page(folder: Path, qtbot: QtBot, make: Callable[[InlineWork], Any]) -> Iterator[Any]:
    """A page of such a casebook, with the keyboard; its casebook and its errands are `book` and `work`."""
    with working(folder) as (book, work):
        made = make(work)
        made.book, made.work = book, work
        qtbot.addWidget(made)
        yield offered(made)
        made.hide()


@contextmanager
def referring(folder: Path, qtbot: QtBot) -> Iterator[tuple[Casebook, InlineWork, str, str, QWidget]]:
    """A case that can be referred to a partner, and a window for its dialogs."""
    with working(folder) as (book, work):
        case, partner = with_case(book)
        window = QWidget()
        qtbot.addWidget(window)
        yield book, work, case, partner, window
        window.close()


def with_case(book: Casebook) -> tuple[str, str]:
    """A case of an invented person and a partner; their ids."""
    made = performed(book, [PARTNER, CASE])
    return made["case"]["case"], made["partner"]["partner"]


def offered(widget: QWidget) -> Any:
    """Show a widget so that it has the keyboard."""
    widget.show()
    widget.activateWindow()
    QApplication.processEvents()
    return widget


class Keyboard:
    """Presses keys at whatever has the focus inside a window, and counts them."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.strokes = 0

    def _target(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        return popup or self._window.focusWidget() or self._window

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS, text: str = "") -> None:
        """One key."""
        self.strokes += 1
        target = self._target()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text))

    def enter(self) -> None:
        """Enter."""
        self.press(Qt.Key.Key_Return, text="\r")

    def type(self, text: str) -> None:
        """Letters, one key each."""
        for sign in text:
            self.press(Qt.Key(0), text=sign)

    def shortcut(self, button: Any) -> None:
        """The keys written in a button; offscreen windows route none, so the button is asked for its own."""
        assert not button.shortcut().isEmpty(), "no shortcut is written in this button"
        assert button.isEnabled()
        self.strokes += 1
        button.click()
