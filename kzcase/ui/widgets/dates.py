"""Dates the way people type them: 22.11.26, 22112026, кеше, also on the Kazakh keyboard; written back tidily."""

from abc import abstractmethod
from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from kzcase.domain.dates import ApproximateDate, parse_edtf, read_typed
from kzcase.domain.errors import BadInput, NotADate
from kzcase.i18n import _
from kzcase.ui import language
from kzcase.ui.clock import today as today_here
from kzcase.ui.language import Label as Said
from kzcase.ui.widgets.fields import LineEdit

T = TypeVar("T")
HELP = _("Day, month, year: 22.11.2026 or 221126")
HELP_APPROXIMATE = _("A day, a month, a year, or about: 05.1994, 1994, ~1990")


class _TypedDate(LineEdit, Generic[T]):
    """What both date fields share: reading when the field is left, one problem at a time, nothing while typing."""

    changed = Signal(object)
    problem = Signal(object)

    def __init__(
        self,
        placeholder: Said | None = None,
        *,
        today: Callable[[], date] = today_here,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(placeholder, digits=True, max_length=40, parent=parent)
        self._today = today
        self._value: T | None = None
        self._wrong = False
        self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self.returnPressed.connect(self._read)

    def value(self) -> T | None:
        """What was typed, or None where the field is empty or holds no date (then `wrong` is true)."""
        self._read()
        return self._value

    def glance(self) -> T | None:
        """What stands there, read without a word about it and without writing it tidily."""
        text = self.text().strip()
        try:
            return self._take(read_typed(text, self._today())) if text else None
        except BadInput:
            return None

    @property
    def wrong(self) -> bool:
        """Is there something that is not a date?"""
        self._read()
        return self._wrong

    def set_value(self, value: T | None) -> None:
        """Show a date."""
        self.setText("" if value is None else self._written(value))
        self._read()

    @abstractmethod
    def _take(self, typed: ApproximateDate) -> T:
        """The value of what was typed. Raises NotADate where it is too vague for this field."""

    @abstractmethod
    def _written(self, value: T) -> str:
        """The value as it stands in the field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if self._wrong and event.text().strip():
            self._wrong = False
            self.problem.emit(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._read()

    @Slot()
    def _read(self) -> None:
        try:
            text = self.text().strip()
            value = self._take(read_typed(text, self._today())) if text else None
        except BadInput as error:
            self._tell(None, error)
        else:
            self._tell(value, None)

    def _tell(self, value: T | None, error: BadInput | None) -> None:
        if value is not None and self.text() != self._written(value):
            self.setText(self._written(value))
        if (error is not None) != self._wrong:
            self._wrong = error is not None
            self.problem.emit(None if error is None else error.sentence())
        if value != self._value:
            self._value = value
            self.changed.emit(value)


class DateEdit(_TypedDate[date]):
    """A day or nothing. `changed` carries the date or None, `problem` the words for its row or None."""

    def _take(self, typed: ApproximateDate) -> date:
        if typed.exact is None:
            raise NotADate
        return typed.exact

    def _written(self, value: date) -> str:
        return value.strftime("%d.%m.%Y")


class ApproximateDateEdit(_TypedDate[str]):
    """A date that need not be exact (a birth): its value is EDTF text such as `1994-05` or `1990~`."""

    def _take(self, typed: ApproximateDate) -> str:
        return typed.text

    def _written(self, value: str) -> str:
        found = parse_edtf(value)
        return language.text(found.words()) if found.precision in ("day", "month", "year") and _plain(found) else value


def _plain(found: ApproximateDate) -> bool:
    """Can what people read be typed back? Other dates are written in their notation."""
    return not (found.approximate or found.uncertain)
