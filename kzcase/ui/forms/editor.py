"""What all editors of a form have in common."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.ui import theme
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.choices import Choice


class Editor(QWidget):
    """`edited` carries the answer's text after every change, `left` comes when the person is done with it,
    `settled` when the keyboard should go on to the next question by itself; `begun` carries what stands in an editor
    that gives its answer only when it is left."""

    edited = Signal(str)
    left = Signal()
    settled = Signal()
    begun = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines = QVBoxLayout(self)
        box(self.lines, space=theme.SPACE_LABEL)

    def put(self, *widgets: QWidget) -> None:
        """Put the widgets under each other; the first takes the keyboard."""
        for widget in widgets:
            self.lines.addWidget(widget)
        self.setFocusProxy(widgets[0])

    def show_value(self, value: str) -> None:
        """Show an answer without telling anybody; each kind of editor does it in its own way."""

    def offer(self, choices: Sequence[Choice]) -> None:
        """Other choices are offered now; what is chosen stays where it still is among them."""

    def speak(self) -> None:
        """The texts of the form are in another language now."""

    def name(self, name: str, description: str) -> None:
        """What a screen reader says of it."""
        for widget in (self, *self.inside()):
            widget.setAccessibleName(name)
            widget.setAccessibleDescription(description)

    def inside(self) -> Sequence[QWidget]:
        """The widgets that take the keyboard."""
        return ()
