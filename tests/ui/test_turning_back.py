"""The panic keys while a casebook is being opened: it is not opened, its keys go, and the start screen says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kzcase.actions import desk as desks
from kzcase.actions import key_changes
from kzcase.actions.desk import Desk, open_desk
from kzcase.db.casebook import Casebook
from kzcase.db.files import Lock, existing
from kzcase.domain.errors import LockedMeanwhile, NotPossibleNow
from kzcase.keys.keyfile import Opened
from kzcase.ui import language
from kzcase.ui.main_window import MainWindow
from kzcase.ui.unlock import door as doors
from tests.keys.cheap import TINY
from tests.ui.desks import PASSPHRASE, casebook, window_on


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = window_on(casebook(tmp_path), threads=True)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.door.stop()


def leave(window: MainWindow, qtbot: QtBot) -> None:
    """Lock what was opened, before the test ends."""
    qtbot.waitUntil(lambda: window.workplace is not None and window.workplace.ready)
    with qtbot.waitSignal(window.locked):
        window.lock()


def free(path: Path) -> bool:
    """Whether nobody holds the casebook."""
    lock = Lock(existing(path))
    lock.take()
    lock.release()
    return True


def panic(window: MainWindow) -> None:
    """As a person does it, whatever has the focus."""
    window.idle.panic.emit()


def entering(window: MainWindow, qtbot: QtBot) -> Path:
    path = window.start.open.path()
    assert path is not None
    window.door.enter(path, PASSPHRASE)
    return path


def test_panic_during_the_derivation_opens_nothing(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked, kept = key_changes.unlocked, list[Opened]()
    opened: list[object] = []

    def slowly(*given: object) -> Opened:
        window.door._given_up.set()  # type: ignore[union-attr]  # what the window's thread does at this moment
        kept.append(unlocked(*given))  # type: ignore[arg-type]
        return kept[0]

    monkeypatch.setattr(desks, "unlocked", slowly)
    monkeypatch.setattr(Casebook, "open", lambda *given: opened.append(given))
    with qtbot.waitSignal(window.door.refused) as refused:
        path = entering(window, qtbot)
    assert isinstance(refused.args[0], LockedMeanwhile)
    assert (window.workplace, opened) == (None, [])
    with pytest.raises(NotPossibleNow, match="keys"):
        kept[0].store_key.reveal()
    assert free(path)


def test_the_panic_keys_while_it_opens_lead_back_to_the_start_screen(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignal(window.door.refused) as refused:
        path = entering(window, qtbot)
        panic(window)
    assert isinstance(refused.args[0], LockedMeanwhile)
    assert window.workplace is None
    said = window.start.open.said
    assert said.isVisible()
    assert said.sentence.text() == language.text(LockedMeanwhile.words)
    assert free(path)
    assert window.door.tries(path).wrong == 0
    with qtbot.waitSignal(window.door.entered):  # and it opens the next time
        entering(window, qtbot)
    assert window.workplace is not None
    leave(window, qtbot)


def test_after_the_last_moment_it_is_closed_again_at_once(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = doors._opened

    def too_late(*given: object) -> Desk:
        desk = opened(*given)  # type: ignore[arg-type]
        window.door._given_up.set()  # type: ignore[union-attr]
        return desk

    monkeypatch.setattr(doors, "_opened", too_late)
    shown: list[object] = []
    window.door.entered.connect(shown.append)
    with qtbot.waitSignal(window.door.refused):
        path = entering(window, qtbot)
    assert (window.workplace, shown) == (None, [])
    assert free(path)


def test_whoever_waits_for_the_person_before_is_turned_back_too(window: MainWindow, qtbot: QtBot) -> None:
    window.door.expect_close()
    with qtbot.waitSignal(window.door.refused):
        path = entering(window, qtbot)
        panic(window)
    assert free(path)


def test_without_panic_it_opens(window: MainWindow, qtbot: QtBot) -> None:
    """Canary of the tests above."""
    with qtbot.waitSignal(window.door.entered):
        entering(window, qtbot)
    assert window.workplace is not None
    leave(window, qtbot)


def test_a_desk_nobody_wants_is_not_opened(tmp_path: Path) -> None:
    path = casebook(tmp_path)
    with pytest.raises(LockedMeanwhile):
        open_desk(path, PASSPHRASE, floor=TINY, wanted=lambda: False)
    assert free(path)
