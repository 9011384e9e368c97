"""Whom somebody looks for beside who may be them: a supervisor decides, and whoever is found is asked first."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.persons import look_for_sought
from kzcase.actions.tracing import DecideMatch, FoundAnswers, decide_match, found_answers
from kzcase.domain.person_rows import AlikeRow
from kzcase.domain.tracing import SoughtRow
from kzcase.i18n import Words, _
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office
from kzcase.ui.people.side_by_side import SideBySide
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.fields import FieldRow, TextArea
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work

TITLE: Final = _("Whom somebody looks for")
NOBODY: Final = _("Nobody known looks like somebody who is sought.")
FOUND: Final = _("Found. Ask them apart, before anybody learns of it: what may be told? Nothing, if unsure.")
HINT: Final = _(
    "Ask where nobody else hears it. They may say no without a reason; whoever asks then gets the same letter as if "
    "nobody had been found."
)


class SoughtDialog(SideBySide[SoughtRow]):
    """Goes through those who may be a sought person, one after the other."""

    def look_for(self) -> Callable[[Any], Sequence[SoughtRow]]:
        return look_for_sought

    def head(self, parent: QWidget) -> tuple[PageHeader, Banner]:
        return PageHeader(TITLE, None, parent=parent), Banner(FOUND, "info", parent=parent)

    def choices(self, parent: QWidget) -> tuple[Button, ...]:
        self.them = Button(_("This is the person"), kind="primary", icon="check", parent=parent)
        self.answer = Button(_("What they answered"), kind="primary", icon="pencil", parent=parent)
        self.other = Button(_("Somebody else"), icon="users", parent=parent)
        self.them.clicked.connect(lambda: self._decide(found=True))
        self.other.clicked.connect(lambda: self._decide(found=False))
        self.answer.clicked.connect(self._answer)
        return self.them, self.answer, self.other

    def nobody_words(self) -> Words:
        return NOBODY

    def both(self, row: SoughtRow) -> tuple[AlikeRow, AlikeRow]:
        return row.sought, row.other

    def say(self, row: SoughtRow | None) -> None:
        found = row is not None and row.found
        self.other.setVisible(row is not None)
        self.them.setVisible(row is not None and not found)
        self.answer.setVisible(found)
        if found:
            self.said.say(FOUND, "info")
        self.said.setVisible(found)
        self.header.set_title(TITLE, self._left(row))

    def _left(self, row: SoughtRow | None) -> Words | None:
        """Which request this is about, and how many pairs are left; nothing where none is."""
        if row is None:
            return None
        return _("request {number}; {count} to decide", number=row.number, count=len(self.rows))

    def _decide(self, *, found: bool) -> None:
        row = self.rows[0]
        wish = DecideMatch(tracing=row.tracing, person=row.other.person, found=found)
        self._work.do(lambda book: decide_match(book, wish), lambda _done: self.refresh(), self.refused, owner=self)

    @Slot()
    def _answer(self) -> None:
        if self.rows:
            answer_dialog(self._work, self._office, self.rows[0], self).open()


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
