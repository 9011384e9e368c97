"""Forgotten passphrases, changed ones, leaving colleagues and recovery shares, in the real window over a real file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kzcase import settings
from kzcase.domain.errors import NotPossibleNow
from kzcase.domain.permissions import Role
from kzcase.keys.shares import share_text
from kzcase.ui import language
from kzcase.ui.main_window import MainWindow
from kzcase.ui.settings.leaving_dialog import LeavingDialog
from kzcase.ui.settings.passphrase_card import ChangePassphraseDialog, PassphraseCard
from kzcase.ui.settings.recovery_card import GiveShareDialog, RecoveryCard
from kzcase.ui.settings.reminder import RecoveryReminder
from kzcase.ui.settings.share_dialogs import NewSharesDialog, TrySharesDialog
from kzcase.ui.settings.staff_card import StaffCard, StaffLine
from kzcase.ui.unlock.door import Door
from kzcase.ui.unlock.recover_page import SOMEBODY_NEW, RecoverPage
from kzcase.ui.workplace import Workplace
from tests.actions.shared_laptop import AISHA, BOLAT, Office, office, some_work
from tests.keys.cheap import OTHER, PASSPHRASE, TINY
from tests.ui.desks import Clock, window_on
from tests.ui.naming import assert_all_named
from tests.ui.typing import press, type_text

NEW = "қоңыр теңіз жұлдыз терезе бидай"
WidgetT = TypeVar("WidgetT", bound=QWidget)


@pytest.fixture
def place(tmp_path: Path) -> Office:
    return office(tmp_path)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def window(place: Office, clock: Clock, qtbot: QtBot) -> Iterator[MainWindow]:
    made = window_on(place.path, clock=clock)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.lock()
    made.door.stop()


def enter(window: MainWindow, passphrase: str = PASSPHRASE) -> Workplace:
    type_text(window.start.open.passphrase, passphrase)
    press(window.start.open.passphrase, Qt.Key.Key_Return)
    assert window.workplace is not None
    return window.workplace


def card(window: MainWindow, kind: type[WidgetT]) -> WidgetT:
    assert window.workplace is not None
    return window.workplace.go("settings").findChildren(kind)[0]


def dialog(window: MainWindow, kind: type[WidgetT]) -> WidgetT:
    return next(each for each in window.findChildren(kind) if each.isVisible())


def text_of(place: Office, number: int) -> str:
    return share_text(place.pair(number, 1 if number != 1 else 2)[0])


# The forgotten passphrase


def forgotten(window: MainWindow, place: Office, one: int = 3, two: int = 1) -> RecoverPage:
    """Two shares typed on the page behind “Passphrase forgotten”."""
    window.start.open.forgotten.click()
    page = window.start.recover
    assert page.isVisible()
    for edit, number in zip(page.shares.edits, (one, two), strict=True):
        edit.setText(text_of(place, number))
    page.next.click()
    return page


def test_two_shares_and_a_new_passphrase_open_the_casebook(window: MainWindow, place: Office) -> None:
    page = forgotten(window, place)
    assert page.person.currentText() == AISHA, "the only administrator is offered"
    assert not page.shares.isVisible()
    assert not any(edit.text() for edit in page.shares.edits), "no share stays on the screen"
    assert_all_named(window)
    type_text(page.chosen.first, NEW)
    type_text(page.chosen.second, NEW)
    page.next.click()
    assert window.workplace is not None
    assert window.workplace.office.colleague == AISHA
    assert not page.chosen.first.text()
    window.lock()
    enter(window, NEW)


def test_a_mistyped_share_is_named_by_line_and_group(window: MainWindow, place: Office) -> None:
    window.start.open.forgotten.click()
    page = window.start.recover
    right = text_of(place, 1)
    wrong = right[:30] + ("A" if right[30] != "A" else "B") + right[31:]
    edit, row = page.shares.edits[0], page.shares.rows[0]
    edit.setText(wrong[:40])
    assert row.error is None, "nothing is wrong while somebody is typing"
    edit.setText(wrong)
    assert row.error is not None
    assert "Line 2, group 2" in language.text(row.error)
    edit.setText(right)
    assert row.error is None
    page.next.click()
    assert page.shares.rows[1].error is not None, "the other one is still missing"
    page.shares.edits[1].setText(right)
    page.next.click()
    assert page.shares.isVisible()
    assert page.shares.rows[1].error is not None, "the same share twice"


def test_shares_of_another_casebook_are_refused_in_words(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    stranger = office(tmp_path / "other", colleagues=False)
    page = forgotten(window, stranger)
    assert page.shares.isVisible()
    assert "belongs to another casebook" in page.said.sentence.text()
    page.back.click()
    assert window.start.open.isVisible()
    assert not any(edit.text() for edit in page.shares.edits)


def test_another_colleague_and_a_weak_passphrase(window: MainWindow, place: Office) -> None:
    page = forgotten(window, place, 1, 2)
    page.person.set_code(next(one.id for one in page._people.values() if one.name == BOLAT))
    page._look()
    assert page.administrator.isVisible()
    type_text(page.chosen.first, "short")
    page.next.click()
    assert page.chosen.passphrase.error is not None
    page.chosen.clear()
    page.chosen.generate.click()
    words = page.chosen.first.text()
    page.next.click()
    assert window.workplace is not None
    assert window.workplace.office.colleague == BOLAT
    window.lock()
    enter(window, words)
    window.lock()
    enter(window, PASSPHRASE)


def test_somebody_new_is_appointed(window: MainWindow, place: Office) -> None:
    page = forgotten(window, place)
    page.person.set_code(SOMEBODY_NEW)
    page._look()
    assert not page.administrator.isVisible()
    page.chosen.generate.click()
    page.next.click()
    assert page.name_row.error is not None
    type_text(page.name, "Вера Жаңа")
    page.next.click()
    assert window.workplace is not None
    assert window.workplace.office.colleague == "Вера Жаңа"
    assert window.workplace.office.held_roles == {Role.ADMINISTRATOR}


def test_going_back_forgets_the_shares(window: MainWindow, place: Office) -> None:
    page = forgotten(window, place)
    pair = page._pair
    assert pair is not None
    page.back.click()
    assert page.shares.isVisible()
    with pytest.raises(NotPossibleNow):
        share_text(pair[0])
    page.back.click()
    assert window.start.open.isVisible()
    enter(window)


def test_a_share_is_read_from_its_file_and_a_paper_is_not(window: MainWindow, place: Office, tmp_path: Path) -> None:
    window.start.open.forgotten.click()
    shares = window.start.recover.shares
    file, paper = tmp_path / "share-1.txt", tmp_path / "share-1.pdf"
    file.write_text(text_of(place, 1) + "\n", encoding="utf-8")
    paper.write_bytes(b"%PDF-1.4")
    shares.read_file(shares.edits[0], str(file))
    assert shares.edits[0].text() == text_of(place, 1)
    assert shares.rows[0].error is None
    for wrong in (paper, tmp_path / "nothing.txt"):
        shares.read_file(shares.edits[1], str(wrong))
        assert shares.rows[1].error is not None


def test_the_count_of_wrong_passphrases_follows_the_casebook(
    window: MainWindow, place: Office, clock: Clock, tmp_path: Path
) -> None:
    for _each in range(10):
        window.door.enter(place.path, "этого не было никогда")
        clock.now += 1000
    assert window.door.tries(place.path).wrong == 10
    clock.now -= 1000
    assert window.door.seconds_to_wait(place.path) >= 30
    window.start.open._look()
    assert "Wait" in window.start.open.enter.text(), "the seconds are shown"
    link, moved = tmp_path / "link.kzcase", tmp_path / "moved.kzcase"
    link.symlink_to(place.path)
    assert window.door.seconds_to_wait(link) >= 30
    place.path.rename(moved)
    assert window.door.seconds_to_wait(moved) >= 30
    restarted = Door(settings.load(window.settings.path), clock=clock)
    assert restarted.seconds_to_wait(moved) >= 30, "it survives a restart"


# One's own passphrase


def test_the_passphrase_is_changed_by_whoever_knows_it(window: MainWindow) -> None:
    enter(window)
    card(window, PassphraseCard).change.click()
    changing = dialog(window, ChangePassphraseDialog)
    assert_all_named(changing)
    changing.save.click()
    assert changing.current_row.error is not None
    type_text(changing.current, OTHER)
    changing.chosen.generate.click()
    changing.save.click()
    assert changing.current_row.error is not None, "somebody else's passphrase does not do"
    words = changing.chosen.first.text()
    changing.current.take()
    type_text(changing.current, PASSPHRASE)
    changing.save.click()
    assert not changing.isVisible()
    assert not changing.chosen.first.text()
    assert card(window, PassphraseCard).said.isVisible()
    window.lock()
    type_text(window.start.open.passphrase, PASSPHRASE)
    press(window.start.open.passphrase, Qt.Key.Key_Return)
    assert window.workplace is None
    enter(window, words)


# Somebody leaves


def test_whoever_leaves_passes_their_work_on(window: MainWindow, place: Office) -> None:
    with place.desk() as desk:
        some_work(desk, BOLAT)
    enter(window)
    staff = card(window, StaffCard)
    next(line for line in staff.findChildren(StaffLine) if line.row.name == BOLAT).remove.click()
    leaving = dialog(window, LeavingDialog)
    assert_all_named(leaving)
    assert "2 open cases, 2 open tasks" in leaving.left.text()
    assert leaving.successor_row.isVisible()
    assert leaving.focusWidget() is leaving.successor, "the keyboard begins above what it comes to next"
    assert leaving.cancel.isDefault()
    assert leaving.successor.code() is None, "nothing is chosen for whoever asks"
    assert leaving.numbers.isVisible()
    assert leaving.numbers.text().count("2026-") == 2, "each case by its number"
    leaving.remove.click()
    assert leaving.isVisible(), "somebody takes over, or somebody says that nobody does"
    assert leaving.successor_row.error is not None
    leaving.successor.set_code(leaving.successor._rows.choices[1].code)
    leaving.remove.click()
    assert not leaving.isVisible()
    assert "recovery share" in staff.said.sentence.text(), "they hold the third one"
    assert card(window, RecoveryCard).said.isVisible()
    assert window.work is not None
    counted: list[int] = []
    window.work.ask(lambda reader: reader.number("SELECT count(DISTINCT worker_id) FROM cases"), counted.append)
    assert counted == [1], "the window reads on under the new key"
    window.lock()
    type_text(window.start.open.passphrase, OTHER)
    press(window.start.open.passphrase, Qt.Key.Key_Return)
    assert window.workplace is None
    enter(window)
    assert window.workplace.findChildren(RecoveryReminder)[0].isVisible()  # type: ignore[attr-defined]


# The shares


def test_who_holds_a_share_is_written_down(window: MainWindow) -> None:
    enter(window)
    shares = card(window, RecoveryCard)
    assert [line.row.holder for line in shares._lines.shown if line.row] == ["Одна", "Другая", BOLAT]
    assert_all_named(window)
    shares._lines.shown[1].give.click()
    giving = dialog(window, GiveShareDialog)
    type_text(giving.rows["holder"].field, "Басқа біреу")
    giving.save.click()
    assert "Басқа біреу" in shares._lines.shown[1].holder.text()


def test_two_shares_are_tried(window: MainWindow, place: Office) -> None:
    enter(window)
    shares = card(window, RecoveryCard)
    assert "not been tried" in shares.tried.text()
    shares.attempt.click()
    trying = dialog(window, TrySharesDialog)
    assert_all_named(trying)
    for edit, number in zip(trying.shares.edits, (2, 3), strict=True):
        edit.setText(text_of(place, number))
    trying.go.click()
    assert not trying.isVisible()
    assert shares.said.isVisible()
    assert "last tried on" in shares.tried.text()


def test_new_shares_are_handed_out_before_the_old_ones_stop_to_count(window: MainWindow, place: Office) -> None:
    enter(window)
    shares = card(window, RecoveryCard)
    shares.renew.click()
    making = dialog(window, NewSharesDialog)
    for edit, number in zip(making.shares.edits, (1, 2), strict=True):
        edit.setText(text_of(place, number))
    making.go.click()
    assert making.handing.isVisible()
    assert not making.shares.isVisible()
    papers: list[object] = []
    making.handing.make_paper(papers.append)
    assert isinstance(papers[0], bytes)
    seen = []
    for name in ("Бірі", "", "Үшінші"):
        seen.append(making.handing.text.text())
        if name:
            type_text(making.handing.keeper, name)
        making.handing.safe.box.click()
        making.handing.next.click()
    assert not making.isVisible()
    assert [line.row.holder for line in shares._lines.shown if line.row] == ["Бірі", None, "Үшінші"]
    assert len(set(seen)) == 3
    window.lock()
    page = forgotten(window, place)
    assert page.shares.isVisible(), "the old ones open nothing"
    assert "replaced by newer ones" in page.said.sentence.text()
    for edit, text in zip(page.shares.edits, seen, strict=False):
        edit.setText(text)
    page.next.click()
    assert not page.shares.isVisible()


def test_new_shares_that_were_not_all_handed_out_never_count(window: MainWindow, place: Office) -> None:
    enter(window)
    card(window, RecoveryCard).renew.click()
    making = dialog(window, NewSharesDialog)
    for edit, number in zip(making.shares.edits, (1, 2), strict=True):
        edit.setText(text_of(place, number))
    making.go.click()
    new = making.handing.text.text()
    making.cancel.click()
    window.lock()
    page = forgotten(window, place)
    assert not page.shares.isVisible()
    page.back.click()
    page.shares.edits[0].setText(new)
    page.shares.edits[1].setText(text_of(place, 3 if new.startswith("1") else 1))
    page.next.click()
    assert page.shares.isVisible()


def test_shares_of_today_are_asked_for_in_words(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    stranger = office(tmp_path / "other", colleagues=False)
    enter(window)
    for button, kind in (("attempt", TrySharesDialog), ("renew", NewSharesDialog)):
        getattr(card(window, RecoveryCard), button).click()
        opened = dialog(window, kind)
        opened.go.click()
        assert opened.shares.rows[0].error is not None
        for edit, number in zip(opened.shares.edits, (1, 2), strict=True):
            edit.setText(text_of(stranger, number))
        opened.go.click()
        assert opened.isVisible()
        assert "another casebook" in opened.said.sentence.text()
        assert opened.go.isEnabled()
        opened.reject()


def test_after_half_a_year_the_trial_is_asked_for(place: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from kzcase.actions import desk
    from tests.db.books import START, TickingClock

    later = TickingClock(START + timedelta(days=200))
    opened = desk.open_desk(place.path, PASSPHRASE, clock=later, floor=TINY)
    from kzcase.ui.office import office_of
    from kzcase.ui.work import InlineWork

    work, wanted = InlineWork(opened.book), []
    reminder = RecoveryReminder(work, office_of(opened.book), lambda: wanted.append(True))
    qtbot.addWidget(reminder)
    assert not reminder.isHidden()
    reminder.show_it.click()
    assert wanted == [True]
    assert reminder.isHidden()
    work.close()
    opened.close()


def test_the_first_shares_are_written_down_with_their_holders(qtbot: QtBot, tmp_path: Path) -> None:
    from kzcase.actions.desk import open_desk
    from kzcase.queries.recovery import recovery_state

    window = window_on(tmp_path / "nothing.kzcase")
    qtbot.addWidget(window)
    window.show()
    page = window.start.new_page
    window.start.open.new.click()
    type_text(page.organisation.field, "Generated fund")
    type_text(page.administrator.field, "Гүлнұр")
    page.alone.box.click()
    page.chosen.generate.click()
    passphrase = page.chosen.first.text()
    page.folder.field.setText(str(tmp_path / "made"))  # type: ignore[attr-defined]
    page.make.click()
    for name in ("Бірі", "", "Үшінші"):
        if name:
            type_text(window.start.shares.keeper, name)
        window.start.shares.safe.box.click()
        window.start.shares.next.click()
    window.lock()
    window.door.stop()
    with open_desk(tmp_path / "made.kzcase", passphrase, floor=TINY) as desk, desk.book.read() as reader:
        state = recovery_state(reader)
    assert [share.holder for share in state.shares] == ["Бірі", None, "Үшінші"]
    assert state.one_person


# One laptop, several people


def test_typing_that_was_not_saved_is_offered_to_its_owner_alone(window: MainWindow) -> None:
    from kzcase.ui.cases.new_dialog import NewCaseDialog

    workplace = enter(window)
    opened = workplace.new_case()
    assert isinstance(opened, NewCaseDialog)
    type_text(opened.rows["family"].field, "Әлімжанова")
    window.lock()
    other = enter(window, OTHER)
    assert other.office.colleague == BOLAT
    assert not other.drafts.offer.isVisible()
    dialog_of_bolat = other.new_case()
    assert isinstance(dialog_of_bolat, NewCaseDialog)
    type_text(dialog_of_bolat.rows["family"].field, "Қуатова")
    window.lock()
    again = enter(window)
    assert again.drafts.offer.isVisible()
    again.drafts.go_on()
    assert dialog(window, NewCaseDialog).draft()["family"] == "Әлімжанова"


def test_whoever_comes_while_somebody_leaves_waits_until_the_casebook_is_closed(place: Office, tmp_path: Path) -> None:
    from kzcase.ui.lanes import InlineLane
    from kzcase.ui.warming import InlineWarming
    from tests.ui.desks import settings_in

    door = Door(
        settings_in(tmp_path, place.path),
        clock=Clock(),
        floor=TINY,
        lane=InlineLane("kzcase-door"),
        warming=InlineWarming(),
    )
    entered: list[object] = []
    door.entered.connect(entered.append)
    door.refused.connect(entered.append)
    desk = place.desk()
    door.expect_close()
    door.enter(place.path, OTHER)
    assert not entered, "not while what was written last is still being saved"
    door.close(desk)
    (found,) = entered
    assert found.office.colleague == BOLAT  # type: ignore[attr-defined]
    found.desk.close()  # type: ignore[attr-defined]
    door.stop()
