"""Looks for objects that nothing reaches any more, on the window's thread alone: there only may what Qt made die.

Python looks for them in whichever thread happens to make an object. In the thread that asks the casebook it would
now and then take a widget apart while the window paints it, and the program would end without a word.
"""

import gc
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer, Slot

LOOK_EVERY_MS: Final = 500
PAUSE: Final = 0.5
"""Seconds without a key or a mouse move after which also what lived for a while is looked through."""
QUIET: Final = 5.0
"""The same for everything there is, when a lock wants it: the start screen stands there and nobody works."""
LONG_QUIET: Final = 60.0
"""The same while a casebook is open: it takes two to four frames, so nobody may be in the middle of a thought."""


MOST_GROWN: Final = 20_000
"""So many objects that outlived one look are looked through at once, whoever works: that takes a few milliseconds. Were
they left for a pause, all that a morning's screens are made of would be looked through in one go."""


class Tidying(QObject):
    """From now on what is young is looked through whenever the window wakes up, the rest while nobody works."""

    def __init__(
        self,
        still_for: Callable[[], float],
        parent: QObject | None = None,
        closed: Callable[[], bool] = lambda: False,
    ) -> None:
        """`closed`: whether no casebook is open or on its way; what is left after a look at everything then stays."""
        super().__init__(parent)
        self._still_for = still_for
        self._closed = closed
        self._all_wanted = False
        self._grown = 0
        gc.disable()
        QAbstractEventDispatcher.instance().awake.connect(self.look_at_young)
        self._timer = QTimer(self, interval=LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look_at_old)
        self._timer.start()

    @Slot()
    def look_at_young(self) -> None:
        """Between two turns of the window: only what was made since the last time, so it is soon done."""
        young = gc.get_count()[0]
        if young <= gc.get_threshold()[0]:
            return
        self._grown += young
        if self._grown > MOST_GROWN:
            self._grown = 0
            gc.collect(1)
        else:
            gc.collect(0)

    @Slot()
    def look_at_old(self) -> None:
        """Look through the older generation whose turn it is by Python's own thresholds, if nobody works just now."""
        _young, middle, old = (count > most for count, most in zip(gc.get_count(), gc.get_threshold(), strict=True))
        still = self._still_for()
        if (old and still >= LONG_QUIET) or (self._all_wanted and still >= QUIET):
            self._all_wanted = False
            gc.collect()
            if self._closed():
                gc.freeze()
        elif middle and still >= PAUSE:
            gc.collect(1)

    @Slot()
    def want_all(self) -> None:
        """Look through everything as soon as it is quiet: after a lock nothing waits in memory for its turn."""
        self._all_wanted = True
