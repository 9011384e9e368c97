"""One question as a cell of a table: its editor alone; the heading of the column says what is asked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kzcase.forms.definition import Question
from kzcase.ui import theme
from kzcase.ui.forms.interview import Interview
from kzcase.ui.forms.question import QuestionView
from kzcase.ui.widgets.cards import box


class CellView(QuestionView):
    """Like a question, with its words above the column only; why there is no answer stands under the editor."""

    narrow = True

    def __init__(self, interview: Interview, question: Question, path: str, parent: QWidget | None = None) -> None:
        self._line = ""
        super().__init__(interview, question, path, parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_LABEL)
        self.label.hide()
        self.reason.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        if self.editor is not None:
            layout.addWidget(self.editor)
            self.setFocusProxy(self.editor)
        layout.addWidget(self.none)
        layout.addWidget(self.reason, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.doubt)
        layout.addWidget(self.wrong)
        layout.addStretch(1)

    def _put_aside(self) -> None:
        """There is no room beside a cell, and nothing to say: what has to be explained is no table."""

    def stand_in(self, line: str) -> None:
        """Say in which line of the table it stands."""
        self._line = line
        self._name_editor()

    def _name(self) -> str:
        return ", ".join(part for part in (self._line, super()._name()) if part)

    def _show_reason(self, reason: str) -> None:
        super()._show_reason(reason)
        self.reason.setVisible(bool(reason))
