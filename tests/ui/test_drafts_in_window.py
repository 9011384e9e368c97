"""Unsaved typing survives the lock: kept in the casebook, offered again to the same person, forgotten when saved."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kzcase.actions.drafts import load_drafts
from kzcase.ui.cases.new_dialog import NewCaseDialog
from kzcase.ui.main_window import MainWindow
from tests.ui.desks import PASSPHRASE, open_window
from tests.ui.typing import type_text


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(tmp_path)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.lock()
    made.door.stop()


def reopen(window: MainWindow) -> None:
    path = window.start.open.path()
    assert path is not None
    window.door.enter(path, PASSPHRASE)
    assert window.workplace is not None


def kept_places(window: MainWindow) -> list[str]:
    assert window.work is not None
    found: list[str] = []
    window.work.ask(load_drafts, lambda drafts: found.extend(each.place for each in drafts))
    return found


def begin_case(window: MainWindow, name: str) -> NewCaseDialog:
    assert window.workplace is not None
    dialog = window.workplace.new_case()
    assert isinstance(dialog, NewCaseDialog)
    type_text(dialog.rows["family"].field, name)
    return dialog


def test_a_new_case_comes_back_after_the_lock(window: MainWindow) -> None:
    begin_case(window, "Әлімжанова")
    window.lock()
    reopen(window)
    assert window.workplace is not None
    assert window.workplace.drafts.offer.isVisible()
    window.workplace.drafts.go_on()
    dialog = next(each for each in window.findChildren(NewCaseDialog) if each.isVisible())
    assert dialog.draft()["family"] == "Әлімжанова"
    assert not window.workplace.drafts.offer.isVisible()
    dialog.done(0)


def test_what_is_not_wanted_is_forgotten(window: MainWindow) -> None:
    begin_case(window, "Қуат")
    window.lock()
    reopen(window)
    assert kept_places(window) == ["case"]
    assert window.workplace is not None
    window.workplace.drafts.discard()
    assert kept_places(window) == []


def test_nothing_is_kept_of_an_untouched_dialog(window: MainWindow) -> None:
    """Canary: an empty dialog is no draft."""
    assert window.workplace is not None
    window.workplace.new_case()
    window.lock()
    reopen(window)
    assert kept_places(window) == []
    assert window.workplace is not None
    assert not window.workplace.drafts.offer.isVisible()


def test_a_draft_saved_for_good_is_forgotten_at_the_next_look(window: MainWindow) -> None:
    dialog = begin_case(window, "Қуат")
    assert window.workplace is not None
    window.workplace.drafts.keep([("case", dialog.draft())])
    assert kept_places(window) == ["case"]
    window.workplace.drafts.keep([])
    assert kept_places(window) == []
    dialog.done(0)
