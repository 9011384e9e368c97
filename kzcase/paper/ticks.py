"""Tick boxes with their labels in columns, drawn straight: a form has hundreds, and a table of paragraphs is slow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.platypus import Flowable

from kzcase.paper import style
from kzcase.paper.marks import BOX, draw_tick_box

BESIDE: Final = BOX + 5  # from the left side of a box to its label
BETWEEN: Final = 6.0  # between a label and the next box
_AIR: Final = 4.0  # above and below a row, together


@dataclass(frozen=True, slots=True)
class Tick:
    """One box: its label, in lines, and whether it is ticked."""

    lines: tuple[str, ...]
    ticked: bool


def tick(label: str, ticked: bool, room: float) -> Tick:
    """A box whose label goes into lines `room` points wide."""
    look = style.CHOSEN if ticked else style.CHOICE
    return Tick(tuple(simpleSplit(label, look.font, look.size, room)) or ("",), ticked)


class TickGrid(Flowable):  # type: ignore[misc] # ReportLab carries no types
    """Boxes read row by row, in columns of one width; may be parted between rows."""

    def __init__(self, ticks: Sequence[Tick], columns: int, width: float, *, single: bool) -> None:
        super().__init__()
        self.rows = [tuple(ticks[start : start + columns]) for start in range(0, len(ticks), columns)]
        self.columns, self.wide, self.single = columns, width, single
        self.heights = [max(len(each.lines) for each in row) * style.CHOICE.leading + _AIR for row in self.rows]

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """As wide as it was made, as high as its rows."""
        self.width, self.height = self.wide, sum(self.heights)
        return self.width, self.height

    def split(self, _width: float, height: float) -> list["TickGrid"]:
        """The rows that fit, and the others."""
        fitting, foot = 0, 0.0
        while fitting < len(self.rows) and foot + self.heights[fitting] <= height:
            foot += self.heights[fitting]
            fitting += 1
        if not 0 < fitting < len(self.rows):
            return []
        return [self._part(self.rows[:fitting]), self._part(self.rows[fitting:])]

    def _part(self, rows: Sequence[tuple[Tick, ...]]) -> "TickGrid":
        return TickGrid([each for row in rows for each in row], self.columns, self.wide, single=self.single)

    def draw(self) -> None:
        """From the top downwards."""
        y, column = self.height, self.wide / self.columns
        for row, height in zip(self.rows, self.heights, strict=True):
            for at, each in enumerate(row):
                self._draw_tick(self.canv, each, at * column, y - _AIR / 2)
            y -= height

    def _draw_tick(self, canvas: Any, each: Tick, x: float, top: float) -> None:
        draw_tick_box(canvas, x, top - BOX - 1.5, ticked=each.ticked, single=self.single)
        look = style.CHOSEN if each.ticked else style.CHOICE
        canvas.setFont(look.font, look.size)
        canvas.setFillColor(HexColor(look.colour))
        for number, line in enumerate(each.lines, start=1):
            canvas.drawString(x + BESIDE, top - number * look.leading + 2.6, line)
