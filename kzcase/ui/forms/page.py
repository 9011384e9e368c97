"""The form screen: any form in any of its languages, filled in with the keyboard alone, kept while it is typed."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.corrections import CorrectForm, correct_form
from kzcase.actions.forms import AnswerForm, answer_form
from kzcase.actions.wishes import Done
from kzcase.domain.errors import AnswersWrong, KzcaseError
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.correcting import correction
from kzcase.forms.given_paths import unmistakable
from kzcase.i18n import Words, _, ngettext
from kzcase.ui import language, messages, theme
from kzcase.ui.drafts import place
from kzcase.ui.forms.filling import Filling
from kzcase.ui.forms.interview import Interview
from kzcase.ui.forms.opening import Beside, Opened, open_form, read_beside
from kzcase.ui.forms.printing import PrintFormDialog
from kzcase.ui.leaving import LeaveWords, leave
from kzcase.ui.pages import Page
from kzcase.ui.slices import Steps, painted_later
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

LEAVE: Final = LeaveWords(
    _("Leave this form?"),
    _("The answers are not saved yet and will be lost."),
    _("Leave without saving"),
    _("Go on with the form"),
)
NO_LONGER_FITS: Final = _("What was kept does not fit this version of the form any more.")
UNCHECKED: Final = _("No native reader has checked this translation yet.")
KEYS: Final = _("Enter: next question. F4: no answer.")


class FormPage(Page):
    """Fills in one form for one case, or corrects a stored `sheet` of it. `saved` carries the id of the sheet,
    `attachment_wanted` the case and what an attachment of it is called.

    The language of the interview has nothing to do with that of the window; both change without losing anything.
    """

    saved = Signal(str)
    closed = Signal()
    attachment_wanted = Signal(str, str)

    def __init__(
        self, work: Work, case_id: str, form_id: str, *, sheet: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(work, parent)
        self._case, self._form_id, self._sheet = case_id, form_id, sheet
        self._before: AnswerSheet | None = None
        self._saving = False
        self._checked: frozenset[str] = frozenset()
        self._waiting: Mapping[str, str] = {}
        self.interview: Interview | None = None
        self.filling: Filling | None = None
        self.build(self._steps())

    def _steps(self) -> Steps:
        self._layout = QVBoxLayout(self)
        box(self._layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self.save = Button(_("Save the form"), kind="primary", icon="save", shortcut="Ctrl+S", parent=self)
        self.print = Button(_("Print"), icon="printer", shortcut="Ctrl+P", parent=self)
        self.back = Button(_("Close"), kind="quiet", icon="x", parent=self)
        for button, act in ((self.save, self._save), (self.print, self._print), (self.back, self._leave)):
            button.clicked.connect(act)
        yield
        others = (self.back, self.print)
        self.header = PageHeader(_("Form"), KEYS, primary=self.save, others=others, parent=self)
        self.told = Banner(_("Form"), "warn", parent=self)
        self.unchecked = Banner(UNCHECKED, "info", parent=self)
        for banner in (self.told, self.unchecked):
            banner.hide()
        self.opening = Label(_("Opening the form …"), "meta", parent=self)
        for widget in (self.header, self.told, self.unchecked, self.opening):
            self._layout.addWidget(widget)
        self._layout.addStretch(1)
        for button in (self.save, self.print):
            button.setEnabled(False)

    def stands(self) -> None:
        case, form, sheet = self._case, self._form_id, self._sheet
        self._work.ask(lambda reader: open_form(reader, case, form, sheet), self._open, self._refused, owner=self)

    def _open(self, opened: Opened) -> None:
        self._work.slices.do(self._opened(opened), self)

    def _opened(self, opened: Opened) -> Steps:
        """The form with the part one begins in is made ready first, then shown."""
        interview = Interview(opened.form, opened.now, opened.spoken or language.current(), self)
        if opened.told is not None:
            stored, self._before = opened.told.stored, opened.told.sheet
            interview.correct(stored.answers, stored.missing, stored.confirmed)
            yield
        fits = self._taken_back(interview)
        yield
        filling = Filling(interview, self._work.slices, self)
        filling.hide()
        self._checked = opened.checked
        yield
        part = self._waiting.get("part", "")
        number = int(part) if part.isdigit() and int(part) < len(filling.sections) else 0
        yield from filling.prepared(number)
        self.interview, self.filling = interview, filling
        self._waiting = {}
        painted_later(self)
        self._show(opened.number)
        yield
        if not fits:
            self.told.say(NO_LONGER_FITS, "warn")
        filling.begin(number)
        yield
        case, form, sheet = self._case, self._form_id, self._sheet
        self._work.ask(lambda reader: read_beside(reader, case, form, sheet), self._recall, _alone, owner=self)

    def _recall(self, beside: Beside) -> None:
        if self.interview is not None:
            self.interview.recall(*beside)

    def _taken_back(self, interview: Interview) -> bool:
        """What was kept is put back; False where it does not fit any more."""
        if not self._waiting:
            return True
        try:
            interview.take_back(self._waiting)
        except KzcaseError:
            return False
        return True

    def _show(self, number: str) -> None:
        assert self.interview is not None
        assert self.filling is not None
        for said in (self.interview.changed, self.interview.spoken, self.interview.begun):
            said.connect(self._tell)
        self.interview.file_wanted.connect(lambda name: self.attachment_wanted.emit(self._case, name))
        self.interview.spoken.connect(self._say_unchecked)
        self._say_unchecked()
        self._tell()
        self.opening.hide()
        self._layout.takeAt(self._layout.count() - 1)
        self._layout.addWidget(self.filling, 1)
        self.filling.show()
        self.header.set_title(self.interview.title(), _("Case {number}. {keys}", number=number, keys=KEYS))
        for button in (self.save, self.print):
            button.setEnabled(True)

    @Slot()
    def _say_unchecked(self) -> None:
        """A text in a language of clients may be wrong until a native reader has looked at it."""
        if self.interview is not None:
            unchecked = {*self.interview.form.further_languages} - self._checked
            self.unchecked.setVisible(self.interview.language in unchecked)

    def _refused(self, error: KzcaseError) -> None:
        self.opening.hide()
        self.save.setEnabled(self.interview is not None and not self._saving)
        messages.banner_error(self.told, error)

    def retranslate(self) -> None:
        if hasattr(self, "header"):
            self.header.title.retranslate()

    # saving

    @Slot()
    def _save(self) -> None:
        if self.interview is None or self.filling is None or self._saving:
            return
        wrong = self.interview.errors()
        if wrong:
            self._show_wrong(len(wrong))
            self.filling.show_wrong(next(iter(wrong)))
            return
        doubts = self.interview.doubts()
        if doubts:
            self.told.say(_unusual(len(doubts)), "warn")
            self.filling.show_wrong(next(iter(doubts)))
            return
        self._saving = True
        self.save.setEnabled(False)
        self._work.do(self._errand(), self._saved, self._failed, owner=self)

    def _errand(self) -> Callable[[Any], Done]:
        """What the writer is asked to do: store the sheet, or correct the stored one."""
        if self._before is not None:
            correct = self._correction()
            return lambda book: correct_form(book, correct)
        answers = self._answers()
        return lambda book: answer_form(book, answers)

    def _answers(self) -> AnswerForm:
        assert self.interview is not None
        sheet = self.interview.sheet
        return AnswerForm(
            case=self._case,
            form=self._form_id,
            version=sheet.form.version,
            answers={
                unmistakable(sheet, path): value
                for path, value in {**dict.fromkeys(sheet.emptied(), ""), **sheet.values()}.items()
            },
            missing={unmistakable(sheet, path): reason for path, reason in sheet.reasons().items()},
            confirmed=[unmistakable(sheet, path) for path in sheet.confirmed()],
            language=self.interview.language,
        )

    def _correction(self) -> CorrectForm:
        """Only what is other than before."""
        assert self.interview is not None
        assert self._before is not None
        changed = correction(self._before, self.interview.sheet)
        return CorrectForm(
            sheet=self._sheet,
            answers=dict(changed.answers),
            missing=dict(changed.missing),
            removed=[path for path in changed.removed if self._was_stored(path)],
            confirmed=list(changed.confirmed),
        )

    def _was_stored(self, repeat: str) -> bool:
        """An instance nobody said anything in was never stored; the form made it by itself."""
        assert self._before is not None
        said = (*self._before.values(journal=True), *self._before.reasons(journal=True))
        return any(path.startswith(f"{repeat}/") for path in said)

    def _show_wrong(self, count: int) -> None:
        said = ngettext("{count} answer is missing or wrong.", "{count} answers are missing or wrong.", count)
        self.told.say(said, "warn")

    def _saved(self, done: Done) -> None:
        self._saving = False
        self.interview = None
        self._tell()
        self.saved.emit(self._sheet or done.ids["sheet"].hex())

    def _failed(self, error: KzcaseError) -> None:
        self._saving = False
        self._refused(error)
        if isinstance(error, AnswersWrong) and self.filling is not None and self.interview is not None:
            self._show_wrong(len(error.problems))
            self.filling.show_wrong(self.interview.sheet.journal_path(error.problems[0].place))

    # paper

    @Slot()
    def _print(self) -> None:
        if self.interview is not None:
            spoken = self.interview.language
            PrintFormDialog(self._work, self._case, self._form_id, spoken, self.has_unsaved(), self).open()

    # the keyboard, leaving, drafts

    def take_keyboard(self) -> None:
        """The keyboard comes to where it was in the form."""
        if self.filling is not None:
            self.filling.take_keyboard()
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def has_unsaved(self) -> bool:
        """Is there anything said that is not saved yet?"""
        return bool(self.draft())

    @Slot()
    def _leave(self) -> None:
        leave(self, self.draft(), LEAVE, self._drop)

    @Slot()
    def _drop(self) -> None:
        self.interview = None
        self._tell()
        self.closed.emit()

    @Slot()
    def _tell(self) -> None:
        self._work.typed.emit(self)

    def draft_place(self) -> str:
        """Where unsaved typing belongs."""
        return place("form", self._case, self._form_id, *((self._sheet,) if self._sheet else ()))

    def draft(self) -> Mapping[str, str]:
        """Answers, reasons and the language; empty when nothing was said yet."""
        if self.interview is None or self.filling is None:
            return self._waiting
        kept = self.interview.kept()
        return {**kept, "part": str(self.filling.number)} if kept else {}

    def restore(self, content: Mapping[str, str]) -> None:
        """Put the answers back as they were; a draft that no longer fits the form is said to be so."""
        if self.interview is None or self.filling is None:
            self._waiting = content
            return
        try:
            self.interview.take_back(content)
        except KzcaseError:
            self.told.say(NO_LONGER_FITS, "warn")
            return
        part = content.get("part", "")
        self.filling.go(int(part) if part.isdigit() else 0)


def _alone(_error: KzcaseError) -> None:
    """The form can be filled in without what would stand beside it."""


def _unusual(count: int) -> Words:
    return ngettext(
        "{count} answer is unusual. Please look at it again; if it is right, say so there.",
        "{count} answers are unusual. Please look at them again; if they are right, say so there.",
        count,
    )
