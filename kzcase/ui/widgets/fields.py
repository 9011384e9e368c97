"""Fields to type into, each in a row with its label above and its help or error right under it."""

from typing import Final

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from kzcase.domain.limits import LONGEST_LINE, LONGEST_TEXT
from kzcase.i18n import _
from kzcase.ui import keyboard, language, theme
from kzcase.ui.language import Label as Said
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.tips import plain_tip

REQUIRED: Final = _("Required field")


def _tell(field: "LineEdit | TextArea", longest: int) -> None:
    """Nothing is taken of what does not fit: half a text may say something else. A row says so under the field."""
    words = _("At most {count} characters fit here, so nothing was added. Please shorten it first.", count=longest)
    field.refused.emit(words)
    if not field.in_row and field.isVisible():
        QToolTip.showText(field.mapToGlobal(field.rect().bottomLeft()), plain_tip(language.text(words)), field)


def _pastes(event: QKeyEvent) -> bool:
    """Whether these are the keys that paste. What knows them is loaded only now: every start would wait for it."""
    from PySide6.QtGui import QKeySequence

    return event.matches(QKeySequence.StandardKey.Paste)


class LineEdit(Retranslated, QLineEdit):
    """One line. `digits=True` (dates, phones, IIN) reads the Kazakh digit row as digits, until a word is begun.

    What does not fit is refused as a whole: `refused` carries the sentence, and None once it is over.
    """

    refused = Signal(object)
    in_row = False

    def __init__(
        self,
        placeholder: Said | None = None,
        *,
        digits: bool = False,
        max_length: int = LONGEST_LINE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._placeholder = placeholder
        self._digits = digits
        self._before = ""
        self._cut = self._told = False
        self.setMaxLength(max_length)
        self.inputRejected.connect(self._refuse)
        self.textEdited.connect(lambda _text: self._give_back())
        self.textChanged.connect(lambda _text: self._note())
        self.retranslate()

    @Slot()
    def _refuse(self) -> None:
        """Of a paste that is too long Qt takes a part: it is given back as soon as it stands there."""
        self._cut = self.text() != self._before
        self._told = True
        _tell(self, self.maxLength())

    @Slot()
    def _give_back(self) -> None:
        if self._cut:
            self._cut = False
            self.undo()

    @Slot()
    def _note(self) -> None:
        if self._cut or self.text() == self._before:
            return
        self._before = self.text()
        if self._told:
            self._told = False
            self.refused.emit(None)

    def retranslate(self) -> None:
        self.setPlaceholderText("" if self._placeholder is None else language.text(self._placeholder))

    def numbers_wanted(self) -> bool:
        """Until a word is begun (`кеше`), letters of the digit row are digits."""
        return not any(each.isalpha() for each in self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._digits and _pastes(event):
            from kzcase.domain.dates import digits_from_layout

            self.insert(digits_from_layout(QGuiApplication.clipboard().text()))
            return
        digit = keyboard.digit_typed(event) if self._digits and self.numbers_wanted() else event.text()
        if digit != event.text():
            self.insert(digit)
            return
        super().keyPressEvent(event)


class TextArea(Retranslated, QPlainTextEdit):
    """Several lines. Tab goes to the next field; only plain text is pasted. What does not fit is refused as a whole,
    and `refused` carries the sentence, None once it is over. `left` comes when the keyboard goes elsewhere."""

    refused = Signal(object)
    left = Signal()
    in_row = False

    def __init__(
        self,
        placeholder: Said | None = None,
        *,
        lines: int = 4,
        max_length: int = LONGEST_TEXT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._placeholder = placeholder
        self._lines = lines
        self._max_length = max_length
        self._told = False
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._changed)
        self.retranslate()
        self.redress()

    def text(self) -> str:
        """What was written."""
        return self.toPlainText()

    def setText(self, text: str) -> None:
        """Show this text."""
        self.setPlainText(text)

    def retranslate(self) -> None:
        self.setPlaceholderText("" if self._placeholder is None else language.text(self._placeholder))

    def redress(self) -> None:
        self.setFixedHeight(self.fontMetrics().lineSpacing() * self._lines + theme.px(20))

    def insertFromMimeData(self, source: QMimeData) -> None:
        if self._fits(source.text()):
            self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        adds = event.text().isprintable() or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not adds or self._fits(event.text()):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.left.emit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if self._fits(event.commitString()):
            super().inputMethodEvent(event)

    def _fits(self, text: str) -> bool:
        """Whether there is room for this in place of what is marked; it is said when there is none."""
        standing = self.document().characterCount() - 1 - len(self.textCursor().selectedText())
        if not text or standing + len(text) <= self._max_length:
            return True
        self._told = True
        _tell(self, self._max_length)
        return False

    @Slot()
    def _changed(self) -> None:
        if self._told:
            self._told = False
            self.refused.emit(None)


class FieldRow(Retranslated, QWidget):
    """Label above, field, help or error under it. The label is the field's buddy and its accessible name.

    A field with a signal `problem(Words | None)` (a date) shows its problem here by itself.
    """

    problem_shown = Signal(bool)

    def __init__(
        self,
        label: Said,
        field: QWidget,
        help: Said | None = None,
        *,
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.label = Label(label, "label", wrap=True, parent=self)
        self.label.setBuddy(field)
        self._said, self._help, self._required = label, help, required
        self._error: Said | None = None
        self._under = Label(help, "caption", wrap=True, parent=self)
        layout = QVBoxLayout(self)
        layout.addWidget(self.label)
        layout.addWidget(field)
        layout.addWidget(self._under)
        problem = getattr(field, "problem", None)
        if problem is not None:
            problem.connect(self.set_error)
        if isinstance(field, LineEdit | TextArea):
            field.in_row = True
            field.refused.connect(self.set_error)
        self.setFocusProxy(field)
        self.redress()
        self.retranslate()

    @property
    def error(self) -> Said | None:
        """The error shown, if any."""
        return self._error

    def set_help(self, help: Said | None) -> None:
        """Other help under the field; a shown error stays."""
        self._help = help
        if self._error is None:
            self._under.say(help)
        self.retranslate()

    def set_error(self, error: Said | None) -> None:
        """Show what is wrong in place of the help, with a red outline; None when all is well again."""
        self._error = error
        self._under.setProperty("role", "caption" if error is None else "error")
        self._under.say(self._help if error is None else error)
        self.field.setProperty("invalid", error is not None)
        for widget in (self._under, self.field):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
        self.retranslate()
        self.problem_shown.emit(error is not None)

    def retranslate(self) -> None:
        name = language.text(self._said)
        self.label.suffix = " *" if self._required else ""
        self.label.retranslate()
        self.label.setText(self.label.text().replace("&", "&&"))  # a field's own label would make a shortcut of it
        under = self._help if self._error is None else self._error
        told = ([language.text(REQUIRED)] if self._required else []) + (
            [language.text(under)] if under is not None else []
        )
        self._under.setVisible(under is not None)
        self.field.setAccessibleName(name)
        self.field.setAccessibleDescription(". ".join(told))

    def redress(self) -> None:
        layout = self.layout()
        assert layout is not None
        box(layout, space=theme.SPACE_LABEL)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
