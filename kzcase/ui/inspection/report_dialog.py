"""Reporting an incident in two calm steps: what happened, and whom or what it concerns; the third is what follows."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from kzcase.actions.incidents import OpenIncident, open_incident
from kzcase.actions.wishes import Done
from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import KzcaseError
from kzcase.domain.incidents import DeviceRow
from kzcase.domain.rows import PartnerRow
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.incidents import device_list
from kzcase.queries.partners import partner_list
from kzcase.ui import theme
from kzcase.ui.clock import today
from kzcase.ui.drafts import place
from kzcase.ui.fields import lay_out, show_refused, value_of
from kzcase.ui.inspection.entries import offer_staff
from kzcase.ui.kept_fields import KeptFields
from kzcase.ui.messages import banner_error
from kzcase.ui.office import Office
from kzcase.ui.pages import BuiltDialog
from kzcase.ui.slices import Steps
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.labels import Label
from kzcase.ui.work import Work

CALM: Final = _(
    "Take your time: until the incident is closed it can be taken back. Only what this freezes stays closed: access "
    "until a supervisor and an administrator open it again, a lost laptop for good."
)
STEPS: Final = (_("What happened"), _("Whom it concerns"))
NEEDED: Final = _("Please fill this in.")
FIRST: Final = ("kind", "what", "noticed", "first", "last")
WIDTH: Final = 640
HEIGHT: Final = 600


class ReportDialog(KeptFields, BuiltDialog):
    """`reported` carries the id of the incident; Escape changes nothing and loses nothing."""

    reported = Signal(str)

    def __init__(self, work: Work, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(work, parent)
        self._office = office
        self.setModal(True)
        self.rows: dict[str, FieldRow] = {}
        self.resize(theme.px(WIDTH), theme.px(HEIGHT))
        self.build(self._steps())

    def _steps(self) -> Steps:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        self.title = Label(None, "title", wrap=True, parent=self)
        self.said = Banner(CALM, "info", parent=self)
        layout.addWidget(self.title)
        layout.addWidget(self.said)
        self._stack = QStackedLayout()
        layout.addLayout(self._stack, 1)
        self._stack.addWidget(self._what())
        yield
        self._stack.addWidget(self._whom())
        yield
        layout.addLayout(self._foot())
        self._go(0)
        ticks: dict[str, QWidget] = {each.value: tick for each, tick in self.classes.items()}
        self.keep_typing(self._work, place("incident"), {name: row.field for name, row in self.rows.items()} | ticks)
        offer_staff(self._work, self.staff, self)
        offer_staff(self._work, self.responsible, self)
        self._work.ask(partner_list, self._take_partners, owner=self)
        self._work.ask(device_list, self._take_devices, owner=self)

    def _what(self) -> Card:
        card = Card(parent=self)
        noticed = DateEdit()
        noticed.set_value(today())
        self._put("kind", _("What happened"), CodeCombo(self._office.choices("incident_kind")), True)
        self._put("what", _("In a sentence"), TextArea(lines=3), True, _("Without names of people, if you can."))
        self._put("noticed", _("Noticed on"), noticed, True, HELP)
        self._put("first", _("From"), DateEdit(), False, _("If you know when it may have happened."))
        self._put("last", _("To"), DateEdit())
        lay_out(card, self.rows, (("kind",), ("what",), ("noticed", "first", "last")))
        card.body.addStretch(1)
        return card

    def _whom(self) -> Card:
        card = Card(parent=self)
        self.staff, self.responsible = CodeCombo(()), CodeCombo((), blank=_("Me"))
        self.device, self.partner = CodeCombo(()), CodeCombo(())
        self._put("staff", _("Whose account"), self.staff)
        self._put("device", _("Which laptop"), self.device)
        self._put("partner", _("Which recipient"), self.partner, help=_("Nothing more goes there from now on."))
        self._put("case", _("Which case"), LineEdit(_("Number of a case"), max_length=64))
        self._put("responsible", _("Who sees to it"), self.responsible)
        lay_out(card, self.rows, (("staff", "device"), ("partner", "case"), ("responsible",)))
        card.add(Label(_("What kind of information"), "label", parent=card))
        self.classes = {each: Check(self._office.said("field_class", each), parent=card) for each in FieldClass}
        for tick in self.classes.values():
            card.add(tick)
        card.body.addStretch(1)
        return card

    def _put(self, name: str, label: Words, field: QWidget, required: bool = False, help: Words | None = None) -> None:
        self.rows[name] = FieldRow(label, field, help, required=required, parent=self)

    def _foot(self) -> QHBoxLayout:
        self.back, self.cancel = Button(_("Back"), icon="chevron-left", parent=self), Button(_("Cancel"), parent=self)
        self.next = Button(_("Next"), kind="primary", icon="arrow-right", parent=self)
        self.back.clicked.connect(partial(self._go, 0))
        self.next.clicked.connect(self._on)
        self.cancel.clicked.connect(self.reject)
        line = QHBoxLayout()
        box(line, space=theme.SPACE_GROUP)
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.cancel)
        line.addWidget(self.next)
        return line

    def _take_partners(self, rows: Sequence[PartnerRow]) -> None:
        self.partner.set_choices([Choice(row.id, verbatim(row.name)) for row in rows])

    def _take_devices(self, rows: Sequence[DeviceRow]) -> None:
        self.device.set_choices([Choice(row.code, verbatim(row.code)) for row in rows])

    # Steps

    def _go(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.title.say(_("Incident: step {step} of 3. {what}", step=step + 1, what=STEPS[step]))
        self.back.setVisible(step == 1)
        self.next.say(_("Report it") if step else _("Next"))
        first = self.rows["staff" if step else "kind"]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on(self) -> None:
        if self._stack.currentIndex() == 0:
            for name in ("kind", "what", "noticed"):
                self.rows[name].set_error(None if value_of(self.rows[name].field).strip() else NEEDED)
            wrong = next((self.rows[name] for name in FIRST if self.rows[name].error is not None), None)
            if wrong is not None:
                wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self._go(1)
        else:
            self._report()

    def _report(self) -> None:
        given = {name: value_of(row.field).strip() or None for name, row in self.rows.items()}
        wish = OpenIncident(
            kind=given.pop("kind") or "",
            what=given.pop("what") or "",
            classes=tuple(each.value for each, tick in self.classes.items() if tick.isChecked()),
            **given,
        )
        self.next.setEnabled(False)
        self._work.do(lambda book: open_incident(book, wish), self._reported, self._refused, owner=self)

    def _reported(self, done: Done) -> None:
        self.reported.emit(done.ids["incident"].hex())
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        self.next.setEnabled(True)
        self._go(0 if error.place.startswith(FIRST) else 1)
        if not show_refused(self.rows, {name: name for name in self.rows}, error):
            banner_error(self.said, error)
