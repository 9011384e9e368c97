"""Sending a referral: once more what leaves, then how; without consent nothing is sent, and the reason is said."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.actions.referrals import SendReferral, send_referral
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.rows import ReferralRow
from kzcase.i18n import _
from kzcase.queries.letters import Leaving, what_leaves
from kzcase.ui import theme
from kzcase.ui.at_work import office_at
from kzcase.ui.referrals.leaving import LeavingCard
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box, inside
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll, fit
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

WIDTH: Final = 600
NEEDED: Final = _("Choose how it is sent.")
FOREVER: Final = _("Sending cannot be undone: the partner then has the letter.")


class SendDialog(QDialog):
    """Sends one written referral. `sent` carries its id."""

    sent = Signal(str)

    def __init__(self, work: Work, case_id: str, row: ReferralRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._row = work, row
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.said = Banner(_("Send the referral"), "warn", parent=self)
        self.said.hide()
        self.inside = InnerScroll(self)
        self.leaving = LeavingCard(inside(self.inside.body))
        self.how = KeyChoices(office_at(work).choices("referral_how"))
        self.row = FieldRow(_("How it is sent"), self.how, required=True, parent=self)
        self.send = Button(_("Send"), kind="primary", icon="send", parent=self)
        self.cancel = Button(_("Cancel"), parent=self)
        self.send.clicked.connect(self._send)
        self.cancel.clicked.connect(self.reject)
        self._build()
        partner = row.partner_id
        work.ask(lambda reader: what_leaves(reader, case_id, partner), self._show, self._refused, owner=self)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Send referral {number} to {partner}", **self._named()), "title", wrap=True))
        layout.addWidget(self.said)
        self.inside.body.addWidget(self.leaving)
        self.inside.body.addStretch(1)
        layout.addWidget(self.inside, 1)
        layout.addWidget(self.row)
        layout.addWidget(Label(FOREVER, "meta", wrap=True))
        layout.addLayout(foot(self.send, self.cancel))
        self.setWindowTitle("kzcase")
        fit(self, WIDTH, self.inside)
        self.cancel.setDefault(True)
        self.how.setFocus(Qt.FocusReason.OtherFocusReason)

    def _named(self) -> dict[str, object]:
        return {"number": self._row.number, "partner": self._row.partner}

    def _show(self, found: Leaving) -> None:
        self.leaving.show_leaving(found)
        QTimer.singleShot(0, self, self._fit)  # once the lines are laid out

    @Slot()
    def _fit(self) -> None:
        fit(self, WIDTH, self.inside)

    @Slot()
    def _send(self) -> None:
        how = self.how.code()
        self.row.set_error(None if how else NEEDED)
        if not how:
            self.row.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        wish = SendReferral(referral=self._row.id, how=how)
        self.send.setEnabled(False)
        self._work.do(lambda book: send_referral(book, wish), self._sent, self._refused, owner=self)

    def _sent(self, done: Done) -> None:
        self.sent.emit(done.ids["referral"].hex())
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        self.send.setEnabled(True)
        self.said.say(error.words.with_arguments(**error.facts), "warn")
