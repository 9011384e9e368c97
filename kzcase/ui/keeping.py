"""Keeping a file where the person chose; its name tells nothing but what kind of list it is."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from kzcase.i18n import _
from kzcase.ui import language
from kzcase.ui.saving import write_copy
from kzcase.ui.work import Work


def keep_file(work: Work, name: str, content: bytes, window: QWidget) -> None:
    """Ask where to keep it."""
    dialog = QFileDialog(window, language.text(_("Save a copy")), name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(name.rpartition(".")[2])
    dialog.fileSelected.connect(lambda path: _keep(work, Path(path), content))
    QFileDialog.open(dialog)


def _keep(work: Work, path: Path, content: bytes) -> None:
    work.long(lambda _book, _progress: write_copy(path, content), lambda _nothing: None, _("Saving a copy"))
