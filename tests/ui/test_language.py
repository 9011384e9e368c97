"""The language changes while a form is open; Qt's own words follow."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from kzcase.i18n import LANGUAGES, Language
from kzcase.ui import language
from kzcase.ui.widgets.fields import FieldRow, LineEdit
from kzcase.ui.widgets.labels import Label
from tests.ui.typing import type_text

NAME = {"kk": "Аты", "ru": "Имя", "en": "Name"}


def test_a_half_filled_form_is_said_anew_and_keeps_its_text(qtbot) -> None:
    field = LineEdit()
    row = FieldRow(NAME, field)
    qtbot.addWidget(row)
    row.show()
    type_text(field, "Өмірзақ")
    field.setCursorPosition(3)
    for wanted in ("kk", "ru", "en"):
        language.switch(wanted)
        assert row.label.text() == NAME[wanted]
        assert field.accessibleName() == NAME[wanted]
    assert (field.text(), field.cursorPosition()) == ("Өмірзақ", 3)


@pytest.mark.parametrize("first", LANGUAGES)
@pytest.mark.parametrize("second", LANGUAGES)
def test_every_switch_reaches_hidden_windows_too(qtbot, first: Language, second: Language) -> None:
    language.switch(first)
    label = Label(NAME)
    qtbot.addWidget(label)
    language.switch(second)
    assert label.text() == NAME[second]
    assert language.current() == second


@pytest.mark.parametrize(("wanted", "cancel"), [("kk", "Болдырмау"), ("ru", "Отмена"), ("en", "Cancel")])
def test_qts_own_words_follow(qapp, wanted: Language, cancel: str) -> None:
    language.switch(wanted)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") in (cancel, "Бас тарту")
    assert QLocale().name().startswith(wanted)


def test_text_of_a_form_falls_back_on_another_language(qapp) -> None:
    language.switch("ru")
    assert language.text({"kk": "Келісім"}) == "Келісім"
    assert language.text({}) == ""
