"""What is copied from the casebook is marked for histories, goes by itself, and nobody else's copy is touched."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QClipboard, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import kzcase.ui
from kzcase.i18n import _, verbatim
from kzcase.ui.clipboard import GONE_AFTER_MS, MARKS, MODES, CopyGuard
from kzcase.ui.rows_view import RowsView
from kzcase.ui.tables import Column, fixed_rows
from kzcase.ui.widgets.fields import LineEdit, TextArea
from kzcase.ui.widgets.labels import Selectable

SAID = "+7 709 000 01 02"


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screenless platform does not know whose the clipboard is, so that is said here."""
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: True)


@pytest.fixture
def guard(qapp: object) -> Iterator[CopyGuard]:
    QGuiApplication.clipboard().clear()
    made = CopyGuard()
    yield made
    QGuiApplication.clipboard().changed.disconnect(made._changed)
    QGuiApplication.clipboard().clear()
    made.deleteLater()


def there() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def line() -> QWidget:
    made = LineEdit()
    made.setText(SAID)
    made.selectAll()
    return made


def area() -> QWidget:
    made = TextArea()
    made.setText(SAID)
    made.selectAll()
    return made


def label() -> QWidget:
    made = Selectable(verbatim(SAID))
    made.setSelection(0, len(SAID))
    return made


def table() -> QWidget:
    made = RowsView(fixed_rows((Column(_("Phone"), str),), [SAID]), name=_("Phone"))
    made.setCurrentIndex(made.model().index(0, 0))
    return made


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("make", [line, area, label, table])
def test_whatever_is_copied_is_marked_and_goes(guard: CopyGuard, make: Callable[[], QWidget], qtbot: QtBot) -> None:
    widget = make()
    qtbot.addWidget(widget)
    widget.show()
    guard._timer.setInterval(1)
    QTest.keySequence(widget, QKeySequence(QKeySequence.StandardKey.Copy))
    assert there().text() == SAID
    assert {mark: there().data(mark).data() for mark in MARKS} == MARKS
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().text(), timeout=1000)


@pytest.mark.usefixtures("ours")
def test_only_the_words_are_copied_and_for_twenty_seconds(guard: CopyGuard) -> None:
    rich = QMimeData()
    rich.setText(SAID)
    rich.setHtml(f"<b>{SAID}</b>")
    QGuiApplication.clipboard().setMimeData(rich)
    assert there().text() == SAID
    assert not there().hasHtml()
    assert guard._timer.isActive()
    assert guard._timer.interval() == GONE_AFTER_MS == 20_000


@pytest.mark.usefixtures("ours", "guard")
def test_a_long_word_is_copied_as_it_was_written(qtbot: QtBot) -> None:
    """A folder, or an address in the web: on the screen it has places where a line may end."""
    path = "/home/generated/" + "folder/" * 12
    widget = Selectable(verbatim(path))
    qtbot.addWidget(widget)
    assert widget.text() != path
    widget.show()
    widget.setSelection(0, len(widget.text()))
    QTest.keySequence(widget, QKeySequence(QKeySequence.StandardKey.Copy))
    assert there().text() == path


@pytest.mark.usefixtures("ours")
def test_a_further_copy_begins_its_own_twenty_seconds(guard: CopyGuard) -> None:
    QGuiApplication.clipboard().setText("1")
    first = guard._timer.timerId()
    QGuiApplication.clipboard().setText("2")
    assert guard._timer.timerId() != first, "begun anew"
    guard.clear()
    assert not guard._timer.isActive()


def test_what_another_program_copied_is_left_alone(guard: CopyGuard) -> None:
    """Canary: the same words, were they ours, would be marked and taken away."""
    QGuiApplication.clipboard().setText("of another program")
    assert not any(there().hasFormat(mark) for mark in MARKS)
    assert not guard._timer.isActive()
    guard.clear()
    assert there().text() == "of another program"


def test_what_was_copied_over_by_another_program_meanwhile_stays(
    guard: CopyGuard, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = {"ours": True}
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _self: owner["ours"])
    guard._timer.setInterval(1)
    QGuiApplication.clipboard().setText(SAID)
    owner["ours"] = False
    QGuiApplication.clipboard().setText("of another program")
    with qtbot.waitSignal(guard._timer.timeout, timeout=1000):
        pass
    assert there().text() == "of another program"


@pytest.mark.usefixtures("ours")
def test_nothing_is_left_at_the_end_of_the_program(guard: CopyGuard, qapp: QApplication) -> None:
    QGuiApplication.clipboard().setText(SAID)
    qapp.aboutToQuit.emit()
    assert not QGuiApplication.clipboard().text()


def test_what_is_only_selected_counts_too() -> None:
    assert {QClipboard.Mode.Clipboard, QClipboard.Mode.Selection} == set(MODES)


def test_nobody_else_touches_the_clipboard() -> None:
    """One place writes to it; one more reads what is pasted."""
    house = Path(kzcase.ui.__file__).parent
    users = {path.relative_to(house).as_posix() for path in house.rglob("*.py") if "clipboard()" in path.read_text()}
    assert users == {"clipboard.py", "widgets/fields.py"}
