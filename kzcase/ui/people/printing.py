"""Papers of a person from their page: made in a while, recorded, and shown before they are printed."""

from typing import Any

from PySide6.QtWidgets import QWidget

from kzcase.actions.papers import MadePaper
from kzcase.actions.person_papers import custody_paper, family_paper
from kzcase.i18n import Language, _
from kzcase.ui.papers import preview
from kzcase.ui.work import LongWork, Work


def print_family(work: Work, person: str, language: Language, window: QWidget) -> LongWork:
    """The family of one person."""
    return _made(work, lambda book: family_paper(book, person, language), window)


def print_receipt(work: Work, document: str, language: Language, window: QWidget) -> LongWork:
    """The receipt for an original the office keeps."""
    return _made(work, lambda book: custody_paper(book, document, language), window)


def _made(work: Work, job: Any, window: QWidget) -> LongWork:
    def shown(paper: MadePaper) -> None:
        work.changed.emit(frozenset({"documents", "history"}))
        preview(work, paper, window)

    return work.long(lambda book, _progress: job(book), shown, _("Making the paper"), owner=window)
