"""What is to be done, the most urgent first: opened with Enter, done with one button, overdue never overlooked."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.cases import CompleteTask, complete_task
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError, NeedsReason
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import TaskRow
from kzcase.i18n import Words, _, ngettext
from kzcase.queries.office import open_tasks
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.messages import banner_error
from kzcase.ui.pages import Page
from kzcase.ui.rows_view import RowsView
from kzcase.ui.slices import Steps
from kzcase.ui.tables import MASKED, Column, fixed_rows, seen
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, EmptyState, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.work import Work, concerns

OVERDUE, OPEN, UNDATED = _("overdue"), _("open"), _("no date")
MOST: Final = 1_000
"""More open tasks than anybody can look at; the list says so when it is full."""


def task_words(row: TaskRow) -> object:
    """What is to be done; tasks of the program say it in the language of the window."""
    if "title" in row.masked:
        return MASKED
    return row.said


class TasksPage(Page):
    """Open tasks of everybody or one's own. `open_case` carries a case's id, `register_wanted` a register's name."""

    open_case = Signal(str)
    register_wanted = Signal(str)
    pairs_wanted = Signal()

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office_at(work)
        self._all: Sequence[TaskRow] = ()
        self._done: Done | None = None
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self.done = Button(_("Done"), kind="primary", icon="check", shortcut="Ctrl+D", parent=self)
        self.done.setVisible(self._office.may(Permission.WORK_ON_CASES))
        self.go = Button(_("Go to the case"), icon="folder-open", parent=self)
        self.alike = Button(_("Perhaps the same person"), icon="users", parent=self)
        self.alike.setVisible(self._office.may(Permission.MERGE_PEOPLE))
        self.header = PageHeader(_("Tasks"), primary=self.done, others=(self.alike, self.go), parent=self)
        layout.addWidget(self.header)
        self.mine, self.late = Check(_("Only mine"), parent=self), Check(_("Only overdue"), parent=self)
        self.undo = Button(_("Take it back"), icon="undo-2", kind="quiet", parent=self)
        self.told = Banner(_("Done"), "ok", action=self.undo, parent=self)
        self.told.hide()
        layout.addWidget(self.told)
        choose = QHBoxLayout()
        box(choose, space=theme.SPACE_CARD)
        choose.addWidget(self.mine)
        choose.addWidget(self.late)
        choose.addStretch(1)
        layout.addLayout(choose)
        yield
        self.card = Card(parent=self)
        layout.addWidget(self.card, 1)
        self.rows = fixed_rows(self._columns(), ())
        self.list = RowsView(self.rows, name=_("Tasks"), parent=self.card)
        self.card.add(self.list, 1)
        self.nothing = EmptyState("list-checks", _("Nothing is due. New tasks are written in a case."), parent=self)
        layout.addWidget(self.nothing, 1)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        self.done.clicked.connect(self._complete)
        self.undo.clicked.connect(self._take_back)
        self.alike.clicked.connect(self.pairs_wanted)
        self.go.clicked.connect(lambda: self._opened(self.list.current_row()))
        self.list.opened.connect(self._opened)
        self.mine.toggled.connect(self._choose)
        self.late.toggled.connect(self._choose)
        self._work.changed.connect(self._changed)

    def _columns(self) -> Sequence[Column]:
        return (
            Column(_("Due"), seen("due"), 110),
            Column(_("Status"), _state, 110, tone=_tone, whole=lambda: map(language.text, (OVERDUE, OPEN, UNDATED))),
            Column(_("Task"), task_words, 240, 3, strong=True),
            Column(_("Case"), seen("case_number"), 170, faint=True),
            Column(_("Worker"), seen("assignee"), 140, 1, priority=1),
        )

    @Slot()
    def refresh(self) -> None:
        """Ask again what is open."""
        self._work.ask(lambda reader: open_tasks(reader, MOST), self._take, key="tasks", owner=self)

    def _take(self, rows: Sequence[TaskRow]) -> None:
        self._all = rows
        self._choose()

    @Slot()
    def _choose(self, *_ticked: object) -> None:
        me = self._office.colleague
        shown = [
            row
            for row in self._all
            if (not self.mine.isChecked() or row.assignee == me) and (not self.late.isChecked() or row.overdue)
        ]
        place = max(self.list.currentIndex().row(), 0)
        self.rows.show_rows(shown)
        if shown:
            self.list.selectRow(min(place, len(shown) - 1))
        self.card.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.header.set_title(_("Tasks"), self._count(shown))
        for button in (self.done, self.go):
            button.setEnabled(bool(shown))

    def _count(self, shown: Sequence[TaskRow]) -> Words:
        late = sum(row.overdue for row in shown)
        said = ngettext("{count} open task", "{count} open tasks", len(shown))
        if not late:
            return said
        overdue = ngettext("{count} overdue", "{count} overdue ones", late)
        return _("{so_far}, {more}", so_far=said, more=overdue)

    @Slot()
    def _complete(self) -> None:
        row: Any = self.list.current_row()
        if row is not None and not row.case:
            self._opened(row)  # what the office has to do ends where it began
        elif row is not None:
            wish = CompleteTask(task=row.id)

            def refused(error: KzcaseError) -> None:
                if isinstance(error, NeedsReason):  # it is asked where the case is opened
                    self._opened(row)
                else:
                    self._refused(error)

            self._work.do(lambda book: complete_task(book, wish), self._completed, refused, owner=self)

    def _completed(self, done: Done) -> None:
        self._done = done
        self.told.say(_("Done, and written in the history of the case."), "ok")
        self.undo.show()

    @Slot()
    def _take_back(self) -> None:
        if self._done is not None:
            act = self._done.act.hex()
            self._work.do(lambda book: undo_act(book, UndoAct(of=act)), self._taken_back, self._refused, owner=self)

    def _taken_back(self, _undone: Done) -> None:
        self._done = None
        self.told.hide()

    def _refused(self, error: KzcaseError) -> None:
        self.undo.hide()
        banner_error(self.told, error)

    @Slot(object)
    def _opened(self, row: TaskRow | None) -> None:
        if row is not None and row.case:
            self.open_case.emit(row.case)
        elif row is not None:
            self.register_wanted.emit("incidents" if row.rule_id == "breach_notice" else "requests")

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "tasks", "cases", "referrals", "inspection"):
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.told.isVisibleTo(self):
            self.told.hide()
        else:
            super().keyPressEvent(event)


def _state(row: TaskRow) -> Words:
    if row.overdue:
        return OVERDUE
    return OPEN if row.due is not None else UNDATED


def _tone(row: TaskRow) -> Tone:
    return "danger" if row.overdue else "neutral"
