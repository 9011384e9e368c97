"""Whom somebody looks for beside who may be them: a supervisor decides, and whoever is found is asked first."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.persons import look_for_sought, open_person
from kzcase.actions.tracing import DecideMatch, FoundAnswers, decide_match, found_answers
from kzcase.domain.errors import KzcaseError
from kzcase.domain.tracing import SoughtRow
from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.pages import BuiltDialog
from kzcase.ui.people.side_card import SideCard
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, EmptyState, ScrollPage, box, inside
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.fields import FieldRow, TextArea
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

TITLE: Final = _("Whom somebody looks for")
NOBODY: Final = _("Nobody known looks like somebody who is sought.")
FOUND: Final = _("Found. Ask them apart, before anybody learns of it: what may be told? Nothing, if unsure.")
HINT: Final = _(
    "Ask where nobody else hears it. They may say no without a reason; whoever asks then gets the same letter as if "
    "nobody had been found."
)


class SoughtDialog(BuiltDialog):
    """Goes through those who may be a sought person, one after the other."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office
        self.rows: list[SoughtRow] = []
        self.resize(QSize(theme.px(1000), theme.px(640)))
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout)
        page = ScrollPage(self)
        layout.addWidget(page)
        parent = inside(page.body)
        self.header = PageHeader(TITLE, None, parent=parent)
        self.said = Banner(FOUND, "info", parent=parent)
        self.said.hide()
        self.why = Label(None, wrap=True, parent=parent)
        for each in (self.header, self.said, self.why):
            page.body.addWidget(each)
        yield
        columns = Columns((1, 1), narrow=620, parent=parent)
        page.body.addWidget(columns)
        self.sides = [SideCard(self._office, inside(each)) for each in (columns.left, columns.right)]
        columns.left.addWidget(self.sides[0])
        columns.right.addWidget(self.sides[1])
        yield
        self.them = Button(_("This is the person"), kind="primary", icon="check", parent=parent)
        self.other = Button(_("Somebody else"), icon="users", parent=parent)
        self.answer = Button(_("What they answered"), kind="primary", icon="pencil", parent=parent)
        self.later = Button(_("Decide later"), kind="quiet", parent=parent)
        line = Flow(space=theme.SPACE_GROUP)
        for button in (self.them, self.answer, self.other, self.later):
            line.addWidget(button)
        page.body.addLayout(line)
        self.nobody = EmptyState("users", NOBODY, parent=parent)
        page.body.addWidget(self.nobody)
        page.body.addStretch(1)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        self.them.clicked.connect(lambda: self._decide(found=True))
        self.other.clicked.connect(lambda: self._decide(found=False))
        self.later.clicked.connect(self._next)
        self.answer.clicked.connect(self._answer)

    def refresh(self) -> None:
        """Look again who may be sought; that takes a while, so it is long work."""
        self._work.long(lambda book, _progress: look_for_sought(book), self._take, _("Comparing people"), owner=self)

    def _take(self, rows: Sequence[SoughtRow]) -> None:
        self.rows = list(rows)
        self._show()

    @Slot()
    def _next(self) -> None:
        self.rows = [*self.rows[1:], *self.rows[:1]]
        self._show()

    def _show(self) -> None:
        row = self.rows[0] if self.rows else None
        self.nobody.setVisible(row is None)
        for each in (*self.sides, self.other, self.later, self.why):
            each.setVisible(row is not None)
        self.them.setVisible(row is not None and not row.found)
        self.answer.setVisible(row is not None and row.found)
        if row is not None and row.found:
            self.said.say(FOUND, "info")
        self.said.setVisible(row is not None and row.found)
        if row is None:
            return
        self.header.set_title(TITLE, _("request {number}; {count} to decide", number=row.number, count=len(self.rows)))
        why = "; ".join(language.text(self._office.said("match_reason", each)) for each in row.other.why)
        self.why.say(_("Why they stand here: {reasons}", reasons=why))
        for side, alike in zip(self.sides, (row.sought, row.other), strict=True):
            self._ask(side, alike.person)

    def _ask(self, side: SideCard, person: str) -> None:
        self._work.look(
            lambda book: open_person(book, person), side.show_person, self._refused, key=f"side {id(side)}", owner=side
        )

    def _decide(self, *, found: bool) -> None:
        row = self.rows[0]
        wish = DecideMatch(tracing=row.tracing, person=row.other.person, found=found)
        self._work.do(lambda book: decide_match(book, wish), lambda _done: self.refresh(), self._refused, owner=self)

    @Slot()
    def _answer(self) -> None:
        if self.rows:
            answer_dialog(self._work, self._office, self.rows[0], self).open()

    def _refused(self, error: KzcaseError) -> None:
        banner_error(self.said, error)
        self.said.show()


def answer_dialog(work: Work, office: Office, row: SoughtRow, parent: QWidget) -> FormDialog:
    """What the found person answered."""
    rows = {
        "answer": FieldRow(_("What may be told"), CodeCombo(office.choices("found_answer")), required=True),
        "message": FieldRow(_("Their message, word for word"), TextArea(lines=3)),
    }

    def act(book: Any, said: Mapping[str, str]) -> Any:
        facts = {"answer": said["answer"], "message": said["message"]}
        return found_answers(book, FoundAnswers(tracing=row.tracing, person=row.other.person, **facts))

    return FormDialog(
        work,
        _("What they answered"),
        rows,
        (("answer",), ("message",)),
        _("Write down"),
        act,
        needed=("answer",),
        hint=HINT,
        parent=parent,
    )
