"""In the window: roles and access of a colleague, what a leaver alone can open, and notes sealed to an earlier key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kzcase.actions.freezing import FreezeAccess, freeze_access
from kzcase.actions.recovery import Recover, recover
from kzcase.actions.sealed_notes import SealNote, seal_note
from kzcase.ui.cases.sealed import SealedLine
from kzcase.ui.main_window import MainWindow
from kzcase.ui.settings.leaving_dialog import LeavingDialog
from kzcase.ui.settings.rights_dialog import RightsDialog
from kzcase.ui.settings.staff_card import StaffCard, StaffLine
from tests.actions.shared_laptop import AISHA, BOLAT, Office, office, some_work
from tests.keys.cheap import THIRD, TINY
from tests.ui.desks import Clock, window_on
from tests.ui.naming import assert_all_named
from tests.ui.test_recovery import card, dialog, enter


@pytest.fixture
def place(tmp_path: Path) -> Office:
    return office(tmp_path)


@pytest.fixture
def window(place: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    made = window_on(place.path, clock=Clock())
    qtbot.addWidget(made)
    made.show()
    yield made
    made.lock()
    made.door.stop()


def line_of(window: MainWindow, name: str) -> StaffLine:
    return next(each for each in card(window, StaffCard).findChildren(StaffLine) if each.row and each.row.name == name)


def test_what_only_the_leaver_opens_is_told_and_takes_a_word(window: MainWindow, place: Office) -> None:
    with place.desk() as desk:
        (case,) = some_work(desk, AISHA, 1)
        seal_note(desk.book, SealNote(case=case, kind="therapy", readers=[BOLAT], text="Generated secret"))
    enter(window)
    line_of(window, BOLAT).remove.click()
    leaving = dialog(window, LeavingDialog)
    assert leaving.lost.isVisible()
    assert "1 sealed note" in leaving.lost.sentence.text()
    assert_all_named(leaving)
    leaving.remove.click()
    assert leaving.isVisible(), "refused"
    leaving.known.setChecked(True)
    leaving.remove.click()
    assert not leaving.isVisible()


def test_roles_and_access_of_a_colleague(window: MainWindow, place: Office) -> None:
    enter(window)
    line_of(window, BOLAT).rights.click()
    rights = dialog(window, RightsDialog)
    assert_all_named(rights)
    assert set(rights.role_list.codes()) == {"caseworker", "supervisor"}
    rights.role_list.set_codes(("lawyer",))
    rights.save.click()
    assert not rights.isVisible()
    assert line_of(window, BOLAT).row.roles == ("lawyer",)  # type: ignore[union-attr]
    line_of(window, BOLAT).rights.click()
    dialog(window, RightsDialog).access.click()
    assert "access frozen" in line_of(window, BOLAT).told.text()
    line_of(window, BOLAT).rights.click()
    dialog(window, RightsDialog).access.click()
    assert "access frozen" not in line_of(window, BOLAT).told.text()


def test_a_note_sealed_to_an_earlier_key_says_who_shares_it_again(window: MainWindow, place: Office) -> None:
    with place.desk() as desk:
        (case,) = some_work(desk, AISHA, 1)
        seal_note(desk.book, SealNote(case=case, kind="therapy", readers=[AISHA, BOLAT], text="Generated secret"))
    recover(place.path, place.pair(), Recover(AISHA), THIRD, floor=TINY)
    enter(window, THIRD).open_case(case)
    (line,) = window.findChildren(SealedLine)
    assert not line.read.isVisibleTo(line)
    assert f"{BOLAT} can share it with you again" in line.told.text()


def test_frozen_stays_frozen_in_the_window(window: MainWindow, place: Office) -> None:
    with place.desk() as desk:
        freeze_access(desk.book, FreezeAccess(staff=BOLAT))
    enter(window)
    assert "access frozen" in line_of(window, BOLAT).told.text()
