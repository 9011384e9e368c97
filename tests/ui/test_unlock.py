"""The start screen: a casebook opens with the right passphrase, the wait grows with wrong ones, a new one is made."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kzcase.domain.errors import NotPossibleNow
from kzcase.keys.shares import share_text
from kzcase.settings import RECENT
from kzcase.ui import language
from kzcase.ui.main_window import MainWindow
from kzcase.ui.messages import MessageDialog
from kzcase.ui.unlock.entered import Founded
from tests.ui.desks import PASSPHRASE, Clock, casebook, window_on
from tests.ui.naming import assert_all_named
from tests.ui.typing import press, type_text

WRONG = "самовар облако калитка ястреб"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(tmp_path: Path, clock: Clock, qtbot: QtBot) -> Iterator[MainWindow]:
    made = window_on(casebook(tmp_path), clock=clock)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.lock()
    if made.start.shares_left:
        made.start.abandon_shares()
    made.door.stop()


def type_passphrase(window: MainWindow, passphrase: str) -> None:
    field = window.start.open.passphrase
    type_text(field, passphrase)
    press(field, Qt.Key.Key_Return)


def test_the_right_passphrase_opens_the_list_with_the_keyboard_alone(window: MainWindow) -> None:
    type_passphrase(window, PASSPHRASE)
    assert window.workplace is not None
    assert window.workplace.isVisible()
    assert not window.start.open.passphrase.text()
    assert window.windowTitle() == "kzcase"


def test_a_wrong_passphrase_is_said_in_words_and_nothing_opens(window: MainWindow) -> None:
    """Canary of the test above."""
    type_passphrase(window, WRONG)
    assert window.workplace is None
    said = window.start.open.said
    assert said.isVisible()
    assert "Caps Lock" in said.sentence.text()


def test_the_wait_grows_and_survives_a_new_window(window: MainWindow, clock: Clock) -> None:
    path = window.start.open.path()
    assert path is not None
    waits = []
    for _each in range(6):
        type_passphrase(window, WRONG)
        waits.append(window.door.seconds_to_wait(path))
        clock.now += waits[-1]
    assert waits == [0.0, 0.0, 0.0, 1.0, 2.0, 4.0]
    type_passphrase(window, WRONG)
    assert not window.start.open.enter.isEnabled()
    assert window.door.tries(path).wrong == 7
    type_passphrase(window, PASSPHRASE)
    assert window.workplace is None, "not before the wait is over"
    clock.now += 8.0
    press(window.start.open.passphrase, Qt.Key.Key_Return)
    assert window.workplace is not None, "what was typed during the wait is not lost"
    assert window.door.tries(path).wrong == 0


def test_casebooks_of_one_name_are_told_apart_by_their_folders(window: MainWindow, tmp_path: Path) -> None:
    page = window.start.open
    places = [str(tmp_path / name) for name in ("shelter.kzcase", "a/office.kzcase", "b/office.kzcase")]
    page.show_recent((*places, places[1]))
    shown = [page.list.item(row).text() for row in range(page.list.count())]
    assert shown == ["shelter", f"office  ({tmp_path / 'a'})", f"office  ({tmp_path / 'b'})"]
    page.list.setCurrentRow(2)
    assert page.path() == Path(places[2])


def test_half_a_path_is_made_whole(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    page = window.start.open
    page.show_recent((str(tmp_path / "office.kzcase"),))
    page.choose("office.kzcase")
    assert [page.list.item(row).text() for row in range(page.list.count())] == ["office"]
    assert page.path() == tmp_path / "office.kzcase"


def test_an_empty_passphrase_is_no_try(window: MainWindow) -> None:
    press(window.start.open.passphrase, Qt.Key.Key_Return)
    path = window.start.open.path()
    assert path is not None
    assert window.door.tries(path).wrong == 0
    assert window.start.open.row.error is not None


def test_the_language_is_chosen_in_its_own_script(window: MainWindow) -> None:
    buttons = window.start.languages.buttons
    assert [each.text() for each in buttons.values()] == ["Қазақша", "Русский", "English"]
    buttons["ru"].click()
    assert language.current() == "ru"
    assert buttons["ru"].isChecked()
    assert not buttons["en"].isChecked()


def test_every_control_of_the_start_screen_has_a_name(window: MainWindow) -> None:
    assert_all_named(window)
    window.start.open.new.click()
    assert_all_named(window)


def make_casebook(window: MainWindow, folder: Path) -> str:
    """Make one; gives its passphrase."""
    page = window.start.new_page
    window.start.open.new.click()
    for row, text in ((page.organisation, "Generated fund"), (page.administrator, "Гүлнұр")):
        type_text(row.field, text)
    page.chosen.generate.click()
    page.folder.field.setText(str(folder))  # type: ignore[attr-defined]
    passphrase = str(page.chosen.first.text())
    page.make.click()
    return passphrase


def test_a_new_casebook_hands_out_three_shares_one_by_one(window: MainWindow, tmp_path: Path) -> None:
    make_casebook(window, tmp_path / "second")
    shares = window.start.shares
    seen = []
    for number in range(3):
        assert shares.isVisible(), window.start.new_page.said.sentence.text()
        seen.append(shares.text.text())
        assert str(number + 1) in shares.title.text()
        assert not shares.next.isEnabled(), "only when it is on paper"
        shares.safe.box.click()
        shares.next.click()
    assert len(set(seen)) == 3
    assert window.workplace is not None
    assert window.workplace.office.colleague == "Гүлнұр"
    assert window.settings.get(RECENT)[0].endswith("second.kzcase")
    assert not shares.text.text(), "nothing of the shares stays on the screen"


def test_the_shares_are_forgotten_afterwards(window: MainWindow, tmp_path: Path) -> None:
    kept: list[Founded] = []
    window.door.founded.connect(kept.append)
    make_casebook(window, tmp_path / "second")
    assert share_text(kept[0].shares[0])
    for _each in range(3):
        window.start.shares.safe.box.click()
        window.start.shares.next.click()
    with pytest.raises(NotPossibleNow):
        share_text(kept[0].shares[0])


def test_a_new_casebook_has_its_name_only_when_its_shares_are_out(window: MainWindow, tmp_path: Path) -> None:
    """A program that is ended before leaves nothing anybody takes for a casebook."""
    passphrase = make_casebook(window, tmp_path / "second")
    named, beside = tmp_path / "second.kzcase", tmp_path / ".second.kzcase.unfinished"
    for _each in range(3):
        assert beside.is_dir()
        assert not named.exists()
        assert str(named) not in window.settings.get(RECENT)
        window.start.shares.safe.box.click()
        window.start.shares.next.click()
    assert named.is_dir()
    assert not beside.exists()
    assert window.workplace is not None
    window.lock()
    window.door.enter(named, passphrase)
    assert window.workplace is not None, "it opens under its name"


def test_shares_given_up_on_purpose_leave_a_casebook(window: MainWindow, tmp_path: Path) -> None:
    make_casebook(window, tmp_path / "second")
    window.start.abandon_shares()
    assert (tmp_path / "second.kzcase").is_dir()
    assert not window.start.shares_left


def test_what_a_stopped_start_left_is_cleared_away(window: MainWindow, tmp_path: Path) -> None:
    left = tmp_path / ".second.kzcase.unfinished"
    left.mkdir()
    (left / "casebook.db").write_bytes(b"half of one")
    make_casebook(window, tmp_path / "second")
    assert window.start.shares_left
    assert (left / "casebook.db").read_bytes() != b"half of one"


def test_a_share_becomes_a_pdf(window: MainWindow, tmp_path: Path) -> None:
    make_casebook(window, tmp_path / "second")
    papers: list[object] = []
    window.start.shares.make_paper(papers.append)
    assert isinstance(papers[0], bytes)
    assert papers[0].startswith(b"%PDF")


@pytest.mark.parametrize(
    ("passphrase", "again", "row"),
    [("short", "short", "passphrase"), (PASSPHRASE, WRONG, "again"), ("Гүлнұр Гүлнұр 123", "", "passphrase")],
)
def test_a_weak_or_mistyped_passphrase_is_said_at_its_field(
    window: MainWindow, tmp_path: Path, passphrase: str, again: str, row: str
) -> None:
    page = window.start.new_page
    window.start.open.new.click()
    for field, text in (
        (page.organisation.field, "Generated fund"),
        (page.administrator.field, "Гүлнұр"),
        (page.chosen.first, passphrase),
        (page.chosen.second, again),
    ):
        type_text(field, text)
    page.folder.field.setText(str(tmp_path / "second"))  # type: ignore[attr-defined]
    page.make.click()
    assert getattr(page.chosen, row).error is not None
    assert not (tmp_path / "second.kzcase").exists()


def test_a_generated_passphrase_is_shown_and_taken(window: MainWindow) -> None:
    page = window.start.new_page
    window.start.open.new.click()
    page.chosen.generate.click()
    assert len(page.chosen.first.text().split()) == 6
    assert page.chosen.first.text() == page.chosen.second.text()
    assert page.chosen.first.echoMode() is page.chosen.first.EchoMode.Normal


def test_a_demonstration_opens_by_passphrase_file_and_another_does_not(window: MainWindow, tmp_path: Path) -> None:
    from kzcase.app import begin

    path = window.start.open.path()
    make_casebook(window, tmp_path / "second")
    for _each in range(3):
        window.start.shares.safe.box.click()
        window.start.shares.next.click()
    window.lock()
    secret = tmp_path / "secret.txt"
    secret.write_text(PASSPHRASE + "\n", encoding="utf-8")
    begin(window, path, secret)
    assert window.workplace is not None
    assert window.workplace.office.demonstration
    window.lock()
    real = tmp_path / "real.kzcase"
    _found_real(real)
    begin(window, real, secret)
    assert window.workplace is None
    assert "demonstration" in window.start.open.said.sentence.text()
    begin(window, real, tmp_path / "nowhere.txt")
    assert window.start.open.said.isVisible()


def _found_real(path: Path) -> None:
    from kzcase.actions.desk import FoundCasebook, found_casebook
    from tests.keys.cheap import TINY

    book, _created = found_casebook(path, FoundCasebook("Real", "Айша"), PASSPHRASE, parameters=TINY, floor=TINY)
    book.close()


def test_changing_person_goes_through_the_start_screen(window: MainWindow) -> None:
    type_passphrase(window, PASSPHRASE)
    window.lock()
    assert window.start.isVisible()
    assert window.start.open.passphrase.hasFocus() or not window.isActiveWindow()
    type_passphrase(window, PASSPHRASE)
    assert window.workplace is not None
    assert window.workplace.page("cases") is not None


def test_closing_before_the_shares_are_handed_out_asks_first(window: MainWindow, tmp_path: Path) -> None:
    make_casebook(window, tmp_path / "second")
    window.close()
    assert window.isVisible(), "closing by accident loses nothing"
    asked = next(each for each in window.findChildren(MessageDialog) if each.isVisible())
    asked.safe.click()
    assert window.start.shares_left
    window.close()
    asked = next(each for each in window.findChildren(MessageDialog) if each.isVisible())
    assert asked.act is not None
    asked.act.click()
    assert not window.start.shares_left
    assert not window.isVisible()
