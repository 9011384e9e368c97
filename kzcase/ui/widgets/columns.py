"""Two columns beside each other while there is room, below each other where there is not."""

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kzcase.ui import theme
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.cards import box

NARROW: Final = 860


class OneOf(QVBoxLayout):
    """One of several widgets is seen. Unlike Qt's own stack it is only as high as that one."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []

    def add(self, widget: QWidget) -> None:
        """One more; the first is the one that is seen."""
        self.addWidget(widget)
        self._widgets.append(widget)
        widget.setVisible(len(self._widgets) == 1)

    def currentIndex(self) -> int:
        """Which one is seen."""
        return next(place for place, each in enumerate(self._widgets) if not each.isHidden())

    def setCurrentIndex(self, number: int) -> None:
        """From now on another one is seen."""
        for place, each in enumerate(self._widgets):
            if place != number:
                each.hide()
        self._widgets[number].show()


class Columns(Retranslated, QWidget):
    """Put the page's matter into `left` and what goes with it (the context) into `right`."""

    def __init__(
        self, shares: tuple[int, int] = (3, 2), *, narrow: int = NARROW, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._narrow = narrow
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        for side, share in zip((self.left, self.right), shares, strict=True):
            holder = QWidget(self)
            holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            holder.setLayout(side)
            self._sides.addWidget(holder, share)
        self.redress()

    @property
    def stacked(self) -> bool:
        """Are the columns below each other?"""
        return self._sides.direction() is QBoxLayout.Direction.TopToBottom

    def redress(self) -> None:
        for layout in (self.left, self.right, self._sides):
            box(layout, space=theme.SPACE_CARD)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        stacked = 0 < self.width() < theme.px(self._narrow)
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        if way is not self._sides.direction():
            self._sides.setDirection(way)
