"""Cards about the consents of a case: what holds, what filled forms say, what ended and who was told, emergencies."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.domain.classes import FieldClass
from kzcase.domain.consent_ages import LACKS_WORDS
from kzcase.domain.consent_rows import (
    ConsentRow,
    EmergencyRow,
    FormToRecord,
    NoticeRow,
    PastRecipientRow,
    WithdrawalRow,
)
from kzcase.domain.consents import STAYS_WORDS, Stays
from kzcase.domain.papers import CLASS_WORDS
from kzcase.i18n import Words, _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Chip, Tone
from kzcase.ui.widgets.labels import Label

RowT = TypeVar("RowT")
OUR_OFFICE: Final = _("Our own office")
A_FILE: Final = _("Whoever was given the file that was saved")
STATE_TONES: Final[dict[str, Tone]] = {"due": "warn", "sent": "info", "acknowledged": "ok", "not_wanted": "neutral"}


Said = tuple[Any, Words, Words | None, Tone]
"""What stands on a line: its title, what is to be known, and a chip with its tone."""
Told = Callable[[RowT], Said]


class Step(Generic[RowT]):
    """A button on a line: its words, for which rows it is there, and what it asks for."""

    def __init__(self, words: Words, icon: str, wanted: Callable[[RowT], object], when: Callable[[RowT], bool]) -> None:
        self.words, self.icon, self.wanted, self.when = words, icon, wanted, when


class StepLine(Line[RowT]):
    """A title, what is to be known about it, a chip and the buttons that fit."""

    def __init__(
        self,
        told: Told[RowT],
        steps: Sequence[Step[RowT]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._told = told
        self.title = Label(None, "label", wrap=True, parent=self)
        self.facts = Label(None, "caption", wrap=True, parent=self)
        self.chip = Chip(verbatim(""), parent=self)
        words = QVBoxLayout()
        box(words, space=2)
        upper = QHBoxLayout()
        box(upper, space=theme.SPACE_GROUP)
        upper.addWidget(self.title, 1)
        upper.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        words.addLayout(upper)
        words.addWidget(self.facts)
        self.steps = [(step, Button(step.words, kind="quiet", icon=step.icon, parent=self)) for step in steps]
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        for step, button in self.steps:
            button.clicked.connect(lambda _on=False, step=step: step.wanted(self.row))
            line.addWidget(button)
        line.addStretch(1)
        words.addLayout(line)
        layout = QVBoxLayout(self)
        box(layout)
        layout.addLayout(words)

    def say(self, row: RowT) -> None:
        title, facts, chip, tone = self._told(row)
        self.title.say(title)
        self.facts.say(facts)
        self.facts.setVisible(bool(language.text(facts)))
        self.chip.setVisible(chip is not None)
        if chip is not None:
            self.chip.say(chip, tone)
        for step, button in self.steps:
            button.setVisible(step.when(row))
            button.setAccessibleName(f"{language.text(step.words)}: {language.text(title)}")


class StepCard(Card, Generic[RowT]):
    """A card of such lines; hidden while there is nothing, unless it says what its emptiness means."""

    def __init__(
        self, title: Words, nothing: Words | None, told: Told[RowT], steps: Sequence[Step[RowT]], parent: QWidget
    ) -> None:
        super().__init__(title, parent)
        self._told, self._steps, self._silent = told, steps, nothing is None
        self.nothing = Label(nothing, "meta", wrap=True, parent=self)
        self.add(self.nothing)
        layout = QVBoxLayout()
        box(layout, space=theme.SPACE_FIELD)
        self.body.addLayout(layout)
        self._lines: Lines[RowT, StepLine[RowT]] = Lines(layout, self._line)
        self.lines: list[StepLine[RowT]] = []

    def _line(self, parent: QWidget) -> StepLine[RowT]:
        return StepLine(self._told, self._steps, parent)

    def show_rows(self, rows: Sequence[RowT]) -> None:
        """Show these, one a line."""
        self.nothing.setVisible(not rows and not self._silent)
        self.setVisible(bool(rows) or not self._silent)
        self.lines = self._lines.show(rows)


def joined(*parts: Words | None) -> Words:
    """Several facts on one line."""
    return verbatim("  ·  ".join(language.text(part) for part in parts if part is not None))


def classes_said(classes: Iterable[str]) -> Words | None:
    """Classes of field in words; nothing where there is none."""
    known = [language.text(CLASS_WORDS[FieldClass(each)]) for each in classes if each in set(FieldClass)]
    return verbatim("; ".join(known)) if known else None


def consent_told(office: Office) -> Told[ConsentRow]:
    """A consent: for whom and what for; what may leave, until when, who agreed, what is missing."""

    def told(row: ConsentRow) -> Said:
        purpose = language.text(office.said("consent_purpose", row.purpose))
        title = joined(verbatim(row.partner) if row.partner_id else OUR_OFFICE, verbatim(purpose))
        left = classes_said(row.remaining if row.in_force else row.classes)
        lacks = "; ".join(language.text(LACKS_WORDS[each]) for each in row.lacks)
        facts = joined(
            left,
            _("until {date}", date=row.valid_until) if row.valid_until else None,
            _("given on {date}", date=row.given_on) if row.given_on else None,
            _("explained by {colleague}", colleague=row.explained_by) if row.explained_by else None,
            _("interpreter from {organisation}", organisation=row.interpreter_from) if row.interpreter_from else None,
            _("signed sheet is here") if row.attachment else None,
            _("The person asks: {text}", text=row.withheld) if row.withheld else None,
            _("Still missing: {what}", what=lacks) if lacks else None,
        )
        return title, facts, *_state(row)

    return told


def _state(row: ConsentRow) -> tuple[Words, Tone]:
    if row.replaced:
        return _("Replaced by a newer one"), "neutral"
    if row.disputed:
        return _("Laptops disagree"), "danger"
    if row.in_force:
        return (_("In force in part"), "warn") if row.why else (_("In force"), "ok")
    if row.lacks:
        return _("Not complete"), "warn"
    return (STAYS_WORDS[Stays(row.why)] if row.why else _("Not in force")), "neutral"


def form_told(titles: Callable[[str], Any]) -> Told[FormToRecord]:
    """A filled form that nobody made the record of."""

    def told(row: FormToRecord) -> Said:
        recipient = verbatim(row.recipient) if row.recipient else None
        return titles(row.form), joined(recipient, classes_said(row.classes)), _("Not recorded yet"), "warn"

    return told


def withdrawal_told(office: Office) -> Told[WithdrawalRow]:
    """Something taken back: when, from whom, of what."""

    def told(row: WithdrawalRow) -> Said:
        purposes = "; ".join(language.text(office.said("consent_purpose", each)) for each in row.purposes)
        facts = joined(
            _("on {date}", date=row.withdrawn_on) if row.withdrawn_on else None,
            verbatim(purposes) if purposes else _("for every purpose"),
            classes_said(row.classes) or _("all kinds of facts"),
            _("Our reason: {text}", text=row.ground) if row.ground else None,
        )
        to = verbatim(row.partner) if row.partner_id else _("Every recipient")
        return joined(verbatim(row.number), to), facts, _("Revoked by us") if row.ours else _("Withdrawn"), "neutral"

    return told


def notice_told(office: Office) -> Told[NoticeRow]:
    """A recipient who has to hear of it, and how far that is."""

    def told(row: NoticeRow) -> Said:
        facts = joined(
            verbatim(row.number),
            verbatim(", ".join(row.letters)) if row.letters else None,
            _("told on {date}", date=row.sent_on) if row.sent_on else None,
            _("by {date}", date=row.due_on) if row.due_on and not row.acknowledged_on else None,
            _("confirmed on {date}", date=row.acknowledged_on) if row.acknowledged_on else None,
        )
        state = verbatim(language.text(office.said("notice_state", row.state)))
        tone: Tone = "danger" if row.overdue else STATE_TONES[row.state]
        return named(row.recipient, row.masked), facts, state, tone

    return told


def named(recipient: str | None, masked: Iterable[str]) -> Words:
    """Who received something; a file that was saved went to nobody the program knows."""
    if recipient:
        return verbatim(recipient)
    return _("Name hidden") if masked else A_FILE


def recipient_told(row: PastRecipientRow) -> Said:
    """Somebody who holds something."""
    last = _("last on {date}", date=row.last_on) if row.last_on else None
    letters = verbatim(", ".join(row.letters)) if row.letters else None
    return named(row.recipient, row.masked), joined(letters, last), None, "neutral"


def emergency_told(office: Office) -> Told[EmergencyRow]:
    """What went out without consent, and whether a second person has looked."""

    def told(row: EmergencyRow) -> Said:
        facts = joined(
            verbatim(language.text(office.said("emergency_basis", row.basis))),
            _("on {date}", date=row.released_on) if row.released_on else None,
            classes_said(row.classes),
            verbatim(row.ground) if row.ground else None,
            _("Passed on: {text}", text=row.passed) if row.passed else None,
            _("by {colleague}", colleague=row.colleague) if row.colleague else None,
            _("looked at by {colleague}", colleague=row.reviewer) if row.reviewer else None,
        )
        if row.disputed:
            return named(row.recipient, row.masked), facts, _("Reviews differ"), "danger"
        if row.review:
            said = verbatim(language.text(office.said("emergency_review", row.review)))
            return named(row.recipient, row.masked), facts, said, "ok" if row.review == "justified" else "danger"
        return named(row.recipient, row.masked), facts, _("To be reviewed"), "danger" if row.overdue else "warn"

    return told
