"""Further facts of a consent: how it was explained and confirmed, and who agreed beside a child or in their place."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from kzcase.domain.consent_rows import WhoseYes
from kzcase.i18n import Words, _
from kzcase.ui.fields import put, value_of
from kzcase.ui.office import Office
from kzcase.ui.widgets.cards import Banner, Card
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.labels import Label

DOUBTFUL: Final = _("Nobody has confirmed this rule yet. Ask a lawyer.")


class HowCard(Card):
    """How it was explained and how the person confirmed it; everything may be left open."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("How it was said"), parent)
        self.rows: dict[str, FieldRow] = {}
        fields: tuple[tuple[str, Words, QWidget, Words | None], ...] = (
            ("read_way", _("How the text was read"), CodeCombo(office.choices("read_way")), None),
            ("interpreter_name", _("Interpreter: name"), LineEdit(), None),
            ("interpreter_from", _("Interpreter: from which organisation"), LineEdit(), None),
            ("signed_how", _("How it was confirmed"), CodeCombo(office.choices("signed_how")), None),
            ("witness", _("Witness"), LineEdit(), _("Needed where nobody signed.")),
            ("sheet_copy", _("Copy of the sheet"), CodeCombo(office.choices("sheet_copy")), None),
            ("capacity", _("Legal capacity"), CodeCombo(office.choices("capacity")), None),
            ("withheld", _("What must not be told, and to whom"), TextArea(lines=2), None),
        )
        for name, label, field, help in fields:
            self.rows[name] = FieldRow(label, field, help, parent=self)
            self.add(self.rows[name])


class WhoAgreesCard(Card):
    """Whose yes a child needs, by age; hidden for adults."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(_("Who agrees beside the child"), parent)
        self.rule = Label(None, "meta", wrap=True, parent=self)
        self.doubt = Banner(DOUBTFUL, "warn", parent=self)
        self.rows: dict[str, FieldRow] = {}
        self.add(self.rule)
        self.add(self.doubt)
        fields: tuple[tuple[str, Words, QWidget, Words | None], ...] = (
            ("assent", _("The child"), CodeCombo(office.choices("consent_assent")), None),
            ("guardian", _("Parent or guardian"), CodeCombo(office.choices("consent_guardian")), None),
            ("given_by", _("Who decides"), CodeCombo(office.choices("consent_giver")), None),
            ("guardianship_told_on", _("Guardianship body told on"), DateEdit(), HELP),
            ("best_interests_on", _("Best interests assessed on"), DateEdit(), HELP),
        )
        for name, label, field, help in fields:
            self.rows[name] = FieldRow(label, field, help, parent=self)
            self.add(self.rows[name])
        self.hide()

    def show_rule(self, found: WhoseYes) -> None:
        """Say whose yes is needed; what forms of the case say already stands there."""
        self.setVisible(found.of_child)
        if found.of_child:
            self.rule.say(found.rule)
        self.doubt.setVisible(found.doubtful)
        for name, value in found.known.items():
            if name in self.rows and not value_of(self.rows[name].field):
                _put(self.rows[name].field, value)


def _put(field: QWidget, value: str) -> None:
    if isinstance(field, DateEdit):
        from datetime import date

        field.set_value(date.fromisoformat(value))
    else:
        put(field, value)


def given(rows: Mapping[str, FieldRow]) -> dict[str, Any]:
    """What stands in these fields, as the wish takes it."""
    optional = ("read_way", "signed_how", "sheet_copy", "capacity", "assent", "guardian", "given_by")
    dates = ("guardianship_told_on", "best_interests_on")
    found = {name: value_of(row.field).strip() for name, row in rows.items()}
    return {name: (value or None) if name in (*optional, *dates) else value for name, value in found.items()}
