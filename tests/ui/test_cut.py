"""No text is cut, and no key means two things: every page, in each language, with large letters on a small screen."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kzcase.i18n import LANGUAGES, verbatim
from kzcase.ui import language, theme
from kzcase.ui.main_window import MainWindow
from kzcase.ui.widgets import labels, rail
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.chips import Chip
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.headers import PageHeader
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.rail import NavEntry, NavRail
from tests.ui.cut import cut_texts
from tests.ui.desks import shown_window
from tests.ui.doubled import doubled_keys
from tests.ui.walking import pages, settle

LARGE = 1.25
LONG = verbatim("Шұғыл жағдайда берілген мәліметтің қорытындысын анықтау")
UNBROKEN = verbatim("Шұғыл-жағдайда-берілген-мәліметтің-қорытындысы")
ONE_WORD = verbatim("Әбдірахмановагүлсім" * 10)
Make = Callable[[], QWidget]


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    theme.apply("dark", LARGE)
    with shown_window(tmp_path, qtbot, cases=5) as made:
        made.resize(1366, 768)
        yield made


def test_nothing_is_cut_and_no_key_is_doubled_on_any_page_in_any_language(window: MainWindow) -> None:
    found: dict[tuple[str, str], list[str]] = {}
    for spoken in LANGUAGES:
        language.switch(spoken)
        settle()
        for key in pages(window):
            found[spoken, key] = doubled_keys(window) + cut_texts(window)
    found = {where: wrong for where, wrong in found.items() if wrong}
    assert found == {}


def narrow(qtbot: QtBot, widget: QWidget) -> list[str]:
    """What is cut where a widget has little room."""
    holder = Card(verbatim("A"))
    holder.add(widget)
    qtbot.addWidget(holder)
    holder.setFixedWidth(240)
    holder.show()
    settle()
    holder.resize(240, max(holder.heightForWidth(240), holder.sizeHint().height()))
    settle()
    return cut_texts(holder)


def header() -> QWidget:
    """A title, and three buttons that do not fit beside it, nor all of them below it."""
    words = ("Басып шығару", "Сақтап қою", "Қайта ашу")
    return PageHeader(verbatim("Кейстер"), others=tuple(Button(verbatim(each)) for each in words))


@pytest.mark.parametrize(
    "make",
    [header, lambda: Label(LONG, wrap=True), lambda: Card(LONG), lambda: Label(ONE_WORD, wrap=True)],
)
def test_what_can_go_on_in_the_next_line_does(qtbot: QtBot, make: Make) -> None:
    assert narrow(qtbot, make()) == []


@pytest.mark.parametrize(
    "make",
    [
        lambda: Label(LONG),
        lambda: Button(UNBROKEN),
        lambda: Chip(LONG),
        lambda: KeyChoices([Choice("a", LONG)]),
    ],
)
def test_canary_what_is_cut_is_found(qtbot: QtBot, make: Make) -> None:
    assert narrow(qtbot, make()) != []


def test_no_label_makes_a_key_of_its_own(qtbot: QtBot) -> None:
    """An office's own form may write “Name & phone”."""
    holder = Card(verbatim("A"))
    qtbot.addWidget(holder)
    for _each in range(2):
        holder.add(FieldRow(verbatim("Аты & телефоны"), LineEdit()))
    holder.show()
    assert doubled_keys(holder) == []


def test_canary_a_doubled_key_is_found(qtbot: QtBot) -> None:
    holder = Card(verbatim("A"))
    qtbot.addWidget(holder)
    for words in ("Сақтау", "Іздеу"):
        holder.add(Button(verbatim(words), shortcut="Ctrl+S"))
        label = Label(verbatim("&Name"))
        label.setBuddy(holder)
        holder.add(label)
    holder.show()
    assert doubled_keys(holder) == ["Alt+N", "Ctrl+S"]


def test_canary_a_word_without_end_is_cut(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "breakable", lambda text: text)
    assert narrow(qtbot, Label(ONE_WORD, wrap=True)) != []


def test_no_word_that_anybody_uses_is_broken() -> None:
    assert labels.breakable("қанағаттандырылмағандықтарыңыздан ertengi.bayandama@mekeme.example.kz") == (
        "қанағаттандырылмағандықтарыңыздан ertengi.bayandama@mekeme.example.kz"
    )


def overlapping(qtbot: QtBot) -> bool:
    """Whether two entries of the rail stand over each other, with large letters on a small screen."""
    theme.apply("light", 1.5)
    holder = QWidget()
    qtbot.addWidget(holder)
    made = NavRail([NavEntry(str(each), verbatim("Қоңыраулар"), "phone") for each in range(15)], parent=holder)
    made.set_narrow(True)
    made.resize(made.width(), 700)
    holder.show()
    settle()
    places = [button.geometry() for button in made._buttons.values()]
    return any(above.intersects(below) for above, below in pairwise(places))


def test_the_entries_of_the_rail_move_together_and_never_overlap(qtbot: QtBot) -> None:
    assert not overlapping(qtbot)


def test_canary_entries_that_keep_their_height_overlap(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rail.RailButton, "setObjectName", lambda *_: None)
    assert overlapping(qtbot)
