"""Bars on the screen, drawn from the same description as on paper."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kzcase.domain.charts import Bar
from kzcase.domain.charts import BarChart as Chart
from kzcase.i18n import Words
from kzcase.ui import language, theme
from kzcase.ui.language import Retranslated

BAR: Final = 18
PITCH: Final = 32
HEAD: Final = 28
LEGEND: Final = 24
NOTE: Final = 24
GAP: Final = 12
WITHHELD: Final = "–"


def _said(text: Words | str) -> str:
    return language.text(text) if isinstance(text, Words) else text


def _number(value: float) -> str:
    text = f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
    return text.replace(",", " ").replace(".", "." if language.current() == "en" else ",")


def _colours() -> list[QColor]:
    return [QColor(each) for each in theme.CHART_COLOURS[theme.current().name]]


def bar_told(bar: Bar) -> str:
    """The number written at the end of a bar: the sum, or a dash where something is withheld."""
    known = [value for value in bar.values if value is not None]
    if len(known) == len(bar.values):
        return _number(sum(known))
    return f"{_number(sum(known))} + {WITHHELD}" if known else WITHHELD


class BarChart(Retranslated, QWidget):
    """Lying bars, stacked where there are several series; grows with its bars, reads itself out to screen readers."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = chart
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        bars = "; ".join(f"{_said(bar.label)} {bar_told(bar)}" for bar in self._chart.bars)
        self.setAccessibleName(f"{_said(self._chart.title)}: {bars}")
        self.updateGeometry()
        self.update()

    def redress(self) -> None:
        self.updateGeometry()
        self.update()

    def _top(self) -> int:
        return theme.px(HEAD + (LEGEND if len(self._chart.series) > 1 else 0))

    def sizeHint(self) -> QSize:
        note = theme.px(NOTE) if self._chart.note else 0
        return QSize(theme.px(420), self._top() + theme.px(PITCH) * len(self._chart.bars) + note)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(240), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        head = QRect(0, 0, self.width(), theme.px(HEAD - 6))
        _write(painter, head, _said(self._chart.title), theme.font("card"), "text")
        if len(self._chart.series) > 1:
            self._paint_legend(painter)
        self._paint_bars(painter)
        if self._chart.note:
            foot = QRect(0, self.height() - theme.px(NOTE), self.width(), theme.px(NOTE))
            _write(painter, foot, _said(self._chart.note), theme.font("caption"), "muted")
        painter.end()

    def _paint_legend(self, painter: QPainter) -> None:
        left, top, square = 0, theme.px(HEAD - 2), theme.px(10)
        metrics = QFontMetrics(theme.font("caption"))
        for name, colour in zip(self._chart.series, _colours(), strict=False):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(left, top + (theme.px(16) - square) / 2, square, square), 2, 2)
            words = _said(name)
            left += square + theme.px(6)
            width = metrics.horizontalAdvance(words) + 2
            place = QRect(left, top, width, theme.px(16))
            _write(painter, place, words, theme.font("caption"), "muted")
            left += width + theme.px(GAP)

    def _paint_bars(self, painter: QPainter) -> None:
        caption = QFontMetrics(theme.font("body"))
        widest = max(caption.horizontalAdvance(_said(bar.label)) for bar in self._chart.bars) + 2
        labels = min(widest, self.width() * 2 // 5)
        numbers = max(caption.horizontalAdvance(bar_told(bar)) for bar in self._chart.bars) + theme.px(GAP)
        left = labels + theme.px(GAP)
        room = max(self.width() - left - numbers, 1)
        scale = room / (self._chart.longest() or 1)
        for place, bar in enumerate(self._chart.bars):
            top = self._top() + place * theme.px(PITCH)
            row = QRect(0, top, labels, theme.px(PITCH))
            _write(painter, row, _said(bar.label), theme.font("body"), "text")
            end = self._paint_bar(painter, QRectF(left, top, room, theme.px(PITCH)), bar, scale)
            number = QRect(end + theme.px(8), top, numbers, theme.px(PITCH))
            _write(painter, number, bar_told(bar), theme.font("label"), "text")

    def _paint_bar(self, painter: QPainter, row: QRectF, bar: Bar, scale: float) -> int:
        height = theme.px(BAR)
        top, left = row.center().y() - height / 2, row.left()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("neutral_soft"))
        painter.drawRoundedRect(QRectF(left, top, row.width(), height), 3, 3)
        for value, colour in zip(bar.values, _colours(), strict=False):
            width = (value or 0) * scale
            if width > 0:
                painter.setBrush(colour)
                painter.drawRoundedRect(QRectF(left, top, max(width, 2), height), 3, 3)
            left += width
        return round(row.right())


def _write(painter: QPainter, where: QRect, text: str, font: QFont, role: str) -> None:
    painter.setFont(font)
    painter.setPen(theme.colour(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
