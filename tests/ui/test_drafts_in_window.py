"""Unsaved typing survives the lock: kept in the casebook, offered again to the same person, forgotten when saved."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from kzcase.actions.calls import LogCall, log_call
from kzcase.actions.drafts import load_drafts
from kzcase.domain.errors import DiskTrouble
from kzcase.queries.cases import case_list
from kzcase.ui import draft_keeper as room
from kzcase.ui import language
from kzcase.ui.cases.new_dialog import NewCaseDialog
from kzcase.ui.cases.page import CasePage
from kzcase.ui.cases.sealed_dialogs import SealedNoteDialog
from kzcase.ui.draft_keeper import KEEP_AFTER_MS, DraftKeeper
from kzcase.ui.drafts import unsaved_in
from kzcase.ui.forms.question import QuestionView
from kzcase.ui.main_window import MainWindow
from kzcase.ui.messages import MessageDialog
from kzcase.ui.referrals.draft_dialog import DraftReferralDialog
from kzcase.ui.still_open import NO_LONGER
from kzcase.ui.widgets.dates import ApproximateDateEdit
from tests.actions.offices import office, opened
from tests.actions.steps import a_case, do
from tests.keys.cheap import OTHER
from tests.ui.desks import PASSPHRASE, window_on
from tests.ui.typing import type_text


def reopen(window: MainWindow) -> None:
    path = window.start.open.path()
    assert path is not None
    window.door.enter(path, PASSPHRASE)
    assert window.workplace is not None


def kept_places(window: MainWindow) -> list[str]:
    assert window.work is not None
    found: list[str] = []
    window.work.ask(load_drafts, lambda drafts: found.extend(each.place for each in drafts))
    return found


def begin_case(window: MainWindow, name: str) -> NewCaseDialog:
    assert window.workplace is not None
    dialog = window.workplace.new_case()
    assert isinstance(dialog, NewCaseDialog)
    type_text(dialog.rows["family"].field, name)
    return dialog


def test_a_referral_comes_back_after_the_lock(window: MainWindow) -> None:
    assert window.workplace is not None
    assert window.work is not None
    cases: list[str] = []
    window.work.ask(case_list, lambda rows: cases.append(rows[0].id))
    window.workplace.open_case(cases[0])
    dialog = window.workplace.refer(cases[0])
    assert isinstance(dialog, DraftReferralDialog)
    partner = dialog.suggestions[0].partner.id
    dialog.show_partner(partner)
    assert dialog.draft()["partner"] == partner
    type_text(dialog.reason, "Төсек керек")
    dialog.need.set_code("food")
    window.lock()
    reopen(window)
    assert window.workplace is not None
    window.workplace.drafts.go_on()
    again = next(each for each in window.findChildren(DraftReferralDialog) if each.isVisible())
    assert (again.reason.text(), again.need.code(), again.partner.code()) == ("Төсек керек", "food", partner)
    again.done(0)
    assert again.draft() == {} or not again.isVisible()


def test_a_referral_nobody_began_is_nothing_to_keep(window: MainWindow) -> None:
    assert window.workplace is not None
    assert window.work is not None
    cases: list[str] = []
    window.work.ask(case_list, lambda rows: cases.append(rows[0].id))
    dialog = window.workplace.refer(cases[0])
    assert isinstance(dialog, DraftReferralDialog)
    assert dialog.draft() == {}
    dialog.done(0)


def test_a_new_case_comes_back_after_the_lock(window: MainWindow) -> None:
    begin_case(window, "Әлімжанова")
    window.lock()
    reopen(window)
    assert window.workplace is not None
    assert window.workplace.drafts.offer.isVisible()
    window.workplace.drafts.go_on()
    dialog = next(each for each in window.findChildren(NewCaseDialog) if each.isVisible())
    assert dialog.draft()["family"] == "Әлімжанова"
    assert not window.workplace.drafts.offer.isVisible()
    dialog.done(0)


def test_what_is_not_wanted_is_forgotten(window: MainWindow) -> None:
    begin_case(window, "Қуат")
    window.lock()
    reopen(window)
    assert kept_places(window) == ["case"]
    assert window.workplace is not None
    window.workplace.drafts.discard()
    assert kept_places(window) == []


def test_nothing_is_kept_of_an_untouched_dialog(window: MainWindow) -> None:
    """Canary: an empty dialog is no draft."""
    assert window.workplace is not None
    window.workplace.new_case()
    window.lock()
    reopen(window)
    assert kept_places(window) == []
    assert window.workplace is not None
    assert not window.workplace.drafts.offer.isVisible()


def test_a_dialog_that_was_left_is_offered_and_a_saved_one_forgotten(window: MainWindow, qtbot: QtBot) -> None:
    """Whoever leaves by a slip of the finger loses nothing; who does not want it any more says so."""
    keeper = keeping(window)
    begin_case(window, "Қуат").reject()
    assert kept_places(window) == ["case"]
    assert keeper.offer.isVisible()
    again = begin_case(window, "")
    assert again.draft()["family"] == "Қуат"
    assert not keeper.offer.isVisible()
    again.accept()
    qtbot.waitUntil(lambda: kept_places(window) == [], timeout=1000)
    assert not keeper.trouble.isVisible()
    assert begin_case(window, "").draft() == {}


def test_a_case_from_a_call_is_not_mixed_up_with_another(window: MainWindow) -> None:
    """Canary: one place for all new cases would put one person's name into another's case."""
    begin_case(window, "Қуат").reject()
    assert window.workplace is not None
    assert window.work is not None
    made: list[Any] = []
    wish = LogCall(channel="phone", language="kk", topics=["offer_check"], outcome="out_case", note="Зауыттан")
    window.work.do(lambda book: log_call(book, wish), made.append)
    other = window.workplace.new_case(made[0].ids["call"].hex())
    assert isinstance(other, NewCaseDialog)
    assert (other.rows["family"].field.text(), other.draft()) == ("", {})  # type: ignore[attr-defined]
    other.done(0)
    assert window.workplace.drafts._waiting[0].content["family"] == "Қуат"


# Kept while somebody types


def keeping(window: MainWindow, after: int = 0) -> DraftKeeper:
    """The one who keeps, at once."""
    assert window.workplace is not None
    window.workplace.drafts._timer.setInterval(after)
    return window.workplace.drafts


def case_of(window: MainWindow) -> CasePage:
    assert window.workplace is not None
    assert window.work is not None
    found: list[str] = []
    window.work.ask(lambda reader: case_list(reader, limit=1), lambda rows: found.append(rows[0].id))
    window.workplace.open_case(found[0])
    page = window.workplace.page("case")
    assert isinstance(page, CasePage)
    return page


def kept(window: MainWindow) -> dict[str, dict[str, str]]:
    assert window.work is not None
    found: dict[str, dict[str, str]] = {}
    window.work.ask(
        load_drafts, lambda drafts: found.update({each.place.split("/")[0]: dict(each.content) for each in drafts})
    )
    return found


def type_everywhere(window: MainWindow) -> None:
    """Into the pages and dialogs with a way of keeping of their own; the others are in `test_drafts_everywhere`."""
    page = case_of(window)
    assert window.workplace is not None
    type_text(page.notes.text, "Жазба")
    sealed = window.workplace.seal(page._case)
    assert isinstance(sealed, SealedNoteDialog)
    type_text(sealed.text, "Құпия")
    referral = window.workplace.refer(page._case)
    assert isinstance(referral, DraftReferralDialog)
    type_text(referral.reason, "Себеп")
    begin_case(window, "Қуат")
    window.workplace.log_call()
    entry: Any = window.workplace.page("call entry")
    type_text(entry.fields.note, "Қоңырау")
    window.workplace.open_form(page._case, "victim_screening")
    form: Any = window.workplace.page(f"form/{page._case}/victim_screening")
    window.workplace.drafts.keep()  # what is answered from here on must be told anew
    form.interview.answer("safety/alone", "yes")


def test_whatever_is_typed_is_kept_wherever_it_is_typed(window: MainWindow, qtbot: QtBot) -> None:
    keeping(window)
    type_everywhere(window)
    typed = {"note", "sealed", "referral", "case", "call", "form"}
    qtbot.waitUntil(lambda: kept(window).keys() == typed, timeout=2000)
    there = kept(window)
    assert (there["note"]["text"], there["case"]["family"], there["call"]["note"]) == ("Жазба", "Қуат", "Қоңырау")
    assert there["form"]["answer/safety/alone"] == "yes"
    assert "Құпия" not in str(there["sealed"])
    assert there["referral"]["reason"] == "Себеп"
    for dialog in window.findChildren(QDialog):
        dialog.done(0)


def test_keeping_begins_within_a_second_and_further_keys_do_not_put_it_off(window: MainWindow) -> None:
    """One second of the two is left to the writer and the disk."""
    assert KEEP_AFTER_MS <= 1000
    keeper = keeping(window, KEEP_AFTER_MS)
    page = case_of(window)
    type_text(page.notes.text, "Ж")
    running = keeper._timer.timerId()
    type_text(page.notes.text, "азба")
    assert keeper._timer.isActive()
    assert keeper._timer.timerId() == running, "a timer begun anew has another number"


def test_a_key_costs_no_look_at_anything(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is typed is looked at once, where it was typed, when it is kept; never all widgets."""
    keeper = keeping(window, 60_000)
    looked: list[QWidget] = []

    def look(holder: QWidget) -> dict[str, Mapping[str, str]]:
        looked.append(holder)
        return unsaved_in(holder)

    page = case_of(window)
    keeper.keep()
    with monkeypatch.context() as patch:
        patch.setattr(room, "unsaved_in", look)
        for name in ("findChildren", "findChild"):
            patch.setattr(QWidget, name, lambda *_: pytest.fail("all widgets were looked through"))
        type_text(page.notes.text, "Ертең келеді деп уәде берді")
        assert looked == []
        keeper.keep()
        assert looked == [page.notes]
        keeper.keep()
    assert looked == [page.notes], "nothing was typed since"
    assert kept(window)["note"]["text"].endswith("берді")


