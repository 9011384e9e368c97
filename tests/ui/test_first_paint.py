"""The start screen is painted before anything else is made, whole and ready to be typed into; the rest follows."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kzcase import app
from kzcase.settings import Settings
from kzcase.ui.main_window import MainWindow
from kzcase.ui.unlock.door import Door
from tests.ui.desks import open_window

LATER = (
    "kzcase.domain.dates",
    "kzcase.ui.clipboard",
    "kzcase.ui.lanes",
    "kzcase.ui.lock",
    "kzcase.ui.messages",
    "kzcase.ui.pages",
    "kzcase.ui.slices",
    "kzcase.ui.tidying",
    "kzcase.ui.warming",
    "kzcase.ui.work",
)
"""Loaded for nobody before the first painting."""
PAINT = """
import gc, sys
from PySide6.QtCore import QBuffer, QTimer, QByteArray
from PySide6.QtWidgets import QApplication
from kzcase import app
from kzcase.ui.main_window import MainWindow
{before}

def picture(window):
    kept = QByteArray()
    buffer = QBuffer(kept)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    window.grab().save(buffer, "PNG")
    return bytes(kept.data())

def painted(window):
    print(*(name for name in {later} if name in sys.modules), sep=" ", flush=True)
    first = picture(window)
    QTimer.singleShot(20, window, lambda: rest(window, first))

def rest(window, first):
    if "kzcase.ui.warming" not in sys.modules:
        QTimer.singleShot(20, window, lambda: rest(window, first))
        return
    print(picture(window) == first, "idle" in window.__dict__, "copies" in window.__dict__, gc.get_freeze_count() > 0)
    window.close()

made = MainWindow.__init__
def make(window, *given):
    made(window, *given)
    window.start.painted.connect(lambda: QTimer.singleShot(0, window, lambda: painted(window)))
MainWindow.__init__ = make
QApplication.setCursorFlashTime(0)
sys.exit(app.run())
"""


def begun(home: Path, before: str = "") -> list[str]:
    """What was loaded by the first painting, and what is true when the rest is made: two lines."""
    done = subprocess.run(
        [sys.executable, "-c", PAINT.format(later=LATER, before=before)],
        capture_output=True, text=True, check=True, timeout=120,
        env={"QT_QPA_PLATFORM": "offscreen", "KZCASE_HOME": str(home), "PATH": "", "PYTHONPATH": str(Path.cwd())},
    )  # fmt: skip
    return done.stdout.splitlines()


def test_the_first_painting_waits_for_nothing_else_and_nothing_changes_on_it_later(tmp_path: Path) -> None:
    """The same picture, point by point; and then somebody watches, and what stands stays."""
    assert begun(tmp_path) == ["", "True True True True"]


def test_canary_what_is_loaded_too_early_would_be_noticed(tmp_path: Path) -> None:
    assert begun(tmp_path, "import kzcase.ui.lock")[0] == "kzcase.ui.lock"


def noted(made: list[MainWindow]) -> Callable[[MainWindow], Iterator[None]]:
    """The rest, which only says whose it is."""

    def rest(window: MainWindow) -> Iterator[None]:
        made.append(window)
        yield

    return rest


def test_where_nobody_sees_the_window_the_rest_is_made_all_the_same(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started into the background it is never painted: who watches and where errors are said must not depend on it."""
    made: list[MainWindow] = []
    monkeypatch.setattr(app, "AT_LATEST_MS", 1)
    monkeypatch.setattr(app, "_rest", noted(made))
    settings = Settings(tmp_path / "settings.json")
    window = MainWindow(settings, Door(settings))
    qtbot.addWidget(window)
    app.promise_the_rest(window)
    qtbot.waitUntil(lambda: made == [window])


def test_the_rest_is_made_once(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Painted in time, and the latest moment comes all the same."""
    made: list[MainWindow] = []
    monkeypatch.setattr(app, "_rest", noted(made))
    settings = Settings(tmp_path / "settings.json")
    window = MainWindow(settings, Door(settings))
    qtbot.addWidget(window)
    app.make_the_rest(window)
    app.make_the_rest(window)
    qtbot.waitUntil(lambda: bool(made))
    qtbot.wait(20)
    assert made == [window]


def test_whoever_types_at_once_works_under_the_same_watch(tmp_path: Path, qtbot: QtBot) -> None:
    """Nobody made the rest yet, and a casebook is open: the lock and the clipboard are watched over."""
    window = open_window(tmp_path)
    qtbot.addWidget(window)
    assert window.workplace is not None
    assert {"idle", "copies"} <= set(window.__dict__)
    window.lock()
    window.door.stop()
