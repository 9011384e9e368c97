"""What a test left behind: windows, threads."""

import threading
from collections.abc import Iterable

from PySide6.QtWidgets import QApplication, QWidget


def left_behind(windows: Iterable[QWidget], threads: Iterable[threading.Thread]) -> list[str]:
    """The windows and threads there are beyond those given, each in a few words."""
    new_windows = set(QApplication.topLevelWidgets()) - set(windows)
    new_threads = {each for each in threading.enumerate() if each.is_alive()} - set(threads)
    return [f"window {type(each).__name__}" for each in new_windows] + [f"thread {each.name}" for each in new_threads]