def test_what_cannot_be_kept_is_said(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_any: object) -> None:
        raise DiskTrouble(reason="OSError")

    keeper = keeping(window)
    page = case_of(window)
    with monkeypatch.context() as patch:
        patch.setattr(room, "save_draft", full)
        type_text(page.notes.text, "Ж")
        qtbot.waitUntil(keeper.trouble.isVisible, timeout=1000)
    type_text(page.notes.text, "а")
    qtbot.waitUntil(lambda: not keeper.trouble.isVisible(), timeout=1000)
    assert kept(window)["note"]["text"] == "Жа"


def test_closing_the_window_keeps_what_was_typed(window: MainWindow) -> None:
    """Canary: asked after the window was hidden, nothing seems to be open any more."""
    type_text(case_of(window).notes.text, "Жазба")
    window.close()
    assert window.workplace is None
    reopen(window)
    assert kept(window)["note"]["text"] == "Жазба"


def test_what_somebody_goes_on_with_is_not_forgotten_on_the_way(window: MainWindow) -> None:
    """Canary: the dialog of the draft is not there yet when something else is kept."""
    begin_case(window, "Қуат")
    window.lock()
    reopen(window)
    keeper = keeping(window)
    keeper.wanted.disconnect()
    keeper.go_on()
    type_text(case_of(window).notes.text, "Жазба")
    keeper.keep()
    assert sorted(kept_places(window))[0] == "case"


