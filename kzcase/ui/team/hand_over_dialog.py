"""Handing a colleague's caseload over: which cases, to whom, with which word; one act, taken back in one."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.caseloads import HandOverCaseload, hand_over_caseload
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.teamwork import HeldCase, MemberOfTeam
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.queries.team import held_cases_of
from kzcase.ui import language, theme
from kzcase.ui.drafts import place
from kzcase.ui.kept_fields import KeptFields
from kzcase.ui.office import Office
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.cards import Card, inside
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.widgets.fields import FieldRow, TextArea
from kzcase.ui.widgets.labels import Label
from kzcase.ui.wish_dialog import WishDialog
from kzcase.ui.work import Work

HOW: Final = _(
    "To several colleagues the cases are dealt out in turn, the most urgent first. Nobody gets a case they are kept "
    "away from. Sealed notes stay with their readers."
)
NOBODY_CHOSEN: Final = _("Tick at least one colleague.")
NO_CASE: Final = _("Tick at least one case.")
PLACES: Final[Mapping[str, str]] = {"to": "to", "cases": "cases", "colleague": "cases"}


class HandOverDialog(KeptFields, WishDialog):
    """`handed` carries what was done, so that it can be taken back."""

    def __init__(
        self,
        work: Work,
        office: Office,
        giver: MemberOfTeam,
        others: Sequence[MemberOfTeam],
        parent: QWidget | None = None,
    ) -> None:
        title = _("Hand over the cases of {colleague}", colleague=giver.name)
        super().__init__(work, title, _("Hand over"), parent=parent)
        self._office, self._giver = office, giver
        self._others = [Choice(one.staff, _colleague(one)) for one in others if one.staff != giver.staff]
        self.done_with: Done | None = None
        self.save.clicked.connect(self._save)
        self.resize(theme.px(940), theme.px(640))
        self.build(self._steps())

    def _steps(self) -> Steps:
        left, right = inside(self.columns.left), inside(self.columns.right)
        yield from self.put((self._cases(left),), (self._to(right),))
        self.keep_typing(self._work, place("handing_over", self._giver.staff), {"note": self.rows["note"].field})
        staff = self._giver.staff
        self._work.ask(lambda reader: held_cases_of(reader, staff), self._take, owner=self)

    def _cases(self, parent: QWidget) -> Card:
        card = Card(_("Which cases"), parent)
        self.all = Check(_("All of them"), parent=card)
        self.all.setChecked(True)
        self.all.toggled.connect(self._all_or_some)
        self.cases = CheckList((), name=_("Cases"), parent=card)
        self.rows["cases"] = FieldRow(_("Cases"), self.cases, parent=card)
        card.add(self.all)
        card.add(self.rows["cases"])
        self._card = card
        return card

    def _to(self, parent: QWidget) -> Card:
        card = Card(_("To whom"), parent)
        self.to = CheckList(self._others, name=_("Colleagues"), parent=card)
        self.rows["to"] = FieldRow(_("Colleagues"), self.to, required=True, parent=card)
        self.rows["note"] = FieldRow(_("What they should know"), TextArea(lines=4), parent=card)
        self.tasks = Check(_("With the open tasks on these cases"), parent=card)
        self.tasks.setChecked(True)
        for widget in (self.rows["to"], self.rows["note"], self.tasks):
            card.add(widget)
        card.add(Label(HOW, "caption", wrap=True, parent=card))
        return card

    def _take(self, held: Sequence[HeldCase]) -> None:
        """The cases they hold; all of them are ticked."""
        choices = [Choice(one.case, self._case_words(one)) for one in held]
        listed = CheckList(choices, name=_("Cases"), parent=self._card)
        listed.set_codes([one.case for one in held])
        row = FieldRow(ngettext("{count} open case", "{count} open cases", len(held)), listed, parent=self._card)
        self.rows["cases"].hide()
        self.rows["cases"].deleteLater()
        self.cases, self.rows["cases"] = listed, row
        self._card.add(row)
        self._all_or_some()

    def _case_words(self, one: HeldCase) -> Words:
        kind = language.text(self._office.said("case_kind", one.kind))
        urgency = language.text(self._office.said("urgency", one.urgency)) if one.urgency else ""
        return verbatim(", ".join(filter(None, (one.number, kind, urgency))))

    @Slot()
    def _all_or_some(self, *_ticked: object) -> None:
        self.rows["cases"].setEnabled(not self.all.isChecked())

    def wish(self) -> HandOverCaseload:
        """What stands in the dialog."""
        note: Any = self.rows["note"].field
        return HandOverCaseload(
            colleague=self._giver.staff,
            to=self.to.codes(),
            cases=() if self.all.isChecked() else self.cases.codes(),
            note=note.text(),
            with_tasks=self.tasks.isChecked(),
        )

    @Slot()
    def _save(self) -> None:
        some = self.all.isChecked() or bool(self.cases.codes())
        self.rows["to"].set_error(None if self.to.codes() else NOBODY_CHOSEN)
        self.rows["cases"].set_error(None if some else NO_CASE)
        wrong = self.first_wrong()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.save.setEnabled(False)
        wish = self.wish()
        self._work.do(lambda book: hand_over_caseload(book, wish), self._saved, self._refused, owner=self)

    def _saved(self, done: Done) -> None:
        self.done_with = done
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        self.refuse(PLACES, error)


def _colleague(one: MemberOfTeam) -> Words:
    """A colleague with how much they hold already."""
    return _(
        "{colleague}: {cases}",
        colleague=one.name,
        cases=ngettext("{count} open case", "{count} open cases", one.cases),
    )
