"""The minutes of a case conference: when, who, what was said, what was decided; decisions with a day become tasks."""

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.conferences import Decided, HoldConference, Outsider, hold_conference
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.rows import StaffRow
from kzcase.i18n import _, verbatim
from kzcase.ui import theme
from kzcase.ui.clock import today
from kzcase.ui.drafts import place
from kzcase.ui.kept_fields import KeptFields
from kzcase.ui.office import Office
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.cards import Card, inside
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.labels import Label
from kzcase.ui.wish_dialog import WishDialog
from kzcase.ui.work import Work

DECISIONS: Final = 4
PLACES: Final = {"kind": "kind", "on": "on", "place": "place", "minutes": "minutes", "next_on": "next_on"}
OUTSIDERS: Final = _("One in a line: name, organisation")


class ConferenceDialog(KeptFields, WishDialog):
    """Writes the minutes of one conference of one case."""

    def __init__(
        self, work: Work, office: Office, case: str, staff: Sequence[StaffRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(work, _("Minutes of a case conference"), _("Save the minutes"), parent=parent)
        self._office, self._case = office, case
        self._staff = [Choice(row.id, verbatim(row.name)) for row in staff if row.removed_on is None]
        self.save.clicked.connect(self._save)
        self.resize(theme.px(980), theme.px(680))
        self.build(self._steps())

    def _steps(self) -> Steps:
        left, right = inside(self.columns.left), inside(self.columns.right)
        yield from self.put(
            (self._meeting(left), self._decisions(left)),
            (self._people(right),),
        )
        self.rows["kind"].setFocus(Qt.FocusReason.OtherFocusReason)
        kept = {name: row.field for name, row in self.rows.items() if name != "colleagues"}
        self.keep_typing(self._work, place("conference", self._case), kept)

    def _meeting(self, parent: QWidget) -> Card:
        card = Card(_("The meeting"), parent)
        on = DateEdit()
        on.set_value(today())
        fields = (
            ("kind", _("What kind"), CodeCombo(self._office.choices("conference_kind")), None),
            ("on", _("Date"), on, HELP),
            ("place", _("Place"), LineEdit(), None),
            ("minutes", _("What was said"), TextArea(lines=7), None),
            ("next_on", _("Next meeting"), DateEdit(), None),
        )
        for name, label, field, help in fields:
            needed = name in ("kind", "minutes")
            self.rows[name] = FieldRow(label, field, help, required=needed, parent=card)
            card.add(self.rows[name])
        return card

    def _people(self, parent: QWidget) -> Card:
        card = Card(_("Who took part"), parent)
        self.colleagues = CheckList(self._staff, name=_("Colleagues"), parent=card)
        self.rows["colleagues"] = FieldRow(_("Colleagues"), self.colleagues, parent=card)
        self.rows["outsiders"] = FieldRow(_("From outside"), TextArea(lines=4), OUTSIDERS, parent=card)
        card.add(self.rows["colleagues"])
        card.add(self.rows["outsiders"])
        return card

    def _decisions(self, parent: QWidget) -> Card:
        card = Card(_("What was decided"), parent)
        card.add(Label(_("A decision with a day becomes a task."), "meta", wrap=True, parent=card))
        for at in range(DECISIONS):
            number = at + 1
            fields = (
                (f"text{at}", _("Decision {number}", number=number), LineEdit()),
                (f"due{at}", _("Until"), DateEdit()),
                (f"who{at}", _("Who does it"), CodeCombo(self._staff, blank=_("The worker of the case"))),
            )
            for name, label, field in fields:
                self.rows[name] = FieldRow(label, field, parent=card)
                card.add(self.rows[name])
        return card

    def _text(self, name: str) -> str:
        field = self.rows[name].field
        assert isinstance(field, LineEdit | TextArea)
        return field.text().strip()

    def _day(self, name: str) -> str | None:
        field = self.rows[name].field
        assert isinstance(field, DateEdit)
        day = field.value()
        return day.isoformat() if day is not None else None

    def _code(self, name: str) -> str | None:
        field = self.rows[name].field
        assert isinstance(field, CodeCombo)
        return field.code()

    def wish(self) -> HoldConference:
        """What stands in the dialog."""
        decided = [
            Decided(text=self._text(f"text{at}"), due=self._day(f"due{at}"), assignee=self._code(f"who{at}"))
            for at in range(DECISIONS)
            if self._text(f"text{at}")
        ]
        return HoldConference(
            case=self._case,
            kind=self._code("kind") or "",
            minutes=self._text("minutes"),
            on=self._day("on"),
            place=self._text("place"),
            colleagues=self.colleagues.codes(),
            outsiders=outsiders(self._text("outsiders")),
            decisions=tuple(decided),
            next_on=self._day("next_on"),
        )

    @Slot()
    def _save(self) -> None:
        self.must_have("kind", "minutes")
        wrong = self.first_wrong()
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.save.setEnabled(False)
        wish = self.wish()
        self._work.do(lambda book: hold_conference(book, wish), self._saved, self._refused, owner=self)

    def _saved(self, _done: Done) -> None:
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        self.refuse(_PLACES, error)


def outsiders(text: str) -> tuple[Outsider, ...]:
    """Who is named in these lines: a name, and after a comma the organisation."""
    lines = (line.partition(",") for line in text.splitlines() if line.strip())
    return tuple(Outsider(name=name.strip(), organisation=rest.strip()) for name, _comma, rest in lines if name.strip())


_OF_DECISIONS: Final = {
    f"decisions[{at}]{part}": f"{field}{at}"
    for at in range(DECISIONS)
    for part, field in ((".assignee", "who"), (".due", "due"), ("", "text"))
}
_PLACES: Final[Mapping[str, str]] = {
    **PLACES,
    "outsiders": "outsiders",
    "colleagues": "colleagues",
    **_OF_DECISIONS,
}
