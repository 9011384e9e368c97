"""The language of the window, each written in its own script; asked for once, changed at any time."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, verbatim
from kzcase.ui import language, theme
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box


class LanguageButton(Button):
    """One language; a line under it says that it is the one spoken now."""

    def __init__(self, spoken: Language, parent: QWidget | None = None) -> None:
        self.spoken = spoken
        super().__init__(verbatim(LANGUAGE_NAMES[spoken]), kind="quiet", parent=parent)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width() - theme.px(8), theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.isChecked():
            painter = QPainter(self)
            left, width = theme.px(10), self.width() - theme.px(20)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("primary"))
            painter.drawRect(left, self.height() - 3, width, 2)
            painter.end()


class LanguageRow(Retranslated, QWidget):
    """Three buttons in a row; `chosen` carries the language."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {each: LanguageButton(each, self) for each in LANGUAGES}
        layout = QHBoxLayout(self)
        box(layout)
        for spoken, button in self.buttons.items():
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked=False, spoken=spoken: self.chosen.emit(spoken))
            layout.addWidget(button)
        layout.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        for spoken, button in self.buttons.items():
            button.setChecked(spoken == language.current())
