"""The top of a page: its title, a grey line about it, chips, and its buttons, which go below where there is no room."""

from itertools import zip_longest
from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kzcase.i18n import verbatim
from kzcase.ui import theme
from kzcase.ui.language import Label as Said
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.chips import Chip, Tone
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.widgets.labels import Label

LONG: Final = 80
"""From so many letters on a title goes on in the next line: names may be as long as a line of a form."""


def _let_wrap(label: Label, *, long: bool) -> None:
    if label.wordWrap() != long:
        label.setWordWrap(long)
        upright = QSizePolicy.Policy.Minimum if long else QSizePolicy.Policy.Fixed
        label.setSizePolicy(QSizePolicy.Policy.Preferred, upright)


class _Buttons(Flow):
    """In one line where they may be; below the title they go on in the next line where the width ends."""

    def sizeHint(self) -> QSize:
        """All of them in one line."""
        wanted = [item.sizeHint() for item in self.items() if not item.isEmpty()]
        gaps = theme.px(theme.SPACE_GROUP) * max(len(wanted) - 1, 0)
        return QSize(sum(each.width() for each in wanted) + gaps, max((each.height() for each in wanted), default=0))


class PageHeader(QWidget):
    """Title and meta line at the left; at the right, or below them, the other buttons, then the primary one."""

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
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        box(self._sides, space=theme.SPACE_GROUP)
        self._words, first, self._buttons = QVBoxLayout(), QHBoxLayout(), _Buttons()
        box(self._words, space=2)
        box(first, space=theme.SPACE_FIELD)
        self._sides.addLayout(self._words, 1)
        self._sides.addLayout(self._buttons)
        self._sides.setAlignment(self._buttons, Qt.AlignmentFlag.AlignVCenter)
        self._words.addLayout(first)
        self._words.addWidget(self.meta)
        first.addWidget(self.title)
        first.addLayout(self._chips)
        first.addStretch(1)
        for button in (*others, *((primary,) if primary else ())):
            self._buttons.addWidget(button)

    def minimumSizeHint(self) -> QSize:
        """No wider than the wider of the two: they may stand below each other."""
        wide = max(self._words.minimumSize().width(), self._buttons.minimumSize().width())
        return QSize(wide, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _arrange(self) -> None:
        for label in (self.title, self.meta):
            _let_wrap(label, long=len(label.text()) > LONG)
        needed = self._words.sizeHint().width() + self._sides.spacing() + self._buttons.sizeHint().width()
        stacked = 0 < self.width() < needed
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if way is not self._sides.direction():
            self._sides.setDirection(way)

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
