"""One thread that runs errands in order and brings each result back to the window's thread."""

import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, QThread, Signal, Slot

from kzcase.domain.errors import KzcaseError
from kzcase.i18n import Words
from kzcase.ui import crash

Failed = Callable[[KzcaseError], object]
WINDOW_WAITS: Final = 0.0005
"""So long the window waits, each time it has something to do, for a thread that runs Python; Python's own 5 ms are far
too long for a window of which every button is painted in Python."""


@dataclass(eq=False, slots=True)
class Errand:
    """Something to do elsewhere; a newer errand with the same key replaces it.

    `then` and `failed` are skipped once a listener (a page) is gone or the result is unwanted; `ended` is called
    last and whatever happened, unless the errand was dropped before it began.
    """

    job: Callable[[], Any]
    then: Callable[[Any], object] | None = None
    failed: Failed | None = None
    key: str = ""
    listeners: tuple[QObject, ...] = ()
    ended: Callable[["Outcome"], None] | None = None
    unwanted: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an errand ended: a value, an error in words, or a fault of ours."""

    errand: Errand
    value: Any = None
    error: KzcaseError | None = None
    fault: crash.Account | None = None

    @property
    def succeeded(self) -> bool:
        """Did the job give a value?"""
        return self.error is None and self.fault is None


def perform(errand: Errand) -> Outcome:
    """Run the job: the worker's door, where nothing but an outcome gets through."""
    try:
        return Outcome(errand, errand.job())
    except KzcaseError as error:
        error.__traceback__ = None
        return Outcome(errand, error=error)
    except Exception as error:  # noqa: BLE001 - the worker's door: whatever comes is told without values
        return Outcome(errand, fault=crash.account_of(error))


def on_window_thread() -> bool:
    """Is this the thread the windows live in?"""
    application = QCoreApplication.instance()
    return application is not None and QThread.currentThread() is application.thread()


def listeners(then: object, owner: QObject | None = None) -> tuple[QObject, ...]:
    """Whose end makes a result pointless: the owner named, and the object whose method `then` is."""
    return tuple(each for each in (owner, getattr(then, "__self__", None)) if isinstance(each, QObject))


def _raise(error: KzcaseError) -> None:
    raise error


def _unheard(_warned: Sequence[Words]) -> None:
    """Without a window nobody is told; the command line says warnings itself."""


@dataclass(slots=True)
class Doors:
    """Where errors and faults go that no page takes, and what a done act warns of: set once, by `messages.install`."""

    explain: Failed = _raise
    crashed: Callable[[crash.Account], object] = crash.record
    warn: Callable[[Sequence[Words]], object] = _unheard


doors = Doors()


class Desk(QObject):
    """Where outcomes are handed over, on the window's thread: to `then`, to `failed`, or to the general doors."""

    def __init__(
        self,
        explain: Failed | None = None,
        crashed: Callable[[crash.Account], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._explain = explain or (lambda error: doors.explain(error))
        self._crashed = crashed or (lambda account: doors.crashed(account))

    def hand_over(self, outcome: Outcome) -> None:
        """Tell whoever waits, unless they no longer want to know."""
        assert on_window_thread()
        errand = outcome.errand
        try:
            if not errand.unwanted and all(shiboken6.isValid(each) for each in errand.listeners):
                self._tell(outcome)
        finally:
            if errand.ended is not None:
                errand.ended(outcome)

    def _tell(self, outcome: Outcome) -> None:
        if outcome.fault is not None:
            self._crashed(outcome.fault)
        elif outcome.error is not None:
            self.refuse(outcome.error, outcome.errand.failed)
        elif outcome.errand.then is not None:
            outcome.errand.then(outcome.value)

    def refuse(self, error: KzcaseError, failed: Failed | None) -> None:
        """Tell an error in words to whoever asked, or to the person."""
        (failed or self._explain)(error)


class Lane(Desk):
    """One thread, started with the first errand. `interrupt` stops what the thread is in the middle of."""

    _returned = Signal()

    def __init__(
        self,
        name: str,
        interrupt: Callable[[], None] | None = None,
        explain: Failed | None = None,
        crashed: Callable[[crash.Account], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(explain, crashed, parent)
        self._name = name
        self._interrupt = interrupt
        self._waiting: deque[Errand] = deque()
        self._outcomes: deque[Outcome] = deque()
        self._running: Errand | None = None
        self._closing = False
        self._bell = threading.Condition()
        self._thread: threading.Thread | None = None
        self._returned.connect(self._take_back, Qt.ConnectionType.QueuedConnection)

    def run(self, job: Callable[[], Any], then: Callable[[Any], object], failed: Failed | None = None) -> None:
        """Do something that needs no casebook here (a key derivation, a page picture) and hand over its result."""
        self.send(Errand(job, then, failed, listeners=listeners(then)))

    def send(self, errand: Errand) -> None:
        """Queue an errand; an older one with the same key is dropped or interrupted."""
        assert on_window_thread()
        with self._bell:
            if self._closing:
                return
            if errand.key:
                self._drop(errand.key)
            self._waiting.append(errand)
            self._bell.notify()
        if self._thread is None:
            sys.setswitchinterval(WINDOW_WAITS)
            self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()

    def drop(self, key: str = "") -> None:
        """Nobody wants what is queued or running (under this key) any more."""
        with self._bell:
            self._drop(key)

    def disown(self) -> None:
        """Let everything run to its end, but tell nobody."""
        with self._bell:
            for errand in (*self._waiting, *([self._running] if self._running else [])):
                errand.unwanted = True

    def _drop(self, key: str) -> None:
        """Under the bell's lock, so that an interruption can only hit the errand it is meant for."""
        for errand in [each for each in self._waiting if key in ("", each.key)]:
            errand.unwanted = True
            self._waiting.remove(errand)
        running = self._running
        if running is not None and not running.unwanted and key in ("", running.key):
            running.unwanted = True
            if self._interrupt is not None:
                self._interrupt()

    def interrupt(self, errand: Errand) -> None:
        """Stop the running errand, which stays wanted: its owner hears that it was cancelled."""
        with self._bell:
            if self._running is errand and self._interrupt is not None:
                self._interrupt()

    def stop(self, *, finish: bool = False) -> None:
        """Drop what is queued (or first `finish` it) and wait for the thread to end; for the end of the program."""
        with self._bell:
            self._closing = True
            if not finish:
                self._drop("")
            self._bell.notify()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _work(self) -> None:
        while (errand := self._next()) is not None:
            outcome = perform(errand)
            with self._bell:
                self._running = None
            self._outcomes.append(outcome)
            del errand, outcome  # before the window hears of it: what they hold must die on the window's thread
            self._returned.emit()

    def _next(self) -> Errand | None:
        with self._bell:
            self._bell.wait_for(lambda: self._waiting or self._closing)
            if not self._waiting:
                return None
            self._running = self._waiting.popleft()
            return self._running

    @Slot()
    def _take_back(self) -> None:
        self.hand_over(self._outcomes.popleft())


class InlineLane(Lane):
    """For tests: the errand is run and handed over at once. A fault of ours is raised, so that the test sees it."""

    def send(self, errand: Errand) -> None:
        assert on_window_thread()
        try:
            value = errand.job()
        except KzcaseError as error:
            self.hand_over(Outcome(errand, error=error))
        else:
            self.hand_over(Outcome(errand, value))
