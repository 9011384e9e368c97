"""Papers of a case: made as long work, entered in the history, then shown; only from there they go to a printer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from kzcase.actions.papers import MadePaper, WantedPaper, paper_for_nobody, print_paper
from kzcase.i18n import _
from kzcase.ui import language
from kzcase.ui.messages import show_error
from kzcase.ui.saving import write_copy
from kzcase.ui.widgets.pdf import PreviewDialog
from kzcase.ui.work import LongWork, Work


def print_for(work: Work, wish: WantedPaper, window: QWidget) -> LongWork:
    """Make the paper and record it; then show it."""

    def made(paper: MadePaper) -> None:
        work.changed.emit(frozenset({"documents", "history"}))
        preview(work, paper, window)

    return _make(work, lambda book: print_paper(book, wish), made, window)


def print_blank(work: Work, wish: WantedPaper, window: QWidget) -> LongWork:
    """Make an empty paper and show it; it says nothing about anybody, so nothing is recorded."""

    return _make(work, lambda book: paper_for_nobody(book, wish), lambda paper: preview(work, paper, window), window)


def _make(
    work: Work, job: Callable[[Any], MadePaper], made: Callable[[MadePaper], object], window: QWidget
) -> LongWork:
    return work.long(lambda book, _progress: job(book), made, _("Making the paper"), owner=window)


def preview(work: Work, paper: MadePaper, window: QWidget) -> PreviewDialog:
    """Show a paper that was made and, if it speaks of somebody, recorded."""
    dialog = PreviewDialog(paper.content, window)
    dialog.setWindowTitle("kzcase")
    dialog.preview.failed.connect(lambda error: show_error(error, dialog))
    dialog.preview.save_wanted.connect(lambda: choose_file(work, paper, dialog))
    dialog.open()
    return dialog


def file_name(paper: MadePaper) -> str:
    """The name offered for a copy: a number, or nothing at all."""
    return f"{paper.number or 'paper'}.pdf"


def choose_file(work: Work, paper: MadePaper, over: QWidget) -> None:
    """Ask where to keep a copy; the name offered tells nothing but a number."""
    dialog = QFileDialog(over, language.text(_("Save a copy")), file_name(paper))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix("pdf")
    dialog.fileSelected.connect(lambda path: _keep(work, Path(path), paper.content))
    QFileDialog.open(dialog)


def _keep(work: Work, path: Path, content: bytes) -> None:
    work.long(lambda _book, _progress: write_copy(path, content), lambda _nothing: None, _("Saving a copy"))
