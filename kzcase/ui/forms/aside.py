"""Beside a question: how to ask it, in the language of the interview, and what was answered to it before."""

from typing import Final

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.forms.definition import Question
from kzcase.i18n import _, verbatim
from kzcase.ui import theme
from kzcase.ui.forms.interview import Interview
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.cards import box
from kzcase.ui.widgets.labels import Label

WIDTH: Final = 264
BEFORE: Final = _("Before:")


class Aside(Retranslated, QWidget):
    """Empty where there is nothing to say, so that all questions of a form are equally wide."""

    def __init__(self, interview: Interview, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._interview, self._path = interview, path
        self._layout = QVBoxLayout(self)
        self.guidance: Label | None = None
        self.before: Label | None = None
        if question.guidance:
            self.guidance = Label(interview.said(path, question.guidance), "caption", wrap=True, parent=self)
            self._layout.addWidget(self.guidance)
        self._layout.addStretch(1)
        self.redress()
        self.recall()

    @property
    def says(self) -> bool:
        """Whether there is anything to read here."""
        return self.guidance is not None or (self.before is not None and bool(self.before.text()))

    def recall(self) -> None:
        """Show what was answered before."""
        lines = [f"{day}: {said}" for day, said in self._interview.before(self._path)]
        if lines and self.before is None:
            self.before = Label(None, "caption", wrap=True, parent=self)
            self._layout.insertWidget(self._layout.count() - 1, self.before)
        if self.before is not None:
            said = "\n".join([self._interview.in_window(BEFORE), *lines])
            self.before.say(verbatim(said) if lines else None)
            self.before.setVisible(bool(lines))
        self.update()

    def speak(self) -> None:
        """The form speaks another language now."""
        if self.guidance is not None:
            self.guidance.retranslate()
        self.recall()

    def retranslate(self) -> None:
        if self.before is not None:
            self.recall()

    def said(self) -> str:
        """The guidance as a screen reader says it with the question."""
        return self.guidance.text() if self.guidance is not None else ""

    def redress(self) -> None:
        box(self._layout, space=theme.SPACE_LABEL)
        self._layout.setContentsMargins(theme.px(theme.SPACE_FIELD), 0, 0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A line at the left, so far as there is something to read."""
        if self.says:
            painter = QPainter(self)
            last = self.before if self.before is not None and self.before.isVisibleTo(self) else self.guidance
            high = last.geometry().bottom() + 1 if last is not None else 0
            painter.fillRect(0, 0, theme.px(2), high, theme.colour("hairline"))
            painter.end()
