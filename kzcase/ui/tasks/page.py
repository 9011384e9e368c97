"""My day: what is to be done, the most urgent first; done with one key, taken back with another, postponed with why."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.cases import CompleteTask, complete_task
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.persons import count_pairs
from kzcase.actions.wishes import Done
from kzcase.domain.day_rows import DAY_WORDS, FROM_COLLEAGUES, DayKind, DayRow
from kzcase.domain.due import DueKind
from kzcase.domain.errors import KzcaseError, NeedsReason
from kzcase.domain.permissions import Permission
from kzcase.domain.tasks import WHEN_WORDS, When
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.queries.my_day import my_day
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.messages import banner_error
from kzcase.ui.pages import Page
from kzcase.ui.rows_view import RowsView
from kzcase.ui.slices import Steps
from kzcase.ui.tables import MASKED, Column, a_moment, a_number, fixed_rows, seen
from kzcase.ui.tasks.answers import ANSWERED, AnswerDialog, postpone_dialog
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, EmptyState, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work, concerns

FEATURES: Final = (
    *("tasks", "cases", "referrals", "inspection", "teamwork", "consents", "people", "rules", "staff"),
    *("partners", "due"),
)
TONES: Final[dict[When, Tone]] = {When.OVERDUE: "danger", When.TODAY: "warn", When.WEEK: "info"}
SAME: Final = _("Perhaps the same person")
NOTHING: Final = _("Nothing is due. New tasks are written in a case.")
SORTS: Final = (
    Choice("tasks", _("Tasks")),
    Choice("due", _("Deadlines of cases")),
    Choice("colleagues", _("From colleagues")),
)


REGISTER_OF: Final = {
    "breach_notice": "incidents",
    DueKind.AGREEMENT: "partners",
    **dict.fromkeys(
        ("crime_signal", "signal_result_3", "signal_result_10", "signal_review", "line_alert", "call_back"), "shift"
    ),
}
"""Where the task of the office is done, by its rule: a register, or a page."""


class TasksPage(Page):
    """One's day. `open_case` carries a case's id, `register_wanted` a register's name."""

    open_case = Signal(str)
    register_wanted = Signal(str)
    pairs_wanted = Signal()

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office_at(work)
        self._all: Sequence[DayRow] = ()
        self._done: Done | None = None
        self.pairs = 0
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self._make_head(layout)
        yield
        self._make_filters(layout)
        yield
        self.card = Card(parent=self)
        layout.addWidget(self.card, 1)
        self.rows = fixed_rows(self._columns(), ())
        self.list = RowsView(self.rows, name=_("My day"), parent=self.card)
        self.card.add(self.list, 1)
        self.more = Label(None, "caption", wrap=True, parent=self)
        self.card.add(self.more)
        self.nothing = EmptyState("list-checks", NOTHING, parent=self)
        layout.addWidget(self.nothing, 1)
        self._connect()
        self.refresh()
        self.count_pairs()

    def count_pairs(self) -> None:
        """People who may be one wait for whoever may decide it: how many, stands on the way to them."""
        if self._office.may(Permission.MERGE_PEOPLE):
            self._work.long(
                lambda book, _progress: count_pairs(book),
                self._take_pairs,
                _("Comparing people"),
                lambda _error: None,
                owner=self,
                quiet=True,
            )

    def _take_pairs(self, count: int) -> None:
        self.pairs = count
        self.alike.say(_("Perhaps the same person ({count})", count=count) if count else SAME)

    def _make_head(self, layout: QVBoxLayout) -> None:
        works = self._office.may(Permission.WORK_ON_CASES)
        self.done = Button(_("Done"), kind="primary", icon="check", shortcut="Ctrl+D", parent=self)
        self.answer = Button(_("Answer"), icon="handshake", shortcut="Ctrl+Return", parent=self)
        self.postpone = Button(_("Postpone"), icon="calendar-clock", parent=self)
        self.go = Button(_("Go to the case"), icon="folder-open", parent=self)
        self.alike = Button(SAME, icon="users", parent=self)
        self.alike.setVisible(self._office.may(Permission.MERGE_PEOPLE))
        for button in (self.done, self.answer, self.postpone):
            button.setVisible(works)
        others = (self.alike, self.go, self.postpone, self.answer)
        self.header = PageHeader(_("My day"), primary=self.done, others=others, parent=self)
        layout.addWidget(self.header)
        self.undo = Button(_("Take it back"), icon="undo-2", kind="quiet", shortcut="Ctrl+Z", parent=self)
        self.told = Banner(_("Done"), "ok", action=self.undo, parent=self)
        self.told.hide()
        layout.addWidget(self.told)

    def _make_filters(self, layout: QVBoxLayout) -> None:
        self.when = KeyChoices([Choice(group, words) for group, words in WHEN_WORDS.items()], name=_("When"))
        self.sort = CodeCombo(SORTS, name=_("Sort"), blank=_("Everything"), parent=self)
        self.colleagues = Check(_("Also my colleagues’"), parent=self)
        line = QHBoxLayout()
        box(line, space=theme.SPACE_CARD)
        line.addWidget(self.when, 1)
        line.addWidget(self.sort, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.colleagues, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(line)

    def _connect(self) -> None:
        self.done.clicked.connect(self._complete)
        self.undo.clicked.connect(self._take_back)
        self.answer.clicked.connect(self._answer)
        self.postpone.clicked.connect(self._postpone)
        self.alike.clicked.connect(self.pairs_wanted)
        self.go.clicked.connect(lambda: self._opened(self.list.current_row()))
        self.list.opened.connect(self._opened)
        self.list.picked.connect(self._picked)
        self.when.chosen.connect(self._choose)
        self.sort.chosen.connect(self._choose)
        self.colleagues.toggled.connect(self.refresh)
        self._work.changed.connect(self._changed)

    def _columns(self) -> Sequence[Column]:
        return (
            Column(_("Due"), _due, 120, whole=a_moment),
            Column(_("When"), lambda row: WHEN_WORDS[row.when], 110, tone=_tone, whole=_groups),
            Column(_("To do"), _what, 240, 3, strong=True),
            Column(_("Case"), seen("case_number"), 160, faint=True, whole=a_number),
            Column(_("Sort"), lambda row: DAY_WORDS[row.kind], 120, 1, priority=2, faint=True),
            Column(_("Priority"), self._priority, 90, priority=3, faint=True),
            Column(_("Worker"), seen("worker"), 130, 1, priority=1),
        )

    def _priority(self, row: DayRow) -> object:
        return language.text(self._office.said("task_priority", row.priority)) if row.priority != "normal" else ""

    @Slot()
    def refresh(self, *_ticked: object) -> None:
        """Ask again what the day holds."""
        others = self.colleagues.isChecked()
        self._work.ask(lambda reader: my_day(reader, colleagues=others), self._take, key="my day", owner=self)

    def _take(self, rows: Sequence[DayRow]) -> None:
        self._all = rows
        counted = Counter(row.when for row in rows)
        self.when.set_choices([Choice(group, _counted(group, counted[group])) for group in When])
        self._choose()

    @Slot()
    def _choose(self, *_chosen: object) -> None:
        group, sort = self.when.code(), self.sort.code()
        shown = [row for row in self._all if group in (None, row.when) and _of_sort(row, sort)]
        place = max(self.list.currentIndex().row(), 0)
        self.rows.show_rows(shown)
        if shown:
            self.list.selectRow(min(place, len(shown) - 1))
        self.card.setVisible(bool(shown))
        self.nothing.setVisible(not shown)
        self.header.set_title(_("My day"), _summary(shown))
        self._picked(self.list.current_row() if shown else None)

    @Slot(object)
    def _picked(self, row: DayRow | None) -> None:
        """What can be done with this line, and what more there is to say about it."""
        self.done.setEnabled(row is not None and row.kind in (DayKind.TASK, DayKind.OFFICE))
        self.postpone.setEnabled(row is not None and row.doable)
        self.answer.setEnabled(row is not None and row.kind in ANSWERED)
        self.go.setEnabled(row is not None and (bool(row.case) or row.kind is DayKind.OFFICE))
        told = (
            [] if row is None else [words for words in (row.reason, verbatim(row.said) if row.said else None) if words]
        )
        self.more.say(language.several(told))
        self.more.setVisible(bool(told))

    @Slot()
    def _complete(self) -> None:
        row: DayRow | None = self.list.current_row()
        if row is None or not self.done.isEnabled():
            return
        if not row.doable:
            self._opened(row)  # what the office has to do ends where it began
            return
        wish = CompleteTask(task=row.id)

        def refused(error: KzcaseError) -> None:
            if isinstance(error, NeedsReason):  # it is asked where the case is opened
                self._opened(row)
            else:
                self._refused(error)

        self._work.do(lambda book: complete_task(book, wish), self._completed, refused, owner=self)

    def _completed(self, done: Done) -> None:
        self._done = done
        again = "next" in done.ids
        self.told.say(AGAIN if again else _("Done, and written in the history of the case."), "ok")
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

    @Slot()
    def _answer(self) -> None:
        row: DayRow | None = self.list.current_row()
        if row is not None and row.kind in ANSWERED:
            AnswerDialog(self._work, row, self.window()).open()

    @Slot()
    def _postpone(self) -> None:
        row: DayRow | None = self.list.current_row()
        if row is not None and row.doable:
            dialog = postpone_dialog(self._work, row, self.window())
            dialog.done_well.connect(self._postponed)
            dialog.open()

    @Slot(object)
    def _postponed(self, done: Done) -> None:
        self._done = done
        self.told.say(_("Postponed. The day it was due first stays in the history."), "ok")
        self.undo.show()

    @Slot(object)
    def _opened(self, row: DayRow | None) -> None:
        if row is None:
            return
        if row.kind in (DayKind.TRANSFER, DayKind.REQUEST):  # the case is not theirs yet
            self._answer()
        elif row.case:
            self.open_case.emit(row.case)
        else:
            self.register_wanted.emit(REGISTER_OF.get(row.rule_id or "", "requests"))

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, *FEATURES):
            self.refresh()
        if self.pairs and concerns(changed, "people"):
            self.count_pairs()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.told.isVisibleTo(self):
            self.told.hide()
        else:
            super().keyPressEvent(event)


