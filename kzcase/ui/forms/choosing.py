"""Editors one chooses in: one of many, several, an order, a step of a scale; short lists show a letter for each."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from kzcase.i18n import Words, _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.forms.editor import Editor
from kzcase.ui.forms.typing import LineEditor
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.key_choices import KeyChoices, KeyMany
from kzcase.ui.widgets.labels import Label

FEW: Final = 8
STEPS: Final = 11
LINE: Final = 30
CODE: Final = Qt.ItemDataRole.UserRole
MOVING: Final = _("Alt+↑ and Alt+↓ move the line.")
MOVES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class OneEditor(Editor):
    """One choice: letters where there are few, a list to type into where there are many or little room (`narrow`)."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None, *, narrow: bool = False) -> None:
        super().__init__(parent)
        self._few = 0 if narrow else FEW
        self.field = self._field(choices)
        self.put(self.field)

    def _field(self, choices: Sequence[Choice]) -> KeyChoices | CodeCombo:
        field: KeyChoices | CodeCombo
        if len(choices) <= self._few:
            field = KeyChoices(choices)
            field.settled.connect(self.settled)
        else:
            field = CodeCombo(choices)
            field.returned.connect(lambda: self._returned(field))
        field.chosen.connect(self._chosen)
        return field

    def _returned(self, field: QWidget) -> None:
        """Enter in the list of what fits ends there; the page never hears of it."""
        if isinstance(field, CodeCombo) and field.fitting():
            self.settled.emit()

    @Slot(str)
    def _chosen(self, code: str) -> None:
        self.edited.emit(code)
        self.left.emit()

    def show_value(self, value: str) -> None:
        if (self.field.code() or "") != value:
            self.field.set_code(value or None)

    def offer(self, choices: Sequence[Choice]) -> None:
        fits = isinstance(self.field, KeyChoices) == (len(choices) <= self._few)
        if fits:
            self.field.set_choices(choices)
            return
        kept, old = self.field.code(), self.field
        self.field = self._field(choices)
        self.lines.replaceWidget(old, self.field)
        self.field.set_code(kept)
        self.setFocusProxy(self.field)
        old.deleteLater()

    def speak(self) -> None:
        self.field.retranslate()
        if isinstance(self.field, KeyChoices):
            for button in self.field.buttons:
                button.retranslate()

    def inside(self) -> Sequence[QWidget]:
        return (self.field,)


class ManyEditor(Editor):
    """Several choices."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = tuple(choices)
        self.field = self._field()
        self.put(self.field)

    def _field(self) -> KeyMany | CheckList:
        field = KeyMany(self._offered) if len(self._offered) <= FEW else CheckList(self._offered)
        field.changed.connect(self._changed)
        return field

    @Slot()
    def _changed(self) -> None:
        self.edited.emit(" ".join(self.field.codes()))
        self.left.emit()

    def show_value(self, value: str) -> None:
        if set(self.field.codes()) != set(value.split()):
            self.field.set_codes(value.split())

    def offer(self, choices: Sequence[Choice]) -> None:
        if tuple(choices) == self._offered:
            return
        kept, old = self.field.codes(), self.field
        self._offered = tuple(choices)
        self.field = self._field()
        self.lines.replaceWidget(old, self.field)
        self.field.set_codes(kept)
        self.setFocusProxy(self.field)
        old.deleteLater()

    def speak(self) -> None:
        self.field.retranslate()
        if isinstance(self.field, KeyMany):
            for button in self.field.buttons:
                button.retranslate()

    def inside(self) -> Sequence[QWidget]:
        return (self.field,)


class Ranking(QListWidget):
    """The choices in their order. `moved` carries -1 for Alt+Up and 1 for Alt+Down: keys of this list alone, because
    there may be several orders on one page."""

    moved = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        way = MOVES.get(Qt.Key(event.key())) if alt else None
        if way is not None:
            self.moved.emit(way)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes here by key stands on the first line."""
        if self.currentRow() < 0:
            self.setCurrentRow(0)
        super().focusInEvent(event)


