"""Dialogs of the directory: a partner with everything that is known of it, its key entered, its six words confirmed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kzcase.actions.partner_keys import ConfirmPartnerKey, EnterPartnerKey, confirm_partner_key, enter_partner_key
from kzcase.actions.partners import AddPartner, ChangePartner, add_partner, change_partner
from kzcase.actions.wishes import Done
from kzcase.domain.errors import KzcaseError
from kzcase.domain.limits import LONGEST_NUMBER
from kzcase.domain.rows import PartnerRow
from kzcase.i18n import _, pgettext
from kzcase.ui import theme
from kzcase.ui.at_work import office_at
from kzcase.ui.drafts import DraftingDialog, place
from kzcase.ui.fields import show_refused, value_of
from kzcase.ui.form_dialog import NEEDED, FormDialog
from kzcase.ui.kept_fields import KeptFields
from kzcase.ui.messages import banner_error
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.choices import CodeCombo
from kzcase.ui.widgets.dates import HELP, DateEdit
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.key_choices import KeyMany
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll, fit
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

WIDTH: Final = 640
SERVED: Final = _("Regions they work in")
NAME: Final = pgettext("organisation", "Name")
COMMON_LANGUAGES: Final = ("kk", "ru", "uz", "ky", "tg", "ug", "en", "tr")
_NEEDED: Final = ("name", "kind")
_TEXTS: Final = (
    *("name", "kind", "region", "address", "phone", "contact", "referral_contact", "hours", "eligibility"),
    *("agreement_from", "agreement_to"),
)


class PartnerDialog(KeptFields, DraftingDialog):
    """A new partner, or what changed at one. `saved` comes once it is in the directory."""

    saved = Signal(object)

    def __init__(self, work: Work, parent: QWidget | None = None, row: PartnerRow | None = None) -> None:
        super().__init__(parent)
        self._work, self._row = work, row
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        office = office_at(work)
        self.services = KeyMany(office.choices("need"), name=_("What help they give"))
        self.regions = KeyMany(office.choices("region"), name=SERVED)
        spoken = [each for each in office.choices("language") if each.code in COMMON_LANGUAGES]
        self.languages = KeyMany(spoken, name=_("Languages"))
        self.rows = {
            "name": FieldRow(NAME, LineEdit(), required=True),
            "kind": FieldRow(_("Kind"), CodeCombo(office.choices("organisation")), required=True),
            "region": FieldRow(_("Region"), CodeCombo(office.choices("region"))),
            "address": FieldRow(_("Address"), LineEdit()),
            "phone": FieldRow(_("Phone"), LineEdit(digits=True, max_length=LONGEST_NUMBER)),
            "contact": FieldRow(_("Contact person"), LineEdit()),
            "referral_contact": FieldRow(_("Where referrals go"), LineEdit()),
            "hours": FieldRow(_("Opening hours"), LineEdit()),
            "eligibility": FieldRow(_("Who is helped there"), LineEdit()),
            "agreement_from": FieldRow(_("Agreement from"), DateEdit(), HELP),
            "agreement_to": FieldRow(_("Agreement until"), DateEdit(), HELP),
            "regions": FieldRow(SERVED, self.regions),
            "services": FieldRow(_("What help they give"), self.services),
            "languages": FieldRow(_("Languages"), self.languages),
        }
        self.said = Banner(_("New partner"), "info", parent=self)
        self.said.hide()
        self.save = Button(_("Add the partner") if row is None else _("Save"), kind="primary", icon="check")
        self.save.setShortcut("Ctrl+S")
        self.cancel = Button(_("Cancel"), parent=self)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.reject)
        self._fill(row)
        self._shown = self.values()
        self._build(row)
        fields = {name: each.field for name, each in self.rows.items()}
        here = place("partner") if row is None else place("partner_change", row.id)
        self.keep_typing(work, here, fields)

    def _fill(self, row: PartnerRow | None) -> None:
        if row is None:
            return
        for name in _TEXTS:
            field, known = self.rows[name].field, getattr(row, name)
            if isinstance(field, CodeCombo):
                field.set_code(known)
            elif isinstance(field, DateEdit):
                field.set_value(known)
            elif isinstance(field, LineEdit):
                field.setText(known or "")
        self.services.set_codes(row.services)
        self.regions.set_codes(row.regions)
        self.languages.set_codes(row.languages)

    def _build(self, row: PartnerRow | None) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("New partner") if row is None else _("What is known of this partner"), "title"))
        layout.addWidget(self.said)
        self.inside = InnerScroll(self)
        for each in self.rows.values():
            self.inside.body.addWidget(each)
        layout.addWidget(self.inside, 1)
        layout.addLayout(foot(self.cancel, self.save))
        self.setWindowTitle("kzcase")
        fit(self, WIDTH, self.inside)
        self.rows["name"].field.setFocus(Qt.FocusReason.OtherFocusReason)

    def values(self) -> dict[str, str]:
        """The texts of the fields by name."""
        return {name: value_of(self.rows[name].field).strip() for name in _TEXTS}

    @Slot()
    def _save(self) -> None:
        values = self.values()
        for name in _NEEDED:
            self.rows[name].set_error(None if values[name] else NEEDED)
        wrong = next((row for row in self.rows.values() if row.error is not None), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.save.setEnabled(False)
        act = self._added if self._row is None else self._changed
        self._work.do(lambda book: act(book, values), self._done, self._refused, owner=self)

    def _added(self, book: Any, values: Mapping[str, str]) -> Done:
        given: dict[str, Any] = {name: values[name] or None for name in _TEXTS if name not in _NEEDED}
        lists: dict[str, Any] = {
            "services": list(self.services.codes()),
            "languages": list(self.languages.codes()),
            "regions": list(self.regions.codes()),
        }
        return add_partner(book, AddPartner(name=values["name"], kind=values["kind"], **given, **lists))

    def _changed(self, book: Any, values: Mapping[str, str]) -> Done:
        """Only what was typed or chosen here: what is masked, or longer than a line, stays as it is."""
        assert self._row is not None
        given: dict[str, Any] = {name: text for name, text in values.items() if text != self._shown[name]}
        lists: dict[str, Any] = {"services": list(self.services.codes()), "languages": self._spoken()}
        lists["regions"] = list(self.regions.codes())
        return change_partner(book, ChangePartner(partner=self._row.id, **given, **lists))

    def _spoken(self) -> list[str]:
        """The languages ticked, and those that the dialog does not offer."""
        assert self._row is not None
        further: Sequence[str] = [each for each in self._row.languages if each not in COMMON_LANGUAGES]
        return [*self.languages.codes(), *further]

    def _done(self, done: Done) -> None:
        self.saved.emit(done)
        self.accept()

    def _refused(self, error: KzcaseError) -> None:
        self.save.setEnabled(True)
        if not show_refused(self.rows, {name: name for name in self.rows}, error):
            banner_error(self.said, error)


def enter_key_dialog(work: Work, row: PartnerRow, window: QWidget) -> FormDialog:
    """The line of a partner's key card."""
    rows = {"card": FieldRow(_("Line of the key card"), LineEdit(), _("It begins with KZK1."), required=True)}
    dialog = FormDialog(
        work,
        _("Key of {partner}", partner=row.name),
        rows,
        (("card",),),
        _("Enter the key"),
        lambda book, given: enter_partner_key(book, EnterPartnerKey(partner=row.id, card=given["card"])),
        needed=("card",),
        hint=_("Nothing is closed to it before its six words are confirmed over the telephone."),
        parent=window,
    )
    dialog.open()
    return dialog


def confirm_key_dialog(work: Work, row: PartnerRow, window: QWidget) -> FormDialog:
    """The six words, as the partner reads them out."""
    rows = {"words": FieldRow(_("The six words they read out"), LineEdit(), required=True)}
    dialog = FormDialog(
        work,
        _("Confirm the key of {partner}", partner=row.name),
        rows,
        (("words",),),
        _("Confirm"),
        lambda book, given: confirm_partner_key(book, ConfirmPartnerKey(partner=row.id, words=given["words"])),
        needed=("words",),
        hint=_("Call them at a number you knew before, and let them read. A key in place of another needs two people."),
        parent=window,
    )
    dialog.open()
    return dialog
