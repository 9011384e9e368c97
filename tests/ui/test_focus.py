"""Where the keyboard is can be seen at every kind of control, in both looks, as WCAG 2.2 asks: 3 : 1 against before."""

from collections.abc import Callable, Mapping
from typing import Final

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QRadioButton, QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from kzcase.i18n import verbatim
from kzcase.ui import theme
from kzcase.ui.rows_view import RowsView
from kzcase.ui.tables import Column, fixed_rows
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.check_lists import CheckList
from kzcase.ui.widgets.checks import Check
from kzcase.ui.widgets.choices import Choice, CodeCombo
from kzcase.ui.widgets.dates import DateEdit
from kzcase.ui.widgets.fields import LineEdit, TextArea
from kzcase.ui.widgets.key_choices import KeyChoices
from kzcase.ui.widgets.rail import NavEntry, NavRail
from kzcase.ui.widgets.timeline import Moment, Timeline
from tests.ui.test_theme import CONTROL, contrast
from tests.ui.walking import settle

NAME: Final = verbatim("Ә")
CHOICES: Final = (Choice("a", NAME), Choice("b", NAME))
LEAST: Final = 40
"""So many pixels at least must stand out."""


def chosen() -> KeyChoices:
    made = KeyChoices(CHOICES)
    made.set_code("a")
    return made


def tabs() -> QTabBar:
    made = QTabBar()
    made.addTab("Ә")
    return made


def rows() -> RowsView:
    made = RowsView(fixed_rows([Column(NAME, str)], ["Ә"]), name=NAME)
    made.selectRow(0)
    return made


def rail() -> NavRail:
    made = NavRail((NavEntry("a", NAME, "house"),))
    made.select("a")
    return made


def timeline() -> Timeline:
    made = Timeline(name=NAME)
    made.show_moments((Moment(1, "22.11.2026", NAME, None, "send"),))
    return made


MADE: Final[Mapping[str, Callable[[], QWidget]]] = {
    "plain": lambda: Button(NAME),
    "primary": lambda: Button(NAME, kind="primary"),
    "quiet": lambda: Button(NAME, kind="quiet"),
    "danger": lambda: Button(NAME, kind="danger"),
    "line": LineEdit,
    "text": TextArea,
    "date": DateEdit,
    "combo": lambda: CodeCombo(CHOICES),
    "check": lambda: Check(NAME),
    "radio": lambda: QRadioButton("Ә"),
    "key": lambda: KeyChoices(CHOICES),
    "chosen": chosen,
    "list": lambda: CheckList(CHOICES),
    "rows": rows,
    "timeline": timeline,
    "rail": rail,
    "tool": QToolButton,
    "tabs": tabs,
}


def taker(widget: QWidget) -> QWidget:
    """What of it takes the keyboard."""
    proxy = widget.focusProxy()
    if proxy is not None:
        return taker(proxy)
    inner = widget.findChildren(QPushButton) if isinstance(widget, NavRail) else []
    return inner[0] if inner else widget


def stand_out(before: QImage, after: QImage) -> int:
    """How many pixels differ so much that it is seen."""
    known: dict[tuple[str, str], bool] = {}

    def seen(one: str, other: str) -> bool:
        if (one, other) not in known:
            known[one, other] = contrast(one, other) >= CONTROL
        return known[one, other]

    places = ((x, y) for y in range(before.height()) for x in range(before.width()))
    pairs = ((before.pixelColor(x, y).name(), after.pixelColor(x, y).name()) for x, y in places)
    return sum(one != other and seen(one, other) for one, other in pairs)


def unseen(qtbot: QtBot) -> list[str]:
    """The controls at which one does not see that the keyboard is there."""
    window = QWidget()
    window.setObjectName("page")
    qtbot.addWidget(window)
    layout = QHBoxLayout(window)
    made = {name: make() for name, make in MADE.items()}
    elsewhere = Button(NAME)
    for widget in (*made.values(), elsewhere):
        widget.setMaximumSize(120, 80)
        layout.addWidget(widget)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=5_000)
    return [name for name, widget in made.items() if _shown(widget, elsewhere) < LEAST]


def _shown(widget: QWidget, elsewhere: QWidget) -> int:
    pictures = []
    for here in (elsewhere, taker(widget)):
        here.setFocus()
        settle()
        assert QApplication.focusWidget() is here
        pictures.append(widget.grab().toImage())
    return stand_out(*pictures)


@pytest.mark.parametrize("look", theme.THEMES)
def test_where_the_keyboard_is_can_be_seen(qtbot: QtBot, look: theme.ThemeName) -> None:
    theme.apply(look)
    assert unseen(qtbot) == []


def test_canary_a_button_without_its_ring_is_found(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Button, "_paint_ring", lambda _button, _painter: None)
    assert {"plain", "primary", "quiet", "danger"} <= set(unseen(qtbot))
