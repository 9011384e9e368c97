"""Charts on paper: bars and stacked bars drawn as lines and letters, readable on a black-and-white copy."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfmetrics import stringWidth

from kzcase.domain.charts import Bar, BarChart
from kzcase.domain.papers import Text
from kzcase.paper import fonts, style

COLOURS: Final = ("#0E6288", "#8FC7E2", "#8A5200", "#F0B95B", "#3F4A57", "#C9D0D8")  # dark and light in turn
_ROW: Final = 17.0
_BAR: Final = 10.0
_LEGEND: Final = 16.0
_SIZE: Final = 8.5
_LEADING: Final = 10.5
_DESCENT: Final = 2.5  # lifts a line of letters so that it stands in the middle of its bar
_GAP: Final = 6.0  # between a label and its bar
_LEAST_LABELS: Final = 0.2  # share of the width
_MOST_LABELS: Final = 0.4
_NUMBERS: Final = 40.0  # room after the longest bar


def chart_drawing(chart: BarChart, say: Callable[[Text], str], width: float) -> Any:
    """A ReportLab drawing of the chart, `width` points wide; `say` is the checked door of the sheet."""
    series = [say(name) for name in chart.series] if len(chart.series) > 1 else []
    places = _legend_places(series, width)
    labels = [say(bar.label) for bar in chart.bars]
    start = _start(labels, width)
    wrapped = [wrapped_label(label, start - _GAP) for label in labels]
    heights = [max(_ROW, len(lines) * _LEADING + 6) for lines in wrapped]
    top = sum(heights) + 4
    drawing = Drawing(width, top + (1 + max((row for _, row in places), default=-1)) * _LEGEND)
    scale = (width - start - _NUMBERS) / (chart.longest() or 1)
    foot = top
    for bar, lines, height in zip(chart.bars, wrapped, heights, strict=True):
        foot -= height
        _draw_label(drawing, lines, start - _GAP, foot + height / 2)
        _draw_bar(drawing, bar, say, start, foot + (height - _BAR) / 2, scale)
    drawing.add(Line(start, 1, start, top - 1, strokeColor=HexColor(style.OUTLINE), strokeWidth=0.8))
    _draw_legend(drawing, series, places)
    return drawing


def _start(labels: Sequence[str], width: float) -> float:
    """Where the bars begin: after the longest label, or after two fifths of the width, and never too near the edge."""
    longest = max((_width(label) for label in labels), default=0.0) + _GAP
    return min(max(longest, _LEAST_LABELS * width), _MOST_LABELS * width)


def wrapped_label(label: str, width: float) -> list[str]:
    """A label in as many lines as it needs; a word wider than the room is cut, for nothing else is left."""
    lines: list[str] = []
    for word in label.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _width(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(_fitted(word, width))
    return lines


def _draw_label(drawing: Any, lines: Sequence[str], x: float, middle: float) -> None:
    y = middle + (len(lines) / 2 - 1) * _LEADING + _DESCENT
    for at, line in enumerate(lines):
        drawing.add(_string(x, y - at * _LEADING, line, anchor="end"))


def _draw_bar(drawing: Any, bar: Bar, say: Callable[[Text], str], start: float, y: float, scale: float) -> None:
    x = start
    for colour, value in zip(COLOURS, bar.values, strict=False):
        length = (value or 0) * scale
        if length > 0:
            fill, edge = HexColor(colour), HexColor("#FFFFFF")
            drawing.add(Rect(x, y, length, _BAR, fillColor=fill, strokeColor=edge, strokeWidth=0.4))
        x += length
    drawing.add(_string(x + 4, y + 2, say(_total(bar)), bold=True))


def _total(bar: Bar) -> str:
    """The number at the end of a bar; a dash where any part of it is withheld."""
    known = [value for value in bar.values if value is not None]
    if len(known) < len(bar.values):
        return "–"
    return f"{sum(known):,.10g}".replace(",", "\u00a0")


def _legend_places(names: Sequence[str], width: float) -> list[tuple[float, int]]:
    """(x, row) of each entry: written out in full, on as many rows as they need."""
    places, x, row = [], 0.0, 0
    for name in names:
        needed = 12 + _width(name) + 14
        if x and x + needed > width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += needed
    return places


def _draw_legend(drawing: Any, names: Sequence[str], places: Sequence[tuple[float, int]]) -> None:
    for colour, name, (x, row) in zip(COLOURS, names, places, strict=False):
        y = drawing.height - (row + 1) * _LEGEND + 5
        drawing.add(Rect(x, y, 8, 8, fillColor=HexColor(colour), strokeColor=None))
        drawing.add(_string(x + 12, y + 1, _fitted(name, drawing.width - x - 12)))


def _string(x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False) -> Any:
    return lettering(x, y, text, style.Look(fonts.BOLD if bold else fonts.FAMILY, _SIZE, _LEADING), anchor=anchor)


def lettering(x: float, y: float, text: str, look: style.Look, *, anchor: str = "middle") -> Any:
    """One line of letters in a drawing: the only way there, so what never went through a sheet is refused here."""
    fonts.check_text(text)
    return String(
        x, y, text, fontName=look.font, fontSize=look.size, textAnchor=anchor, fillColor=HexColor(look.colour)
    )


def _width(text: str) -> float:
    return float(stringWidth(text, fonts.FAMILY, _SIZE))


def _fitted(text: str, width: float) -> str:
    kept = text
    while kept and _width(kept) > width:
        kept = kept[:-2].rstrip() + "…" if len(kept) > 2 else ""
    return kept
