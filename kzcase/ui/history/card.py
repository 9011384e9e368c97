"""What was done on a case, newest first; what can be taken back is taken back from here."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.history import UndoAct, undo_act
from kzcase.domain.rows import HistoryRow
from kzcase.i18n import Words, _, ngettext, on_the_wall, verbatim
from kzcase.journal.kinds import KINDS, Undo
from kzcase.queries.history import case_history
from kzcase.ui import theme
from kzcase.ui.messages import ask
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.timeline import Moment, Timeline
from kzcase.ui.work import Work

HISTORY: Final = _("History")
ROWS_SEEN: Final = 5
ICONS: Final = {
    "case": "folder-open", "person": "user", "name": "user", "phone": "phone", "note": "pencil", "task": "list-checks",
    "form": "clipboard-list", "call": "phone-incoming", "consent": "handshake", "referral": "send", "paper": "printer",
    "act": "undo-2",
}  # fmt: skip


class HistoryCard(Card):
    """The timeline of one case, and the button that undoes the act one stands on."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(HISTORY, parent)
        self._work = work
        self._rows: tuple[HistoryRow, ...] = ()
        self.timeline = Timeline(name=HISTORY, parent=self)
        self.undo = Button(_("Undo"), kind="quiet", icon="undo-2", parent=self)
        self.undo.setEnabled(False)
        self.undo.clicked.connect(self._ask_undo)
        self.head.addWidget(self.undo)
        self.add(self.timeline)
        self.timeline.selectionModel().currentChanged.connect(self._moved)
        self.timeline.opened.connect(lambda _id: self._ask_undo())
        self.redress()

    def redress(self) -> None:
        super().redress()
        if hasattr(self, "timeline"):
            self.timeline.setFixedHeight(theme.px(60) * ROWS_SEEN + theme.px(8))

    def show_case(self, case_id: str) -> None:
        """Show the history of this case."""
        self._work.ask(lambda reader: case_history(reader, case_id), self._show, key="history", owner=self)

    def _show(self, rows: Sequence[HistoryRow]) -> None:
        self._rows = tuple(reversed(rows))
        self.timeline.show_moments([_moment(row) for row in self._rows])
        self.undo.setEnabled(False)

    def _current(self) -> HistoryRow | None:
        index = self.timeline.currentIndex()
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, _current: QModelIndex, _before: QModelIndex) -> None:
        row = self._current()
        self.undo.setEnabled(row is not None and can_be_undone(row))

    @Slot()
    def _ask_undo(self) -> None:
        row = self._current()
        if row is None or not can_be_undone(row):
            return
        question = _("Undo “{what}”?", what=row.sentence)
        ask(question, _("Everything is set back as it was before. The history keeps both."), _("Undo"),
            lambda: self._undo(row.id), parent=self.window())  # fmt: skip

    def _undo(self, act_id: str) -> None:
        self._work.do(lambda book: undo_act(book, UndoAct(of=act_id)), changes=("history",))


def can_be_undone(row: HistoryRow) -> bool:
    """Whether acts of this kind can be taken back at all; whether this one still can, is said when it is tried."""
    return row.kind in KINDS and KINDS[row.kind].undo is Undo.INVERSE


def _moment(row: HistoryRow) -> Moment:
    detail: Words = verbatim(row.author)
    if row.operations > 1:
        detail = _("{author}, {changes}", author=row.author, changes=_changes(row.operations))
    if row.ahead:
        detail = _("{told}. A clock was ahead: the true day is not known.", told=detail)
    icon = ICONS.get(row.kind.partition(".")[0], "history")
    return Moment(row.id, _when(row), row.sentence, detail, icon)


def _changes(count: int) -> Words:
    return ngettext("{count} entry", "{count} entries", count)


def _when(row: Any) -> str:
    return on_the_wall(row.at)
