"""Typing as a person does, in any script: Qt's own test helper aborts the process on a Cyrillic letter."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

NO_KEYS = Qt.KeyboardModifier.NoModifier


def type_text(widget: QWidget, text: str, scan_codes: tuple[int, ...] = ()) -> None:
    """Type signs one by one; `scan_codes` says which physical key gave each (X11 numbers)."""
    for place, sign in enumerate(text):
        scan = scan_codes[place] if scan_codes else 0
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(widget, QKeyEvent(kind, 0, NO_KEYS, scan, 0, 0, sign))


def press(widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEYS, text: str = "") -> None:
    """Press and release one key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, modifiers, text))
