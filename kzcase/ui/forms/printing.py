"""Which paper of a form: blank or as it was answered, in which languages, for whom, and whether it is safe to take."""

from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kzcase.actions.papers import WantedPaper
from kzcase.domain.client_papers import WALLET, is_taken_away
from kzcase.domain.outside_papers import OFFICE, is_for_outside
from kzcase.forms.listed import ListedForm
from kzcase.i18n import LANGUAGES, _, verbatim
from kzcase.queries.case_page import case_page
from kzcase.queries.form_texts import checked_texts
from kzcase.queries.forms import known_forms
from kzcase.queries.partners import partner_list
from kzcase.ui import theme
from kzcase.ui.forms.filling import NAMES
from kzcase.ui.papers import print_blank, print_for
from kzcase.ui.taking_away import TakingAway
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll, fit
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

WIDTH: Final = 680
BLANK: Final = "blank"
FILLED: Final = "filled"
WHICH: Final = (
    Choice(BLANK, _("Blank, to fill in by hand")),
    Choice(FILLED, _("As it was last saved")),
)
WALLET_SIZE: Final = _("At the size of a bank card, several on a page, to be cut out")
UNSAVED: Final = _("What is not saved yet is not on the paper.")
FOR_WHOM: Final = _("For whom is this paper?")
STAYS: Final = _("It stays with us")
BY_CONSENT: Final = _("A partner’s paper holds only what the person agreed to for this partner.")
UNCHECKED: Final = _("No native reader has checked the text in this language; the paper says so.")


@dataclass(frozen=True, slots=True)
class Printable:
    """The form as it is offered, the languages whose texts were checked, and whether it was filled in for the case."""

    form: ListedForm
    checked: frozenset[str]
    filled: bool
    partners: tuple[tuple[str, str], ...] = ()
    """Whom a filled paper may be for, by id and name; none where it goes to nobody outside."""


def read_printable(reader: Any, form_id: str, case: str) -> Printable | None:
    """What can be printed of a form, asked off the window's thread; None for a form that is not here any more."""
    form = next((each.form for each in known_forms(reader) if each.form.id == form_id), None)
    if form is None:
        return None
    filled = bool(case) and any(sheet.form_id == form_id for sheet in case_page(reader, case).sheets)
    goes = filled and is_for_outside(form_id)
    partners = tuple((row.id, row.name) for row in partner_list(reader)) if goes else ()
    return Printable(form, frozenset(checked_texts(reader, form.version)), filled, partners)


