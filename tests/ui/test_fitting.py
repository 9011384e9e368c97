"""Long titles and hints press nothing together: a small dialog is as high as its words are at its width."""

from typing import Any

import pytest
from PySide6.QtWidgets import QSizePolicy
from pytestqt.qtbot import QtBot

from kzcase.i18n import verbatim
from kzcase.ui import form_dialog, theme
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.widgets.buttons import Button
from kzcase.ui.widgets.cards import Card
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from kzcase.ui.widgets.labels import Label
from kzcase.ui.widgets.scrolls import InnerScroll
from tests.actions.steps import do
from tests.ui.cut import cut_texts
from tests.ui.walking import settle

SENTENCE = "Шұғыл жағдайда берілген мәліметтің қорытындысын анықтау."
TITLE, HINT = (verbatim(" ".join([SENTENCE] * times)) for times in (3, 18))


def asked(qtbot: QtBot, fields: int = 1) -> FormDialog:
    rows = {"what": FieldRow(verbatim("A"), LineEdit()), "why": FieldRow(verbatim("B"), TextArea(lines=2))}
    rows |= {str(number): FieldRow(verbatim("C"), LineEdit()) for number in range(1, fields)}
    work: Any = None
    made = FormDialog(
        work, TITLE, rows, [(name,) for name in rows], verbatim("C"), do, needed=("what", "why"), hint=HINT
    )
    qtbot.addWidget(made)
    made.show()
    return made


def pressed_together(dialog: FormDialog) -> bool:
    """Whether something stands in less room than it needs, or scrolls though the screen has room for it."""
    settle()
    return bool(cut_texts(dialog)) or dialog.findChildren(InnerScroll)[0].verticalScrollBar().maximum() > 0


def test_a_dialog_is_high_enough_for_its_words(qtbot: QtBot) -> None:
    assert not pressed_together(asked(qtbot))


def test_where_the_screen_is_low_the_fields_scroll_and_the_buttons_stay(qtbot: QtBot) -> None:
    dialog = asked(qtbot, fields=30)
    settle()
    assert dialog.height() <= dialog.screen().availableGeometry().height()
    assert dialog.rect().contains(dialog.save.geometry())
    assert cut_texts(dialog) == []
    assert pressed_together(dialog)


def test_canary_as_qt_reckons_the_last_field_is_cut(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_dialog, "fit", lambda _dialog, _inside: None)
    assert pressed_together(asked(qtbot))


def headed(qtbot: QtBot) -> Card:
    """A card whose title and button do not fit into one line."""
    made = Card(TITLE)
    made.head.addWidget(Button(verbatim(SENTENCE), kind="quiet", icon="plus", parent=made))
    made.add(Label(HINT, wrap=True))
    qtbot.addWidget(made)
    made.resize(theme.px(420), made.heightForWidth(theme.px(420)))
    made.show()
    return made


def is_cut(label: Label) -> bool:
    if label.wordWrap():
        return label.height() < label.heightForWidth(label.width())
    return label.width() < label.sizeHint().width()


def test_the_title_of_a_card_goes_on_in_the_next_line(qtbot: QtBot) -> None:
    assert not is_cut(headed(qtbot).title)


def test_canary_a_title_of_one_line_is_cut_by_the_button_beside_it(qtbot: QtBot) -> None:
    card = headed(qtbot)
    card.title.setWordWrap(False)
    card.title.setMinimumWidth(0)
    layout = card.layout()
    assert layout is not None
    card.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    layout.activate()
    assert is_cut(card.title)
