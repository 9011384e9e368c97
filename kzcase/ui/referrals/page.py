"""All referrals of the office: who has not answered, what is overdue, what became of each, and what to do next."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot

from kzcase.domain.errors import KzcaseError, NeedsReason
from kzcase.domain.permissions import Permission
from kzcase.domain.referrals import DRAFT, ListedReferral, ReferralChoice, ReferralHistory
from kzcase.i18n import _
from kzcase.queries.referrals import referral_history, referral_list
from kzcase.ui import language, theme
from kzcase.ui.list_beside import ListBeside
from kzcase.ui.messages import banner_error
from kzcase.ui.referrals.answer_dialog import AnswerDialog
from kzcase.ui.referrals.slip_dialog import SlipDialog
from kzcase.ui.referrals.states import chased_words, moment_of, state_words, tone
from kzcase.ui.referrals.step_dialogs import chase_dialog, follow_dialog
from kzcase.ui.tables import MASKED, Column, a_number
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.timeline import Timeline

HISTORY_WIDTH = 330


class ReferralsPage(ListBeside[ListedReferral, ReferralHistory]):
    """The chase list and everything else that was sent. `open_case` carries a case's id."""

    open_case = Signal(str)
    title = _("Referrals")
    empty = ("send", _("No referral waits for anything."))

    def _header(self) -> PageHeader:
        self.slip = Button(_("A slip came back"), kind="primary", icon="inbox", shortcut="Ctrl+R", parent=self)
        self.slip.setVisible(self._office.may(Permission.REFER))
        return PageHeader(self.title, primary=self.slip, parent=self)

    def _ticks(self) -> Sequence[Check]:
        self.late, self.mine, self.all = (
            Check(words, parent=self) for words in (_("Only overdue"), _("Only mine"), _("Also those that ended"))
        )
        return self.late, self.mine, self.all

    def _side(self) -> Card:
        side = Card(_("What happened so far"), self)
        side.setFixedWidth(theme.px(HISTORY_WIDTH))
        self.partner = Label(None, "label", wrap=True, parent=side)
        self.timeline = Timeline(name=_("What happened so far"), whole=True, parent=side)
        side.add(self.partner)
        side.add(self.timeline, 1)
        self.answer = Button(_("Record the reply"), icon="inbox", parent=side)
        self.chase = Button(_("Asked for a reply"), icon="phone", parent=side)
        self.follow = Button(_("What became of it"), icon="pencil", parent=side)
        self.go = Button(_("Go to the case"), icon="folder-open", kind="quiet", parent=side)
        for button in (self.answer, self.chase, self.follow, self.go):
            side.add(button)
        return side

    def _connect(self) -> None:
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

    def _is_late(self, row: ListedReferral) -> bool:
        return row.row.overdue

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


def _need(one: ListedReferral, said: Any) -> object:
    return MASKED if "need" in one.row.masked else language.text(said("need", one.row.need))
