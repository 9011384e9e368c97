"""The window's errands: one writer, one who looks things up, one for long work; Qt itself never waits."""

import time
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

from kzcase.domain.errors import NotPossibleNow, Stopped
from kzcase.i18n import Words
from kzcase.ui.crash import Account
from kzcase.ui.lanes import Errand, Failed, InlineLane, Lane, Outcome, doors, listeners
from kzcase.ui.slices import InlineSlices, Slices

T = TypeVar("T")
Then = Callable[[T], object]
EVERYTHING: Final = "everything"
"""Among the names of `Work.changed`: the change may touch any page."""
CANCELLED: Final = object()
"""What a long job returns when it stopped because it was asked to."""
REPORT_EVERY: Final = 0.05


def concerns(changed: object, *features: str) -> bool:
    """Does this value of `Work.changed` touch one of these features?"""
    return isinstance(changed, frozenset) and not changed.isdisjoint({EVERYTHING, *features})


class LongWork(QObject):
    """One long job as the window sees it: its title, how far it is, a way to cancel. `finished` comes always."""

    progressed = Signal(int, int)
    called = Signal()
    finished = Signal()

    def __init__(self, title: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self.cancelled = False
        self.stop: Callable[[], None] | None = None
        self._reported = 0.0

    @Slot()
    def cancel(self) -> None:
        """Ask the job to stop; it ends as soon as it looks up."""
        self.cancelled = True
        if self.stop is not None:
            self.stop()

    def call(self, title: Words) -> None:
        """Called by the job, on its own thread: it does something else now, and begins to count anew."""
        self.title = title
        self.called.emit()

    def report(self, done: int, total: int) -> None:
        """Called by the job, on its own thread: so many of so many. Cheap; passed on at most 20 times a second."""
        now = time.monotonic()
        if done >= total or now - self._reported >= REPORT_EVERY:
            self._reported = now
            self.progressed.emit(done, total)


class Work(QObject):
    """Runs actions and questions on an open casebook, each on the thread that owns its connection.

    Of the book these are used where it has them: `read(lane)`, a context that gives what questions receive (without
    it they receive the book); `interrupt_reader(lane)`, called on the window's thread, where `lane` is "interactive"
    or "long"; `take_changes()`, called on the writer after an action, the feature names for `changed`.
    """

    changed = Signal(object)
    """frozenset of feature names, after every action that succeeded."""
    locking = Signal()
    """The casebook is about to be locked: whoever has something to hand over does so now."""
    typed = Signal(object)
    """Something was typed that is not saved yet, or is not unsaved any more: the page or dialog that holds it."""
    opening = Signal(object)
    """A dialog that somebody may type into is about to be shown, with its fields as they are found."""
    long_started = Signal(object)
    """A `LongWork`, for the progress overlay."""

    def __init__(
        self,
        book: Any,
        *,
        explain: Failed | None = None,
        crashed: Callable[[Account], object] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._book = book
        self._doors = (explain, crashed)
        self._locked = False
        self._long: list[LongWork] = []
        self.slices = self._slices()
        self._writing = self._lane("kzcase-writer", None)
        self._asking = self._lane("kzcase-reader", self._interrupt("interactive"))
        self._longing = self._lane("kzcase-long", self._interrupt("long"))

    def _interrupt(self, lane: str) -> Callable[[], None] | None:
        interrupt = getattr(self._book, "interrupt_reader", None)
        return None if interrupt is None else lambda: interrupt(lane)

    def _lane(self, name: str, interrupt: Callable[[], None] | None) -> Lane:
        return Lane(name, interrupt, *self._doors, parent=self)

    def _slices(self) -> Slices:
        """What pages are built by, on the window's own thread."""
        return Slices(self)

    def do(
        self,
        action: Callable[[Any], T],
        then: Then[T] | None = None,
        failed: Failed | None = None,
        *,
        changes: Iterable[str] | None = None,
        owner: QObject | None = None,
    ) -> None:
        """Write: `action(book)` on the writer, then `then(result)` here, then `changed`. `owner` gone: no `then`."""
        if self._locked:
            self._writing.refuse(NotPossibleNow(), failed)
            return
        named = None if changes is None else frozenset(changes)
        features = [frozenset[str]()]

        def job() -> T:
            result = action(self._book)
            features[0] = self._features(named)
            return result

        def ended(outcome: Outcome) -> None:
            if outcome.succeeded and not self._locked:
                self.changed.emit(features[0])
                if warned := getattr(outcome.value, "warned", ()):
                    doors.warn([each.what for each in warned])

        self._writing.send(Errand(job, then, failed, listeners=listeners(then, owner), ended=ended))

    def _features(self, named: frozenset[str] | None) -> frozenset[str]:
        take = getattr(self._book, "take_changes", None)
        taken = frozenset(take()) if take is not None else None
        if named is None and taken is None:
            return frozenset({EVERYTHING})
        return (named or frozenset()) | (taken or frozenset())

    def ask(
        self,
        question: Callable[[Any], T],
        then: Then[T],
        failed: Failed | None = None,
        *,
        key: str = "",
        owner: QObject | None = None,
    ) -> None:
        """Look something up: `question(reader)` on the interactive reader; a newer question with the same key replaces
        (drops or interrupts) an older one, whose `then` is never called."""
        if not self._locked:
            heard = listeners(then, owner)
            self._asking.send(Errand(lambda: self._answer(question), then, failed, key, heard))

    def _answer(self, question: Callable[[Any], T]) -> T:
        read = getattr(self._book, "read", None)
        if read is None:
            return question(self._book)
        with read("interactive") as reader:
            return question(reader)

    def look(
        self,
        action: Callable[[Any], T],
        then: Then[T],
        failed: Failed | None = None,
        *,
        key: str = "",
        owner: QObject | None = None,
    ) -> None:
        """A look that is recorded: `action(book)` of `actions.reading`, in line with the questions, so that whatever
        is asked afterwards comes after its entry."""
        if not self._locked:
            self._asking.send(Errand(lambda: action(self._book), then, failed, key, listeners(then, owner)))

    def forget(self, key: str) -> None:
        """Nobody waits for the answer to this question any more (the field was emptied, the page closed)."""
        self._asking.drop(key)

    def long(
        self,
        job: Callable[[Any, LongWork], T],
        then: Then[T],
        title: Words,
        failed: Failed | None = None,
        *,
        cancelled: Callable[[], object] | None = None,
        owner: QObject | None = None,
        quiet: bool = False,
    ) -> LongWork:
        """Long work, `job(book, progress)` on a thread of its own. A job that stops early returns `CANCELLED`.

        `quiet`: nothing is shown of it, because nobody asked for it and it hinders nobody.
        """
        progress = LongWork(title, self)
        if self._locked:
            progress.cancelled = True
            return progress
        errand = Errand(
            lambda: _unless_cancelled(job, self._book, progress),
            lambda result: _tell_end(result, then, cancelled),
            failed,
            listeners=listeners(then, owner),
            ended=lambda _outcome: self._long_over(progress),
        )
        progress.stop = lambda: self._longing.interrupt(errand)
        self._long.append(progress)
        if not quiet:
            self.long_started.emit(progress)
        self._longing.send(errand)
        return progress

    def _long_ended(self, progress: LongWork) -> None:
        if progress in self._long:
            self._long.remove(progress)
            progress.finished.emit()

    def _long_over(self, progress: LongWork) -> None:
        """Only now may the progress go: while the job ran, its thread could still have reported."""
        self._long_ended(progress)
        progress.deleteLater()

    @property
    def busy(self) -> bool:
        """Is long work going on?"""
        return bool(self._long)

    def lock(self, then: Callable[[], object] | None = None) -> None:
        """Questions and long work stop, no result reaches a page any more, nothing new is taken. Writes already
        handed over are finished; then all is quiet and `then()` is called: now the casebook may be closed."""
        self.locking.emit()
        self._locked = True
        self.slices.drop()
        if stop := getattr(self._book, "stop_tidying", None):
            stop()
        lanes = (self._writing, self._asking, self._longing)
        self._writing.disown()
        for progress in tuple(self._long):
            progress.cancelled = True
            self._long_ended(progress)
        for lane in lanes[1:]:
            lane.drop()
        quiet = [0]

        def ended(_outcome: Outcome) -> None:
            quiet[0] += 1
            if quiet[0] == len(lanes) and then is not None:
                then()

        for lane in lanes:
            lane.send(Errand(_nothing, ended=ended))

    def close(self) -> None:
        """End the three threads, after the writes already handed over; for the end of the program."""
        self._locked = True
        self._asking.stop()
        self._longing.stop()
        self._writing.stop(finish=True)


class InlineWork(Work):
    """For tests: everything is done and handed over at once, on the window's thread; a fault of ours is raised."""

    def _lane(self, name: str, interrupt: Callable[[], None] | None) -> Lane:
        return InlineLane(name, interrupt, *self._doors, parent=self)

    def _slices(self) -> Slices:
        return InlineSlices(self)


def is_cancelled(progress: LongWork) -> bool:
    """Has somebody asked this job to stop? (It may change at any moment, on another thread.)"""
    return progress.cancelled


def stopping(progress: LongWork) -> Callable[[int, int], None]:
    """Stops a job (`Stopped`) as soon as somebody asked for it, and reports nothing."""

    def look(_done: int, _total: int) -> None:
        if is_cancelled(progress):
            raise Stopped

    return look


def watched(progress: LongWork) -> Callable[[int, int], None]:
    """Reports how far a job is, and stops it (`Stopped`) as soon as somebody asked for it."""

    def report(done: int, total: int) -> None:
        if is_cancelled(progress):
            raise Stopped
        progress.report(done, total)

    return report


def _nothing() -> None:
    pass


def _unless_cancelled(job: Callable[[Any, LongWork], T], book: Any, progress: LongWork) -> T | object:
    """What the job gives; an error after cancelling is the interrupted query, so it counts as cancelled."""
    if is_cancelled(progress):
        return CANCELLED
    try:
        return job(book, progress)
    except Exception:
        if progress.cancelled:
            return CANCELLED
        raise


def _tell_end(result: Any, then: Then[T], cancelled: Callable[[], object] | None) -> None:
    if result is not CANCELLED:
        then(result)
    elif cancelled is not None:
        cancelled()
