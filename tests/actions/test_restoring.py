"""A backup becomes a casebook that works, under a key and a device identity of its own, and overwrites nothing."""

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions import restoring
from kzcase.actions.attachments import AddAttachment, add_attachment
from kzcase.actions.backup_files import the_backup
from kzcase.actions.backups import back_up
from kzcase.actions.desk import Desk
from kzcase.actions.last_release import enter_last_release
from kzcase.actions.releases import ClosePeriod, ReleaseSummary, close_period, release_summary
from kzcase.actions.restoring import Restored, ensure_new, open_backup, open_backup_with_shares, restore
from kzcase.db.check import check_files
from kzcase.db.engine import connect
from kzcase.db.standing import Compared
from kzcase.domain.errors import (
    AlreadyThere,
    BackupDamaged,
    BackupInside,
    LastReleaseUnknown,
    NoBackup,
    NotAllowed,
    NotPossibleNow,
    NotYourSlot,
    PeriodPerhapsClosed,
    ReleaseNumberTooLow,
    Stopped,
    WrongPassphrase,
)
from kzcase.domain.standing import Why
from kzcase.keys.copies import load
from kzcase.keys.keyfile import open_with_passphrase
from kzcase.queries.office import counts
from tests.actions.offices import office, opened, template
from tests.actions.steps import CASE, a_case, do
from tests.actions.test_backups import SOUND, spoiled_page
from tests.db.books import TickingClock
from tests.db.dump import differences
from tests.keys.cheap import OTHER, PASSPHRASE, TINY


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return office(tmp_path)


@pytest.fixture
def stick(path: Path, tmp_path: Path) -> Path:
    """With one backup."""
    with opened(path) as desk:
        add_attachment(desk.book, AddAttachment(a_case(desk.book), "Generated", SOUND))
        back_up(desk, tmp_path / "stick")
    return tmp_path / "stick"


def restored(stick: Path, casebook: Path) -> Restored:
    keys = open_backup(the_backup(stick), PASSPHRASE, floor=TINY)
    return restore(stick, casebook, keys, clock=TickingClock())


def checked(casebook: Path) -> list[str]:
    """What a deep check finds."""
    keys = open_with_passphrase(load(casebook, TINY), PASSPHRASE)
    return [one.check for one in check_files(casebook, bytes(keys.store_key.reveal()), deep=True).findings]


def test_a_restored_casebook_works(path: Path, stick: Path, tmp_path: Path) -> None:
    made = restored(stick, tmp_path / "new.kzcase")
    assert checked(tmp_path / "new.kzcase") == []
    with opened(path) as old, opened(tmp_path / "new.kzcase") as new:
        assert new.book.facts.incarnation != old.book.facts.incarnation
        assert new.book.facts.code == made.device != old.book.facts.code
        assert new.book.standing is not None
        assert (new.book.standing.why, new.book.standing.until) == (Why.RESTORED, made.taken_at)
        with new.book.read() as reader:
            assert counts(reader).cases == made.cases
        assert do(new.book, **CASE).number != do(old.book, **CASE).number
        old.book.take_in(*new.book.everything())
        new.book.take_in(*old.book.everything())
        assert differences(old.book, new.book) == []
    assert checked(tmp_path / "new.kzcase") == []
    assert checked(path) == []


