"""The referrals of one case: written, looked at as the partner will read them, sent under a consent, answered."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kzcase.actions.papers import WantedPaper
from kzcase.domain.permissions import Permission
from kzcase.domain.referrals import DRAFT
from kzcase.domain.rows import CasePage, ReferralRow
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, Words, _, verbatim
from kzcase.queries.case_page import case_page
from kzcase.queries.partners import partner_row
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.papers import print_for
from kzcase.ui.referrals.answer_dialog import AnswerDialog
from kzcase.ui.referrals.card_dialog import CardDialog
from kzcase.ui.referrals.package_dialog import PackageDialog
from kzcase.ui.referrals.send_dialog import SendDialog
from kzcase.ui.referrals.states import state_words, tone
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Chip
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work, concerns

NONE: Final = _("Not referred to anybody yet.")


class ReferralsPanel(Card):
    """Shows the referrals of one case. `referral_wanted` asks for a new one."""

    referral_wanted = Signal(str)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(_("Referrals"), parent)
        self._work = work
        self._office = office_at(work)
        self._case = ""
        self.page: CasePage | None = None
        self.write = Button(_("Write a referral"), kind="quiet", icon="send", parent=self)
        self.write.clicked.connect(lambda: self.referral_wanted.emit(self._case))
        self.head.addWidget(self.write)
        self.nothing = Label(NONE, "meta", parent=self)
        self.add(self.nothing)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_FIELD)
        self.body.addLayout(lines)
        self._lines: Lines[ReferralRow, ReferralLine] = Lines(lines, self._line)
        self._work.changed.connect(self._changed)

    def show_case(self, case_id: str) -> None:
        """Show the referrals of this case; those of the case before go at once. Of no case there is none."""
        if case_id != self._case:
            self._case = case_id
            self._lines.show(())
        if case_id:
            self._work.ask(lambda reader: case_page(reader, case_id), self._show, key="referrals", owner=self)

    def _show(self, page: CasePage) -> None:
        if page.id != self._case and page.number != self._case:
            return
        self.page = page
        may = self._office.may(Permission.REFER)
        self.write.setVisible(may)
        self.write.setEnabled(page.closed_on is None)
        self.nothing.setVisible(not page.referrals)
        for line in self._lines.show(page.referrals[::-1]):
            state = line.row.state if line.row is not None else ""
            line.letter.setVisible(may)
            line.send.setVisible(may and state == DRAFT and page.closed_on is None)
            line.package.setVisible(may and page.closed_on is None and line.row is not None and not line.row.ended)
            line.card.setVisible(may and state != DRAFT)
            line.answer.setVisible(may and state != DRAFT and line.row is not None and not line.row.ended)

    def _line(self, parent: QWidget) -> "ReferralLine":
        line = ReferralLine(self._office, parent)
        line.letter.clicked.connect(lambda: self._choose_language(line))
        line.send.clicked.connect(lambda: self._send(line.row))
        line.package.clicked.connect(lambda: self._pack(line.row))
        line.card.clicked.connect(lambda: self._print_card(line.row))
        line.answer.clicked.connect(lambda: self._answer(line.row))
        return line

    @property
    def lines(self) -> list["ReferralLine"]:
        """The referrals shown, the latest first."""
        return self._lines.shown

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if self._case and concerns(changed, "referrals", "consents"):
            self.show_case(self._case)

    def _choose_language(self, line: "ReferralLine") -> None:
        """The letter in one of three languages, with exactly what leaves."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for spoken in LANGUAGES:
            chosen = QAction(LANGUAGE_NAMES[spoken], menu)
            assert line.row is not None
            chosen.triggered.connect(partial(self.show_letter, line.row, spoken))
            menu.addAction(chosen)
        menu.popup(line.letter.mapToGlobal(QPoint(0, line.letter.height())))

    def show_letter(self, row: ReferralRow, spoken: Language, _checked: bool = False) -> None:
        """Make the letter, record it, and show it before it is printed."""
        print_for(self._work, WantedPaper("referral_letter", spoken, self._case, row.id), self.window())

    def _send(self, row: ReferralRow | None) -> None:
        assert self.page is not None
        assert row is not None
        SendDialog(self._work, self.page.id, row, self.window()).open()

    def _pack(self, row: ReferralRow | None) -> None:
        """A sealed package; how their key stands is asked first."""
        assert self.page is not None
        assert row is not None
        case, partner = self.page.id, row.partner_id
        self._work.ask(
            lambda reader: partner_row(reader, partner),
            lambda found: PackageDialog(self._work, case, row, found.key, self.window()).open(),
            owner=self,
        )

    def _print_card(self, row: ReferralRow | None) -> None:
        assert row is not None
        CardDialog(self._work, self._case, row, self.window()).open()

    def _answer(self, row: ReferralRow | None) -> None:
        assert self.page is not None
        assert row is not None
        AnswerDialog(self._work, self.page.id, row, self.window()).open()


class ReferralLine(Line[ReferralRow]):
    """One referral: to whom, for what, how it stands; and what can be done with it."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.letter = Button(_("Letter"), kind="quiet", icon="file-text", parent=self)
        self.send = Button(_("Send"), icon="send", parent=self)
        self.package = Button(_("Sealed package"), kind="quiet", icon="lock", parent=self)
        self.card = Button(_("Card for the client"), kind="quiet", icon="printer", parent=self)
        self.answer = Button(_("Record the reply"), icon="inbox", parent=self)
        self.partner = Label(None, "label", wrap=True, parent=self)
        self.state = Chip(verbatim(""), parent=self)
        self.told = Label(None, "meta", wrap=True, parent=self)
        self.number = Label(None, "caption", parent=self)
        self._build()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_LABEL)
        head, foot = QHBoxLayout(), Flow(space=theme.SPACE_LABEL)
        box(head, space=theme.SPACE_GROUP)
        layout.addLayout(head)
        layout.addWidget(self.told)
        layout.addWidget(self.number)
        layout.addLayout(foot)
        head.addWidget(self.partner, 1)
        head.addWidget(self.state, 0, Qt.AlignmentFlag.AlignTop)
        for button in (self.letter, self.card, self.package, self.answer, self.send):
            foot.addWidget(button)

    def say(self, row: ReferralRow) -> None:
        for button in (self.letter, self.card, self.package, self.send, self.answer):
            button.setAccessibleDescription(f"{row.number} {row.partner}")
        self.partner.say(verbatim(row.partner))
        self.state.say(state_words(self._office, row), tone(row))
        self.told.say(_told(row, self._office))
        self.number.say(verbatim(row.number))


def _told(row: ReferralRow, office: Office) -> Words:
    said: list[str] = [language.text(office.said("need", row.need))]
    if row.outcome:
        said.append(language.text(_("reply: {outcome}", outcome=_code(office, "referral_outcome", row.outcome))))
    elif row.sent_on is not None and row.reply_by is not None:
        said.append(language.text(_("sent {sent}, reply wanted by {date}", sent=row.sent_on, date=row.reply_by)))
    elif row.drafted_on is not None:
        said.append(language.text(_("written {date}", date=row.drafted_on)))
    return verbatim(". ".join(filter(None, said)))


def _code(office: Office, list_id: str, code: str) -> Any:
    return verbatim(language.text(office.said(list_id, code)))
