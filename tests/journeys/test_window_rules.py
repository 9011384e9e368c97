"""An administrator changes rules through the window, without a release, and a case that is open follows them."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kzcase.domain.road_rows import ClockRow
from kzcase.domain.rule_changes import What
from kzcase.forms.library import shipped_form
from kzcase.ui import clock, language
from kzcase.ui.fields import put_typed
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.forms.choose_dialog import ChooseFormDialog
from kzcase.ui.forms.page import FormPage
from kzcase.ui.rules.page import RulesPage
from tests.journeys.test_window_day import Day, a_day, record_the_consent
from tests.journeys.test_window_roads import changed, dialog_is_open, open_a_case, road
from tests.own_pathways import own_pathway
from tests.ui.conftest import NOT_OURS
from tests.ui.typing import press, type_text

pytestmark = pytest.mark.qt_log_ignore(*NOT_OURS, extend=True)
SOURCE = "Жасанды бұйрық"


@pytest.fixture
def day(tmp_path: Path, qtbot: QtBot) -> Iterator[Day]:
    with a_day(tmp_path, qtbot, cases=1) as made:
        yield made


def rules(day: Day, what: What) -> RulesPage:
    page = day.place.go("rules")
    assert isinstance(page, RulesPage)
    day.until(lambda: hasattr(page, "list") and page._all)
    page.sort.set_code(what.value)
    page.refresh()
    day.until(lambda: page._all and page._all[0].what == what)
    return page


def put(day: Day, page: RulesPage, /, **values: str) -> FormDialog:
    """Fill the open dialog, or a new one, and save."""
    if not dialog_is_open(day):
        page.change.click()
    dialog = day.shown(FormDialog)
    for name, value in values.items():
        put_typed(dialog.rows[name].field, value)
    dialog.save.click()
    return dialog


def change(day: Day, what: What, /, **values: str) -> RulesPage:
    """One change, from the page of rules; it stands there as the office's own."""
    page = rules(day, what)
    put(day, page, source=SOURCE, **values)
    day.until(lambda: not dialog_is_open(day) and page._all and page._all[0].ours)
    return page


def back(day: Day, case: str) -> None:
    day.place.open_case(case)
    day.until(lambda: hasattr(day.place.stack.currentWidget(), "road") and day.case()._case == case)
    day.until(lambda: day.case().road.view is not None)


def clock_of(day: Day) -> ClockRow | None:
    """The clock of the missing evidence, as the card of the open case shows it."""
    view = day.case().road.view
    shown = [] if view is None else [each for each in view.clocks if "evidence" in language.text(each.name)]
    return shown[0] if shown else None


def last_day(day: Day) -> date:
    found = clock_of(day)
    assert found is not None
    assert found.last_day is not None
    return found.last_day


def typed(when: date) -> str:
    return f"{when:%d.%m.%Y}"


def compensation(day: Day) -> str:
    """What the form for the fund says is paid on a day of next year."""
    form = shipped_form("compensation_helper")
    day.case().sheets.fill.click()
    choosing = day.shown(ChooseFormDialog)
    day.until(lambda: choosing.offer is not None)
    choosing.every.setChecked(True)
    type_text(choosing.search, form.title[language.current()])
    press(choosing.search, Qt.Key.Key_Return, text="\r")
    page = day.shown(FormPage)
    day.until(lambda: page.interview is not None)
    interview: Any = page.interview
    for path, value in (
        ("entitled/recognised", "yes"),
        ("entitled/ground", "mci_30"),
        ("amount/pay_day", "2027-02-01"),
    ):
        interview.answer(path, value)
    return str(interview.sheet.get("amount/sum_payment"))


def test_an_office_changes_its_rules_in_the_window_and_the_open_case_follows(day: Day, tmp_path: Path) -> None:
    open_a_case(day, "stateless")
    case = day.case()._case
    before = day.case().road.view
    record_the_consent(day)
    changed(day, before)
    day.until(lambda: clock_of(day) is not None)
    shipped = last_day(day)

    # A holiday nobody knew of: every term in working days is a day longer.
    off = clock.today() + timedelta(days=1)
    while not day.place.office.rulebook.calendar.is_working(off):
        off += timedelta(days=1)
    change(day, What.DAY, day=typed(off), what="off")
    back(day, case)
    day.until(lambda: clock_of(day) is not None and last_day(day) > shipped)
    explained = clock_of(day)
    assert explained is not None
    assert any(typed(off) in language.text(words) for words in explained.explained)

    # A term of the office's own.
    page = change(day, What.DEADLINE, rule="evidence_gaps", term="2", unit="days", valid_from="01.01.2026")
    back(day, case)
    day.until(lambda: clock_of(day) is not None and last_day(day) < shipped)

    # It is taken back, and what held before holds again.
    page = rules(day, What.DEADLINE)
    page.list.selectRow(0)
    page.take_back.click()
    day.until(lambda: not any(row.ours for row in page._all))
    back(day, case)
    day.until(lambda: clock_of(day) is not None and last_day(day) > shipped)

    # A pathway from a file; a broken one is refused in words, and nothing changes.
    page, file = rules(day, What.PATHWAY), tmp_path / "ours.toml"
    file.write_text(
        own_pathway(kind="stateless").replace('when = ["opened"]', 'when = ["nobody_knows_this"]', 1), "utf-8"
    )
    dialog = put(day, page, kind="stateless", file=str(file), source=SOURCE)
    day.until(lambda: dialog.rows["file"].error is not None)
    assert "nobody_knows_this" in language.text(dialog.rows["file"].error)  # type: ignore[arg-type]
    assert dialog.isVisible()
    assert not any(row.ours for row in page._all)
    file.write_text(own_pathway(kind="stateless"), "utf-8")
    put(day, page, file=str(file))
    day.until(lambda: not dialog_is_open(day) and page._all[0].ours)
    back(day, case)
    view = day.case().road.view
    assert view is not None
    day.until(lambda: language.text(day.case().road.view.kind).startswith("Our "))  # type: ignore[union-attr]
    assert road(day).stage is not None

    # The amount of next year.
    change(day, What.AMOUNT, amount="4700", valid_from="01.01.2027", valid_to="31.12.2027")
    back(day, case)
    assert compensation(day) == str(30 * 4700)
