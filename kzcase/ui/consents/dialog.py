"""Recording a consent: for whom, for what, which kinds of facts, until when; explained first, printed afterwards."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.consents import GiveConsent, give_consent
from kzcase.actions.papers import WantedPaper
from kzcase.actions.wishes import Done
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import KzcaseError
from kzcase.domain.papers import CLASS_WORDS
from kzcase.domain.rows import PartnerRow
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, Words, _, verbatim
from kzcase.queries.office import partner_list
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.fields import show_refused
from kzcase.ui.messages import banner_error
from kzcase.ui.papers import print_for
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from kzcase.ui.work import Work

EXPLAINED: Final[tuple[Words, ...]] = (
    _("The person may say no, or agree to a part only, and still gets help."),
    _("The person may change their mind at any time and need not say why."),
    _("Only what is ticked goes to this organisation, and only for this purpose."),
)
PURPOSE: Final = "referral"
NEEDED: Final = _("Please fill this in.")
NOT_EXPLAINED: Final = _("Explain it first, then tick this.")
NOTHING_TICKED: Final = _("Tick at least one kind of facts, or do not record a consent.")
PAST: Final = _("This day is over already.")
PLACES: Final = {"partner": "partner", "purpose": "purpose", "language": "language", "valid_until": "valid_until"}


class ConsentDialog(QDialog):
    """Records one consent of one case. `given` carries its id; nothing is ticked that the person did not say."""

    given = Signal(str)

    def __init__(self, work: Work, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._case = work, case_id
        self._office = office_at(work)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._make_fields()
        self.said = Banner(_("Record consent"), "info", parent=self)
        self.said.hide()
        self.save = Button(_("Record consent"), kind="primary", icon="check", shortcut="Ctrl+S")
        self.cancel = Button(_("Cancel"))
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self._build()
        work.ask(partner_list, self._take_partners, owner=self)

    def _make_fields(self) -> None:
        self.partner = CodeCombo(())
        self.purpose = CodeCombo(self._office.choices("consent_purpose"), blank=None)
        self.purpose.set_code(PURPOSE)
        self.language = CodeCombo(self._office.choices("language"), blank=None)
        self.language.set_code(language.current())
        self.valid_until = DateEdit()
        self.classes = {each: Check(CLASS_WORDS[each]) for each in FieldClass}
        self.interpreter = Check(_("An interpreter helped"))
        self.explained = Check(_("I explained this, and the person understood"))
        self.paper = KeyChoices([Choice(each, verbatim(LANGUAGE_NAMES[each])) for each in LANGUAGES])
        self.paper.set_code(language.current())
        self.rows: dict[str, FieldRow] = {
            "partner": FieldRow(_("Who will receive it"), self.partner, required=True),
            "purpose": FieldRow(_("What for"), self.purpose, required=True),
            "language": FieldRow(_("Language of the explanation"), self.language, required=True),
            "valid_until": FieldRow(_("Valid until"), self.valid_until, HELP),
            "paper": FieldRow(_("Print the sheet to sign"), self.paper, _("Backspace: do not print it.")),
        }
        self.classes_wrong = Label(None, "error", wrap=True, parent=self)
        self.explained_wrong = Label(None, "error", wrap=True, parent=self)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Record consent"), "title"))
        layout.addWidget(self.said)
        columns = Columns((1, 1), narrow=640)
        columns.left.addWidget(self._who())
        columns.right.addWidget(self._what())
        columns.right.addWidget(self._told())
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
        self.resize(theme.px(940), theme.px(660))
        self.partner.setFocus(Qt.FocusReason.OtherFocusReason)

    def _who(self) -> Card:
        card = Card()
        for name in ("partner", "purpose", "language"):
            card.add(self.rows[name])
        card.add(self.interpreter)
        card.add(self.rows["valid_until"])
        card.add(self.rows["paper"])
        return card

    def _what(self) -> Card:
        card = Card(_("What may be shared"))
        for tick in self.classes.values():
            card.add(tick)
        card.add(self.classes_wrong)
        return card

    def _told(self) -> Card:
        card = Card(_("Say this first"))
        for sentence in EXPLAINED:
            card.add(Label(sentence, "meta", wrap=True))
        card.add(self.explained)
        card.add(self.explained_wrong)
        return card

    def _take_partners(self, rows: Sequence[PartnerRow]) -> None:
        self.partner.set_choices([Choice(row.id, verbatim(row.name)) for row in rows])

    def show_partner(self, partner_id: str) -> None:
        """Choose the partner this consent is for."""
        self.partner.set_code(partner_id)

    # saving

    def _wrong(self) -> QWidget | None:
        """Say what is missing; gives the first field of it."""
        self.rows["partner"].set_error(None if self.partner.code() else NEEDED)
        until = self.valid_until.value()
        if not self.valid_until.wrong:
            self.rows["valid_until"].set_error(PAST if until and until < date.today() else None)
        chosen = any(tick.isChecked() for tick in self.classes.values())
        self._tell(self.classes_wrong, None if chosen else NOTHING_TICKED)
        self._tell(self.explained_wrong, None if self.explained.isChecked() else NOT_EXPLAINED)
        row = next((row for row in self.rows.values() if row.error is not None), None)
        if row is not None:
            return row
        if not chosen:
            return next(iter(self.classes.values()))
        return None if self.explained.isChecked() else self.explained

    def _tell(self, label: Label, words: Words | None) -> None:
        label.say(words)
        label.setVisible(words is not None)

    @Slot()
    def _save(self) -> None:
        wrong = self._wrong()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        until = self.valid_until.value()
        wish = GiveConsent(
            case=self._case,
            partner=self.partner.code() or "",
            purpose=self.purpose.code() or "",
            classes=[each.value for each, tick in self.classes.items() if tick.isChecked()],
            language=self.language.code() or "",
            interpreter=self.interpreter.isChecked(),
            valid_until=until.isoformat() if until else None,
        )
        self.save.setEnabled(False)
        self._work.do(lambda book: give_consent(book, wish), self._saved, self._refused, owner=self)

    def _saved(self, done: Done) -> None:
        consent = done.ids["consent"].hex()
        spoken: Language | None = next((each for each in LANGUAGES if each == self.paper.code()), None)
        window: Any = self.parentWidget()
        if spoken is not None and window is not None:
            print_for(self._work, WantedPaper("consent", spoken, self._case, consent), window.window())
        self.given.emit(consent)
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        self.save.setEnabled(True)
        if not show_refused(self.rows, PLACES, error):
            banner_error(self.said, error)
