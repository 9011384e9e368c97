"""Locking: after minutes without use, after sleep, at once on the panic keys; and what happens to what was typed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog, QTableView
from pytestqt.qtbot import QtBot

from kzcase.ui.lock import L_ON_X11, IdleWatch, SessionWatch, clear_clipboard, is_panic
from kzcase.ui.main_window import MainWindow
from tests.ui.desks import Clock, open_window

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
MINUTE = 60.0


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(tmp_path)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.lock()
    made.door.stop()


class Watched:
    """A watch with a clock of ours, and how often it said that nobody is there."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.watch = IdleWatch(10, clock=self.clock)
        self.said = 0
        self.watch.idle.connect(self._count)
        self.watch.start(10)

    def _count(self) -> None:
        self.said += 1

    def look_after(self, seconds: float) -> int:
        """Look every five seconds for so long."""
        for _each in range(round(seconds / 5)):
            self.clock.now += 5.0
            self.watch.look()
        return self.said


def test_ten_minutes_without_use_lock() -> None:
    watched = Watched()
    assert watched.look_after(10 * MINUTE - 5) == 0
    assert watched.look_after(5) == 1


def test_a_key_or_the_mouse_keep_it_open() -> None:
    """Canary: without the event the same ten minutes lock."""
    watched = Watched()
    watched.look_after(9 * MINUTE)
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(1, 1), QPointF(1, 1), Qt.MouseButton.NoButton,
                        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)  # fmt: skip
    watched.watch.eventFilter(watched.watch, event)
    assert watched.look_after(9 * MINUTE) == 0


@pytest.mark.parametrize("jump", [5 * MINUTE, 90.0, -30.0])
def test_a_laptop_that_slept_is_locked_at_the_first_look(jump: float) -> None:
    watched = Watched()
    watched.look_after(5)
    watched.clock.now += jump
    watched.watch.look()
    assert watched.said == 1


@pytest.mark.parametrize(
    ("key", "scan", "modifiers", "locks"),
    [
        (Qt.Key.Key_L, 0, CTRL_SHIFT, True),
        (Qt.Key(0x414), L_ON_X11, CTRL_SHIFT, True),  # Д: the same key on a Cyrillic layout
        (Qt.Key.Key_L, 0, Qt.KeyboardModifier.ControlModifier, False),
        (Qt.Key.Key_A, 38, CTRL_SHIFT, False),
    ],
)
def test_the_panic_keys(key: Qt.Key, scan: int, modifiers: Qt.KeyboardModifier, locks: bool) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, key, modifiers, scan, 0, 0, "")
    assert is_panic(event) is locks


def press_on_window(window: MainWindow | QDialog, key: Qt.Key) -> None:
    handle = window.windowHandle()
    QApplication.sendEvent(handle, QKeyEvent(QEvent.Type.KeyPress, key, CTRL_SHIFT, "L"))


def test_panic_leaves_nothing_of_the_casebook(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screenless platform does not know whose the clipboard is, so that is said here."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)
    workplace = window.workplace
    assert workplace is not None
    workplace.new_case()
    dialog = next(each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible())
    QGuiApplication.clipboard().setText("+7 709 000 00 00")
    window.idle._watch(dialog.windowHandle())
    with qtbot.waitSignal(dialog.destroyed, timeout=1000):
        press_on_window(dialog, Qt.Key.Key_L)
    assert window.workplace is None
    assert window.start.isVisible()
    assert not QGuiApplication.clipboard().text()
    qtbot.waitUntil(lambda: not window.findChildren(QTableView), timeout=2000)  # no list, no model


def test_nothing_can_be_asked_of_a_locked_casebook(window: MainWindow) -> None:
    assert window.work is not None
    work = window.work
    answers: list[object] = []
    window.lock()
    work.ask(lambda _reader: 1, answers.append)
    assert not answers


def test_the_clipboard_of_others_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    board = QGuiApplication.clipboard()
    board.setText("of another program")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: False)
    clear_clipboard()
    assert board.text() == "of another program"


def test_the_session_that_sleeps_or_ends_locks() -> None:
    watch, said = SessionWatch(), []
    watch.leaving.connect(lambda: said.append(1))
    watch.about_to_sleep(False)
    assert not said
    watch.about_to_sleep(True)
    watch.locked()
    assert len(said) == 2


def test_closing_the_window_locks_first(window: MainWindow) -> None:
    window.close()
    assert window.workplace is None
    assert not window.isVisible()
