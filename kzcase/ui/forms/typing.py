"""Editors one types into: text, numbers, days, times; and values that are only shown."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from kzcase.domain.limits import LONGEST_LINE
from kzcase.i18n import Words, _, verbatim
from kzcase.ui import language
from kzcase.ui.forms.editor import Editor
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import LineEdit, TextArea
from kzcase.ui.widgets.labels import Selectable

OK: Final = "OK"
"""What an acknowledged note holds, as ODK writes it."""
DONE: Final = _("Yes, this was done")
TIME_HELP: Final = _("Hours and minutes: 14:07 or 1407")
DAY: Final = _("day")
TIME: Final = _("time of day")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME: Final = re.compile(r"(\d{1,2})[:.\-]?(\d{2})", re.ASCII)


class LineEditor(Editor):
    """One line of text, or a number; the Kazakh digit row gives digits where digits are wanted."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        figures: Literal["", "whole", "decimal"] = "",
        help: Words | None = None,
    ) -> None:
        super().__init__(parent)
        self._figures = figures
        self.line = LineEdit(help, digits=bool(figures), max_length=LONGEST_LINE * 4)
        self.line.textEdited.connect(lambda _text: self.edited.emit(self.value()))
        self.line.textChanged.connect(self._changed)
        self.line.editingFinished.connect(self.left)
        self.put(self.line)

    def value(self) -> str:
        """What was typed, as the form takes it."""
        text = self.line.text().strip() if self._figures else self.line.text()
        return text.replace(",", ".").replace(" ", "") if self._figures else text

    @Slot(str)
    def _changed(self, _text: str) -> None:
        """Digits put in by the digit row come this way only."""
        if self._figures and self.line.hasFocus():
            self.edited.emit(self.value())

    def show_value(self, value: str) -> None:
        if value != self.value():
            self.line.setText(value)

    def inside(self) -> Sequence[QWidget]:
        return (self.line,)


class TextEditor(Editor):
    """Several lines of text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.area = TextArea(lines=4)
        self.area.left.connect(self.left)
        self.area.textChanged.connect(lambda: self.edited.emit(self.area.text()))
        self.put(self.area)

    def show_value(self, value: str) -> None:
        if value != self.area.text():
            self.area.blockSignals(True)
            self.area.setPlainText(value)
            self.area.blockSignals(False)

    def inside(self) -> Sequence[QWidget]:
        return (self.area,)


class DayEditor(Editor):
    """A day: typed in any of our ways, stored as YYYY-MM-DD. What is no day is stored as typed, and told as wrong."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = DateEdit(HELP)
        self.day.changed.connect(self._tell)
        self.day.problem.connect(self._tell)
        self.day.textEdited.connect(self._emptied)
        self.day.textChanged.connect(lambda _text: self.begun.emit(self.glance()))
        self.day.editingFinished.connect(self.left)
        self.put(self.day)

    @Slot(object)
    def _tell(self, _what: object) -> None:
        self.edited.emit(self.value())

    @Slot(str)
    def _emptied(self, text: str) -> None:
        if not text.strip():
            self.edited.emit("")

    def glance(self) -> str:
        """The same as `value`, while somebody types: nothing is written anew under their hands."""
        day = self.day.glance()
        return day.isoformat() if day is not None else self.day.text().strip()

    def value(self) -> str:
        """The day as ISO text, or what stands there."""
        day = self.day.value()
        return day.isoformat() if day is not None else self.day.text().strip()

    def show_value(self, value: str) -> None:
        if value == self.value():
            return
        self.day.blockSignals(True)
        try:
            self.day.set_value(date.fromisoformat(value) if value else None)
        except ValueError:
            self.day.setText(value)
        self.day.blockSignals(False)

    def inside(self) -> Sequence[QWidget]:
        return (self.day,)


class TimeEditor(LineEditor):
    """A time of day: 14:07, 14.07 or 1407."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, help=TIME_HELP)
        self.line.setMaxLength(20)
        self.line.editingFinished.connect(lambda: self.line.setText(self.value()))

    def value(self) -> str:
        text = self.line.text().strip()
        found = _TIME.fullmatch(text)
        return f"{int(found[1]):02}:{found[2]}" if found else text

    def show_value(self, value: str) -> None:
        if value != self.value():
            self.line.setText(value[:5] if _TIME.match(value) else value)


class MomentEditor(Editor):
    """A day and a time of day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day, self.time = DayEditor(), TimeEditor()
        for part in (self.day, self.time):
            part.edited.connect(self._tell)
        self.day.begun.connect(lambda typed: self.begun.emit(_moment(typed, self.time.value())))
        self.time.left.connect(self.left)
        self.put(self.day, self.time)

    @Slot(str)
    def _tell(self, _text: str) -> None:
        self.edited.emit(self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter after the day goes on to the time of day, which belongs to the same question."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.day.day.hasFocus():
            self.time.line.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def name(self, name: str, description: str) -> None:
        """Both halves are told apart."""
        super().name(name, description)
        for widget, half in ((self.day.day, DAY), (self.time.line, TIME)):
            widget.setAccessibleName(f"{name}, {language.text(half)}")

    def value(self) -> str:
        """`2026-11-22T14:07`, or as much of it as there is."""
        return _moment(self.day.value(), self.time.value())

    def show_value(self, value: str) -> None:
        if value != self.value():
            day, _separator, time = value.partition("T")
            self.day.show_value(day)
            self.time.show_value(time)

    def inside(self) -> Sequence[QWidget]:
        return (*self.day.inside(), *self.time.inside())


def _moment(day: str, time: str) -> str:
    return f"{day}T{time}" if day or time else ""


def _written(value: str) -> str:
    try:
        return language.shown(date.fromisoformat(value)) if _DAY.fullmatch(value) else value
    except ValueError:
        return value


class AcknowledgeEditor(Editor):
    """A tick that something was read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tick = Check(DONE)
        self.tick.toggled.connect(lambda ticked: self.edited.emit(OK if ticked else ""))
        self.put(self.tick)

    def show_value(self, value: str) -> None:
        self.tick.blockSignals(True)
        self.tick.setChecked(value == OK)
        self.tick.blockSignals(False)

    def inside(self) -> Sequence[QWidget]:
        return (self.tick,)


class ShownValue(Editor):
    """A value the form works out itself: shown, never typed; a day as days are written here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = Selectable(None)
        self.shown.setWordWrap(True)
        self.put(self.shown)

    def show_value(self, value: str) -> None:
        self.shown.say(verbatim(_written(value) or "–"))

    def inside(self) -> Sequence[QWidget]:
        return (self.shown,)
