"""Before anybody is called: the rules come first, and the number when somebody says that they have read them."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.actions.call_backs import show_call_number, show_number
from kzcase.domain.errors import KzcaseError
from kzcase.domain.line_rows import BeforeCalling, CallBackRow, CallingRule, NumberToCall
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.call_backs import before_calling
from kzcase.ui import language, theme
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.labels import Label, Selectable
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

Fact = tuple[Words, Any]
NOTHING: Final = _("not agreed")
CLOSED: Final = _("Nobody rings this number: it is in other hands, or its owner said so. Ask your supervisor.")


class NumberDialog(QDialog):
    """The rules first; `look` enters the look and gives the number. A `closed` number is not offered."""

    def __init__(
        self, work: Work, rules: Sequence[Fact], look: Callable[[Any], NumberToCall], parent: QWidget, *, closed: bool
    ) -> None:
        super().__init__(parent)
        self._work, self._look = work, look
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("kzcase")
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Before you call"), "title", parent=self))
        self.facts = FactList(self)
        self.facts.show_facts(rules)
        layout.addWidget(self.facts)
        self.said = Banner(_("Is it quiet around you? Then read the rules once more."), "info", parent=self)
        self.number = Selectable(None, "title", parent=self)
        self.number.hide()
        self.show_it = Button(_("I have read this: show the number"), kind="primary", icon="phone", parent=self)
        self.close_it = Button(_("Close"), parent=self)
        self.show_it.clicked.connect(self._ask)
        self.close_it.clicked.connect(self.reject)
        layout.addWidget(self.said)
        layout.addWidget(self.number)
        layout.addLayout(foot(self.close_it, self.show_it))
        self.setMinimumWidth(theme.px(480))
        if closed:
            self.show_it.hide()
            self.said.say(CLOSED, "danger")

    @Slot()
    def _ask(self) -> None:
        self._work.look(self._look, self._show, self._refused, owner=self)

    def _show(self, found: NumberToCall) -> None:
        self.show_it.hide()
        self.number.say(verbatim(found.number))
        self.number.show()
        if found.code_word:
            self.said.say(_("Say first: {word}", word=verbatim(found.code_word)), "warn")

    def _refused(self, error: KzcaseError) -> None:
        banner_error(self.said, error)


def call_back_number(work: Work, office: Office, row: CallBackRow, window: QWidget) -> NumberDialog:
    """The number of a promise."""
    rules, call_back = rules_of(row, office), row.id
    dialog = NumberDialog(work, rules, lambda book: show_number(book, call_back), window, closed=row.closed)
    dialog.open()
    return dialog


def call_number(work: Work, office: Office, call: str, window: QWidget) -> None:
    """The number the caller of a call left; what is to be read is asked first."""

    def show(before: BeforeCalling) -> None:
        said = list(_said_by_owners(before.theirs, office)) or [(_("Rule of this phone"), NOTHING)]
        NumberDialog(work, said, lambda book: show_call_number(book, call), window, closed=before.closed).open()

    work.ask(lambda reader: before_calling(reader, call), show, owner=window)


def rules_of(row: CallBackRow, office: Office) -> list[Fact]:
    """What must be known before somebody is called; nothing said is said too."""
    texts = (
        (_("Safe hours"), row.hours),
        (_("Who may answer"), row.who_may_answer),
        (_("Whom we say we are"), row.say_we_are),
    )
    word = _("agreed; it comes with the number") if row.code_word_agreed else NOTHING
    said: list[Fact] = [(label, verbatim(text) if text else NOTHING) for label, text in texts]
    due = _("{when}, in their time", when=verbatim(row.due_there))
    return [
        (_("Promised for"), due),
        *_said_by_owners(row.theirs, office),
        *said,
        (_("Code word"), word),
        (_("Language"), office.said("language", row.language)),
    ]


def _said_by_owners(rules: Iterable[CallingRule], office: Office) -> Iterable[Fact]:
    """What clients with this number said themselves, each in one line."""
    for rule in rules:
        first = ("phone_control", "controlled") if rule.controlled else ("safe_contact", rule.safe or "unknown")
        more = [_("When: {text}", text=rule.hours)] if rule.hours else []
        more += [_("May answer: {text}", text=rule.who_may_answer)] if rule.who_may_answer else []
        more += [_("Say that we are: {text}", text=rule.say_we_are)] if rule.say_we_are else []
        more += [_("A code word is agreed.")] if rule.word_agreed else []
        yield _("Rule of this phone"), verbatim("; ".join(map(language.text, (office.said(*first), *more))))
