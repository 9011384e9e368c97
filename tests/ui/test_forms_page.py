"""The form screen: what is asked follows the answers, nothing typed is lost, and only a right sheet is stored."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from kzcase.actions.form_texts import CheckText, check_text
from kzcase.actions.forms import AnswerForm, answer_form
from kzcase.actions.office_forms import add_form, form_file
from kzcase.domain.classes import FieldClass
from kzcase.i18n import LANGUAGES, render
from kzcase.queries.case_page import case_page
from kzcase.queries.sheets import filled_form_row
from kzcase.ui import language
from kzcase.ui.forms import told
from kzcase.ui.forms.filling import sections_of
from kzcase.ui.forms.page import FormPage
from kzcase.ui.forms.parts import RepeatView
from kzcase.ui.forms.printing import BLANK, FILLED, PrintFormDialog
from kzcase.ui.forms.question import NoteView, QuestionView
from kzcase.ui.forms.stored import AT_ONCE, StoredSheetDialog
from kzcase.ui.forms.told import facts, read_stored
from kzcase.ui.messages import MessageDialog
from kzcase.ui.widgets.facts import FactList
from tests.ui.naming import assert_all_named
from tests.ui.offices import Keyboard, offered, with_case, working
from tests.ui.sample_form import source
from tests.ui.typing import press

FORM = "victim_screening"
SAFE = {
    "safety/preferred_sex": "no_preference", "safety/preference_met": "yes", "safety/alone": "yes",
    "safety/watched": "no", "safety/safe_now": "yes", "safety/continue_ok": "no",
}  # fmt: skip
"""The shortest sheet that can be stored: the talk was put off."""


@pytest.fixture
def page(qtbot, tmp_path: Path):
    with working(tmp_path) as (book, work):
        case, _partner = with_case(book)
        made = FormPage(work, case, FORM)
        made.book, made.work, made.case = book, work, case
        qtbot.addWidget(made)
        offered(made)
        made.filling.section.finish()
        made.take_keyboard()
        yield made
        made.hide()


def view(page: FormPage, path: str) -> QuestionView | NoteView | RepeatView:
    for section in page.filling.sections:
        section.finish()
        for each in section.views():
            if each.path == path:
                return each
    raise AssertionError(path)


def fill(page: FormPage, answers: dict[str, str]) -> None:
    for path, value in answers.items():
        page.interview.answer(path, value)


def test_only_the_part_looked_at_is_built(page: FormPage) -> None:
    assert [section.ready for section in page.filling.sections].count(True) == 1
    page.filling.go(3)
    page.filling.section.finish()
    assert [section.ready for section in page.filling.sections].count(True) == 2


def test_building_gives_the_window_its_turn(page: FormPage) -> None:
    """A part is built in steps, and no step makes more than one question; nothing of it is seen before it is whole."""
    section = page.filling.sections[3]
    made = [0]
    for _step in section.steps():
        assert section.isVisibleTo(section.parentWidget()) == section.ready
        made.append(len(list(section.views())))
    assert max(after - before for before, after in pairwise(made)) == 1
    assert made[-1] >= 15


def test_what_is_asked_follows_the_answers(page: FormPage) -> None:
    danger = view(page, "safety/danger")
    assert not danger.isVisible()
    page.interview.answer("safety/watched", "yes")
    assert danger.isVisible()
    page.interview.answer("safety/watched", "no")
    assert not danger.isVisible()
    assert page.filling._neighbour(1) is None
    page.interview.answer("safety/continue_ok", "yes")
    assert page.filling._neighbour(1) == 1


def test_the_keyboard_alone_walks_through(page: FormPage) -> None:
    keys = Keyboard(page)
    assert page.filling.current().path == "safety/preferred_sex"
    keys.type("в")
    assert page.interview.sheet.get("safety/preferred_sex") == "no_preference"
    assert page.filling.current().path == "safety/preferred_interpreter_sex"
    keys.enter()
    assert page.filling.current().path == "safety/preference_met"
    for letter in "ффыфы":
        keys.type(letter)
    assert page.interview.sheet.get("safety/safe_now") == "yes"
    page.interview.answer("safety/continue_ok", "yes")
    for _question in range(20):
        if page.filling.next.hasFocus():
            break
        keys.enter()
    assert page.filling.next.hasFocus()
    keys.press(Qt.Key.Key_Space)
    assert page.filling.number == 1


def test_wrong_answers_are_said_at_the_question(page: FormPage) -> None:
    page.interview.answer("safety/continue_ok", "yes")
    asked = view(page, "admin/interviews_before")
    asked.editor.line.setText("700")
    asked.editor.line.textEdited.emit("700")
    asked.editor.line.editingFinished.emit()
    for spoken in LANGUAGES:
        page.interview.speak(spoken)
        assert "50" in asked.wrong.text()
    asked.editor.line.setText("7")
    asked.editor.line.textEdited.emit("7")
    assert asked.wrong.text() == ""


def test_a_day_that_is_none_and_a_day_to_come(page: FormPage) -> None:
    page.interview.answer("safety/continue_ok", "yes")
    asked = view(page, "admin/screening_date")
    assert asked.editor.day.text() == "22.11.2026"
    for typed in ("31.02.2026", "23.11.2026"):
        asked.editor.day.setText(typed)
        asked.editor.day.editingFinished.emit()
        asked.editor.day._read()
        asked._left()
        assert asked.wrong.text(), typed
    asked.editor.day.setText("21.11.26")
    asked.editor.day._read()
    assert page.interview.sheet.get("admin/screening_date") == "2026-11-21"
    assert asked.wrong.text() == ""


def test_nothing_wrong_is_said_before_somebody_was_there(page: FormPage) -> None:
    assert all(not each.wrong.text() for each in page.filling.section.question_views())


def test_saving_goes_to_the_first_thing_that_is_wrong(page: FormPage) -> None:
    page.filling.go(9)
    page.save.click()
    page.filling.section.finish()
    assert page.filling.number == 0
    assert page.filling.current().path == "safety/preferred_sex"
    assert page.filling.current().wrong.text()
    assert page.told.isVisible()
    with page.book.read() as reader:
        assert case_page(reader, page.case).sheets == ()


def test_a_right_sheet_is_stored_with_its_reasons(page: FormPage, qtbot) -> None:
    fill(page, SAFE)
    page.interview.leave_open("safety/doctor_now", "refused")
    page.interview.speak("ru")
    with qtbot.waitSignal(page.saved) as saved:
        page.save.click()
    assert not page.has_unsaved()
    with page.book.read() as reader:
        (sheet,) = case_page(reader, page.case).sheets
        stored = filled_form_row(reader, page.case, FORM)
    assert saved.args == [sheet.id]
    assert (sheet.form_id, sheet.language) == (FORM, "ru")
    assert stored.answers == {**stored.answers, **SAFE}
    assert stored.missing == {"safety/doctor_now": "refused"}


def test_reasons_for_no_answer_come_by_key_and_go_by_answering(page: FormPage) -> None:
    asked = page.filling.current()
    page.filling._reason()
    menu = asked.findChild(QMenu)
    assert [action.text() for action in menu.actions()][:3] == ["Not asked", "Refused to answer", "Unknown"]
    menu.actions()[1].trigger()
    menu.close()
    assert page.interview.sheet.missing(asked.path) == "refused"
    assert asked.reason.text() == "Refused to answer"
    asked.setFocus()
    Keyboard(page).type("ф")
    assert page.interview.sheet.missing(asked.path) == ""
    assert asked.reason.text() == "No answer"
    asked.leave_open("unknown")
    assert page.interview.sheet.get(asked.path) == ""
    asked.leave_open("")
    assert (page.interview.sheet.missing(asked.path), asked.reason.text()) == ("", "No answer")


def with_journey(page: FormPage) -> RepeatView:
    fill(page, {"safety/continue_ok": "yes", "agreement/consent": "given", "transport/moved": "yes"})
    page.filling.go(5)
    page.filling.section.finish()
    legs = view(page, "transport/legs")
    assert isinstance(legs, RepeatView)
    return legs


def test_repeats_come_and_go_and_keep_their_answers(page: FormPage) -> None:
    legs = with_journey(page)
    assert len(legs.cards) == 1
    legs.more.click()
    legs.more.click()
    first, second, third = legs.cards
    for path, country in ((first, "UZ"), (second, "KZ"), (third, "RU")):
        page.interview.answer(f"{path}/from_country", country)
    legs.cards[second].remove.click()
    assert list(legs.cards) == [first, third]
    shown = [card.part.views[0].editor.field.code() for card in legs.cards.values()]
    assert shown == ["UZ", "RU"]
    assert [card.title.text()[-1] for card in legs.cards.values()] == ["1", "2"]
    assert page.interview.sheet.values()["transport/legs[2]/from_country"] == "RU"


def test_rules_hold_inside_each_repeat(page: FormPage) -> None:
    legs = with_journey(page)
    legs.more.click()
    first, second = legs.cards
    page.interview.answer(f"{first}/from_country", "UZ")
    page.interview.answer(f"{first}/to_country", "KZ")
    assert view(page, f"{first}/border_point").isVisible()
    assert not view(page, f"{second}/border_point").isVisible()


def test_drafts_bring_everything_back(page: FormPage, qtbot) -> None:
    assert page.draft() == {}
    legs = with_journey(page)
    legs.more.click()
    page.interview.answer(f"{list(legs.cards)[1]}/from_country", "TJ")
    page.interview.leave_open("safety/watched", "unknown")
    page.interview.speak("en")
    kept = dict(page.draft())
    assert page.draft_place() == f"form/{page.case}/{FORM}"
    again = FormPage(page.work, page.case, FORM)
    qtbot.addWidget(again)
    again.restore(kept)
    assert dict(again.draft()) == kept
    assert again.interview.sheet.values() == page.interview.sheet.values()
    assert again.interview.language == "en"
    again.interview.strict = True
    again.filling.section.finish()
    assert len(view(again, "transport/legs").cards) == 2


def test_a_draft_that_no_longer_fits_does_not_stop_the_form(page: FormPage) -> None:
    page.restore({"answer/no/such/question": "1"})
    assert page.told.isVisible()
    assert page.interview.sheet.get("safety/alone") == ""


def test_typing_is_told_as_a_draft(page: FormPage, qtbot) -> None:
    with qtbot.waitSignal(page.work.typed, timeout=1000):
        page.interview.answer("safety/alone", "yes")


def test_both_languages_change_without_losing_anything(page: FormPage) -> None:
    fill(page, {"safety/alone": "yes", "safety/stop_sign": "қызыл"})
    before = page.interview.sheet.values()
    label = view(page, "safety/alone").label
    for window in LANGUAGES:
        for interview in LANGUAGES:
            language.switch(window)
            page.filling.spoken.set_code(interview)
            page.filling.spoken.chosen.emit(interview)
            question = page.interview.form.by_path["safety/alone"]
            assert label.text() == f"{question.label[interview]} *"
            assert page.save.accessibleName() == render(page.save._said, window)
            assert page.interview.sheet.values() == before
    assert view(page, "safety/stop_sign").editor.line.text() == "қызыл"


def test_every_control_is_named(page: FormPage) -> None:
    with_journey(page)
    for spoken in LANGUAGES:
        language.switch(spoken)
        page.interview.speak(spoken)
        assert_all_named(page)
    for section in page.filling.sections:
        section.finish()
    page.filling.go(3)
    assert_all_named(page)


def test_leaving_asks_before_answers_are_lost(page: FormPage) -> None:
    closed: list[bool] = []
    page.closed.connect(lambda: closed.append(True))
    page.interview.answer("safety/alone", "yes")
    Keyboard(page).press(Qt.Key.Key_Escape)
    (asked,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, MessageDialog) and each.isVisible()]
    asked.reject()
    assert not closed
    assert page.interview.sheet.get("safety/alone") == "yes"


def test_progress_counts_what_is_asked(page: FormPage) -> None:
    progress = page.interview.progress(page.filling.sections[0].questions)
    assert (progress.answered, progress.wrong) == (0, 0)
    page.interview.answer("safety/alone", "yes")
    page.interview.leave_open("safety/watched", "refused")
    page.filling._count()
    after = page.interview.progress(page.filling.sections[0].questions)
    assert (after.answered, after.asked) == (2, progress.asked)


def test_a_filled_paper_is_offered_only_where_there_is_one(page: FormPage, qtbot) -> None:
    page.print.click()
    dialog = page.findChild(PrintFormDialog)
    assert (dialog.wish().case, dialog.wish().blank) == (page.case, True), "its scan finds the case again"
    assert (dialog.which.code(), dialog.language.code()) == (BLANK, "en")
    assert not dialog.which.buttons[1].isEnabled()
    assert_all_named(dialog)
    dialog.reject()
    fill(page, SAFE)
    page.save.click()
    other = PrintFormDialog(page.work, page.case, FORM, "kk", parent=page)
    other.which.set_code(FILLED)
    assert other.which.buttons[1].isEnabled()
    assert (other.wish().case, other.wish().language, other.wish().blank) == (page.case, "kk", False)
    other.reject()


def client_paper(page: FormPage, *checked: str) -> PrintFormDialog:
    """The dialog of a form whose paper the client takes along, with texts in Uzbek and Kyrgyz."""
    dialog = PrintFormDialog(page.work, page.case, FORM, "kk", parent=page)
    line = msgspec.structs.replace(dialog._printable.form, client_paper=True, further_languages=("uz", "ky"))
    dialog._take(replace(dialog._printable, form=line, checked=frozenset(checked)))
    return offered(dialog)


def test_the_question_takes_the_room_it_needs_and_no_more(page: FormPage) -> None:
    dialog = client_paper(page)
    page_inside = dialog.inside.widget()
    assert dialog.inside.verticalScrollBar().maximum() == 0, "nothing to scroll"
    assert page_inside.height() == dialog.inside.body.totalHeightForWidth(page_inside.width()), "no empty room"
    dialog.reject()


def test_before_a_client_takes_a_paper_along_it_is_asked_whether_that_is_safe(page: FormPage) -> None:
    dialog = client_paper(page)
    assert dialog.safe.isVisible()
    assert dialog.discreet.isVisible()
    assert not dialog.show_paper.isEnabled(), "nobody was asked yet"
    for answer, prints in (("no", False), ("yes", True), ("office", True)):
        dialog.safe.set_code(answer)
        dialog.safe.chosen.emit(answer)
        assert dialog.show_paper.isEnabled() is prints
        assert dialog.taking.told.isVisible() is not prints
        assert dialog.wish().safe_to_take == answer
    dialog.discreet.setChecked(True)
    assert dialog.wish().discreet
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(dialog)
    dialog.reject()


def test_texts_nobody_checked_are_said_to_be_so(page: FormPage) -> None:
    dialog = client_paper(page, "uz")
    for first, second, checked in (("kk", "", True), ("uz", "kk", True), ("ky", "", False), ("uz", "ky", False)):
        dialog.language.set_code(first)
        dialog.second.set_code(second or None)
        dialog.language.chosen.emit(first)
        assert dialog.told.isVisible() is not checked
    dialog.reject()


def test_a_text_no_native_reader_checked_says_so_on_the_screen(qtbot, tmp_path: Path) -> None:
    with working(tmp_path) as (book, work):
        case, _partner = with_case(book)
        check_text(book, CheckText(form="safety_card", language="uz", reader="Үлгі"))
        made = FormPage(work, case, "safety_card")
        qtbot.addWidget(made)
        offered(made)
        told = {}
        for spoken in ("kk", "uz", "tg", "ru"):
            made.interview.speak(spoken)
            told[spoken] = made.unchecked.isVisible()
        made.hide()
    assert told == {"kk": False, "uz": False, "tg": True, "ru": False}


# A stored sheet


def test_a_stored_sheet_is_shown_as_it_was_answered(page: FormPage, qtbot) -> None:
    fill(page, SAFE)
    page.interview.answer("safety/stop_sign", "қызыл")
    page.interview.leave_open("safety/doctor_now", "refused")
    with qtbot.waitSignal(page.saved) as saved:
        page.save.click()
    dialog = offered(StoredSheetDialog(page.work, saved.args[0], page))
    shown = [label.text() for label in dialog.findChildren(QLabel)]
    form = dialog.told.form
    assert form.by_path["safety/alone"].label["en"] in shown
    assert {"Yes", "No", "қызыл", "Refused to answer"} <= set(shown)
    dialog.language.set_code("ru")
    dialog.language.chosen.emit("ru")
    assert form.by_path["safety/alone"].label["ru"] in [label.text() for label in dialog.findChildren(QLabel)]
    assert_all_named(dialog)
    dialog.reject()


def test_classes_one_does_not_see_are_veiled_in_a_stored_sheet(page: FormPage) -> None:
    fill(page, SAFE)
    page.interview.answer("safety/doctor_now", "yes")
    ids: list[str] = []
    page.saved.connect(ids.append)
    page.save.click()
    with page.book.read() as reader:
        told = read_stored(reader, ids[0])
    blind = replace(told, stored=replace(told.stored, shown=told.stored.shown - {FieldClass.HEALTH}))
    section = told.form.questions[:1]
    seen = {label.arguments["text"]: value for label, value in facts(told, section, "en")}
    veiled = {label.arguments["text"]: value for label, value in facts(blind, section, "en")}
    doctor = told.form.by_path["safety/doctor_now"].label["en"]
    assert (seen[doctor].arguments["text"], veiled[doctor].arguments["text"]) == ("Yes", "••••")


def test_a_stored_sheet_is_built_in_steps_and_read_with_the_keyboard(page: FormPage, qtbot) -> None:
    """Canary: all of a long sheet at once would let the window stand still."""
    fill(page, SAFE)
    with qtbot.waitSignal(page.saved, timeout=2000) as saved:
        page.save.click()
    dialog = offered(StoredSheetDialog(page.work, saved.args[0], page))
    dialog.resize(dialog.width(), 260)
    told = dialog.told
    answers = sum(len(list(facts(told, section, "kk"))) for section in sections_of(told.form))
    steps = list(dialog._cards(told, "kk"))
    assert AT_ONCE <= 10
    assert len(steps) >= answers / AT_ONCE
    assert max(each._grid.rowCount() for each in dialog.findChildren(FactList)) <= AT_ONCE
    QApplication.processEvents()
    bar = dialog.inside.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0, timeout=2000)
    press(dialog, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    press(dialog, Qt.Key.Key_Home)
    assert bar.value() == 0
    dialog.done(0)


def stored(page: FormPage, qtbot, answers: dict[str, str] = SAFE) -> str:
    """Save the sheet; its id."""
    fill(page, answers)
    with qtbot.waitSignal(page.saved, timeout=2000) as saved:
        page.save.click()
    return saved.args[0]


def correcting(page: FormPage, qtbot, sheet: str) -> FormPage:
    again = FormPage(page.work, page.case, FORM, sheet=sheet)
    qtbot.addWidget(again)
    return offered(again)


def test_a_stored_sheet_is_corrected_and_every_moment_can_be_read(page: FormPage, qtbot) -> None:
    page.interview.leave_open("safety/doctor_now", "refused")
    sheet = stored(page, qtbot)
    again = correcting(page, qtbot, sheet)
    assert again.interview.sheet.get("safety/alone") == "yes"
    assert again.draft() == {}, "nothing is unsaved yet"
    again.interview.answer("safety/alone", "no")
    assert again.has_unsaved()
    assert again.draft_place() == f"form/{page.case}/{FORM}/{sheet}"
    with qtbot.waitSignal(again.saved, timeout=2000) as saved:
        again.save.click()
    assert saved.args == [sheet], "it is the same sheet"
    with page.book.read() as reader:
        assert len(case_page(reader, page.case).sheets) == 1
        assert read_stored(reader, sheet).sheet.get("safety/alone") == "no"
        assert read_stored(reader, sheet).sheet.missing("safety/doctor_now") == "refused"
    dialog = offered(StoredSheetDialog(page.work, sheet, page))
    assert dialog.moment.isVisible()
    assert dialog.moment.count() == 2
    first = dialog.moment._rows.choices[1].code
    dialog.moment.set_code(first)
    dialog.moment.chosen.emit(first)
    assert dialog.told.sheet.get("safety/alone") == "yes"
    dialog.moment.set_code(None)
    dialog.moment.chosen.emit("")
    assert dialog.told.sheet.get("safety/alone") == "no"
    assert_all_named(dialog)
    dialog.reject()


def test_correcting_back_what_was_typed_is_nothing_unsaved(page: FormPage, qtbot) -> None:
    again = correcting(page, qtbot, stored(page, qtbot))
    again.interview.answer("safety/alone", "no")
    again.interview.answer("safety/alone", "yes")
    assert not again.has_unsaved()
    again.interview.answer("safety/alone", "")
    assert again.has_unsaved(), "an answer taken away is a change too"


def test_repeats_keep_their_ids_while_they_are_corrected(page: FormPage, qtbot) -> None:
    """Canary: were they numbered anew, every answer of every repeat would count as corrected."""
    xform = form_file("sample_every_kind.yaml", source())
    page.work.do(lambda book: add_form(book, xform))
    said = {f"lists/relatives[{n}]/who": who for n, who in enumerate(("Ана", "Әке", "Апа"), 1)}
    wish = AnswerForm(case=page.case, form="sample_every_kind", answers=said)
    sheets: list[str] = []
    page.work.do(lambda book: sheets.append(answer_form(book, wish).ids["sheet"].hex()))
    again = FormPage(page.work, page.case, "sample_every_kind", sheet=sheets[0])
    qtbot.addWidget(again)
    offered(again)
    assert again.draft() == {}
    first, second, third = again.interview.repeats("lists/relatives")
    again.interview.remove_repeat(first)
    again.interview.answer(f"{third}/who", "Апай")
    added = again.interview.add_repeat("lists/relatives")
    again.interview.answer(f"{added}/who", "Аға")
    kept = dict(again.draft())
    later = FormPage(page.work, page.case, "sample_every_kind", sheet=sheets[0])
    qtbot.addWidget(later)
    later.restore(kept)
    assert later.interview.repeats("lists/relatives") == (second, third, added)
    changed = later._correction()
    assert changed.removed == [first]
    assert changed.answers == {f"{third}/who": "Апай", f"{added}/who": "Аға"}
    with qtbot.waitSignal(later.saved, timeout=2000):
        later.save.click()
    with page.book.read() as reader:
        stored_now = read_stored(reader, sheets[0]).sheet.values()
    assert [value for path, value in stored_now.items() if path.endswith("who")] == ["Әке", "Апай", "Аға"]


def test_the_draft_of_a_correction_comes_back(page: FormPage, qtbot) -> None:
    sheet = stored(page, qtbot)
    again = correcting(page, qtbot, sheet)
    again.interview.answer("safety/alone", "no")
    kept = dict(again.draft())
    once_more = FormPage(page.work, page.case, FORM, sheet=sheet)
    qtbot.addWidget(once_more)
    once_more.restore(kept)
    assert once_more.interview.sheet.get("safety/alone") == "no"
    assert once_more.has_unsaved()


def test_nobody_corrects_what_they_do_not_see(page: FormPage, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(page, {"safety/doctor_now": "yes"})
    sheet = stored(page, qtbot)
    dialog = offered(StoredSheetDialog(page.work, sheet, page))
    assert dialog.correct.isVisible()
    with qtbot.waitSignal(dialog.correct_wanted) as wanted:
        dialog.correct.click()
    assert wanted.args == [page.case, FORM, sheet]
    blind = told.stored_sheet
    monkeypatch.setattr(
        told,
        "stored_sheet",
        lambda *asked: replace(found := blind(*asked), shown=found.shown - {FieldClass.HEALTH}),
    )
    other = offered(StoredSheetDialog(page.work, sheet, page))
    assert not other.correct.isVisible()
    assert other.hidden.isVisible()
    other.reject()
    refused = correcting(page, qtbot, sheet)
    assert refused.interview is None
    assert refused.told.isVisible()


def test_a_second_filling_in_shows_the_first_beside_it(page: FormPage, qtbot) -> None:
    fill(page, {"safety/stop_sign": "қызыл"})
    stored(page, qtbot)
    again = FormPage(page.work, page.case, FORM)
    qtbot.addWidget(again)
    offered(again)
    for path, said in (("safety/alone", "Yes"), ("safety/stop_sign", "қызыл")):
        asked = view(again, path)
        assert asked.aside.before.text().endswith(f": {said}")
    assert again.interview.sheet.get("safety/alone") == ""
    again.interview.speak("kk")
    assert view(again, "safety/alone").aside.before.text().endswith(": Иә")


def test_answers_hidden_from_somebody_are_hidden_beside_too(
    page: FormPage, qtbot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(page, {"safety/doctor_now": "yes"})
    stored(page, qtbot)
    blind = told.stored_sheet
    monkeypatch.setattr(
        told,
        "stored_sheet",
        lambda *asked: replace(found := blind(*asked), shown=found.shown - {FieldClass.HEALTH}),
    )
    again = FormPage(page.work, page.case, FORM)
    qtbot.addWidget(again)
    offered(again)
    assert view(again, "safety/doctor_now").aside.before.text().endswith("••••")


def test_an_unusual_answer_stops_saving_until_it_is_confirmed(page: FormPage, qtbot) -> None:
    xform = form_file("sample_every_kind.yaml", source())
    page.work.do(lambda book: add_form(book, xform))
    own = FormPage(page.work, page.case, "sample_every_kind")
    qtbot.addWidget(own)
    offered(own)
    own.interview.answer("doubts/age", "104")
    own.save.click()
    assert "unusual" in own.told.sentence.text(), "it is not wrong, and is not said to be"
    asked = own.filling.current()
    assert asked.path == "doubts/age"
    asked.doubt.right.click()
    with qtbot.waitSignal(own.saved, timeout=2000) as saved:
        own.save.click()
    with page.book.read() as reader:
        assert read_stored(reader, saved.args[0]).sheet.confirmed() == ("doubts/age",)
