"""The registers and incidents in the window: chosen at the left, taken along with a record, reported in three steps."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kzcase.actions.read_log import read_log
from kzcase.db.casebook import Casebook
from kzcase.domain.incidents import LAPTOP_FROZEN, NOT_FROZEN, OPENED_AGAIN, Affected, IncidentRow, remains
from kzcase.domain.looks import Look
from kzcase.domain.permissions import MAY, Permission, Role
from kzcase.i18n import KAZAKHSTAN, LANGUAGES
from kzcase.queries.incidents import incident_list
from kzcase.queries.looks import LooksWish
from kzcase.queries.registers import REGISTERS
from kzcase.ui import clock, language
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.inspection import page as room
from kzcase.ui.inspection.incident_dialog import IncidentDialog
from kzcase.ui.inspection.incident_words import FROZEN, STOPPED, counted, frozen_words
from kzcase.ui.inspection.page import InspectionPage
from kzcase.ui.inspection.report_dialog import ReportDialog
from kzcase.ui.messages import MessageDialog
from kzcase.ui.office import office_of
from kzcase.ui.places import PLACES
from kzcase.ui.tasks.page import TasksPage
from kzcase.ui.work import InlineWork
from tests.actions.steps import a_case, do
from tests.actions.test_registers import full
from tests.db.books import START, founded
from tests.db.laptops import colleague, laptop
from tests.ui.desks import open_window
from tests.ui.naming import assert_all_named


@pytest.fixture(autouse=True)
def the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window's clock shows the moment at which the casebooks of these tests live."""
    monkeypatch.setattr(clock, "now", lambda: START.astimezone(KAZAKHSTAN))


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with full(tmp_path) as made:
        yield made


@pytest.fixture
def shown(book: Casebook, qtbot: QtBot) -> InspectionPage:
    return page_of(book, qtbot)


def page_of(book: Casebook, qtbot: QtBot) -> InspectionPage:
    work = InlineWork(book)
    page = InspectionPage(work, office_of(book))
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    return page


T = TypeVar("T")


def opened(kind: type[T]) -> T:
    """The dialog of this kind that is open."""
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible())


def entries(book: Casebook, *what: Look) -> list[str]:
    return [entry.detail for entry in reversed(read_log(book, LooksWish()).looks) if entry.what in what]


def incidents(book: Casebook) -> list[IncidentRow]:
    with book.read() as reader:
        return incident_list(reader)


# Registers


def test_every_register_is_shown_and_every_look_recorded(book: Casebook, shown: InspectionPage) -> None:
    for name in REGISTERS:
        shown.show_register(name)
        assert shown.title.text() == language.text(REGISTERS[name].title)
        assert (shown._stack.currentWidget() is shown.nothing) is (name == "destructions")
    assert entries(book, Look.REGISTER) == ["purposes", *REGISTERS]


def test_a_row_is_told_whole_under_the_table(shown: InspectionPage) -> None:
    shown.show_register("access")
    _rows, view = shown._tables["access"]
    view.selectRow(0)
    assert "Founder" in shown.whole.text()
    assert "20.11.2026" in shown.whole.text()


def test_codes_follow_the_language_of_the_window(shown: InspectionPage) -> None:
    shown.show_register("incidents")
    said = set()
    for each in LANGUAGES:
        language.switch(each)
        rows, _view = shown._tables["incidents"]
        said.add(str(rows.columns[1].value(rows.row(0))))
    assert said == {"қағаз жоғалды", "утеря бумаги", "lost paper"}


def test_what_is_hidden_by_its_class_is_said_to_be_hidden(shown: InspectionPage) -> None:
    from dataclasses import replace

    from kzcase.ui.tables import MASKED

    shown.show_register("access")
    found = shown._shown
    assert found is not None
    masked = replace(found, masked=frozenset({"colleague"}))
    assert shown._column(0, found.headings[0], masked).value(found.rows[0]) is MASKED


