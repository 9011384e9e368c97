"""Enters a search in the read log once it has settled; what was typed goes nowhere."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from kzcase.actions.reading import record_look
from kzcase.domain.looks import Look
from kzcase.ui.work import Work

SETTLED_AFTER_MS: Final = 2_000


class SearchWatch(QObject):
    """One entry a search: when something found is opened, two seconds after the last key, when the line is emptied, or
    at the lock, whichever comes first."""

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLED_AFTER_MS)
        self._timer.timeout.connect(self._enter)
        work.locking.connect(self.settle)

    def typed(self, text: str) -> None:
        """Another key was pressed."""
        if text.strip():
            self._timer.start()
        else:
            self.settle()

    @Slot()
    def settle(self) -> None:
        """The search is over, if one was going on."""
        if self._timer.isActive():
            self._timer.stop()
            self._enter()

    @Slot()
    def _enter(self) -> None:
        self._work.do(lambda book: record_look(book, Look.SEARCH), changes=())
