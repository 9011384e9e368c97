"""Where the case stands, on its page: the stage and what is missing, and a fact stated from there."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kzcase.actions.case_facts import PUBLISHED, READ_BY_ALL
from kzcase.db.casebook import Casebook
from kzcase.domain.permissions import Permission, Role
from kzcase.queries.cases import case_list
from kzcase.ui import clock, language
from kzcase.ui.cases.page import CasePage
from kzcase.ui.cases.road_dialogs import report_dialog
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.work import InlineWork
from tests.actions.steps import do
from tests.ui.desks import entered
from tests.ui.panels import case_page_on
from tests.ui.typing import type_text


@pytest.fixture
def page(tmp_path: Path, qtbot: QtBot) -> Iterator[CasePage]:
    made = entered(tmp_path, cases=0)
    person = {"names": [{"given": "Generated"}], "birth": "1990", "citizenships": ["UZ"]}
    do(made.desk.book, act="case.opened", kind="asylum", person=person)
    work = InlineWork(made.desk.book)
    found = case_page_on(work, made)
    qtbot.addWidget(found)
    found.resize(1150, 900)
    found.show()
    rows: list[object] = []
    work.ask(lambda reader: case_list(reader, limit=1), rows.extend)
    found.show_case(rows[0].id)  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(found.road.view and found.road._lines.shown))
    yield found
    work.close()
    made.desk.close()


def said(page: CasePage) -> str:
    return "\n".join(f"{line.title.text()}\n{line.under.text()}" for line in page.road._lines.shown)


def dialog_of(page: CasePage) -> FormDialog:
    return next(each for each in page.findChildren(FormDialog) if each.isVisible())


def test_the_page_says_where_the_case_stands_and_what_it_waits_for(page: CasePage) -> None:
    assert page.road.isVisible()
    view = page.road.view
    assert view is not None
    (road, *_tracks) = view.roads
    assert road.stage is not None
    assert language.text(road.stage) in said(page)
    assert all(language.text(word.said) in said(page) for word in road.missing)
    assert all(language.text(held.guard) in said(page) for held in view.held)


def test_what_runs_out_in_this_case_stands_there_too_with_its_reason(page: CasePage) -> None:
    road = page.road
    assert road._page is not None
    stay = {"act": "record.added", "person": road._page.person.id, "facts": {"record": "stay", "since": "2026-11-01"}}
    road._work.do(lambda book: do(book, **stay), owner=page)
    road._ask()
    (line,) = [line for line in road._lines.shown if "Last lawful day of the stay" in line.title.text()]
    (row,) = road.view.days if road.view else ()
    assert line.under.text() == language.text(row.left(clock.now(), clock.today()))
    line.why.click()
    assert "Worked out from the entries" in line.under.text()


def applied_and_then_it_was_not_explained(book: Casebook, case: str) -> None:
    """The application is stated rightly; then somebody takes back that it was explained who learns of it."""
    partner = do(book, act="partner.added", name="Generated", kind="ngo").ids["partner"].hex()
    agreed = {"purpose": "referral", "classes": ["identifying"], "language": "kk"}
    do(book, act="consent.given", case=case, partner=partner, **agreed)
    told = do(book, act="fact.stated", case=case, fact="confidentiality_told").ids["statement"].hex()
    weighed = {"authority": "Generated", "learns": "x", "decided_with": "person", "ground": "x"}
    do(book, act="visibility.weighed", case=case, step="asylum_sought", decision="file", **weighed)
    do(book, act="fact.stated", case=case, fact="asylum_sought")
    do(book, act="fact.withdrawn", statement=told, ground="Generated.")


def test_what_does_not_count_yet_is_said_with_what_stands_against_it(page: CasePage) -> None:
    road = page.road
    case = road.view.case if road.view else ""
    road._work.do(lambda book: applied_and_then_it_was_not_explained(book, case), owner=page)
    road._ask()
    first = road._lines.shown[0]
    assert "First contact" in first.title.text()
    assert "“Application” was entered, but does not count while this stands against it" in first.under.text()
    assert "explain who learns of it" in first.under.text()
    assert first.late.isVisible()


def test_what_is_waited_for_stands_first_and_a_guard_says_why(page: CasePage, qtbot: QtBot) -> None:
    page.road.state.click()
    dialog = dialog_of(page)
    assert page.road.view is not None
    first = page.road.view.offered[: page.road.view.first]
    assert "confidentiality_told" in {word.code for word in first}
    dialog.rows["fact"].field.set_code("asylum_sought")  # type: ignore[attr-defined]
    dialog.save.click()
    (guard,) = [each for each in page.road.view.roads[0].held if each.missing[0].code == "confidentiality_told"]
    shown = dialog.rows["fact"].error or dialog.said.text()
    assert language.text(guard.guard) in language.text(shown)
    dialog.reject()


def test_who_reads_what_is_published_is_said_where_it_is_stated(page: CasePage) -> None:
    page.road.state.click()
    fact = dialog_of(page).rows["fact"]
    for code, said in ((PUBLISHED, True), ("asylum_sought", False)):
        fact.field.chosen.emit(code)  # type: ignore[attr-defined]
        assert (language.text(READ_BY_ALL) in fact.field.accessibleDescription()) is said
    dialog_of(page).reject()


def test_a_fact_stated_here_stands_here_and_is_taken_back(page: CasePage, qtbot: QtBot) -> None:
    page.road.state.click()
    dialog = dialog_of(page)
    dialog.rows["fact"].field.set_code("confidentiality_told")  # type: ignore[attr-defined]
    type_text(dialog.rows["source"].field, "Generated")
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(page.road.view and page.road.view.stated))
    qtbot.waitUntil(lambda: page.road._lines.shown[-1].take_back.isVisible())
    page.road._lines.shown[-1].take_back.click()
    type_text(dialog_of(page).rows["ground"].field, "Generated")
    dialog_of(page).save.click()
    qtbot.waitUntil(lambda: page.road.view is not None and not page.road.view.stated)


def test_work_is_suspended_and_taken_up_again(page: CasePage, qtbot: QtBot) -> None:
    page.road.suspend.click()
    type_text(dialog_of(page).rows["reason"].field, "Generated")
    dialog_of(page).save.click()
    qtbot.waitUntil(lambda: page.road.view is not None and page.road.view.suspended)
    page.road.suspend.click()
    qtbot.waitUntil(lambda: page.road.view is not None and not page.road.view.suspended)


def test_only_a_lawyer_is_offered_to_clear_steps(page: CasePage) -> None:
    assert not page.road.clear.isVisible()


def test_why_it_is_not_reported_is_asked_of_those_who_may_decide_that(page: CasePage) -> None:
    page.road.report.click()
    assert ("ground" in dialog_of(page).rows) is page.road._office.may(Permission.CONFIRM_FACTS) is True
    dialog_of(page).reject()
    office = replace(page.road._office, held_roles=frozenset({Role.CASEWORKER}))
    other = report_dialog(page._work, office, page.road._case, page)
    assert list(other.rows) == ["decision", "addressee", "proof", "told"]
    other.reject()
