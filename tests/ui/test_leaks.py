"""The check for what a test leaves behind sees a planted window and a planted thread."""

import threading

from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.leaks import left_behind


def test_planted_leaks_are_seen(qapp) -> None:
    windows, threads = QApplication.topLevelWidgets(), threading.enumerate()
    gate = threading.Event()
    window, thread = QWidget(), threading.Thread(target=gate.wait, name="planted", daemon=True)
    thread.start()
    assert sorted(left_behind(windows, threads)) == ["thread planted", "window QWidget"]
    gate.set()
    thread.join()
    window.deleteLater()
