"""The fields of one call, in the order of Enter, with what they make: the wish to log it, or a draft of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.calls import LogCall
from kzcase.domain.limits import LONGEST_NUMBER
from kzcase.i18n import Words, _
from kzcase.ui.calls.topics import TopicPicker
from kzcase.ui.office import Office
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.key_choices import KeyChoices

TOPIC_NEEDED: Final = _("Choose at least one topic.")
OUTCOME_NEEDED: Final = _("Choose how the call ended.")
CHANNEL: Final = "phone"
LANGUAGE: Final = "kk"


class CallFields(Card):
    """What is asked about a call. `moved` carries the field the keyboard went to; `typed`: there is more or less."""

    moved = Signal(QWidget)
    typed = Signal()
    danger_said = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.rows: dict[str, FieldRow] = {}

    def steps(self) -> Steps:
        """Make one field after the other; to be done before anything else here."""
        codes, letter = self._office.choices, _("The letter on a choice chooses it.")
        self.channel = KeyChoices(codes("channel"))
        self._row("channel", _("Channel"), self.channel, letter, required=True)
        yield
        self.language = CodeCombo(codes("language"), blank=None)
        self._row("language", _("Language of the call"), self.language, required=True)
        yield
        self.caller = KeyChoices(codes("caller"))
        self._row("caller", _("Who is calling"), self.caller)
        yield
        self.anonymous = Check(_("The caller stays anonymous"), parent=self)
        self.add(self.anonymous)
        self.phone = LineEdit(digits=True, max_length=LONGEST_NUMBER)
        self._row("phone", _("Phone of the caller"), self.phone, _("Only if the caller wants to be called back."))
        yield
        self.topics = TopicPicker(self._office.rulebook.list("call_topic").choices(), name=_("Topics"))
        self._row("topics", _("Topics"), self.topics, _("Enter with nothing typed goes on."), required=True)
        yield
        self.region = CodeCombo(codes("region"))
        self._row("region", _("Region the call is about"), self.region)
        yield
        self.danger = KeyChoices(codes("yes_no"))
        self._row("danger", _("Is anybody in danger now?"), self.danger)
        yield
        self.outcome = KeyChoices(codes("call_outcome"))
        self._row("outcome", _("How the call ended"), self.outcome, required=True)
        yield
        self.note = TextArea(lines=4)
        self._row("note", _("Note"), self.note, _("No names of the caller. Ctrl+Enter saves."))
        yield
        self._connect()

    def _row(
        self, name: str, label: Words, field: QWidget, help: Words | None = None, *, required: bool = False
    ) -> None:
        self.rows[name] = FieldRow(label, field, help, required=required, parent=self)
        self.add(self.rows[name])

    def _connect(self) -> None:
        self.anonymous.toggled.connect(self._show_phone)
        self.danger.chosen.connect(lambda _code: self.danger_said.emit())
        self.topics.changed.connect(lambda: self.rows["topics"].set_error(None))
        self.outcome.chosen.connect(lambda _code: self.rows["outcome"].set_error(None))
        self.topics.settled.connect(lambda: self.go_on(self.topics))
        for choices in (self.channel, self.caller, self.danger, self.outcome):
            choices.settled.connect(lambda one=choices: self.go_on(one))
        for said in (*(field.chosen for field in self._chosen().values()), self.anonymous.toggled,
                     self.phone.textChanged, self.note.textChanged, self.topics.changed):  # fmt: skip
            said.connect(lambda *_what: self.typed.emit())
        for combo in (self.language, self.region):
            combo.returned.connect(lambda one=combo: self._returned(one))

    def _returned(self, combo: CodeCombo) -> None:
        """Enter in the list of what fits ends there; the page never hears of it."""
        if combo.fitting():
            self.go_on(combo)

    def order(self) -> tuple[QWidget, ...]:
        """The fields in the order of Enter."""
        return (
            self.channel, self.language, self.caller, self.anonymous, self.phone, self.topics, self.region,
            self.danger, self.outcome, self.note,
        )  # fmt: skip

    def field_of(self, here: QWidget | None) -> QWidget | None:
        """The field in which the keyboard is."""
        inside = (field for field in self.order() if here is field or (here and field.isAncestorOf(here)))
        return next(inside, None)

    def go_on(self, field: QWidget) -> None:
        """To the next field that is there."""
        order = self.order()
        following = [each for each in order[order.index(field) + 1 :] if each.isVisibleTo(self)]
        if following:
            following[0].setFocus(Qt.FocusReason.TabFocusReason)
            self.moved.emit(following[0])

    @Slot()
    def _show_phone(self) -> None:
        self.rows["phone"].setVisible(not self.anonymous.isChecked())

    def clear(self) -> None:
        """An empty call; the language of the last one is kept, because a shift mostly speaks one."""
        self.channel.set_code(CHANNEL)
        if self.language.code() is None:
            self.language.set_code(LANGUAGE)
        for choices in (self.caller, self.danger, self.outcome):
            choices.set_code(None)
        self.anonymous.setChecked(True)
        self._show_phone()
        self.region.set_code(None)
        self.topics.set_codes(())
        self.phone.clear()
        self.note.setPlainText("")
        for row in self.rows.values():
            row.set_error(None)

    def wish(self, started: datetime) -> LogCall:
        """The call as it stands."""
        anonymous = self.anonymous.isChecked()
        return LogCall(
            channel=self.channel.code() or CHANNEL,
            language=self.language.code() or LANGUAGE,
            topics=list(self.topics.codes()),
            outcome=self.outcome.code() or "",
            note=self.note.text(),
            caller=self.caller.code(),
            anonymous=anonymous,
            phone=None if anonymous else self.phone.text().strip() or None,
            region=self.region.code(),
            danger=self.danger.code(),
            started_at=started.isoformat(timespec="seconds"),
        )

    def first_wrong(self) -> FieldRow | None:
        """The first field that needs correcting; all of them say so themselves."""
        self._require("topics", bool(self.topics.codes()), TOPIC_NEEDED)
        self._require("outcome", bool(self.outcome.code()), OUTCOME_NEEDED)
        return next((row for row in self.rows.values() if row.error is not None), None)

    def _require(self, name: str, there: bool, needed: Words) -> None:
        self.rows[name].set_error(None if there else needed)

    def draft(self) -> Mapping[str, str]:
        """The fields by name; empty when there is nothing worth keeping."""
        said = {name: field.code() or "" for name, field in self._chosen().items()}
        setting = {name: said.pop(name) for name in ("channel", "language")}
        said |= {
            "topics": " ".join(self.topics.codes()),
            "note": self.note.text().strip(),
            "phone": self.phone.text().strip(),
        }
        kept = {name: value for name, value in said.items() if value}
        anonymous = "yes" if self.anonymous.isChecked() else "no"
        return {**kept, **setting, "anonymous": anonymous} if kept else {}

    def restore(self, content: Mapping[str, str]) -> None:
        """Put the fields back as they were."""
        self.clear()
        for name, field in self._chosen().items():
            if content.get(name):
                field.set_code(content[name])
        self.anonymous.setChecked(content.get("anonymous") != "no")
        self.topics.set_codes(content.get("topics", "").split())
        self.note.setPlainText(content.get("note", ""))
        self.phone.setText(content.get("phone", ""))

    def _chosen(self) -> dict[str, KeyChoices | CodeCombo]:
        return {
            "channel": self.channel, "language": self.language, "caller": self.caller, "region": self.region,
            "danger": self.danger, "outcome": self.outcome,
        }  # fmt: skip
