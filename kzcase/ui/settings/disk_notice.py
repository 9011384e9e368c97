"""A line across the workplace where the disk of the laptop is not encrypted."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from kzcase.i18n import Words, _
from kzcase.queries.laptop import OPEN_DISK, disk_is_open
from kzcase.ui.widgets.cards import Banner
from kzcase.ui.work import Work


class DiskNotice(Banner):
    """Hidden until the system has answered that it is so; closable, and back at the next unlock."""

    def __init__(self, work: Work, casebook: Path, parent: QWidget | None = None) -> None:
        super().__init__(OPEN_DISK, "danger", closable=True, parent=parent)
        self.hide()
        looking = _("Looking at the disk")
        work.long(lambda _book, _progress: disk_is_open(casebook), self._tell, looking, owner=self, quiet=True)

    def _tell(self, words: Words | None) -> None:
        if words is not None:
            self.say(words, "danger")
