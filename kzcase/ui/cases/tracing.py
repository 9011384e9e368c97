"""Who looks for the person of a case: the requests, what is still to be checked about who asks, and the reply."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.papers import MadePaper
from kzcase.actions.tracing_papers import reply_paper
from kzcase.domain.permissions import Permission
from kzcase.domain.person_rows import AlikeRow
from kzcase.domain.records import tie_name
from kzcase.domain.rows import CasePage
from kzcase.domain.tracing import Told, TracingRow
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.tracing import tracings, within_own_reach
from kzcase.ui import language, theme
from kzcase.ui.cases.tracing_dialogs import ask_dialog, vet_dialog
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.papers import preview
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Chip
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

SHOWN_FOR: Final = frozenset({"missing", "child", "stranded"})
HINT: Final = _(
    "Whoever asks may be whom the person fled from. Nothing is sought before they are vetted, and nothing is told "
    "before the found person has answered."
)
NO_REQUEST: Final = _("Nobody has asked after this person.")
CHECKS: Final = {
    "identity": _("who they are"),
    "kinship": _("that they are related"),
    "motive": _("why they ask"),
    "danger": _("whether they might be the danger"),
}
MAY_BE_TOLD: Final[dict[Told, Words]] = {
    Told.NOTHING: _("Nothing may be told. The reply is the same whether or not somebody was found."),
    Told.MESSAGE: _("The found person wishes only a message to be passed on."),
    Told.CONTACT: _("The found person has agreed to be in contact."),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """The requests of a case, and who of one's own cases may be the person."""

    rows: tuple[TracingRow, ...]
    alike: tuple[AlikeRow, ...]


class TracingCard(Card):
    """Shows the requests about the person of one case; hidden where nobody is looked for."""

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Who is looking for this person"), parent)
        self._work, self._office = work, office
        self._page: CasePage | None = None
        self.asked: Asked | None = None
        self.ask = Button(_("Somebody asks"), kind="quiet", icon="plus", parent=self)
        self.ask.clicked.connect(self._ask_after)
        self.head.addWidget(self.ask)
        self.hint = Label(HINT, "caption", wrap=True, parent=self)
        self.nobody = Label(NO_REQUEST, "meta", wrap=True, parent=self)
        self.alike = Label(None, "caption", wrap=True, parent=self)
        for each in (self.hint, self.nobody, self.alike):
            self.add(each)
        lines = QVBoxLayout()
        box(lines, space=theme.SPACE_GROUP)
        self.body.addLayout(lines)
        self._lines: Lines[TracingRow, TracingLine] = Lines(lines, lambda parent: TracingLine(self, parent))
        self.hide()

    @property
    def office(self) -> Office:
        """The office it stands in."""
        return self._office

    def show_case(self, page: CasePage) -> None:
        """Look up who asks after the person of this case."""
        self._page, case = page, page.id

        def question(reader: Any) -> Asked:
            rows = tuple(tracings(reader, case))
            return Asked(rows, tuple(within_own_reach(reader, case)) if rows else ())

        self._work.ask(question, self._found, key="tracing", owner=self)

    def _found(self, asked: Asked) -> None:
        self.asked, page = asked, self._page
        if page is None:
            return
        self.setVisible(bool(asked.rows) or page.kind in SHOWN_FOR)
        works = page.closed_on is None and self._office.may(Permission.WORK_ON_CASES)
        self.ask.setVisible(works)
        self.nobody.setVisible(not asked.rows)
        self._lines.show(asked.rows)
        self.retranslate()

    def retranslate(self) -> None:
        asked: Asked | None = getattr(self, "asked", None)
        if asked is None:
            return
        numbers = ", ".join(f"{row.case.number} ({row.case.name or MASK})" for row in asked.alike)
        self.alike.say(_("In your own cases, perhaps the same person: {cases}", cases=verbatim(numbers)))
        self.alike.setVisible(bool(asked.alike))

    def _ask_after(self) -> None:
        if self._page is not None:
            ask_dialog(self._work, self._office, self._page.id, self.window()).open()

    def vet(self, row: TracingRow | None) -> None:
        """What was checked about who asks."""
        if row is not None:
            vet_dialog(self._work, self._office, row, self.window()).open()

    def reply(self, row: TracingRow | None) -> None:
        """The letter to whoever asks, in the language of the window."""
        if row is None:
            return
        spoken, window, tracing = language.current(), self.window(), row.id

        def shown(paper: MadePaper) -> None:
            preview(self._work, paper, window)

        self._work.long(
            lambda book, _progress: reply_paper(book, tracing, spoken), shown, _("Making the paper"), owner=window
        )


class TracingLine(Line[TracingRow]):
    """One request: who asks, what they say, how far they are checked, and what may be told."""

    def __init__(self, card: TracingCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = card
        self.title = Label(None, "label", wrap=True, parent=self)
        self.chip = Chip(verbatim(""), parent=self)
        self.said = Label(None, "caption", wrap=True, parent=self)
        self.told = Label(None, "caption", wrap=True, parent=self)
        layout, line = QVBoxLayout(self), Flow(space=0)
        box(layout, space=2)
        layout.addWidget(self.title)
        layout.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.said)
        layout.addWidget(self.told)
        self.vet = Button(_("Check who asks"), kind="quiet", icon="shield-check", parent=self)
        self.reply = Button(_("Reply to whoever asks"), kind="quiet", icon="printer", parent=self)
        self.vet.clicked.connect(lambda *_checked: card.vet(self.row))
        self.reply.clicked.connect(lambda *_checked: card.reply(self.row))
        for button in (self.vet, self.reply):
            button.setVisible(card.office.may(Permission.WORK_ON_CASES))
            line.addWidget(button)
        layout.addLayout(line)

    def say(self, row: TracingRow) -> None:
        office = self._card.office
        name = MASK if "enquirer_name" in row.masked else row.enquirer_name or language.text(_("Name unknown"))
        tie = tie_name(row.relation, office.rulebook.codes, language.current()) if row.relation else ""
        self.title.say(verbatim(" · ".join(filter(None, (row.number, name, tie)))))
        if row.lacks:
            self.chip.say(_("not vetted"), "danger" if row.danger == "yes" else "warn")
        else:
            self.chip.say(_("vetted"), "ok")
        self.said.say(language.several(_said(row)))
        message = [verbatim(row.message)] if row.message else []
        self.told.say(language.several((MAY_BE_TOLD[row.told], *message)))


def _said(row: TracingRow) -> Iterator[Words]:
    if row.danger == "yes":
        yield _("They might be the danger. Talk to a supervisor; tell them nothing.")
    if row.lacks:
        checks = ", ".join(language.text(CHECKS[each]) for each in row.lacks)
        yield _("Still to be checked: {checks}", checks=verbatim(checks))
    elif row.vetted_by and row.vetted_on:
        yield _("checked by {colleague}, {date}", colleague=row.vetted_by, date=row.vetted_on)
    if row.asked_on:
        yield _("asked on {date}", date=row.asked_on)
    if row.last_place:
        yield _("last known place: {place}", place=row.last_place)
