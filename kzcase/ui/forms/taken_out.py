"""What was taken out of a repeat can be brought back: a line under the instances says so until it is done."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.labels import Label

TAKEN_OUT: Final = _("Taken out: {line}")
BRING_BACK: Final = _("Bring back")


class TakenOutLine(QWidget):
    """Names the instance that went last, with the button that brings it back."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = Label(None, "caption", wrap=True, parent=self)
        self.back = Button(BRING_BACK, kind="quiet", icon="undo-2", parent=self)
        self.back.clicked.connect(self.wanted)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.back)
        self.hide()

    def tell(self, line: str) -> None:
        """Say what went; without anything there is nothing to say."""
        self.words.say(TAKEN_OUT.with_arguments(line=line) if line else None)
        self.back.setAccessibleName(f"{language.text(BRING_BACK)}: {line}")
        self.setVisible(bool(line))
