"""One question on the screen: its words, its editor, why there is no answer, what is wrong, and what goes with it."""

from typing import Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kzcase.forms.definition import Question, QuestionKind
from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.forms.aside import WIDTH, Aside
from kzcase.ui.forms.doubt import Doubt
from kzcase.ui.forms.editors import editor_for
from kzcase.ui.forms.interview import Interview
from kzcase.ui.forms.outside import FileEditor
from kzcase.ui.forms.reasons import ANSWERED, NO_ANSWER, REASON_KEY, REASONS
from kzcase.ui.language import Retranslated
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.widgets.fields import REQUIRED
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.tips import plain_tip

BESIDE: Final = 700
"""So wide a question must be for its guidance to stand beside it; else it stands below."""


LOOK: Final = _("Look at the attachment")
NOTHING_OFFERED: Final = _("There is nothing to choose from yet: this depends on another answer.")


class QuestionView(Retranslated, QWidget):
    """Shows one question. `path` is its journal path; `wants_next` comes when the keyboard should go on."""

    wants_next = Signal()
    narrow = False

    def __init__(self, interview: Interview, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._interview = interview
        self.question = question
        self.path = path
        self.touched = False
        self.aside: Aside | None = None
        self._offered: tuple[str, ...] = ()
        self.label = Label(interview.said(path, question.label), "label", wrap=True, parent=self)
        hint = interview.said(path, question.hint)
        self.hints = [Label(hint, "caption", wrap=True, parent=self)] if question.hint else []
        self.none = Label(NOTHING_OFFERED, "caption", wrap=True, parent=self)
        self.doubt = Doubt(self)
        self.wrong = Label(None, "error", wrap=True, parent=self)
        self.reason = Button(NO_ANSWER, kind="quiet", parent=self)
        self.editor = editor_for(question, self._choices(), self, narrow=self.narrow)
        files = isinstance(self.editor, FileEditor)
        self.look = Button(LOOK, icon="eye", kind="quiet", parent=self) if files else None
        self._build()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        box(self._sides, space=theme.SPACE_CARD)
        layout = QVBoxLayout()
        box(layout, space=theme.SPACE_LABEL)
        self._sides.addLayout(layout, 1)
        head = QHBoxLayout()
        box(head, space=theme.SPACE_GROUP)
        head.addWidget(self.label, 1)
        self.reason.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.reason.setToolTip(plain_tip(REASON_KEY))
        head.addWidget(self.reason, 0, Qt.AlignmentFlag.AlignTop)
        if self.question.read_aloud:
            layout.addWidget(Label(_("Read aloud:"), "caption", parent=self))
        layout.addLayout(head)
        for hint in self.hints:
            layout.addWidget(hint)
        if self.editor is not None:
            layout.addWidget(self.editor)
            self.setFocusProxy(self.editor)
        layout.addWidget(self.none)
        if self.look is not None:
            layout.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.doubt)
        layout.addWidget(self.wrong)
        self._put_aside()

    def _put_aside(self) -> None:
        """Where the form explains anything, or was answered before, there is room for that beside each question."""
        if self.aside is None and self._interview.explains(self.path):
            self.aside = Aside(self._interview, self.question, self.path, self)
            self._sides.addWidget(self.aside)
            self._arrange()

    def _arrange(self) -> None:
        if self.aside is None:
            return
        beside = self.width() >= theme.px(BESIDE)
        way = QBoxLayout.Direction
        self._sides.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self.aside.setMinimumWidth(theme.px(WIDTH) if beside else 0)
        self.aside.setMaximumWidth(theme.px(WIDTH) if beside else self.maximumWidth())
        self.aside.setVisible(beside or self.aside.says)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    @property
    def _may_stay_open(self) -> bool:
        """Whether “not asked, refused, unknown” make sense here: where somebody answers."""
        said = self.question.kind in (QuestionKind.NOTE, QuestionKind.CALCULATE) or self.question.calculation
        return self.takes_answer and not said

    @property
    def takes_answer(self) -> bool:
        """Whether somebody answers here; what the form works out or holds fast is only read."""
        return self.editor is not None and not self._interview.sheet.readonly(self.path)

    def _connect(self) -> None:
        self.reason.clicked.connect(self.choose_reason)
        self.doubt.confirmed.connect(self._confirmed)
        if self.editor is not None:
            self.editor.edited.connect(self._edited)
            self.editor.begun.connect(lambda typed: self._interview.begin(self.path, typed))
            self.editor.left.connect(self._left)
            self.editor.settled.connect(self.wants_next)
        if self.look is not None:
            self.look.clicked.connect(lambda: self._interview.file_wanted.emit(self._interview.sheet.get(self.path)))
        self.recall()

    def recall(self) -> None:
        """The earlier answers and the attachments of the case are known now."""
        if isinstance(self.editor, FileEditor):
            self.editor.offer_files(self._interview.files)
            self._show_look()
        self._put_aside()
        if self.aside is not None:
            self.aside.recall()
            self._arrange()

    def _names(self) -> tuple[str, ...]:
        return tuple(choice.name for choice in self._interview.sheet.choices(self.path))

    def _choices(self) -> list[Choice]:
        offered = self._interview.sheet.choices(self.path)
        self._offered = self._names()
        return [Choice(each.name, self._interview.choice_words(each.label, each.name)) for each in offered]

    # what is said

    def refresh(self) -> None:
        """Look at the answers again: is this asked, what is offered, what stands there, what is wrong."""
        sheet = self._interview.sheet
        self.setVisible(sheet.relevant(self.path))
        if self.editor is not None:
            if self.question.choices is not None and self._offered != self._names():
                self.editor.offer(self._choices())
            self.none.setVisible(self.question.choices is not None and not self._offered)
            self.editor.show_value(sheet.get(self.path))
            self.editor.setEnabled(not sheet.readonly(self.path) or self.question.kind is QuestionKind.CALCULATE)
        self._show_reason(sheet.missing(self.path))
        self._show_look()
        self._show_words()
        self.show_wrong()

    def _show_reason(self, reason: str) -> None:
        self.reason.setVisible(self._may_stay_open or bool(reason))
        self.reason.say(REASONS.get(reason, NO_ANSWER))
        self.reason.set_icon("check" if reason else "")

    def _show_look(self) -> None:
        """An answer that names an attachment of the case leads to it."""
        if self.look is not None:
            self.look.setVisible(self._interview.sheet.get(self.path) in self._interview.files)

    def _show_words(self) -> None:
        self.label.suffix = " *" if self._interview.sheet.required(self.path) else ""
        for words in (self.label, *self.hints):
            words.retranslate()
        self._name_editor()

    def show_wrong(self) -> None:
        """Say what is wrong or doubtful, once the person has been here or wanted to save."""
        told = self.touched or self._interview.strict
        wrong = self._interview.sheet.error(self.path) if told else None
        self.wrong.say(wrong)
        self.wrong.setVisible(wrong is not None)
        self.doubt.show_doubt(self._interview.doubt(self.path) if told and wrong is None else None, self.editor)
        self._name_editor()

    def _name(self) -> str:
        """What a screen reader calls the question."""
        return self.label.text().removesuffix(" *") or self.question.name

    def _name_editor(self) -> None:
        if self.editor is None:
            return
        required = language.text(REQUIRED) if self.label.suffix else ""
        guidance = self.aside.said() if self.aside is not None else ""
        parts = (required, *(hint.text() for hint in self.hints), guidance, self.doubt.text(), self.wrong.text())
        self.editor.name(self._name(), ". ".join(part for part in parts if part))

    def speak(self) -> None:
        """The form speaks another language now."""
        if self.editor is not None:
            self.editor.speak()
        if self.aside is not None:
            self.aside.speak()
        self._show_words()
        self.show_wrong()

    def retranslate(self) -> None:
        if hasattr(self, "editor"):
            self._name_editor()

    # what is done

    @Slot(str)
    def _edited(self, value: str) -> None:
        self._interview.answer(self.path, value)

    @Slot()
    def _left(self) -> None:
        """A repeat that goes takes the keyboard out of its questions: of those nothing is said any more."""
        self.touched = True
        if self._interview.is_there(self.path):
            self.show_wrong()

    @Slot()
    def _confirmed(self) -> None:
        """The unusual answer is right; the keyboard goes on."""
        self._interview.confirm(self.path)
        self.show_wrong()
        self.wants_next.emit()

    @Slot()
    def choose_reason(self) -> None:
        """Offer the reasons why there is no answer."""
        if not self._may_stay_open:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for code, words in (*REASONS.items(), ("", ANSWERED)):
            action = QAction(language.text(words), menu)
            action.triggered.connect(lambda _checked=False, one=code: self.leave_open(one))
            menu.addAction(action)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.reason.mapToGlobal(QPoint(0, self.reason.height())))

    def leave_open(self, reason: str) -> None:
        """There is no answer, for this reason; "" opens the question again."""
        self._interview.leave_open(self.path, reason)
        self.touched = True
        self.refresh()


class NoteView(Retranslated, QWidget):
    """Words of the form itself; those that warn cannot be overlooked."""

    def __init__(self, interview: Interview, question: Question, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._interview = interview
        self.question = question
        self.path = path
        self.said = interview.said(path, question.label)
        self.banner = Banner(self.said, "warn" if question.relevant is not None else "info", parent=self)
        layout = QVBoxLayout(self)
        box(layout)
        layout.addWidget(self.banner)
        self.refresh()

    def refresh(self) -> None:
        """Look at the answers again."""
        self.setVisible(self._interview.sheet.relevant(self.path))
        self.banner.sentence.retranslate()

    def speak(self) -> None:
        """The form speaks another language now."""
        self.banner.sentence.retranslate()
