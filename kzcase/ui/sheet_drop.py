"""Scans and photos of printed sheets, and answers from phones, dropped on the window, wherever on it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp", ".pdf", ".xml", ".zip"})


class SheetDrop(QObject):
    """Hands one dropped picture, PDF or file of answers to `dropped(path)`; parts of the window that have a use of
    their own for it come first."""

    def __init__(self, window: QWidget, dropped: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._dropped = dropped
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        if isinstance(event, QDragEnterEvent):
            if sheet_in(event.mimeData()) is not None:
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent):
            path = sheet_in(event.mimeData())
            if path is not None:
                event.acceptProposedAction()
                self._dropped(path)
                return True
        return False


def sheet_in(data: QMimeData) -> Path | None:
    """The one picture, PDF or file of answers among what is dragged; None for anything else, or for several."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    fits = len(files) == 1 and files[0].suffix.lower() in ENDINGS
    return files[0] if fits else None
