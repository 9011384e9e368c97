"""Tasks of a case: what is due, done with one key, and a new one in one line."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.cases import AddTask, CompleteTask, add_task, complete_task
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CasePage, StaffRow, TaskRow
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.office import staff_list
from kzcase.ui import language, theme
from kzcase.ui.cases.task_dialog import task_dialog
from kzcase.ui.drafts import place
from kzcase.ui.kept_fields import KeptFields
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Chip
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

NOTHING: Final = _("Nothing to do at present.")


class TasksCard(KeptFields, Card):
    """Open tasks, the most urgent first; done ones are in the history. One begun for another case waits for it."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Tasks"), parent)
        self._work, self._office = work, office
        self._may = office.may(Permission.WORK_ON_CASES)
        self._case = ""
        self.nothing = Label(NOTHING, "meta", parent=self)
        self.title_row = FieldRow(_("New task"), LineEdit(_("For example: call the lawyer")), parent=self)
        self.due = DateEdit()
        self.due_row = FieldRow(_("Due"), self.due, HELP, parent=self)
        self.add_task = Button(_("Add"), icon="plus", parent=self)
        self.add_task.clicked.connect(self._add)
        self.more = Button(_("More about the task"), kind="quiet", icon="pencil", parent=self)
        self.more.clicked.connect(lambda: work.ask(staff_list, self._open, owner=self))
        self.due.returnPressed.connect(self._add)
        self._begun: dict[str, Mapping[str, str]] = {}
        self._build()
        self.keep_typing(work, place("task", self._case), {"title": self._title(), "due": self.due})

    def _build(self) -> None:
        self.add(self.nothing)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self._lines: Lines[TaskRow, TaskLine] = Lines(lines, self._line)
        self.add(self.title_row)
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        line.addWidget(self.due_row, 1)
        button = QVBoxLayout()
        box(button, space=theme.SPACE_LABEL)
        button.addSpacing(theme.px(21))
        button.addWidget(self.add_task)
        button.addStretch(1)
        line.addLayout(button)
        self.body.addLayout(line)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.title_row, self.due_row, self.add_task, self.more):
            widget.setVisible(self._may)

    def _line(self, parent: QWidget) -> "TaskLine":
        line = TaskLine(parent)
        line.done.setVisible(self._may)
        line.done.clicked.connect(lambda: self._done(line.row.id if line.row is not None else ""))
        return line

    def show_case(self, page: CasePage) -> None:
        """Show the tasks of this case; only an open case takes new ones."""
        if page.id != self._case:
            self.begin(page.id)
        waiting = [row for row in page.tasks if row.done_on is None]
        self.nothing.setVisible(not waiting)
        self._lines.show(waiting)
        for widget in (self.title_row, self.due_row, self.add_task, self.more):
            widget.setVisible(self._may and page.closed_on is None)

    def begin(self, case: str) -> None:
        """Another case: a task begun for the one before waits until somebody comes back to it."""
        typed = self.draft()
        if typed:
            self._begun[self.draft_place()] = typed
        self._case = case
        self._clear()
        self._place = place("task", case)
        self.restore(self._begun.pop(self._place, {}))

    def other_drafts(self) -> Mapping[str, Mapping[str, str]]:
        """Tasks begun for other cases, by place."""
        return dict(self._begun)

    def _title(self) -> LineEdit:
        assert isinstance(self.title_row.field, LineEdit)
        return self.title_row.field

    def _clear(self) -> None:
        self._title().clear()
        self.due.set_value(None)
        for row in (self.title_row, self.due_row):
            row.set_error(None)

    @Slot()
    def _add(self) -> None:
        title, due = self._title().text().strip(), self.due.value()
        self.title_row.set_error(None if title else _("Please say what is to be done."))
        if not self.due.wrong:
            self.due_row.set_error(None if due else _("Please say until when."))
        if title and due is not None:
            case, wish = self._case, AddTask(case=self._case, title=title, due=due.isoformat())
            self._work.do(lambda book: add_task(book, wish), lambda _done: self._added(case), owner=self)

    def _added(self, case: str) -> None:
        if case == self._case:
            self._clear()
        else:
            self._begun.pop(place("task", case), None)
            self._work.typed.emit(self)

    def _open(self, staff: Sequence[StaffRow]) -> None:
        """The same task, with all there is to say about it."""
        case, begun = self._case, {"title": self._title().text(), "due": self.due.text()}
        dialog = task_dialog(self._work, self._office, case, staff, self.window(), begun)
        dialog.done_well.connect(lambda _done: self._added(case))
        dialog.open()

    def _done(self, task: str) -> None:
        self._work.do(lambda book: complete_task(book, CompleteTask(task=task)), owner=self)


class TaskLine(Line[TaskRow]):
    """One open task: what, until when, for whom; and the button that says it is done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.done = Button(_("Done"), kind="quiet", icon="check", parent=self)
        self.title, self.when = Label(None, wrap=True, parent=self), Label(None, "caption", wrap=True, parent=self)
        self.late = Chip(_("Overdue"), "danger", parent=self)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        words = QVBoxLayout()
        box(words, space=2)
        layout.addLayout(words, 1)
        words.addWidget(self.title)
        words.addWidget(self.when)
        layout.addWidget(self.late, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.done)

    def say(self, row: TaskRow) -> None:
        title = MASK if "title" in row.masked else language.text(row.said)
        self.title.say(verbatim(title))
        self.when.say(_when(row))
        self.late.setVisible(row.overdue)
        self.done.setAccessibleName(f"{language.text(_('Done'))}: {title}")


def _when(row: TaskRow) -> Words:
    if row.due is None:
        return verbatim(row.assignee or "")
    if not row.assignee:
        return _("until {date}", date=row.due)
    return _("until {date}, {colleague}", date=row.due, colleague=row.assignee)
