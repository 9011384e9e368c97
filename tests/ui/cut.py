"""Which texts of a window are cut: painted shorter than they are, or in less room than their words need."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QCheckBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QWidget,
)

from kzcase.ui import fonts
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.rail import RailButton


def cut_texts(window: QWidget) -> list[str]:
    """Every text that is seen of a shown window and is not seen whole; each said once."""
    found = [*_elided(window)]
    for widget in window.findChildren(QWidget):
        if widget.isVisible():
            found += [f"{type(widget).__name__}: {said}" for said in _squeezed(widget)]
    return sorted(set(found))


def _elided(window: QWidget) -> list[str]:
    """What widgets shorten while they paint. The cells of a list may: the mouse says them whole."""
    short: list[str] = []
    whole = QFontMetrics.elidedText

    def fitting(text: str, width: int, font: QFont) -> str:
        return whole(QFontMetrics(font), text, Qt.TextElideMode.ElideRight, width)

    def told(self: QFontMetrics, text: str, mode: Qt.TextElideMode, width: int, flags: int = 0) -> str:
        shown = whole(self, text, mode, width, flags)
        if shown != text:
            short.append(f"… {text}")
        return shown

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QFontMetrics, "elidedText", told)
        patch.setattr(fonts, "fitting", fitting)
        window.grab()
    return short


def _squeezed(widget: QWidget) -> Iterator[str]:
    match widget:
        case Card() if widget.minimumSizeHint().width() > widget.width():
            yield f"{widget.title.text()} {_sizes(widget.minimumSizeHint(), widget)}"
        case QLabel() if widget.text():
            yield from _label(widget)
        case RailButton():
            return  # it shortens while it paints
        case QPushButton() | QCheckBox() | QRadioButton() if widget.text():
            least = widget.minimumSizeHint()
            if least.width() > widget.width() + 1 or least.height() > widget.height() + 1:
                yield f"{widget.text()} {_sizes(least, widget)}"
        case QTabBar():
            yield from _tabs(widget)
        case QLineEdit() if widget.placeholderText() and not widget.text():
            words = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            room = widget.width() - _padding(widget)
            if words > room:
                yield f"{widget.placeholderText()} {words}>{room}"
        case QTableView():
            yield from _headers(widget)
        case QScrollArea():
            inner = widget.widget()
            if inner is not None and inner.width() > widget.viewport().width() + 1:
                yield f"wider than its place {inner.width()}>{widget.viewport().width()}"
        case _:
            pass
    yield from _out_of_its_parent(widget)


def _padding(_field: QLineEdit) -> int:
    return 2 * 10 + 2


def _sizes(wanted: QSize, widget: QWidget) -> str:
    return f"{wanted.width()}×{wanted.height()} > {widget.width()}×{widget.height()}"


def _label(label: QLabel) -> Iterator[str]:
    needed = label.sizeHint()
    if label.wordWrap():
        flags = int(label.alignment()) | Qt.TextFlag.TextWordWrap
        box = label.fontMetrics().boundingRect(
            QRect(0, 0, max(label.contentsRect().width(), 1), 1 << 14), flags, label.text()
        )
        needed = QSize(box.width(), box.height())
    if needed.width() > label.width() + 1 or needed.height() > label.height() + 1:
        yield f"{label.text()} {_sizes(needed, label)}"


def _tabs(bar: QTabBar) -> Iterator[str]:
    for number in range(bar.count()):
        where = bar.tabRect(number)
        words = bar.fontMetrics().horizontalAdvance(bar.tabText(number))
        if where.right() > bar.width() or words > where.width():
            yield f"{bar.tabText(number)} {where.right()}>{bar.width()}"


def _headers(table: QTableView) -> Iterator[str]:
    header = table.horizontalHeader()
    if not _scrolls_sideways(table) and header.length() > table.viewport().width():
        yield f"{table.accessibleName()} reaches over {header.length()}>{table.viewport().width()}"
    for number in range(header.count()):
        if not header.isSectionHidden(number) and header.isVisible():
            words = str(table.model().headerData(number, Qt.Orientation.Horizontal))
            wide = QFontMetrics(header.font()).horizontalAdvance(words)
            if header.sectionSize(number) < wide + 8:
                yield f"header {words} {wide}>{header.sectionSize(number)}"


def _scrolls_sideways(area: QAbstractScrollArea) -> bool:
    return area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def _out_of_its_parent(widget: QWidget) -> Iterator[str]:
    """A widget that reaches over the edge of what holds it; what scrolls may."""
    holder = widget.parentWidget()
    if holder is None or widget.isWindow() or not _says(widget):
        return
    if isinstance(holder.parentWidget(), QAbstractScrollArea) and holder.objectName() == "qt_scrollarea_viewport":
        return
    over = widget.geometry().intersected(holder.rect())
    if over.size() != widget.size():
        yield f"{_says(widget)} reaches over {type(holder).__name__} {widget.geometry()} in {holder.size()}"


def _says(widget: QWidget) -> str:
    text: Any = getattr(widget, "text", None)
    said = text() if callable(text) else ""
    return said if isinstance(said, str) else ""