AGAIN: Final = _("Done. The task comes again by itself; the next one is in the list.")


def _due(row: DayRow) -> object:
    return row.moment or row.day


def _what(row: DayRow) -> object:
    """What is to be done; masked where the person does not see it."""
    return MASKED if "what" in row.masked and row.doable else row.what


def _groups() -> Sequence[str]:
    return [language.text(words) for words in WHEN_WORDS.values()]


def _tone(row: DayRow) -> Tone:
    return TONES.get(row.when, "neutral")


def _counted(group: When, count: int) -> Words:
    return _("{group}: {count}", group=WHEN_WORDS[group], count=count)


def _of_sort(row: DayRow, sort: str | None) -> bool:
    match sort:
        case "tasks":
            return row.kind in (DayKind.TASK, DayKind.OFFICE)
        case "due":
            return row.kind is DayKind.DUE
        case "colleagues":
            return row.kind in FROM_COLLEAGUES
        case _:
            return True


def _summary(shown: Sequence[DayRow]) -> Words:
    late = sum(row.when is When.OVERDUE for row in shown)
    said = ngettext("{count} line", "{count} lines", len(shown))
    if not late:
        return said
    return _("{so_far}, {more}", so_far=said, more=ngettext("{count} overdue", "{count} overdue ones", late))
