"""Writing a referral: to whom, for what, why; beside it stands what would leave with the letter."""

from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.referrals import DraftReferral, draft_referral
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.rows import CasePage, PartnerRow
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Words, _, verbatim
from kzcase.queries.case_page import case_page
from kzcase.queries.letters import Leaving, what_leaves
from kzcase.queries.office import partner_list
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.fields import show_refused
from kzcase.ui.messages import banner_error
from kzcase.ui.referrals.leaving import LeavingCard
from kzcase.ui.referrals.suggesting import Suggestion, suggested
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.dates import DateEdit
from kzcase.ui.widgets.fields import FieldRow, TextArea
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.work import Work

NEEDED: Final = _("Please fill this in.")
PLACES: Final = {each: each for each in ("partner", "need", "reason", "urgency", "language", "reply_by")}


def _look(reader: Any, case: str) -> tuple[CasePage, list[PartnerRow]]:
    return case_page(reader, case), partner_list(reader)


class DraftReferralDialog(QDialog):
    """Writes one referral of one case; it is sent later, from the case. `drafted` carries its id."""

    drafted = Signal(str)

    def __init__(self, work: Work, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._case = work, case_id
        self._office = office_at(work)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.suggestions: list[Suggestion] = []
        self._make_fields()
        self.said = Banner(_("Write a referral"), "info", parent=self)
        self.said.hide()
        self.leaving = LeavingCard(self)
        self.save = Button(_("Write the referral"), kind="primary", icon="check", shortcut="Ctrl+S")
        self.cancel = Button(_("Cancel"))
        self._build()
        self._connect()
        work.ask(lambda reader: _look(reader, case_id), self._take, self._refused, owner=self)

    def _make_fields(self) -> None:
        codes = self._office.choices
        self.need = CodeCombo(codes("need"))
        self.partner = CodeCombo(())
        self.reason = TextArea(lines=4)
        self.urgency = KeyChoices(codes("urgency"))
        self.language = KeyChoices([Choice(each, verbatim(LANGUAGE_NAMES[each])) for each in LANGUAGES])
        self.language.set_code(language.current())
        self.reply_by = DateEdit()
        only = _("Only what the partner must know to help.")
        self.rows: dict[str, FieldRow] = {
            "need": FieldRow(_("What is needed"), self.need, required=True),
            "partner": FieldRow(_("Partner"), self.partner, _("The most suitable come first."), required=True),
            "reason": FieldRow(_("Why we ask you"), self.reason, only, required=True),
            "urgency": FieldRow(_("Urgency"), self.urgency),
            "language": FieldRow(_("Language of the letter"), self.language, required=True),
            "reply_by": FieldRow(_("Reply wanted by"), self.reply_by, _("Left empty: in ten days.")),
        }

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Write a referral"), "title"))
        layout.addWidget(self.said)
        columns = Columns((3, 2), narrow=640)
        card = Card()
        for row in self.rows.values():
            card.add(row)
        columns.left.addWidget(card)
        columns.right.addWidget(self.leaving)
        for side in (columns.left, columns.right):
            side.addStretch(1)
        scroll = InnerScroll()
        scroll.body.addWidget(columns)
        layout.addWidget(scroll, 1)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        layout.addLayout(foot)
        self.setWindowTitle("kzcase")
        self.resize(theme.px(920), theme.px(680))
        self.need.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self.partner.chosen.connect(self._look_at)

    def _take(self, found: tuple[CasePage, list[PartnerRow]]) -> None:
        page, partners = found
        agreed = {row.partner_id for row in page.consents if row.in_force}
        spoken = page.person.language
        self.suggestions = suggested(partners, region=page.region, language=spoken, agreed=agreed)
        self.partner.set_choices([Choice(each.partner.id, _words(each)) for each in self.suggestions])

    @Slot(str)
    def _look_at(self, partner: str) -> None:
        """Beside the form: what would leave for this partner today."""
        if not partner:
            self.leaving.show_leaving(None)
            return
        case = self._case
        self._work.ask(lambda reader: what_leaves(reader, case, partner), self._show_leaving, key="leaving", owner=self)

    def _show_leaving(self, found: Leaving) -> None:
        self.leaving.show_leaving(found)

    def show_partner(self, partner_id: str) -> None:
        """Choose a partner, as a person would."""
        self.partner.set_code(partner_id)
        self._look_at(partner_id)

    # saving

    @Slot()
    def _save(self) -> None:
        texts = {"need": self.need.code(), "partner": self.partner.code(), "reason": self.reason.text().strip()}
        for name, value in texts.items():
            self.rows[name].set_error(None if value else NEEDED)
        wrong = next((row for row in self.rows.values() if row.error is not None), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        by = self.reply_by.value()
        wish = DraftReferral(
            case=self._case,
            partner=texts["partner"] or "",
            need=texts["need"] or "",
            reason=texts["reason"] or "",
            urgency=self.urgency.code(),
            language=self.language.code() or "kk",
            reply_by=by.isoformat() if by else None,
        )
        self.save.setEnabled(False)
        self._work.do(lambda book: draft_referral(book, wish), self._saved, self._refused, owner=self)

    def _saved(self, done: Done) -> None:
        self.drafted.emit(done.ids["referral"].hex())
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        self.save.setEnabled(True)
        if not show_refused(self.rows, PLACES, error):
            banner_error(self.said, error)


def _words(suggestion: Suggestion) -> Words:
    """The partner's name and why it is suggested."""
    said = verbatim(suggestion.partner.name)
    for why in suggestion.why:
        said = _("{so_far}, {more}", so_far=said, more=why)
    return said
