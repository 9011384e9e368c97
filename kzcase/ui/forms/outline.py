"""The parts of a form at the left: where one is, how far each part is, where something is wrong."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from kzcase.i18n import Words, _
from kzcase.ui import language, theme
from kzcase.ui.forms.interview import Progress, Spoken
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.tips import plain_tip

Index = QModelIndex | QPersistentModelIndex
HEIGHT: Final = 52
WIDTH: Final = 232
TITLE: Final = Qt.ItemDataRole.DisplayRole
PROGRESS: Final = Qt.ItemDataRole.UserRole


def progress_words(progress: Progress) -> Words:
    """How far a part is, in words."""
    if not progress.asked:
        return _("to read") if progress.shown else _("not asked")
    if progress.wrong:
        return _("{answered} of {asked}, to correct: {wrong}", **_numbers(progress))
    return _("{answered} of {asked}", **_numbers(progress))


def _numbers(progress: Progress) -> dict[str, object]:
    return {"answered": progress.answered, "asked": progress.asked, "wrong": progress.wrong}


class _Painter(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(theme.px(120), theme.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        where: QRect = option.rect
        progress: Progress = index.data(PROGRESS)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("selection"))
            painter.drawRoundedRect(QRectF(where.adjusted(2, 1, -2, -1)), 6, 6)
        inner = where.adjusted(theme.px(10), theme.px(6), -theme.px(10), -theme.px(12))
        self._words(painter, inner, index.data(TITLE), progress)
        self._bar(painter, where, progress)
        painter.restore()

    def _words(self, painter: QPainter, where: QRect, title: str, progress: Progress) -> None:
        half = where.height() // 2
        painter.setFont(theme.font("label"))
        painter.setPen(theme.colour("text" if progress.asked or progress.shown else "muted"))
        top = QRect(where.left(), where.top(), where.width(), half)
        said = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, top.width())
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, said)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.colour("danger" if progress.wrong else "muted"))
        under = QRect(where.left(), where.top() + half, where.width(), half)
        far = language.text(progress_words(progress))
        painter.drawText(under, Qt.AlignmentFlag.AlignVCenter, far)

    def _bar(self, painter: QPainter, where: QRect, progress: Progress) -> None:
        if not progress.asked:
            return
        left, width = where.left() + theme.px(10), where.width() - theme.px(20)
        place = QRectF(left, where.bottom() - theme.px(7), width, theme.px(3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("neutral_soft"))
        painter.drawRoundedRect(place, 1.5, 1.5)
        place.setWidth(width * progress.answered / progress.asked)
        full = progress.answered == progress.asked and not progress.wrong
        painter.setBrush(theme.colour("danger" if progress.wrong else "ok" if full else "primary"))
        painter.drawRoundedRect(place, 1.5, 1.5)


class Outline(Retranslated, QListWidget):
    """One line a part. `chosen` carries its number."""

    chosen = Signal(int)

    def __init__(self, titles: Sequence[Spoken], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Painter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for _title in titles:
            item = QListWidgetItem(self)
            item.setData(PROGRESS, Progress(0, 0, 0))
        self.currentRowChanged.connect(self._row)
        self.retranslate()
        self.redress()

    @Slot(int)
    def _row(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)

    def show_progress(self, number: int, progress: Progress) -> None:
        """Say how far a part is."""
        item = self.item(number)
        item.setData(PROGRESS, progress)
        said = f"{self._titles[number].say()}: {language.text(progress_words(progress))}"
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        item.setToolTip(plain_tip(said))

    def speak(self) -> None:
        """The form speaks another language now."""
        for number, title in enumerate(self._titles):
            self.item(number).setText(title.say())
            self.show_progress(number, self.item(number).data(PROGRESS))

    def retranslate(self) -> None:
        self.setAccessibleName(language.text(_("Parts of the form")))
        self.speak()

    def redress(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))
