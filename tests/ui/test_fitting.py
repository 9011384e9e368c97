"""Long titles and hints press nothing together: a small dialog is as high as its words are at its width."""

from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from kzcase.i18n import verbatim
from kzcase.ui import form_dialog
from kzcase.ui.form_dialog import FormDialog
from kzcase.ui.widgets.fields import FieldRow, LineEdit, TextArea
from tests.actions.steps import do

SENTENCE = "Шұғыл жағдайда берілген мәліметтің қорытындысын анықтау."
TITLE, HINT = (verbatim(" ".join([SENTENCE] * times)) for times in (3, 18))


def asked(qtbot: QtBot) -> FormDialog:
    rows = {"what": FieldRow(verbatim("A"), LineEdit()), "why": FieldRow(verbatim("B"), TextArea(lines=2))}
    work: Any = None
    made = FormDialog(work, TITLE, rows, (("what",), ("why",)), verbatim("C"), do, needed=("what", "why"), hint=HINT)
    qtbot.addWidget(made)
    made.show()
    return made


def pressed_together(dialog: FormDialog) -> bool:
    layout = dialog.layout()
    assert layout is not None
    layout.activate()
    return dialog.height() < layout.totalHeightForWidth(dialog.width())


def test_a_dialog_is_high_enough_for_its_words(qtbot: QtBot) -> None:
    dialog = asked(qtbot)
    assert not pressed_together(dialog)


def test_canary_as_qt_reckons_the_last_field_is_cut(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_dialog, "fit", lambda _dialog: None)
    assert pressed_together(asked(qtbot))
