"""Calls that are only counted: silence, a hoax, a wrong number; one key each."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from kzcase.i18n import _
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card

QUICK: Final[Sequence[tuple[str, str]]] = (("F7", "silent"), ("F8", "hoax"), ("F9", "wrong_number"))
"""One key for calls that are only counted. Function keys are the same on every keyboard layout."""
QUICK_OUTCOME: Final = "out_cut"


class QuickCard(Card):
    """`wanted` carries the topic of a call that is only counted."""

    wanted = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Counted with one key"), parent)
        self.buttons: dict[str, Button] = {}
        for keys, topic in QUICK:
            button = Button(office.said("call_topic", topic), shortcut=keys, parent=self)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            button.clicked.connect(lambda _checked=False, one=topic: self.wanted.emit(one))
            self.buttons[topic] = button
            self.add(button)
