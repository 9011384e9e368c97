"""Short lists inside a card: their lines are made once and filled again, because making widgets is what takes time."""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.cards import inside
from kzcase.ui.widgets.flow import laid_out_once

RowT = TypeVar("RowT")
LineT = TypeVar("LineT", bound="Line")  # type: ignore[type-arg]


class Line(Retranslated, QWidget, Generic[RowT]):
    """One line of a list: made empty, then shown one row after the other."""

    row: RowT | None = None

    def show_row(self, row: RowT) -> None:
        """Show this row in place of the one before."""
        self.row = row
        self.say(row)

    @abstractmethod
    def say(self, row: RowT) -> None:
        """Say everything about the row; again in another language."""

    def retranslate(self) -> None:
        if self.row is not None:
            self.say(self.row)


class Lines(Generic[RowT, LineT]):
    """The lines of one layout, as many of them shown as there are rows."""

    def __init__(self, layout: QBoxLayout, make: Callable[[QWidget], LineT]) -> None:
        self._layout, self._make = layout, make
        self._made: list[LineT] = []
        self.shown: list[LineT] = []

    def show(self, rows: Sequence[RowT]) -> list[LineT]:
        """Show these rows, one a line, in place of those there were."""
        while len(self._made) < len(rows):
            self._make_one()
        with laid_out_once(inside(self._layout)):
            for line, row in zip(self._made, rows, strict=False):
                line.show_row(row)
                line.setVisible(True)
            self._end(len(rows))
        return self.shown

    def _end(self, count: int) -> None:
        self.shown = self._made[:count]
        for line in self._made[count:]:
            line.hide()
            line.row = None

    def show_little_by_little(self, rows: Sequence[RowT]) -> Iterator[None]:
        """The same, one line before each `yield`, for lists too long for one turn of the window."""
        for number, row in enumerate(rows):
            if number == len(self._made):
                self._make_one()
            self._made[number].show_row(row)
            self._made[number].setVisible(True)
            yield
        self._end(len(rows))

    def _make_one(self) -> None:
        line = self._make(inside(self._layout))
        self._layout.addWidget(line)
        self._made.append(line)


def refill(layout: QLayout, widgets: Sequence[QWidget]) -> None:
    """Put these widgets into a layout in place of those there were."""
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
    for widget in widgets:
        layout.addWidget(widget)
