"""The referrals of one case: written, looked at as the partner will read them, sent under a consent, answered."""

from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kzcase.actions.papers import WantedPaper
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CasePage, ReferralRow
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, Words, _, verbatim
from kzcase.queries.case_page import case_page
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.lines import refill
from kzcase.ui.office import Office
from kzcase.ui.papers import print_for
from kzcase.ui.referrals.answer_dialog import AnswerDialog
from kzcase.ui.referrals.send_dialog import SendDialog
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Chip, Tone
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work, concerns

NONE: Final = _("Not referred to anybody yet.")
STATES: Final[dict[str, tuple[Words, Tone]]] = {
    "draft": (_("Written, not sent"), "neutral"),
    "sent": (_("Sent, waiting for a reply"), "info"),
    "overdue": (_("Reply overdue"), "danger"),
    "answered": (_("Answered"), "ok"),
}


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
        self._lines = QVBoxLayout()
        box(self._lines, space=theme.SPACE_FIELD)
        self.body.addLayout(self._lines)
        self._work.changed.connect(self._changed)

    def show_case(self, case_id: str) -> None:
        """Show the referrals of this case; those of the case before go at once."""
        if case_id != self._case:
            self._case = case_id
            refill(self._lines, ())
        self._work.ask(lambda reader: case_page(reader, case_id), self._show, key="referrals", owner=self)

    def _show(self, page: CasePage) -> None:
        if page.id != self._case and page.number != self._case:
            return
        self.page = page
        self.retranslate()

    def retranslate(self) -> None:
        page = getattr(self, "page", None)
        if page is None:
            return
        may = self._office.may(Permission.REFER)
        self.write.setVisible(may)
        self.write.setEnabled(page.closed_on is None)
        self.nothing.setVisible(not page.referrals)
        lines = [ReferralLine(row, self._office, self) for row in reversed(page.referrals)]
        for line in lines:
            line.letter.setVisible(may)
            line.send.setVisible(may and line.row.state == "draft" and page.closed_on is None)
            line.answer.setVisible(may and line.row.state in ("sent", "overdue"))
            line.letter.clicked.connect(lambda _checked=False, one=line: self._choose_language(one))
            line.send.clicked.connect(lambda _checked=False, row=line.row: self._send(row))
            line.answer.clicked.connect(lambda _checked=False, row=line.row: self._answer(row))
        refill(self._lines, lines)

    @property
    def lines(self) -> list["ReferralLine"]:
        """The referrals shown, the latest first."""
        found = (self._lines.itemAt(place) for place in range(self._lines.count()))
        widgets = (item.widget() for item in found if item is not None)
        return [widget for widget in widgets if isinstance(widget, ReferralLine)]

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
            chosen.triggered.connect(partial(self.show_letter, line.row, spoken))
            menu.addAction(chosen)
        menu.popup(line.letter.mapToGlobal(QPoint(0, line.letter.height())))

    def show_letter(self, row: ReferralRow, spoken: Language, _checked: bool = False) -> None:
        """Make the letter, record it, and show it before it is printed."""
        print_for(self._work, WantedPaper("referral_letter", spoken, self._case, row.id), self.window())

    def _send(self, row: ReferralRow) -> None:
        assert self.page is not None
        SendDialog(self._work, self.page.id, row, self.window()).open()

    def _answer(self, row: ReferralRow) -> None:
        AnswerDialog(self._work, row, self.window()).open()


class ReferralLine(QWidget):
    """One referral: to whom, for what, how it stands; and what can be done with it."""

    def __init__(self, row: ReferralRow, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.letter = Button(_("Letter"), kind="quiet", icon="file-text", parent=self)
        self.send = Button(_("Send"), icon="send", parent=self)
        self.answer = Button(_("Record the reply"), icon="inbox", parent=self)
        for button in (self.letter, self.send, self.answer):
            button.setAccessibleDescription(f"{row.number} {row.partner}")
        words, tone = STATES[row.state]
        head = QHBoxLayout()
        box(head, space=theme.SPACE_GROUP)
        head.addWidget(Label(verbatim(row.partner), "label", wrap=True), 1)
        head.addWidget(Chip(words, tone), 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addWidget(Label(verbatim(row.number), "caption"), 1)
        for button in (self.letter, self.answer, self.send):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_LABEL)
        layout.addLayout(head)
        layout.addWidget(Label(_told(row, office), "meta", wrap=True))
        layout.addLayout(foot)


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
