"""Long work on the window's thread is done in slices: the window turns between them; nothing is done for the gone."""

import gc
from collections.abc import Callable, Iterator
from weakref import ref

import pytest
import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from kzcase.ui import slices as room
from kzcase.ui.slices import SLICE_SECONDS, InlineSlices, Slices, Steps, painted_later, unpainted


class Clock:
    """A clock that goes on by so much each time it is read."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def monotonic(self) -> float:
        self.now += self.step
        return self.now


@pytest.fixture
def slices(qapp: QApplication) -> Iterator[Slices]:
    made = Slices()
    yield made
    made.deleteLater()


def counting(count: int, into: list[str], name: str = "") -> Iterator[None]:
    for number in range(count):
        into.append(f"{name}{number}")
        yield


def test_the_window_turns_between_slices(slices: Slices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "time", Clock(SLICE_SECONDS / 2))  # two readings are a slice
    done: list[str] = []
    slices.do(counting(4, done), slices)
    seen = []
    while len(done) < 4:
        slices._turn()
        seen.append(len(done))
    assert seen == [1, 2, 3, 4]


def test_canary_short_steps_share_a_slice(slices: Slices, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "time", Clock(SLICE_SECONDS / 100))
    done: list[str] = []
    slices.do(counting(4, done), slices)
    slices._turn()
    assert len(done) == 4


def test_the_loop_does_the_steps_and_then_rests(slices: Slices, qtbot: QtBot) -> None:
    done: list[str] = []
    slices.do(counting(3, done), slices, lambda: done.append("over"))
    qtbot.waitUntil(lambda: "over" in done, timeout=1000)
    assert done == ["0", "1", "2", "over"]
    qtbot.waitUntil(lambda: not slices._timer.isActive(), timeout=1000)


def test_what_is_wanted_comes_before_what_is_for_later(slices: Slices) -> None:
    done: list[str] = []
    one, two = QObject(slices), QObject(slices)
    slices.do(counting(2, done, "later "), one, later=True)
    slices.do(counting(2, done, "last "), two, later=True)
    slices.do(counting(2, done, "now "), slices)
    slices.hurry(two)
    slices._turn()
    assert done == ["last 0", "last 1", "now 0", "now 1", "later 0", "later 1"]


def test_newer_steps_of_the_same_name_replace_older_ones(slices: Slices) -> None:
    done: list[str] = []
    slices.do(counting(9, done, "old "), slices, key="fill")
    slices.do(counting(1, done, "new "), slices, key="fill")
    slices._turn()
    assert done == ["new 0"]


def test_steps_may_drop_themselves(slices: Slices) -> None:
    done: list[str] = []

    def steps() -> Iterator[None]:
        done.append("first")
        slices.drop(slices, "fill")
        yield
        done.append("never")
        yield

    slices.do(steps(), slices, lambda: done.append("nor then"), key="fill")
    slices._turn()
    slices._turn()
    assert done == ["first"]


def test_nothing_is_done_for_an_owner_that_is_gone(slices: Slices, qtbot: QtBot) -> None:
    done: list[str] = []
    gone = QWidget()
    slices.do(counting(3, done), gone, lambda: done.append("over"))
    with qtbot.waitSignal(gone.destroyed):
        gone.deleteLater()
        slices._timer.stop()
    slices._turn()
    assert done == []


def test_a_step_that_goes_wrong_does_not_come_back_and_stops_nobody_else(slices: Slices, qtbot: QtBot) -> None:
    done: list[str] = []

    def wrong() -> Iterator[None]:
        yield
        raise RuntimeError("planted")

    slices.do(counting(2, done), slices, later=True)
    slices.do(wrong(), slices)
    with capture_exceptions() as caught:
        qtbot.waitUntil(lambda: done == ["0", "1"], timeout=1000)
        qtbot.waitUntil(lambda: not slices._timer.isActive(), timeout=1000)
    assert [kind for kind, *_rest in caught] == [RuntimeError]


def test_inline_everything_is_done_at_once(qapp: QApplication) -> None:
    done: list[str] = []
    made = InlineSlices()
    made.do(counting(3, done), made, lambda: done.append("over"), later=True)
    assert done == ["0", "1", "2", "over"]
    made.deleteLater()


def test_what_changes_is_painted_in_the_next_turn(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    painted_later(widget)
    assert not widget.updatesEnabled()
    qtbot.waitUntil(widget.updatesEnabled, timeout=1000)


def test_what_goes_before_it_is_painted_is_not_kept_alive(qapp: QApplication) -> None:
    """Qt never lets go of what waits for a widget that is gone: it must not know the page, nor what the page shows."""
    widget = QWidget()
    known = ref(widget)
    painted_later(widget, 2)
    shiboken6.delete(widget)
    del widget
    QApplication.processEvents()
    gc.collect()
    assert known() is None


def test_steps_that_outlive_their_page_end_quietly(qapp: QApplication) -> None:
    def filled(page: QWidget) -> Steps:
        with unpainted(page):
            yield
            yield

    page = QWidget()
    steps = filled(page)
    next(steps)
    assert not page.updatesEnabled()
    next(steps)
    assert next(steps, None) is None
    assert page.updatesEnabled()
    dropped = filled(page)
    next(dropped)
    shiboken6.delete(page)
    dropped.close()  # type: ignore[attr-defined]


def test_what_stands_in_a_frame_is_painted_a_turn_after_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[Callable[[], object]] = []

    class Turns:
        @staticmethod
        def singleShot(_after: int, _owner: QObject, act: Callable[[], object]) -> None:
            turns.append(act)

    monkeypatch.setattr(room, "QTimer", Turns)
    frame = QWidget()
    inside = QWidget(frame)
    qtbot.addWidget(frame)
    painted_later(inside, 2)
    painted_later(frame)
    seen = []
    while turns:
        due, turns[:] = list(turns), []
        for act in due:
            act()
        seen.append((frame.updatesEnabled(), inside.updatesEnabled()))
    assert seen == [(True, False), (True, True)]
