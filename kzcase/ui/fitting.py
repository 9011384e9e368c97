"""A dialog as high as its words are at its width: Qt reckons with one line of each text, and cuts what is below."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDialog


def fit(dialog: QDialog) -> None:
    """For small dialogs that do not scroll: this one is shown high enough for all that stands in it."""
    dialog.installEventFilter(_Fit(dialog))


class _Fit(QObject):
    """Fits the dialog when it is shown."""

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self._resize()
        return False

    def _resize(self) -> None:
        layout = self._dialog.layout()
        if layout is not None and layout.hasHeightForWidth():
            wanted = layout.totalHeightForWidth(self._dialog.width())
            highest = self._dialog.screen().availableGeometry().height()
            self._dialog.resize(self._dialog.width(), min(wanted, highest))
