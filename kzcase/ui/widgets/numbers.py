"""A whole number within bounds: typed (also on the Kazakh digit row) or stepped with the arrow keys."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from kzcase.ui import language, theme
from kzcase.ui.language import Label, Retranslated
from kzcase.ui.widgets.fields import LineEdit


class _Figures(LineEdit):
    def numbers_wanted(self) -> bool:
        return True  # the letters in it are the unit


class NumberEdit(Retranslated, QSpinBox):
    """A number from `least` to `most`, with a unit behind it if wanted; the mouse wheel changes nothing."""

    def __init__(self, least: int, most: int, unit: Label | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = unit
        self.setLineEdit(_Figures(digits=True))
        self.setRange(least, most)
        self.retranslate()
        self.redress()

    def redress(self) -> None:
        self.lineEdit().setTextMargins(theme.px(9), 0, 0, 0)

    def retranslate(self) -> None:
        self.setSuffix("" if self._unit is None else f" {language.text(self._unit)}")

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
