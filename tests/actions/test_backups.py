"""A backup is encrypted under a key of its own, read back before it counts, and never costs an earlier one."""

import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kzcase.actions import backups
from kzcase.actions.attachments import AddAttachment, add_attachment
from kzcase.actions.backup_files import Described, backups_in, read_about, the_backup
from kzcase.actions.backups import back_up
from kzcase.actions.desk import Desk
from kzcase.actions.drills import drill
from kzcase.actions.restoring import open_backup
from kzcase.db import backup as db_backup
from kzcase.db.backup_memory import load_drill, load_made
from kzcase.db.engine import connect
from kzcase.db.sql import Sql
from kzcase.domain.backups import BackupRow
from kzcase.domain.errors import (
    BackupDamaged,
    BackupInside,
    CasebookDamaged,
    DiskTrouble,
    NoBackup,
    NoStick,
    NoSuchFolder,
    NotAFile,
    SeveralCasebooks,
    Stopped,
    WrongPassphrase,
)
from kzcase.keys.copies import Disk, load
from kzcase.paper.incoming.door import Clean
from tests.actions.offices import office, opened, template
from tests.actions.steps import a_case
from tests.db.books import TickingClock
from tests.keys.cheap import OTHER, PASSPHRASE, TINY

SOUND = Clean("audio/mpeg", 0, b"MARKER generated sound " * 100)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return office(tmp_path)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "stick"


def with_attachment(desk: Desk) -> None:
    add_attachment(desk.book, AddAttachment(a_case(desk.book), "Generated", SOUND))


def key_of(backup: Described, passphrase: str = PASSPHRASE) -> bytes:
    return bytes(open_backup(backup, passphrase, floor=TINY).store_key.reveal())


def test_it_holds_what_the_casebook_holds_under_a_key_of_its_own(path: Path, stick: Path) -> None:
    with opened(path) as desk:
        with_attachment(desk)
        live = bytes(desk.keys.store_key.reveal())
        row = back_up(desk, stick)
        with desk.book.read("long") as reader:
            whole = db_backup.extent(Sql.of(reader.session.connection()))
    made = the_backup(stick)
    key = key_of(made)
    assert key[:32] != live[:32]
    assert key[32:] != live[32:]
    assert (made.holds(key).cases, made.holds(key).operations) == (whole.cases, whole.operations)
    assert made.holds(key).differences(whole) == ["local_facts"]  # that it was made was noted after it
    assert (row.cases, row.missing, Path(row.path)) == (whole.cases, 0, made.path)
    assert made.damaged_files() == []
    assert any(name.startswith("attachments/") for name in made.files)
    with pytest.raises(CasebookDamaged):
        connect(made.folder.database, live)


def test_nothing_of_it_can_be_read(path: Path, stick: Path) -> None:
    with opened(path) as desk:
        with_attachment(desk)
        back_up(desk, stick)
    files = [file for file in stick.rglob("*") if file.is_file()]
    assert {"casebook.db", "keys-a", "keys-b", "about"} <= {file.name for file in files}
    for file in files:
        content = file.read_bytes()
        assert not any(sign in content for sign in (b"MARKER", b"SQLite format", b"Generated", "Каримова".encode()))
        assert oct(file.stat().st_mode & 0o777) == "0o600"
    assert oct(the_backup(stick).path.stat().st_mode & 0o777) == "0o700"
    assert not any(word in file.name for file in files for word in ("office", "Generated", "Айша"))


def test_only_administrators_and_two_shares_open_it(path: Path, stick: Path) -> None:
    with opened(path, OTHER) as desk:  # a caseworker may make one, and cannot open it
        back_up(desk, stick)
    made = the_backup(stick)
    assert key_of(made)
    with pytest.raises(WrongPassphrase):
        key_of(made, OTHER)
    assert len(load(made.path, TINY).copies) == 1


def test_every_backup_has_another_key(path: Path, stick: Path) -> None:
    with opened(path) as desk:
        for _ in range(3):
            back_up(desk, stick)
    assert len({key_of(made) for made in backups_in(stick)}) == 2  # the first one was pushed out on the same day


