"""How a long list is painted and walked through: 40-pixel rows, columns that give way, Enter opens."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, QTimer, Signal, Slot
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
from kzcase.ui.widgets.tips import plain_tip

PAD: Final = 12
MOST: Final = 300
"""So wide a column may become by what stands in it before a less important one is hidden, in pixels at 100 %."""
Index = QModelIndex | QPersistentModelIndex


class RowPainter(QStyledItemDelegate):
    """Paints a cell from its row alone: asking a model for a dozen roles a cell is what makes lists slow."""

    def __init__(self, rows: RowsModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows, self._view = rows, parent

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
            if state & QStyle.StateFlag.State_Active and self._view.hasFocus():
                for edge in (where.top(), where.bottom() - 2):  # the keyboard is here, not only the place one was at
                    painter.fillRect(where.left(), edge, where.width(), 2, theme.colour("primary"))
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
        QToolTip.showText(event.globalPos(), plain_tip(text), view, where)  # without a text it hides what is shown
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


def said_in(column: Column, rows: Iterable[Any]) -> set[tuple[str, bool]]:
    """What stands in a column of these rows, and whether as a chip; each once."""
    chip = column.tone
    said = ((language.shown(column.value(row)), chip is not None and chip(row) is not None) for row in rows)
    return {(text, as_chip) for text, as_chip in said if text}


def shared(
    columns: Sequence[Column],
    shown: set[int],
    room: int,
    least: Sequence[int],
    floor: Sequence[int],
    matter: Sequence[int],
) -> dict[int, int]:
    """How wide each column becomes: first what stands in it, then its share of the rest.

    What is more important comes first, and among equals the shortest lack. A column whose texts are shorter than its
    least width gives the difference away, but never cuts its title.
    """
    wide = {each: min(least[each], max(floor[each], matter[each])) if matter[each] else least[each] for each in shown}
    spare = max(room - sum(wide.values()), 0)
    for priority in sorted({columns[each].priority for each in shown}):
        equals = [each for each in shown if columns[each].priority == priority and matter[each] > wide[each]]
        for place, each in enumerate(sorted(equals, key=lambda each: matter[each] - wide[each])):
            granted = min(matter[each] - wide[each], spare // (len(equals) - place))
            wide[each] += granted
            spare -= granted
    shares = sum(columns[each].stretch for each in shown)
    for each in shown:
        wide[each] += spare * columns[each].stretch // shares if shares else 0
    return wide


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
        self._floor: tuple[int, ...] = ()
        self._matter: tuple[int, ...] = ()
        self._measure_soon = QTimer(self, interval=0, singleShot=True)
        self._measure_soon.timeout.connect(self._measure)
        rows.setParent(self)
        self.setModel(rows)
        self.setItemDelegate(RowPainter(rows, self))
        self._set_up()
        self._set_up_header()
        self.activated.connect(self._activated)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        rows.dataChanged.connect(self._seen_anew)
        rows.modelReset.connect(self._forget_matter)
        self.verticalScrollBar().valueChanged.connect(self._seen_anew)
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
        self._measure_soon.start()

    def _share_width(self) -> None:
        """Hide what does not fit, the least important first and from the right; share what is left over."""
        room = self.viewport().width()
        columns = self._rows.columns
        least = self._least()
        shown = set(range(len(columns)))
        giving_way = sorted(shown, key=lambda number: (-columns[number].priority, -number))
        wanted = [self._wanted(number) for number in range(len(columns))]
        for number in giving_way:
            if columns[number].priority == 0 or sum(wanted[each] for each in shown) <= room:
                break
            shown.discard(number)
        wide = shared(columns, shown, room, least, self._floor, self._matter)
        for number in range(len(columns)):
            self.setColumnHidden(number, number not in shown)
            if number in shown:
                self.setColumnWidth(number, wide[number])

    def _wanted(self, number: int) -> int:
        """What a column needs before others may be shown beside it: one that always stays, what stands in it."""
        least, column = self._least()[number], self._rows.columns[number]
        return max(least, min(self._matter[number], theme.px(MOST))) if column.priority == 0 else least

    def _least(self) -> tuple[int, ...]:
        """The least width of every column, measured once for each language and size of letters."""
        key = (language.current(), theme.px(1000))
        if self._measured[0] != key:
            columns = self._rows.columns
            self._floor = tuple(
                max((needed(column, language.text(column.title), chip=False),
                     *(needed(column, each, chip=column.tone is not None) for each in column.whole())))
                for column in columns
            )  # fmt: skip
            least = (max(theme.px(column.width), floor) for column, floor in zip(columns, self._floor, strict=True))
            self._measured = (key, tuple(least))
            self._forget_matter()
        return self._measured[1]

    @Slot()
    def _forget_matter(self) -> None:
        """Other rows, another language, other letters: what stands in the columns is measured anew."""
        self._matter = (0,) * len(self._rows.columns)
        self._measure_soon.start()

    @Slot()
    def _seen_anew(self) -> None:
        self._measure_soon.start()

    @Slot()
    def _measure(self) -> None:
        """How wide what is seen just now is; a column never becomes narrower while one leafs through the same rows."""
        first = max(self.rowAt(0), 0)
        beyond = min(first + self.viewport().height() // theme.px(theme.ROW_HEIGHT) + 1, self._rows.rowCount())
        rows = [row for row in map(self._rows.row, range(first, beyond)) if row is not None]
        found = tuple(
            max((before, *(needed(column, text, chip=chip) for text, chip in said_in(column, rows))))
            for before, column in zip(self._matter, self._rows.columns, strict=True)
        )
        if found != self._matter:
            self._matter = found
            self._share_width()

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
