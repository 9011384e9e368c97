"""Consents and forms of a case: what the person agreed to, and which forms were filled in."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.consents import WithdrawConsent, withdraw_consent
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CasePage, ConsentRow, SheetRow
from kzcase.forms.library import shipped_form, shipped_forms
from kzcase.i18n import Words, _, on_the_wall, verbatim
from kzcase.ui import language, theme
from kzcase.ui.lines import refill
from kzcase.ui.messages import ask
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Chip
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

Titles = Mapping[str, Mapping[str, str]]
NO_CONSENT: Final = _("No consent yet. Without one nothing can be passed on.")
NO_SHEET: Final = _("No form was filled in yet.")


class ConsentsCard(Card):
    """What was agreed, for whom and until when. `wanted`: record another."""

    wanted = Signal()

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Consents"), parent)
        self._work = work
        self._office = office
        self.record = Button(_("Record consent"), kind="quiet", icon="handshake")
        self.record.setVisible(office.may(Permission.WORK_ON_CASES))
        self.record.clicked.connect(self.wanted)
        self.head.addWidget(self.record)
        self.nothing = Label(NO_CONSENT, "meta", wrap=True)
        self.add(self.nothing)
        self._lines = QVBoxLayout()
        box(self._lines, space=theme.SPACE_GROUP)
        self.body.addLayout(self._lines)

    def show_case(self, page: CasePage) -> None:
        """Show the consents of this case."""
        self.nothing.setVisible(not page.consents)
        self.record.setEnabled(page.closed_on is None)
        lines = [ConsentLine(row, self._office) for row in reversed(page.consents)]
        for line in lines:
            line.withdraw.clicked.connect(lambda _checked=False, row=line.row: self._ask_withdraw(row))
        refill(self._lines, lines)

    def _ask_withdraw(self, row: ConsentRow) -> None:
        ask(_("Withdraw the consent for {partner}?", partner=row.partner),
            _("Nothing more may be passed to this partner. What was sent stays sent; this cannot be undone."),
            _("Withdraw"), lambda: self._withdraw(row.id), parent=self.window())  # fmt: skip

    def _withdraw(self, consent: str) -> None:
        self._work.do(lambda book: withdraw_consent(book, WithdrawConsent(consent=consent)))


class ConsentLine(QWidget):
    """One consent: the partner, the purpose, until when, and whether it holds today."""

    def __init__(self, row: ConsentRow, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self.withdraw = Button(_("Withdraw"), kind="quiet")
        self.withdraw.setAccessibleName(f"{language.text(_('Withdraw'))}: {row.partner}")
        self.withdraw.setVisible(row.in_force and office.may(Permission.WORK_ON_CASES))
        words = QVBoxLayout()
        box(words, space=2)
        words.addWidget(Label(verbatim(row.partner), "label", wrap=True))
        words.addWidget(Label(_told(row, office), "caption", wrap=True))
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        layout.addLayout(words, 1)
        state = (_("In force"), "ok") if row.in_force else (_("Not in force"), "neutral")
        layout.addWidget(Chip(state[0], "ok" if row.in_force else "neutral"), 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.withdraw)


def _told(row: ConsentRow, office: Office) -> Words:
    purpose = verbatim(language.text(office.said("consent_purpose", row.purpose)))
    if row.withdrawn_on is not None:
        return _("{purpose}, withdrawn {date}", purpose=purpose, date=row.withdrawn_on)
    if row.valid_until is not None:
        return _("{purpose}, until {date}", purpose=purpose, date=row.valid_until)
    return purpose


class SheetsCard(Card):
    """Forms filled in, and one button for each form there is. `wanted`: fill in this form; `shown`: look at it."""

    wanted = Signal(str)
    shown = Signal(str)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Forms"), parent)
        self._may = office.may(Permission.WORK_ON_CASES)
        self._titles: Titles = {}
        self._page: CasePage | None = None
        self.nothing = Label(NO_SHEET, "meta")
        self.add(self.nothing)
        self._lines, self._forms = QVBoxLayout(), QVBoxLayout()
        for layout in (self._lines, self._forms):
            box(layout, space=theme.SPACE_GROUP)
            self.body.addLayout(layout)
        work.ask(_read_titles, self._take_titles, owner=self)

    def _take_titles(self, titles: Titles) -> None:
        self._titles = titles
        for form_id, title in titles.items():
            button = Button(title, kind="plain", icon="clipboard-list")
            button.clicked.connect(lambda _checked=False, form_id=form_id: self.wanted.emit(form_id))
            self._forms.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if self._page is not None:
            self.show_case(self._page)

    def show_case(self, page: CasePage) -> None:
        """Show the forms of this case."""
        self._page = page
        self.nothing.setVisible(not page.sheets)
        lines = [SheetLine(row, self._titles) for row in reversed(page.sheets)]
        for line in lines:
            line.look.clicked.connect(lambda _checked=False, form_id=line.row.form_id: self.shown.emit(form_id))
        refill(self._lines, lines)
        for place in range(self._forms.count()):
            item = self._forms.itemAt(place)
            button = item.widget() if item is not None else None
            if button is not None:
                button.setVisible(self._may and page.closed_on is None)


class SheetLine(QWidget):
    """One filling-in: which form, when, by whom; and the button that shows it as paper."""

    def __init__(self, row: SheetRow, titles: Titles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        title = titles.get(row.form_id) or verbatim(row.form_id)
        when = on_the_wall(row.answered_at)[:10] if row.answered_at else ""
        self.look = Button(_("Show"), kind="quiet", icon="file-text")
        self.look.setAccessibleName(f"{language.text(_('Show'))}: {language.text(title)} {when}")
        words = QVBoxLayout()
        box(words, space=2)
        words.addWidget(Label(title, "label", wrap=True))
        words.addWidget(Label(verbatim("  ·  ".join(filter(None, (when, row.author)))), "caption"))
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        layout.addLayout(words, 1)
        layout.addWidget(self.look)


def _read_titles(_reader: Any) -> Titles:
    return {form_id: shipped_form(form_id).title for form_id in shipped_forms()}
