"""One set of answers from a phone: where it goes, what is wrong with it, how it differs, and what is decided of it."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.cases import OpenCase
from kzcase.actions.people import NameFacts, PersonFacts
from kzcase.domain.errors import KzcaseError
from kzcase.exchange.cases_named import case_named
from kzcase.exchange.incoming import Decision
from kzcase.exchange.looking import Looked, What
from kzcase.exchange.side_by_side import Difference, Told
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.submissions import CasePlace
from kzcase.ui import language, theme
from kzcase.ui.fields import field_sentence
from kzcase.ui.forms.told import answer_words
from kzcase.ui.office import Office
from kzcase.ui.rows_view import RowsView
from kzcase.ui.tables import MASK, Column, fixed_rows
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.facts import FactList
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label, Selectable
from kzcase.ui.work import Work

TAKE, LEAVE, AGAIN = "take", "leave", "again"
GOES_IN: Final = (Choice(TAKE, _("Take in")), Choice(LEAVE, _("Leave out")))
DIFFERS: Final = (Choice(LEAVE, _("Leave it as it is here")), Choice(AGAIN, _("Take it in as well: both stay")))
OTHER_EDITION: Final = _("It answers another edition of the form, so its answers cannot be put side by side.")
SIDES: Final = _("Answered otherwise")
HIGH: Final = 160


class ItemPane(Card):
    """Shows one of `Proposal.items`; `decided` carries its instance and the decision."""

    decided = Signal(str, object)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(None, parent)
        self._work = work
        self.item: Looked | None = None
        self.name = Label(None, "card", wrap=True, parent=self)
        self.facts = FactList(self)
        self.wrong = Label(None, wrap=True, parent=self)
        self.notes = Label(None, "meta", wrap=True, parent=self)
        self.rows = fixed_rows(_columns(), ())
        self.sides = RowsView(self.rows, name=SIDES, parent=self)
        self.sides.setMinimumHeight(theme.px(HIGH))
        self.both = Selectable(None, parent=self)
        self.both.setWordWrap(True)
        self.other = Label(OTHER_EDITION, "meta", wrap=True, parent=self)
        self.choice = KeyChoices(GOES_IN, name=_("What is to happen"), parent=self)
        self.number = LineEdit(_("As on its papers"), max_length=60, parent=self)
        self.kinds = CodeCombo(office.kinds(), name=_("Or a new case of this kind"), parent=self)
        self.person = LineEdit(max_length=100, parent=self)
        self._case = FieldRow(_("Number of the case"), self.number, parent=self)
        self._kind = FieldRow(_("Or a new case of this kind"), self.kinds, parent=self)
        self._person = FieldRow(_("What the person is called"), self.person, parent=self)
        for widget in (self.name, self.facts, self.wrong, self.notes, self.other):
            self.add(widget)
        self.add(self.choice)
        self.add(self.sides, 1)
        self.add(self.both)
        for row in (self._case, self._kind, self._person):
            self.add(row)
        self._connect()
        self.show_item(None, None)

    def _connect(self) -> None:
        self.choice.chosen.connect(self._chosen)
        self.sides.picked.connect(self._show_both)
        self.number.editingFinished.connect(self._find)
        self.kinds.chosen.connect(lambda _code: self._open_new())
        self.person.editingFinished.connect(self._open_new)

    def show_item(self, item: Looked | None, decision: Decision | None) -> None:
        """Show this one and what was decided of it so far."""
        self.item = item
        self.setVisible(item is not None)
        if item is None:
            return
        what = item.what
        self.name.say(item.title or verbatim(item.form_id or item.place))
        self.facts.show_facts(_facts(item))
        self._say(self.wrong, item.problems)
        self._say(self.notes, item.warnings)
        whole = what is What.DIFFERS and not item.differs[0].path if item.differs else False
        self.other.setVisible(whole)
        self.sides.setVisible(what is What.DIFFERS and bool(item.differs) and not whole)
        self.rows.show_rows(() if whole else item.differs)
        self.both.hide()
        self.choice.setVisible(what in (What.MATCHED, What.DIFFERS))
        self.choice.set_choices(DIFFERS if what is What.DIFFERS else GOES_IN)
        self.choice.set_code(_code(item, decision))
        for line in (self._case, self._kind, self._person):
            line.setVisible(what is What.NEW)
            line.set_error(None)
        self._refill(decision)

    def _refill(self, decision: Decision | None) -> None:
        opening = decision.opening if decision is not None else None
        self.number.setText("")
        self.kinds.set_code(opening.kind if opening is not None else None)
        self.person.setText(opening.person.names[0].given if opening is not None and opening.person else "")

    def _say(self, label: Label, words: Sequence[Words]) -> None:
        label.say(language.several(words))
        label.setVisible(bool(words))

    @Slot(object)
    def _show_both(self, difference: Difference | None) -> None:
        """Both sides whole: what is long does not fit into a column."""
        self.both.setVisible(difference is not None)
        if difference is not None:
            here, sent = sides_of(difference)
            self.both.say(_("Here: {here}\nSent: {sent}", here=here, sent=sent))

    @Slot(str)
    def _chosen(self, code: str) -> None:
        if self.item is not None and code:
            self.decided.emit(self.item.instance, Decision(leave=code == LEAVE, again=code == AGAIN))

    @Slot()
    def _find(self) -> None:
        item, typed = self.item, self.number.text().strip()
        if item is None or item.what is not What.NEW:
            return
        if not typed:
            self._case.set_error(None)
            return
        self._work.ask(
            lambda reader: case_named(reader, typed),
            lambda place: self._found(item, place),
            lambda error: self._case.set_error(field_sentence(error)),
            key="case of answers",
            owner=self,
        )

    def _found(self, item: Looked, place: CasePlace) -> None:
        if item is not self.item:
            return
        if place.closed:
            self._case.set_error(_("This case is closed. Please reopen it first, or choose another one."))
            return
        self._case.set_error(None)
        self.kinds.set_code(None)
        self.decided.emit(item.instance, Decision(case=place.id))

    @Slot()
    def _open_new(self) -> None:
        item, kind, name = self.item, self.kinds.code(), self.person.text().strip()
        if item is None or item.what is not What.NEW or not (kind and name):
            return
        self.number.setText("")
        self._case.set_error(None)
        person = PersonFacts(names=[NameFacts(given=name)])
        self.decided.emit(item.instance, Decision(opening=OpenCase(kind=kind, person=person)))

    def refuse(self, error: KzcaseError) -> None:
        """It could not be taken in as it was decided."""
        self._case.set_error(field_sentence(error))

    def keyPressEvent(self, event: Any) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.number.hasFocus():
            self._find()
        else:
            super().keyPressEvent(event)


def _code(item: Looked, decision: Decision | None) -> str:
    if item.what is What.DIFFERS:
        return AGAIN if decision is not None and decision.again else LEAVE
    return LEAVE if decision is not None and decision.leave else TAKE


def _facts(item: Looked) -> tuple[tuple[Words, Words], ...]:
    facts = [(_("In the file"), verbatim(item.place))]
    if item.edition:
        facts.append((_("Edition"), verbatim(item.edition)))
    if item.number:
        facts.append((_("Case"), verbatim(item.number)))
    if item.media:
        facts.append((_("Files"), verbatim(", ".join(item.media))))
    return tuple(facts)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Question"), lambda row: verbatim(language.text(row.label) or row.path), 150, 2, strong=True),
        Column(_("Here"), lambda row: said(row.here), 120, 2),
        Column(_("Sent"), lambda row: said(row.sent), 120, 2),
    )


def said(side: Sequence[Sequence[Told]]) -> Words:
    """One side of a difference in a line: the instances of a repeat one after the other."""
    return verbatim("; ".join(", ".join(_answer(told) for told in line) for line in side) or "–")


def _answer(told: Told) -> str:
    if told.hidden:
        return MASK
    return language.text(answer_words(told.question, told.value, told.reason, language.current()))


def sides_of(difference: Difference) -> tuple[str, str]:
    """Both sides as the window says them."""
    return language.text(said(difference.here)), language.text(said(difference.sent))
