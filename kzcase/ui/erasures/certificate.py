"""The certificate of an erasing, shown before it is printed or saved."""

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from kzcase.actions.papers import MadePaper
from kzcase.i18n import _
from kzcase.ui import language
from kzcase.ui.papers import preview
from kzcase.ui.work import LongWork, Work

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk


def show_certificate(work: Work, desk: "Desk", number: str, window: QWidget) -> LongWork:
    """Make it in the language of the window, and show it."""
    spoken = language.current()

    def job(_book: object, _progress: LongWork) -> MadePaper:
        from kzcase.actions.certificates import erasure_certificate

        content = erasure_certificate(desk, number, spoken)
        return MadePaper("certificate", spoken, number, content, hashlib.sha256(content).hexdigest())

    return work.long(job, lambda paper: preview(work, paper, window), _("Making the paper"), owner=window)
