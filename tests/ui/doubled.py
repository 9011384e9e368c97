"""Keys that mean two things at once in a window: Qt then does neither."""

from collections import Counter
from collections.abc import Iterator

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QWidget


def doubled_keys(window: QWidget) -> list[str]:
    """Each key that more than one visible control of a window answers to, letters with Alt included."""
    return sorted(key for key, times in Counter(_keys(window)).items() if key and times > 1)


def _keys(window: QWidget) -> Iterator[str]:
    for widget in filter(QWidget.isVisible, window.findChildren(QWidget)):
        match widget:
            case QAbstractButton() if widget.isEnabled():
                yield widget.shortcut().toString()
            case QLabel() if widget.buddy() is not None:
                yield QKeySequence.mnemonic(widget.text()).toString()
            case QTabBar():
                yield from (QKeySequence.mnemonic(widget.tabText(each)).toString() for each in range(widget.count()))
    for shortcut in window.findChildren(QShortcut):
        holder = shortcut.parent()
        if shortcut.isEnabled() and isinstance(holder, QWidget) and holder.isVisible():
            yield shortcut.key().toString()
