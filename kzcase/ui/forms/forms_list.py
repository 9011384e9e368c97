"""A list of forms under headings, each with the one sentence that says what it is for; walked through with the keys."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kzcase.ui import fonts, language, theme
from kzcase.ui.forms.known import KnownForm
from kzcase.ui.language import Label, Retranslated
from kzcase.ui.widgets.chips import Tone, chip_width, paint_chip
from kzcase.ui.widgets.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
Mark = Callable[[KnownForm], tuple[Label, Tone] | None]
"""A chip at the right of a form, where there is something to say of it."""
ROW: Final = Qt.ItemDataRole.UserRole
LINE: Final = 54
HEADING: Final = 34
PAD: Final = 12


class _Painter(QStyledItemDelegate):
    def __init__(self, mark: Mark, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = mark

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.px(120), theme.px(LINE if isinstance(index.data(ROW), KnownForm) else HEADING))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        where: QRect = option.rect
        row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, KnownForm):
            self._form(painter, where, row, bool(option.state & QStyle.StateFlag.State_Selected))
        else:
            painter.setFont(theme.font("chip"))
            painter.setPen(theme.colour("muted"))
            place = where.adjusted(theme.px(PAD), 0, -theme.px(PAD), -theme.px(4))
            painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, language.text(row))
        painter.restore()

    def _form(self, painter: QPainter, where: QRect, form: KnownForm, chosen: bool) -> None:
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection"))
            painter.drawRoundedRect(QRectF(where.adjusted(2, 1, -2, -1)), 6, 6)
        inner = where.adjusted(theme.px(PAD), theme.px(6), -theme.px(PAD), -theme.px(6))
        inner.setWidth(inner.width() - self._chip(painter, inner, form))
        half = inner.height() // 2
        for top, text, role, ink in (
            (0, language.text(form.title), "label", "text"),
            (half, language.text(form.about), "caption", "muted"),
        ):
            font = theme.font(role)
            painter.setFont(font)
            painter.setPen(theme.colour(ink))
            place = QRect(inner.left(), inner.top() + top, inner.width(), half)
            painter.drawText(place, _LEFT, fonts.fitting(text, place.width(), font))

    def _chip(self, painter: QPainter, inner: QRect, form: KnownForm) -> int:
        """Paint the chip of a form, if it has one; gives the room it takes."""
        marked = self._mark(form)
        if marked is None:
            return 0
        said, tone = language.text(marked[0]), marked[1]
        width = chip_width(said)
        painter.save()
        paint_chip(painter, QRect(inner.right() - width, inner.top(), width, inner.height()), said, tone)
        painter.restore()
        return width + theme.px(PAD)


_LEFT: Final = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine


class FormsList(Retranslated, QListWidget):
    """`picked` carries the form one stands on (None when there is none), `opened` the one Enter was pressed on."""

    picked = Signal(object)
    opened = Signal(object)

    def __init__(self, name: Label, mark: Mark = lambda _form: None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._mark = name, mark
        self._groups: Sequence[tuple[Label, Sequence[KnownForm]]] = ()
        self.setItemDelegate(_Painter(mark, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.currentItemChanged.connect(lambda *_items: self.picked.emit(self.form()))
        self.itemActivated.connect(self._activated)
        self.retranslate()

    def show_groups(self, groups: Sequence[tuple[Label, Sequence[KnownForm]]]) -> None:
        """Show these forms under these headings; one stays on the same form where it is still there."""
        kept = self.form()
        self._groups = groups
        self.blockSignals(True)
        self.clear()
        for heading, forms in groups:
            self._line(heading, None)
            for form in forms:
                self._line(heading, form)
        self.blockSignals(False)
        if kept is None or not self.choose(kept.id):
            self.setCurrentRow(1 if self.count() > 1 else -1)
        self.picked.emit(self.form())

    def _line(self, heading: Label, form: KnownForm | None) -> None:
        item = QListWidgetItem(self)
        item.setData(ROW, heading if form is None else form)
        if form is None:
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, language.text(heading))
            return
        marked = self._mark(form)
        parts = (form.title, *((marked[0],) if marked else ()), form.about)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, ". ".join(filter(None, map(language.text, parts))))
        item.setToolTip(plain_tip(language.text(form.about)))

    def forms(self) -> list[KnownForm]:
        """The forms shown, from top to bottom."""
        return [form for _heading, forms in self._groups for form in forms]

    def form(self) -> KnownForm | None:
        """The form one stands on."""
        item = self.currentItem()
        row = item.data(ROW) if item is not None else None
        return row if isinstance(row, KnownForm) else None

    def choose(self, form_id: str) -> bool:
        """Stand on this form, where it first occurs; False where it does not."""
        for number in range(self.count()):
            row = self.item(number).data(ROW)
            if isinstance(row, KnownForm) and row.id == form_id:
                self.setCurrentRow(number)
                return True
        return False

    def step(self, way: int) -> None:
        """To the form below (1) or above (-1); headings are passed over."""
        number = self.currentRow() + way
        while 0 <= number < self.count():
            if isinstance(self.item(number).data(ROW), KnownForm):
                self.setCurrentRow(number)
                return
            number += way

    @Slot(QListWidgetItem)
    def _activated(self, item: QListWidgetItem) -> None:
        row = item.data(ROW)
        if isinstance(row, KnownForm):
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentItem() is not None:
            self._activated(self.currentItem())
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        self.setAccessibleName(language.text(self._name))
        if self._groups:
            self.show_groups(self._groups)

    def redress(self) -> None:
        self.scheduleDelayedItemsLayout()
