"""Phones in the window: answers are looked through, decided on and taken in; keys are shown, made and shared."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from kzcase.actions import submission_keys
from kzcase.actions.submission_keys import made_key
from kzcase.domain.errors import NeedsReason, Stopped
from kzcase.exchange.outgoing import blank_form
from kzcase.forms.definition import Form
from kzcase.i18n import LANGUAGES, verbatim
from kzcase.keys.submission_keys import fresh_private_key
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import case_count
from kzcase.ui import dialogs, language
from kzcase.ui.forms import phone_answers
from kzcase.ui.forms.phone_answers import AnswersDialog, choose_answers, look_into
from kzcase.ui.forms.phone_item import AGAIN, LEAVE, sides_of
from kzcase.ui.forms.phone_keys import KeysDialog
from kzcase.ui.forms.phones import holds_answers, phones_menu
from kzcase.ui.work import LongWork
from tests.exchange.forms import ANSWERS, TOLD, interview, private_key, survey
from tests.exchange.phone import Phone, together, zipped
from tests.ui.naming import assert_all_named
from tests.ui.offices import offered, with_case, working


class Desk:
    """A casebook with a case, an empty form on a phone, and files that come from it."""

    def __init__(self, book: Any, work: Any, home: QWidget, folder: Path) -> None:
        self.book, self.work, self.home, self.folder = book, work, home, folder
        self.case, _partner = with_case(book)
        with book.read() as reader:
            self.number = case_page(reader, self.case).number

    def phone(self, one: Form, *, plain: bool = False) -> Phone:
        return Phone(blank_form(self.book, one, plain=plain).content)

    def open(self, content: bytes, name: str = "answers.zip") -> Any:
        (self.folder / name).write_bytes(content)
        return offered(AnswersDialog(self.work, self.folder / name, self.home))

    def sheets(self) -> int:
        with self.book.read() as reader:
            return reader.number("SELECT count(*) FROM answer_sheets WHERE struck IS NOT 1")


def states(dialog: Any) -> list[str]:
    items = [dialog.rows.row(number) for number in range(dialog.rows.rowCount())]
    return [language.text(dialog._state(item)) for item in items]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    language.switch("en")
    home = QWidget()
    qtbot.addWidget(home)
    with working(tmp_path / "book") as (book, work):
        made_key(book, private_key)
        yield Desk(book, work, home, tmp_path)


def test_what_is_good_goes_in_and_the_rest_stays_listed(desk: Desk) -> None:
    one = desk.phone(interview())
    assert one.key, "its answers are closed"
    sent = together(one.sent(TOLD, "uuid:1", desk.number), one.sent(TOLD, "uuid:2"), zipped({"s.xml": b"<x>"}))
    dialog = desk.open(sent)
    assert states(dialog) == ["will be taken in", "needs a case", "refused"]
    assert desk.sheets() == 0, "nothing is done before somebody agrees"
    dialog.list.selectRow(2)
    assert dialog.pane.wrong.text()
    assert "2/s.xml" in dialog.pane.item.place
    assert "error" not in dialog.pane.wrong.text().lower(), "in words of ours"
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(dialog)
    language.switch("en")
    dialog.take.click()
    assert desk.sheets() == 1
    assert states(dialog) == ["here already", "needs a case", "refused"]
    dialog.undo.click()
    assert desk.sheets() == 0
    assert states(dialog) == ["will be taken in", "needs a case", "refused"]
    dialog.reject()


def test_answers_without_a_case_are_given_one_or_a_new_one(desk: Desk) -> None:
    one = desk.phone(survey(), plain=True)
    dialog = desk.open(together(*(one.sent(ANSWERS, each) for each in ("uuid:1", "uuid:2", "uuid:3"))))
    assert not dialog.take.isEnabled()
    dialog.pane.number.setText("2026-ZZZ-00001")
    dialog.pane.number.editingFinished.emit()
    assert dialog.pane._case.error is not None
    dialog.pane.number.setText(desk.number)
    dialog.pane.number.editingFinished.emit()
    assert dialog.pane._case.error is None
    dialog.list.selectRow(1)
    dialog.pane.kinds.set_code("child")
    dialog.pane.person.setText("Айша")
    dialog.pane.person.editingFinished.emit()
    assert states(dialog) == ["will be taken in", "will be taken in", "needs a case"]
    dialog.take.click()
    with desk.book.read() as reader:
        assert case_count(reader) == 2
        assert len(case_page(reader, desk.case).sheets) == 1
    assert desk.sheets() == 2
    dialog.reject()


def test_other_answers_stand_side_by_side_and_nothing_is_overwritten(desk: Desk) -> None:
    one = desk.phone(survey(), plain=True)
    desk.open(one.sent(ANSWERS, "uuid:1", desk.number)).take.click()
    other = ANSWERS | {"open_now": "no", "trip/legs[2]/via": "Достық"}
    dialog = desk.open(one.sent(other, "uuid:1", desk.number))
    assert states(dialog) == ["other than before"]
    assert not dialog.take.isEnabled()
    assert dialog.pane.sides.isVisible()
    (now, legs) = (dialog.pane.rows.row(number) for number in range(2))
    assert sides_of(now) == ("yes", "no")
    assert ("Кеген" in sides_of(legs)[0], "Достық" in sides_of(legs)[1]) == (True, True)
    dialog.pane.sides.selectRow(1)
    assert "Достық" in dialog.pane.both.text(), "what is long is read whole"
    dialog.pane.choice.set_code(AGAIN)
    dialog.pane.choice.chosen.emit(AGAIN)
    assert dialog.take.isEnabled()
    dialog.pane.choice.chosen.emit(LEAVE)
    assert not dialog.take.isEnabled()
    dialog.pane.choice.chosen.emit(AGAIN)
    dialog.take.click()
    assert desk.sheets() == 2, "both stay"
    dialog.reject()


def test_a_case_of_others_asks_why(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    known = phone_answers.propose

    def beyond(book: Any, wish: Any, watch: Any) -> Any:
        asked.append(wish.look_reason)
        if not wish.look_reason:
            raise NeedsReason(case=bytes.fromhex(desk.case))
        return known(book, wish, watch)

    monkeypatch.setattr(phone_answers, "propose", beyond)
    dialog = desk.open(desk.phone(survey(), plain=True).sent(ANSWERS, "uuid:1", desk.number))
    assert dialog.reasons.isVisible()
    dialog.again.click()
    assert asked == [""], "a reason is needed"
    dialog.reasons.set_code("danger")
    dialog.again.click()
    assert asked == ["", "danger"]
    assert not dialog.reasons.isVisible()
    assert states(dialog) == ["will be taken in"]
    dialog.reject()


def test_a_folder_comes_in_and_what_is_no_file_is_said(desk: Desk) -> None:
    one = desk.phone(survey(), plain=True)
    folder = desk.folder / "instances"
    (folder / "1").mkdir(parents=True)
    (folder / "1" / "submission.xml").write_bytes(one.filled(ANSWERS, "uuid:1", desk.number))
    dialog: Any = dialogs.returned(desk.work, folder, desk.home, lambda _case: None)
    assert isinstance(dialog, AnswersDialog)
    assert states(dialog) == ["will be taken in"]
    dialog.reject()
    for gone in (desk.folder / "gone.zip", desk.folder / "book"):
        dialog = offered(AnswersDialog(desk.work, gone, desk.home))
        assert not dialog.take.isEnabled()
        assert dialog.told.isVisible()
        dialog.reject()


def test_looking_can_be_stopped(desk: Desk) -> None:
    progress = LongWork(verbatim("x"))
    progress.cancelled = True
    content = desk.phone(survey(), plain=True).sent(ANSWERS)
    with pytest.raises(Stopped):
        look_into(desk.book, progress, Path("x.zip"), content, "")
    dialog = desk.open(content)
    dialog._looking, dialog._busy = progress, True
    progress.cancelled = False
    dialog.reject()
    assert progress.cancelled


def test_the_menu_leads_to_everything_about_phones(desk: Desk, qtbot: QtBot) -> None:
    button, chosen = QPushButton(desk.home), list[Path]()
    menu = phones_menu(desk.work, button, chosen.append)
    assert len(menu.actions()) == 3
    menu.close()
    for folder in (False, True):
        asked = choose_answers(desk.home, chosen.append, folder=folder)
        assert isinstance(asked, QFileDialog)
        asked.fileSelected.emit("/a/b.zip")
        asked.reject()
    assert chosen == [Path("/a/b.zip")] * 2
    assert [holds_answers(Path(name)) for name in ("a.ZIP", "a.xml", "a.pdf")] == [True, True, False]


def test_keys_are_explained_made_and_the_newest_is_in_force(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission_keys, "fresh_private_key", lambda: fresh_private_key(1024))
    blank_form(desk.book, survey())
    dialog: Any = offered(KeysDialog(desk.work, desk.home))
    (only,) = dialog.lines.shown
    assert "Survey" in only.said.text() or "phone_survey" in only.said.text()
    dialog.make.click()
    newest, older = dialog.lines.shown
    assert (newest.row.key.current, older.row.key.current) == (True, False)
    assert (newest.row.forms, len(older.row.forms)) == ((), 1)
    assert not dialog.share.isVisible()
    for spoken in LANGUAGES:
        language.switch(spoken)
        assert_all_named(dialog)
    dialog.reject()
