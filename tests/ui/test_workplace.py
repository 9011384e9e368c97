"""The workplace: places by permission, the search that is always there, languages, settings, colleagues."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kzcase.domain.permissions import Role
from kzcase.settings import LANGUAGE, LOCK_AFTER, TEXT_SIZE, THEME
from kzcase.ui import language, theme
from kzcase.ui.cases.list_page import CaseListPage
from kzcase.ui.cases.new_dialog import NewCaseDialog
from kzcase.ui.main_window import MainWindow
from kzcase.ui.pages import Page
from kzcase.ui.settings.leaving_dialog import LeavingDialog
from kzcase.ui.settings.page import SettingsPage
from kzcase.ui.settings.staff_card import AddColleagueDialog, StaffCard
from kzcase.ui.work import InlineWork
from kzcase.ui.workplace import Workplace
from tests.ui.desks import ADMINISTRATOR, CASES, entered, settings_in
from tests.ui.naming import assert_all_named
from tests.ui.typing import press, type_text


def workplace(window: MainWindow) -> Workplace:
    assert window.workplace is not None
    return window.workplace


def case_list_of(window: MainWindow) -> CaseListPage:
    page = workplace(window).page("cases")
    assert isinstance(page, CaseListPage)
    return page


def settings_of(window: MainWindow) -> SettingsPage:
    page = workplace(window).go("settings")
    assert isinstance(page, SettingsPage)
    return page


def test_it_opens_on_the_cases_and_says_who_works_there(window: MainWindow) -> None:
    assert case_list_of(window).isVisible()
    assert ADMINISTRATOR in workplace(window).status.who.text()
    assert window.windowTitle() == "kzcase", "the title tells nothing"
    assert_all_named(window)


def test_pages_never_lie_on_each_other(window: MainWindow) -> None:
    """Pages made before the window is shown stay out of sight until they are wanted."""
    place = workplace(window)
    seen = [page for page in place.stack.findChildren(Page) if page.isVisible()]
    assert seen == [place.stack.currentWidget()]


@pytest.mark.parametrize(
    ("roles", "places"),
    [
        ({Role.CASEWORKER}, {"calls", "shift", "cases", "tasks", "partners", "referrals", "incoming"}),
        (
            {Role.SUPERVISOR},
            {
                "calls",
                "shift",
                "cases",
                "tasks",
                "team",
                "partners",
                "summaries",
                "looks",
                "inspection",
                "referrals",
                "incoming",
            },
        ),
        ({Role.LAWYER}, {"cases", "tasks", "referrals", "incoming"}),
        ({Role.ADMINISTRATOR}, {"partners", "inspection"}),
        ({Role.AUDITOR}, {"looks", "inspection"}),
    ],
)
def test_the_rail_shows_what_the_roles_open(tmp_path: Path, qtbot: QtBot, roles: set[Role], places: set[str]) -> None:
    made = entered(tmp_path)
    work = InlineWork(made.desk.book)
    there = replace(made, office=replace(made.office, held_roles=frozenset(roles)))
    place = Workplace(work, there, settings_in(tmp_path))
    qtbot.addWidget(place)
    shown = {key for key, button in place.rail._buttons.items() if not button.isHidden()}
    assert shown == places | {"forms", "rules", "help", "settings"}, "forms and rules name nobody: everybody may look"
    work.close()
    made.desk.close()


def test_the_search_box_finds_and_enter_opens(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(Workplace, "open_case", lambda _self, case: opened.append(case))
    page = case_list_of(window)
    page.open_case.disconnect()
    page.open_case.connect(opened.append)
    number = page.rows.row(4).number
    box = workplace(window).top.box
    type_text(box, number)
    assert page.rows.rowCount() == 1
    press(box, Qt.Key.Key_Return)
    assert opened == [page.rows.row(0).id]
    press(box, Qt.Key.Key_Escape)
    assert page.rows.rowCount() == CASES
    assert not box.text()


def test_the_keyboard_goes_to_the_search_from_anywhere(window: MainWindow) -> None:
    workplace(window).go("settings")
    workplace(window).top.take_keyboard()
    focused = window.focusWidget()
    assert focused is workplace(window).top.box


def test_the_language_changes_without_closing_what_is_open(window: MainWindow) -> None:
    dialog = workplace(window).new_case()
    assert isinstance(dialog, NewCaseDialog)
    type_text(dialog.rows["family"].field, "Қайырова")
    workplace(window).status.languages.buttons["ru"].click()
    assert language.current() == "ru"
    assert window.settings.get(LANGUAGE) == "ru"
    assert dialog.isVisible()
    assert dialog.draft() == {"family": "Қайырова"}
    dialog.done(0)


def test_settings_hold_at_once_and_are_kept(window: MainWindow) -> None:
    page = settings_of(window)
    assert_all_named(page)
    page.look.set_code("dark")
    page.letters.set_code("1.25")
    page.look.chosen.emit("dark")
    page.minutes.setValue(3)
    assert theme.current() == theme.Theme("dark", 1.25)
    kept = window.settings
    assert (kept.get(THEME), kept.get(TEXT_SIZE), kept.get(LOCK_AFTER)) == ("dark", 1.25, 3)
    assert window.idle._minutes == 3


def test_only_those_who_manage_staff_see_colleagues(tmp_path: Path, qtbot: QtBot) -> None:
    made = entered(tmp_path)
    work = InlineWork(made.desk.book)
    for roles, seen in ((frozenset({Role.ADMINISTRATOR}), 1), (frozenset({Role.CASEWORKER}), 0)):
        office = replace(made.office, held_roles=roles)
        page = SettingsPage(work, office, settings_in(tmp_path), made.desk)
        qtbot.addWidget(page)
        assert len(page.findChildren(StaffCard)) == seen
    work.close()
    made.desk.close()


def open_dialog(window: MainWindow, kind: type[QWidget]) -> QWidget:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def test_a_colleague_is_added_and_opens_the_casebook(window: MainWindow) -> None:
    settings_of(window).findChildren(StaffCard)[0].new.click()
    dialog = open_dialog(window, AddColleagueDialog)
    assert isinstance(dialog, AddColleagueDialog)
    assert_all_named(dialog)
    dialog.save.click()
    assert dialog.name.error is not None
    assert dialog.roles_row.error is not None
    assert dialog.chosen.passphrase.error is not None
    type_text(dialog.name.field, "Болат")
    dialog.role_list.set_codes(("caseworker",))
    dialog.chosen.generate.click()
    passphrase = dialog.chosen.first.text()
    dialog.save.click()
    assert not dialog.chosen.first.text(), "the passphrase does not stay in the field"
    window.lock()
    path = window.start.open.path()
    assert path is not None
    window.door.enter(path, passphrase)
    assert workplace(window).office.colleague == "Болат"


def test_removing_a_colleague_asks_and_the_safe_button_keeps_them(window: MainWindow) -> None:
    card = settings_of(window).findChildren(StaffCard)[0]
    line = card.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert line
    from kzcase.ui.settings.staff_card import StaffLine

    card.findChildren(StaffLine)[0].remove.click()
    asked = open_dialog(window, LeavingDialog)
    assert isinstance(asked, LeavingDialog)
    assert_all_named(asked)
    assert asked.cancel.isDefault()
    asked.cancel.click()
    assert card.findChildren(StaffLine)[0].row.removed_on is None


def test_the_narrow_window_keeps_its_rail_as_pictures(window: MainWindow) -> None:
    window.resize(940, 640)
    assert workplace(window).rail._narrow
    window.resize(1366, 768)
    assert not workplace(window).rail._narrow
