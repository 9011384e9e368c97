"""A line above the pages while the file waits to be written anew after an erasing, or is being written."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QWidget

from kzcase.actions.writing_anew import write_anew
from kzcase.domain.erasures import takes_seconds
from kzcase.domain.errors import KzcaseError
from kzcase.i18n import Words, _, ngettext, verbatim
from kzcase.queries.erasures import bytes_to_write_anew
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Banner
from kzcase.ui.work import LongWork, Work, concerns, watched

WAITS: Final = _(
    "Somebody was erased. The file still has to be written anew, so that no trace remains inside it; kzcase does it "
    "when nobody works."
)
NOW: Final = _("Do it now")
LATER: Final = _("Later")
LOOK_EVERY_MS: Final = 15_000
STILL_FOR: Final = 40.0
"""Seconds without a key or a mouse move."""


class AnewNotice(Banner):
    """Hidden while nothing waits. After an erasing it begins at once; what was stopped waits for a quiet moment."""

    def __init__(self, work: Work, parent: QWidget | None = None) -> None:
        self.button = Button(NOW, kind="quiet")
        super().__init__(verbatim(""), "info", action=self.button, parent=parent)
        self._work = work
        self._still_for: Callable[[], float] = lambda: 0.0
        self._running: LongWork | None = None
        self._going, self._size = False, 0
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self.button.clicked.connect(self._pressed)
        self.hide()
        work.changed.connect(self._changed)
        self._ask(self._tell)

    def begin(self, still_for: Callable[[], float]) -> None:
        """From here on do it when nobody has touched the window for a while."""
        self._still_for = still_for
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Does it wait, and is it quiet?"""
        if self._size and not self._going and not self._work.busy and self._still_for() >= STILL_FOR:
            self._begin(self._size)

    @Slot(object)
    def _changed(self, features: object) -> None:
        if concerns(features, "erasures") and not self._going:
            self._ask(self._begin)

    def _ask(self, then: Callable[[int], object]) -> None:
        self._work.ask(bytes_to_write_anew, then, key="written anew", owner=self)

    def _tell(self, size: int) -> None:
        self._size = size
        if self._going:
            return
        self.setVisible(size > 0)
        if size:
            self.button.say(NOW)
            self.say(WAITS, "info")

    def _begin(self, size: int) -> None:
        self._size = size
        if self._going or not size:
            return
        self._going = True
        self.button.say(LATER)
        self.say(_being_written(takes_seconds(size)), "info")
        running = self._work.long(_job, self._ended, WAITS, self._failed, cancelled=self._over, owner=self, quiet=True)
        running.finished.connect(self._over)  # a fault of ours too
        self._running = running if self._going else None

    @Slot()
    def _pressed(self) -> None:
        if self._running is not None:
            self._running.cancel()
        else:
            self._begin(self._size)

    def _ended(self, _nothing: None) -> None:
        self._over()

    def _failed(self, _error: KzcaseError) -> None:
        self._over()

    @Slot()
    def _over(self) -> None:
        self._going, self._running = False, None
        self._ask(self._tell)


def _job(book: object, progress: LongWork) -> None:
    write_anew(book, watched(progress))  # type: ignore[arg-type]


def _being_written(count: int) -> Words:
    return ngettext(
        "Somebody was erased. The file is being written anew, so that no trace remains inside it. It usually takes at "
        "most {count} second; you can go on working.",
        "Somebody was erased. The file is being written anew, so that no trace remains inside it. It usually takes at "
        "most {count} seconds; you can go on working.",
        count,
    )