@pytest.mark.parametrize("form", ["csv", "xlsx", "pdf"])
def test_taking_a_register_along_is_recorded_and_offered(
    book: Casebook, shown: InspectionPage, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[bytes] = []
    monkeypatch.setattr(room, "keep_file", lambda _work, _name, content, _window: given.append(content))
    monkeypatch.setattr(room, "preview", lambda _work, paper, _window: given.append(paper.content))
    shown.show_register("consents")
    shown.files[form].click()
    assert given
    assert entries(book, Look.TAKEN) == [f"consents.{form}"]


def test_a_register_without_its_entry_is_not_shown(
    book: Casebook, shown: InspectionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Canary: what comes without an entry in the read log does not come."""
    from kzcase.actions import registers
    from kzcase.domain.errors import DiskTrouble

    def refuse(*_given: object, **_named: object) -> None:
        raise DiskTrouble(reason="full")

    monkeypatch.setattr(registers, "record_look", refuse)
    shown.show_register("incidents")
    assert shown.title.text() == language.text(REGISTERS["purposes"].title)
    assert shown.told.isVisible()


# Who sees what


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.SUPERVISOR])
def test_auditors_read_and_enter_nothing(book: Casebook, tmp_path: Path, qtbot: QtBot, role: Role) -> None:
    with laptop(tmp_path, colleague(book, role), book) as theirs:
        page = page_of(theirs, qtbot)
        keeps = role in MAY[Permission.KEEP_REGISTERS]
        assert page.report.isVisible() is keeps
        for name in ("access", "incidents"):
            page.show_register(name)
            assert page.enter.isVisible() is keeps
        page.show_register("requests")
        assert page.second.isVisible() is keeps
        page.show_register("consents")
        assert not page.enter.isVisible()
        page.close()


def test_the_place_is_for_those_who_may_read_registers() -> None:
    (needs,) = [needs for entry, needs in PLACES if entry.key == "inspection"]
    assert needs is Permission.READ_REGISTERS


# Entering


def test_an_undertaking_and_a_request_are_entered_and_answered(book: Casebook, shown: InspectionPage) -> None:
    shown.show_register("requests")
    shown.enter.click()
    dialog: Any = opened(FormDialog)
    dialog.save.click()
    assert dialog.rows["kind"].error is not None
    dialog.rows["kind"].field.set_code("erasure")
    dialog.save.click()
    rows: Any = shown._tables["requests"][0]
    view = shown._tables["requests"][1]
    assert rows.rowCount() == 2
    view.selectRow(0)
    shown.second.click()
    answer: Any = opened(FormDialog)
    answer.rows["outcome"].field.set_code("no_data")
    answer.save.click()
    first = rows.row(0)
    assert first is not None
    assert first.cells[6] == "no_data"
    shown.show_register("access")
    shown._tables["access"][1].selectRow(0)
    shown.enter.click()
    signed = opened(FormDialog)
    assert signed.values()["staff"]
    signed.save.click()
    first = shown._tables["access"][0].row(0)
    assert first is not None
    assert first.cells[3] is not None


# Incidents


def report(shown: InspectionPage, kind: str = "lost_laptop") -> Any:
    shown.report.click()
    dialog: Any = opened(ReportDialog)
    dialog.next.click()
    assert dialog.rows["kind"].error is not None  # nothing is chosen for them
    dialog.rows["kind"].field.set_code(kind)
    dialog.rows["what"].field.setText("Generated.")
    dialog.next.click()
    dialog.next.click()
    return opened(IncidentDialog)


def test_an_incident_is_reported_in_three_steps(book: Casebook, shown: InspectionPage) -> None:
    a_case(book, kind="stateless")
    dialog = report(shown)
    assert "3" in dialog.title.text()
    assert dialog.rows.rowCount() == 2
    dialog.list.selectRow(0)
    assert dialog.whole.text().startswith(dialog.rows.row(0).number)
    assert not dialog.account.isVisible()
    latest = incidents(book)[0]
    assert (latest.kind, latest.what, latest.affected) == ("lost_laptop", "Generated.", 2)
    assert entries(book, Look.AFFECTED) == [latest.number]


def test_what_is_wrong_with_a_report_stands_at_its_field(shown: InspectionPage) -> None:
    shown.report.click()
    dialog: Any = opened(ReportDialog)
    dialog.rows["kind"].field.set_code("other")
    dialog.rows["what"].field.setText("Generated.")
    dialog.next.click()
    dialog.rows["case"].field.setText("2026-000-00000")
    dialog.next.click()
    assert dialog.rows["case"].error is not None
    dialog.back.click()
    assert not dialog.back.isVisible()
    dialog.reject()


def test_telling_is_entered_and_can_be_taken_back(book: Casebook, shown: InspectionPage) -> None:
    dialog = report(shown)
    dialog.told["authority"].click()
    assert incidents(book)[0].authority_told_on is not None
    assert not dialog.told["authority"].isVisible()
    dialog.undo.click()
    assert incidents(book)[0].authority_told_on is None
    assert dialog.told["authority"].isVisible()


def test_a_report_can_be_taken_back_after_a_question(book: Casebook, shown: InspectionPage) -> None:
    dialog = report(shown)
    assert len(incidents(book)) == 2
    dialog.withdraw.click()
    question = opened(MessageDialog)
    assert len(incidents(book)) == 2
    question.accept()
    assert len(incidents(book)) == 1


def test_a_closed_incident_offers_nothing_more(book: Casebook, shown: InspectionPage) -> None:
    dialog = report(shown)
    dialog.end.click()
    form: Any = opened(FormDialog)
    form.rows["done"].field.setText("Found again.")
    form.save.click()
    closed = next(row for row in incidents(book) if row.state == "closed")
    shown.show_incident(closed.id)
    again = opened(IncidentDialog)
    for button in (again.withdraw, again.end, *again.told.values()):
        assert not button.isVisible()
    assert "Found again." in again.what.text()


def test_the_account_of_an_incident_is_closed_by_the_steps_of_leaving(
    book: Casebook, shown: InspectionPage, qtbot: QtBot
) -> None:
    made = do(book, act="incident.opened", kind="stolen_passphrase", what="Generated.", staff="Founder")
    wanted: list[str] = []
    shown.account_wanted.connect(wanted.append)
    shown.show_incident(made.ids["incident"].hex())
    opened(IncidentDialog).account.click()
    assert wanted == [book.acting.staff_id.hex()]


def test_why_somebody_is_endangered_shows_with_the_names(tmp_path: Path, qtbot: QtBot) -> None:
    """The gravest reason may be hidden with them; who asks for it is entered, once."""
    unsafe = [{"number": "+7 700 000 00 01", "safe": "do_not_call"}]
    with founded(tmp_path) as book:
        a_case(book, person={"names": [{"family": "Generated"}], "phones": unsafe})
        page = page_of(book, qtbot)
        dialog = report(page)
        assert "1 further reason is hidden" in dialog._why(dialog.rows.row(0))
        dialog.names.click()
        assert not dialog.rows.row(0).hidden
        assert dialog.rows.row(0).reasons[0] == "do_not_call"
        assert not dialog.names.isVisible()
        assert entries(book, Look.NAMES) == [""]
        dialog.close()
        page.close()


def test_what_was_closed_is_said_as_it_is_now() -> None:
    said = {name: IncidentRow(**{**_ROW, **more}) for name, more in _CLOSED.items()}
    assert {name: frozen_words(row) for name, row in said.items()} == {
        "frozen": FROZEN, "again": OPENED_AGAIN, "own": NOT_FROZEN, "partner": STOPPED, "lost": LAPTOP_FROZEN,
        "nothing": None,
    }  # fmt: skip
    stays = {name for name, row in said.items() if remains(row) != remains(said["nothing"])}
    assert stays == {"frozen", "lost"}, "what is closed for longer than the incident is not said to go on"


def test_what_is_stopped_is_counted_also_where_nobody_is_concerned() -> None:
    row = IncidentRow(**{**_ROW, "stopped": 2})
    assert "2" in language.text(counted(Affected((), looks_known=True), row))


_ROW: dict[str, Any] = {field.name: None for field in fields(IncidentRow) if field.default is MISSING}
_STOLEN = {"kind": "stolen_passphrase", "colleague": "Болат"}
_CLOSED: dict[str, dict[str, Any]] = {
    "frozen": _STOLEN | {"frozen": True},
    "again": _STOLEN | {"opened_again": True},
    "own": _STOLEN,
    "partner": {"kind": "wrong_recipient", "partner": "Generated"},
    "lost": {"kind": "lost_laptop", "device": "XYZ", "laptop_frozen": True},
    "nothing": {"kind": "other"},
}


def test_a_case_of_the_list_is_opened(book: Casebook, shown: InspectionPage) -> None:
    wanted: list[str] = []
    shown.open_case.connect(wanted.append)
    dialog = report(shown)
    row = dialog.rows.row(0)
    dialog.list.opened.emit(row)
    assert wanted == [row.case]


# Among the tasks, and everywhere by name


def test_a_task_of_the_office_leads_to_its_register(book: Casebook, qtbot: QtBot) -> None:
    page = TasksPage(InlineWork(book))
    qtbot.addWidget(page)
    page.show()
    wanted: list[str] = []
    page.register_wanted.connect(wanted.append)
    place = next(at for at, row in enumerate(page._all) if row.rule_id == "breach_notice")
    page.list.selectRow(place)
    page.done.click()
    page.go.click()
    assert wanted == ["incidents", "incidents"]
    assert incidents(book)[0].authority_told_on is None


def test_every_control_has_a_name(shown: InspectionPage) -> None:
    for name in REGISTERS:
        shown.show_register(name)
        assert_all_named(shown)
    dialog = report(shown)
    assert_all_named(dialog)


def test_the_window_leads_from_a_task_to_the_register_and_to_the_steps_of_leaving(tmp_path: Path) -> None:
    from kzcase.ui.settings.leaving_dialog import LeavingDialog

    window = open_window(tmp_path)
    place = window.workplace
    assert place is not None
    place._show_register("incidents")
    page = place.page("inspection")
    assert isinstance(page, InspectionPage)
    assert page.title.text() == language.text(REGISTERS["incidents"].title)
    page.account_wanted.emit(place._entered.desk.book.acting.staff_id.hex())
    opened(LeavingDialog).reject()
    window.close()
