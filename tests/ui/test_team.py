"""The team in the window: a caseload handed over and taken back, a flag, an offer, minutes, all of it by hand."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from kzcase.domain.permissions import Role
from kzcase.i18n import LANGUAGES
from kzcase.queries.my_day import my_day
from kzcase.queries.office import staff_list
from kzcase.queries.together import together
from kzcase.ui import language
from kzcase.ui.at_work import office_at
from kzcase.ui.cases.reason_dialog import ReasonDialog
from kzcase.ui.cases.task_dialog import task_dialog
from kzcase.ui.supervision.card import TogetherCard
from kzcase.ui.supervision.conference_dialog import ConferenceDialog, outsiders
from kzcase.ui.supervision.dialogs import approve_own_dialog, give_dialog, request_dialog
from kzcase.ui.supervision.timeline import TimelineCard
from kzcase.ui.team.hand_over_dialog import HandOverDialog
from kzcase.ui.team.page import TeamPage
from tests.actions.steps import do
from tests.db.laptops import colleague
from tests.ui.naming import assert_all_named
from tests.ui.offices import offered, with_case, working


@pytest.fixture
def office(tmp_path: Path):
    with working(tmp_path) as (book, work):
        work.case, _partner = with_case(book)
        work.book = book
        work.other = colleague(book, Role.CASEWORKER)
        yield work


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def holder(office) -> bytes:
    with office.book.read() as reader:
        return bytes(reader.session.connection().exec_driver_sql("SELECT worker_id FROM cases").scalar_one())


def test_a_caseload_is_handed_over_and_taken_back(office, qtbot) -> None:
    page = TeamPage(office, office_at(office))
    qtbot.addWidget(page)
    offered(page)
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(page)
    founder = office.book.acting.staff_id
    place = next(n for n, row in enumerate(page.members) if row.staff == founder.hex())
    page.people.selectRow(place)
    page.hand_over.click()
    (dialog,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, HandOverDialog)]
    assert_all_named(dialog)
    dialog.save.click()
    assert dialog.rows["to"].error is not None
    dialog.to.set_codes([office.other.staff_id.hex()])
    dialog.all.setChecked(False)
    assert dialog.wish().cases == (office.case,)
    dialog.save.click()
    assert holder(office) == office.other.staff_id
    page.undo.click()
    assert holder(office) == founder
    page.hide()


def test_the_card_shows_a_flag_takes_it_off_and_prints_nothing_unasked(office, window, qtbot) -> None:
    do(office.book, act="flag.raised", case=office.case, kind="danger", reason="Қорқытып отыр.")
    do(office.book, act="approval.asked", case=office.case, what="plan")
    card = TogetherCard(office, office_at(office))
    qtbot.addWidget(card)
    offered(card).show_case(office.case)
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(card)
    language.switch("en")
    assert [line.chip.accessibleName() for line in card.lines.shown] == [
        "flag",
        "waits for a decision",
    ]
    card.lines.shown[0].act.click()
    dialog = next(each for each in QApplication.topLevelWidgets() if type(each).__name__ == "FormDialog")
    dialog.rows["reason"].field.setText("Көшіп кетті.")
    dialog.save.click()
    card.show_case(office.case)
    assert card.lines.shown[0].chip.accessibleName() == "taken off"
    card.hide()


def test_ones_own_approval_is_offered_only_by_a_word_of_its_own(office, window) -> None:
    asked = do(office.book, act="approval.asked", case=office.case, what="plan").ids["approval"].hex()
    dialog = approve_own_dialog(office, office.case, asked, window)
    dialog.save.click()
    assert dialog.rows["comment"].error is not None
    dialog.rows["comment"].field.setText("Басқа ешкім жоқ.")
    dialog.save.click()
    with office.book.read() as reader:
        assert together(reader, office.case).approvals[0].own
    dialog.deleteLater()


@pytest.mark.parametrize("how", ["offer", "at_once"])
def test_a_case_is_offered_or_given_at_once(office, window, how: str) -> None:
    with office.book.read() as reader:
        staff = staff_list(reader)
    dialog = give_dialog(office, office_at(office), office.case, staff, window)
    dialog.rows["worker"].field.set_code(office.other.staff_id.hex())
    dialog.rows["how"].field.set_code(how)
    dialog.save.click()
    assert (holder(office) == office.other.staff_id) == (how == "at_once")
    dialog.deleteLater()


def test_minutes_are_written_with_everybody_who_was_there(office, window) -> None:
    with office.book.read() as reader:
        staff = staff_list(reader)
    dialog = ConferenceDialog(office, office_at(office), office.case, staff, window)
    offered(dialog)
    assert_all_named(dialog)
    dialog.save.click()
    assert {name for name, row in dialog.rows.items() if row.error is not None} == {"kind", "minutes"}
    dialog.rows["kind"].field.set_code("plan_review")
    dialog.rows["on"].field.setText("22.11.2026")
    dialog.rows["minutes"].field.setText("Жоспар қаралды.")
    dialog.colleagues.set_codes([office.other.staff_id.hex()])
    dialog.rows["outsiders"].field.setText("Сынақов Әлі, Дағдарыс орталығы\n\nМысалова")
    dialog.rows["text0"].field.setText("Баспана табу")
    dialog.rows["due0"].field.setText("01.12.2026")
    dialog.save.click()
    with office.book.read() as reader:
        (held,) = together(reader, office.case).conferences
        assert [row.when for row in my_day(reader) if row.doable] == ["later"]
    assert len(held.members) == 3


def test_outsiders_are_read_line_by_line() -> None:
    assert [(one.name, one.organisation) for one in outsiders("A, B, C\n\n ,x\nD")] == [("A", "B, C"), ("D", "")]


def test_a_task_is_given_with_all_there_is_to_say(office, window) -> None:
    with office.book.read() as reader:
        staff = staff_list(reader)
    dialog = task_dialog(office, office_at(office), office.case, staff, window, {"title": "Қоңырау шалу"})
    dialog.rows["due"].field.setText("01.12.2026")
    dialog.rows["priority"].field.set_code("high")
    dialog.rows["repeats"].field.set_code("weekly")
    dialog.save.click()
    with office.book.read() as reader:
        assert [(row.priority, row.repeats) for row in my_day(reader) if row.doable] == [("high", "weekly")]
    dialog.deleteLater()


def test_whoever_may_not_look_may_ask_for_the_case_instead(office, window, qtbot) -> None:
    reasons = ReasonDialog(office_at(office), window, can_ask=True)
    with qtbot.waitSignal(reasons.asked):
        reasons.ask.click()
    dialog = request_dialog(office, office.case, window)
    assert_all_named(dialog)
    dialog.reject()


def test_the_timeline_is_shown_with_what_is_late_first_in_its_day(office, qtbot) -> None:
    card = TimelineCard(office)
    qtbot.addWidget(card)
    offered(card).show_case(office.case)
    assert card.rows
    assert_all_named(card)
    card.hide()
