"""Charts on paper: bars and stacked bars drawn as lines and letters, readable on a black-and-white copy."""

from collections.abc import Callable
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
_LABELS: Final = 0.34  # share of the width
_NUMBERS: Final = 40.0  # room after the longest bar


def chart_drawing(chart: BarChart, say: Callable[[Text], str], width: float) -> Any:
    """A ReportLab drawing of the chart, `width` points wide; `say` is the checked door of the sheet."""
    stacked = len(chart.series) > 1
    names = [say(name) for name in chart.series] if stacked else []
    rows = 1 + max((row for _, row in _legend_places(names, width)), default=-1)
    height = len(chart.bars) * _ROW + rows * _LEGEND + 4
    drawing = Drawing(width, height)
    start = width * _LABELS
    scale = (width - start - _NUMBERS) / (chart.longest() or 1)
    for index, bar in enumerate(chart.bars):
        _draw_bar(drawing, bar, say, start, (len(chart.bars) - 1 - index) * _ROW + 4, scale)
    drawing.add(Line(start, 1, start, len(chart.bars) * _ROW + 3, strokeColor=HexColor(style.OUTLINE), strokeWidth=0.8))
    _draw_legend(drawing, names, height)
    return drawing


def _draw_bar(drawing: Any, bar: Bar, say: Callable[[Text], str], start: float, y: float, scale: float) -> None:
    label = _fitted(say(bar.label), start - 8)
    drawing.add(_string(start - 6, y + 2, label, anchor="end"))
    x = start
    for colour, value in zip(COLOURS, bar.values, strict=False):
        length = (value or 0) * scale
        if length > 0:
            drawing.add(
                Rect(
                    x,
                    y,
                    length,
                    _BAR,
                    fillColor=HexColor(colour),
                    strokeColor=HexColor("#FFFFFF"),
                    strokeWidth=0.4,
                )
            )
        x += length
    drawing.add(_string(x + 4, y + 2, say(_total(bar)), bold=True))


def _total(bar: Bar) -> str:
    """The number at the end of a bar; a dash where any part of it is withheld."""
    known = [value for value in bar.values if value is not None]
    if len(known) < len(bar.values):
        return "–"
    return f"{sum(known):,.10g}".replace(",", "\u00a0")


def _legend_places(names: list[str], width: float) -> list[tuple[float, int]]:
    """(x, row) of each entry: written out in full, on as many rows as they need."""
    places, x, row = [], 0.0, 0
    for name in names:
        needed = 12 + stringWidth(name, fonts.FAMILY, _SIZE) + 14
        if x and x + needed > width:
            x, row = 0.0, row + 1
        places.append((x, row))
        x += needed
    return places


def _draw_legend(drawing: Any, names: list[str], top: float) -> None:
    for colour, name, (x, row) in zip(COLOURS, names, _legend_places(names, drawing.width), strict=False):
        y = top - (row + 1) * _LEGEND + 5
        drawing.add(Rect(x, y, 8, 8, fillColor=HexColor(colour), strokeColor=None))
        drawing.add(_string(x + 12, y + 1, _fitted(name, drawing.width - x - 12)))


def _string(x: float, y: float, text: str, *, anchor: str = "start", bold: bool = False) -> Any:
    font = fonts.BOLD if bold else fonts.FAMILY
    return String(x, y, text, fontName=font, fontSize=_SIZE, textAnchor=anchor, fillColor=HexColor(style.INK))


def _fitted(text: str, width: float) -> str:
    kept = text
    while kept and stringWidth(kept, fonts.FAMILY, _SIZE) > width:
        kept = kept[:-2].rstrip() + "…" if len(kept) > 2 else ""
    return kept
