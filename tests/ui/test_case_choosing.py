"""The list of cases: chosen by filters that stand as chips, saved, and taken along with a reason."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from kzcase.actions.saved_searches import READ_BY_TEAM
from kzcase.domain.case_filter import CaseFilter
from kzcase.i18n import LANGUAGES, Language
from kzcase.ui import language
from kzcase.ui.cases.choosing_dialogs import FilterDialog, TakeDialog
from kzcase.ui.cases.list_page import CaseListPage
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import office_of
from kzcase.ui.work import InlineWork
from tests.actions.steps import CASE, do
from tests.db.books import founded
from tests.ui.naming import assert_all_named


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> Iterator[CaseListPage]:
    book = founded(tmp_path)
    book.show_names()
    for kind, region in (("child", "KZ-71"), ("stateless", "KZ-75"), ("child", "KZ-75")):
        do(book, **(CASE | {"kind": kind, "region": region, "opened_on": "2026-10-01"}))
    work = InlineWork(book)
    shown = CaseListPage(work, office_of(book))
    qtbot.addWidget(shown)
    shown.resize(1150, 700)
    shown.show()
    yield shown
    work.close()
    book.close()


def dialog(kind: type) -> Any:
    (found,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    return found


def test_what_is_chosen_stands_as_chips_and_goes_with_them(page: CaseListPage) -> None:
    every = page.rows.rowCount()
    page.choosing.choose.click()
    chosen = dialog(FilterDialog)
    assert isinstance(chosen, FilterDialog)
    assert_all_named(chosen)
    chosen.lists["kind"].set_codes(["child"])
    chosen.lists["worker"].set_codes(["me", "nobody"])
    chosen.use.click()
    assert 0 < page.rows.rowCount() < every
    assert {row.kind for row in (page.rows.row(at) for at in range(page.rows.rowCount())) if row} == {"child"}
    chips = [chip.text() for chip in page.choosing.chips]
    assert len(chips) == 3
    assert page.choosing.chips[0].accessibleName().endswith(chips[0].strip())
    for _chip in chips:
        page.choosing.chips[0].setFocus(Qt.FocusReason.TabFocusReason)
        page.choosing.chips[0].click()
        assert not page.choosing.chips or not page.choosing.chips[0].hasFocus()
    assert page.rows.rowCount() == every


def test_nothing_fits_is_said_and_a_search_keeps_to_what_is_chosen(page: CaseListPage) -> None:
    page.choosing.use(CaseFilter(kind=("asylum",), opened_from="2030-01-01"))
    assert page.none_chosen.isVisible()
    page.choosing.use(CaseFilter(kind=("child",)))
    page.search("Каримова")
    found = {page.rows.row(at).kind for at in range(page.rows.rowCount())}
    assert found == {"child"}


def test_a_choice_is_saved_used_again_and_taken_away(page: CaseListPage) -> None:
    page.choosing.use(CaseFilter(region=("KZ-71",), opened_from="2026-09-01", state="open"))
    save = next(each for each in page.choosing.menu().actions() if each.isEnabled() and "…" in each.text())
    save.trigger()
    named = dialog(FormDialog)
    assert isinstance(named, FormDialog)
    assert named.rows["name"].field.accessibleDescription().endswith(language.text(READ_BY_TEAM))
    named.rows["name"].field.setText("Алматы")  # type: ignore[attr-defined]
    named.save.click()
    page.choosing.use(CaseFilter())
    first = page.choosing.menu().actions()[0]
    assert first.text() == "Алматы"
    first.trigger()
    assert page.choosing.chosen == CaseFilter(region=("KZ-71",), opened_from="2026-09-01", state="open")
    page.choosing.menu().actions()[-1].trigger()
    assert "Алматы" not in [each.text() for each in page.choosing.menu().actions()]


def test_the_list_is_taken_along_only_with_a_reason(page: CaseListPage) -> None:
    page.choosing.take.click()
    take = dialog(TakeDialog)
    assert isinstance(take, TakeDialog)
    assert_all_named(take)
    take.make.click()
    assert take.reason.error is not None
    take.reason.field.set_code("planning")  # type: ignore[attr-defined]
    take.make.click()
    (file,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]
    file.close()


@pytest.mark.parametrize("spoken", LANGUAGES)
def test_chips_follow_the_language(page: CaseListPage, spoken: Language) -> None:
    page.choosing.use(CaseFilter(age=("child",), overdue=True, opened_to="2026-11-01", worker=("me",)))
    before = language.current()
    try:
        language.switch(spoken)
        said = [chip.text().strip() for chip in page.choosing.chips]
    finally:
        language.switch(before)
    assert len(set(said)) == 4
    assert (said == [page.choosing.said(*each) for each in page.choosing.chosen.chips()]) is (spoken == before)