class PrintFormDialog(QDialog):
    """Asks which paper is wanted, then shows it. A paper of a case is entered in its history, an empty one for nobody
    is not. Before a paper that the client takes away it is asked whether that is safe."""

    def __init__(
        self,
        work: Work,
        case: str,
        form_id: str,
        spoken: str,
        unsaved: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._case, self._form_id, self._spoken = work, case, form_id, spoken
        self._printable: Printable | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.which = KeyChoices(WHICH, name=_("Paper"))
        self.which.set_code(BLANK)
        self.language = CodeCombo(_languages(LANGUAGES), blank=None)
        self.language.set_code(spoken if spoken in LANGUAGES else "kk")
        self.second = CodeCombo(_languages(LANGUAGES), blank=_("No other language"))
        self.to = CodeCombo(())
        self.taking = TakingAway(self)
        self.safe, self.discreet = self.taking.safe, self.taking.discreet
        self.wallet = Check(WALLET_SIZE)
        self.unsaved = Label(UNSAVED, "caption", wrap=True, parent=self)
        self.unsaved.setVisible(unsaved)
        self.told = Banner(UNCHECKED, "info", parent=self)
        self.told.hide()
        self.inside = InnerScroll(self)
        self.show_paper = Button(_("Show the paper"), kind="primary", icon="printer")
        self.cancel = Button(_("Cancel"))
        self._build()
        self._connect()
        work.ask(lambda reader: read_printable(reader, form_id, case), self._take, owner=self)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("Print this form"), "title"))
        self._which_row = FieldRow(_("Paper"), self.which)
        self._which_row.setVisible(bool(self._case))
        self._second_row = FieldRow(_("Second language beside it"), self.second)
        self._to_row = FieldRow(FOR_WHOM, self.to, BY_CONSENT, required=True)
        self._to_row.hide()
        for widget in (
            self._which_row,
            self._to_row,
            FieldRow(_("Language of the paper"), self.language),
            self._second_row,
            self.wallet,
            self.taking,
            self.told,
            self.unsaved,
        ):
            self.inside.body.addWidget(widget)
        self.inside.body.addStretch(1)
        layout.addWidget(self.inside, 1)
        for hidden in (self.taking, self.wallet):
            hidden.hide()
        layout.addLayout(foot(self.cancel, self.show_paper))
        self.setWindowTitle("kzcase")
        self.show_paper.setDefault(True)
        self.show_paper.setEnabled(False)
        fit(self, WIDTH, self.inside)
        (self.which if self._case else self.language).setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.show_paper.clicked.connect(self._make)
        self.cancel.clicked.connect(self.reject)
        for choice in (self.which, self.language, self.second, self.to):
            choice.chosen.connect(self._look)
        self.taking.answered.connect(self._look)
        self.wallet.toggled.connect(self._look)

    def _take(self, printable: Printable | None) -> None:
        """Only a form that was filled in here can be printed filled in."""
        self._printable = printable
        if printable is None:
            return
        languages = _languages((*LANGUAGES, *printable.form.further_languages))
        for choice in (self.language, self.second):
            choice.set_choices(languages)
        if self._spoken in printable.form.further_languages:
            self.language.set_code(self._spoken)
        self.which.buttons[1].setEnabled(printable.filled)
        named = (Choice(partner, verbatim(name)) for partner, name in printable.partners)
        self.to.set_choices((Choice(OFFICE, STAYS), *named))
        self.taking.setVisible(self._taken)
        if not self._case:
            self.taking.only_discreet()
        self.wallet.setVisible(self._form_id in WALLET)
        self._look()

    def showEvent(self, event: QShowEvent) -> None:
        """Only now everything in it has its width, and how high it is follows from that."""
        super().showEvent(event)
        fit(self, WIDTH, self.inside)

    @property
    def _taken(self) -> bool:
        """Whether a client takes this paper away."""
        return self._printable is not None and is_taken_away(self._form_id, declared=self._printable.form.client_paper)

    @property
    def _goes(self) -> bool:
        """Whether it has to be said for whom: a filled form that somebody outside may get."""
        return bool(self._case) and self.which.code() == FILLED and is_for_outside(self._form_id)

    @property
    def _asks(self) -> bool:
        """Whether it is asked if that is safe: a blank paper for nobody is no client's yet."""
        return bool(self._case) and self._taken

    @Slot()
    def _look(self, *_chosen: object) -> None:
        """What follows from the choices: is it safe, was the text checked."""
        self._to_row.setVisible(self._goes)
        said = (not self._asks or self.taking.may_print) and (not self._goes or bool(self.to.code()))
        self.show_paper.setEnabled(self._printable is not None and said)
        self._second_row.setEnabled(not self.wallet.isChecked())
        if self._printable is not None and not self._checked():
            self.told.say(UNCHECKED, "info")
        else:
            self.told.hide()
        fit(self, WIDTH, self.inside)

    def _wanted(self) -> tuple[str, str]:
        first, second = self.language.code() or "kk", self.second.code() or ""
        return first, "" if second == first or self.wallet.isChecked() else second

    def _checked(self) -> bool:
        """Whether nobody has to check the texts any more."""
        assert self._printable is not None
        return {*self._wanted()} - {"", *LANGUAGES} <= self._printable.checked

    def wish(self) -> WantedPaper:
        """The paper as it is wanted."""
        first, second = self._wanted()
        return WantedPaper(
            self._form_id,
            first,
            self._case,
            second=second,
            blank=self.which.code() == BLANK,
            discreet=self.discreet.isChecked(),
            safe_to_take=self.taking.code() if self._asks else "",
            wallet=self.wallet.isChecked(),
            to=(self.to.code() or "") if self._goes else "",
        )

    @Slot()
    def _make(self) -> None:
        wish, window = self.wish(), self.parentWidget()
        assert window is not None
        (print_for if wish.case else print_blank)(self._work, wish, window.window())
        self.accept()


def _languages(codes: tuple[str, ...]) -> tuple[Choice, ...]:
    return tuple(Choice(code, verbatim(NAMES.get(code, code))) for code in codes)
