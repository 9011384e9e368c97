"""One partner below the list: what is known, how its key stands, how it answered, and what can be done."""

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.partners import ChangePartner, change_partner
from kzcase.domain.agreements import agreement_words, has_ended
from kzcase.domain.errors import KzcaseError
from kzcase.domain.partner_figures import PartnerFigures
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import PartnerRow
from kzcase.domain.suggestions import is_old
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.partner_figures import partner_figures
from kzcase.ui import language, theme
from kzcase.ui.clock import today
from kzcase.ui.messages import show_error
from kzcase.ui.office import Office, joined
from kzcase.ui.partners.dialogs import SERVED, PartnerDialog, confirm_key_dialog, enter_key_dialog
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work


class PartnerCard(QWidget):
    """What is known of the partner one stands on."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._office = work, office
        self.row: PartnerRow | None = None
        self.figures: PartnerFigures | None = None
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_LABEL)
        self.known = Label(None, "meta", wrap=True, parent=self)
        self.trust = Label(None, "meta", wrap=True, parent=self)
        self.agreement = Banner(_("Agreement until"), "info", parent=self)
        self.agreement.hide()
        self.answered = Label(None, "caption", wrap=True, parent=self)
        for label in (self.agreement, self.known, self.trust, self.answered):
            layout.addWidget(label)
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        layout.addLayout(line)
        self.edit = Button(_("Change"), icon="pencil", parent=self)
        self.verified = Button(_("Asked today: all is right"), icon="check", parent=self)
        self.enter_key = Button(_("Enter their key"), icon="key-round", kind="quiet", parent=self)
        self.confirm_key = Button(_("Confirm the six words"), icon="phone", kind="quiet", parent=self)
        may = office.may(Permission.MANAGE_PARTNERS)
        for button in (self.edit, self.verified, self.enter_key, self.confirm_key):
            button.setVisible(may)
            line.addWidget(button)
        line.addStretch(1)
        self.edit.clicked.connect(lambda: self.change(self.row))
        self.verified.clicked.connect(self._verify)
        self.enter_key.clicked.connect(partial(self._with_row, enter_key_dialog))
        self.confirm_key.clicked.connect(partial(self._with_row, confirm_key_dialog))

    @Slot(object)
    def show_partner(self, row: PartnerRow | None) -> None:
        """Show this partner."""
        self.row, self.figures = row, None
        if row is None:
            return
        self.known.say(verbatim(_known(self._office, row)))
        self.trust.say(_trust(row))
        ends = agreement_words(row.agreement_to, today())
        if ends is not None:
            self.agreement.say(ends, "warn" if has_ended(row.agreement_to, today()) else "info")
        self.agreement.setVisible(ends is not None)
        self.answered.hide()
        if self._office.may(Permission.MAKE_SUMMARIES):
            wanted = row.id
            self._work.ask(lambda reader: partner_figures(reader, wanted), self._count, key="figures", owner=self)

    def _count(self, found: PartnerFigures) -> None:
        self.figures = found
        self.answered.say(found.said())
        self.answered.show()

    @Slot(object)
    def change(self, row: PartnerRow | None) -> None:
        """Change what is known of a partner."""
        if row is not None and self._office.may(Permission.MANAGE_PARTNERS):
            PartnerDialog(self._work, self.window(), row).open()

    @Slot()
    def _verify(self) -> None:
        if self.row is None:
            return
        wish = ChangePartner(partner=self.row.id, verified=True)
        self._work.do(lambda book: change_partner(book, wish), None, self._refused, owner=self)

    def _refused(self, error: KzcaseError) -> None:
        show_error(error, self.window())

    def _with_row(self, dialog: Any, *_clicked: object) -> None:
        if self.row is not None:
            dialog(self._work, self.row, self.window())

    def retranslate(self) -> None:
        """Say everything again in another language."""
        self.show_partner(self.row)


def _known(office: Office, row: PartnerRow) -> str:
    parts: list[tuple[Words, str]] = [
        (_("Help"), joined(office.said("need", each) for each in row.services)),
        (SERVED, joined(office.said("region", each) for each in row.regions)),
        (_("Address"), row.address or ""),
        (_("Hours"), row.hours or ""),
        (_("Contact person"), row.contact or ""),
        (_("Where referrals go"), row.referral_contact or ""),
        (_("Who is helped there"), row.eligibility or ""),
        (_("Agreement until"), row.agreement_to.strftime("%d.%m.%Y") if row.agreement_to else ""),
    ]
    return ". ".join(f"{language.text(label)}: {value}" for label, value in parts if value)


def _trust(row: PartnerRow) -> Words:
    said = {
        "confirmed": _("Packages are closed to their confirmed key."),
        "entered": _("Their key waits: let them read out its six words."),
    }.get(row.key, _("No key: packages for them are closed with a passphrase."))
    if row.verified_on is None:
        return _("{first} {second}", first=said, second=_("This entry was never checked with them."))
    if is_old(row, today()):
        return _("{first} {second}", first=said, second=_("This entry was last checked more than a year ago."))
    return said
