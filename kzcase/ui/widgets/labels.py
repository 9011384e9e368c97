"""Text on the screen: said again when the language changes, and never taken for markup."""

import re
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from kzcase.ui import language
from kzcase.ui.language import Label as Said
from kzcase.ui.language import Retranslated

LONGEST_WORD: Final = 40
"""Longer than the words of any language here: what is longer has no place where a line may end, and would be cut."""
_PIECE: Final = 16
_LONG: Final = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
BREAK: Final = "\u200b"
"""Takes no room, and is the place where a line may end."""


def breakable(text: str) -> str:
    """The text, with places to end a line in words that have none."""
    return _LONG.sub(lambda word: re.sub(rf"(.{{{_PIECE}}})(?=.)", rf"\1{BREAK}", word[0]), text)


class Label(Retranslated, QLabel):
    """Plain text in one of the roles title, card, label, body, meta, caption, error; `suffix` is never translated."""

    def __init__(
        self,
        said: Said | None = None,
        role: str = "body",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._said = said
        self.suffix = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(wrap)
        upright = QSizePolicy.Policy.Minimum if wrap else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, upright)
        self.retranslate()

    def say(self, said: Said | None) -> None:
        """Show other words (or none)."""
        self._said = said
        self.retranslate()

    def retranslate(self) -> None:
        self.setText("" if self._said is None else breakable(language.text(self._said) + self.suffix))


class Selectable(Label):
    """A value people copy: a case number, a phone number. Can be selected with mouse and keyboard."""

    def __init__(self, said: Said | None = None, role: str = "body", parent: QWidget | None = None) -> None:
        super().__init__(said, role, parent=parent)
        flag = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
