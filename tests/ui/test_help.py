"""The help in the window: every point of what is not protected, by the rail and by F1, in every language."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kzcase.domain.unprotected import UNPROTECTED
from kzcase.i18n import LANGUAGES
from kzcase.ui import language
from kzcase.ui.help.page import HelpPage
from kzcase.ui.main_window import MainWindow
from tests.ui.desks import open_window
from tests.ui.naming import assert_all_named


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    made = open_window(tmp_path, cases=1)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.lock()
    made.door.stop()


def shown(window: MainWindow) -> HelpPage:
    assert window.workplace is not None
    page = window.workplace.stack.currentWidget()
    assert isinstance(page, HelpPage)
    return page


def test_every_point_is_said_in_every_language(window: MainWindow) -> None:
    assert window.workplace is not None
    window.workplace.rail.chosen.emit("help")
    page = shown(window)
    for spoken in LANGUAGES:
        language.switch(spoken)
        said = [label.text() for label in page.card.findChildren(QLabel) if label.text()]
        assert said == [language.text(words) for one in UNPROTECTED for words in (one.title, one.said)]
    assert_all_named(window)


def test_f1_opens_it(window: MainWindow) -> None:
    assert window.workplace is not None
    (key,) = (each for each in window.workplace.findChildren(QShortcut) if each.key().toString() == "F1")
    key.activated.emit()
    assert shown(window).isVisible()
    assert window.workplace.rail._buttons["help"].isChecked()
