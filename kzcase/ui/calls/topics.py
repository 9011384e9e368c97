"""The topics of a call: a few letters in any of three languages find one, Enter takes it, Backspace gives it back."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from kzcase.domain.codes import Code
from kzcase.i18n import LANGUAGES, _
from kzcase.ui import language, theme
from kzcase.ui.language import Label, Retranslated
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.fields import LineEdit
from kzcase.ui.widgets.flow import FlowRow

SHOWN: Final = 5
LINE: Final = 30
CODE: Final = Qt.ItemDataRole.UserRole


class TopicPicker(Retranslated, QWidget):
    """Several codes of a long list. `changed` after every change, `settled` on Enter with nothing typed."""

    changed = Signal()
    settled = Signal()

    def __init__(self, codes: Sequence[Code], *, name: Label, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes = {code.code: code for code in codes}
        self._name = name
        self._taken: list[str] = []
        self.typed = LineEdit(_("Type a few letters, then Enter"), parent=self)
        self.typed.textChanged.connect(self._narrow)
        self.found = QListWidget(self)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setUniformItemSizes(True)
        self.found.hide()
        self.found.itemClicked.connect(self._item_clicked)
        self.chips = FlowRow(space=theme.SPACE_LABEL, parent=self)
        self.chips.hide()
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_LABEL)
        for widget in (self.chips, self.typed, self.found):
            layout.addWidget(widget)
        self.setFocusProxy(self.typed)
        self.typed.installEventFilter(self)
        self.retranslate()

    def codes(self) -> tuple[str, ...]:
        """The codes taken, in the order they were taken."""
        return tuple(self._taken)

    def set_codes(self, codes: Sequence[str]) -> None:
        """Take exactly these, without telling anybody."""
        self._taken = [code for code in codes if code in self._codes]
        self.typed.clear()
        self._show_taken()

    def retranslate(self) -> None:
        self.setAccessibleName(language.text(self._name))
        self._show_taken()
        self._narrow(self.typed.text())

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.typed.setAccessibleName(name)
        self.found.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        super().setAccessibleDescription(description)
        said = ", ".join(language.text(self._codes[code]) for code in self._taken)
        self.typed.setAccessibleDescription(". ".join(part for part in (said, description) if part))

    @Slot(str)
    def _narrow(self, typed: str) -> None:
        self.found.clear()
        for code in self._fitting(typed)[:SHOWN]:
            item = QListWidgetItem(language.text(code), self.found)
            item.setData(CODE, code.code)
        self.found.setFixedHeight(theme.px(LINE) * self.found.count() + theme.px(8))
        self.found.setVisible(self.found.count() > 0)
        self.found.setCurrentRow(0)

    def _fitting(self, typed: str) -> list[Code]:
        """Codes whose name in any language has what was typed; those that begin with it come first."""
        wanted = _plain(typed.strip())
        if not wanted:
            return []
        free = [code for code in self._codes.values() if code.code not in self._taken]
        begin = [code for code in free if any(_plain(code.name(each)).startswith(wanted) for each in LANGUAGES)]
        inside = [code for code in free if any(wanted in _plain(code.name(each)) for each in LANGUAGES)]
        return list({code.code: code for code in (*begin, *inside)}.values())

    def eventFilter(self, watched: object, event: object) -> bool:
        if watched is self.typed and isinstance(event, QKeyEvent) and event.type() is QKeyEvent.Type.KeyPress:
            return self._key(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._enter()
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self.found.count():
                step = 1 if event.key() == Qt.Key.Key_Down else -1
                self.found.setCurrentRow((self.found.currentRow() + step) % self.found.count())
            case Qt.Key.Key_Backspace if not self.typed.text() and self._taken:
                self._give_back(self._taken[-1])
            case Qt.Key.Key_Escape if self.typed.text():
                self.typed.clear()
            case _:
                return False
        return True

    def _enter(self) -> None:
        item = self.found.currentItem()
        if item is not None and self.typed.text().strip():
            self._item_clicked(item)
        elif not self.typed.text().strip():
            self.settled.emit()

    @Slot(QListWidgetItem)
    def _item_clicked(self, item: QListWidgetItem) -> None:
        self._taken.append(str(item.data(CODE)))
        self.typed.clear()
        self._show_taken()
        self.changed.emit()

    def _give_back(self, code: str) -> None:
        self._taken.remove(code)
        self._show_taken()
        self.changed.emit()

    def _show_taken(self) -> None:
        self.chips.clear()
        for code in self._taken:
            chip = Button(self._codes[code], icon="x", parent=self.chips)
            chip.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            chip.setAccessibleDescription(language.text(_("Take out")))
            chip.clicked.connect(lambda _checked=False, one=code: self._give_back(one))
            self.chips.add(chip)
            chip.show()
        self.chips.setVisible(bool(self._taken))
        self.setAccessibleDescription("")
        self.chips.updateGeometry()


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")