def test_with_the_old_identity_one_number_would_name_two_acts(
    path: Path, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The canary: a restored copy that goes on as the same device gives one number to two acts."""
    monkeypatch.setattr(restoring, "become_new_device", lambda *_: None)
    monkeypatch.setattr("kzcase.db.standing.compare", lambda *_: Compared())
    restored(stick, tmp_path / "new.kzcase")
    with opened(path) as old, opened(tmp_path / "new.kzcase") as new:
        numbers = [do(book, **CASE).number for book in (old.book, new.book)]
        assert numbers[0] == numbers[1]
        old.book.take_in(*new.book.everything())
    assert {"chain", "forks"} & set(checked(path))


def test_it_has_a_key_of_its_own_and_its_administrators(stick: Path, tmp_path: Path) -> None:
    restored(stick, tmp_path / "new.kzcase")
    backup = open_with_passphrase(load(the_backup(stick).path, TINY), PASSPHRASE)
    new = open_with_passphrase(load(tmp_path / "new.kzcase", TINY), PASSPHRASE)
    assert new.store_key != backup.store_key
    with pytest.raises(WrongPassphrase):
        open_with_passphrase(load(tmp_path / "new.kzcase", TINY), OTHER)


def test_two_shares_open_it_without_anybody(stick: Path, tmp_path: Path) -> None:
    one, _two, three = template()[1]
    keys = open_backup_with_shares(the_backup(stick), one, three, floor=TINY)
    made = restore(stick, tmp_path / "new.kzcase", keys, clock=TickingClock())
    assert len(made.device) == 3
    assert checked(tmp_path / "new.kzcase") == []


def test_the_backup_is_only_read(stick: Path, tmp_path: Path) -> None:
    backup = the_backup(stick)
    before = {file: (file.read_bytes(), file.stat().st_mtime_ns) for file in backup.path.rglob("*") if file.is_file()}
    for folder in (*(each for each in stick.rglob("*") if each.is_dir()), stick):
        folder.chmod(0o500)
    restored(stick, tmp_path / "new.kzcase")
    assert before == {f: (f.read_bytes(), f.stat().st_mtime_ns) for f in backup.path.rglob("*") if f.is_file()}


def test_attachments_come_along(stick: Path, tmp_path: Path) -> None:
    made = restored(stick, tmp_path / "new.kzcase")
    assert made.missing == 0
    assert [each.is_file() for each in (tmp_path / "new.kzcase" / "attachments").iterdir()] == [True]


def test_a_damaged_attachment_costs_only_itself(stick: Path, tmp_path: Path) -> None:
    (chunk,) = (the_backup(stick).path / "attachments").iterdir()
    spoiled_page(chunk)
    assert restored(stick, tmp_path / "new.kzcase").missing == 1
    assert checked(tmp_path / "new.kzcase") == ["attachments"]


def test_one_damaged_key_file_is_no_harm(stick: Path, tmp_path: Path) -> None:
    spoiled_page(the_backup(stick).path / "keys-a")
    restored(stick, tmp_path / "new.kzcase")
    assert checked(tmp_path / "new.kzcase") == []


def a_file_there(casebook: Path) -> None:
    casebook.write_bytes(b"precious")


def a_casebook_there(casebook: Path) -> None:
    shutil.copytree(template()[0], casebook)


@pytest.mark.parametrize("there", [a_file_there, a_casebook_there])
def test_nothing_is_overwritten(stick: Path, tmp_path: Path, there: Callable[[Path], None]) -> None:
    casebook = tmp_path / "new.kzcase"
    there(casebook)
    before = sorted((f, f.read_bytes()) for f in (casebook, *casebook.rglob("*")) if f.is_file())
    with pytest.raises(AlreadyThere):
        restored(stick, casebook)
    assert before == sorted((f, f.read_bytes()) for f in (casebook, *casebook.rglob("*")) if f.is_file())


def test_an_empty_folder_is_filled(stick: Path, tmp_path: Path) -> None:
    (tmp_path / "new.kzcase").mkdir()
    restored(stick, tmp_path / "new.kzcase")
    assert checked(tmp_path / "new.kzcase") == []


def test_nothing_is_restored_into_the_backup_itself(stick: Path) -> None:
    backup = the_backup(stick).path
    with pytest.raises(BackupInside):
        ensure_new(backup, backup / "new.kzcase")
    with pytest.raises(AlreadyThere):
        ensure_new(backup, backup)


@pytest.mark.parametrize("what", ["a bit", "a file less", "another backup's database"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(path: Path, stick: Path, tmp_path: Path, what: str) -> None:
    backup = the_backup(stick)
    keys = open_backup(backup, PASSPHRASE, floor=TINY)
    if what == "a bit":
        spoiled_page(backup.folder.database)
    elif what == "a file less":
        backup.folder.database.unlink()
    else:
        with opened(path) as desk:
            back_up(desk, tmp_path / "other")
        shutil.copy(the_backup(tmp_path / "other").folder.database, backup.folder.database)
    with pytest.raises(BackupDamaged):
        restore(stick, tmp_path / "new.kzcase", keys)
    assert sorted(each.name for each in tmp_path.iterdir() if "new" in each.name) == []


def test_a_copy_that_went_wrong_on_the_way_is_refused(
    stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sound pages and a sound journal, and one draft less than went in."""
    whole = restoring.copy_closed_store

    def spoiled(source: Path, key: bytes, target: Path, new: bytes, progress: Any) -> Any:
        held = whole(source, key, target, new, progress)
        with contextlib.closing(connect(target, new)) as connection:
            connection.execute("DELETE FROM counters")
        return held

    monkeypatch.setattr(restoring, "copy_closed_store", spoiled)
    with pytest.raises(BackupDamaged):
        restored(stick, tmp_path / "new.kzcase")
    assert not (tmp_path / "new.kzcase").exists()


def test_stopping_leaves_nothing(stick: Path, tmp_path: Path) -> None:
    keys, steps = open_backup(the_backup(stick), PASSPHRASE, floor=TINY), 0
    while True:
        left = steps

        def stop(_done: int, _total: int) -> None:
            nonlocal left
            if left == 0:
                raise Stopped
            left -= 1

        try:
            restore(stick, tmp_path / "new.kzcase", keys, stop)
        except Stopped:
            steps += 1
            if not (tmp_path / "new.kzcase").exists():  # the last word is said when all is done
                assert [each.name for each in tmp_path.iterdir() if "new" in each.name] == []
                continue
        break
    assert steps >= 3
    assert checked(tmp_path / "new.kzcase") == []


def test_only_the_right_person_opens_a_backup(stick: Path, tmp_path: Path) -> None:
    backup = the_backup(stick)
    with pytest.raises(WrongPassphrase):
        open_backup(backup, OTHER, floor=TINY)
    with pytest.raises(NotYourSlot):
        open_backup(backup, PASSPHRASE, as_name="Болат", floor=TINY)
    with pytest.raises(NoBackup):
        the_backup(tmp_path / "nowhere")


# What a restored casebook must be told


def closing(period: str) -> ClosePeriod:
    return ClosePeriod(period, 5, os.urandom(32), (), b"generated", "print")


def published(desk: Desk, *periods: str) -> None:
    for period in periods:
        close_period(desk.book, closing(period))
        release_summary(desk.book, ReleaseSummary(period, ("region",), ("print",)))


def test_no_period_is_closed_until_the_last_number_is_known(path: Path, tmp_path: Path) -> None:
    with opened(path) as desk:
        published(desk, "2026-Q1")
        back_up(desk, tmp_path / "stick")
        published(desk, "2026-Q2")  # lost
    restored(tmp_path / "stick", tmp_path / "new.kzcase")
    with opened(tmp_path / "new.kzcase") as desk:
        with pytest.raises(LastReleaseUnknown):
            close_period(desk.book, closing("2026-Q3"))
        with pytest.raises(LastReleaseUnknown):
            release_summary(desk.book, ReleaseSummary("2026-Q1", ("region",), ("print",)))
        with pytest.raises(ReleaseNumberTooLow):
            enter_last_release(desk.book, 0)
        assert enter_last_release(desk.book, 2) is False
        with pytest.raises(PeriodPerhapsClosed):
            close_period(desk.book, closing("2026-Q2"))
        done = release_summary(desk.book, ReleaseSummary("2026-Q1", ("region",), ("print",)))
        assert done.number == "3"  # 2 has left from the copy that was lost
        close_period(desk.book, closing("2027-Q1"))
    with opened(path) as old, opened(tmp_path / "new.kzcase") as desk:  # the lost copy turns up
        desk.book.take_in(*old.book.everything())
        close_period(desk.book, closing("2026-Q3"))


def test_with_all_releases_here_all_is_as_before(path: Path, tmp_path: Path) -> None:
    with opened(path) as desk:
        published(desk, "2026-Q1")
        back_up(desk, tmp_path / "stick")
    restored(tmp_path / "stick", tmp_path / "new.kzcase")
    with opened(tmp_path / "new.kzcase") as desk:
        assert enter_last_release(desk.book, 1) is True
        published(desk, "2026-Q2")
    with opened(tmp_path / "new.kzcase") as desk:
        assert desk.book.standing is None
        with pytest.raises(NotPossibleNow):
            enter_last_release(desk.book, 5)


def test_only_who_makes_summaries_may_say_it(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.kzcase"
    with opened(path):
        pass
    shutil.copytree(path, copy)
    with opened(copy, OTHER) as desk:
        assert desk.book.standing is not None
        with pytest.raises(NotAllowed):
            enter_last_release(desk.book, 0)


def test_an_administrator_enters_the_new_laptop(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.kzcase"
    with opened(path):
        pass
    shutil.copytree(path, copy)
    for passphrase, entered in ((OTHER, 1), (PASSPHRASE, 2), (PASSPHRASE, 2)):
        with opened(copy, passphrase) as desk, desk.book.read() as reader:
            assert reader.number("SELECT count(*) FROM devices") == entered
