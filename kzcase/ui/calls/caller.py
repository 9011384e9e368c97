"""Who calls: whether the number called before, and the word to ask. Whose number it is stays hidden until then."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.calling_in import CheckCaller, check_caller, open_without_word
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.limits import LONGEST_NUMBER
from kzcase.domain.line_rows import CallerAnswer, KnownCaller
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.queries.callers import caller_answer, known_caller
from kzcase.ui import language
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office, joined
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

WAIT_KEY: Final = "call/known"
ASK: Final = _("This may be somebody we know. Ask for the word. Say no name.")
NO_WORD: Final = _(
    "This may be somebody we know, and no word is agreed. Say no name. The case opens only for a reason."
)
RIGHT: Final = _("The word is right.")
WRONG: Final = _("This is not the word. Ask once more, or help without the case.")
COVER: Final = _("Please go on with the lines beside.")


class CallerCard(Card):
    """`case_wanted` carries the case after the right word, `cover` comes when the lines beside have to change."""

    case_wanted = Signal(str)
    cover = Signal()
    typed = Signal()

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Who calls"), parent)
        self._work, self._office = work, office
        self._case = ""
        self.number = LineEdit(digits=True, max_length=LONGEST_NUMBER)
        self.nickname = LineEdit()
        self.word = LineEdit()
        self.known = Label(None, "meta", wrap=True, parent=self)
        self.told = Banner(ASK, "warn", parent=self)
        self.number_row = FieldRow(_("Number on the display"), self.number, _("Looked up, not kept."), parent=self)
        self.nickname_row = FieldRow(_("What we call them"), self.nickname, _("Never a name."), parent=self)
        self.word_row = FieldRow(_("The word they say"), self.word, parent=self)
        self.check = Button(_("Compare"), icon="check", parent=self)
        self.reason = CodeCombo(office.choices("look_reason"))
        self.reason_row = FieldRow(_("No word, because"), self.reason, _("It is entered in the log."), parent=self)
        self.without = Button(_("Open without the word"), kind="quiet", icon="folder-open", parent=self)
        self.open = Button(_("Open the case"), icon="folder-open", parent=self)
        self.asked = (self.told, self.word_row, self.check, self.reason_row, self.without)
        for widget in (self.number_row, self.known, *self.asked, self.open, self.nickname_row):
            self.add(widget)
        self.number.textChanged.connect(self._look)
        self.nickname.textChanged.connect(self._look)
        self.word.returnPressed.connect(self._compare)
        self.check.clicked.connect(self._compare)
        self.reason.chosen.connect(lambda code: self.without.setEnabled(bool(code)))
        self.without.clicked.connect(self._open_without)
        self.open.clicked.connect(lambda: self.case_wanted.emit(self._case))
        self.clear()

    def clear(self) -> None:
        """Nobody calls."""
        self._case = ""
        for field in (self.number, self.nickname, self.word):
            field.clear()
        self._ask_word(False)
        self.known.hide()

    def _ask_word(self, wanted: bool) -> None:
        for widget in self.asked:
            widget.setVisible(wanted)
        self.reason.set_code("")
        self.without.setEnabled(False)
        self.open.hide()
        if wanted:
            self.told.say(ASK, "warn")

    @Slot()
    def _look(self, *_typed: object) -> None:
        self.typed.emit()
        number, nickname = self.number.text(), self.nickname.text()
        self._work.ask(lambda reader: known_caller(reader, number, nickname), self._tell, key=WAIT_KEY, owner=self)

    def _tell(self, known: KnownCaller) -> None:
        self._ask_word(known.ask_word)
        if known.ask_word and not known.has_word:
            self.told.say(NO_WORD, "warn")
        self.known.setVisible(bool(known.calls) or known.open_call_back)
        self.known.say(self._said(known))

    def _said(self, known: KnownCaller) -> Words:
        before = ngettext("{count} call before", "{count} calls before", known.calls)
        topics = verbatim(joined(self._office.said("call_topic", each) for each in known.topics))
        last = verbatim(language.shown(known.last) if known.last else "")
        said = _("{before}, the last on {last}: {topics}", before=before, last=last, topics=topics)
        if known.open_call_back:
            waiting = _("A call-back is promised.")
            return _("{first} {second}", first=said, second=waiting) if known.calls else waiting
        return said

    @Slot()
    def _compare(self) -> None:
        if self.word.text().strip() and self.number.text().strip():
            wish = CheckCaller(number=self.number.text(), word=self.word.text())
            self._work.do(lambda book: check_caller(book, wish), self._compared, self._refused, owner=self)

    @Slot()
    def _open_without(self) -> None:
        """A reason in place of the word; who calls is seen only in the case that opens."""
        number, reason = self.number.text(), self.reason.code() or ""
        if number.strip() and reason:
            job = partial(open_without_word, number=number, reason=reason)
            self._work.look(job, self._opened, self._refused, owner=self)

    def _opened(self, case: bytes) -> None:
        self.case_wanted.emit(case.hex())

    def _compared(self, done: Done) -> None:
        check = done.ids["check"].hex()
        self._work.ask(lambda reader: caller_answer(reader, check), self._show_answer, owner=self)

    def _show_answer(self, answer: CallerAnswer) -> None:
        self.word.clear()
        self._case = answer.case or ""
        self.open.setVisible(bool(self._case))
        match answer.result:
            case "right":
                self.told.say(RIGHT, "ok")
            case "cover":
                self.told.say(COVER, "info")
                self.cover.emit()
            case _:
                self.told.say(WRONG, "warn")

    def _refused(self, error: KzcaseError) -> None:
        banner_error(self.told, error)
