"""Recording a consent: for whom, for what, which kinds of facts, until when; explained first, printed afterwards."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.consents import GiveConsent, give_consent
from kzcase.actions.papers import WantedPaper
from kzcase.actions.wishes import Done
from kzcase.domain.classes import FieldClass
from kzcase.domain.papers import CLASS_WORDS
from kzcase.domain.rows import PartnerRow
from kzcase.i18n import LANGUAGE_NAMES, LANGUAGES, Language, Words, _, verbatim
from kzcase.queries.consent_page import whose_yes
from kzcase.queries.partners import partner_list
from kzcase.ui import language, theme
from kzcase.ui.at_work import office_at
from kzcase.ui.clock import today
from kzcase.ui.consents.further import HowCard, WhoAgreesCard, given
from kzcase.ui.drafts import place
from kzcase.ui.kept_fields import KeptFields
from kzcase.ui.papers import print_for
from kzcase.ui.slices import Steps
from kzcase.ui.taking_away import TakingAway
from kzcase.ui.widgets.cards import Card, inside
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.wish_dialog import WishDialog
from kzcase.ui.work import Work

EXPLAINED: Final[tuple[Words, ...]] = (
    _("The person may say no, or agree to a part only, and still gets help."),
    _("The person may change their mind at any time and need not say why."),
    _("Only what is ticked goes to this organisation, and only for this purpose."),
)
PURPOSE: Final = "referral"
NOT_EXPLAINED: Final = _("Explain it first, then tick this.")
NOTHING_TICKED: Final = _("Tick at least one kind of facts, or do not record a consent.")
PAST: Final = _("This day is over already.")
PLACES: Final = {
    name: name
    for name in ("partner", "purpose", "language", "valid_until", "guardianship_told_on", "best_interests_on")
}


class ConsentDialog(KeptFields, WishDialog):
    """Records one consent of one case. `given` carries its id; nothing is ticked that the person did not say."""

    given = Signal(str)

    def __init__(self, work: Work, case_id: str, parent: QWidget | None = None) -> None:
        super().__init__(work, _("Record consent"), _("Record consent"), parent=parent)
        self._case = case_id
        self._office = office_at(work)
        self.save.clicked.connect(self._save)
        self.resize(theme.px(940), theme.px(660))
        self.build(self._steps())

    def _steps(self) -> Steps:
        right = inside(self.columns.right)
        make: tuple[Callable[[], Card], ...] = (lambda: self._what(right), lambda: self._told(right))
        left: tuple[Callable[[], Card], ...] = (self._who, self._agrees, self._how)
        yield from self.put((card() for card in left), (card() for card in make))
        self.partner.setFocus(Qt.FocusReason.OtherFocusReason)
        self._keep()
        case = self._case
        self._work.ask(partner_list, self._take_partners, owner=self)
        self._work.ask(lambda reader: whose_yes(reader, case), self.agrees.show_rule, owner=self)

    def _agrees(self) -> Card:
        self.agrees = WhoAgreesCard(self._office, inside(self.columns.left))
        self.rows |= self.agrees.rows
        return self.agrees

    def _how(self) -> Card:
        self.how = HowCard(self._office, inside(self.columns.left))
        self.rows |= self.how.rows
        return self.how

    def _keep(self) -> None:
        """Texts alone. What was ticked or chosen is what somebody agreed to, and how it was explained: of one moment,
        one recipient and one purpose. Given back, it would stand under another one, wider than agreed."""
        named = ("valid_until", *self.agrees.rows, *self.how.rows)
        fields: dict[str, QWidget] = {name: self.rows[name].field for name in named}
        texts = {name: field for name, field in fields.items() if isinstance(field, LineEdit | TextArea)}
        self.keep_typing(self._work, place("consent", self._case), texts)

    def _who(self) -> Card:
        card = Card(parent=inside(self.columns.left))
        self._make_fields()
        self.interpreter = Check(_("An interpreter helped"), parent=card)
        fields: tuple[tuple[str, Words, QWidget, Words | None], ...] = (
            ("partner", _("Who will receive it"), self.partner, None),
            ("purpose", _("What for"), self.purpose, None),
            ("language", _("Language of the explanation"), self.language, None),
            ("valid_until", _("Valid until"), self.valid_until, HELP),
            ("paper", _("Print the sheet to sign"), self.paper, _("Backspace: do not print it.")),
        )
        for name, label, field, help in fields:
            required = name in ("partner", "purpose", "language")
            self.rows[name] = FieldRow(label, field, help, required=required, parent=card)
            card.add(self.rows[name])
            if name == "language":
                card.add(self.interpreter)
        card.add(self.taking)
        self.rows["safe"] = self.taking.row
        self._look()
        return card

    def _make_fields(self) -> None:
        self.partner = CodeCombo(())
        self.purpose = CodeCombo(self._office.choices("consent_purpose"), blank=None)
        self.purpose.set_code(PURPOSE)
        self.language = CodeCombo(self._office.choices("language"))  # of the person's: the window's own says nothing
        self.valid_until = DateEdit()
        self.paper = KeyChoices([Choice(each, verbatim(LANGUAGE_NAMES[each])) for each in LANGUAGES])
        self.paper.set_code(language.current())
        self.taking = TakingAway()
        self.paper.chosen.connect(self._look)

    @Slot()
    def _look(self, *_chosen: object) -> None:
        """A paper the person may take along is asked about; without a paper there is nothing to ask."""
        self.taking.setVisible(bool(self.paper.code()))

    def _what(self, parent: QWidget) -> Card:
        card = Card(_("What may be shared"), parent)
        self.classes = {each: Check(CLASS_WORDS[each], parent=card) for each in FieldClass}
        self.classes_wrong = Label(None, "error", wrap=True, parent=card)
        for widget in (*self.classes.values(), self.classes_wrong):
            card.add(widget)
        return card

    def _told(self, parent: QWidget) -> Card:
        card = Card(_("Say this first"), parent)
        for sentence in EXPLAINED:
            card.add(Label(sentence, "meta", wrap=True, parent=card))
        self.explained = Check(_("I explained this, and the person understood"), parent=card)
        self.explained_wrong = Label(None, "error", wrap=True, parent=card)
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
        self.must_have("partner", "language", *(("safe",) if self.paper.code() else ()))
        until = self.valid_until.value()
        if not self.valid_until.wrong:
            self.rows["valid_until"].set_error(PAST if until and until < today() else None)
        chosen = any(tick.isChecked() for tick in self.classes.values())
        self._tell(self.classes_wrong, None if chosen else NOTHING_TICKED)
        self._tell(self.explained_wrong, None if self.explained.isChecked() else NOT_EXPLAINED)
        row = self.first_wrong()
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
            partner=self.partner.code() or None,
            purpose=self.purpose.code() or "",
            classes=[each.value for each, tick in self.classes.items() if tick.isChecked()],
            language=self.language.code() or "",
            interpreter=self.interpreter.isChecked(),
            valid_until=until.isoformat() if until else None,
            **given(self.how.rows),
            **(given(self.agrees.rows) if self.agrees.isVisibleTo(self) else {}),
        )
        self.save.setEnabled(False)
        self._work.do(lambda book: give_consent(book, wish), self._saved, partial(self.refuse, PLACES), owner=self)

    def _saved(self, done: Done) -> None:
        consent = done.ids["consent"].hex()
        spoken: Language | None = next((each for each in LANGUAGES if each == self.paper.code()), None)
        window: Any = self.parentWidget()
        if spoken is not None and window is not None and self.taking.may_print:
            print_for(self._work, self._sheet(spoken, consent), window.window())
        self.given.emit(consent)
        self.accept()

    def _sheet(self, spoken: Language, consent: str) -> WantedPaper:
        """The sheet to sign, or what the person may take along of it."""
        safe, discreet = self.taking.code(), self.taking.discreet.isChecked()
        return WantedPaper("consent", spoken, self._case, consent, safe_to_take=safe, discreet=discreet)
