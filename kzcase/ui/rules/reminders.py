"""Reminders of days that come: a quiet line above the pages, a list of what to hear of today, and the day sheet."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.due import WantedDaySheet, day_sheet, see_reminder, show_reminder_again
from kzcase.domain.due import DueRow
from kzcase.domain.permissions import Permission
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.queries.due import reminders
from kzcase.ui import clock, language, theme
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.papers import preview
from kzcase.ui.rules.following import RulesFollower
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, ScrollPage, box, inside
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.chips import Chip
from kzcase.ui.widgets.labels import Label
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work, concerns

MOST_SHOWN = 60
"""More lines than anybody reads at once; the sheet has all of them."""


class DueNotice(Banner):
    """Hidden until something is due; `open_case` leads to a case. Days follow the rules, so it sees to these first."""

    def __init__(self, work: Work, office: Office, open_case: Callable[[str], object], parent: QWidget) -> None:
        self.show_it = Button(_("Show"))
        super().__init__(_("What is due"), "info", action=self.show_it, closable=True, parent=parent)
        self._work, self._open_case = work, open_case
        self.rows: Sequence[DueRow] = ()
        self.hide()
        self.show_it.clicked.connect(self.open_list)
        RulesFollower(work, office, self).begin()
        if office.may(Permission.READ_CASES):
            self.ask()
            work.changed.connect(self._changed)

    def ask(self) -> None:
        """Ask what somebody should hear of today."""
        self._work.ask(lambda reader: reminders(reader, reader.acting.staff_id), self._tell, key="due", owner=self)

    def _tell(self, rows: Sequence[DueRow]) -> None:
        new = {row.id for row in rows} - {row.id for row in self.rows}
        self.rows = rows
        late = sum(row.overdue for row in rows)
        said = ngettext("{count} reminder of what is due", "{count} reminders of what is due", len(rows))
        overdue = ngettext("{count} overdue", "{count} overdue ones", late)
        hidden = self.isHidden() and not new  # somebody has closed it, and nothing has come since
        self.say(_("{so_far}, {more}", so_far=said, more=overdue) if late else said, "info")
        self.setVisible(bool(rows) and not hidden)

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "tasks", "due", "rules", "partners"):
            self.ask()

    @Slot()
    def open_list(self) -> "RemindersDialog":
        """The list of them."""
        dialog = RemindersDialog(self._work, self.rows, self.window())
        dialog.case_wanted.connect(self._open_case)
        dialog.finished.connect(lambda _result: self.ask())
        dialog.open()
        return dialog


class RemindersDialog(QDialog):
    """What is due, each put aside with one button until its next day; `case_wanted` carries a case's id."""

    case_wanted = Signal(str)

    def __init__(self, work: Work, rows: Sequence[DueRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._rows = list(rows)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("kzcase")
        self.resize(theme.px(720), theme.px(560))
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("What is due"), "title", parent=self))
        self.aside = Check(_("What I have put aside"), parent=self)
        self.aside.toggled.connect(self._choose)
        layout.addWidget(self.aside)
        scroll = ScrollPage(self)
        layout.addWidget(scroll, 1)
        card = Card(parent=inside(scroll.body))
        scroll.body.addWidget(card)
        scroll.body.addStretch(1)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        card.body.addLayout(lines)
        self.lines: Lines[DueRow, DueLine] = Lines(lines, self._line)
        self.today, self.week = Button(_("Print today"), icon="printer"), Button(_("Print the week"), icon="printer")
        self.close_it = Button(_("Close"), kind="primary")
        self.today.clicked.connect(lambda: self.print_days(1))
        self.week.clicked.connect(lambda: self.print_days(7))
        self.close_it.clicked.connect(self.accept)
        layout.addLayout(foot(self.today, self.week, self.close_it))
        self._show()

    def _line(self, parent: QWidget) -> "DueLine":
        line = DueLine(parent)
        line.seen.clicked.connect(lambda: self._see(line.row))
        line.go.clicked.connect(lambda: self._go(line.row))
        return line

    def _show(self) -> None:
        self.lines.show(self._rows[:MOST_SHOWN])

    @Slot(bool)
    def _choose(self, aside: bool) -> None:
        """What is told today, or what somebody does not want to hear of again before its next day."""
        self._rows = []
        self._show()
        self._work.ask(
            lambda reader: reminders(reader, reader.acting.staff_id, put_aside=aside),
            self._take,
            key="reminders",
            owner=self,
        )

    def _take(self, rows: Sequence[DueRow]) -> None:
        self._rows = list(rows)
        self._show()

    def _see(self, row: DueRow | None) -> None:
        if row is None:
            return

        def gone(_none: object) -> None:
            self._rows = [each for each in self._rows if each.id != row.id]
            self._show()

        put = show_reminder_again if row.seen else see_reminder
        self._work.do(lambda book: put(book, row), gone, changes=("due",), owner=self)

    def _go(self, row: DueRow | None) -> None:
        if row is not None and row.case:
            self.accept()
            self.case_wanted.emit(row.case)

    def print_days(self, days: int) -> None:
        """The sheet of so many days, of this person's own cases."""
        spoken, window = language.current(), self.parentWidget() or self

        def made(book: object, _progress: object) -> object:
            return day_sheet(book, WantedDaySheet(spoken, days, book.acting.staff_id))  # type: ignore[attr-defined,arg-type]

        self._work.long(
            made, lambda paper: preview(self._work, paper, window), _("Making the paper"), owner=window  # type: ignore[arg-type]
        )  # fmt: skip


class DueLine(Line[DueRow]):
    """One thing: which case, what, how long there is still, and why that day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(None, wrap=True, parent=self)
        self.under = Label(None, "caption", wrap=True, parent=self)
        self.left = Chip(verbatim(""), parent=self)
        self.go = Button(_("Go to the case"), kind="quiet", parent=self)
        self.seen = Button(_("Seen"), kind="quiet", icon="check", parent=self)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        words = QVBoxLayout()
        box(words, space=2)
        words.addWidget(self.title)
        words.addWidget(self.under)
        layout.addLayout(words, 1)
        for widget in (self.left, self.go, self.seen):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, row: DueRow) -> None:
        day: datetime | object = row.moment or row.day
        title = _("{date}, {number}: {what}", date=day, number=row.number, what=row.what)
        self.title.say(title if row.number else row.what)
        self.under.say(row.reason)
        self.left.say(_left(row), "danger" if row.overdue else "neutral")
        self.seen.say(_("Tell me again") if row.seen else _("Seen"))
        self.go.setVisible(bool(row.case))


def _left(row: DueRow) -> Words:
    return row.left(clock.now(), clock.today())
