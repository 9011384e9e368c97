"""Lines across the workplace about the laptop itself: its disk, its clock, and a file that waits for a quiet moment."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QWidget

from kzcase.i18n import Words, verbatim
from kzcase.queries.laptop import wrong_clock
from kzcase.ui.settings.anew_notice import AnewNotice
from kzcase.ui.settings.disk_notice import DiskNotice
from kzcase.ui.widgets.cards import Banner, demonstration_banner
from kzcase.ui.work import Work


class ClockNotice(Banner):
    """Hidden until the clock turns out to be doubtful; closable, and back at the next unlock."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(verbatim(""), "warn", closable=True, parent=parent)
        self.hide()
        work.ask(wrong_clock, self._tell, key="clock", owner=self)

    def _tell(self, words: Words | None) -> None:
        if words is not None:
            self.say(words, "warn")


def laptop_notices(work: Work, casebook: Path, demonstration: bool, parent: QWidget) -> Iterator[QWidget]:
    """All of them; in a demonstration that it is one, and nothing about the disk."""
    yield demonstration_banner(parent) if demonstration else DiskNotice(work, casebook, parent)
    yield ClockNotice(work, parent)
    yield AnewNotice(work, parent)


def look_after_laptop(parent: QWidget, still_for: Callable[[], float]) -> None:
    """From now on do what waits for it when nobody has touched the window for a while."""
    for notice in parent.findChildren(AnewNotice):
        notice.begin(still_for)
