"""Long work on the window's own thread, done in slices: between two of them the window turns, so nothing stalls."""

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from weakref import ref

import shiboken6
from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

SLICE_SECONDS: Final = 0.004
"""So long may a slice take; what is laid out and painted in the same turn needs its time too."""
Steps = Iterator[None]
"""Something to do, a little of it before each `yield`."""
OVER: Final = object()


@dataclass(slots=True, eq=False)
class Sliced:
    """Steps to do, for whom, and what follows."""

    steps: Steps
    owner: QObject
    then: Callable[[], object] | None
    key: str
    wanted: bool = True


class Slices(QObject):
    """Does the steps it is given, those wanted now before those for later; when their owner is gone, they end."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[Sliced] = deque()
        self._now: Sliced | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.setSingleShot(True)  # begun anew after each turn: one that repeats comes before all that waited
        self._timer.timeout.connect(self._turn)

    def do(
        self,
        steps: Steps,
        owner: QObject,
        then: Callable[[], object] | None = None,
        *,
        key: str = "",
        later: bool = False,
    ) -> None:
        """Do these steps slice by slice, then `then()`. Steps of the same owner and key are replaced by them."""
        if key:
            self.drop(owner, key)
        job = Sliced(steps, owner, then, key)
        if later:
            self._waiting.append(job)
        else:
            self._waiting.appendleft(job)
        self._timer.start()

    def hurry(self, owner: QObject) -> None:
        """What this owner left for later is wanted now."""
        for job in [each for each in self._waiting if each.owner is owner]:
            self._waiting.remove(job)
            self._waiting.appendleft(job)

    def drop(self, owner: QObject | None = None, key: str = "") -> None:
        """These steps are not wanted any more; without an owner: none at all."""
        for job in [*self._waiting, *((self._now,) if self._now is not None else ())]:
            if owner is None or (job.owner is owner and key in ("", job.key)):
                job.wanted = False
        self._waiting = deque(job for job in self._waiting if job.wanted)

    @Slot()
    def _turn(self) -> None:
        until = time.monotonic() + SLICE_SECONDS
        try:
            while self._waiting and time.monotonic() < until:
                self._now = self._waiting.popleft()
                self._step(self._now)
                self._now = None
        finally:
            if self._waiting:
                self._timer.start()
            else:
                self._timer.stop()

    def _step(self, job: Sliced) -> None:
        """One step. The job is out of the line meanwhile, so one that goes wrong does not come back."""
        if not shiboken6.isValid(job.owner):
            return
        if next(job.steps, OVER) is not OVER:
            if job.wanted:
                self._waiting.appendleft(job)
        elif job.wanted and job.then is not None:
            job.then()


@contextmanager
def unpainted(widget: QWidget) -> Iterator[None]:
    """While this is done the widget is not painted. Steps that are dropped may outlive it: then nothing is."""
    widget.setUpdatesEnabled(False)
    try:
        yield
    finally:
        if shiboken6.isValid(widget):
            widget.setUpdatesEnabled(True)


def painted_later(widget: QWidget, turns: int = 1) -> None:
    """What changes in this widget now is laid out in this turn of the window and painted so many turns later."""
    widget.setUpdatesEnabled(False)
    _paint_after(widget, turns)


def _paint_after(widget: QWidget, turns: int) -> None:
    """What waits knows the widget by a thread that may break: one that is gone before its turn keeps nothing alive."""
    if turns:
        known = ref(widget)
        QTimer.singleShot(0, widget, lambda: _paint_known(known, turns - 1))
    else:
        widget.setUpdatesEnabled(True)


def _paint_known(known: "ref[QWidget]", turns: int) -> None:
    widget = known()
    if widget is not None and shiboken6.isValid(widget):
        _paint_after(widget, turns)


class InlineSlices(Slices):
    """For tests: all steps at once."""

    def do(
        self,
        steps: Steps,
        owner: QObject,
        then: Callable[[], object] | None = None,
        *,
        key: str = "",
        later: bool = False,
    ) -> None:
        for _step in steps:
            pass
        if then is not None:
            then()
