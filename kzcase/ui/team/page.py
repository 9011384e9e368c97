"""The team board: who holds how much, what is late or stale, who is not there; below, the cases that nobody touched."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.absences import NoteAbsence, note_absence
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.teamwork import MemberOfTeam, StaleRow
from kzcase.i18n import Words, _, ngettext
from kzcase.queries.stale import stale_list
from kzcase.queries.team import team_board
from kzcase.ui import language
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.pages import Page
from kzcase.ui.rows_view import RowsView
from kzcase.ui.slices import Steps
from kzcase.ui.tables import Column, a_number, fixed_rows, seen
from kzcase.ui.team.hand_over_dialog import HandOverDialog
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, EmptyState, page_body
from kzcase.ui.widgets.chips import Tone
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work, concerns

FEATURES: Final = ("tasks", "cases", "teamwork", "staff", "people", "history")
FRESH: Final = _("No open case lies untouched for too long.")
RULE: Final = _("How long is too long is a proposal of kzcase; the head of the organisation decides.")


class TeamPage(Page):
    """`open_case` carries a case's id."""

    open_case = Signal(str)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office
        self.members: Sequence[MemberOfTeam] = ()
        self._done: Done | None = None
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = page_body(self)
        self.hand_over = Button(_("Hand over the caseload"), kind="primary", icon="users", parent=self)
        self.absent = Button(_("Note an absence"), icon="calendar-clock", parent=self)
        self.header = PageHeader(_("Team"), primary=self.hand_over, others=(self.absent,), parent=self)
        layout.addWidget(self.header)
        self.undo = Button(_("Take it back"), icon="undo-2", kind="quiet", parent=self)
        self.told = Banner(_("Done"), "ok", action=self.undo, parent=self)
        self.told.hide()
        layout.addWidget(self.told)
        yield
        board = Card(parent=self)
        layout.addWidget(board, 1)
        self.board = fixed_rows(self._columns(), ())
        self.people = RowsView(self.board, name=_("Team"), parent=board)
        board.add(self.people, 1)
        yield
        self.stale_card = Card(_("Nobody did anything for too long"), self)
        layout.addWidget(self.stale_card, 1)
        self.stale = fixed_rows(self._stale_columns(), ())
        self.cases = RowsView(self.stale, name=_("Nobody did anything for too long"), parent=self.stale_card)
        self.stale_card.add(self.cases, 1)
        self.stale_card.add(Label(RULE, "caption", wrap=True, parent=self.stale_card))
        self.fresh = EmptyState("circle-check", FRESH, parent=self)
        layout.addWidget(self.fresh)
        self._connect()
        self.refresh()

    def _connect(self) -> None:
        self.hand_over.clicked.connect(self._hand_over)
        self.absent.clicked.connect(self._absence)
        self.undo.clicked.connect(self._take_back)
        self.cases.opened.connect(lambda row: self.open_case.emit(row.case))
        self.people.opened.connect(lambda _row: self._hand_over())
        self._work.changed.connect(self._changed)

    def _columns(self) -> Sequence[Column]:
        return (
            Column(_("Colleague"), seen("name"), 200, 3, strong=True),
            Column(_("Open cases"), seen("cases"), 100, right=True),
            Column(_("Urgent"), seen("urgent"), 90, right=True),
            Column(_("Stale"), lambda row: row.stale or "", 90, tone=lambda row: _warn(row.stale)),
            Column(_("Open tasks"), seen("tasks"), 100, right=True, priority=1),
            Column(_("Overdue"), lambda row: row.overdue or "", 100, tone=lambda row: _late(row.overdue)),
            Column(_("Offered to them"), lambda row: row.waiting or "", 110, right=True, priority=2),
            Column(_("Absent"), _absent, 150, 1, tone=_missing),
        )

    def _stale_columns(self) -> Sequence[Column]:
        return (
            Column(_("Case"), seen("case_number"), 160, strong=True, whole=a_number),
            Column(_("Urgency"), lambda row: self._said("urgency", row.urgency), 130, tone=_urgent),
            Column(_("Kind"), lambda row: self._said("case_kind", row.kind), 160, 2, priority=1),
            Column(_("Worker"), seen("worker"), 150, 1),
            Column(_("Last act"), seen("last_act_on"), 110),
            Column(
                _("Days"),
                lambda row: _("{days} (limit {allowed})", days=row.days, allowed=row.allowed),
                130,
                right=True,
            ),
        )

    def _said(self, code_list: str, code: str | None) -> str:
        return language.text(self._office.said(code_list, code))

    @Slot()
    def refresh(self) -> None:
        """Ask again how the team stands."""
        self._work.ask(team_board, self._take_board, key="team", owner=self)
        self._work.ask(lambda reader: stale_list(reader, everybody=True), self._take_stale, key="stale", owner=self)

    def _take_board(self, rows: Sequence[MemberOfTeam]) -> None:
        self.members = rows
        place = max(self.people.currentIndex().row(), 0)
        self.board.show_rows(rows)
        if rows:
            self.people.selectRow(min(place, len(rows) - 1))
        self.hand_over.setEnabled(bool(rows))
        self.header.set_title(_("Team"), _summary(rows))

    def _take_stale(self, rows: Sequence[StaleRow]) -> None:
        self.stale.show_rows(rows)
        self.stale_card.setVisible(bool(rows))
        self.fresh.setVisible(not rows)

    @Slot()
    def _hand_over(self) -> None:
        row: MemberOfTeam | None = self.people.current_row()
        if row is not None:
            dialog = HandOverDialog(self._work, self._office, row, self.members, self.window())
            dialog.accepted.connect(lambda: self._told(dialog.done_with, _("The cases were handed over.")))
            dialog.open()

    @Slot()
    def _absence(self) -> None:
        row: MemberOfTeam | None = self.people.current_row()
        if row is not None:
            dialog = absence_dialog(self._work, row, self.window())
            dialog.done_well.connect(lambda done: self._told(done, _("The absence is noted.")))
            dialog.open()

    def _told(self, done: Done | None, words: Words) -> None:
        self._done = done
        self.told.say(words, "ok")
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
    def _changed(self, changed: object) -> None:
        if concerns(changed, *FEATURES):
            self.refresh()


