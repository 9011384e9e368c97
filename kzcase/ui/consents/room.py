"""Everything about the consents of one case in one place: what holds, what ended, who was told, and what comes next."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from kzcase.actions.consent_notices import AcknowledgeNotice, acknowledge_notice
from kzcase.actions.papers import WantedPaper, paper_languages
from kzcase.domain.consent_rows import (
    ConsentRow,
    ConsentsPage,
    EmergencyRow,
    FormToRecord,
    NoticeRow,
    PastRecipientRow,
    WithdrawalRow,
)
from kzcase.domain.permissions import Permission
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Words, _, verbatim
from kzcase.queries.attachments import attachments
from kzcase.queries.consent_disputes import disputes_of, reviews_of
from kzcase.queries.consent_page import consents_page
from kzcase.queries.forms import form_titles
from kzcase.queries.partners import partner_list
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.consents import cards
from kzcase.ui.consents import step_dialogs as dialogs
from kzcase.ui.consents.cards import Step, StepCard
from kzcase.ui.consents.dialog import ConsentDialog
from kzcase.ui.consents.settling import settle_dialog, settle_review_dialog
from kzcase.ui.consents.take_along import TakeAlong
from kzcase.ui.pages import BuiltDialog
from kzcase.ui.papers import print_for
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import box, inside
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work, concerns

FEATURES: Final = ("consents", "referrals", "forms", "attachments", "tasks")
RECEIPT: Final = "consent_withdrawal"
"""The form whose paper is the receipt."""
NO_CONSENT: Final = _("No consent yet. Without one nothing can be passed on.")
NOBODY_HOLDS: Final = _("Nothing of this case was passed on.")


class ConsentsRoom(BuiltDialog):
    """`step` says that a dialog was opened from here; it carries the dialog."""

    step = Signal(object)

    def __init__(self, work: Work, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self.setModal(True)
        self._case, self._office = case_id, office_at(work)
        self._may = self._office.may(Permission.WORK_ON_CASES)
        self._titles: Mapping[str, Any] = {}
        self.page: ConsentsPage | None = None
        self.resize(theme.px(900), theme.px(720))
        self.build(self._steps())

    def sizeHint(self) -> QSize:
        return QSize(theme.px(900), theme.px(720))

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD, margin=theme.SPACE_PAGE)
        layout.addLayout(self._head())
        scroll = InnerScroll(self)
        layout.addWidget(scroll, 1)
        self.close_room = Button(_("Close"), kind="primary", parent=self)
        self.close_room.clicked.connect(self.accept)
        layout.addLayout(foot(self.close_room))
        yield
        for card in self._cards(inside(scroll.body)):
            scroll.body.addWidget(card)
            yield
        scroll.body.addStretch(1)
        self._work.changed.connect(self._changed)
        self._work.ask(form_titles, self._take_titles, owner=self)
        self._look()

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        self.title = Label(_("Consents"), "title", parent=self)
        line.addWidget(self.title, 1)
        self.give = Button(_("Record consent"), icon="handshake", parent=self)
        self.take_back = Button(_("Take back"), icon="undo-2", parent=self)
        self.emergency = Button(_("Emergency"), icon="triangle-alert", parent=self)
        for button, wanted in (
            (self.give, self._give),
            (self.take_back, lambda: self._with_partners(self._withdraw, None)),
            (self.emergency, self._release),
        ):
            button.setVisible(self._may)
            button.clicked.connect(wanted)
            line.addWidget(button)
        return line

    def _cards(self, parent: QWidget) -> Iterator[QWidget]:
        yield from self._open_cards(parent)
        of_notices = (
            Step[NoticeRow](_("Print"), "printer", self._print_notice, lambda row: row.state != "not_wanted"),
            Step[NoticeRow](_("Was sent"), "send", self._sent, lambda row: self._may and row.state in ("due", "sent")),
            Step[NoticeRow](
                _("Was confirmed"), "check", self._confirmed, lambda row: self._may and row.state == "sent"
            ),
        )
        told = cards.notice_told(self._office)
        self.notices = StepCard[NoticeRow](_("Who has to be told"), None, told, of_notices, parent)
        yield self.notices
        receipt = Step[WithdrawalRow](
            _("Print the receipt"), "printer", self._receipt, lambda row: bool(row.sheet) and not row.ours
        )
        back = cards.withdrawal_told(self._office)
        self.withdrawals = StepCard[WithdrawalRow](_("Taken back"), None, back, (receipt,), parent)
        yield self.withdrawals
        review = Step[EmergencyRow](_("Review"), "check", self._review, lambda row: self._reviews() and not row.review)
        settle = Step[EmergencyRow](
            _("Settle"), "git-merge", self._settle_review, lambda row: self._reviews() and row.disputed
        )
        urgent, title = cards.emergency_told(self._office), _("Without consent, in an emergency")
        self.emergencies = StepCard[EmergencyRow](title, None, urgent, (review, settle), parent)
        yield self.emergencies
        self.recipients = StepCard[PastRecipientRow](
            _("Who holds something"), NOBODY_HOLDS, cards.recipient_told, (), parent
        )
        yield self.recipients

    def _open_cards(self, parent: QWidget) -> Iterator[QWidget]:
        record = Step[FormToRecord](
            _("Make the record"), "check", lambda row: self._with_partners(self._record, row), lambda _row: self._may
        )
        told = cards.form_told(self._form_title)
        self.to_record = StepCard[FormToRecord](_("What filled forms say"), None, told, (record,), parent)
        yield self.to_record
        steps = (
            Step[ConsentRow](_("Settle"), "git-merge", self._settle, lambda row: self._may and bool(row.disputed)),
            Step[ConsentRow](
                _("Take back"), "undo-2", lambda row: self._with_partners(self._withdraw, row), self._can_end
            ),
            Step[ConsentRow](_("Revoke"), "x", self._revoke, self._can_end),
            Step[ConsentRow](_("Bind the signed sheet"), "paperclip", self._bind, self._can_bind),
            Step[ConsentRow](_("Print the sheet"), "printer", self._print_consent, lambda row: bool(row.partner_id)),
        )
        agreed = cards.consent_told(self._office)
        self.consents = StepCard[ConsentRow](_("What was agreed"), NO_CONSENT, agreed, steps, parent)
        yield self.consents

    def _can_bind(self, row: ConsentRow) -> bool:
        return self._may and not row.attachment

    def _can_end(self, row: ConsentRow) -> bool:
        return self._may and not row.replaced and (row.in_force or bool(row.disputed or row.lacks))

    def _reviews(self) -> bool:
        return self._office.may(Permission.CONFIRM_FACTS)

    # What is shown

    @Slot(object)
    def _changed(self, changed: object) -> None:
        if concerns(changed, *FEATURES):
            self._look()

    def _look(self) -> None:
        case = self._case
        self._work.ask(lambda reader: consents_page(reader, case), self._show, key="consents", owner=self)

    def _take_titles(self, titles: Mapping[str, Any]) -> None:
        self._titles = titles
        if self.page is not None:
            self._show(self.page)

    def _form_title(self, form: str) -> Any:
        return self._titles.get(form) or verbatim(form)

    def _show(self, page: ConsentsPage) -> None:
        self.page = page
        self.title.say(_("Consents of case {number}", number=page.number))
        self.to_record.show_rows(page.to_record)
        self.consents.show_rows(page.consents[::-1])
        self.withdrawals.show_rows(page.withdrawals[::-1])
        self.notices.show_rows([each for row in page.withdrawals[::-1] for each in row.notices])
        self.emergencies.show_rows(page.emergencies[::-1])
        self.recipients.show_rows(page.recipients)
        self.take_back.setEnabled(any(row.in_force for row in page.consents))

    # What is done from here

    def _open(self, dialog: QDialog) -> None:
        self.step.emit(dialog)
        dialog.open()

    def _with_partners(self, then: Callable[..., QDialog], *row: Any) -> None:
        self._work.ask(partner_list, lambda partners: self._open(then(*row, partners)), owner=self)

    @Slot()
    def _give(self) -> None:
        self._open(ConsentDialog(self._work, self._case, self))

    def _withdraw(self, row: ConsentRow | None, partners: Any) -> QDialog:
        return dialogs.withdraw_dialog(self._work, self._office, self._case, row, partners, self)

    def _release(self) -> None:
        self._open(dialogs.emergency_dialog(self._work, self._office, self._case, self))

    def _record(self, row: FormToRecord, partners: Any) -> QDialog:
        title = _("Take over what the form says")
        return dialogs.form_dialog(self._work, row, title, partners, self)

    def _settle(self, row: ConsentRow) -> None:
        """What the laptops say stands side by side; somebody who asked the person chooses."""

        def open_it(found: Any) -> None:
            self._open(settle_dialog(self._work, self._office, row, found[0], found[1], self))

        self._work.ask(lambda reader: (disputes_of(reader, row.id), partner_list(reader)), open_it, owner=self)

    def _revoke(self, row: ConsentRow) -> None:
        self._open(dialogs.revoke_dialog(self._work, row, self))

    def _review(self, row: EmergencyRow) -> None:
        self._open(dialogs.review_dialog(self._work, self._office, row, self))

    def _settle_review(self, row: EmergencyRow) -> None:
        """What each laptop wrote stands side by side; a second person says which review counts, and why."""
        self._work.ask(
            lambda reader: reviews_of(reader, row.id),
            lambda found: self._open(settle_review_dialog(self._work, self._office, row, found, self)),
            owner=self,
        )

    def _sent(self, row: NoticeRow) -> None:
        self._open(dialogs.notice_dialog(self._work, self._office, row, self))

    def _confirmed(self, row: NoticeRow) -> None:
        self._work.do(lambda book: acknowledge_notice(book, AcknowledgeNotice(notice=row.id)))

    def _bind(self, row: ConsentRow) -> None:
        case = self._case

        def open_it(scans: Any) -> None:
            self._open(dialogs.bind_dialog(self._work, row, scans, self))

        self._work.ask(lambda reader: attachments(reader, case), open_it, owner=self)

    # Papers

    def _print_notice(self, row: NoticeRow) -> None:
        names: dict[str, Words] = {each: verbatim(LANGUAGE_NAMES[each]) for each in LANGUAGES}
        self._choose(names, lambda spoken: self._print(WantedPaper("consent_notice", spoken, self._case, row.id)))

    def _print_consent(self, row: ConsentRow) -> None:
        def wanted(spoken: str, safe: str, discreet: bool) -> WantedPaper:
            return WantedPaper("consent", spoken, self._case, row.id, safe_to_take=safe, discreet=discreet)

        self._open(TakeAlong(_("The sheet of this consent"), LANGUAGES, wanted, self._print, self))

    def _receipt(self, _row: WithdrawalRow) -> None:
        """The person takes it along, in their own language where the form speaks it."""

        def wanted(spoken: str, safe: str, discreet: bool) -> WantedPaper:
            return WantedPaper(RECEIPT, spoken, self._case, safe_to_take=safe, discreet=discreet)

        self._open(TakeAlong(_("Receipt for the person"), paper_languages(RECEIPT), wanted, self._print, self))

    def _print(self, wish: WantedPaper) -> None:
        print_for(self._work, wish, self.window())

    def _choose(self, names: Mapping[str, Words], then: Callable[[str], object]) -> None:
        menu = QMenu(self)
        for code, name in names.items():
            chosen = QAction(language.text(name), menu)
            chosen.triggered.connect(partial(lambda code, _on=False: then(code), code))
            menu.addAction(chosen)
        menu.popup(self.cursor().pos())
