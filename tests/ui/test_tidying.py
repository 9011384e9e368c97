"""Objects that nothing reaches any more die on the window's thread, whoever made them and wherever objects are made."""

import gc
import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from kzcase.ui import tidying as tidying_module
from kzcase.ui.tidying import LONG_QUIET, QUIET, Tidying

MANY = 3_000


class Ring:
    """Reaches itself, so that only the search for unreachable objects ends it; tells on which thread it ended."""

    died: ClassVar[list[int]] = []

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.died.append(threading.get_ident())


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    Ring.died = []
    gc.collect()
    yield
    gc.enable()
    gc.collect()


def made_elsewhere(count: int) -> list[list[int]]:
    """A thread makes so many objects that Python looks for unreachable ones."""
    kept: list[list[int]] = []
    thread = threading.Thread(target=lambda: kept.extend([number] for number in range(count)))
    thread.start()
    thread.join()
    return kept


def test_nothing_dies_on_the_thread_that_asks_the_casebook(qtbot: QtBot) -> None:
    Tidying(lambda: 0.0, parent := QObject())
    Ring()
    kept = made_elsewhere(MANY)
    assert not Ring.died
    qtbot.waitUntil(lambda: bool(Ring.died), timeout=5_000)
    assert set(Ring.died) == {threading.get_ident()}
    del parent, kept


def test_canary_without_it_they_die_there() -> None:
    Ring()
    made_elsewhere(MANY)
    assert Ring.died
    assert threading.get_ident() not in Ring.died


@pytest.mark.parametrize(("still", "died"), [(QUIET, 1), (0.0, 0)])
def test_after_a_lock_everything_is_looked_through_once_it_is_quiet(still: float, died: int) -> None:
    tidying = Tidying(lambda: still, parent := QObject())
    old = Ring()
    gc.collect(1)  # now it is among what lived long
    del old
    tidying.want_all()
    tidying.look_at_old()
    assert len(Ring.died) == died
    del parent


@pytest.mark.parametrize(("still", "died"), [(LONG_QUIET, 1), (LONG_QUIET - 1, 0)])
def test_while_somebody_works_it_is_put_off_until_a_long_pause(still: float, died: int) -> None:
    """As many frames as that takes are seen by whoever types; Python's own count says that it is due."""
    tidying = Tidying(lambda: still, parent := QObject())
    old = Ring()
    gc.collect(1)
    del old
    for _time in range(gc.get_threshold()[2] + 1):
        gc.collect(1)
    tidying.look_at_old()
    assert len(Ring.died) == died
    del parent


def outlived(tidying: Tidying, objects: int) -> list[list[int]]:
    """So many objects are made, more than one look lets live, and the window wakes up now and then."""
    kept: list[list[int]] = []
    for number in range(objects):
        kept.append([number])
        if number % 500 == 0:
            tidying.look_at_young()
    return kept


def test_what_outlived_one_look_never_becomes_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever works: the middle generation is looked through before that takes longer than a frame."""
    monkeypatch.setattr(tidying_module, "MOST_GROWN", 2_000)
    tidying = Tidying(lambda: 0.0, parent := QObject())
    gc.collect()
    kept = outlived(tidying, 10_000)
    assert len(gc.get_objects(generation=1)) < 4_000
    assert len(kept) == 10_000
    del parent


def test_canary_without_a_bound_it_becomes_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tidying_module, "MOST_GROWN", 1_000_000)
    tidying = Tidying(lambda: 0.0, parent := QObject())
    gc.collect()
    kept = outlived(tidying, 10_000)
    assert len(gc.get_objects(generation=1)) > 8_000
    del parent, kept


@pytest.mark.parametrize(("closed", "stays"), [(True, True), (False, False)])
def test_what_is_left_when_nothing_is_open_stays(closed: bool, stays: bool) -> None:
    """With a casebook open nothing is set aside: what it leaves behind would never be looked through again."""
    gc.unfreeze()
    tidying = Tidying(lambda: QUIET, parent := QObject(), lambda: closed)
    tidying.want_all()
    tidying.look_at_old()
    assert (gc.get_freeze_count() > 1_000) is stays
    gc.unfreeze()
    del parent
