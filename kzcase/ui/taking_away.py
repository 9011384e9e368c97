"""*Safe to take?*: what is asked before a client takes a paper away, wherever one is printed."""

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.i18n import _
from kzcase.ui import theme
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.key_choices import KeyChoices

SAFE: Final = (
    Choice("yes", _("Yes, the person takes it along")),
    Choice("office", _("It stays with us")),
    Choice("no", _("No")),
)
"""The answers; `no` prints nothing."""
ASK_SAFE: Final = _("Is it safe to take along?")
WHY_ASK: Final = _("Ask the person first. Whoever lives with them may find the paper: in a bag, at a search, at home.")
NOT_SAFE: Final = _("Then it is not printed for them. Read it aloud, or keep it at the office.")
DISCREET: Final = _("Discreet: without our name and without the topic")


class TakingAway(Retranslated, QWidget):
    """The question, what follows from *no*, and the discreet version. `answered` comes when the answer changes."""

    answered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.safe = KeyChoices(SAFE, name=ASK_SAFE, parent=self)
        self.row = FieldRow(ASK_SAFE, self.safe, WHY_ASK, parent=self)
        self.told = Banner(NOT_SAFE, "warn", parent=self)
        self.told.hide()
        self.discreet = Check(DISCREET, parent=self)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD)
        for widget in (self.row, self.told, self.discreet):
            layout.addWidget(widget)
        self.setFocusProxy(self.safe)
        self.safe.chosen.connect(self.look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.redress()

    def redress(self) -> None:
        """Large letters take two rows of answers: neither is pressed together."""
        self.safe.setMinimumHeight(self.safe.flow.heightForWidth(self.width()))

    def retranslate(self) -> None:
        self.redress()

    @Slot()
    def look(self, *_chosen: object) -> None:
        """Say what follows from the answer."""
        self.told.setVisible(self.code() == "no")
        self.answered.emit()

    def code(self) -> str:
        """What was answered; nothing yet."""
        return self.safe.code() or ""

    @property
    def may_print(self) -> bool:
        """Whether somebody asked, and a paper may be made after what was answered."""
        return self.code() in ("yes", "office")

    def only_discreet(self) -> None:
        """For a paper of nobody there is nobody to ask; a discreet version there is."""
        self.row.hide()
        self.told.hide()
