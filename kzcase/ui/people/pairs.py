"""People who may be one, side by side: a supervisor says “one person” or “two people”; both can be taken back."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.persons import look_for_pairs
from kzcase.actions.same_people import MergePeople, TellApart, merge_people, tell_apart
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.person_rows import AlikeRow, PairRow
from kzcase.i18n import Words, _
from kzcase.ui.people.side_by_side import SideBySide
from kzcase.ui.people.sought import TITLE as SOUGHT
from kzcase.ui.people.sought import SoughtDialog
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner
from kzcase.ui.widgets.headers import PageHeader

TITLE: Final = _("Perhaps the same person")
NOBODY: Final = _("Nobody new looks like somebody known before.")
MERGED: Final = _("One person from now on. Everything about both stays; it can be taken back at any time.")
APART: Final = _("Two people. Nobody is asked about them again.")


class PairsDialog(SideBySide[PairRow]):
    """Goes through the pairs one after the other."""

    _done: Done | None = None

    def look_for(self) -> Callable[[Any], Sequence[PairRow]]:
        return look_for_pairs

    def head(self, parent: QWidget) -> tuple[PageHeader, Banner]:
        self.sought = Button(SOUGHT, kind="quiet", icon="search", parent=parent)
        self.sought.clicked.connect(lambda *_checked: SoughtDialog(self._work, self._office, self.window()).open())
        self.undo = Button(_("Take it back"), icon="undo-2", kind="quiet", parent=parent)
        self.undo.clicked.connect(self._take_back)
        header = PageHeader(TITLE, None, others=(self.sought,), parent=parent)
        return header, Banner(MERGED, "ok", action=self.undo, parent=parent)

    def choices(self, parent: QWidget) -> tuple[Button, ...]:
        self.one = Button(_("One person"), icon="git-merge", parent=parent)
        self.two = Button(_("Two people"), icon="users", parent=parent)
        self.one.clicked.connect(lambda: self._decide(merge_people, MergePeople, MERGED))
        self.two.clicked.connect(lambda: self._decide(tell_apart, TellApart, APART))
        return self.one, self.two

    def nobody_words(self) -> Words:
        return NOBODY

    def both(self, row: PairRow) -> tuple[AlikeRow, AlikeRow]:
        return row.first, row.second

    def say(self, row: PairRow | None) -> None:
        for button in (self.one, self.two):
            button.setVisible(row is not None)
        self.header.set_title(TITLE, _("{count} to decide", count=len(self.rows)) if row is not None else None)

    def _decide(self, act: Any, wish: Any, said: Words) -> None:
        pair = self.rows[0]
        made = wish(person=pair.first.person, other=pair.second.person)
        self._work.do(lambda book: act(book, made), lambda done: self._decided(done, said), self.refused, owner=self)

    def _decided(self, done: Done, said: Words) -> None:
        self._done = done
        self.said.say(said, "ok")
        self.undo.show()
        self.rows = self.rows[1:]
        self.show_first()

    @Slot()
    def _take_back(self) -> None:
        if self._done is not None:
            wish = UndoAct(of=self._done.act.hex())
            self._work.do(lambda book: undo_act(book, wish), lambda _done: self._back(), self.refused, owner=self)

    def _back(self) -> None:
        self._done = None
        self.said.hide()
        self.refresh()

    def refused(self, error: KzcaseError) -> None:
        super().refused(error)
        self.undo.hide()
