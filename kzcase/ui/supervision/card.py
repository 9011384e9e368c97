"""What colleagues agreed on about one case: flags, approvals, offers and requests of it, conferences."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.papers import WantedPaper
from kzcase.domain.errors import KzcaseError
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import StaffRow
from kzcase.domain.teamwork import (
    ACCEPTED,
    APPROVAL_WORDS,
    HANDED_OVER,
    SENT_BACK,
    TRANSFER_WORDS,
    WAITING,
    ApprovalRow,
    ConferenceRow,
    FlagRow,
    RequestRow,
    Together,
    TransferRow,
)
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.office import staff_list
from kzcase.queries.together import together
from kzcase.ui import language, theme
from kzcase.ui.language import Label as Said
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.papers import print_for
from kzcase.ui.supervision.conference_dialog import ConferenceDialog
from kzcase.ui.supervision.dialogs import approval_dialog, approve_own_dialog, flag_dialog, take_down_dialog
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Chip, Tone
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

NOTHING: Final = _("No flag, approval, offer or conference so far.")


@dataclass(frozen=True, slots=True)
class Agreed:
    """One line: what, in which state, what more there is to say, and what can be done with it."""

    title: Said
    chip: Said
    tone: Tone
    under: tuple[Said, ...] = ()
    can: tuple[Words, Callable[[], object]] | None = None


class TogetherCard(Card):
    """Asks for what was agreed on the case it is shown."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Working together"), parent)
        self._work, self._office, self._case = work, office, ""
        self.view: Together | None = None
        self.flag = Button(_("Flag"), kind="quiet", icon="triangle-alert", parent=self)
        self.approval = Button(_("Ask for an approval"), kind="quiet", icon="circle-check", parent=self)
        self.conference = Button(_("Conference"), kind="quiet", icon="users", parent=self)
        buttons = Flow(space=0)
        for button in (self.flag, self.approval, self.conference):
            button.setVisible(office.may(Permission.WORK_ON_CASES))
            buttons.addWidget(button)
        self.body.addLayout(buttons)
        self.flag.clicked.connect(lambda: flag_dialog(work, office, self._case, self.window()).open())
        self.approval.clicked.connect(lambda: approval_dialog(work, office, self._case, self.window()).open())
        self.conference.clicked.connect(lambda: work.ask(staff_list, self._confer, owner=self))
        self.nothing = Label(NOTHING, "meta", wrap=True, parent=self)
        self.add(self.nothing)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self.lines: Lines[Agreed, AgreedLine] = Lines(lines, AgreedLine)

    def show_case(self, case: str) -> None:
        """Show what was agreed on this case."""
        self._case = case
        if case:
            self._work.ask(lambda reader: together(reader, case), self._take, self._none, key="together", owner=self)

    def _none(self, _error: KzcaseError) -> None:
        """The page says why the case does not open."""
        self.lines.show([])

    def _take(self, view: Together) -> None:
        if view.case == self._case:
            self.view = view
            rows = list(self._all(view))
            self.nothing.setVisible(not rows)
            self._work.slices.do(self.lines.show_little_by_little(rows), self, key="together")

    def _confer(self, staff: Sequence[StaffRow]) -> None:
        ConferenceDialog(self._work, self._office, self._case, staff, self.window()).open()

    def _all(self, view: Together) -> Iterator[Agreed]:
        yield from (self._flag_line(row) for row in view.flags)
        yield from (self._approval_line(row) for row in view.approvals)
        yield from (self._transfer_line(row) for row in view.transfers)
        yield from (_request_line(row) for row in view.requests)
        yield from (self._conference_line(row) for row in view.conferences)

    def _flag_line(self, row: FlagRow) -> Agreed:
        up = row.taken_down_on is None
        told = [_text(row.reason), _("{colleague}, {date}", colleague=row.raised_by or "", date=row.raised_on)]
        if not up:
            told += [_("taken off: {why}", why=_text(row.taken_down_why))]
        off = (_("Take off"), partial(self._take_off, row.id))
        can = off if up and self._office.may(Permission.WORK_ON_CASES) else None
        title = self._office.said("flag_kind", row.kind)
        return Agreed(title, _("flag") if up else _("taken off"), "danger" if up else "neutral", tuple(told), can)

    def _take_off(self, flag: str) -> None:
        take_down_dialog(self._work, self._case, flag, self.window()).open()

    def _approval_line(self, row: ApprovalRow) -> Agreed:
        asked = _("asked by {colleague}, {date}", colleague=row.asked_by or "", date=row.asked_at)
        told: list[Said] = [asked, *_words(row.note)]
        if row.decided_at is not None:
            told += [
                _("decided by {colleague}, {date}", colleague=row.decided_by or "", date=row.decided_at),
                *_words(row.comment),
            ]
        if row.own:
            told += [_("Approved by whoever asked for it.")]
        if row.alone:
            told += [_("One person works here: nobody could sign a second time.")]
        tone: Tone = "warn" if row.outcome == WAITING else "danger" if row.outcome == SENT_BACK else "ok"
        own = (_("Approve my own"), partial(self._approve_own, row.id))
        title = _("Approval: {what}", what=language.text(self._office.said("approval_subject", row.what)))
        can = own if row.can_approve_own else None
        return Agreed(title, APPROVAL_WORDS.get(row.outcome, verbatim(row.outcome)), tone, tuple(told), can)

    def _approve_own(self, approval: str) -> None:
        approve_own_dialog(self._work, self._case, approval, self.window()).open()

    def _transfer_line(self, row: TransferRow) -> Agreed:
        title = _("From {giver} to {receiver}", giver=row.giver or "", receiver=row.receiver or "")
        told: list[Said] = [verbatim(language.shown(row.offered_at)), *_words(row.note), *_words(row.answer)]
        tone: Tone = "warn" if row.state == WAITING else "neutral"
        receipt = (_("The receipt"), partial(self._receipt, row.id))
        can = receipt if row.state in (ACCEPTED, HANDED_OVER) else None
        return Agreed(title, TRANSFER_WORDS.get(row.state, verbatim(row.state)), tone, tuple(told), can)

    def _receipt(self, transfer: str) -> None:
        wish = WantedPaper("transfer_receipt", language.current(), self._case, number=transfer)
        print_for(self._work, wish, self.window())

    def _conference_line(self, row: ConferenceRow) -> Agreed:
        people = ", ".join(_member(name, organisation) for name, organisation in row.members)
        decided = tuple(_decided(one.text, one.done_on is not None) for one in row.decisions)
        title = self._office.said("conference_kind", row.kind)
        told = (*_words(people), *_words(row.minutes), *decided)
        minutes = (_("The minutes"), partial(self._minutes, row.id))
        return Agreed(title, _("held {date}", date=row.held_on), "info", told, minutes)

    def _minutes(self, conference: str) -> None:
        wish = WantedPaper("conference_minutes", language.current(), self._case, number=conference)
        print_for(self._work, wish, self.window())

    def retranslate(self) -> None:
        super().retranslate()
        if self.view is not None:
            self.lines.show(list(self._all(self.view)))


