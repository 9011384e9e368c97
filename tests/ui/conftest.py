"""Every window test runs without a screen, in a plain look, and leaves nothing behind."""

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kzcase.ui import language, theme
from kzcase.ui.main_window import MainWindow
from tests.ui.desks import shown_window
from tests.ui.leaks import left_behind

NOT_OURS = [r"This plugin does not support (propagateSizeHints\(\)|raise\(\)|grabbing the keyboard)"]
"""Said by the screenless platform about windows with a least size and about drop-down lists."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/ui" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore(*NOT_OURS, extend=True))


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    language.switch("en")
    theme.apply("light", 1.0)
    yield
    qapp.setStyleSheet("")


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window with a demonstration casebook open."""
    with shown_window(tmp_path, qtbot) as made:
        yield made


@pytest.fixture(autouse=True)
def _nothing_left(qapp: QApplication, _dressed: None) -> Iterator[None]:
    """The look and language are put back; windows and threads that stay behind fail the test."""
    before = set(threading.enumerate())
    windows = set(QApplication.topLevelWidgets())
    yield
    if language.current() != "en":
        language.switch("en")
    if theme.current() != theme.Theme():
        theme.apply("light", 1.0)
    gc.collect()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = left_behind(windows, before)
    assert not left, left
