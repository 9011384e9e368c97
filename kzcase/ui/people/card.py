"""The person of a case: names as documents write them; phones, with the rules for calling before the number."""

from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.domain.dates import parse_edtf
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import NameRow, PersonRow, PhoneRow
from kzcase.i18n import Words, _, verbatim
from kzcase.ui import language, theme
from kzcase.ui.lines import Line, Lines
from kzcase.ui.office import Office, joined
from kzcase.ui.people.dialogs import add_name_dialog, add_phone_dialog, correct_person_dialog
from kzcase.ui.tables import MASK
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card, box
from kzcase.ui.widgets.chips import Chip, Tone
from kzcase.ui.widgets.flow import Flow
from kzcase.ui.widgets.labels import Label, Selectable
from kzcase.ui.work import Work

SAFETY: Final[dict[str, Tone]] = {
    "safe": "ok",
    "at_hours": "warn",
    "code_word": "warn",
    "text_only": "warn",
    "do_not_call": "danger",
    "unknown": "neutral",
}
MOST_RULES: Final = 5
HIDDEN: Final = _("Names and phones are hidden. “Show names” in the list of cases shows them until the lock.")

NOTHING_GOES: Final = _("Never call it, and send nothing to it. The number stands under “When they call”.")


class PersonCard(Card):
    """Shows one `PersonRow`; names, phones and corrections are added here."""

    def __init__(
        self,
        work: Work,
        office: Office,
        parent: QWidget | None = None,
        *,
        erase: Callable[[str], object] | None = None,
        whole: Callable[[str], object] | None = None,
        hands: Callable[[str], object] | None = None,
    ) -> None:
        """`erase` opens the dialog for it, with the person's id; whoever may not erase is not offered it. `whole` opens
        everything about the person, `hands` whose hands their phones are in."""
        super().__init__(_("The person"), parent)
        self._erase, self._whole, self._hands = erase, whole, hands
        self._work = work
        self._office = office
        self._row: PersonRow | None = None
        self._case = ""
        self.name = Selectable(None, "title", parent=self)
        self.name.setWordWrap(True)
        self.facts = Label(None, "meta", wrap=True, parent=self)
        self.hidden = Label(HIDDEN, "caption", wrap=True, parent=self)
        names, phones = QVBoxLayout(), QVBoxLayout()
        for widget in (self.name, self.facts, self.hidden):
            self.add(widget)
        for layout in (names, phones):
            box(layout, space=theme.SPACE_GROUP)
            self.body.addLayout(layout)
        self._names: Lines[NameRow, NameLine] = Lines(names, lambda parent: NameLine(office, parent))
        self._phones: Lines[PhoneRow, PhoneLine] = Lines(phones, lambda parent: PhoneLine(office, parent))
        self._add_buttons()

    def _add_buttons(self) -> None:
        name = Button(_("Add a name"), kind="quiet", parent=self)
        phone = Button(_("Add a phone"), kind="quiet", parent=self)
        correct = Button(_("Correct"), kind="quiet", icon="pencil", parent=self)
        name.clicked.connect(self._add_name)
        phone.clicked.connect(self._add_phone)
        correct.clicked.connect(self._correct)
        line = Flow(space=0)
        self.whole = Button(_("Everything about the person"), kind="quiet", icon="users", parent=self)
        self.whole.clicked.connect(self._whole_wanted)
        self.whole.setVisible(self._whole is not None)
        line.addWidget(self.whole)
        for button in (name, phone, correct):
            button.setVisible(self._office.may(Permission.WORK_ON_CASES))
            line.addWidget(button)
        self.hands = Button(_("When they call"), kind="quiet", icon="phone", parent=self)
        self.hands.clicked.connect(self._hands_wanted)
        self.hands.setVisible(self._hands is not None and self._office.may(Permission.WORK_ON_CASES))
        line.addWidget(self.hands)
        self.erase = Button(_("Erase…"), kind="quiet", icon="trash-2", parent=self)
        self.erase.clicked.connect(self._erase_wanted)
        self.erase.setVisible(self._erase is not None and self._office.may(Permission.ERASE))
        line.addWidget(self.erase)
        self.body.addLayout(line)

    def show_person(self, row: PersonRow, case: str = "") -> None:
        """Show this person, of this case, in place of the one before."""
        self._row, self._case = row, case
        self.hidden.setVisible("name" in row.masked)
        self.retranslate()

    def retranslate(self) -> None:
        row: PersonRow | None = getattr(self, "_row", None)
        if row is None:
            return
        self.name.say(verbatim(MASK if "name" in row.masked else row.name or language.text(_("Name unknown"))))
        self.name.setAccessibleName(self.name.text())
        self._names.show([each for each in row.names if each.given or each.family])
        self._phones.show(row.phones)
        self.facts.say(verbatim("  ·  ".join(_facts(row, self._office))))

    @Slot()
    def _add_name(self) -> None:
        if self._row is not None:
            add_name_dialog(self._work, self._office, self._case, self._row.id, self.window()).open()

    @Slot()
    def _add_phone(self) -> None:
        if self._row is not None:
            add_phone_dialog(self._work, self._office, self._case, self._row.id, self.window()).open()

    @Slot()
    def _whole_wanted(self) -> None:
        if self._row is not None and self._whole is not None:
            self._whole(self._row.id)

    @Slot()
    def _hands_wanted(self) -> None:
        if self._row is not None and self._hands is not None:
            self._hands(self._row.id)

    @Slot()
    def _erase_wanted(self) -> None:
        if self._row is not None and self._erase is not None:
            self._erase(self._row.id)

    @Slot()
    def _correct(self) -> None:
        if self._row is not None:
            correct_person_dialog(self._work, self._office, self._case, self._row, self.window()).open()


