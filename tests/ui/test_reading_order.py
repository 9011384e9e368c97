"""Tab goes through a dialog as the eye does: down each column, and to the buttons at the foot last."""

from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from kzcase.actions.wishes import Done
from kzcase.i18n import _, verbatim
from kzcase.ui import pages
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.main_window import MainWindow
from kzcase.ui.reading_order import controls
from kzcase.ui.slices import InlineSlices, Steps
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.choices import Choice
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.wish_dialog import WishDialog
from tests.ui.desks import open_window
from tests.ui.typing import press


class Errands(QObject):
    """As much of the errands as a dialog needs to be built."""

    def __init__(self) -> None:
        super().__init__()
        self.slices = InlineSlices(self)


class TwoColumns(WishDialog):
    """The second column is made first, a tick box before the field it stands under."""

    def __init__(self, work: Any) -> None:
        super().__init__(work, _("Case"), _("Save"))
        self.build(self._steps())

    def _steps(self) -> Steps:
        right, left, tick = Card(), Card(), QCheckBox()
        for _each in range(2):
            right.add(QLineEdit())
        left.add(QLineEdit())
        left.add(tick)
        yield from self.put([left], [right])


@pytest.fixture
def work(qapp: QApplication) -> Iterator[Any]:
    made = Errands()
    yield made
    made.deleteLater()


def walked(dialog: QWidget, qtbot: QtBot) -> list[QWidget]:
    """The controls Tab comes to, from the first one of the dialog until it begins again."""
    qtbot.addWidget(dialog)
    dialog.resize(1_000, 700)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow, timeout=5_000)
    first = next(each for each in controls(dialog) if each.isVisible())
    first.setFocus()
    found: list[QWidget] = []
    while (here := QApplication.focusWidget()) is not None and here not in found:
        found.append(here)
        dialog.focusNextChild()
    return found


def against_the_eye(found: list[QWidget]) -> list[tuple[str, str]]:
    """Steps that lead up without leading right, or left without leading down."""
    wrong = []
    for before, after in pairwise(found):
        here, there = (QRect(each.mapToGlobal(QPoint(0, 0)), each.size()) for each in (before, after))
        up = there.bottom() <= here.top() and there.left() < here.right()
        back = there.right() <= here.left() and there.top() < here.bottom() and there.bottom() > here.top()
        if up or back:
            wrong.append((type(before).__name__, type(after).__name__))
    return wrong


def visible(dialog: QWidget) -> set[QWidget]:
    return {each for each in controls(dialog) if each.isVisible() and each.isEnabled()}


def _done(_book: Any, _said: Any) -> Done:
    return Done(b"", frozenset())


def small(work: Any) -> FormDialog:
    """Two fields side by side, given in another order than they were made in."""
    rows = {name: FieldRow(_("Name"), LineEdit()) for name in ("second", "first", "third")}
    return FormDialog(work, _("Case"), rows, [("first", "second"), ("third",)], _("Save"), _done)


@pytest.mark.parametrize("made", [TwoColumns, small])
def test_tab_goes_as_the_eye_does_and_comes_to_everything(made: Any, work: Any, qtbot: QtBot) -> None:
    dialog = made(work)
    found = walked(dialog, qtbot)
    assert against_the_eye(found) == []
    assert set(found) == visible(dialog)
    assert found[-2:] == [dialog.cancel, dialog.save]


def test_canary_in_the_order_they_were_made_it_jumps(work: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "follow_layout", lambda _dialog: iter(()))
    assert against_the_eye(walked(TwoColumns(work), qtbot)) != []


class Letters(WishDialog):
    """Choices by letter, and below them a tick box."""

    def __init__(self, work: Any) -> None:
        super().__init__(work, _("Case"), _("Save"))
        self.build(self._steps())

    def _steps(self) -> Steps:
        card = Card()
        self.letters = KeyChoices([Choice(code, verbatim(code)) for code in ("yes", "office", "no")])
        self.tick = QCheckBox()
        for each in (QLineEdit(), self.letters, self.tick):
            card.add(each)
        yield from self.put([card], [])


@pytest.mark.parametrize("chosen", ["office", "other list"])
def test_tab_goes_on_below_whatever_letter_was_chosen(chosen: str, work: Any, qtbot: QtBot) -> None:
    dialog = Letters(work)
    if chosen == "other list":
        dialog.letters.set_choices([Choice(code, verbatim(code)) for code in ("kk", "ru")])
    else:
        dialog.letters.set_code(chosen)
    found = walked(dialog, qtbot)
    assert set(found) == visible(dialog)
    assert found[2:] == [dialog.tick, dialog.cancel, dialog.save]


def test_canary_a_letter_that_keeps_its_old_place_hides_what_is_below(
    work: Any, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(KeyChoices, "_come_after", lambda _letters, _stop: None)
    dialog = Letters(work)
    dialog.letters.set_code("office")
    assert dialog.tick not in walked(dialog, qtbot)


def held_back(place: Any, qtbot: QtBot) -> dict[str, list[str]]:
    """By page: the controls Tab never comes to, beginning in the page's first."""
    missed = {}
    for key in sorted(place.rail._buttons):
        place.go(key)
        page = place.page(key)
        qtbot.waitUntil(partial(_is_shown, place, page), timeout=5_000)
        first = next((each for each in controls(page) if each.isVisible() and each.isEnabled()), None)
        if first is None:
            continue
        first.setFocus()
        found: set[QWidget] = set()
        while (here := QApplication.focusWidget()) is not None and here not in found:
            found.add(here)
            press(here, Qt.Key.Key_Tab)
        missed[key] = [each.accessibleName() for each in visible(page) - found if not _chosen_by_arrows(each)]
    return {key: names for key, names in missed.items() if names}


def _is_shown(place: Any, page: QWidget) -> bool:
    return place.stack.currentWidget() is page


def _chosen_by_arrows(control: QWidget) -> bool:
    """Of several that exclude each other, one takes the keyboard; arrows go on from there."""
    return isinstance(control, QAbstractButton) and control.group() is not None


def window(tmp_path: Path, qtbot: QtBot) -> MainWindow:
    made = open_window(tmp_path, cases=5)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow, timeout=5_000)
    return made


def test_tab_comes_to_everything_on_every_page(tmp_path: Path, qtbot: QtBot) -> None:
    made = window(tmp_path, qtbot)
    assert held_back(made.workplace, qtbot) == {}
    made.lock()
    made.door.stop()


def test_canary_in_the_order_they_were_made_a_number_holds_the_keyboard(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "follow_layout", lambda _page: iter(()))
    made = window(tmp_path, qtbot)
    assert "settings" in held_back(made.workplace, qtbot)
    made.lock()
    made.door.stop()
