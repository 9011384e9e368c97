"""Rules and calendar in the window: what holds and its source, changed by a dialog, taken back; the stay card."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from kzcase.db.casebook import Casebook
from kzcase.domain.permissions import Permission
from kzcase.domain.rule_changes import What
from kzcase.i18n import KAZAKHSTAN
from kzcase.ui import language
from kzcase.ui.fields import put_typed
from kzcase.ui.office import Office, office_of
from kzcase.ui.people.age_and_stay import AgeAndStayCard
from kzcase.ui.rules.dialogs import rule_dialog
from kzcase.ui.rules.following import RulesFollower
from kzcase.ui.rules.page import RulesPage
from kzcase.ui.rules.reminders import DueNotice
from kzcase.ui.work import InlineWork
from tests.actions.steps import do
from tests.db.books import START
from tests.own_pathways import own_pathway
from tests.ui.offices import PERSON, working

Desk = tuple[Casebook, InlineWork, Office]


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("kzcase.ui.clock.now", lambda: START.astimezone(KAZAKHSTAN))
    with working(tmp_path) as (book, work):
        yield book, work, office_of(book)


def page_of(desk: Desk, qtbot: QtBot, what: What = What.DEADLINE) -> RulesPage:
    _book, work, office = desk
    page = RulesPage(work, office)
    qtbot.addWidget(page)
    page.sort.set_code(what.value)
    page.refresh()
    return page


def shown(page: RulesPage) -> list[Any]:
    return [page.rows.row(number) for number in range(page.rows.rowCount())]


def fill(dialog: Any, **values: str) -> None:
    for name, value in values.items():
        put_typed(dialog.rows[name].field, value)
    dialog.save.click()


def test_every_rule_stands_there_with_where_it_is_from(desk: Desk, qtbot: QtBot) -> None:
    page = page_of(desk, qtbot)
    rules = desk[0].rulebook.deadlines
    assert len(shown(page)) == len(rules.versions)
    page.list.selectRow([row.rule for row in shown(page)].index("expulsion_appeal"))
    said = page.note.text()
    assert "Code on administrative offences" in said
    assert "A lawyer has not confirmed this rule yet." in said
    page.only_doubtful.box.setChecked(True)
    assert 0 < len(shown(page)) < len(rules.versions)
    assert all(row.doubtful for row in shown(page))


def test_a_term_is_changed_taken_back_and_that_is_undone(desk: Desk, qtbot: QtBot) -> None:
    book, work, office = desk
    follower = RulesFollower(work, office, work)
    follower.begin()
    page = page_of(desk, qtbot)
    page.list.selectRow([row.rule for row in shown(page)].index("plan_review"))
    page.change.click()
    [dialog] = [each for each in page.window().findChildren(QDialog) if each.isVisible()]
    fill(dialog, term="", valid_from="", source="")
    assert dialog.isVisible()
    fill(dialog, term="14", valid_from="01.01.2026", source="Generated order")
    assert book.rulebook.deadline("plan_review", date(2026, 11, 1)).due == date(2026, 11, 15)
    assert office.rulebook is book.rulebook
    first = shown(page)[0]
    assert (first.ours, language.text(first.value)) == (True, "14 calendar days")
    page.list.selectRow(0)
    page.take_back.click()
    assert not any(row.ours for row in shown(page))
    page.undo.click()
    assert shown(page)[0].ours


@pytest.mark.parametrize(
    ("what", "values"),
    [
        (What.DAY, {"day": "04.01.2027", "what": "off", "source": "Generated decree"}),
        (What.AMOUNT, {"amount": "4500", "valid_from": "01.01.2027", "valid_to": "31.12.2027", "source": "Generated"}),
        (What.RETENTION, {"kind": "call", "years": "3", "source": "Generated order"}),
        (What.STAY, {"valid_from": "01.12.2026", "valid_to": "28.02.2027", "source": "Generated decree"}),
    ],
)
def test_each_sort_has_its_dialog(desk: Desk, qtbot: QtBot, what: What, values: dict[str, str]) -> None:
    page = page_of(desk, qtbot, what)
    dialog = rule_dialog(desk[1], desk[2], what, page)
    fill(dialog, **values)
    assert shown(page)[0].ours


def test_a_pathway_is_read_from_a_file_and_a_broken_one_is_refused_in_words(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_of(desk, qtbot, What.PATHWAY)
    file = tmp_path / "of ours.toml"
    dialog = rule_dialog(desk[1], desk[2], What.PATHWAY, page)
    fill(dialog, kind="trafficking", file=str(tmp_path / "nothing.toml"), source="Generated")
    assert dialog.said.isVisibleTo(dialog)
    file.write_text("id = 3", "utf-8")
    fill(dialog, file=str(file))
    assert dialog.rows["file"].error is not None
    file.write_text(own_pathway(), "utf-8")
    fill(dialog, file=str(file))
    assert shown(page)[0].ours
    page.list.selectRow(0)
    page.save_to(tmp_path / "kept.toml", shown(page)[0])
    assert (tmp_path / "kept.toml").read_text("utf-8") == own_pathway()


def test_who_does_not_manage_rules_only_reads_them(desk: Desk, qtbot: QtBot) -> None:
    book, work, office = desk
    office.held_roles = frozenset(role for role in office.held_roles if role.value == "caseworker")
    assert not office.may(Permission.MANAGE_RULES)
    page = page_of((book, work, office), qtbot)
    page.show()
    assert not page.change.isVisible()
    page.list.selectRow(0)
    assert not page.take_back.isVisible()


def test_age_and_stay_stand_side_by_side_both_ways(desk: Desk, qtbot: QtBot) -> None:
    from kzcase.queries.persons import person_page

    book, work, _office = desk
    book.show_names()
    done = do(book, act="case.opened", kind="trafficking", region="KZ-61", person=PERSON | {"birth": "2009"})
    person = done.ids["person"].hex()
    do(book, act="record.added", person=person, facts={"record": "stay", "since": "2026-11-01"})
    holder = QWidget()
    qtbot.addWidget(holder)
    card = AgeAndStayCard(work, holder)
    found: list[Any] = []
    work.ask(lambda reader: person_page(reader, person), found.append)
    card.show_page(found[0])
    assert card.age.text() == ("16–17 years today\nA child.\n18 between 01.01.2027 and 31.12.2027.")
    assert card.stay.text().startswith("Last lawful day: 30.11.2026.\n9 days left, today included.")
    assert [each[1].text() for each in card.ways] == ["22 of 90 days used, safe until 30.11.2026"] * 2
    do(book, act="leave.given", valid_from="2026-11-01", valid_to="2027-01-31", source="Generated decree")
    card.show_page(found[0])
    assert "Moved from 30.11.2026 by a time of leave to stay: Generated decree." in card.stay.text()
    language.switch("ru")
    assert card.stay.text() != ""


def test_a_quiet_line_tells_what_is_due_until_it_was_seen(desk: Desk, qtbot: QtBot) -> None:
    book, work, office = desk
    holder = QWidget()
    qtbot.addWidget(holder)
    led: list[str] = []
    notice = DueNotice(work, office, led.append, holder)
    assert notice.isHidden()
    case = do(book, act="case.opened", kind="trafficking", region="KZ-61", person=PERSON).ids["case"].hex()
    do(book, act="task.added", case=case, title="Generated", due="2026-12-10")
    notice.ask()
    assert not notice.isHidden()
    assert "reminders of what is due" in notice.sentence.text()
    dialog = notice.open_list()
    told = [line for line in dialog.lines.shown if line.row is not None and line.row.task]
    assert [language.text(line.left._said) for line in told] == ["18 days left"]
    count = len(dialog.lines.shown)
    told[0].seen.click()
    assert len(dialog.lines.shown) == count - 1
    dialog.aside.setChecked(True)  # what was put aside has its way back
    (again,) = dialog.lines.shown
    assert again.seen.text() == "Tell me again"
    again.seen.click()
    assert not dialog.lines.shown
    dialog.aside.setChecked(False)
    assert len(dialog.lines.shown) == count
    next(line for line in dialog.lines.shown if line.row is not None and line.row.task).seen.click()
    dialog.lines.shown[0].go.click()
    assert led == [case]
    notice.hide()
    notice.ask()
    assert notice.isHidden()  # closed, and nothing has come since
    assert not any(row.task for row in notice.rows)