class RankEditor(Editor):
    """All choices in an order: the marked one is moved with two buttons or Alt+Up and Alt+Down."""

    def __init__(self, choices: Sequence[Choice], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = {choice.code: choice.words for choice in choices}
        self._settled_order = False
        self.list = Ranking()
        self.list.setUniformItemSizes(True)
        self.earlier, self.later = Button(_("Earlier")), Button(_("Later"))
        self.take = Button(_("Use this order"), icon="check")
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        self.take.clicked.connect(self._taken)
        self.list.moved.connect(self._move)
        foot = QWidget()
        row = QHBoxLayout(foot)
        box(row, space=theme.SPACE_GROUP)
        for button in (self.earlier, self.later, self.take):
            row.addWidget(button)
        row.addWidget(Label(MOVING, "caption", wrap=True), 1)
        self.put(self.list, foot)
        self._fill(tuple(self._words))

    def _fill(self, codes: Sequence[str]) -> None:
        self.list.clear()
        for number, code in enumerate(codes, 1):
            item = QListWidgetItem(f"{number}. {language.text(self._words[code])}", self.list)
            item.setData(CODE, code)
        self.list.setFixedHeight(theme.px(LINE) * max(len(codes), 1) + theme.px(8))

    def codes(self) -> tuple[str, ...]:
        """The choices in the order shown."""
        return tuple(str(self.list.item(row).data(CODE)) for row in range(self.list.count()))

    def _move(self, step: int) -> None:
        row = self.list.currentRow()
        if row < 0 or not 0 <= row + step < self.list.count():
            return
        codes = list(self.codes())
        codes[row], codes[row + step] = codes[row + step], codes[row]
        self._fill(codes)
        self.list.setCurrentRow(row + step)
        self._taken()

    @Slot()
    def _taken(self) -> None:
        self._settled_order = True
        self.edited.emit(" ".join(self.codes()))
        self.left.emit()

    def show_value(self, value: str) -> None:
        self._settled_order = bool(value)
        wanted = [code for code in value.split() if code in self._words]
        codes = [*wanted, *(code for code in self._words if code not in wanted)]
        if tuple(codes) != self.codes():
            self._fill(codes)

    def offer(self, choices: Sequence[Choice]) -> None:
        words = {choice.code: choice.words for choice in choices}
        if words != self._words:
            kept = [code for code in self.codes() if code in words]
            self._words = words
            self._fill([*kept, *(code for code in words if code not in kept)])

    def speak(self) -> None:
        self._fill(self.codes())

    def inside(self) -> Sequence[QWidget]:
        return (self.list,)


class RangeEditor(Editor):
    """A step of a scale: a row of numbers where there are few, else a number to type."""

    def __init__(self, parameters: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        steps = _steps(parameters)
        bounds = f"{parameters.get('start', '')}–{parameters.get('end', '')}"
        if steps:
            self.field: Editor = OneEditor([Choice(step, verbatim(step)) for step in steps])
        else:
            said: Words = _("A number: {bounds}", bounds=bounds)
            self.field = LineEditor(figures="decimal", help=said)
        self.field.edited.connect(self.edited)
        self.field.left.connect(self.left)
        self.field.settled.connect(self.settled)
        self.put(self.field)

    def show_value(self, value: str) -> None:
        self.field.show_value(value)

    def inside(self) -> Sequence[QWidget]:
        return self.field.inside()


def _steps(parameters: Mapping[str, str]) -> list[str]:
    """The steps of a scale as texts; none if they are too many or cannot be read."""
    try:
        start, end, step = (float(parameters.get(name, "1" if name == "step" else "")) for name in _BOUNDS)
    except ValueError:
        return []
    if step == 0:
        return []
    step = abs(step) if end >= start else -abs(step)
    count = int((end - start) / step + 1e-9) + 1
    return [f"{start + place * step:g}" for place in range(count)] if count <= STEPS else []


_BOUNDS: Final = ("start", "end", "step")
