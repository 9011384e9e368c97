"""A sealed package: field by field what leaves and what stays, closed to the partner's key or with a passphrase."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from kzcase.actions.packages import MadePackage, Prepared, make_package, prepare_package, slip_of
from kzcase.domain.errors import KzcaseError
from kzcase.domain.packages import Leaves
from kzcase.domain.rows import AttachmentRow, ReferralRow
from kzcase.i18n import Words, _, verbatim
from kzcase.queries.attachments import attachments
from kzcase.queries.packages import sheets_to_choose
from kzcase.ui import language, theme
from kzcase.ui.lines import refill
from kzcase.ui.messages import banner_error
from kzcase.ui.papers import preview
from kzcase.ui.saving import write_copy
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, Card, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.widgets.fields import FieldRow
from kzcase.ui.widgets.key_choices import KeyMany
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll, fit
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

WIDTH: Final = 680
EXACTLY: Final = _("The package holds exactly what stands under “Leaves”, and nothing else.")


class PackageDialog(QDialog):
    """Shows what leaves, then makes the package. `made` carries the referral's id."""

    made = Signal(str)

    def __init__(self, work: Work, case_id: str, row: ReferralRow, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work, self._row, self._case = work, row, case_id
        self.prepared: Prepared | None = None
        self.package: MadePackage | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.said = Banner(EXACTLY, "info", parent=self)
        self.ended = Banner(EXACTLY, "warn", parent=self)
        self.ended.hide()
        self.forms = KeyMany((), name=_("Filled forms"))
        self.files = KeyMany((), name=_("Attachments"))
        self.goes, self.stays = Card(_("Leaves"), self), Card(_("Stays here"), self)
        self._going, self._staying = QVBoxLayout(), QVBoxLayout()
        self.by_word = Check(_("Close it with a passphrase on a slip of its own"), parent=self)
        self.by_word.setChecked(key != "confirmed")
        self.by_word.setEnabled(key == "confirmed")
        self.save = Button(_("Make the package"), kind="primary", icon="lock", parent=self)
        self.slip = Button(_("Print the passphrase slip"), icon="printer", parent=self)
        self.cancel = Button(_("Cancel"), parent=self)
        self._build()
        self._connect()
        self._ask_what_there_is()
        self._prepare()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        title = _(
            "Sealed package of referral {number} to {partner}", number=self._row.number, partner=self._row.partner
        )
        layout.addWidget(Label(title, "title", wrap=True))
        layout.addWidget(self.said)
        layout.addWidget(self.ended)
        self.inside = InnerScroll(self)
        self.forms_row, self.files_row = (
            FieldRow(_("Filled forms to go along"), self.forms),
            FieldRow(_("Attachments to go along"), self.files),
        )
        for card, lines in ((self.goes, self._going), (self.stays, self._staying)):
            box(lines, space=theme.SPACE_LABEL)
            card.body.addLayout(lines)
        for widget in (self.forms_row, self.files_row, self.goes, self.stays):
            self.inside.body.addWidget(widget)
        self.inside.body.addStretch(1)
        layout.addWidget(self.inside, 1)
        layout.addWidget(self.by_word)
        layout.addLayout(foot(self.cancel, self.slip, self.save))
        self.forms_row.hide()
        self.files_row.hide()
        self.slip.hide()
        self.setWindowTitle("kzcase")
        fit(self, WIDTH, self.inside)
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.forms.changed.connect(self._prepare)
        self.files.changed.connect(self._prepare)
        self.save.clicked.connect(self._make)
        self.slip.clicked.connect(self._print_slip)
        self.cancel.clicked.connect(self.reject)

    def _ask_what_there_is(self) -> None:
        referral, case = self._row.id, self._case
        self._work.ask(lambda reader: sheets_to_choose(reader, referral), self._offer_forms, self._refused, owner=self)
        self._work.ask(lambda reader: attachments(reader, case), self._offer_files, self._refused, owner=self)

    def _offer_forms(self, found: Sequence[tuple[str, Words]]) -> None:
        self.forms.set_choices([Choice(sheet, words) for sheet, words in found])
        self.forms_row.setVisible(bool(found))

    def _offer_files(self, found: Sequence[AttachmentRow]) -> None:
        shown = [row for row in found if "title" not in row.masked]
        self.files.set_choices([Choice(row.id, verbatim(row.title or row.id[:8])) for row in shown])
        self.files_row.setVisible(bool(shown))

    @Slot()
    def _prepare(self) -> None:
        referral, forms, files = self._row.id, self.forms.codes(), self.files.codes()
        self.save.setEnabled(False)
        self._work.do(lambda book: prepare_package(book, referral, forms, files), self._show, self._refused, owner=self)

    def _show(self, found: Prepared) -> None:
        self.prepared = found
        self.said.say(EXACTLY, "info")
        for each in found.against:
            self.ended.say(each.what, "warn")
        fields = found.preview.fields
        refill(self._going, [Label(_line(each), "meta", wrap=True) for each in fields if each.goes])
        refill(self._staying, [Label(_line(each), "meta", wrap=True) for each in fields if not each.goes])
        self.save.setEnabled(any(each.goes for each in fields))
        QTimer.singleShot(0, self, self._fit)  # once the lines are laid out

    @Slot()
    def _fit(self) -> None:
        fit(self, WIDTH, self.inside)

    @Slot()
    def _make(self) -> None:
        if self.prepared is None:
            return
        prepared = self.prepared
        spoken = language.current() if self.by_word.isChecked() else None
        self.save.setEnabled(False)
        self._work.long(
            lambda book, _progress: make_package(book, prepared, spoken),
            self._made,
            _("Closing the package"),
            self._refused,
            owner=self,
        )

    def _made(self, found: MadePackage) -> None:
        self.package = found
        self._work.changed.emit(frozenset({"referrals", "tasks", "history"}))
        for widget in (self.forms_row, self.files_row, self.by_word, self.save):
            widget.hide()
        self.slip.setVisible(bool(found.passphrase))
        self.said.say(_("The package is made. Save it, and give it to the partner."), "ok")
        self.made.emit(self._row.id)
        self._choose_place(found)

    def _choose_place(self, found: MadePackage) -> QFileDialog:
        dialog = QFileDialog(self, language.text(_("Save the package")), found.name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.fileSelected.connect(lambda name: self.keep(Path(name)))
        QFileDialog.open(dialog)
        return dialog

    def keep(self, path: Path) -> None:
        """Write the closed package to a file."""
        package = self.package
        if package is not None:
            self._work.long(
                lambda _book, _progress: write_copy(path, package.content),
                lambda _nothing: None,
                _("Saving a copy"),
                self._refused,
                owner=self,
            )

    @Slot()
    def _print_slip(self) -> None:
        package, partner, spoken = self.package, self._row.partner, language.current()
        if package is not None:
            self._work.long(
                lambda book, _progress: slip_of(book, package, partner, spoken),
                lambda paper: preview(self._work, paper, self),
                _("Making the paper"),
                self._refused,
                owner=self,
            )

    def _refused(self, error: KzcaseError) -> None:
        self.save.setEnabled(self.prepared is not None)
        banner_error(self.said, error)


def _line(each: Leaves) -> Words:
    if each.goes and each.value:
        return _("{field}: {value} ({why})", field=_text(each.label), value=each.value, why=each.why)
    return _("{field} ({why})", field=_text(each.label), why=each.why)


def _text(label: Any) -> str:
    return language.text(label)
