"""PySide6 must give back exactly the references it took: 6.12.0 on Python 3.11 did not, and aborted after a while."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLabel

ROUNDS = 400
SLACK = 40


class Caller(QObject):
    said = Signal()
    told = Signal(bool)


def drift(calls: Callable[[], None]) -> dict[str, int]:
    """How far the reference counts of None, True and False move over some hundred rounds."""
    singletons = (None, True, False)
    calls()
    before = [sys.getrefcount(each) for each in singletons]
    for _round in range(ROUNDS):
        calls()
    after = [sys.getrefcount(each) for each in singletons]
    moved = {repr(each): new - old for each, old, new in zip(singletons, before, after, strict=True)}
    return {name: by for name, by in moved.items() if abs(by) > SLACK}


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None, True and False never die from Python 3.12 on")
def test_the_guard_sees_a_leak() -> None:
    kept: list[object] = []
    assert drift(lambda: kept.append(None)) == {"None": ROUNDS}


def test_void_calls_and_emits_leave_the_counts_alone(qtbot: object) -> None:
    label, caller = QLabel(), Caller()
    heard: set[bool] = set()

    def calls() -> None:
        label.setText("Ғ")
        label.repaint()
        label.parent()
        label.layout()
        label.property("nothing")
        caller.said.emit()
        caller.told.emit(True)
        caller.told.connect(heard.add)
        caller.told.disconnect(heard.add)

    assert drift(calls) == {}
    label.deleteLater()
