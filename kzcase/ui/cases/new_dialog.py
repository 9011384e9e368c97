"""A new case: ten fields, nothing asked that is not needed today, and a hint when the person may be known already."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kzcase.actions.cases import OpenCase, open_case
from kzcase.actions.incoming_referrals import accept_as_case
from kzcase.actions.people import NameFacts, PersonFacts, PhoneFacts
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError, NeedsReason
from kzcase.domain.limits import LONGEST_NUMBER
from kzcase.domain.line_rows import CaseFromCall
from kzcase.i18n import Words, _
from kzcase.queries.alike import described
from kzcase.queries.calls import case_from_call
from kzcase.queries.incoming_openings import CaseFromOthers, case_from_others
from kzcase.ui import theme
from kzcase.ui.cases.known import KnownCard
from kzcase.ui.cases.reason_dialog import ReasonDialog
from kzcase.ui.drafts import place
from kzcase.ui.fields import lay_out, put_typed, show_refused, tell_typing, texts, value_of
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.pages import BuiltDialog
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, ScrollPage, box, inside
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.columns import Columns
from kzcase.ui.widgets.dates import HELP_APPROXIMATE, ApproximateDateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.labels import Label
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

TITLE: Final = _("New case")
LOOK_AFTER_MS: Final = 120
ONE_NAME: Final = _("Please write at least one name, even if only as heard.")
PLACES: Final[Mapping[str, str]] = {
    "kind": "kind",
    "region": "region",
    "border_point": "border_point",
    "source": "source",
    "urgency": "urgency",
    "person.sex": "sex",
    "person.birth": "birth",
    "person.citizenships": "citizenship",
    "person.phones": "phone",
    "person.names": "family",
    "person": "family",
    "note": "note",
}
"""Where an error belongs: the beginning of its place, and the field."""


INCOMING: Final = "incoming/"
"""Before the id of a referral from others; the id of a call stands alone."""
NAMES_HIDDEN: Final = _("Names are hidden now. Show names first, and what came stands in the fields.")


class NewCaseDialog(BuiltDialog):
    """Ctrl+Enter or the button opens the case; Escape leaves what was typed for the next time. `open_case`: its id."""

    open_case = Signal(str)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None, *, origin: str = "") -> None:
        super().__init__(work, parent)
        self._office = office
        self._call, self._incoming = (
            ("", origin.removeprefix(INCOMING)) if origin.startswith(INCOMING) else (origin, "")
        )
        self._person = self._reason = self._language = ""
        self._saved = False
        self._given: Mapping[str, str] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AFTER_MS)
        self.resize(QSize(theme.px(1120), theme.px(730)))
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout)
        page = ScrollPage(self)
        layout.addWidget(page, 1)
        inner = inside(page.body)
        self.said = Banner(TITLE, "info", parent=inner)
        self.said.hide()
        page.body.addWidget(Label(TITLE, "title", parent=inner))
        page.body.addWidget(self.said)
        columns = Columns((5, 3), narrow=760, parent=inner)
        page.body.addWidget(columns)
        page.body.addStretch(1)
        layout.addLayout(self._foot())
        self.rows: dict[str, FieldRow] = {}
        yield
        yield from self._put_cards(columns)
        self._connect()
        self.rows["kind"].setFocus(Qt.FocusReason.OtherFocusReason)
        if self._call:
            self._ask_call(self._call)
        elif self._incoming:
            incoming = self._incoming
            self._work.ask(lambda reader: case_from_others(reader, incoming), self._fill_from_others, owner=self)

    def _put_cards(self, columns: Columns) -> Steps:
        left, right = inside(columns.left), inside(columns.right)
        case, self.person = Card(_("The case"), left), Card(_("The person"), left)
        columns.left.addWidget(case)
        columns.left.addWidget(self.person)
        self.known = KnownCard(self._work, self._office, right)
        columns.right.addWidget(self.known)
        columns.right.addStretch(1)
        yield from self._case_rows(case)
        lay_out(case, self.rows, (("kind", "urgency", "source"), ("region", "border_point"), ("note",)))
        yield
        yield from self._person_rows(self.person)
        lay_out(self.person, self.rows, (("family", "given", "patronymic"), ("sex", "birth", "citizenship"),
                                         ("phone", "safe"), ("hours",)))  # fmt: skip

    def _case_rows(self, card: Card) -> Steps:
        listed = self._chosen(card)
        kinds = CodeCombo(self._office.kinds())
        self.rows["kind"] = FieldRow(_("Kind of case"), kinds, required=True, parent=card)
        self.rows["urgency"] = listed(_("Urgency"), "urgency")
        self.rows["source"] = listed(_("How they came to us"), "case_source")
        yield
        self.rows["region"] = listed(_("Region"), "region")
        self.rows["border_point"] = listed(_("Border crossing point"), "border_point")
        self.rows["note"] = FieldRow(_("What happened, in a few sentences"), TextArea(lines=3), parent=card)
        yield

    def _person_rows(self, card: Card) -> Steps:
        listed = self._chosen(card)
        self.rows["family"] = FieldRow(_("Family name"), LineEdit(), parent=card)
        self.rows["given"] = FieldRow(_("Given name"), LineEdit(), parent=card)
        self.rows["patronymic"] = FieldRow(_("Patronymic"), LineEdit(), parent=card)
        yield
        self.rows["sex"] = listed(_("Sex"), "sex")
        self.rows["birth"] = FieldRow(_("Born"), ApproximateDateEdit(), HELP_APPROXIMATE, parent=card)
        self.rows["citizenship"] = listed(_("Citizenship"), "country")
        yield
        self.rows["phone"] = FieldRow(_("Phone"), LineEdit(digits=True, max_length=LONGEST_NUMBER), parent=card)
        self.rows["safe"] = listed(_("Is it safe to call?"), "safe_contact")
        self.rows["hours"] = FieldRow(_("When, code word, what to say"), LineEdit(), parent=card)
        yield

    def _chosen(self, card: Card) -> Callable[[Words, str], FieldRow]:
        """Makes rows for codes of a list."""
        return lambda label, list_id: FieldRow(label, CodeCombo(self._office.choices(list_id)), parent=card)

    def _foot(self) -> QHBoxLayout:
        self.save = Button(_("Open the case"), kind="primary", icon="check", shortcut="Ctrl+S", parent=self)
        self.cancel = Button(_("Cancel"), parent=self)
        line = foot(self.cancel, self.save)
        line.setContentsMargins(*(theme.px(each) for each in (24, 12, 24, 16)))
        return line

    def _connect(self) -> None:
        for name in ("family", "given", "patronymic", "phone"):
            field = self.rows[name].field
            assert isinstance(field, LineEdit)
            field.textEdited.connect(lambda _text: self._timer.start())
        for row in self.rows.values():
            tell_typing(row.field, self._tell)
        self.finished.connect(self._tell)
        self._timer.timeout.connect(self._look)
        self.known.same_person.connect(self._take_person)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)

    # From a call

    def _ask_call(self, call_id: str) -> None:
        self._work.ask(lambda reader: case_from_call(reader, call_id), self._fill_from_call, owner=self)

    def _fill_from_call(self, found: CaseFromCall) -> None:
        """Nothing is typed twice: what the call says stands here already."""
        self.said.say(NAMES_HIDDEN if found.hidden else _("From call {number}", number=found.number), "info")
        self._language = found.language
        self._fill(found.given)

    def _fill_from_others(self, found: CaseFromOthers) -> None:
        """The same for what another organisation sent; opening the case accepts their referral."""
        self.said.say(NAMES_HIDDEN if found.hidden else _("From referral {number}", number=found.number), "info")
        self._fill(found.given)

    def _fill(self, given: Mapping[str, str]) -> None:
        """What is known stands in the fields; what somebody typed there before stays."""
        typed = texts(self.rows)
        self._given = {name: text for name, text in given.items() if name not in typed}
        self.restore(self._given)
        self._look()

    # Known already?

    @Slot()
    def _look(self) -> None:
        names = " ".join(self._text(name) for name in ("family", "given", "patronymic"))
        citizenship, phone = self._text("citizenship"), self._text("phone")
        birth = self.rows["birth"].field
        born = birth.glance() or "" if isinstance(birth, ApproximateDateEdit) else ""
        known = described([names], born, self._text("sex"), [phone], [])
        self.known.look_for(replace(known, citizenships=frozenset({citizenship} - {""})))

    @Slot(str, str)
    def _take_person(self, person: str, number: str) -> None:
        """The person is known: the new case is theirs, and nothing about them is asked again."""
        self._person, self._reason = person, ""
        self.person.setVisible(False)
        self.said.say(_("The new case is for the person of case {number}.", number=number), "ok")
        self.rows["note"].setFocus(Qt.FocusReason.OtherFocusReason)

    # Saving

    def _text(self, name: str) -> str:
        return value_of(self.rows[name].field)

    def wish(self) -> OpenCase:
        """What was typed, as a wish."""
        return OpenCase(
            kind=self._text("kind"),
            region=self._text("region") or None,
            border_point=self._text("border_point") or None,
            source=self._text("source") or None,
            urgency=self._text("urgency") or None,
            note=self._text("note"),
            call=self._call or None,
            person=None if self._person else self._person_facts(),
            person_id=self._person or None,
            look_reason=self._reason or None,
        )

    def _person_facts(self) -> PersonFacts:
        names = {name: self._text(name) for name in ("family", "given", "patronymic")}
        phone, citizenship = self._text("phone"), self._text("citizenship")
        safe = self._text("safe") or "unknown"
        return PersonFacts(
            names=[NameFacts(**names)],
            sex=self._text("sex") or "unknown",
            birth=self._text("birth") or None,
            language=self._language or None,
            citizenships=[citizenship] if citizenship else [],
            phones=[PhoneFacts(number=phone, safe=safe, hours=self._text("hours") or None)] if phone else [],
        )

    @Slot()
    def _save(self) -> None:
        if not self._complete():
            return
        self.save.setEnabled(False)
        wish, incoming = self.wish(), self._incoming
        self._work.do(
            lambda book: accept_as_case(book, incoming, wish) if incoming else open_case(book, wish),
            self._opened,
            self._refused,
            owner=self,
        )

    def _complete(self) -> bool:
        for row in self.rows.values():
            if not getattr(row.field, "wrong", False):
                row.set_error(None)
        if not self._text("kind"):
            self.rows["kind"].set_error(_("Please choose the kind of case."))
        named = self._person or any(self._text(name).strip() for name in ("family", "given", "patronymic"))
        if not named:
            self.rows["family"].set_error(ONE_NAME)
        wrong = next((row for row in self.rows.values() if row.error is not None), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is None

    def _opened(self, done: Done) -> None:
        self._saved = True
        self.open_case.emit(done.ids["case"].hex())
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        """Say it at the field it is about, or above all fields. A person of others' cases takes a reason."""
        self.save.setEnabled(True)
        if isinstance(error, NeedsReason):
            dialog = ReasonDialog(self._office, self)
            dialog.chosen.connect(self._save_because)
            dialog.open()
            return
        if not show_refused(self.rows, PLACES, error):
            banner_error(self.said, error)

    @Slot(str)
    def _save_because(self, reason: str) -> None:
        self._reason = reason
        self._save()

    # Leaving, and what is kept

    @Slot()
    def _tell(self) -> None:
        self._work.typed.emit(self)

    def draft_place(self) -> str:
        """One new case at a time of its own accord, and one from each call or referral: they are not mixed up."""
        origin = self._call or (f"{INCOMING}{self._incoming}" if self._incoming else "")
        return place("case", origin) if origin else place("case")

    def draft(self) -> Mapping[str, str]:
        """What was typed; what only came from the call is nothing."""
        typed = {} if self._saved or not self.ready else texts(self.rows)
        return {} if all(self._given.get(name) == text for name, text in typed.items()) else typed

    def restore(self, content: Mapping[str, str]) -> None:
        """Put what was typed back into its fields."""
        for name, typed in content.items():
            if name in self.rows:
                put_typed(self.rows[name].field, typed)
        self._tell()
