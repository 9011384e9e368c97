"""An office's form with every type of question: added from a file in the forms room, filled in by keys, stored, read,
assessed again, and taken in again as OpenRosa without anything being written over."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.qtbot import QtBot

from kzcase.domain.errors import NothingToTakeIn
from kzcase.exchange.incoming import LookInto, propose, take_in
from kzcase.exchange.looking import What
from kzcase.exchange.outgoing import SaveAnswers, save_answers
from kzcase.queries.case_page import case_page
from kzcase.queries.forms import known_forms
from kzcase.ui import language
from kzcase.ui.at_work import office_at
from kzcase.ui.forms.adding import look_through
from kzcase.ui.forms.outline import PROGRESS, progress_words
from kzcase.ui.forms.page import FormPage
from kzcase.ui.forms.parts import TableView
from kzcase.ui.forms.room import FormsPage
from kzcase.ui.forms.stored import StoredSheetDialog
from tests.ui.office_form import LISTS, text, values, workbook
from tests.ui.offices import Keyboard, offered, with_case, working

FORM = "office_every_type"


class Keys(Keyboard):
    """Keys at whatever the program says has the keyboard."""

    def _target(self) -> Any:
        return QApplication.focusWidget() or self._window


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any]]:
    """A book and its errands; the form is added by the first test, through the room."""
    with working(tmp_path_factory.mktemp("office") / "book") as (book, work):
        yield book, work


class Desk:
    def __init__(self, book: Any, work: Any, folder: Path, qtbot: QtBot) -> None:
        self.book, self.work, self.qtbot = book, work, qtbot
        self.case, _partner = with_case(book)
        with book.read() as reader:
            known = {each.form.id for each in known_forms(reader)}
        if FORM not in known:
            self.add(folder)
        self.page = self.opened()
        self.keys = Keys(self.page)

    def add(self, folder: Path) -> None:
        """Through the forms room, as an office does."""
        (folder / "places.csv").write_bytes(LISTS)
        (folder / "form.xlsx").write_bytes(workbook())
        room = FormsPage(self.work, office_at(self.work))
        self.qtbot.addWidget(room)
        dialog = room.read_file(folder / "form.xlsx")
        assert dialog.looked is not None
        assert dialog.looked.check.ok, dialog.looked.check.errors
        dialog.add.click()

    def opened(self) -> Any:
        page = FormPage(self.work, self.case, FORM)
        self.qtbot.addWidget(page)
        page.resize(1366, 768)
        offered(page)
        assert page.filling is not None
        page.filling.section.finish()
        page.take_keyboard()
        return page

    def here(self) -> str:
        """The path of the question in which the keyboard is."""
        QApplication.processEvents()  # choices that were offered just now are shown first
        focus = QApplication.focusWidget()
        views = self.page.filling.section.question_views()
        return next((view.path for view in views if focus is not None and view.isAncestorOf(focus)), "")

    def say(self, text: str) -> str:
        self.keys.type(text)
        self.keys.enter()
        return self.here()

    def go(self, number: int) -> Any:
        self.page.filling.go(number)
        self.page.filling.section.finish()
        return self.page.filling.section

    def get(self, path: str) -> str:
        found: str = self.page.interview.sheet.get(path)
        return found

    def sheets(self) -> list[str]:
        with self.book.read() as reader:
            return [row.id for row in case_page(reader, self.case).sheets]


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, office: tuple[Any, Any]) -> Iterator[Desk]:
    language.switch("kk")
    made = Desk(*office, tmp_path, qtbot)
    yield made
    made.page.hide()


def test_a_workbook_and_both_tables_are_the_same_form(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_bytes(LISTS)
    found = []
    for name, content in (("form.xlsx", workbook()), ("form.csv", values()), ("form.md", text())):
        (tmp_path / name).write_bytes(content)
        check = look_through(tmp_path / name).check
        assert check.ok, (name, check.errors)
        assert check.form is not None
        found.append([(each.path, each.kind, dict(each.label)) for each in check.form.walk()])
    assert found[0] == found[1] == found[2]


def test_every_type_is_answered_with_keys(desk: Desk) -> None:
    assert desk.here() == "basic/full"
    assert [desk.say(said) for said in ("Айша", "15", "12,5", "01.02.2011", "1407")] == [
        "basic/age", "basic/income", "basic/born", "basic/at", "basic/met",
    ]  # fmt: skip
    assert desk.say("20.11.2026") == "basic/met", "the time of day belongs to the same question"
    assert desk.say("1530") == "basic/filled"
    assert desk.get("basic/met") == "2026-11-20T15:30"
    desk.keys.enter()
    assert desk.page.filling.next.hasFocus(), "what the form works out is passed by"
    assert desk.get("basic/said") == "30!"
    desk.keys.press(Qt.Key.Key_Space)
    section = desk.page.filling.section
    town = next(view for view in section.question_views() if view.path == "choosing/town")
    assert town.none.isVisible(), "nothing is offered yet, and that is said"
    desk.keys.type("ы")
    assert (desk.here(), town.none.isVisible()) == ("choosing/town", False)
    desk.keys.type("ф")
    assert desk.here() == "choosing/needs"
    desk.keys.type("фы")
    desk.keys.enter()
    desk.keys.type("в")
    assert desk.here() == "choosing/mood_other"
    assert desk.say("Басқасы") == "choosing/country"
    desk.keys.type("ы")
    assert desk.here() == "choosing/order"
    up(desk.keys)
    desk.keys.enter()
    up(desk.keys, down=1)
    assert (desk.get("choosing/order"), desk.get("choosing/route")) == ("", "two one three"), "each order by itself"
    desk.keys.enter()
    assert desk.say("55") == "choosing/told"
    desk.keys.press(Qt.Key.Key_Space)
    said = desk.page.interview.sheet.values()
    assert {path: said[path] for path in said if path.startswith("choosing/")} == {
        "choosing/place": "south", "choosing/town": "three", "choosing/needs": "shelter food",
        "choosing/mood": "other", "choosing/mood_other": "Басқасы", "choosing/country": "uz",
        "choosing/route": "two one three",
        "choosing/scale": "55", "choosing/told": "OK",
    }  # fmt: skip
    assert desk.get("outside/set") == "-Айша"
    before = desk.page.interview.sheet.values()
    desk.page.filling.spoken.chosen.emit("ru")
    assert desk.page.interview.sheet.values() == before


def up(keys: Keys, *, down: int = 0) -> None:
    """The Down key so many times, then Alt+Up."""
    for _time in range(down):
        keys.press(Qt.Key.Key_Down)
    target: Any = QApplication.focusWidget()
    alt = Qt.KeyboardModifier.AltModifier
    QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Up, alt))


def test_parts_say_what_is_to_answer_and_what_is_only_read(desk: Desk) -> None:
    def far(number: int) -> str:
        return str(progress_words(desk.page.filling.outline.item(number).data(PROGRESS)).msgid)

    desk.page.filling._count()
    shown = desk.page.filling.outline.item(0).data(PROGRESS)
    assert (shown.asked, shown.answered) == (7, 1), "what the form works out is nobody's answer"
    assert far(3) == "to read"
    assert far(5) == "not asked", "nobody counted any children"


def test_a_counted_repeat_comes_and_goes_with_its_number(desk: Desk) -> None:
    children = desk.page.interview
    section = desk.go(5)
    (repeat,) = section.parts
    assert not repeat.isVisible()
    assert section.nothing.isVisible()
    children.answer("family/children", "2")
    assert repeat.isVisible()
    assert not section.nothing.isVisible()
    assert len(repeat.cards) == 2
    first = next(iter(repeat.cards.values()))
    (inner,) = [view for view in first.part.views if isinstance(view, TableView)]
    assert inner.title.isVisible(), "an empty list says what it is a list of"
    assert not inner.headings.isVisible()
    inner.more.click()
    assert inner.headings.isVisible()
    children.answer("family/children", "0")
    assert not repeat.cards
    assert not repeat.isVisible()


def test_a_repeat_that_is_not_asked_is_not_shown(desk: Desk) -> None:
    section = desk.go(6)
    (repeat,) = section.parts
    assert not repeat.isVisible()
    assert section.nothing.isVisible()
    desk.page.interview.answer("basic/age", "30")
    assert repeat.isVisible()
    for _each in tuple(repeat.cards):
        next(iter(repeat.cards.values())).remove.click()
    assert not repeat.cards
    assert repeat.isVisible(), "the first can be added again"
    repeat.more.click()
    assert len(repeat.cards) == 1


def to_store(desk: Desk) -> str:
    interview = desk.page.interview
    for path, said in (
        ("basic/full", "Айша"), ("basic/met", "2026-11-20T15:30"), ("basic/at", "14:07:00.000+05:00"),
        ("choosing/order", "food shelter doctor"), ("choosing/told", "OK"), ("family/children", "1"),
    ):  # fmt: skip
        interview.answer(path, said)
    interview.answer(f"{interview.repeats('child')[0]}/who", "Темір")
    desk.keys.shortcut(desk.page.save)
    assert not desk.page.told.isVisible(), interview.errors()
    (stored,) = desk.sheets()
    return stored


def test_what_is_stored_is_read_as_people_write_it_and_stands_beside_the_next(desk: Desk) -> None:
    dialog = offered(StoredSheetDialog(desk.work, to_store(desk), desk.page))
    said = {label.text() for label in dialog.inside.findChildren(QLabel)}
    assert {"20.11.2026 15:30", "14:07", "1. food kk, 2. shelter kk, 3. doctor kk", "Темір"} <= said
    assert not any("T15" in each or each == "OK" for each in said)
    assert [button.text() for button in dialog.findChildren(QAbstractButton) if button is dialog.correct]
    dialog.reject()
    desk.page.hide()
    desk.page = desk.opened()
    first = desk.page.filling.section.question_views()[0]
    assert first.aside is not None
    assert "Айша" in first.aside.before.text()


def test_as_openrosa_it_goes_out_and_comes_back_and_nothing_is_written_over(desk: Desk) -> None:
    stored = to_store(desk)
    desk.book.show_names()
    sent = save_answers(desk.book, SaveAnswers(sheet=stored)).content.decode()
    (same,) = propose(desk.book, LookInto("a.xml", sent.encode())).items
    assert same.what is What.THERE
    proposal = propose(desk.book, LookInto("a.xml", sent.replace("Темір", "Тимур").encode()))
    assert [each.what for each in proposal.items] == [What.DIFFERS]
    with pytest.raises(NothingToTakeIn):
        take_in(desk.book, proposal)
    assert desk.sheets() == [stored]
