"""How a long list is painted and walked through: 40-pixel rows, columns that give way, Enter opens."""

from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QHelpEvent, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QWidget,
)

from kzcase.ui import fonts, language, theme
from kzcase.ui.language import Label, Retranslated
from kzcase.ui.tables import Column, RowsModel
from kzcase.ui.widgets.chips import chip_width, paint_chip

PAD: Final = 12
Index = QModelIndex | QPersistentModelIndex


class RowPainter(QStyledItemDelegate):
    """Paints a cell from its row alone: asking a model for a dozen roles a cell is what makes lists slow."""

    def __init__(self, rows: RowsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(80), theme.px(theme.ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        where: QRect = option.rect
        state: QStyle.StateFlag = option.state
        number, place = index.row(), index.column()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, theme.colour("selection"))
            if place == 0:
                painter.fillRect(where.left(), where.top(), theme.px(3), where.height(), theme.colour("primary"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(where, theme.colour("hover"))
        painter.fillRect(where.left(), where.bottom(), where.width(), 1, theme.colour("hairline"))
        row = self._rows.row(number)
        if row is not None:
            self._paint_text(painter, where, self._rows.columns[place], row)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """A text that is cut short is said in full where the mouse rests on it."""
        where: QRect = option.rect
        text = self.cut_short(index, where.width()) if event.type() == QEvent.Type.ToolTip else ""
        QToolTip.showText(event.globalPos(), text, view, where)  # without a text it hides what is shown
        return True

    def cut_short(self, index: Index, width: int) -> str:
        """The whole text of a cell so many pixels wide, if it does not fit; else nothing."""
        row, column = self._rows.row(index.row()), self._rows.columns[index.column()]
        text = language.shown(column.value(row)) if row is not None else ""
        chip = column.tone is not None and column.tone(row) is not None
        return text if text and needed(column, text, chip=chip) > width else ""

    def _paint_text(self, painter: QPainter, where: QRect, column: Column, row: Any) -> None:
        text = language.shown(column.value(row))
        if not text:
            return
        inner = where.adjusted(theme.px(PAD), 0, -theme.px(PAD), -1)
        tone = column.tone(row) if column.tone is not None else None
        if tone is not None:
            painter.save()
            paint_chip(painter, inner, text, tone)
            painter.restore()
            return
        font = _font(column)
        painter.setFont(font)
        painter.setPen(theme.colour("muted" if column.faint else "text"))
        painter.drawText(inner, _RIGHT if column.right else _LEFT, fonts.fitting(text, inner.width(), font))


_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine
_RIGHT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight | Qt.TextFlag.TextSingleLine


def needed(column: Column, text: str, *, chip: bool) -> int:
    """How wide a column must be for a text, or a chip with it, to stand there whole."""
    inner = chip_width(text) if chip else QFontMetrics(_font(column)).horizontalAdvance(text) + 1
    return inner + theme.px(2 * PAD)


def _font(column: Column) -> QFont:
    return theme.font("label" if column.strong else "body")


class RowsView(Retranslated, QTableView):
    """A list of rows. `opened` carries the row on Enter or double click, `picked` the row one stands on."""

    opened = Signal(object)
    picked = Signal(object)

    def __init__(self, rows: RowsModel, *, name: Label, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = rows
        self._name = name
        self._measured: tuple[tuple[str, int], tuple[int, ...]] = (("", 0), ())
        rows.setParent(self)
        self.setModel(rows)
        self.setItemDelegate(RowPainter(rows, self))
        self._set_up()
        self._set_up_header()
        self.activated.connect(self._activated)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.retranslate()
        self.redress()

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(False)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        self.setSortingEnabled(any(column.order for column in self._rows.columns))

    def current_row(self) -> Any:
        """The row one stands on, or None."""
        index = self.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    def retranslate(self) -> None:
        self.setAccessibleName(language.text(self._name))
        self._rows.retranslate()
        self._share_width()

    def redress(self) -> None:
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(1)  # a larger one would count as rows resized by hand, which keep their height
        rows.setDefaultSectionSize(theme.px(theme.ROW_HEIGHT))
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setFixedHeight(theme.px(theme.CONTROL_HEIGHT))
        self._share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def _share_width(self) -> None:
        """Hide what does not fit, the least important first and from the right; share what is left over."""
        room = self.viewport().width()
        columns = self._rows.columns
        least = self._least()
        shown = set(range(len(columns)))
        giving_way = sorted(shown, key=lambda number: (-columns[number].priority, -number))
        for number in giving_way:
            if columns[number].priority == 0 or sum(least[each] for each in shown) <= room:
                break
            shown.discard(number)
        spare = max(room - sum(least[each] for each in shown), 0)
        shares = sum(columns[each].stretch for each in shown)
        for number, column in enumerate(columns):
            self.setColumnHidden(number, number not in shown)
            extra = spare * column.stretch // shares if shares else 0
            if number in shown:
                self.setColumnWidth(number, least[number] + extra)

    def _least(self) -> tuple[int, ...]:
        """The least width of every column, measured once for each language and size of letters."""
        key = (language.current(), theme.px(1000))
        if self._measured[0] != key:
            widths = (
                max((theme.px(column.width), needed(column, language.text(column.title), chip=False),
                     *(needed(column, each, chip=column.tone is not None) for each in column.whole())))
                for column in self._rows.columns
            )  # fmt: skip
            self._measured = (key, tuple(widths))
        return self._measured[1]

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard arrives: it must be seen where, so a row is marked."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self._rows.rowCount():
            self.selectRow(max(self.currentIndex().row(), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._activated(self.currentIndex())
        else:
            super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        row = self._rows.row(index.row())
        if row is not None:
            self.opened.emit(row)

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.picked.emit(self._rows.row(current.row()))
