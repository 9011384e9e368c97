"""Files chosen or dropped: read, made anew in the child, added to the case, one after the other as long work."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from kzcase.actions.attachments import AddAttachment, add_attachment
from kzcase.domain.errors import DiskTrouble, KzcaseError, TooLarge
from kzcase.i18n import Words, _
from kzcase.paper.incoming.door import cleaned
from kzcase.paper.incoming.limits import MAX_FILE
from kzcase.paths import open_plain
from kzcase.ui import language
from kzcase.ui.messages import show
from kzcase.ui.work import CANCELLED, LongWork, Work, is_cancelled

ENDINGS: Final = "*.jpg *.jpeg *.png *.webp *.pdf *.mp3 *.wav *.m4a *.ogg *.opus"
MOST_AT_ONCE: Final = 50


def dropped_files(data: QMimeData) -> list[Path]:
    """The files among what is being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()][:MOST_AT_ONCE]


def choose_files(over: QWidget, chosen: Callable[[list[Path]], object]) -> QFileDialog:
    """Ask which files; nothing is remembered of where they were."""
    dialog = QFileDialog(over, language.text(_("Add photos, scans, PDFs or recordings")))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    files = language.text(_("Photos, scans, PDFs, recordings"))
    dialog.setNameFilter(f"{files} ({ENDINGS})")
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names][:MOST_AT_ONCE]))
    dialog.finished.connect(dialog.deleteLater)
    QFileDialog.open(dialog)
    return dialog


def add_files(work: Work, case: str, files: Sequence[Path], over: QWidget) -> LongWork:
    """Add each file that can be added; those that cannot are told with their reasons, and none stops the others."""
    refused: list[tuple[str, KzcaseError]] = []

    def job(book: Any, progress: LongWork) -> object:
        for number, file in enumerate(files):
            if is_cancelled(progress):
                return CANCELLED
            progress.report(number, len(files))
            try:
                add_attachment(book, AddAttachment(case, file.stem[:200], cleaned(_read(file))))
            except KzcaseError as error:
                refused.append((file.name[:80], error))
        return None

    def ended() -> None:
        work.changed.emit(frozenset({"attachments", "history"}))
        if refused:
            name, error = refused[0]
            show(_told(name, len(refused) - 1), error.sentence(), over)

    return work.long(job, lambda _nothing: ended(), _("Adding files"), cancelled=ended, owner=over)


def _told(name: str, others: int) -> Words:
    if others:
        return _("{name} was not added, and {count} more.", name=name, count=others)
    return _("{name} was not added.", name=name)


def _read(file: Path) -> bytes:
    try:
        with open_plain(file) as stream:
            content = stream.read(MAX_FILE + 1)
    except OSError as error:
        raise DiskTrouble(reason=error.strerror or type(error).__name__) from error
    if len(content) > MAX_FILE:
        raise TooLarge(limit=f"{MAX_FILE >> 20} MB")
    return content
