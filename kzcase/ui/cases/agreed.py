"""Consents and forms of a case: what the person agreed to, and which forms were filled in."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CasePage, ConsentRow, SheetRow
from kzcase.i18n import Words, _, on_the_wall, verbatim
from kzcase.queries.forms import form_titles
from kzcase.ui import language, theme
from kzcase.ui.language import Label as Said
from kzcase.ui.lines import Line, Lines
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
    """What was agreed, for whom and until when. `wanted`: record another; `all_wanted`: everything about them."""

    wanted = Signal()
    all_wanted = Signal()

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Consents"), parent)
        self._work = work
        self._office = office
        self.record = Button(_("Record consent"), kind="quiet", icon="handshake", parent=self)
        self.record.setVisible(office.may(Permission.WORK_ON_CASES))
        self.record.clicked.connect(self.wanted)
        self.all = Button(_("Everything"), kind="quiet", icon="list-checks", parent=self)
        self.all.clicked.connect(self.all_wanted)
        self.head.addWidget(self.all)
        self.head.addWidget(self.record)
        self.nothing = Label(NO_CONSENT, "meta", wrap=True, parent=self)
        self.add(self.nothing)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self._lines: Lines[ConsentRow, ConsentLine] = Lines(lines, self._line)

    def _line(self, parent: QWidget) -> "ConsentLine":
        line = ConsentLine(self._office, parent)
        line.withdraw.clicked.connect(self.all_wanted)
        return line

    def show_case(self, page: CasePage) -> None:
        """Show the consents of this case."""
        self.nothing.setVisible(not page.consents)
        self.record.setEnabled(page.closed_on is None)
        self._lines.show([row for row in page.consents[::-1] if not row.replaced])


class ConsentLine(Line[ConsentRow]):
    """One consent: the partner, the purpose, until when, and whether it holds today."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.withdraw = Button(_("Withdraw"), kind="quiet", parent=self)
        self.partner = Label(None, "label", wrap=True, parent=self)
        self.told = Label(None, "caption", wrap=True, parent=self)
        self.state = Chip(verbatim(""), parent=self)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        words = QVBoxLayout()
        box(words, space=2)
        layout.addLayout(words, 1)
        words.addWidget(self.partner)
        words.addWidget(self.told)
        layout.addWidget(self.state, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.withdraw)

    def say(self, row: ConsentRow) -> None:
        self.partner.say(verbatim(row.partner) if row.partner_id else _("Our own office"))
        self.told.say(_told(row, self._office))
        if row.in_force:
            self.state.say(*((_("In force in part"), "warn") if row.why else (_("In force"), "ok")))
        elif row.disputed:
            self.state.say(_("Laptops disagree"), "danger")
        else:
            self.state.say(*((_("Not complete"), "warn") if row.lacks else (_("Not in force"), "neutral")))
        self.withdraw.setAccessibleName(f"{language.text(_('Withdraw'))}: {row.partner}")
        self.withdraw.setVisible(row.in_force and self._office.may(Permission.WORK_ON_CASES))


def _told(row: ConsentRow, office: Office) -> Words:
    purpose = verbatim(language.text(office.said("consent_purpose", row.purpose)))
    if row.withdrawn_on is not None:
        return _("{purpose}, withdrawn {date}", purpose=purpose, date=row.withdrawn_on)
    if row.valid_until is not None:
        return _("{purpose}, until {date}", purpose=purpose, date=row.valid_until)
    return purpose


class SheetsCard(Card):
    """Forms filled in, and the button that offers all there are. `wanted`: fill in a form; `shown`: look at this
    filling-in of one (its id)."""

    wanted = Signal()
    shown = Signal(str)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Forms"), parent)
        self._may = office.may(Permission.WORK_ON_CASES)
        self._titles: Titles = {}
        self._page: CasePage | None = None
        self.fill = Button(_("Fill in a form"), kind="quiet", icon="clipboard-list", shortcut="Ctrl+E", parent=self)
        self.fill.clicked.connect(self.wanted)
        self.head.addWidget(self.fill)
        self.nothing = Label(NO_SHEET, "meta", wrap=True, parent=self)
        self.add(self.nothing)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self._lines: Lines[SheetRow, SheetLine] = Lines(lines, self._line)
        work.ask(form_titles, self._take_titles, owner=self)

    def _line(self, parent: QWidget) -> "SheetLine":
        line = SheetLine(self, parent)
        line.look.clicked.connect(lambda: self.shown.emit(line.row.id if line.row is not None else ""))
        return line

    def title_of(self, form_id: str) -> Said:
        """What a form is called."""
        return self._titles.get(form_id) or verbatim(form_id)

    def _take_titles(self, titles: Titles) -> None:
        self._titles = titles
        if self._page is not None:
            self.show_case(self._page)

    def show_case(self, page: CasePage) -> None:
        """Show the forms of this case."""
        self._page = page
        self.nothing.setVisible(not page.sheets)
        self._lines.show(page.sheets[::-1])
        self.fill.setVisible(self._may and page.closed_on is None)


class SheetLine(Line[SheetRow]):
    """One filling-in: which form, when, by whom; and the button that shows what was answered."""

    def __init__(self, card: SheetsCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self.look = Button(_("Show"), kind="quiet", icon="file-text", parent=self)
        self.title, self.who = Label(None, "label", wrap=True, parent=self), Label(None, "caption", parent=self)
        layout = QHBoxLayout(self)
        box(layout, space=theme.SPACE_GROUP)
        words = QVBoxLayout()
        box(words, space=2)
        layout.addLayout(words, 1)
        words.addWidget(self.title)
        words.addWidget(self.who)
        layout.addWidget(self.look)

    def say(self, row: SheetRow) -> None:
        title = self._card.title_of(row.form_id)
        when = on_the_wall(row.answered_at)[:10] if row.answered_at else ""
        self.title.say(title)
        self.who.say(verbatim("  ·  ".join(filter(None, (when, row.author)))))
        self.look.setAccessibleName(f"{language.text(_('Show'))}: {language.text(title)} {when}")
