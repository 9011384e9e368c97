"""An operator in the real window: how many keys a call takes, and how long, beside the published forms of two others.

Times are those of the keystroke-level model (Card, Moran and Newell, 1980): 0.28 s a key for an average typist who is
no secretary, 1.35 s of thought before each decision, 0.40 s for each change between keyboard and mouse, 1.10 s to
point. What OSCaR and DARIA ask of a call is read off their published forms (`app/models/call.rb`, `hotline.rb`,
`db/schema.rb`): for the same call with the same answers, each field once, by keyboard where a browser lets one.
Their times are reckoned, not measured. The words of a note are left out everywhere: they take as long in each.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kzcase.queries.office import call_list
from kzcase.ui.calls.entry import CallEntryPage
from kzcase.ui.calls.page import CallsPage
from tests.ui.desks import open_window
from tests.ui.offices import Keyboard, offered

KEY, THOUGHT, HAND, POINT = 0.28, 1.35, 0.40, 1.10
NOTE = "Келісімшартсыз жұмыс істеген."


@dataclass(frozen=True)
class Field:
    """One field of a form elsewhere: keys, and whether the mouse is needed to come there."""

    keys: int
    mouse: bool = False


OSCAR = {
    "call type": Field(3),
    "receiving staff": Field(4),
    "date of call": Field(11),
    "start time": Field(6),
    "answered call": Field(2),
    "called before": Field(2),
    "requested update": Field(2),
    "caller is anonymous": Field(2),
    "gender": Field(3),
    "adult": Field(2),
    "concern, province": Field(4),
    "needs": Field(5),
    "protection concerns": Field(5),
    "information provided": Field(1),
    "save": Field(0, mouse=True),
}
"""An information call from somebody anonymous; a tab to each field is among its keys."""
DARIA = {
    "line": Field(2),
    "name or alias": Field(8),
    "primary phone": Field(12),
    "initial call date": Field(11),
    "find or add": Field(1),
    "language": Field(3),
    "state": Field(3),
    "outcome of the call": Field(0, mouse=True),
    "note": Field(1, mouse=True),
}
"""Somebody who calls for the first time: a person is added before there is a call; topics are not asked."""


def seconds(form: dict[str, Field]) -> float:
    return sum(THOUGHT + KEY * each.keys + (2 * HAND + POINT) * each.mouse for each in form.values())


@pytest.fixture
def operator(qtbot, tmp_path: Path):
    window = open_window(tmp_path, cases=0)
    qtbot.addWidget(window)
    offered(window)
    yield window
    window.lock()
    window.door.stop()
    window.hide()


def decide(steps: list[Callable[[], None]]) -> int:
    """Make each decision; how many there were."""
    for step in steps:
        step()
    return len(steps)


def test_a_call_is_logged_by_keyboard_in_less_than_a_minute(operator) -> None:
    keys = Keyboard(operator)
    page = operator.workplace.go("calls", keyboard=True)
    assert isinstance(page, CallsPage)
    keys.shortcut(page.new)  # Ctrl+N
    entry = operator.workplace.stack.currentWidget()
    assert isinstance(entry, CallEntryPage)

    def chosen(text: str) -> None:
        keys.type(text)
        keys.enter()

    decisions = decide(
        [
            keys.enter,  # by phone
            keys.enter,  # in Kazakh
            lambda: keys.type("ф"),  # for themselves
            keys.enter,  # anonymous
            lambda: chosen("жал"),  # unpaid wages
            lambda: chosen("ұст"),  # papers taken
            keys.enter,  # no more topics
            lambda: chosen("shy"),  # Shymkent
            lambda: keys.type("ы"),  # nobody is in danger
            lambda: keys.type("ф"),  # advice given
        ]
    )
    pressed = keys.strokes
    entry.fields.note.setPlainText(NOTE)
    keys.shortcut(entry.save)
    decisions, pressed = decisions + 2, pressed + 1 + len(NOTE)
    took = decisions * THOUGHT + pressed * KEY
    with operator.work._book.read() as reader:
        (row,) = call_list(reader)
    assert (row.caller, row.anonymous, row.topics) == ("caller_self", True, ("documents_taken", "wages"))
    assert (row.language, row.region, row.danger, row.outcome) == ("kk", "KZ-79", "no", "out_answered")
    assert entry.fields.topics.codes() == (), "ready for the next call"
    assert pressed <= 55, "the words of the note are 29 of them"
    assert took < 60
    without_note = took - len(NOTE) * KEY
    assert without_note < seconds(DARIA) < seconds(OSCAR)
    print(f"{pressed} keys, {took:.1f} s; without the note {without_note:.1f} s;"
          f" OSCaR {seconds(OSCAR):.1f} s, DARIA {seconds(DARIA):.1f} s")  # fmt: skip


def test_silence_takes_one_key_and_leaves_the_sheet_ready(operator) -> None:
    operator.workplace.log_call()
    entry = operator.workplace.stack.currentWidget()
    keys = Keyboard(operator)
    for topic in ("silent", "hoax", "wrong_number"):
        keys.shortcut(entry.quick[topic])
    with operator.work._book.read() as reader:
        assert {row.topics for row in call_list(reader)} == {("silent",), ("hoax",), ("wrong_number",)}
    assert keys.strokes == 3
    assert 3 * (THOUGHT + KEY) < 6
