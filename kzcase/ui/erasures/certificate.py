"""The certificate of an erasing, shown before it is printed or saved."""

import hashlib
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QWidget

from kzcase.actions.papers import MadePaper
from kzcase.domain.errors import KzcaseError
from kzcase.i18n import _
from kzcase.ui import language
from kzcase.ui.anew_first import written_anew_first
from kzcase.ui.messages import show, show_error
from kzcase.ui.papers import preview
from kzcase.ui.work import LongWork, Work, watched

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk


NOT_RENEWED: Final = _(
    "The person is erased here. Older backups still hold them: make a new backup on the settings page, and destroy the "
    "older ones. The certificate names them."
)


def renew_backups(work: Work, desk: "Desk", number: str, window: QWidget) -> LongWork:
    """A new backup in place of those made before the erasing, as far as they are within reach; then the certificate."""

    def job(book: object, progress: LongWork) -> object:
        from kzcase.actions.older_backups import older_than, renew

        written_anew_first(book, progress)
        left = renew(desk, number, watched(progress)) is None and older_than(desk, number).names
        return NOT_RENEWED if left else None

    def then(made: object) -> None:
        if made is NOT_RENEWED:
            show(NOT_RENEWED, parent=window)
        show_certificate(work, desk, number, window)

    def failed(error: KzcaseError) -> None:
        show_error(error, window)
        show_certificate(work, desk, number, window)

    stopped = partial(show_certificate, work, desk, number, window)
    return work.long(job, then, _("Backing up"), failed, cancelled=stopped, owner=window)


def show_certificate(work: Work, desk: "Desk", number: str, window: QWidget) -> LongWork:
    """Make it in the language of the window, and show it."""
    spoken = language.current()

    def job(_book: object, _progress: LongWork) -> MadePaper:
        from kzcase.actions.certificates import erasure_certificate

        content = erasure_certificate(desk, number, spoken)
        return MadePaper("certificate", spoken, number, content, hashlib.sha256(content).hexdigest())

    return work.long(job, lambda paper: preview(work, paper, window), _("Making the paper"), owner=window)