def spoiled_page(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def cut_short(file: Path) -> None:
    os.truncate(file, file.stat().st_size // 2 // 4096 * 4096)


def nothing_at_all(file: Path) -> None:
    file.write_bytes(b"")


def other_content(statement: str) -> Callable[[Path], None]:
    """A copy every page of which is sound, and which is not what was copied."""

    def spoil(file: Path) -> None:
        connection = connect(file, SPOILED_UNDER[-1])
        guards = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall())
        for trigger in ("acts_no_delete", "parts_no_delete"):
            connection.execute(f"DROP TRIGGER {trigger}")
        assert connection.execute(statement).rowcount == 1
        for trigger in ("acts_no_delete", "parts_no_delete"):
            connection.execute(guards[trigger])  # so that nothing but the content tells
        connection.close()

    return spoil


SPOILED_UNDER: list[bytes] = []
SPOILS: dict[str, Callable[[Path], None]] = {
    "a page": spoiled_page,
    "cut short": cut_short,
    "empty": nothing_at_all,
    "a note less": other_content("DELETE FROM notes WHERE id = (SELECT min(id) FROM notes)"),
    "an act less": other_content("DELETE FROM acts WHERE index_in_chain = (SELECT max(index_in_chain) FROM acts)"),
    "a key less": other_content("DELETE FROM scope_keys WHERE scope = (SELECT min(scope) FROM scope_keys)"),
}  # fmt: skip


@pytest.mark.parametrize("how", SPOILS)
def test_a_copy_that_is_not_whole_never_gets_a_name(
    path: Path, stick: Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = db_backup.copy_store

    def spoiled(reading: Sql, target: Path, key: bytes, progress: Callable[[int, int], object]) -> db_backup.Extent:
        held = whole(reading, target, key, progress)
        SPOILED_UNDER.append(key)
        SPOILS[how](target)
        return held

    with opened(path) as desk:
        good = back_up(desk, stick)
        monkeypatch.setattr(backups, "copy_store", spoiled)
        with pytest.raises(BackupDamaged):
            back_up(desk, stick)
        assert remembered(desk) == replace(good, same_disk=False)  # looked at anew each time
    assert [str(one.path) for one in backups_in(stick)] == [good.path]
    assert not [each for each in stick.iterdir() if "unfinished" in each.name]


def remembered(desk: Desk) -> BackupRow | None:
    with desk.book.read() as reader:
        made = load_made(Sql.of(reader.session.connection()))
    return made.row if made else None


def test_stopping_at_any_moment_leaves_the_earlier_one(path: Path, stick: Path) -> None:
    steps = 0

    def count(_done: int, _total: int) -> None:
        nonlocal steps
        steps += 1

    with opened(path) as desk:
        with_attachment(desk)
        good = back_up(desk, stick, count)
        assert steps > 6
        stopped = 0
        for at in range(steps - 1):  # the last one is told when all is done
            left = at

            def stop(_done: int, _total: int) -> None:
                nonlocal left
                if left == 0:
                    raise Stopped
                left -= 1

            with pytest.raises(Stopped):
                back_up(desk, stick, stop)
            stopped += 1
            assert [str(one.path) for one in backups_in(stick)] == [good.path]
            assert remembered(desk) == replace(good, same_disk=False)
        assert stopped == steps - 1
        assert [each.name for each in stick.iterdir() if each.name.startswith(".")] == []
        assert back_up(desk, stick).number == 2


def test_progress_goes_up_to_all(path: Path, stick: Path) -> None:
    seen: list[tuple[int, int]] = []
    with opened(path) as desk:
        back_up(desk, stick, lambda done, total: seen.append((done, total)))
    assert seen == sorted(seen)
    assert seen[-1] == (100, 100)


@pytest.mark.parametrize("inside", [".", "attachments", "attachments/deep/deeper"])
def test_a_backup_inside_the_casebook_is_refused(path: Path, inside: str) -> None:
    with opened(path) as desk, pytest.raises(BackupInside):
        back_up(desk, path / inside)
    assert not (path / "attachments" / "deep").exists()


def test_a_target_that_is_no_folder_or_too_small_is_refused(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with opened(path) as desk:
        for target in (tmp_path / "file", tmp_path / "file" / "below"):
            with pytest.raises((NotAFile, NoSuchFolder)):
                back_up(desk, target)
        monkeypatch.setattr(backups, "free_bytes", lambda _path: 100_000)
        with pytest.raises(DiskTrouble):
            back_up(desk, tmp_path / "stick")
        assert backups_in(tmp_path / "stick") == []


def test_a_stick_that_is_not_plugged_in_gets_no_folder_on_the_laptop(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = tmp_path / "media"
    media.mkdir()
    monkeypatch.setattr(backups, "STICKS", (media,))
    with opened(path) as desk:
        with pytest.raises(NoStick):
            back_up(desk, media / "aigul" / "stick" / "backups")
        assert list(media.iterdir()) == []
        monkeypatch.setattr(Path, "is_mount", lambda folder: folder == media / "aigul" / "stick")
        back_up(desk, media / "aigul" / "stick" / "backups")
        assert backups_in(media / "aigul" / "stick" / "backups")


def test_rotation_takes_only_this_casebooks_own(path: Path, stick: Path, tmp_path: Path) -> None:
    other = office(tmp_path, "other.kzcase")
    with opened(other) as desk:
        foreign = back_up(desk, stick)
    (stick / "holiday.kzbackup").mkdir()
    (stick / "letters").mkdir()
    clock = TickingClock()
    with opened(path, clock=clock) as desk:
        for _ in range(20):
            row = back_up(desk, stick)
            clock.now += timedelta(days=1)
    assert row.number == 20
    assert row.removed
    assert Path(foreign.path).is_dir()
    assert (stick / "holiday.kzbackup").is_dir()
    assert (stick / "letters").is_dir()
    mine = [one for one in backups_in(stick) if one.tag == the_tag(row)]
    assert [one.number for one in mine][-7:] == list(range(14, 21))
    assert 7 <= len(mine) <= 13
    with pytest.raises(SeveralCasebooks):
        the_backup(stick)


def the_tag(row: BackupRow) -> str:
    return read_about(Path(row.path)).tag


def test_what_was_interrupted_before_is_cleared(path: Path, stick: Path) -> None:
    with opened(path) as desk:
        row = back_up(desk, stick)
        tag = the_tag(row)
        for name in (f".{tag}-00009-x.kzbackup.unfinished", f".{tag}-00001-x.kzbackup.going"):
            (stick / name).mkdir()
            (stick / name / "casebook.db").write_bytes(b"half")
        (stick / ".other-00001-x.kzbackup.unfinished").mkdir()
        back_up(desk, stick)
    assert [each.name for each in stick.iterdir() if each.name.startswith(".")] == [
        ".other-00001-x.kzbackup.unfinished"
    ]


def test_a_missing_piece_of_an_attachment_is_counted_and_stops_nothing(path: Path, stick: Path) -> None:
    with opened(path) as desk:
        with_attachment(desk)
        (chunk,) = [each for each in (path / "attachments").iterdir() if each.is_file()]
        chunk.unlink()
        assert back_up(desk, stick).missing == 1


@pytest.mark.parametrize("content", [b"", b"\xff" * 50, b"\x00", b"\x86\x01\x61x\x01\x61x\x80\x40"])
def test_an_about_file_that_is_none_is_no_backup(stick: Path, content: bytes) -> None:
    (stick / "x.kzbackup").mkdir(parents=True)
    (stick / "x.kzbackup" / "about").write_bytes(content)
    assert backups_in(stick) == []
    with pytest.raises((BackupDamaged, NoBackup)):
        read_about(stick / "x.kzbackup")


def test_an_about_file_cannot_name_files_elsewhere(path: Path, stick: Path) -> None:
    import cbor2

    with opened(path) as desk:
        made = read_about(Path(back_up(desk, stick).path))
    for name in ("../office.kzcase/casebook.db", "/etc/passwd", "a/../../x", "a/b/c", "..", "a\\..\\b"):
        listed = [[name, 1, bytes(32)]]
        about = [1, made.tag, made.number, made.taken_at.isoformat(), listed, made.sealed]
        (made.path / "about").write_bytes(cbor2.dumps(about))
        with pytest.raises(BackupDamaged):
            read_about(made.path)


def test_what_stands_in_the_clear_is_bound_to_what_is_sealed(path: Path, stick: Path) -> None:
    import cbor2

    with opened(path) as desk:
        made = read_about(Path(back_up(desk, stick).path))
    key = key_of(made)
    content = cbor2.loads((made.path / "about").read_bytes())
    for field, other in ((1, "abc"), (2, 99), (3, "2026-11-23T06:00:00+00:00"), (4, content[4][:-1])):
        changed = [*content[:field], other, *content[field + 1 :]]
        (made.path / "about").write_bytes(cbor2.dumps(changed))
        with pytest.raises(BackupDamaged):
            read_about(made.path).holds(key)


# Trying to restore


def test_a_drill_passes_leaves_nothing_and_is_remembered(path: Path, stick: Path) -> None:
    with opened(path) as desk:
        with_attachment(desk)
        row = back_up(desk, stick)
        a_case(desk.book)  # life goes on
        tried = drill(desk, floor=TINY)
        assert (tried.drill.passed, tried.findings, tried.drill.number) == (True, (), row.number)
        assert tried.drill.cases == row.cases
        with desk.book.read() as reader:
            assert load_drill(Sql.of(reader.session.connection())) == tried.drill
    assert not (path / "drill").exists()


def test_a_caseworker_can_try_too(path: Path, stick: Path) -> None:
    with opened(path, OTHER) as desk:
        back_up(desk, stick)
        assert drill(desk, floor=TINY).drill.passed


def without_key_files(backup: Path) -> None:
    for name in ("keys-a", "keys-b"):
        spoiled_page(backup / name)


def without_an_attachment(backup: Path) -> None:
    next((backup / "attachments").iterdir()).unlink()


DAMAGES: dict[str, Callable[[Path], None]] = {
    "a bit of the database": lambda backup: spoiled_page(backup / "casebook.db"),
    "the database is gone": lambda backup: (backup / "casebook.db").unlink(),
    "both key files": without_key_files,
    "an attachment": without_an_attachment,
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_backup_does_not_pass(path: Path, stick: Path, how: str) -> None:
    with opened(path) as desk:
        with_attachment(desk)
        row = back_up(desk, stick)
        DAMAGES[how](Path(row.path))
        tried = drill(desk, floor=TINY)
        assert not tried.drill.passed
        assert tried.findings
        with desk.book.read() as reader:
            found = load_drill(Sql.of(reader.session.connection()))
        assert found is not None
        assert not found.passed
    assert not (path / "drill").exists()


def test_a_backup_of_another_road_does_not_pass(path: Path, stick: Path, tmp_path: Path) -> None:
    """The casebook was put back to before the backup: the backup holds more than it."""
    before = tmp_path / "before.db"
    with opened(path) as desk:
        pass
    shutil.copy(path / "casebook.db", before)
    with opened(path) as desk:
        a_case(desk.book)
        incarnation = desk.book.facts.incarnation
        back_up(desk, stick)
    shutil.copy(before, path / "casebook.db")
    for witness in (
        path / "witness",
        *(Path(os.environ["KZCASE_HOME"]) / "witness").iterdir(),
        *stick.glob("*.witness"),
    ):
        witness.unlink()
    with opened(path) as desk:
        assert desk.book.facts.incarnation == incarnation
        tried = drill(desk, stick, floor=TINY)
    assert [one.check for one in tried.findings] == ["content"]


def test_there_must_be_a_backup_to_try(path: Path, stick: Path) -> None:
    with opened(path) as desk:
        for target in (None, stick):
            with pytest.raises(NoBackup):
                drill(desk, target, floor=TINY)


def test_the_template_is_untouched() -> None:
    assert sorted(each.name for each in template()[0].iterdir() if each.suffix == ".kzbackup") == []


# What a power cut or a busy day must not spoil


def test_everything_is_on_the_disk_before_it_gets_its_name(
    path: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file as it is when the backup gets its name was synced after its last change, and so were the folders."""
    synced: dict[Path, int] = {}
    order: list[str] = []
    replace, sync, sync_folder = Disk.replace, Disk.sync, Disk.sync_folder

    def noted_sync(self: Disk, file: Path) -> None:
        sync(self, file)
        synced[file] = file.stat().st_mtime_ns

    def noted_folder(self: Disk, folder: Path) -> None:
        sync_folder(self, folder)
        synced[folder] = folder.stat().st_mtime_ns
        order.append(f"folder {folder.name}")

    def noted_replace(self: Disk, source: Path, target: Path) -> None:
        if target.suffix == ".kzbackup":
            files = [source, *source.rglob("*")]
            assert len(files) > 5
            assert {each: synced.get(each) for each in files} == {each: each.stat().st_mtime_ns for each in files}
            order.append("name")
        replace(self, source, target)

    monkeypatch.setattr(Disk, "sync", noted_sync)
    monkeypatch.setattr(Disk, "sync_folder", noted_folder)
    monkeypatch.setattr(Disk, "replace", noted_replace)
    with opened(path) as desk:
        with_attachment(desk)
        back_up(desk, stick)
    assert order[order.index("name") + 1] == "folder stick"


def test_a_damaged_casebook_is_noticed_by_its_backup(path: Path, stick: Path) -> None:
    """Copying reads every page under its code: a backup is a check of the casebook too."""
    with opened(path) as desk:
        back_up(desk, stick)
    spoiled_page(path / "casebook.db")
    with opened(path) as desk, pytest.raises(CasebookDamaged):
        back_up(desk, stick)
    assert len(backups_in(stick)) == 1


def test_a_busy_casebook_is_backed_up_as_it_is_at_one_moment(path: Path, stick: Path) -> None:
    """Somebody writes all the time; the copy ends, and holds a state that once was."""
    with opened(path) as desk:
        for _ in range(6):
            a_case(desk.book, note="x" * 9000)
        stop, written = threading.Event(), [0]

        def write() -> None:
            while not stop.is_set():
                a_case(desk.book)
                written[0] += 1

        writer = threading.Thread(target=write)
        during = [0, 0]

        def slowly(done: int, _total: int) -> None:
            during[0 if done else 1] += 1
            before = written[0]
            while written[0] == before:  # between two steps of the copy somebody commits
                stop.wait(0.001)

        writer.start()
        try:
            row = back_up(desk, stick, slowly)
        finally:
            stop.set()
            writer.join()
        assert sum(during) >= 5
        assert drill(desk, floor=TINY).drill.passed
        with desk.book.read() as reader:
            assert row.cases < reader.number("SELECT count(*) FROM cases")


def test_without_one_transaction_the_copy_would_begin_again_each_time(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The canary: outside a transaction a commit between two steps sends the copy back to the first page."""
    monkeypatch.setattr(db_backup, "_PAGES_AT_ONCE", 16)
    with opened(path) as desk:
        key, target = bytes(desk.keys.store_key.reveal()), os.urandom(48)
        reading = connect(path / "casebook.db", key, writable=False)
        done: list[int] = []

        def step(pages: int, _total: int) -> None:
            done.append(pages)
            a_case(desk.book)
            if len(done) == 12:
                raise Stopped

        with pytest.raises(Stopped):
            db_backup.copy_store(Sql(reading), tmp_path / "copy.db", target, step)
        reading.close()
    assert done == [16] * 12
