"""An unusual answer: what makes it so, and the one button that says it is right all the same."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kzcase.i18n import Words, _
from kzcase.ui import theme
from kzcase.ui.reading_order import controls
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Picture, box
from kzcase.ui.widgets.labels import Label


class Doubt(QWidget):
    """Hidden until there is something to ask; `confirmed` when the person says the answer is right.

    Its words and its button are made when they are first needed: few answers are unusual.
    """

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: Label | None = None
        self.right: Button | None = None
        self.hide()

    def show_doubt(self, doubt: Words | None, editor: QWidget | None) -> None:
        """Ask whether an answer is right, or ask nothing. Tab comes from the editor to the button."""
        if doubt is not None and self._said is None:
            button = self._build()
            for last in list(controls(editor))[-1:] if editor is not None else ():
                QWidget.setTabOrder(last, button)
        if self._said is not None:
            self._said.say(doubt)
        self.setVisible(doubt is not None)

    def _build(self) -> Button:
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        self._said = Label(None, "caption", wrap=True, parent=self)
        self.right = Button(_("It is right"), icon="check", parent=self)
        self.right.clicked.connect(self.confirmed)
        layout.addWidget(Picture("triangle-alert", 18, "warn", self))
        layout.addWidget(self._said, 1)
        layout.addWidget(self.right)
        return self.right

    def text(self) -> str:
        """What is asked, as a screen reader says it."""
        return self._said.text() if self._said is not None and not self.isHidden() else ""
