"""Searches on the screen: who asks is checked before anything, and a supervisor decides who was found."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kzcase.actions.papers import print_paper
from kzcase.actions.persons import look_for_sought
from kzcase.domain.tracing import Told
from kzcase.i18n import LANGUAGES, Words
from kzcase.queries.case_page import case_page
from kzcase.ui import language
from kzcase.ui.cases.road import RoadCard
from kzcase.ui.cases.tracing import MAY_BE_TOLD, TracingCard
from kzcase.ui.cases.visibility import visibility_dialog
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.office import Office, office_of
from kzcase.ui.people.household import HouseholdCard, interview_dialog, join_dialog, leave_dialog
from kzcase.ui.people.sought import SoughtDialog
from kzcase.ui.work import InlineWork
from tests.actions.steps import do
from tests.db.books import founded
from tests.paper.reading import text_of
from tests.ui.naming import assert_all_named

SOUGHT = {"names": [{"family": "Каримова", "given": "Дильноза"}], "sex": "female", "birth": "1994~"}
FOUND = {"names": [{"family": "Karimova", "given": "Dilnoza"}], "sex": "female", "birth": "1994-05-17"}


@pytest.fixture
def work(tmp_path: Path) -> Iterator[InlineWork]:
    book = founded(tmp_path)
    book.show_names()
    made = InlineWork(book)
    yield made
    made.close()
    book.close()


def book_of(work: InlineWork) -> Any:
    found: list[Any] = []
    work.do(found.append)
    return found[0]


def office(work: InlineWork) -> Office:
    return office_of(book_of(work))


def asked(work: InlineWork, question: Any) -> Any:
    found: list[Any] = []
    work.ask(question, found.append)
    return found[0]


def dialog() -> FormDialog:
    (found,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, FormDialog) and each.isVisible()]
    assert_all_named(found)
    return found


def fill(form: FormDialog, **values: str) -> None:
    for name, value in values.items():
        field: Any = form.rows[name].field
        field.set_code(value) if hasattr(field, "set_code") else field.setText(value)
    form.save.click()


def test_a_request_is_taken_down_checked_and_answered_by_whoever_was_found(work: InlineWork, qtbot: QtBot) -> None:
    book = book_of(work)
    case = do(book, act="case.opened", kind="missing", person=SOUGHT).ids["case"].hex()
    card = TracingCard(work, office(work))
    qtbot.addWidget(card)

    def look() -> TracingCard:
        card.show_case(asked(work, lambda reader: case_page(reader, case)))
        card.show()
        return card

    assert look().nobody.isVisible()
    card.ask.click()
    fill(dialog(), given="Шерзод", relation="husband", last_place="Шымкент")
    (line,) = look()._lines.shown
    assert language.text(line.chip._said) == language.text(Words("not vetted"))
    line.vet.click()
    fill(dialog(), identity="seen", kinship="seen", motive="Generated", danger="no")
    (line,) = look()._lines.shown
    assert language.text(MAY_BE_TOLD[Told.NOTHING]) in line.told.text()
    do(book, act="case.opened", kind="trafficking", person=FOUND)
    sought = SoughtDialog(work, office(work))
    sought.open()
    qtbot.waitUntil(lambda: len(sought.rows) == 1)
    assert not sought.answer.isVisible()
    assert not sought.said.isVisible()
    sought.them.click()
    qtbot.waitUntil(lambda: bool(sought.rows) and sought.rows[0].found)
    assert sought.said.isVisible()
    assert not sought.them.isVisible()
    sought.answer.click()
    fill(dialog(), answer="message", message="Мен тірімін")
    (line,) = look()._lines.shown
    assert "Мен тірімін" in line.told.text()
    sought.other.click()
    qtbot.waitUntil(lambda: not sought.rows)
    assert look_for_sought(book) == []
    assert sought.header.meta.isHidden(), "nothing is left to decide"
    sought.close()


def test_what_a_filing_makes_visible_is_weighed_in_one_dialog(work: InlineWork) -> None:
    book = book_of(work)
    case = do(book, act="case.opened", kind="asylum", person=SOUGHT).ids["case"].hex()
    form = visibility_dialog(work, office(work), case, None)  # type: ignore[arg-type]
    form.open()
    fill(dialog(), step="asylum_sought", authority="Generated", learns="Generated")
    assert form.rows["decision"].error is not None
    fill(form, decision="wait", decided_with="person")
    assert form.isVisible(), "why it is not filed is asked"
    fill(form, ground="Generated ground")
    do(book, act="fact.stated", case=case, fact="asylum_sought", without_us=True)


def test_one_weighing_is_printed_from_its_line_on_the_page(
    work: InlineWork, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = book_of(work)
    wanted: list[Any] = []
    case = do(book, act="case.opened", kind="asylum", person=SOUGHT).ids["case"].hex()
    said = {"authority": "Generated body", "learns": "The address.", "ground": "Generated ground"}
    weighed = {"act": "visibility.weighed", "case": case, "step": "asylum_sought", "decided_with": "person", **said}
    first = do(book, decision="wait", **weighed).ids["statement"].hex()
    do(book, decision="file", **weighed)
    monkeypatch.setattr("kzcase.ui.cases.road.print_for", lambda _work, wish, _window: wanted.append(wish))
    card = RoadCard(work, office(work))
    qtbot.addWidget(card)
    card.show_case(asked(work, lambda reader: case_page(reader, case)))
    card.show()
    qtbot.waitUntil(lambda: bool(card._lines.shown))
    lines = [line for line in card._lines.shown if line.print.isVisible()]
    assert [line.row.statement.fact for line in lines if line.row and line.row.statement] == ["visibility_weighed"] * 2
    lines[0].print.click()
    assert [(wish.paper, wish.number) for wish in wanted] == [("weighing", first)]
    for spoken in LANGUAGES:
        paper = text_of(print_paper(book, replace(wanted[0], language=spoken)).content)
        for expected in ("Generated body", "The address.", "Generated ground"):
            assert expected in paper, (spoken, expected)
        assert language.text_in(office(work).said("filing_decision", "wait"), spoken) in paper


def test_somebody_joins_is_heard_apart_and_leaves(work: InlineWork, qtbot: QtBot) -> None:
    from kzcase.queries.office import staff_list
    from kzcase.queries.persons import person_page

    book = book_of(work)
    person = do(book, act="case.opened", kind="child", person=SOUGHT).ids["person"].hex()
    do(book, act="relation.added", person=person, kind="mother", new_person=FOUND)
    card = HouseholdCard(work, office(work))
    qtbot.addWidget(card)

    def page() -> Any:
        return asked(work, lambda reader: person_page(reader, person))

    join_dialog(work, office(work), page(), card).open()
    fill(dialog(), other=page().relations[0].other, nationality_status="undetermined")
    assert len(page().household) == 2
    card.show_page(page())
    card.show()
    mother = next(row for row in page().household if row.person == page().relations[0].other)
    interview_dialog(work, office(work), mother, asked(work, staff_list), card).open()
    fill(dialog(), by=asked(work, staff_list)[0].id, interpreter="phone", on="20.11.2026")
    assert [row.apart for row in page().household if row.person == mother.person] == [True]
    card.show_page(page())
    assert [line.chip.isVisible() for line in card.members.shown] == [True, True]
    names = {line.row.person: line.name.text() for line in card.members.shown if line.row is not None}
    undetermined = language.text(office(work).said("nationality_status", "undetermined"))
    assert names[mother.person].endswith(f" · mother · {undetermined}")
    assert "mother" not in names[person]
    card.show_page(asked(work, lambda reader: person_page(reader, mother.person)))
    (child,) = [line for line in card.members.shown if line.row is not None and line.row.person == person]
    assert " · for them: mother" in child.name.text()
    card.show_page(page())
    leave_dialog(work, mother, card).open()
    fill(dialog(), until="2026-11-21")
    assert [row.person for row in page().household] == [person]
