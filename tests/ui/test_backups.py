"""Backups in the window: made and stopped from the settings, made by themselves in quiet, missed aloud."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from kzcase.actions.backup_files import backups_in
from kzcase.domain.backups import BackupRow, BackupState, Drill
from kzcase.domain.standing import Standing, Why
from kzcase.i18n import render
from kzcase.keys import derivation
from kzcase.ui.backups.card import BackupsCard
from kzcase.ui.backups.notice import BackupNotice, what_is_wrong
from kzcase.ui.backups.watch import REST_AFTER_TROUBLE, STILL_FOR, BackupWatch
from kzcase.ui.office import office_of
from kzcase.ui.unlock.entered import Entered
from kzcase.ui.widgets.labels import BREAK
from kzcase.ui.work import InlineWork, LongWork
from tests.actions.offices import office, opened
from tests.actions.test_backups import spoiled_page
from tests.keys.cheap import OTHER, TINY


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derivation, "FLOOR", TINY)


@pytest.fixture
def entered(tmp_path: Path) -> Iterator[Entered]:
    with opened(office(tmp_path)) as desk:
        yield Entered(desk, office_of(desk.book))


@pytest.fixture
def work(entered: Entered, qapp: object) -> Iterator[InlineWork]:
    made = InlineWork(entered.desk.book)
    yield made
    made.close()


@pytest.fixture
def card(work: InlineWork, entered: Entered) -> Iterator[BackupsCard]:
    made = BackupsCard(work, entered.office, entered.desk)
    yield made
    made.deleteLater()


def said(card: BackupsCard) -> str:
    return card.said.sentence.text()


def shown(card: BackupsCard) -> str:
    """As somebody reads it: places where a line may end are not seen."""
    read = " | ".join(each.text() for each in card.facts.findChildren(QLabel) if not each.isHidden())
    return read.replace(BREAK, "")


def test_at_first_there_is_none(card: BackupsCard) -> None:
    assert shown(card).count("none yet") == 4
    assert not card.drill.isEnabled()
    assert card.number_row.isHidden()


def test_a_backup_is_made_and_shown_with_progress(card: BackupsCard, work: InlineWork, tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    work.long_started.connect(lambda long: long.progressed.connect(lambda *how_far: seen.append(how_far)))
    card.back_up_to(str(tmp_path / "stick"))
    assert "read back" in said(card)
    assert len(backups_in(tmp_path / "stick")) == 1
    assert str(tmp_path / "stick") in shown(card)
    assert seen
    assert seen[-1] == (100, 100)
    card.now.click()  # the folder is known now
    assert [one.number for one in backups_in(tmp_path / "stick")] == [1, 2]


def test_a_backup_beside_the_casebook_is_said_to_be_on_the_same_disk(
    card: BackupsCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    card.back_up_to(str(tmp_path / "stick"))
    assert (said(card).count("same disk"), card.said._kind) == (1, "warn")
    monkeypatch.setattr("kzcase.actions.backups.on_one_disk", lambda *_: False)
    card.now.click()
    assert ("same disk" in said(card), card.said._kind) == (False, "ok")


def test_a_backup_is_stopped(card: BackupsCard, work: InlineWork, tmp_path: Path) -> None:
    card.back_up_to(str(tmp_path / "stick"))

    def stop(long: LongWork) -> None:
        long.progressed.connect(lambda *_: long.cancel())

    work.long_started.connect(stop)
    card.now.click()
    assert [one.number for one in backups_in(tmp_path / "stick")] == [1]
    assert not work.busy


def test_a_folder_that_cannot_be_used_is_told(card: BackupsCard, entered: Entered) -> None:
    card.back_up_to(str(entered.desk.path / "attachments"))
    assert "would be lost with it" in said(card)
    assert "none yet" in shown(card)


def test_restoring_is_tried(card: BackupsCard, tmp_path: Path) -> None:
    card.back_up_to(str(tmp_path / "stick"))
    card.drill.click()
    assert "Restoring works" in said(card)
    assert "it works" in shown(card)
    (backup,) = backups_in(tmp_path / "stick")
    spoiled_page(backup.folder.database)
    card.drill.click()
    assert "cannot be relied on" in said(card)
    assert "it did not work" in shown(card)


def test_a_copied_casebook_asks_for_the_last_release(tmp_path: Path, entered: Entered) -> None:
    copy = tmp_path / "copy.kzcase"
    shutil.copytree(entered.desk.path, copy)
    with opened(copy) as desk:
        work = InlineWork(desk.book)
        card = BackupsCard(work, office_of(desk.book), desk)
        assert not card.number_row.isHidden()
        assert "copy" in said(card)
        card.number.setValue(4)
        card.enter.click()
        assert "missing here" in said(card)
        assert card.number_row.isHidden()
        card.deleteLater()
        work.close()
    with opened(copy, OTHER) as desk:  # nobody who makes no summaries
        work = InlineWork(desk.book)
        card = BackupsCard(work, office_of(desk.book), desk)
        assert card.number_row.isHidden()
        card.deleteLater()
        work.close()


# By itself


class Watched:
    """A watch whose quiet is set by the test."""

    def __init__(self, work: InlineWork, entered: Entered) -> None:
        self.still, self.states, self.shown = STILL_FOR, [], 0
        self.watch = BackupWatch(work, entered.desk, lambda: self.still, floor=TINY, parent=work)
        self.watch.looked.connect(self.states.append)
        work.long_started.connect(self._count)

    states: list[BackupState]

    def _count(self, _long: object) -> None:
        self.shown += 1


@pytest.fixture
def watched(work: InlineWork, entered: Entered) -> Watched:
    return Watched(work, entered)


def with_folder(card: BackupsCard, tmp_path: Path, entered: Entered) -> Path:
    card.back_up_to(str(tmp_path / "stick"))
    entered.desk.book._clock.now += timedelta(days=1)  # type: ignore[attr-defined]
    return tmp_path / "stick"


def test_a_due_backup_is_made_in_quiet(card: BackupsCard, watched: Watched, tmp_path: Path, entered: Entered) -> None:
    stick = with_folder(card, tmp_path, entered)
    shown = watched.shown
    watched.still = STILL_FOR - 1
    watched.watch.look()
    assert len(backups_in(stick)) == 1
    watched.still = STILL_FOR
    watched.watch.look()
    assert len(backups_in(stick)) == 2
    watched.watch.look()  # no other is due; restoring was never tried
    assert len(backups_in(stick)) == 2
    assert watched.states[-1].drill is not None
    assert watched.states[-1].drill.passed
    assert watched.shown == shown
    watched.watch.look()  # the week's check is the last thing
    before = len(watched.states)
    watched.watch.look()
    assert not watched.states[-1].drill_due
    assert not watched.states[-1].check_due
    assert len(watched.states) == before + 1


def test_once_a_week_the_casebook_looks_itself_through(watched: Watched, entered: Entered, card: BackupsCard) -> None:
    watched.watch.look()  # no folder for backups is known: that does not stop it
    checked = watched.states[-1].checked
    assert checked is not None
    assert checked.findings == 0
    entered.desk.book._clock.now += timedelta(days=6, hours=20)  # type: ignore[attr-defined]
    watched.watch.look()
    assert watched.states[-1].checked == checked
    entered.desk.book._clock.now += timedelta(hours=5)  # type: ignore[attr-defined]
    watched.watch.look()
    assert watched.states[-1].checked != checked
    card.look_again()
    assert "sound" in shown(card)


def test_what_it_finds_is_told_each_day(watched: Watched, entered: Entered, card: BackupsCard) -> None:
    with entered.desk.book.local() as session:
        session.connection().exec_driver_sql("DROP TRIGGER acts_no_update")
    watched.watch.look()
    assert watched.states[-1].checked is not None
    found = what_is_wrong(watched.states[-1])
    assert found is not None
    assert "damaged" in render(found, "en")
    card.look_again()
    assert "finding" in shown(card)
    entered.desk.book._clock.now += timedelta(days=1)  # type: ignore[attr-defined]
    assert BackupState(None, None, None, entered.desk.book.now(), watched.states[-1].checked).check_due


def test_without_its_stick_nothing_is_made_anywhere(
    card: BackupsCard, watched: Watched, tmp_path: Path, entered: Entered
) -> None:
    stick = with_folder(card, tmp_path, entered)
    shutil.rmtree(stick)
    watched.watch.look()
    assert not stick.exists()
    assert watched.states[-1].due


def test_after_trouble_it_rests(card: BackupsCard, watched: Watched, tmp_path: Path, entered: Entered) -> None:
    stick = with_folder(card, tmp_path, entered)
    aside = stick.rename(tmp_path / "aside")
    stick.mkdir()
    blocked = 0

    def full(*_: object) -> int:
        nonlocal blocked
        blocked += 1
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kzcase.actions.backups.free_bytes", full)
        for _ in range(REST_AFTER_TROUBLE + 1):
            watched.watch.look()
    assert blocked == 1
    watched.watch.look()
    assert len(backups_in(stick)) == 1
    assert aside.exists()


# The line above the pages

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def state(days: int | None, passed: bool | None = None, drilled: int = 1) -> BackupState:
    row = BackupRow("x", 1, NOW - timedelta(days=days), 1, 1, 1) if days is not None else None
    return BackupState("x", row, None if passed is None else Drill(NOW, drilled, passed), NOW)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (state(None), "no backup"),
        (state(1), None),
        (state(6), None),
        (state(8), "connect the stick"),
        (state(1, True), None),
        (state(1, False), "could not be restored"),
        (state(1, False, drilled=0), None),  # a newer one was made since
    ],
)
def test_what_is_wrong_is_told(known: BackupState, words: str | None, qapp: object) -> None:
    found = what_is_wrong(known)
    assert (found is None) is (words is None)
    if found is not None and words is not None:
        assert words in render(found, "en")
    notice = BackupNotice(None)
    notice.tell(known)
    assert notice.isHidden() is (words is None)
    notice.closed.emit()
    notice.hide()
    notice.tell(state(None))
    assert notice.isHidden()
    notice.deleteLater()


def test_a_restored_casebook_is_told_first(qapp: object) -> None:
    notice = BackupNotice(Standing(Why.RESTORED, NOW, NOW))
    assert not notice.isHidden()
    notice.tell(state(1))
    assert "restored" in notice.sentence.text()
    notice.deleteLater()
