"""Forms in the whole window: chosen from a case, filled in, read, corrected; a draft of a correction comes back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kzcase.actions.attachments import AddAttachment, add_attachment
from kzcase.actions.drafts import KeptDraft
from kzcase.actions.forms import AnswerForm, answer_form
from kzcase.forms.library import shipped_form
from kzcase.paper.incoming.door import Clean
from kzcase.ui.attachments import card
from kzcase.ui.forms.choose_dialog import ChooseFormDialog
from kzcase.ui.forms.page import FormPage
from kzcase.ui.forms.room import FormsPage
from kzcase.ui.forms.stored import StoredSheetDialog, files_of
from kzcase.ui.main_window import MainWindow
from kzcase.ui.resuming import resume
from kzcase.ui.workplace import Workplace
from tests.forms_answers import plausible_answers
from tests.ui.desks import shown_window
from tests.ui.naming import assert_all_named

FORM = "victim_screening"


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    with shown_window(tmp_path, qtbot, cases=3) as made:
        yield made


def workplace(window: MainWindow) -> Workplace:
    assert window.workplace is not None
    return window.workplace


def case_in(place: Workplace) -> str:
    """Open the first case of the list; its id."""
    place.work.do(lambda book: book.show_names())
    rows: Any = place.go("cases")
    case: str = rows.rows.row(0).id
    place.open_case(case)
    return case


def opened(kind: type) -> Any:
    (found,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    return found


def test_a_form_is_chosen_from_the_case_and_filled_in(window: MainWindow) -> None:
    place = workplace(window)
    case = case_in(place)
    page: Any = place.page("case")
    assert page.sheets.fill.isVisible()
    assert not page.sheets.fill.shortcut().isEmpty()
    page.sheets.fill.click()
    dialog = opened(ChooseFormDialog)
    dialog.every.setChecked(True)
    dialog.list.choose(FORM)
    dialog.fill.click()
    there = place.stack.currentWidget()
    assert isinstance(there, FormPage)
    assert there.draft_place() == f"form/{case}/{FORM}"


def stored(place: Workplace, case: str) -> str:
    wish = AnswerForm(case=case, form=FORM, answers=plausible_answers(shipped_form(FORM)))
    made: list[str] = []
    place.work.do(lambda book: made.append(answer_form(book, wish).ids["sheet"].hex()))
    return made[0]


def test_a_stored_form_is_read_and_corrected_and_goes_back_to_the_case(window: MainWindow) -> None:
    place = workplace(window)
    case = case_in(place)
    sheet = stored(place, case)
    place._look_at_sheet(sheet)
    opened(StoredSheetDialog).correct.click()
    there: Any = place.stack.currentWidget()
    assert isinstance(there, FormPage)
    assert there.draft_place() == f"form/{case}/{FORM}/{sheet}"
    there.interview.answer("decision/remarks", "Сынақ")
    there.save.click()
    assert place.stack.currentWidget() is place.page("case")


def test_a_stored_picture_opens_as_its_attachment(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    place = workplace(window)
    case = case_in(place)
    place.work.do(lambda book: add_attachment(book, AddAttachment(case, "төлқұжат", Clean("image/jpeg", 1, b"x"))))
    shown: list[str | None] = []
    monkeypatch.setattr(card, "open_row", lambda _work, row, _window: shown.append(row.title))
    sheet = stored(place, case)
    place._look_at_sheet(sheet)
    dialog = opened(StoredSheetDialog)
    assert files_of(dialog.told, dialog.told.form.questions) == []
    dialog.attachment_wanted.emit(case, "төлқұжат")
    place.open_form(case, FORM)
    there: Any = place.stack.currentWidget()
    there.interview.file_wanted.emit("төлқұжат")
    assert shown == ["төлқұжат", "төлқұжат"]
    dialog.reject()


def test_what_was_being_corrected_is_gone_on_with(window: MainWindow) -> None:
    place = workplace(window)
    case = case_in(place)
    sheet = stored(place, case)
    place.open_form(case, FORM, sheet)
    there: Any = place.stack.currentWidget()
    there.interview.answer("decision/remarks", "Сынақ")
    kept = KeptDraft(there.draft_place(), dict(there.draft()))
    there._drop()
    assert place.stack.currentWidget() is place.page("case")
    resume(place, kept)
    again: Any = place.stack.currentWidget()
    assert again.interview.sheet.get("decision/remarks") == "Сынақ"
    assert again.has_unsaved()
    again._drop()


def test_the_forms_room_is_in_the_rail(window: MainWindow) -> None:
    page = workplace(window).go("forms", keyboard=True)
    assert isinstance(page, FormsPage)
    assert page.search.hasFocus()
    assert page.list.forms()
    assert_all_named(window)
