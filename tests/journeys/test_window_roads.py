"""Every pathway walked through the real window: what the page says is missing is done until it is closed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kzcase.db.rulebook import baseline
from kzcase.domain.case_facts import FACT_KINDS, FILINGS, WEIGHED_IN
from kzcase.domain.road_rows import RoadRow
from kzcase.forms.definition import QuestionKind
from kzcase.forms.library import shipped_form
from kzcase.i18n import render
from kzcase.ui import language
from kzcase.ui.cases.new_dialog import NewCaseDialog
from kzcase.ui.cases.page import CasePage
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.forms.choose_dialog import ChooseFormDialog
from kzcase.ui.forms.page import FormPage
from kzcase.ui.people.sought import SoughtDialog
from kzcase.ui.widgets.buttons import Button
from tests.actions.test_case_facts import FORMS, wanted
from tests.forms_answers import plausible_answers
from tests.journeys.test_window_day import Day, a_day, record_the_consent
from tests.ui.conftest import NOT_OURS
from tests.ui.typing import press, type_text

pytestmark = pytest.mark.qt_log_ignore(*NOT_OURS, extend=True)
KINDS = sorted(baseline().pathways)
BEFOREHAND = ("police_consented", "follow_up_consented", "safe_channel", "no_fear")
"""What guards ask for that no stage names: said at the beginning, as somebody would who knows the road."""


@pytest.fixture
def day(tmp_path: Path, qtbot: QtBot) -> Iterator[Day]:
    with a_day(tmp_path, qtbot, cases=1) as made:
        yield made


def open_a_case(day: Day, kind: str) -> None:
    day.place.new_case()
    dialog = day.shown(NewCaseDialog)
    day.until(lambda: dialog.rows.get("phone") is not None)
    birth = "05.2015" if kind == "child" else "05.1984"
    dialog.restore({"kind": kind, "sex": "female", "citizenship": "UZ", "safe": "safe"})
    type_text(dialog.rows["given"].field, "Жасанды")
    type_text(dialog.rows["birth"].field, birth)
    press(dialog.rows["birth"].field, Qt.Key.Key_Tab)
    dialog.save.click()
    day.until(lambda: isinstance(day.place.stack.currentWidget(), CasePage) and day.case().view is not None)
    day.until(lambda: day.case().road.view is not None)


def road(day: Day) -> RoadRow:
    """What the card shows of the road itself."""
    view = day.case().road.view
    assert view is not None
    return next(each for each in view.roads if not each.id)


def changed(day: Day, before: object) -> None:
    """The card shows what came of it."""
    day.until(lambda: isinstance(day.place.stack.currentWidget(), CasePage))
    day.until(lambda: day.case().road.view is not None and day.case().road.view is not before)


def state(day: Day, fact: str) -> None:
    before = day.case().road.view
    day.case().road.state.click()
    dialog = day.shown(FormDialog)
    dialog.rows["fact"].field.set_code(fact)  # type: ignore[attr-defined]
    if FACT_KINDS[fact].proof:
        type_text(dialog.rows["proof"].field, "No. 1")
    if FACT_KINDS[fact].ground or FACT_KINDS[fact].by is not None:
        type_text(dialog.rows["source"].field, "Жасанды.")
    dialog.save.click()
    day.until(lambda: not dialog_is_open(day))
    changed(day, before)


def dialog_is_open(day: Day) -> bool:
    return any(each.isVisible() for each in day.window.findChildren(FormDialog))


def weigh(day: Day, filing: str) -> None:
    """Before it is filed: who learns what, decided with the person."""
    day.case().road.weigh.click()
    written_down(day, step=filing, authority="Жасанды", learns="Жасанды.", decision="file", decided_with="person")


def vet_whoever_asks(day: Day) -> None:
    """Somebody asks after the person, and everything about them is checked."""
    day.case().tracing.ask.click()
    written_down(day, given="Жасанды", relation="mother")
    day.until(lambda: day.case().tracing.asked and day.case().tracing.asked.rows)
    (line,) = day.case().tracing._lines.shown
    line.vet.click()
    written_down(day, identity="seen", kinship="seen", motive="Жасанды.", danger="no")


def ask_whoever_was_found(day: Day) -> None:
    """Somebody written down elsewhere is the person that is sought, and agrees to be in contact."""
    sought_in = day.case()._case
    open_a_case(day, "stranded")
    dialog = SoughtDialog(day.place.work, day.place.office, day.window)
    dialog.open()
    day.until(lambda: dialog.rows)
    dialog.them.click()
    day.until(lambda: dialog.rows and dialog.rows[0].found)
    dialog.answer.click()
    asking = day.shown(FormDialog)
    asking.rows["answer"].field.set_code("yes")  # type: ignore[attr-defined]
    asking.save.click()
    day.until(lambda: not dialog_is_open(day))
    dialog.close()
    day.place.open_case(sought_in)
    day.until(lambda: isinstance(day.place.stack.currentWidget(), CasePage) and day.case()._case == sought_in)
    day.until(lambda: day.case().view is not None and road_of(day) == sought_in)


def road_of(day: Day) -> str:
    """The case whose road the card shows; a card that is being filled anew shows none."""
    view = day.case().road.view
    return "" if view is None else view.case


def written_down(day: Day, **said: str) -> None:
    """What the open dialog asks is said and saved, and the card shows what came of it."""
    before, dialog = day.case().road.view, day.shown(FormDialog)
    for name, value in said.items():
        field: Any = dialog.rows[name].field
        field.set_code(value) if hasattr(field, "set_code") else type_text(field, value)
    dialog.save.click()
    day.until(lambda: not dialog_is_open(day))
    changed(day, before)


def fill_in(day: Day, form_id: str) -> None:
    before = day.case().road.view
    form, spoken = shipped_form(form_id), language.current()
    day.case().sheets.fill.click()
    choosing = day.shown(ChooseFormDialog)
    day.until(lambda: choosing.offer is not None)
    choosing.every.setChecked(True)
    type_text(choosing.search, form.title[spoken])
    press(choosing.search, Qt.Key.Key_Return, text="\r")
    page = day.shown(FormPage)
    assert page.draft_place().endswith(f"/{form_id}")
    day.until(lambda: page.interview is not None)
    assert page.interview is not None
    said = plausible_answers(form) or {next(q.path for q in form.walk() if q.kind is QuestionKind.TEXT): "x"}
    for path, value in said.items():
        page.interview.answer(path, value)
    page.save.click()
    changed(day, before)


def close(day: Day) -> None:
    before = day.case().road.view
    day.case().close_case.click()
    dialog = day.shown(FormDialog)
    dialog.rows["reason"].field.set_code("goals_reached")  # type: ignore[attr-defined]
    type_text(dialog.rows["summary"].field, "Жасанды.")
    for name, row in dialog.rows.items():
        if name not in ("reason", "summary") and hasattr(row.field, "set_code"):
            row.field.set_code("yes")
    dialog.save.click()
    day.until(lambda: not dialog_is_open(day))
    changed(day, before)


def report(day: Day) -> None:
    """What the law may want reported: to whom, and what the person was told."""
    before = day.case().road.view
    day.case().road.report.click()
    dialog = day.shown(FormDialog)
    for name in ("addressee", "proof", "told"):
        type_text(dialog.rows[name].field, "Жасанды.")
    dialog.save.click()
    day.until(lambda: not dialog_is_open(day))
    changed(day, before)


def waits_for_a_report(day: Day) -> bool:
    view = day.case().road.view
    assert view is not None
    return any(word.code == "report_made" for held in view.held for word in held.one_of)


def satisfy(day: Day, fact: str) -> None:
    """Do in the window what makes a fact true."""
    if fact == "closed":
        if waits_for_a_report(day):
            report(day)
        close(day)
    elif fact == "consented":
        before = day.case().road.view
        record_the_consent(day)
        changed(day, before)
    elif fact in FORMS:
        fill_in(day, FORMS[fact])
    elif fact == "enquirer_vetted":
        vet_whoever_asks(day)
    elif fact == "found_agreed":
        ask_whoever_was_found(day)
    else:
        if fact in FILINGS and day.view().kind in WEIGHED_IN:
            weigh(day, fact)
        state(day, fact)


@pytest.mark.parametrize("kind", KINDS)
def test_a_road_is_walked_to_its_end_in_the_window(day: Day, kind: str) -> None:
    open_a_case(day, kind)
    for fact in BEFOREHAND:
        if any(each.code == fact for each in day.case().road.view.offered):  # type: ignore[union-attr]
            state(day, fact)
    passed = [road(day).stage_id]
    while passed[-1] != "closed":
        for fact in wanted(road(day)):
            if fact not in {word.code for word in road(day).reasons}:
                satisfy(day, fact)
        assert road(day).stage_id != passed[-1], (passed, wanted(road(day)))
        passed.append(road(day).stage_id)
    needed = [stage.id for stage in baseline().pathways[kind].stages if not stage.optional]
    assert [stage for stage in passed if stage in needed] == [stage for stage in needed if stage in passed]
    assert len(passed) > 3


def beside(day: Day, track: str) -> str:
    view = day.case().road.view
    assert view is not None
    return next(each.stage_id for each in view.roads if each.id == track)


def clocks_shown(day: Day) -> str:
    view = day.case().road.view
    assert view is not None
    return "\n".join(render(clock.name, "en") for clock in view.clocks)


def course(day: Day, button: Button) -> None:
    """Suspend, take up again or open again: a dialog that asks why, or none."""
    before = day.case().road.view
    button.click()
    day.until(lambda: dialog_is_open(day) or day.case().road.view is not before)
    if dialog_is_open(day):
        written_down(day, reason="Жасанды.")
    else:
        changed(day, before)


def test_a_track_and_the_course_of_a_case_are_walked_in_the_window(day: Day) -> None:
    open_a_case(day, "trafficking")
    assert "police" not in clocks_shown(day), "nobody agreed to it, and no life is in danger"
    state(day, "police_consented")
    assert "The person agreed that the police are told" in clocks_shown(day)
    state(day, "crime_reported")
    assert (beside(day, "criminal"), "are told" in clocks_shown(day)) == ("reported", False)
    for fact in ("crime_registered", "investigation_begun", "case_in_court", "verdict_given"):
        state(day, fact)
    assert beside(day, "criminal") == "verdict"
    stood = road(day).stage_id
    course(day, day.case().road.suspend)
    assert road(day).stage_id == "suspended"
    course(day, day.case().road.suspend)
    assert road(day).stage_id == stood
