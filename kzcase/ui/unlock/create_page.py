"""A new casebook: its organisation, its first administrator and a passphrase that is hard to guess."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from kzcase.domain.errors import KzcaseError
from kzcase.i18n import _
from kzcase.ui import language, theme
from kzcase.ui.messages import banner_error
from kzcase.ui.passphrases import ADVICE, verdict
from kzcase.ui.unlock.door import Door, NewCasebook
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner, box
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.passphrase import PassphraseEdit

NEEDED: Final = _("Please fill this in.")
NEUTRAL: Final = _("The folder's name is visible on the disk. Choose one that says nothing about your work.")
SUFFIX: Final = ".kzcase"


def suggested_folder() -> Path:
    """A free place with a neutral name in the person's documents."""
    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    names = (f"office{number or ''}{SUFFIX}" for number in range(1000))
    return next(path for name in names if not (path := documents / name).exists())


class CreatePage(QWidget):
    """Five fields and the generator of passphrases."""

    cancelled = Signal()

    def __init__(self, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._door = door
        self.organisation = FieldRow(_("Organisation"), LineEdit(), required=True)
        self.administrator = FieldRow(_("Your name"), LineEdit(), required=True)
        self.first, self.second = PassphraseEdit(), PassphraseEdit()
        self.passphrase = FieldRow(_("Passphrase"), self.first, ADVICE, required=True)
        self.again = FieldRow(_("The same passphrase again"), self.second, required=True)
        self.folder = FieldRow(_("Folder"), LineEdit(), NEUTRAL)
        self.generate = Button(_("Suggest six words"), kind="quiet", icon="refresh-cw")
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

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        box(layout, space=theme.SPACE_FIELD)
        layout.addWidget(Label(_("A new casebook"), "title"))
        for row in (self.organisation, self.administrator, self.passphrase):
            layout.addWidget(row)
        layout.addWidget(self.generate, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.again)
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
        self.bar.setAccessibleName(language.text(_("Create")))
        self.bar.hide()
        layout.addWidget(self.bar)
        foot = QHBoxLayout()
        box(foot, space=theme.SPACE_GROUP)
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.make)
        layout.addLayout(foot)

    def _connect(self) -> None:
        self.first.textChanged.connect(self._judge)
        for line in (self._organisation, self._administrator):
            line.textChanged.connect(self._judge)
        self.second.returnPressed.connect(self._create)
        self.generate.clicked.connect(self._generate)
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
        for line in (self._organisation, self._administrator, self.first, self.second):
            line.clear()
        for row in (self.organisation, self.administrator, self.passphrase, self.again, self.folder):
            row.set_error(None)
        self.said.hide()
        _line(self.folder).setText(str(suggested_folder()))
        self._organisation.setFocus(Qt.FocusReason.OtherFocusReason)

    def _names(self) -> tuple[str, str]:
        return self._organisation.text(), self._administrator.text()

    @Slot()
    def _judge(self) -> None:
        """Say how good the passphrase is, as help, not as an error, while it is typed."""
        _good, words = verdict(self.first.text(), self._names())
        self.passphrase.set_help(words)

    @Slot()
    def _generate(self) -> None:
        from kzcase.keys.passphrase import generate

        words = generate(language.current())
        for edit in (self.first, self.second):
            edit.setText(words)
            edit.reveal()
        self.again.set_error(None)

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
        passphrase = self.first.take()
        self.second.take()
        organisation, administrator = self._names()
        self._door.found(NewCasebook(path, organisation, administrator), passphrase)

    def _complete(self) -> bool:
        """Every field is filled in and the passphrases agree; the first that is not gets the keyboard."""
        for row in (self.organisation, self.administrator, self.folder):
            row.set_error(None if _line(row).text().strip() else NEEDED)
        good, words = verdict(self.first.text(), self._names())
        self.passphrase.set_error(None if good else words)
        same = self.first.text() == self.second.text()
        self.again.set_error(None if same else _("The two passphrases differ. Please type it again."))
        rows = (self.organisation, self.administrator, self.passphrase, self.again, self.folder)
        wrong = next((row for row in rows if row.error is not None), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        return wrong is None

    def refuse(self, error: KzcaseError) -> None:
        """It was not made: say why."""
        banner_error(self.said, error)

    @Slot()
    def _cancel(self) -> None:
        self.first.take()
        self.second.take()
        self.cancelled.emit()

    @Slot(bool)
    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.make.say(_("Creating …") if busy else _("Create"))
        for widget in (self.make, self.back, self.generate, self.browse):
            widget.setEnabled(not busy)


def _line(row: FieldRow) -> LineEdit:
    assert isinstance(row.field, LineEdit)
    return row.field
