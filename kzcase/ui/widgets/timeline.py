"""What happened, newest first: a line of moments, each with a picture, a sentence and a detail."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kzcase.ui import fonts, icons, language, theme
from kzcase.ui.language import Label, Retranslated
from kzcase.ui.widgets.chips import Tone

HEIGHT: Final = 60
LEFT: Final = 48
RIGHT: Final = 12
MOST_LINES: Final = 8
MOST_LETTERS: Final = 1_000
"""More of a detail is read where one opens it."""
WRAPPED: Final = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: its id, when, the sentence, and what more there is to say."""

    id: object
    when: str
    title: Label
    detail: Label | None = None
    icon: str = "history"
    tone: Tone = "neutral"


class _Moments(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.moments: tuple[Moment, ...] = ()

    def show_moments(self, moments: Sequence[Moment]) -> None:
        self.beginResetModel()
        self.moments = tuple(moments)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.moments)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        moment = self.moments[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return language.text(moment.title)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            detail = "" if moment.detail is None else language.text(moment.detail)
            return ". ".join(part for part in (moment.when, language.text(moment.title), detail) if part)
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, view: "Timeline", whole: bool) -> None:
        super().__init__(view)
        self._view, self._whole = view, whole

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(200), theme.px(HEIGHT) + (self._further(index) if self._whole else 0))

    def _further(self, index: Index) -> int:
        """How much taller a moment is than one whose detail takes one line."""
        model = index.model()
        assert isinstance(model, _Moments)
        detail = model.moments[index.row()].detail
        if detail is None:
            return 0
        measured = QFontMetrics(theme.font("caption"))
        room = QRect(0, 0, self._view.viewport().width() - theme.px(LEFT + RIGHT), 1)
        tall = measured.boundingRect(room, WRAPPED, language.text(detail)[:MOST_LETTERS]).height()
        return max(0, min(tall, MOST_LINES * measured.lineSpacing()) - measured.lineSpacing())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, _Moments)
        where: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection"))
            painter.drawRoundedRect(QRectF(where), 6, 6)
        moment = model.moments[index.row()]
        _paint_mark(painter, where, moment, last=index.row() == len(model.moments) - 1)
        _paint_words(painter, where, moment, whole=self._whole)
        painter.restore()


def _paint_mark(painter: QPainter, where: QRect, moment: Moment, *, last: bool) -> None:
    middle = QPointF(where.left() + theme.px(22), where.top() + theme.px(22))
    radius = theme.px(14)
    if not last:
        painter.setPen(QPen(theme.colour("hairline"), 2))
        below = middle + QPointF(0, radius + theme.px(2))
        painter.drawLine(below, QPointF(middle.x(), where.bottom() + theme.px(7)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(f"{moment.tone}_soft"))
    painter.drawEllipse(middle, radius, radius)
    half = theme.px(16) / 2
    icons.paint(painter, moment.icon, QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half), moment.tone)


def _paint_words(painter: QPainter, where: QRect, moment: Moment, *, whole: bool) -> None:
    left = where.left() + theme.px(LEFT)
    right = where.right() + 1 - theme.px(RIGHT)
    top = QRect(left, where.top() + theme.px(8), right - left, theme.px(22))
    _line(painter, top, moment.when, theme.font("caption"), "muted", Qt.AlignmentFlag.AlignRight)
    room = painter.fontMetrics().horizontalAdvance(moment.when) + theme.px(12)
    title = top.adjusted(0, 0, -room, 0)
    _line(painter, title, language.text(moment.title), theme.font("label"), "text")
    if moment.detail is not None:
        more = where.height() - theme.px(HEIGHT) if whole else 0
        under = QRect(left, top.bottom() + 1, right - left, theme.px(20) + more)
        detail = language.text(moment.detail)
        if more:
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.colour("muted"))
            painter.drawText(under, WRAPPED, detail[:MOST_LETTERS])
        else:
            _line(painter, under, detail, theme.font("caption"), "muted")


def _line(
    painter: QPainter,
    where: QRect,
    text: str,
    font: QFont,
    role: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    painter.setPen(theme.colour(role))
    painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | side, fonts.fitting(text, where.width(), font))


class Timeline(Retranslated, QListView):
    """The list of moments; `opened` carries the id of the one chosen by Enter or double click.

    `whole`: a detail takes as many lines as it needs, where the list is narrow and short; else one line, cut.
    """

    opened = Signal(object)

    def __init__(self, *, name: Label, whole: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setObjectName("timeline")
        self._moments = _Moments(self)
        self.setModel(self._moments)
        self.setItemDelegate(_Painter(self, whole))
        self.setUniformItemSizes(not whole)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.activated.connect(self._activated)
        self.retranslate()

    def show_moments(self, moments: Sequence[Moment]) -> None:
        """Show these moments in place of the old ones."""
        self._moments.show_moments(moments)

    def retranslate(self) -> None:
        self.setAccessibleName(language.text(self._name))
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        if not self.uniformItemSizes():
            self.scheduleDelayedItemsLayout()

    def redress(self) -> None:
        self.scheduleDelayedItemsLayout()

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        self.opened.emit(self._moments.moments[index.row()].id)
