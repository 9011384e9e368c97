"""Errands on threads: results come home to the window's thread, newer questions win, nothing is told after the lock."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QObject, QThread, Slot

from kzcase.domain.errors import NotAllowed, NotPossibleNow
from kzcase.i18n import _
from kzcase.ui import crash
from kzcase.ui.lanes import InlineLane, Lane
from kzcase.ui.work import CANCELLED, EVERYTHING, InlineWork, LongWork, Work, concerns

LIMIT = 5_000
TITLE = _("Making the papers")


class FakeBook:
    """A book that remembers who came in on which thread, and whose questions can be interrupted."""

    def __init__(self) -> None:
        self.threads: dict[str, str] = {}
        self.interrupted = threading.Event()
        self.interruptions: list[str] = []
        self.tidying = True
        self.entered = threading.Event()

    def stop_tidying(self) -> None:
        self.tidying = False

    @contextmanager
    def read(self, lane: str) -> Iterator["FakeBook"]:
        self.threads[lane] = threading.current_thread().name
        yield self

    def interrupt_reader(self, lane: str) -> None:
        self.interruptions.append(lane)
        self.interrupted.set()

    def take_changes(self) -> frozenset[str]:
        return frozenset({"referrals"})

    def slow(self) -> str:
        """A query that ends only when it is interrupted."""
        self.entered.set()
        assert self.interrupted.wait(5)
        raise RuntimeError("interrupted")


@pytest.fixture
def book() -> FakeBook:
    return FakeBook()


@pytest.fixture
def work(qapp, book: FakeBook) -> Iterator[Work]:
    told: list[object] = []
    made = Work(book, explain=told.append, crashed=told.append)
    made.told = told  # type: ignore[attr-defined]  # for the tests of the general doors
    yield made
    book.interrupted.set()
    made.close()
    made.deleteLater()


def gives(value: object) -> Callable[[object], object]:
    return lambda _book: value


def test_an_action_runs_on_the_writer_and_comes_home(work: Work, book: FakeBook, qtbot) -> None:
    home = QThread.currentThread()
    heard: list[tuple[object, bool]] = []

    def action(given: FakeBook) -> str:
        assert given is book
        return threading.current_thread().name

    with qtbot.waitSignal(work.changed, timeout=LIMIT) as changed:
        work.do(action, lambda name: heard.append((name, QThread.currentThread() is home)))
    assert heard == [("kzcase-writer", True)]
    assert changed.args == [frozenset({"referrals"})]


def test_named_changes_are_added(work: Work, qtbot) -> None:
    with qtbot.waitSignal(work.changed, timeout=LIMIT) as changed:
        work.do(gives(1), changes={"tasks"})
    assert changed.args == [frozenset({"referrals", "tasks"})]


def test_without_names_everything_may_have_changed(qtbot) -> None:
    work = InlineWork(object())
    with qtbot.waitSignal(work.changed, timeout=LIMIT) as changed:
        work.do(gives(1))
    assert concerns(changed.args[0], "people")
    assert concerns(frozenset({"people"}), "cases", "people")
    assert not concerns(frozenset({"people"}), "cases")
    assert changed.args == [frozenset({EVERYTHING})]


def test_a_question_gets_the_interactive_reader(work: Work, book: FakeBook, qtbot) -> None:
    heard: list[object] = []
    work.ask(gives("Ғ"), heard.append)
    qtbot.waitUntil(lambda: heard == ["Ғ"], timeout=LIMIT)
    assert book.threads == {"interactive": "kzcase-reader"}


def test_a_newer_question_interrupts_the_older(work: Work, book: FakeBook, qtbot) -> None:
    heard: list[object] = []
    work.ask(lambda reader: reader.slow(), heard.append, key="search")
    assert book.entered.wait(5)
    work.ask(gives("older, still queued"), heard.append, key="search")
    work.ask(gives("newest"), heard.append, key="search")
    qtbot.waitUntil(lambda: heard == ["newest"], timeout=LIMIT)
    assert book.interruptions == ["interactive"]
    assert work.told == []  # type: ignore[attr-defined]


def test_a_question_with_another_key_is_left_alone(work: Work, book: FakeBook, qtbot) -> None:
    heard: list[object] = []
    release = threading.Event()

    def patient(_reader: FakeBook) -> str:
        book.entered.set()
        release.wait(5)
        return "patient"

    work.ask(patient, heard.append, key="list")
    assert book.entered.wait(5)
    work.ask(gives("other"), heard.append, key="search")
    release.set()
    qtbot.waitUntil(lambda: heard == ["patient", "other"], timeout=LIMIT)
    assert book.interruptions == []


def test_an_error_in_words_goes_to_whoever_asked(work: Work, qtbot) -> None:
    def refuse(_book: object) -> None:
        raise NotAllowed(place="referral.sent")

    heard: list[object] = []
    work.do(refuse, failed=heard.append)
    work.ask(refuse, print)
    qtbot.waitUntil(lambda: len(heard) == 1 and len(work.told) == 1, timeout=LIMIT)  # type: ignore[attr-defined]
    assert [type(each) for each in (*heard, *work.told)] == [NotAllowed, NotAllowed]  # type: ignore[attr-defined]


def test_a_fault_is_told_without_values(work: Work, qtbot) -> None:
    def stumble(_book: object) -> None:
        raise ValueError("Ғабитова Күләш")

    work.ask(stumble, print)
    qtbot.waitUntil(lambda: bool(work.told), timeout=LIMIT)  # type: ignore[attr-defined]
    (account,) = work.told  # type: ignore[attr-defined]
    assert isinstance(account, crash.Account)
    assert "Ғабитова" not in str(account)
    assert "ValueError" in str(account)
    assert "tests/ui/test_work.py" in str(account)


def test_a_failed_action_says_no_change(work: Work, qtbot) -> None:
    def refuse(_book: object) -> None:
        raise NotAllowed

    heard: list[object] = []
    with qtbot.assertNotEmitted(work.changed):
        work.do(refuse, failed=heard.append)
        qtbot.waitUntil(lambda: bool(heard), timeout=LIMIT)


class Page(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    @Slot(object)
    def take(self, value: object) -> None:
        self.heard.append(value)


def test_a_page_that_is_gone_hears_nothing_but_the_change_is_said(work: Work, qtbot) -> None:
    import shiboken6

    page, release = Page(), threading.Event()
    with qtbot.waitSignal(work.changed, timeout=LIMIT):
        work.do(lambda _book: release.wait(5), page.take)
        shiboken6.delete(page)
        release.set()
    assert page.heard == []
    assert work.told == []  # type: ignore[attr-defined]


def count_up(book: FakeBook, progress: LongWork) -> object:
    for done in range(1_000):
        if progress.cancelled:
            return CANCELLED
        progress.report(done + 1, 1_000)
    return "done"


def test_long_work_reports_and_ends(work: Work, qtbot) -> None:
    heard: list[object] = []
    steps: list[tuple[int, int]] = []
    work.long_started.connect(
        lambda started: started.progressed.connect(lambda done, total: steps.append((done, total)))
    )
    progress = work.long(count_up, heard.append, TITLE)
    assert work.busy
    with qtbot.waitSignal(progress.finished, timeout=LIMIT):
        pass
    assert heard == ["done"]
    assert steps[-1] == (1_000, 1_000)
    assert len(steps) < 500
    assert not work.busy


def test_cancelling_long_work_is_not_an_error(work: Work, book: FakeBook, qtbot) -> None:
    heard: list[str] = []
    progress = work.long(
        lambda given, _progress: given.slow(), heard.append, TITLE, cancelled=lambda: heard.append("cancelled")
    )
    assert book.entered.wait(5)
    with qtbot.waitSignal(progress.finished, timeout=LIMIT):
        progress.cancel()
    assert heard == ["cancelled"]
    assert book.interruptions == ["long"]
    assert work.told == []  # type: ignore[attr-defined]


def test_long_work_cancelled_in_the_queue_never_starts(work: Work, book: FakeBook, qtbot) -> None:
    heard: list[str] = []
    first = work.long(lambda given, _progress: given.slow(), heard.append, TITLE)
    second = work.long(count_up, heard.append, TITLE, cancelled=lambda: heard.append("second cancelled"))
    assert book.entered.wait(5)
    second.cancel()
    with qtbot.waitSignal(second.finished, timeout=LIMIT):
        first.cancel()
    assert heard == ["second cancelled"]


def test_the_lock_silences_everything_but_finishes_writes(work: Work, book: FakeBook, qtbot) -> None:
    heard: list[object] = []
    written: list[str] = []
    gate = threading.Event()
    work.do(lambda _book: gate.wait(5) and written.append("first"), heard.append)
    work.do(lambda _book: written.append("second"), heard.append)
    work.ask(lambda reader: reader.slow(), heard.append)
    progress = work.long(lambda given, _progress: given.slow(), heard.append, TITLE)
    assert book.entered.wait(5)
    quiet: list[bool] = []
    with qtbot.waitSignal(progress.finished, timeout=LIMIT), qtbot.assertNotEmitted(work.changed):
        work.lock(lambda: quiet.append(True))
        gate.set()
        qtbot.waitUntil(lambda: quiet == [True], timeout=LIMIT)
    assert written == ["first", "second"]
    assert heard == []
    assert not book.tidying
    work.ask(gives(1), heard.append)
    work.do(gives(1), heard.append, failed=heard.append)
    assert [type(each) for each in heard] == [NotPossibleNow]


def test_closing_writes_what_was_handed_over(qapp, book: FakeBook) -> None:
    work = Work(book, crashed=print)
    written: list[int] = []
    for number in range(20):
        work.do(lambda _book, number=number: written.append(number))
    work.close()
    assert written == list(range(20))


def test_inline_work_does_all_at_once(qapp) -> None:
    heard: list[object] = []
    work = InlineWork(FakeBook())
    work.do(gives("do"), heard.append)
    work.ask(gives("ask"), heard.append)
    work.long(count_up, heard.append, TITLE)
    assert heard == ["do", "ask", "done"]
    with pytest.raises(ZeroDivisionError):
        work.ask(lambda _book: 1 / 0, heard.append)


@pytest.mark.parametrize("kind", [Lane, InlineLane])
def test_a_lane_alone_serves_what_needs_no_book(kind: type[Lane], qtbot) -> None:
    lane, heard = kind("kzcase-aside"), []
    lane.run(lambda: 6 * 7, heard.append)
    qtbot.waitUntil(lambda: heard == [42], timeout=LIMIT)
    lane.stop()


def test_errands_are_sent_only_from_the_window(work: Work) -> None:
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            work.ask(gives(1), print)
        except AssertionError as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert len(caught) == 1
