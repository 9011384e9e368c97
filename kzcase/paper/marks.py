"""Marks drawn as lines: tick boxes, lines to write on, cut lines, QR codes, slips at the foot of a page."""

from functools import cache, lru_cache
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from kzcase.paper import style

BOX: Final = 8.5  # side of a tick box in points
_CELL: Final = 5.5 * style.MM  # one sign of a comb
_COMB_GAP: Final = 2.5 * style.MM
_MOST_LINES: Final = 60  # two pages: whoever has more to write takes another sheet
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
        """At its own corner."""
        draw_tick_box(self.canv, 0, 0, ticked=self.ticked, single=self.single)


def draw_tick_box(canvas: Any, x: float, y: float, *, ticked: bool, single: bool) -> None:
    """The outline and, if ticked, a cross or a dot that survives a bad copier."""
    stamp(canvas, f"1 0 0 1 {x:.2f} {y:.2f}", _tick_box(ticked, single))


@cache
def _tick_box(ticked: bool, single: bool) -> str:
    colour = HexColor(style.INK if ticked else style.OUTLINE)
    shade = f"{colour.red:.3f} {colour.green:.3f} {colour.blue:.3f}"
    middle = BOX / 2
    if single:
        dot = f"{shade} rg {_circle(middle, middle, BOX / 4)} f" if ticked else ""
        return f"{shade} RG 0.9 w {_circle(middle, middle, middle)} S {dot}"
    tick = ((0.2, 0.52, "m"), (0.43, 0.24, "l"), (0.82, 0.78, "l"))
    cross = " ".join(f"{BOX * across:.2f} {BOX * up:.2f} {way}" for across, up, way in tick)
    return f"{shade} RG 0.9 w 0 0 {BOX} {BOX} re S" + (f" 1.7 w 1 J {cross} S" if ticked else "")


def _circle(x: float, y: float, radius: float) -> str:
    """Four curves around a point."""
    pull = radius * 0.5523
    points = ((radius, pull, pull, radius, 0, radius), (-pull, radius, -radius, pull, -radius, 0))
    points += tuple(tuple(-each for each in four) for four in points)  # type: ignore[assignment]
    curves = " ".join(
        " ".join(f"{each + (y if at % 2 else x):.2f}" for at, each in enumerate(six)) + " c" for six in points
    )
    return f"{x + radius:.2f} {y:.2f} m {curves}"


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


class EmptyBox(Flowable):  # type: ignore[misc] # ReportLab carries no types
    """A frame to write into, with faint lines 8 mm apart where there are several."""

    def __init__(self, width: float, lines: int) -> None:
        super().__init__()
        self.lines = min(max(lines, 1), _MOST_LINES)
        self.width, self.height = width, self.lines * style.LINE

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def split(self, _width: float, height: float) -> list["EmptyBox"]:
        """A frame with as many lines as fit here, the others in a frame on the next page."""
        here = int(height // style.LINE)
        if not 0 < here < self.lines:
            return []
        return [EmptyBox(self.width, here), EmptyBox(self.width, self.lines - here)]

    def draw(self) -> None:
        """The frame, then the lines inside."""
        inner = " ".join(
            f"4 {at * style.LINE:.2f} m {self.width - 4:.2f} {at * style.LINE:.2f} l" for at in range(1, self.lines)
        )
        frame = f"{_stroke(style.OUTLINE)} 0.8 w 0 0 {self.width:.2f} {self.height:.2f} re S"
        stamp(self.canv, "1 0 0 1 0 0", f"{_stroke(style.HAIRLINE)} 0.5 w {inner} S {frame}" if inner else frame)


class Comb(Flowable):  # type: ignore[misc] # ReportLab carries no types
    """Boxes for one sign each, in groups: (2, 2, 4) for a date. Narrower in a narrow column."""

    def __init__(self, groups: tuple[int, ...], most: float = style.WIDTH) -> None:
        super().__init__()
        self.groups = groups
        cells, gaps = sum(groups), (len(groups) - 1) * _COMB_GAP
        self.cell = min(_CELL, (most - gaps) / cells)
        self.width, self.height = cells * self.cell + gaps, style.LINE

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        """Its size in points."""
        return self.width, self.height

    def draw(self) -> None:
        """A frame for each group with ticks between its signs."""
        x, marks = 0.0, list[str]()
        for count in self.groups:
            marks.append(f"{x:.2f} 0 {count * self.cell:.2f} {self.height:.2f} re")
            for cell in range(1, count):
                marks.append(f"{x + cell * self.cell:.2f} 0 m {x + cell * self.cell:.2f} {self.height * 0.4:.2f} l")
            x += count * self.cell + _COMB_GAP
        stamp(self.canv, "1 0 0 1 0 0", f"{_stroke(style.OUTLINE)} 0.6 w {' '.join(marks)} S")


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
    import zxingcpp  # ReportLab's encoder takes longer than the whole page around the code

    code: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules: Any = memoryview(code.to_image(scale=1, add_quiet_zones=False))
    runs = [run for row, line in enumerate(modules.tolist()) for run in _row_runs(row, line)]
    return int(modules.shape[0]), tuple(runs)


def _row_runs(row: int, modules: list[int]) -> list[tuple[int, int, int]]:
    runs, start = [], -1
    for column, module in enumerate([*modules, 255]):
        dark = module == 0
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
    boxes = " ".join(f"{column + _QUIET} {side - 1 - row + _QUIET} {length} 1 re" for row, column, length in runs)
    stamp(canvas, f"{module:.4f} 0 0 {module:.4f} {x:.3f} {y:.3f}", f"0 0 0 rg {boxes} f")


@cache
def _stroke(colour: str) -> str:
    shade = HexColor(colour)
    return f"{shade.red:.3f} {shade.green:.3f} {shade.blue:.3f} RG"


def stamp(canvas: Any, placed: str, operators: str) -> None:
    """Drawing operators at a place of their own, written straight into the page: a hundred small marks cost nothing."""
    canvas._code.append(f"q {placed} cm {operators} Q")


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
