"""A state as a small tinted chip: a dot and a word."""

from typing import Final, Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kzcase.ui import language, theme
from kzcase.ui.language import Label, Retranslated

Tone = Literal["ok", "warn", "danger", "info", "neutral"]
HEIGHT: Final = 22
PAD: Final = 9
DOT: Final = 6
GAP: Final = 6


def chip_width(text: str) -> int:
    """How wide a chip with this text is drawn."""
    words = QFontMetrics(theme.font("chip")).horizontalAdvance(text)
    return words + theme.px(2 * PAD + DOT + GAP)


def paint_chip(painter: QPainter, where: QRect, text: str, tone: Tone) -> None:
    """Draw a chip at the left of a rectangle, centred in its height, cut short where there is no room."""
    width = min(chip_width(text), where.width())
    height = theme.px(HEIGHT)
    box = QRectF(where.left(), where.center().y() - height / 2 + 0.5, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"{tone}_soft"))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setBrush(theme.colour(tone))
    dot = theme.px(DOT)
    painter.drawEllipse(QPointF(box.left() + theme.px(PAD) + dot / 2, box.center().y()), dot / 2, dot / 2)
    painter.setFont(theme.font("chip"))
    painter.setPen(theme.colour(tone))
    inner = box.toRect().adjusted(theme.px(PAD + GAP) + dot, 0, -theme.px(PAD) + 2, 0)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, shown)


class Chip(Retranslated, QWidget):
    """A chip in a page or a header."""

    def __init__(self, said: Label, tone: Tone = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = said
        self._tone: Tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def say(self, said: Label, tone: Tone) -> None:
        """Show another state."""
        self._said, self._tone = said, tone
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(language.text(self._said))
        self.updateGeometry()
        self.update()

    redress = retranslate

    def sizeHint(self) -> QSize:
        return QSize(chip_width(language.text(self._said)), theme.px(HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_chip(painter, self.rect(), language.text(self._said), self._tone)
        painter.end()
