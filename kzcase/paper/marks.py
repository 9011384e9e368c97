"""Marks drawn as lines: tick boxes, lines to write on, cut lines, QR codes, slips at the foot of a page."""

from functools import lru_cache
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from kzcase.paper import style

BOX: Final = 8.5  # side of a tick box in points
_CELL: Final = 5.5 * style.MM  # one sign of a comb
_COMB_GAP: Final = 2.5 * style.MM
_QUIET: Final = 2  # white modules around a QR code; the page around it is white too


class TickBox(Flowable):  # type: ignore[misc] # ReportLab carries no types
    """A tick box as lines, so that no font is needed; round for a single answer, square for several."""

    def __init__(self, *, ticked: bool, single: bool = False) -> None:
        super().__init__()
        self.ticked, self.single = ticked, single
        self.width, self.height = BOX, BOX + 1.5

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """The outline and, if ticked, a cross that survives a bad copier."""
        canvas = self.canv
        canvas.setStrokeColor(HexColor(style.INK if self.ticked else style.OUTLINE))
        canvas.setLineWidth(0.9)
        if self.single:
            canvas.circle(BOX / 2, BOX / 2, BOX / 2, stroke=1, fill=0)
        else:
            canvas.roundRect(0, 0, BOX, BOX, 1.2, stroke=1, fill=0)
        if self.ticked:
            self._tick(canvas)

    def _tick(self, canvas: Any) -> None:
        canvas.setLineWidth(1.7)
        canvas.setLineCap(1)
        if self.single:
            canvas.setFillColor(HexColor(style.INK))
            canvas.circle(BOX / 2, BOX / 2, BOX / 4, stroke=0, fill=1)
            return
        path = canvas.beginPath()
        path.moveTo(BOX * 0.2, BOX * 0.52)
        path.lineTo(BOX * 0.43, BOX * 0.24)
        path.lineTo(BOX * 0.82, BOX * 0.78)
        canvas.drawPath(path, stroke=1, fill=0)


class WritingLines(Flowable):  # type: ignore[misc] # ReportLab carries no types
    """Faint lines for handwriting, 8 mm apart; may be split between pages."""

    def __init__(self, count: int, step: float = style.LINE) -> None:
        super().__init__()
        self.count, self.step = count, step

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The whole width, one step a line."""
        self.width, self.height = width, self.count * self.step
        return self.width, self.height

    def split(self, _width: float, height: float) -> list["WritingLines"]:
        """As many lines as fit here, the rest on the next page."""
        here = int(height // self.step)
        if here <= 0 or here >= self.count:
            return []
        return [WritingLines(here, self.step), WritingLines(self.count - here, self.step)]

    def draw(self) -> None:
        """One hairline at the foot of every step."""
        self.canv.setStrokeColor(HexColor(style.HAIRLINE))
        self.canv.setLineWidth(0.6)
        for line in range(self.count):
            self.canv.line(0, line * self.step + 1.5, self.width, line * self.step + 1.5)


class Comb(Flowable):  # type: ignore[misc] # ReportLab carries no types
    """Small boxes for one sign each, in groups: (2, 2, 4) for a date."""

    def __init__(self, groups: tuple[int, ...]) -> None:
        super().__init__()
        self.groups = groups
        self.width = sum(groups) * _CELL + (len(groups) - 1) * _COMB_GAP
        self.height = _CELL * 1.25

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """A frame for each group with ticks between its signs."""
        canvas, x = self.canv, 0.0
        canvas.setStrokeColor(HexColor(style.OUTLINE))
        for count in self.groups:
            canvas.setLineWidth(0.8)
            canvas.rect(x, 0, count * _CELL, self.height, stroke=1, fill=0)
            canvas.setLineWidth(0.4)
            for cell in range(1, count):
                canvas.line(x + cell * _CELL, 0, x + cell * _CELL, self.height * 0.4)
            x += count * _CELL + _COMB_GAP


class Rule(Flowable):  # type: ignore[misc] # ReportLab carries no types
    """A thin line across the page; dashed where the paper is to be cut."""

    def __init__(self, *, cut: bool = False) -> None:
        super().__init__()
        self.cut = cut

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """The whole width and a little air."""
        self.width, self.height = width, 3 * style.MM
        return self.width, self.height

    def draw(self) -> None:
        """Across the column; a cut line goes to both edges of the sheet."""
        canvas, middle = self.canv, self.height / 2
        canvas.setStrokeColor(HexColor(style.OUTLINE if self.cut else style.HAIRLINE))
        canvas.setLineWidth(0.7)
        if self.cut:
            canvas.setDash(4, 3)
            canvas.line(-style.MARGIN, middle, self.width + style.MARGIN, middle)
        else:
            canvas.line(0, middle, self.width, middle)


class AtBottom(Flowable):  # type: ignore[misc] # ReportLab carries no types
    """A block that stands at the foot of the page, such as a slip to tear off; it is never split."""

    def __init__(self, content: list[Any]) -> None:
        super().__init__()
        self.content = content

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """All the room that is left, if the block fits into it; else its own height, for the next page."""
        self.sizes = [part.wrap(width, height) for part in self.content]
        needed = sum(size[1] for size in self.sizes)
        self.width, self.height = width, max(needed, height - 0.01 if needed <= height else needed)
        return self.width, self.height

    def draw(self) -> None:
        """From the foot upwards."""
        y = 0.0
        for part, (_width, height) in reversed(list(zip(self.content, self.sizes, strict=True))):
            part.drawOn(self.canv, 0, y)
            y += height


@lru_cache(maxsize=64)
def qr_runs(text: str) -> tuple[int, tuple[tuple[int, int, int], ...]]:
    """The side of a QR code in modules, and its dark runs as (row, column, length)."""
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    side = code.getModuleCount()
    runs = [run for row in range(side) for run in _row_runs(code, row, side)]
    return side, tuple(runs)


def _row_runs(code: Any, row: int, side: int) -> list[tuple[int, int, int]]:
    runs, start = [], -1
    for column in range(side + 1):
        dark = column < side and code.isDark(row, column)
        if dark and start < 0:
            start = column
        elif not dark and start >= 0:
            runs.append((row, start, column - start))
            start = -1
    return runs


def draw_qr(canvas: Any, text: str, x: float, y: float, size: float) -> None:
    """Draw a QR code with its lower left corner at (x, y); `size` in points includes the quiet zone."""
    side, runs = qr_runs(text)
    module = size / (side + 2 * _QUIET)
    path = canvas.beginPath()
    for row, column, length in runs:
        path.rect(x + (column + _QUIET) * module, y + (side - 1 - row + _QUIET) * module, length * module, module)
    canvas.setFillColor(HexColor("#000000"))
    canvas.drawPath(path, stroke=0, fill=1)


class QrMark(Flowable):  # type: ignore[misc] # ReportLab carries no types
    """A QR code in the flow of a page."""

    def __init__(self, text: str, size: float = 22 * style.MM) -> None:
        super().__init__()
        self.text, self.width, self.height = text, size, size

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """At its own corner."""
        draw_qr(self.canv, self.text, 0, 0, self.width)