def absence_dialog(work: Work, row: MemberOfTeam, parent: QWidget) -> FormDialog:
    """Note the days a colleague is not there; why is not asked."""
    rows = {
        "first_day": FieldRow(_("First day"), DateEdit(), HELP, required=True),
        "last_day": FieldRow(_("Last day"), DateEdit(), required=True),
    }
    return FormDialog(
        work,
        _("Absence of {colleague}", colleague=row.name),
        rows,
        (("first_day", "last_day"),),
        _("Note it"),
        lambda book, said: note_absence(book, NoteAbsence(staff=row.staff, **said)),
        needed=("first_day", "last_day"),
        parent=parent,
    )


def _absent(row: MemberOfTeam) -> object:
    if row.left_on is not None:
        return _("left on {date}", date=row.left_on)
    return _("until {date}", date=row.absent_until) if row.absent_until else ""


def _missing(row: MemberOfTeam) -> Tone | None:
    """Nobody sees to the work of whoever left."""
    if row.left_on is not None:
        return "danger"
    return "warn" if row.absent_until else None


def _warn(count: int) -> Tone | None:
    return "warn" if count else None


def _late(count: int) -> Tone | None:
    return "danger" if count else None


def _urgent(row: StaleRow) -> Tone | None:
    return {"immediate": "danger", "urgent": "warn"}.get(row.urgency or "")  # type: ignore[return-value]


def _summary(rows: Sequence[MemberOfTeam]) -> Words:
    people = ngettext("{count} colleague", "{count} colleagues", len(rows))
    cases = ngettext("{count} open case", "{count} open cases", sum(row.cases for row in rows))
    return _("{so_far}, {more}", so_far=people, more=cases)
