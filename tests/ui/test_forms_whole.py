"""A whole form by the keyboard alone, spoken in two languages, stored, and read again after a newer edition."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from kzcase.actions.office_forms import add_form, form_file
from kzcase.exchange.incoming import LookInto, propose, take_in
from kzcase.exchange.outgoing import blank_form
from kzcase.forms.doors import read_form
from kzcase.queries.case_page import case_page
from kzcase.ui import language
from kzcase.ui.forms.page import FormPage
from kzcase.ui.forms.stored import StoredSheetDialog
from kzcase.ui.forms.told import OTHERS, read_stored
from kzcase.ui.widgets.cards import Card
from tests.exchange.phone import Phone
from tests.ui.offices import Keyboard, offered, with_case, working
from tests.ui.sample_form import GUIDANCE, _text, block, question

MOST_KEYS = 60


def visit(edition: str = "1", more: str = "") -> bytes:
    """A small form of an office: plain questions, a repeat that is a table, and one of cards."""
    asked = [
        block("group", "talk", question("text", "place"), question("select_one few", "mood"), question("date", "day")),
        block("group", "people", block("repeat", "kin", question("text", "who"), question("integer", "years"))),
        block(
            "group", "way", block("repeat", "legs", question("text", "via", guidance=GUIDANCE), question("text", "why"))
        ),
    ]
    few = [{"one": _text("бір", "один", "one")}, {"two": _text("екі", "два", "two")}]
    form = {"form": "whole_visit", "edition": edition, "phone": "yes", "title": _text("Сапар", "Выезд", "Visit")}
    if more:
        asked.append(block("group", more, question("text", f"{more}_text")))
    return json.dumps(form | {"choices": {"few": few}, "questions": asked}, ensure_ascii=False).encode()


class Desk:
    def __init__(self, book: Any, work: Any, qtbot: QtBot) -> None:
        self.book, self.work = book, work
        self.case, _partner = with_case(book)
        add_form(book, form_file("whole_visit.yaml", visit()))
        self.page = FormPage(work, self.case, "whole_visit")
        qtbot.addWidget(self.page)
        offered(self.page)
        self.page.filling.section.finish()
        self.page.take_keyboard()
        self.keys = Keyboard(self.page)

    def to_button(self, button: QAbstractButton) -> None:
        """Walk with the Tab key until a button has the keyboard, and press it."""
        for _key in range(MOST_KEYS):
            if button.hasFocus():
                break
            self.keys.press(Qt.Key.Key_Tab)
        assert button.hasFocus(), button.text()
        self.keys.press(Qt.Key.Key_Space)

    def next(self) -> None:
        self.to_button(self.page.filling.next)
        self.page.filling.section.finish()

    def more(self, path: str) -> None:
        (view,) = [each for each in self.page.filling.section.views() if each.path == path]
        self.to_button(view.more)

    def sheets(self) -> Any:
        with self.book.read() as reader:
            return case_page(reader, self.case).sheets

    def told(self, sheet: str) -> Any:
        with self.book.read() as reader:
            return read_stored(reader, sheet)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    language.switch("kk")
    with working(tmp_path / "book") as (book, work):
        made = Desk(book, work, qtbot)
        yield made
        made.page.hide()


def test_a_whole_form_is_filled_in_and_stored_with_the_keyboard_alone(desk: Desk) -> None:
    keys, page = desk.keys, desk.page
    keys.type("Базар")
    keys.enter()
    keys.type("ы")  # the second choice by its key; the next question comes by itself
    keys.type("20.11.2026")
    keys.enter()
    desk.next()
    for who, years in (("Ана", "40"), ("Іні", "9")):
        if who != "Ана":
            desk.more("people/kin")
        keys.type(who)
        keys.enter()
        keys.type(years)
        keys.enter()
    before = page.interview.sheet.values()
    page.filling.spoken.set_code("ru")
    page.filling.spoken.chosen.emit("ru")
    assert page.interview.sheet.values() == before, "half-way in another language nothing is lost"
    desk.next()
    keys.type("Қордай")
    keys.enter()
    keys.type("Жұмыс")
    desk.more("way/legs")
    keys.type("Кеген")
    keys.enter()
    keys.shortcut(page.save)
    (stored,) = desk.sheets()
    said = desk.told(stored.id).sheet.values()
    assert {path: said[path] for path in said if "day" not in path} == {
        "talk/place": "Базар",
        "talk/mood": "two",
        "people/kin[1]/who": "Ана",
        "people/kin[1]/years": "40",
        "people/kin[2]/who": "Іні",
        "people/kin[2]/years": "9",
        "way/legs[1]/via": "Қордай",
        "way/legs[1]/why": "Жұмыс",
        "way/legs[2]/via": "Кеген",
    }
    assert said["talk/day"] == "2026-11-20"
    assert desk.told(stored.id).stored.language == "ru", "the language in which the talk ended"


def test_a_sheet_is_read_with_the_version_it_answers_after_a_newer_one_came(desk: Desk, qtbot: QtBot) -> None:
    desk.keys.type("Базар")
    desk.page.interview.answer("talk/day", "2026-11-20")
    desk.keys.shortcut(desk.page.save)
    (stored,) = desk.sheets()
    add_form(desk.book, form_file("whole_visit.yaml", visit("2", more="extra")))
    dialog = offered(StoredSheetDialog(desk.work, stored.id, desk.page))
    assert "extra/extra_text" not in dialog.told.form.by_path
    assert dialog.told.form.declared_version == "1"
    assert dialog.told.sheet.get("talk/place") == "Базар"
    dialog.reject()
    newer = FormPage(desk.work, desk.case, "whole_visit")
    qtbot.addWidget(newer)
    offered(newer)
    assert newer.interview.form.declared_version == "2"
    newer.hide()


def test_what_no_question_explains_stands_at_the_end_as_other(desk: Desk, qtbot: QtBot) -> None:
    form = read_form("whole_visit.yaml", visit())
    with desk.book.read() as reader:
        number = case_page(reader, desk.case).number
    sent = Phone(blank_form(desk.book, form).content, "sha256")
    plain = sent.filled({"talk/place": "Базар"}, "uuid:1", number).decode()
    at = plain.rindex("</")
    done = take_in(
        desk.book, propose(desk.book, LookInto("x.xml", f"{plain[:at]}<gate>Үшінші</gate>{plain[at:]}".encode()))
    )
    dialog = offered(StoredSheetDialog(desk.work, done.ids["sheet-1"].hex(), desk.page))
    qtbot.waitUntil(lambda: any(card for card in dialog.findChildren(Card) if _titled(card)), timeout=5000)
    (card,) = [card for card in dialog.findChildren(Card) if _titled(card)]
    assert "Үшінші" in " ".join(label.text() for label in card.findChildren(QLabel))
    dialog.reject()


def _titled(card: Card) -> bool:
    return any(label.text() == language.text(OTHERS) for label in card.findChildren(QLabel))
