"""All referrals of the office: who has not answered, what is overdue, what became of each, and what to do next."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.errors import KzcaseError, NeedsReason
from kzcase.domain.permissions import Permission
from kzcase.domain.referrals import DRAFT, ListedReferral, ReferralChoice, ReferralHistory
from kzcase.i18n import Words, _, ngettext
from kzcase.queries.referrals import referral_history, referral_list
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.messages import banner_error
from kzcase.ui.pages import Page
from kzcase.ui.referrals.answer_dialog import AnswerDialog
from kzcase.ui.referrals.slip_dialog import SlipDialog
from kzcase.ui.referrals.states import chased_words, moment_of, state_words, tone
from kzcase.ui.referrals.step_dialogs import chase_dialog, follow_dialog
from kzcase.ui.rows_view import RowsView
from kzcase.ui.slices import Steps
from kzcase.ui.tables import MASKED, Column, a_number, fixed_rows
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, EmptyState, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.timeline import Timeline
from kzcase.ui.work import Work, concerns

HISTORY_WIDTH = 330


class ReferralsPage(Page):
    """The chase list and everything else that was sent. `open_case` carries a case's id."""

    open_case = Signal(str)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office_at(work)
        self._rows: Sequence[ListedReferral] = ()
        self.shown: ReferralHistory | None = None
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self.slip = Button(_("A slip came back"), kind="primary", icon="inbox", shortcut="Ctrl+R", parent=self)
        self.slip.setVisible(self._office.may(Permission.REFER))
        self.header = PageHeader(_("Referrals"), primary=self.slip, parent=self)
        layout.addWidget(self.header)
        self.said = Banner(_("Referrals"), "info", parent=self)
        self.said.hide()
        layout.addWidget(self.said)
        choose = QHBoxLayout()
        box(choose, space=theme.SPACE_CARD)
        self.late, self.mine, self.all = (
            Check(words, parent=self) for words in (_("Only overdue"), _("Only mine"), _("Also those that ended"))
        )
        for tick in (self.late, self.mine, self.all):
            choose.addWidget(tick)
            tick.toggled.connect(self.refresh)
        choose.addStretch(1)
        layout.addLayout(choose)
        yield
        halves = QHBoxLayout()
        box(halves, space=theme.SPACE_CARD)
        layout.addLayout(halves, 1)
        self.card = Card(parent=self)
        halves.addWidget(self.card, 1)
        self.rows = fixed_rows(self._columns(), ())
        self.list = RowsView(self.rows, name=_("Referrals"), parent=self.card)
        self.card.add(self.list, 1)
        yield
        halves.addWidget(self._side())
        self.nothing = EmptyState("send", _("No referral waits for anything."), parent=self)
        layout.addWidget(self.nothing, 1)
        self._connect()
        self.refresh()

    def _side(self) -> Card:
        self.side = Card(_("What happened so far"), self)
        self.side.setFixedWidth(theme.px(HISTORY_WIDTH))
        self.partner = Label(None, "label", wrap=True, parent=self.side)
        self.timeline = Timeline(name=_("What happened so far"), parent=self.side)
        self.side.add(self.partner)
        self.side.add(self.timeline, 1)
        self.answer = Button(_("Record the reply"), icon="inbox", parent=self.side)
        self.chase = Button(_("Asked for a reply"), icon="phone", parent=self.side)
        self.follow = Button(_("What became of it"), icon="pencil", parent=self.side)
        self.go = Button(_("Go to the case"), icon="folder-open", kind="quiet", parent=self.side)
        for button in (self.answer, self.chase, self.follow, self.go):
            self.side.add(button)
        return self.side

    def _connect(self) -> None:
        self.list.picked.connect(self._picked)
        self.list.opened.connect(lambda row: self.open_case.emit(row.case))
        self.go.clicked.connect(lambda: self._with_row(lambda row: self.open_case.emit(row.case)))
        self.answer.clicked.connect(partial(self._with_row, self._answer))
        self.chase.clicked.connect(
            partial(self._with_row, lambda row: chase_dialog(self._work, row.row, self.window()))
        )
        self.follow.clicked.connect(
            partial(self._with_row, lambda row: follow_dialog(self._work, row.row, self.window()))
        )
        self.slip.clicked.connect(self.take_slip)
        self._work.changed.connect(self._changed)

    def _columns(self) -> Sequence[Column]:
        said = self._office.said
        return (
            Column(_("Look again on"), lambda one: one.row.due, 120),
            Column(_("State"), lambda one: state_words(self._office, one.row), 190, 1, tone=lambda one: tone(one.row)),
            Column(_("Partner"), lambda one: one.row.partner, 190, 3, strong=True),
            Column(_("Need"), lambda one: _need(one, said), 140, 2, priority=2),
            Column(_("Number"), lambda one: one.row.number, 170, faint=True, priority=1, whole=a_number),
            Column(_("Case"), lambda one: one.case_number, 160, faint=True, priority=3, whole=a_number),
            Column(_("Asked"), chased_words, 110, priority=3),
            Column(_("Worker"), lambda one: one.worker, 130, 1, priority=2),
        )

    @Slot()
    def refresh(self, *_ticked: object) -> None:
        """Ask again."""
        late, mine, every = self.late.isChecked(), self.mine.isChecked(), self.all.isChecked()
        choice = ReferralChoice(mine=mine, overdue=late, open=not every)
        self._work.ask(lambda reader: referral_list(reader, choice), self._take, key="all referrals", owner=self)

    def _take(self, rows: Sequence[ListedReferral]) -> None:
        self._rows = rows
        place = max(self.list.currentIndex().row(), 0)
        self.rows.show_rows(rows)
        for widget in (self.card, self.side):
            widget.setVisible(bool(rows))
        self.nothing.setVisible(not rows)
        self.header.set_title(_("Referrals"), self._count())
        if rows:
            self.list.selectRow(min(place, len(rows) - 1))
            self._picked(self.list.current_row())

    def _count(self) -> Words:
        late = sum(one.row.overdue for one in self._rows)
        said = ngettext("{count} referral", "{count} referrals", len(self._rows))
        if not late:
            return said
        return _("{so_far}, {more}", so_far=said, more=ngettext("{count} overdue", "{count} overdue ones", late))

    @Slot(object)
    def _picked(self, row: ListedReferral | None) -> None:
        if row is None:
            return
        wanted = row.id
        self.partner.say(_("{number} to {partner}", number=row.row.number, partner=row.row.partner))
        self._work.ask(
            lambda reader: referral_history(reader, wanted), self._show, self._beyond, key="one referral", owner=self
        )

    def _show(self, found: ReferralHistory) -> None:
        self.shown = found
        self.said.hide()
        self.timeline.show_moments([moment_of(self._office, step) for step in reversed(found.steps)])
        row, may = found.listed.row, self._office.may(Permission.REFER)
        open_one = may and row.state != DRAFT and not row.ended
        self.answer.setEnabled(may and row.state != DRAFT)
        self.chase.setEnabled(open_one)
        self.follow.setEnabled(may)

    def _beyond(self, error: KzcaseError) -> None:
        self.shown = None
        self.timeline.show_moments(())
        for button in (self.answer, self.chase, self.follow):
            button.setEnabled(False)
        if not isinstance(error, NeedsReason):  # why is asked where the case is opened
            banner_error(self.said, error)

    def _with_row(self, then: Any, *_clicked: object) -> None:
        row = self.list.current_row()
        if row is not None:
            then(row)

    @Slot(object)
    def _answer(self, row: ListedReferral) -> None:
        AnswerDialog(self._work, row.case, row.row, self.window()).open()

    @Slot()
    def take_slip(self) -> SlipDialog:
        """A slip came back: its number, then the reply."""
        dialog = SlipDialog(self._work, self.window())
        dialog.chosen.connect(self._answer)
        dialog.open()
        return dialog

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, "referrals", "cases", "partners"):
            self.refresh()

    def retranslate(self) -> None:
        if self.ready and self.shown is not None:
            self._show(self.shown)


def _need(one: ListedReferral, said: Any) -> object:
    return MASKED if "need" in one.row.masked else language.text(said("need", one.row.need))