def _facts(row: PersonRow, office: Office) -> Iterator[str]:
    if row.sex and row.sex != "unknown":
        yield language.text(office.said("sex", row.sex))
    if "birth" in row.masked:
        yield MASK
    elif row.birth:
        yield language.text(_("born {date}", date=parse_edtf(row.birth).words()))
    if row.citizenships:
        yield joined(office.said("country", code) for code in row.citizenships)
    if row.language:
        yield language.text(_("speaks: {language}", language=_as_words(row.language, office)))


def _as_words(code: str, office: Office) -> Words:
    return verbatim(language.text(office.said("language", code)))


class NameLine(Line[NameRow]):
    """One name as one document writes it, and where it comes from."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.name, self.kind = Selectable(None, parent=self), Label(None, "caption", parent=self)
        self.name.setWordWrap(True)
        layout = QVBoxLayout(self)
        box(layout)
        layout.addWidget(self.name)
        layout.addWidget(self.kind)

    def say(self, row: NameRow) -> None:
        written = " ".join(filter(None, (row.family, row.given, row.patronymic)))
        self.name.say(verbatim(written))
        self.name.setAccessibleName(written)
        kind = language.text(self._office.said("name_kind", row.kind))
        dated = _dated(row)
        self.kind.say(verbatim(f"{kind} · {dated}" if dated else kind))


class PhoneLine(Line[PhoneRow]):
    """The rule first, in a chip; then hours, code word and who to say one is; the number last."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.safety = Chip(verbatim(""), parent=self)
        self.rules = [Label(None, "caption", wrap=True, parent=self) for _rule in range(MOST_RULES)]
        self.number = Selectable(None, "label", parent=self)
        layout = QVBoxLayout(self)
        box(layout, space=2)
        layout.addWidget(self.safety, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (*self.rules, self.number):
            layout.addWidget(widget)

    def say(self, row: PhoneRow) -> None:
        hidden, safe = "number" in row.masked or row.controlled, row.safe or "unknown"
        words, tone = self._office.said("safe_contact", safe), SAFETY.get(safe, "neutral")
        if row.controlled:
            words, tone = self._office.said("phone_control", "controlled"), "danger"
        self.safety.say(words, tone)
        self.safety.setVisible("number" not in row.masked)
        for label, rule in zip_longest(self.rules, _rules(row)):
            label.say(rule)
            label.setVisible(rule is not None)
        shown = MASK if hidden else row.number or ""
        self.number.say(verbatim(shown))
        self.number.setAccessibleName(f"{language.text(words)}: {shown}")


def _dated(row: NameRow | PhoneRow) -> str:
    """From when until when it held, as far as that was said."""
    said = ((_("since {date}"), row.since), (_("until {date}"), row.until))
    return ", ".join(language.text(words.with_arguments(date=parse_edtf(day).words())) for words, day in said if day)


def _rules(row: PhoneRow) -> Iterator[Words]:
    if row.controlled:
        yield NOTHING_GOES
        return
    if row.hours:
        yield _("When: {text}", text=row.hours)
    if row.code_word:
        yield _("Code word: {text}", text=row.code_word)
    if row.say_we_are:
        yield _("Say that we are: {text}", text=row.say_we_are)
    if dated := _dated(row):
        yield verbatim(dated)
    if row.who_may_answer:
        yield _("May answer: {text}", text=row.who_may_answer)
