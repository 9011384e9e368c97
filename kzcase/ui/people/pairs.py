"""People who may be one, side by side: a supervisor says “one person” or “two people”; both can be taken back."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.persons import look_for_pairs, open_person
from kzcase.actions.same_people import MergePeople, TellApart, merge_people, tell_apart
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.person_rows import PairRow
from kzcase.i18n import Words, _
from kzcase.ui import language, theme
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.pages import BuiltDialog
from kzcase.ui.people.side_card import SideCard
from kzcase.ui.people.sought import TITLE as SOUGHT
from kzcase.ui.people.sought import SoughtDialog
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, EmptyState, ScrollPage, box, inside
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

NOBODY: Final = _("Nobody new looks like somebody known before.")
MERGED: Final = _("One person from now on. Everything about both stays; it can be taken back at any time.")
APART: Final = _("Two people. Nobody is asked about them again.")


class PairsDialog(BuiltDialog):
    """Goes through the pairs one after the other."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office
        self.pairs: list[PairRow] = []
        self._done: Done | None = None
        self.resize(QSize(theme.px(1000), theme.px(640)))
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout)
        page = ScrollPage(self)
        layout.addWidget(page)
        parent = inside(page.body)
        self.sought = Button(SOUGHT, kind="quiet", icon="search", parent=parent)
        self.header = PageHeader(_("Perhaps the same person"), None, others=(self.sought,), parent=parent)
        self.undo = Button(_("Take it back"), icon="undo-2", kind="quiet", parent=parent)
        self.said = Banner(MERGED, "ok", action=self.undo, parent=parent)
        self.said.hide()
        page.body.addWidget(self.header)
        page.body.addWidget(self.said)
        yield
        self.why = Label(None, wrap=True, parent=parent)
        page.body.addWidget(self.why)
        columns = Columns((1, 1), narrow=620, parent=parent)
        page.body.addWidget(columns)
        self.sides = [SideCard(self._office, inside(each)) for each in (columns.left, columns.right)]
        columns.left.addWidget(self.sides[0])
        columns.right.addWidget(self.sides[1])
        yield
        self.one = Button(_("One person"), kind="primary", icon="git-merge", parent=parent)
        self.two = Button(_("Two people"), icon="users", parent=parent)
        self.later = Button(_("Decide later"), kind="quiet", parent=parent)
        line = Flow(space=theme.SPACE_GROUP)
        for button in (self.one, self.two, self.later):
            line.addWidget(button)
        page.body.addLayout(line)
        self.nobody = EmptyState("users", NOBODY, parent=parent)
        page.body.addWidget(self.nobody)
        page.body.addStretch(1)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        self.one.clicked.connect(lambda: self._decide(merge_people, MergePeople, MERGED))
        self.two.clicked.connect(lambda: self._decide(tell_apart, TellApart, APART))
        self.later.clicked.connect(self._next)
        self.sought.clicked.connect(lambda *_checked: SoughtDialog(self._work, self._office, self.window()).open())
        self.undo.clicked.connect(self._take_back)

    def refresh(self) -> None:
        """Look again who is alike; that takes a while, so it is long work."""
        self._work.long(lambda book, _progress: look_for_pairs(book), self._take, _("Comparing people"), owner=self)

    def _take(self, pairs: Sequence[PairRow]) -> None:
        self.pairs = list(pairs)
        self._show()

    @Slot()
    def _next(self) -> None:
        self.pairs = [*self.pairs[1:], *self.pairs[:1]]
        self._show()

    def _show(self) -> None:
        pair = self.pairs[0] if self.pairs else None
        self.nobody.setVisible(pair is None)
        for each in (*self.sides, self.one, self.two, self.later, self.why):
            each.setVisible(pair is not None)
        if pair is None:
            return
        self.header.set_title(_("Perhaps the same person"), _("{count} to decide", count=len(self.pairs)))
        why = "; ".join(language.text(self._office.said("match_reason", each)) for each in pair.second.why)
        self.why.say(_("Why they stand here: {reasons}", reasons=why))
        for side, row in zip(self.sides, (pair.first, pair.second), strict=True):
            self._ask(side, row.person)

    def _ask(self, side: "SideCard", person: str) -> None:
        self._work.look(
            lambda book: open_person(book, person), side.show_person, self._refused, key=f"side {id(side)}", owner=side
        )

    def _decide(self, act: Any, wish: Any, said: Words) -> None:
        pair = self.pairs[0]
        made = wish(person=pair.first.person, other=pair.second.person)
        self._work.do(lambda book: act(book, made), lambda done: self._decided(done, said), self._refused, owner=self)

    def _decided(self, done: Done, said: Words) -> None:
        self._done = done
        self.said.say(said, "ok")
        self.undo.show()
        self.pairs = self.pairs[1:]
        self._show()

    @Slot()
    def _take_back(self) -> None:
        if self._done is not None:
            wish = UndoAct(of=self._done.act.hex())
            self._work.do(lambda book: undo_act(book, wish), lambda _done: self._back(), self._refused, owner=self)

    def _back(self) -> None:
        self._done = None
        self.said.hide()
        self.refresh()

    def _refused(self, error: KzcaseError) -> None:
        banner_error(self.said, error)
        self.undo.hide()
