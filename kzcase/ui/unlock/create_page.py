"""A new casebook: its organisation, its first administrator and a passphrase that is hard to guess."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kzcase.domain.errors import KzcaseError
from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.language import Retranslated
from kzcase.ui.messages import banner_error
from kzcase.ui.passphrases import ADVICE, NewPassphrase
from kzcase.ui.unlock.door import Door
from kzcase.ui.unlock.entered import NewCasebook
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label

NEEDED: Final = _("Please fill this in.")
ALONE: Final = _("I work alone: nobody else can sign a second time")
NEUTRAL: Final = _("The folder's name is visible on the disk. Choose one that says nothing about your work.")
SUFFIX: Final = ".kzcase"


def suggested_folder() -> Path:
    """A free place with a neutral name in the person's documents."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    names = (f"office{number or ''}{SUFFIX}" for number in range(1000))
    return next(path for name in names if not (path := documents / name).exists())


class CreatePage(Retranslated, QWidget):
    """Organisation, name, a passphrase with its generator, and the folder."""

    cancelled = Signal()

    def __init__(self, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self.organisation = FieldRow(_("Organisation"), LineEdit(), required=True)
        self.administrator = FieldRow(_("Your name"), LineEdit(), required=True)
        self.chosen = NewPassphrase(self._names)
        self.alone = Check(ALONE)
        self.folder = FieldRow(_("Folder"), LineEdit(), NEUTRAL)
        self.browse = Button(_("Choose"), kind="plain", icon="folder-open")
        self.make = Button(_("Create"), kind="primary", icon="check")
        self.back = Button(_("Back"), kind="quiet", icon="chevron-left")
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.said = Banner(ADVICE, "info")
        self.said.hide()
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD)
        layout.addWidget(Label(_("A new casebook"), "title"))
        for row in (self.organisation, self.administrator, self.alone, self.chosen):
            layout.addWidget(row)
        place = QHBoxLayout()
        box(place, space=theme.SPACE_GROUP)
        place.addWidget(self.folder, 1)
        beside = QVBoxLayout()
        box(beside)
        beside.addSpacing(theme.px(21))
        beside.addWidget(self.browse)
        beside.addStretch(1)
        place.addLayout(beside)
        layout.addLayout(place)
        layout.addWidget(self.said)
        hidden = self.bar.sizePolicy()
        hidden.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(hidden)
        self.bar.hide()
        layout.addWidget(self.bar)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.make)
        layout.addLayout(foot)

    def _connect(self) -> None:
        for line in (self._organisation, self._administrator):
            line.textChanged.connect(self.chosen.judge)
        self.chosen.entered.connect(self._create)
        self.browse.clicked.connect(self._browse)
        self.make.clicked.connect(self._create)
        self.back.clicked.connect(self._cancel)
        self._door.busy.connect(self._set_busy)

    @property
    def _organisation(self) -> LineEdit:
        return _line(self.organisation)

    @property
    def _administrator(self) -> LineEdit:
        return _line(self.administrator)

    def begin(self) -> None:
        """Empty fields, and a place for the casebook."""
        for line in (self._organisation, self._administrator):
            line.clear()
        self.chosen.clear()
        self.alone.setChecked(False)
        for row in (self.organisation, self.administrator, self.folder):
            row.set_error(None)
        self.said.hide()
        _line(self.folder).setText(str(suggested_folder()))
        self._organisation.setFocus(Qt.FocusReason.OtherFocusReason)

    def _names(self) -> tuple[str, str]:
        return self._organisation.text(), self._administrator.text()

    @Slot()
    def _browse(self) -> None:
        dialog = QFileDialog(self, language.text(_("Where to put the casebook")), _line(self.folder).text())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.fileSelected.connect(_line(self.folder).setText)
        QFileDialog.open(dialog)

    @Slot()
    def _create(self) -> None:
        if not self.make.isEnabled() or not self._complete():
            return
        folder = Path(_line(self.folder).text().strip())
        path = folder if folder.suffix == SUFFIX else folder.with_name(folder.name + SUFFIX)
        passphrase = self.chosen.take()
        wish = NewCasebook(path, *self._names(), one_person=self.alone.isChecked())
        self._door.found(wish, passphrase)

    def _complete(self) -> bool:
        """Every field is filled in and the passphrases agree; the first that is not gets the keyboard."""
        for row in (self.organisation, self.administrator, self.folder):
            row.set_error(None if _line(row).text().strip() else NEEDED)
        weak = self.chosen.complete()
        named = (row for row in (self.organisation, self.administrator) if row.error is not None)
        wrong = next(named, weak or (self.folder if self.folder.error is not None else None))
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is None

    def refuse(self, error: KzcaseError) -> None:
        """It was not made: say why."""
        banner_error(self.said, error)

    @Slot()
    def _cancel(self) -> None:
        self.chosen.clear()
        self.cancelled.emit()

    def retranslate(self) -> None:
        self.bar.setAccessibleName(language.text(_("Create")))

    @Slot(bool)
    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.make.say(_("Creating …") if busy else _("Create"))
        for widget in (self.make, self.back, self.chosen, self.browse):
            widget.setEnabled(not busy)


def _line(row: FieldRow) -> LineEdit:
    assert isinstance(row.field, LineEdit)
    return row.field