def test_whoever_is_kept_away_since_is_told_and_keeps_what_they_typed(tmp_path: Path, qtbot: QtBot) -> None:
    path = office(tmp_path)
    with opened(path) as desk:
        case = a_case(desk.book)
        do(desk.book, act="case.assigned", case=case, worker="Болат")
    window = window_on(path)
    qtbot.addWidget(window)
    window.show()
    window.door.enter(path, OTHER)
    assert window.workplace is not None
    window.workplace.open_case(case)
    page = window.workplace.stack.currentWidget()
    assert isinstance(page, CasePage)
    type_text(page.notes.text, "Жазба")
    window.lock()
    with opened(path) as desk:
        do(desk.book, act="case.assigned", case=case, worker="Айша")
        do(desk.book, act="case.blocked", case=case, staff="Болат")
    window.door.enter(path, OTHER)
    window.workplace.drafts.go_on()
    (said,) = [each for each in QApplication.topLevelWidgets() if isinstance(each, MessageDialog) and each.isVisible()]
    assert said.sentence.text() == language.text(NO_LONGER)
    assert kept_places(window) == [f"note/{case}"]
    said.done(0)
    window.lock()
    window.door.stop()


def test_a_date_is_not_written_anew_under_the_hands(window: MainWindow) -> None:
    """Canary: reading the field as it is read when it is left makes a date of what is half typed."""
    dialog = begin_case(window, "Қуат")
    born = dialog.rows["birth"].field
    assert isinstance(born, ApproximateDateEdit)
    type_text(born, "221194")
    assert dialog.draft()["birth"] == "221194"
    assert born.text() == "221194"
    dialog.restore({"birth": "2211"})
    assert born.text() == "2211"
    dialog.done(0)


def test_a_half_typed_day_of_a_form_is_kept(window: MainWindow, qtbot: QtBot) -> None:
    case = case_of(window)._case
    assert window.workplace is not None
    window.workplace.open_form(case, "victim_screening")
    page: Any = window.workplace.page(f"form/{case}/victim_screening")
    interview = page.interview
    days = (path for path in interview.sheet.relevance() if path.endswith("recruited_on"))
    day = next(days)
    view = QuestionView(interview, interview.sheet.question(day), day)
    qtbot.addWidget(view)
    editor: Any = view.editor
    type_text(editor.day, "2211")
    assert page.draft()[f"answer/{day}"] == "2211"
    assert editor.day.text() == "2211"
    type_text(editor.day, "26")
    assert page.draft()[f"answer/{day}"] == "2026-11-22"
    assert editor.day.text() == "221126"
    assert not interview.sheet.get(day), "no answer yet"
