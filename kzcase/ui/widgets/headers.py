"""The top of a page: its title, a grey line about it, chips, and the one main button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.ui import theme
from kzcase.ui.language import Label as Said
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.chips import Chip
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
        self.title = Label(title, "title")
        self.meta = Label(meta, "meta", parent=self)
        self.meta.setVisible(meta is not None)
        self._chips = QHBoxLayout()
        box(self._chips, space=theme.SPACE_GROUP)
        first = QHBoxLayout()
        box(first, space=theme.SPACE_FIELD)
        first.addWidget(self.title)
        first.addLayout(self._chips)
        first.addStretch(1)
        words = QVBoxLayout()
        box(words, space=2)
        words.addLayout(first)
        words.addWidget(self.meta)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        layout.addLayout(words, 1)
        for button in (*others, *((primary,) if primary else ())):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_title(self, title: Said, meta: Said | None = None) -> None:
        """Another title and meta line."""
        self.title.say(title)
        self.meta.say(meta)
        self.meta.setVisible(meta is not None)

    def set_chips(self, *chips: Chip) -> None:
        """The chips beside the title, in place of those there were."""
        while (item := self._chips.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for chip in chips:
            self._chips.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
