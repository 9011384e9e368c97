"""A dialog as high as its words are at its width: Qt reckons with one line of each text, and cuts what is below."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QDialog, QLayout

from kzcase.ui import theme
from kzcase.ui.widgets.scrolls import InnerScroll


def fit(dialog: QDialog, inside: InnerScroll) -> None:
    """For small dialogs: this one is shown high enough for all that stands in it; what scrolls in it does so only
    where the screen is lower than that."""
    dialog.installEventFilter(_Fit(dialog, inside))


class _Fit(QObject):
    """Fits the dialog when it is shown."""

    def __init__(self, dialog: QDialog, inside: InnerScroll) -> None:
        super().__init__(dialog)
        self._dialog, self._inside = dialog, inside

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show:
            self._resize()
        return False

    def _resize(self) -> None:
        layout, matter = self._dialog.layout(), self._inside.body
        if layout is None:
            return
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # its least height is for the least width
        matter.activate()
        beside = 2 * theme.px(theme.SPACE_PAGE)
        wide = max(self._dialog.width(), matter.totalMinimumSize().width() + beside)
        high = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        high += matter.totalHeightForWidth(wide - beside) - self._inside.sizeHint().height()
        self._dialog.setMinimumHeight(0)
        self._dialog.resize(wide, min(high, self._dialog.screen().availableGeometry().height()))
