"""What the program says: plain text, safe by default, quiet about its own faults."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from kzcase.domain.errors import DiskTrouble, NotAllowed, NotFound
from kzcase.i18n import _, render, verbatim
from kzcase.ui import crash, lanes, messages
from kzcase.ui.widgets.cards import Banner
from tests.ui.naming import assert_all_named
from tests.ui.typing import press


@pytest.fixture
def window(qtbot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def ask(window: QWidget, said: list[str]) -> messages.MessageDialog:
    return messages.ask(
        _("Erase this person?"),
        _("This cannot be undone."),
        _("Erase"),
        lambda: said.append("erased"),
        keep=_("Keep"),
        parent=window,
    )


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_and_escape_leave_all_as_it_is(window: QWidget, key: Qt.Key) -> None:
    said: list[str] = []
    dialog = ask(window, said)
    assert dialog.safe.isDefault()
    press(dialog, key)
    assert not dialog.isVisible()
    assert said == []


def test_only_the_named_button_acts(window: QWidget) -> None:
    said: list[str] = []
    dialog = ask(window, said)
    assert dialog.act is not None
    assert dialog.act.text() == "Erase"
    dialog.act.click()
    assert said == ["erased"]


def test_nothing_said_is_taken_for_markup(window: QWidget) -> None:
    dialog = messages.show(verbatim("<b>Ғ</b>"), verbatim("<a href='x'>y</a>"), parent=window)
    assert dialog.sentence.textFormat() is dialog.detail.textFormat() is Qt.TextFormat.PlainText
    assert_all_named(dialog)
    dialog.reject()


def test_errors_say_what_to_do(window: QWidget) -> None:
    dialog = messages.show_error(NotAllowed(), window)
    assert dialog.sentence.text() == "Your role does not allow this. Please ask your supervisor."
    dialog.reject()
    banner = Banner(verbatim(""), parent=window)
    banner.hide()
    messages.banner_error(banner, DiskTrouble(reason="full"))
    assert not banner.isHidden()
    assert "full" in banner.sentence.text()


@pytest.mark.parametrize(
    ("place", "shown"), [("case", ""), ("person.names[0].family", ""), ("sheet survey, row 4", "row 4")]
)
def test_a_place_is_said_where_somebody_can_look_there(place: str, shown: str) -> None:
    said = render(messages.spoken(NotFound(place, what="X")), "en")
    assert ("row 4" in said) == bool(shown)
    assert place not in said or shown
    assert "“X”" in said


def test_a_fault_is_recorded_without_values_and_said_once(window: QWidget, qtbot) -> None:
    told: list[crash.Account] = []
    before = sys.excepthook
    crash.install(told.append)
    hook, sys.excepthook = sys.excepthook, before
    try:
        _stumble("Ғабитова Күләш")
    except ValueError as error:
        hook(type(error), error, error.__traceback__)
    kept = crash.log_path().read_text("utf-8")
    assert "Ғабитова" not in kept
    assert "test_messages.py" in kept
    assert "KeyError" in kept
    first = messages.show_crash(told[0], window)
    assert first is not None
    assert messages.show_crash(told[0], window) is None
    first.reject()


def _stumble(name: str) -> None:
    try:
        {}[name]
    except KeyError as error:
        raise ValueError(name) from error


def test_the_account_says_no_home_folder() -> None:
    try:
        int("secret")
    except ValueError as error:
        account = crash.account_of(error)
    assert "/work" not in str(account)
    assert "/home" not in str(account)
    assert "secret" not in str(account)


def test_the_record_stays_small() -> None:
    account = crash.Account(("x" * 1_000,) * 20)
    for _round in range(10):
        crash.record(account)
    assert crash.log_path().stat().st_size <= crash.KEPT_BYTES


def test_whatever_no_page_takes_is_said(window: QWidget, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("explain", "crashed"):
        monkeypatch.setattr(lanes.doors, name, getattr(lanes.doors, name))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    messages.install()
    lane = lanes.Lane("kzcase-aside")
    lane.run(lambda: _refuse(), print)
    lane.run(lambda: _stumble("Ғабитова"), print)
    qtbot.waitUntil(lambda: len(_open_dialogs()) == 2, timeout=5_000)
    lane.stop()
    assert sorted(type(each).__name__ for each in _open_dialogs()) == ["CrashDialog", "MessageDialog"]
    assert "ValueError" in crash.log_path().read_text("utf-8")
    for dialog in _open_dialogs():
        dialog.reject()


def _refuse() -> None:
    raise NotAllowed


def _open_dialogs() -> list[messages.MessageDialog]:
    return [each for each in QApplication.topLevelWidgets() if isinstance(each, messages.MessageDialog)]


def test_dialogs_are_gone_when_closed(window: QWidget) -> None:
    dialog = messages.show(_("Done"), parent=window)
    dialog.reject()
    QApplication.processEvents()
    assert dialog not in QApplication.topLevelWidgets() or not dialog.isVisible()


def test_what_an_act_warns_of_outlives_the_dialog_that_is_closing(window: QWidget, monkeypatch) -> None:
    closing = QDialog(window)
    monkeypatch.setattr(messages.QApplication, "activeWindow", lambda: closing)
    dialog = messages.show_warned([verbatim("One."), verbatim("Other.")])
    assert (dialog.sentence.text(), dialog.parentWidget()) == ("One. Other.", window)
    dialog.safe.click()