def _request_line(row: RequestRow) -> Agreed:
    title = _("{colleague} asks for the case", colleague=row.asked_by or "")
    told = (verbatim(language.shown(row.asked_at)), *_words(row.reason), *_words(row.answer))
    tone: Tone = "warn" if row.state == WAITING else "neutral"
    return Agreed(title, TRANSFER_WORDS.get(row.state, verbatim(row.state)), tone, told)


def _text(said: str | None) -> Words:
    """What was written, masked where it is not seen."""
    return verbatim(MASK if said is None else said)


def _words(said: str | None) -> tuple[Words, ...]:
    return (verbatim(said),) if said else ()


def _member(name: str | None, organisation: str | None) -> str:
    shown = MASK if name is None else name
    return f"{shown} ({organisation})" if organisation else shown


def _decided(text: str | None, done: bool) -> Words:
    return _("{decision}: done", decision=_text(text)) if done else _("Decided: {decision}", decision=_text(text))


class AgreedLine(Line[Agreed]):
    """What, a chip with its state, the rest below, and one button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label(None, "label", wrap=True, parent=self)
        self.chip = Chip(verbatim(""), parent=self)
        self.under = Label(None, "caption", wrap=True, parent=self)
        self.act = Button(_("More"), kind="quiet", parent=self)
        self.act.clicked.connect(self._do)
        layout = QVBoxLayout(self)
        box(layout, space=2)
        head = QHBoxLayout()
        box(head, space=theme.SPACE_GROUP)
        head.addWidget(self.title, 1)
        head.addWidget(self.act)
        layout.addLayout(head)
        layout.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.under)

    def say(self, row: Agreed) -> None:
        self.title.say(row.title)
        self.chip.say(row.chip, row.tone)
        self.under.say(language.several(row.under))
        self.under.setVisible(bool(row.under))
        self.act.setVisible(row.can is not None)
        if row.can is not None:
            self.act.say(row.can[0])
            self.act.setAccessibleName(f"{language.text(row.can[0])}: {language.text(row.title)}")

    def _do(self) -> None:
        if self.row is not None and self.row.can is not None:
            self.row.can[1]()
