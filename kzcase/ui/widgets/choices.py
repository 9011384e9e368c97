"""Choosing from lists of codes: one of many, or several, found by typing a few letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from kzcase.domain.codes import Code
from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.language import Label, Retranslated
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.fields import LineEdit

FEW: Final = 8
SHOWN_ROWS: Final = 8
LINE: Final = 30
NOT_CHOSEN: Final = _("Not chosen")
CODE: Final = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a list and what it is called."""

    code: str
    words: Label


def choices_of(codes: Iterable[Code]) -> tuple[Choice, ...]:
    """The codes of a list as choices, in its order."""
    return tuple(Choice(code.code, code) for code in codes)


class CodeCombo(Retranslated, QComboBox):
    """One code, or none. Long lists are typed into and found by any part of the word, short ones drop down.

    `chosen` carries the code, "" for none, when a person chose it. The mouse wheel changes nothing by accident.
    """

    chosen = Signal(str)

    def __init__(
        self,
        choices: Sequence[Choice],
        *,
        name: Label | None = None,
        blank: Label | None = NOT_CHOSEN,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._name = name
        self._blank = blank
        self.setMaxVisibleItems(12)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if len(self._choices) > FEW:
            self._let_type()
        self.activated.connect(self._activated)
        self.retranslate()

    def _let_type(self) -> None:
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.completer()
        assert completer is not None
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = QListView()
        popup.setObjectName("completions")
        completer.setPopup(popup)
        edit = self.lineEdit()
        assert edit is not None
        edit.editingFinished.connect(self._settle)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Another list; the code stays chosen where the new list has it."""
        self._choices = tuple(choices)
        if len(self._choices) > FEW and not self.isEditable():
            self._let_type()
        self.retranslate()

    def code(self) -> str | None:
        """The code chosen, or None."""
        return self.currentData(CODE) or None

    def set_code(self, code: str | None) -> None:
        """Choose a code without telling anybody; one that is not in the list is shown as it stands."""
        found = self.findData(code or "", CODE)
        if found < 0 and code:
            self.addItem(code, code)
            found = self.count() - 1
        self.setCurrentIndex(found)

    def retranslate(self) -> None:
        code = self.code()
        self.blockSignals(True)
        self.clear()
        if self._blank is not None:
            self.addItem(language.text(self._blank), "")
        for choice in self._choices:
            self.addItem(language.text(choice.words), choice.code)
        self.set_code(code if code or self._blank is not None else self._choices[0].code)
        self.blockSignals(False)
        if self._name is not None:
            self.setAccessibleName(language.text(self._name))

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
        self.setEditText(self.itemText(self.currentIndex()))

    def _row_for(self, typed: str) -> int:
        if not typed:
            return 0 if self._blank is not None else -1
        texts = [self.itemText(row).casefold() for row in range(self.count())]
        for fits in (str.__eq__, str.startswith, str.__contains__):
            for row, text in enumerate(texts):
                if fits(text, typed):
                    return row
        return -1

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        edit = self.lineEdit()
        if edit is not None:
            edit.selectAll()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class CheckList(Retranslated, QWidget):
    """Several codes: ticked with the space bar or the mouse; long lists get a line to narrow them down."""

    changed = Signal()

    def __init__(self, choices: Sequence[Choice], *, name: Label | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._name = name
        self.filter = LineEdit(_("Type to find in the list"))
        self.filter.setVisible(len(self._choices) > FEW)
        self.filter.textEdited.connect(self._narrow)
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.itemChanged.connect(self._item_changed)
        self.list.itemActivated.connect(_toggle)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_LABEL)
        layout.addWidget(self.filter)
        layout.addWidget(self.list)
        self.setFocusProxy(self.filter if len(self._choices) > FEW else self.list)
        self._build()
        self.retranslate()
        self.redress()

    def _build(self) -> None:
        self.list.blockSignals(True)
        for choice in self._choices:
            item = QListWidgetItem(self.list)
            item.setData(CODE, choice.code)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.list.setCurrentRow(0)
        self.list.blockSignals(False)

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def codes(self) -> tuple[str, ...]:
        """The codes ticked, in the order of the list."""
        ticked = [item for item in self._items() if item.checkState() is Qt.CheckState.Checked]
        return tuple(str(item.data(CODE)) for item in ticked)

    def set_codes(self, codes: Sequence[str]) -> None:
        """Tick exactly these, without telling anybody."""
        self.list.blockSignals(True)
        for item in self._items():
            state = Qt.CheckState.Checked if item.data(CODE) in codes else Qt.CheckState.Unchecked
            item.setCheckState(state)
        self.list.blockSignals(False)

    def retranslate(self) -> None:
        self.list.blockSignals(True)
        for item, choice in zip(self._items(), self._choices, strict=True):
            item.setText(language.text(choice.words))
        self.list.blockSignals(False)
        if self._name is not None:
            self.setAccessibleName(language.text(self._name))

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.list.setAccessibleName(name)
        self.filter.setAccessibleName(f"{name}: {self.filter.placeholderText()}")

    def redress(self) -> None:
        rows = min(max(len(self._choices), 2), SHOWN_ROWS)
        self.list.setFixedHeight(theme.px(LINE) * rows + theme.px(8))
        self.list.blockSignals(True)
        for item in self._items():
            item.setSizeHint(QSize(theme.px(LINE), theme.px(LINE)))
        self.list.blockSignals(False)

    @Slot(str)
    def _narrow(self, typed: str) -> None:
        wanted = typed.strip().casefold()
        shown = [item for item in self._items() if not _hide(item, wanted)]
        if shown:
            self.list.setCurrentItem(shown[0])

    @Slot(QListWidgetItem)
    def _item_changed(self, _item: QListWidgetItem) -> None:
        self.changed.emit()


def _hide(item: QListWidgetItem, wanted: str) -> bool:
    item.setHidden(wanted not in item.text().casefold())
    return item.isHidden()


@Slot(QListWidgetItem)
def _toggle(item: QListWidgetItem) -> None:
    ticked = item.checkState() is Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)
