"""The top of a page: its title, a grey line about it, chips, and the one main button."""

from itertools import zip_longest

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.i18n import verbatim
from kzcase.ui import theme
from kzcase.ui.language import Label as Said
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.chips import Chip, Tone
from kzcase.ui.widgets.labels import Label


class PageHeader(QWidget):
    """Title and meta line at the left; at the right the other buttons, then the primary one."""

    def __init__(
        self,
        title: Said,
        meta: Said | None = None,
        *,
        primary: Button | None = None,
        others: tuple[Button, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.title = Label(title, "title", parent=self)
        self.meta = Label(meta, "meta", parent=self)
        self.meta.setVisible(meta is not None)
        self._chips = QHBoxLayout()
        self._made: list[Chip] = []
        box(self._chips, space=theme.SPACE_GROUP)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        words, first = QVBoxLayout(), QHBoxLayout()
        box(words, space=2)
        box(first, space=theme.SPACE_FIELD)
        layout.addLayout(words, 1)
        words.addLayout(first)
        words.addWidget(self.meta)
        first.addWidget(self.title)
        first.addLayout(self._chips)
        first.addStretch(1)
        for button in (*others, *((primary,) if primary else ())):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_title(self, title: Said, meta: Said | None = None) -> None:
        """Another title and meta line."""
        self.title.say(title)
        self.meta.say(meta)
        self.meta.setVisible(meta is not None)

    def set_chips(self, *chips: tuple[Said, Tone]) -> None:
        """The chips beside the title, in place of those there were."""
        while len(self._made) < len(chips):
            self._made.append(Chip(verbatim(""), parent=self))
            self._chips.addWidget(self._made[-1], 0, Qt.AlignmentFlag.AlignVCenter)
        for chip, state in zip_longest(self._made, chips):
            if state is not None:
                chip.say(*state)
            chip.setVisible(state is not None)
