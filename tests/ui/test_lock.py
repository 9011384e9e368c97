"""Locking: after minutes without use, after sleep, at once on the panic keys; and what happens to what was typed."""

import signal
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QDialog, QTableView
from pytestqt.qtbot import QtBot

from kzcase.domain.rows import AttachmentRow
from kzcase.paper.incoming import door as incoming
from kzcase.ui.attachments.viewer import Viewer
from kzcase.ui.lock import L_ON_X11, IdleWatch, SessionWatch, is_panic
from kzcase.ui.main_window import MainWindow
from kzcase.ui.pages import Page
from kzcase.ui.work import InlineWork
from tests.ui.desks import PASSPHRASE, Clock, open_window
from tests.ui.typing import type_text

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
MINUTE = 60.0


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
    gone: list[bool] = []
    dialog.destroyed.connect(lambda: gone.append(True))
    press_on_window(dialog, Qt.Key.Key_L)
    qtbot.waitUntil(lambda: bool(gone), timeout=1000)
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


class FirstPaint(QObject):
    """What is true when the start screen is painted for the first time after the panic keys."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.window = window
        self.seen: dict[str, object] = {}
        window.start.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and not self.seen:
            self.seen = {
                "windows": [each for each in QApplication.topLevelWidgets() if each.isVisible()],
                "pages": [each for each in self.window.findChildren(Page) if each.isVisible()],
                "workplace": self.window.workplace,
            }
        return False


def test_nothing_is_waited_for_before_the_first_repaint(tmp_path: Path, qtbot: QtBot) -> None:
    """The writer is busy and a dialog is open: still the start screen is painted before the key press returns."""
    window = open_with_threads(tmp_path, qtbot)
    work, place = window.work, window.workplace
    assert work is not None
    assert place is not None
    dialog = place.new_case()
    qtbot.waitUntil(dialog.isVisible, timeout=5000)
    busy, go_on = threading.Event(), threading.Event()
    work.do(lambda _book: (busy.set(), go_on.wait(10)), changes=())
    assert busy.wait(10)
    type_text(dialog.rows["family"].field, "Қуат")
    paint = FirstPaint(window)
    locked = qtbot.waitSignal(window.locked, timeout=10_000, raising=True)
    window.idle._watch(dialog.windowHandle())
    press_on_window(dialog, Qt.Key.Key_L)
    assert paint.seen == {"windows": [window], "pages": [], "workplace": None}
    assert not locked.signal_triggered, "the keys wait for what was being written, the screen does not"
    go_on.set()
    locked.wait()
    window.door.enter(window.start.open.path() or tmp_path, PASSPHRASE)
    qtbot.waitUntil(lambda: window.workplace is not None and window.workplace.ready, timeout=5000)
    assert window.workplace is not None
    keeper = window.workplace.drafts
    qtbot.waitUntil(keeper.offer.isVisible, timeout=5000)
    with qtbot.waitSignal(window.locked, timeout=5000):
        window.lock()
    window.door.stop()


def test_a_page_of_an_attachment_in_the_making_does_not_hold_the_lock_up(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its child process, which holds what was attached, is killed. Canary: left alone it would sleep for a minute."""
    sleeps = [sys.executable, "-c", "import time; time.sleep(60)"]
    monkeypatch.setattr(incoming, "_command", lambda: sleeps)
    row = AttachmentRow(
        id="00" * 16, title="", media_type="image/png", pages=1, size=1, added_on=None, author=None, can_open=True
    )
    work = InlineWork(object())
    viewer = Viewer(work, row, b"content")
    viewer.open()
    qtbot.waitUntil(lambda: viewer._looking._child is not None, timeout=5000)
    child = viewer._looking._child
    assert child is not None
    with qtbot.waitSignal(viewer.destroyed, timeout=5000):
        viewer.done(0)
        assert viewer._lane._thread is None
    assert child.returncode == -signal.SIGKILL
    work.close()
    work.deleteLater()


def open_with_threads(folder: Path, qtbot: QtBot) -> MainWindow:
    window = open_window(folder, threads=True)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.workplace is not None and window.workplace.ready, timeout=5000)
    return window
