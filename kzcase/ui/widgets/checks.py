"""A tick box whose words wrap and follow the language; Enter is left to the page, the space bar ticks."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.ui import language, theme
from kzcase.ui.language import Label as Said
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.labels import Label

WIDEST: Final = 480
"""From this width on the words go on in a second line."""


class Check(Retranslated, QWidget):
    """One yes or no with its words beside it; `toggled` carries whether it is ticked."""

    toggled = Signal(bool)

    def __init__(self, said: Said, *, checked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = said
        self.box = QCheckBox(self)
        self.words = Label(said, wrap=True, parent=self)
        self.words.setCursor(Qt.CursorShape.PointingHandCursor)
        self.words.installEventFilter(self)
        middle, layout = QVBoxLayout(self), QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addStretch(1)  # beside higher fields the box stays beside its words
        middle.addLayout(layout)
        middle.addStretch(1)
        layout.setSpacing(theme.px(theme.SPACE_LABEL))
        layout.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.words, 1, Qt.AlignmentFlag.AlignVCenter)
        self.box.toggled.connect(self.toggled)
        self.setFocusProxy(self.box)
        self.setChecked(checked)
        self.retranslate()

    def isChecked(self) -> bool:
        """Is it ticked?"""
        return self.box.isChecked()

    def setChecked(self, checked: bool) -> None:
        """Tick it or not."""
        self.box.setChecked(checked)

    def say(self, said: Said) -> None:
        """Show other words."""
        self._said = said
        self.words.say(said)
        self.retranslate()

    def sizeHint(self) -> QSize:
        """As wide as the words in one line: Qt would break them as soon as they could be broken."""
        hint = super().sizeHint()
        words = self.words.fontMetrics().horizontalAdvance(language.text(self._said))
        beside = self.box.sizeHint().width() + theme.px(theme.SPACE_LABEL)
        return QSize(max(hint.width(), min(beside + words + 2, theme.px(WIDEST))), hint.height())

    def retranslate(self) -> None:
        self.updateGeometry()
        self.setAccessibleName(language.text(self._said))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.box.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        self.box.setAccessibleDescription(description)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """A click on the words is a click on the box."""
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease and self.isEnabled():
            self.box.toggle()
            return True
        return False
