"""A return slip came back: its number is typed, or its code read; a number that several referrals have asks which."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QFileDialog, QVBoxLayout, QWidget

from kzcase.actions.scans import slip_number
from kzcase.domain.errors import KzcaseError
from kzcase.domain.referrals import ListedReferral
from kzcase.i18n import Words, _
from kzcase.queries.returned_slips import referrals_of_number
from kzcase.ui import language, theme
from kzcase.ui.fields import field_sentence
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.wish_dialog import foot
from kzcase.ui.work import Work

WIDTH: Final = 520
ENDINGS: Final = "*.jpg *.jpeg *.png *.webp *.pdf"
ASK: Final = _("Type the number on the slip, or hold its code before the reader.")
WHICH: Final = _("More than one referral has this number. Choose the one on the slip.")


class SlipDialog(QDialog):
    """`chosen` carries the referral the slip belongs to."""

    chosen = Signal(object)

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self.found: Sequence[ListedReferral] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self.told = Banner(ASK, "info", parent=self)
        self.number = LineEdit(_("For example 2026-A7K-R00012-8"), max_length=64, parent=self)
        self.which = KeyChoices((), name=WHICH)
        self.next = Button(_("Next"), kind="primary", icon="arrow-right", parent=self)
        self.scan = Button(_("Open a scan"), icon="file-text", parent=self)
        self.cancel = Button(_("Cancel"), parent=self)
        self._build()
        self.next.clicked.connect(self._look)
        self.number.returnPressed.connect(self._look)
        self.which.chosen.connect(self._choose)
        self.scan.clicked.connect(self._choose_scan)
        self.cancel.clicked.connect(self.reject)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_CARD, margin=theme.SPACE_PAGE)
        layout.addWidget(Label(_("A slip came back"), "title"))
        layout.addWidget(self.told)
        self.row = FieldRow(_("Number of the slip"), self.number, parent=self)
        layout.addWidget(self.row)
        layout.addWidget(self.which)
        self.which.hide()
        layout.addLayout(foot(self.cancel, self.scan, self.next))
        self.setWindowTitle("kzcase")
        self.setMinimumWidth(theme.px(WIDTH))
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _look(self) -> None:
        typed = self.number.text().strip()
        if typed:
            self._work.ask(
                lambda reader: referrals_of_number(reader, typed), self._take, self._refused, key="slip", owner=self
            )

    def _take(self, found: Sequence[ListedReferral]) -> None:
        self.found = found
        self.row.set_error(None)
        if len(found) == 1:
            self._give(found[0])
            return
        self.told.say(WHICH, "warn")
        self.which.set_choices([Choice(one.id, _named(one)) for one in found])
        self.which.show()
        self.which.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _choose(self, referral: str) -> None:
        for one in self.found:
            if one.id == referral:
                self._give(one)
                return

    def _give(self, one: ListedReferral) -> None:
        self.accept()
        self.chosen.emit(one)

    @Slot()
    def _choose_scan(self) -> None:
        dialog = QFileDialog(self, language.text(_("Open a scan")))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(f"{language.text(_('Photos, scans, PDFs'))} ({ENDINGS})")
        dialog.fileSelected.connect(lambda name: self.read_scan(Path(name)))
        QFileDialog.open(dialog)

    def read_scan(self, path: Path) -> None:
        """Read the code of a photographed or scanned slip."""
        self._work.long(
            lambda _book, _progress: slip_number(path), self._read, _("Looking for the code on the slip"),
            self._refused, owner=self,
        )  # fmt: skip

    def _read(self, number: Any) -> None:
        self.number.setText(str(number))
        self._look()

    def _refused(self, error: KzcaseError) -> None:
        self.row.set_error(field_sentence(error))
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)


def _named(one: ListedReferral) -> Words:
    return _("{number} to {partner}, case {case}", number=one.row.number, partner=one.row.partner, case=one.case_number)
