"""Makes a backup, tries restoring and checks the casebook when they are due and nobody touches the window."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kzcase.domain.backups import BackupState
from kzcase.domain.errors import KzcaseError
from kzcase.queries.backups import backup_state
from kzcase.ui.backups.jobs import back_up_now, check_itself, try_restoring
from kzcase.ui.work import Work

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk
    from kzcase.keys.derivation import Parameters

LOOK_EVERY_MS: Final = 30_000
STILL_FOR: Final = 40.0
"""Seconds without a key or a mouse move."""
REST_AFTER_TROUBLE: Final = 40
"""Looks to let pass after it did not work: a stick that is full stays full."""


class BackupWatch(QObject):
    """`looked` carries what is known of the backups, after every look and every end."""

    looked = Signal(object)

    def __init__(
        self,
        work: Work,
        desk: "Desk",
        still_for: Callable[[], float],
        *,
        floor: "Parameters | None" = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._work, self._desk, self._still_for, self._floor = work, desk, still_for, floor
        self._running = False
        self._resting = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Tell what is known now, and watch from here on."""
        self._ask(self.looked.emit)
        self._timer.start()

    @Slot()
    def look(self) -> None:
        """Is it time, and is it quiet?"""
        if self._running or self._work.busy:
            return
        if self._resting:
            self._resting -= 1
        elif self._still_for() >= STILL_FOR:
            self._ask(self._act)

    def _ask(self, then: Callable[[BackupState], object]) -> None:
        self._work.ask(backup_state, then, key="backup watch", owner=self)

    def _act(self, state: BackupState) -> None:
        self.looked.emit(state)
        if self._running:
            return
        reached = state.target is not None and Path(state.target).is_dir()
        self._running = state.check_due or (reached and (state.due or state.drill_due))
        if reached and state.target is not None and state.due:
            back_up_now(self._work, self._desk, Path(state.target), self._ended, self._failed, owner=self, quiet=True)
        elif reached and state.drill_due:
            try_restoring(
                self._work, self._desk, self._ended, self._failed, owner=self, quiet=True, floor=self._floor
            )  # fmt: skip
        elif state.check_due:
            check_itself(self._work, self._desk, self._ended, self._failed, owner=self)

    def _ended(self, _outcome: Any) -> None:
        self._running = False
        self._ask(self.looked.emit)

    def _failed(self, _error: KzcaseError) -> None:
        self._running, self._resting = False, REST_AFTER_TROUBLE
        self._ask(self.looked.emit)
