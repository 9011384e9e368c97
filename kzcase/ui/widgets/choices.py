"""Choosing one code of a list, found by typing a few letters."""

from collections.abc import Sequence
from math import ceil
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QFocusEvent, QPaintEvent, QPalette, QShowEvent, QTextLayout, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QListView,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from kzcase.i18n import _, verbatim
from kzcase.ui import language
from kzcase.ui.language import Label, Retranslated
from kzcase.ui.widgets.choice_rows import CODE, Choice, ChoiceRows, choices_of

__all__ = ["CODE", "FEW", "LINE", "SHOWN_ROWS", "Choice", "CodeCombo", "choices_of"]

FEW: Final = 8
SHOWN_ROWS: Final = 8
LINE: Final = 30
NOT_CHOSEN: Final = _("Not chosen")
COMPLETIONS: Final = "completions"
"""The name the style sheet knows the list of what fits by."""
LINE_MARGIN: Final = 2
"""What Qt leaves free at both ends of a line that is typed into."""
LETTERS: Final = 12
"""So many wide letters a field for a choice has room for, whatever its list holds."""


class CodeCombo(Retranslated, QComboBox):
    """One code, or none. Long lists are typed into and found by any part of the word, short ones drop down.

    `chosen` carries the code, "" for none, when a person chose it; `returned` comes on Enter in a long list. The
    mouse wheel changes nothing by accident. Until somebody comes here Qt's own box stays empty and is only painted:
    the list that drops down and the line to type into are costly, and most fields for a choice are only looked at.
    """

    chosen = Signal(str)
    returned = Signal()

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        name: Label | None = None,
        blank: Label | None = NOT_CHOSEN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._blank = blank
        self._size: QSize | None = None
        self._visited = False
        self._place = 0 if choices or blank is not None else -1
        self._long = len(choices) > FEW
        self._rows = ChoiceRows(self._offered(choices), self)
        self.setMaxVisibleItems(12)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._activated)
        self.retranslate()

    def _offered(self, choices: Sequence[Choice]) -> tuple[Choice, ...]:
        return (*((Choice("", self._blank),) if self._blank is not None else ()), *choices)

    def visit(self) -> None:
        """Somebody comes here: the box is filled, a long list can be typed into from now on."""
        if not self._visited:
            self._visited = True
            self.setModel(self._rows)
            super().setCurrentIndex(self._place)
        if self._long and not self.isEditable():
            self._let_type()

    def _let_type(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer, edit, popup = self.completer(), self.lineEdit(), QListView()
        assert completer is not None
        assert edit is not None
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup.setObjectName(COMPLETIONS)
        completer.setPopup(popup)
        edit.setAccessibleName(self.accessibleName())
        edit.editingFinished.connect(self._settle)
        edit.returnPressed.connect(self.returned)

    def count(self) -> int:
        return len(self._rows.choices)

    def currentIndex(self) -> int:
        return super().currentIndex() if self._visited else self._place

    def setCurrentIndex(self, index: int) -> None:
        self._place = index
        if self._visited:
            super().setCurrentIndex(index)
            self._show_beginning()
        self.update()

    def currentText(self) -> str:
        if self._visited:
            return super().currentText()
        return language.text(self._rows.choices[self._place].words) if self._place >= 0 else ""

    def fitting(self) -> bool:
        """Is the list of what fits the typed letters open?"""
        completer = self.completer() if self.isEditable() else None
        popup = completer.popup() if completer is not None else None
        return popup is not None and popup.isVisible()

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Another list; the code stays chosen where the new list has it."""
        code = self.code()
        self._rows.show_choices(self._offered(choices))
        self._long = self._long or len(choices) > FEW
        if self._visited:
            self.visit()
        self._place = 0 if self._rows.choices else -1
        self.set_code(code if code or self._blank is not None else choices[0].code)

    def code(self) -> str | None:
        """The code chosen, or None."""
        place = self.currentIndex()
        return self._rows.choices[place].code or None if place >= 0 else None

    def set_code(self, code: str | None) -> None:
        """Choose a code without telling anybody; one that is not in the list is shown as it stands."""
        found = self._rows.place_of(code or "")
        if found < 0 and code:
            self._rows.show_choices((*self._rows.choices, Choice(code, verbatim(code))))
            found = self._rows.place_of(code)
        self.setCurrentIndex(found)

    def retranslate(self) -> None:
        self._rows.retranslate()
        self.update()
        if self._name is not None:
            self.setAccessibleName(language.text(self._name))

    def redress(self) -> None:
        self._size = None
        self.updateGeometry()
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Another look: Qt would make the drop-down list and lay out every line of it, though nobody was here yet."""
        if self._visited or event.type() not in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            super().changeEvent(event)
        else:
            self.redress()

    def showPopup(self) -> None:
        self.visit()
        super().showPopup()

    def showEvent(self, event: QShowEvent) -> None:
        """A screen reader looks into fields before anybody comes to them."""
        super().showEvent(event)
        if QAccessible.isActive():
            self.visit()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._visited:
            super().paintEvent(event)
            return
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        if self._long:
            self._paint_line(painter, option)
        else:
            option.currentText = self.currentText()
            painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

    def _paint_line(self, painter: QStylePainter, option: QStyleOptionComboBox) -> None:
        """What is chosen, where it stands in the line one types into."""
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        room.adjust(LINE_MARGIN, 0, -LINE_MARGIN, 0)
        metrics = self.fontMetrics()
        said = metrics.elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room.width())
        written = QTextLayout(said, self.font())
        written.beginLayout()
        line = written.createLine()
        written.endLayout()
        above = ceil(line.ascent()) - metrics.ascent()
        top = room.top() + (room.height() - metrics.height() + 1) // 2 - above
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        written.draw(painter, QPointF(room.left(), top))

    def sizeHint(self) -> QSize:
        """The same for every list: Qt would make the drop-down list already to measure it."""
        if self._size is None:
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            metrics = self.fontMetrics()
            inside = QSize(metrics.horizontalAdvance("X") * LETTERS, max(metrics.height(), 14) + 2)
            self._size = self.style().sizeFromContents(QStyle.ContentsType.CT_ComboBox, option, inside, self)
        return self._size

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @Slot(int)
    def _activated(self, _row: int) -> None:
        self.chosen.emit(self.code() or "")

    @Slot()
    def _settle(self) -> None:
        """Typed text becomes the first choice that holds it; text that fits nothing goes back to what was."""
        typed = self.currentText().strip().casefold()
        row = self._row_for(typed)
        before = self.currentIndex()
        if row >= 0 and row != before:
            self.setCurrentIndex(row)
            self.chosen.emit(self.code() or "")
        self.setEditText(language.text(self._rows.choices[self.currentIndex()].words))
        self._show_beginning()

    def _show_beginning(self) -> None:
        edit = self.lineEdit()
        if edit is not None:
            edit.home(False)

    def _row_for(self, typed: str) -> int:
        if not typed:
            return 0 if self._blank is not None else -1
        texts = [language.text(choice.words).casefold() for choice in self._rows.choices]
        for fits in (str.__eq__, str.startswith, str.__contains__):
            for row, text in enumerate(texts):
                if fits(text, typed):
                    return row
        return -1

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.visit()
        super().focusInEvent(event)
        edit = self.lineEdit()
        if edit is not None:
            edit.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
