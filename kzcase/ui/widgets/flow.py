"""Widgets one after the other, going on in the next line where the width ends: choices, chips, small buttons."""

from collections.abc import Iterator
from contextlib import contextmanager

import shiboken6
from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget, QWidgetItem

from kzcase.ui import theme


class Flow(QLayout):
    """Lines of widgets, as many in a line as fit; as high as it needs to be for its width."""

    def __init__(self, parent: QWidget | None = None, *, space: int = theme.SPACE_GROUP) -> None:
        super().__init__(parent)
        self._space = space
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._sizes: list[tuple[QLayoutItem, QSize, QSize]] | None = None
        self.setContentsMargins(QMargins(0, 0, 0, 0))

    def addWidget(self, widget: QWidget) -> None:
        self.addChildWidget(widget)
        self.addItem(QWidgetItem(widget))

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def items(self) -> tuple[QLayoutItem, ...]:
        """What is laid out, in its order."""
        return tuple(self._items)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._sizes = None
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def invalidate(self) -> None:
        """Something inside wants another size: what was worked out is forgotten."""
        self._heights.clear()
        self._sizes = None
        super().invalidate()

    def heightForWidth(self, width: int) -> int:
        """Layouts around ask this many times over."""
        if width not in self._heights:
            self._heights[width] = self._laid(QRect(0, 0, width, 0), place=False)
        return self._heights[width]

    def setGeometry(self, where: QRect) -> None:
        super().setGeometry(where)
        self._laid(where, place=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        least = QSize(0, 0)
        for _item, _wanted, size in self._measured():
            least = least.expandedTo(size)
        return least

    def _measured(self) -> list[tuple[QLayoutItem, QSize, QSize]]:
        """What is shown, how large it would be and how small it may get; asked of each once until something changes."""
        if self._sizes is None:
            shown = (item for item in self._items if not item.isEmpty())
            self._sizes = [(item, item.sizeHint(), item.minimumSize()) for item in shown]
        return self._sizes

    def _laid(self, where: QRect, *, place: bool) -> int:
        """Lay the items out, or only say how high they come."""
        gap = theme.px(self._space)
        x, y, line = where.left(), where.top(), 0
        for item, wanted, least in self._measured():
            width = min(wanted.width(), max(where.width(), least.width()))
            if line and x + width > where.right() + 1:
                x, y, line = where.left(), y + line + gap, 0
            if place:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, wanted.height())))
            x += width + gap
            line = max(line, wanted.height())
        return y + line - where.top()


@contextmanager
def laid_out_once(widget: QWidget) -> Iterator[None]:
    """What is shown inside this widget meanwhile is laid out together afterwards. Qt would else lay the whole page out
    anew for every single widget that is shown on it."""
    layout = widget.layout()
    if layout is None or not layout.isEnabled():
        yield
        return
    layout.setEnabled(False)
    try:
        yield
    finally:
        if shiboken6.isValid(layout):
            layout.setEnabled(True)


class FlowRow(QWidget):
    """A widget that holds a flow and takes the height it needs."""

    def __init__(self, *, space: int = theme.SPACE_GROUP, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flow = Flow(self, space=space)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end."""
        self.flow.addWidget(widget)

    def clear(self) -> None:
        """Take everything out."""
        while (item := self.flow.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
