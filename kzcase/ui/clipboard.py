"""What is copied from the casebook: marked as secret for the desktop's history, and gone after twenty seconds."""

from typing import Final

from PySide6.QtCore import QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QClipboard, QGuiApplication

from kzcase.ui.widgets.labels import BREAK

GONE_AFTER_MS: Final = 20_000
NUMBER_ZERO: Final = bytes(4)
MARKS: Final = {
    "x-kde-passwordManagerHint": b"secret",  # Klipper and most other histories on Linux
    "ExcludeClipboardContentFromMonitorProcessing": b"1",  # Windows: no history, not sent to other devices
    "CanIncludeInClipboardHistory": NUMBER_ZERO,
    "CanUploadToCloudClipboard": NUMBER_ZERO,
    "org.nspasteboard.ConcealedType": b"1",  # macOS, by the agreement of those who write histories
}
"""What histories look for, by the name each system knows it by; the names of other systems mean nothing to it."""
MODES: Final = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)
"""Copied, and on X11 also merely selected with the mouse."""


class CopyGuard(QObject):
    """Watches the clipboard itself, so it does not matter which field, label or list something was copied from.

    What is there is taken away only while it is still ours: nobody's else copy is touched.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GONE_AFTER_MS)
        self._timer.timeout.connect(self.clear)
        QGuiApplication.clipboard().changed.connect(self._changed)
        application = QGuiApplication.instance()
        assert application is not None
        application.aboutToQuit.connect(self.clear)

    @Slot(QClipboard.Mode)
    def _changed(self, mode: QClipboard.Mode) -> None:
        board = QGuiApplication.clipboard()
        there = board.mimeData(mode) if _is_ours(mode) else None
        if there is None or not there.text():
            return
        self._timer.start()
        if not _is_marked(there):
            board.setMimeData(_marked(there.text()), mode)

    @Slot()
    def clear(self) -> None:
        """Take back what was copied, if it is still there and ours."""
        self._timer.stop()
        for mode in MODES:
            if _is_ours(mode):
                QGuiApplication.clipboard().clear(mode)


def _is_ours(mode: QClipboard.Mode) -> bool:
    board = QGuiApplication.clipboard()
    return board.ownsClipboard() if mode is QClipboard.Mode.Clipboard else board.ownsSelection()


def _is_marked(there: QMimeData) -> bool:
    return all(there.hasFormat(mark) for mark in MARKS)


def _marked(text: str) -> QMimeData:
    """The words alone, without their look and the places where a line may end, and the marks."""
    made = QMimeData()
    made.setText(text.replace(BREAK, ""))
    for mark, value in MARKS.items():
        made.setData(mark, value)
    return made
