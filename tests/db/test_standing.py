"""An older, copied or restored casebook is recognised, told in words, and goes on as a new device."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kzcase import paths
from kzcase.actions.partners import AddPartner, add_partner
from kzcase.db.backup_memory import save_target
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.check import check_files
from kzcase.db.sql import Sql
from kzcase.db.standing import Witnesses, seal_of, stored_mark, target_witness
from kzcase.db.witness import Mark, Seal, WitnessFile
from kzcase.domain.standing import Standing, Why
from tests.db.books import KEY, TickingClock, founded, template
from tests.laptops import another_laptop


def opened(path: Path) -> Casebook:
    return Casebook.open(path, Opening(KEY, template().founder, TickingClock()))


def worked_on(path: Path, acts: int = 3) -> None:
    with opened(path) as book:
        for number in range(acts):
            add_partner(book, AddPartner(name=f"{number}-{os.urandom(3).hex()}", kind="ngo"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with founded(tmp_path) as book:
        found = book.folder.path
    worked_on(found)
    return found


def checks(path: Path) -> set[str]:
    return {one.check for one in check_files(path, KEY, deep=True).findings}


def standing(path: Path) -> tuple[Standing | None, bytes]:
    with opened(path) as book:
        return book.standing, book.facts.incarnation


def test_the_latest_casebook_is_opened_as_what_it_is(path: Path) -> None:
    _, before = standing(path)
    worked_on(path)
    assert standing(path) == (None, before)
    assert checks(path) == set()


def older_folder(path: Path) -> None:
    before = path.with_name("before")
    shutil.copytree(path, before)
    worked_on(path)
    shutil.rmtree(path)
    before.rename(path)


def older_database(path: Path) -> None:
    before = (path / "casebook.db").read_bytes()
    worked_on(path)
    (path / "casebook.db").write_bytes(before)


def older_database_elsewhere(path: Path) -> None:
    """Carried to a laptop that never saw it: the witness in the folder is enough."""
    older_database(path)
    shutil.rmtree(paths.home())


def without_its_log(path: Path) -> None:
    """Killed before the log was laid into the file, and then the log is gone."""
    crashed = path.with_name("crashed")
    with opened(path) as book:
        for number in range(3):
            add_partner(book, AddPartner(name=f"late {number}", kind="ngo"))
        shutil.copytree(path, crashed)
    shutil.rmtree(path)
    crashed.rename(path)
    (path / "casebook.db-wal").unlink()
    (path / "casebook.db-shm").unlink(missing_ok=True)


def only_a_look_less(path: Path) -> None:
    """Nothing but what is this laptop's own was written in between."""
    before = (path / "casebook.db").read_bytes()
    with opened(path) as book, book.local() as session:
        Sql.of(session.connection()).run("INSERT INTO counters VALUES ('x', 1)")
    (path / "casebook.db").write_bytes(before)


OLDER = [older_folder, older_database, older_database_elsewhere, without_its_log, only_a_look_less]


@pytest.mark.parametrize("put_back", OLDER)
def test_an_older_state_is_found_by_a_check_and_told_on_opening(path: Path, put_back: Callable[[Path], None]) -> None:
    _, before = standing(path)
    put_back(path)
    assert checks(path) == {"rollback"}
    found, incarnation = standing(path)
    assert found is not None
    assert found.why is Why.OLDER
    assert found.missing >= 1
    assert incarnation != before
    worked_on(path)
    assert standing(path) == (found, incarnation)  # told until the last release number is entered, and changed once
    assert checks(path) == set()


@pytest.mark.parametrize("put_back", OLDER)
def test_without_witnesses_nothing_would_be_noticed(
    path: Path, put_back: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The canary: what notices is the witness, not the encryption."""
    monkeypatch.setattr(Witnesses, "note", lambda *_: None)
    put_back(path)
    assert checks(path) == set()
    assert standing(path)[0] is None


def test_an_abandoned_incarnation_stays_abandoned(path: Path) -> None:
    """The very state that was once put back, put back again after it had been left."""
    first = path.with_name("first")
    shutil.copytree(path, first)
    older_folder(path)
    _, second = standing(path)
    shutil.rmtree(path)
    first.rename(path)
    found, third = standing(path)
    assert found is not None
    assert found.why is Why.OLDER
    assert third != second


def test_the_state_before_it_was_put_back_does_not_come_again_unnoticed(path: Path) -> None:
    """Put back to an older state and worked on; then the later state of before is found and put back in turn."""
    older, later = path.with_name("older"), path.with_name("later")
    shutil.copytree(path, older)
    worked_on(path)
    shutil.copytree(path, later)
    shutil.rmtree(path)
    older.rename(path)
    worked_on(path, 9)
    shutil.rmtree(path)
    later.rename(path)
    assert checks(path) == {"rollback"}
    found, _ = standing(path)
    assert found is not None
    assert found.why is Why.OLDER


def test_a_database_of_an_earlier_device_is_noticed_without_any_other_witness(path: Path) -> None:
    """The folder went on as a new device; then its database of before comes back, on a laptop that never saw it."""
    before = (path / "casebook.db").read_bytes()
    older_folder(path)
    worked_on(path, 1)
    (path / "casebook.db").write_bytes(before)
    shutil.rmtree(paths.home())
    assert checks(path) == {"rollback"}
    found, _ = standing(path)
    assert found is not None
    assert found.why is Why.OLDER


def test_another_road_is_noticed_even_when_it_is_longer(path: Path) -> None:
    """Put back and worked on where nobody could compare; then carried home."""
    before = path.with_name("before.kzcase")
    shutil.copytree(path, before)
    worked_on(path, 2)
    with another_laptop():
        (before / "witness").unlink()
        worked_on(before, 9)
    shutil.rmtree(path)
    before.rename(path)
    assert "rollback" in checks(path)
    found, _ = standing(path)
    assert found is not None
    assert found.why is Why.OLDER


def test_a_casebook_of_before_there_were_witnesses_opens(path: Path) -> None:
    with opened(path) as book, book.local() as session:
        Sql.of(session.connection()).run("DELETE FROM local_facts WHERE name IN ('witness_key', 'commits')")
    (path / "witness").unlink()
    assert checks(path) == set()
    assert standing(path)[0] is None
    older_database(path)
    assert checks(path) == {"rollback"}


def test_a_moved_folder_is_the_same_casebook(path: Path) -> None:
    _, before = standing(path)
    moved = path.with_name("moved.kzcase")
    path.rename(moved)
    worked_on(moved)
    assert standing(moved) == (None, before)
    assert checks(moved) == set()


def test_a_copied_folder_becomes_a_device_of_its_own(path: Path) -> None:
    _, before = standing(path)
    copy = path.with_name("copy.kzcase")
    shutil.copytree(path, copy)
    assert checks(copy) == {"copied"}
    found, incarnation = standing(copy)
    assert found is not None
    assert found.why is Why.COPIED
    assert incarnation != before
    assert standing(path) == (None, before)  # the first one stays what it is
    for each in (path, copy):
        worked_on(each)
        assert checks(each) == set()


def test_a_link_to_the_folder_is_no_copy(path: Path) -> None:
    link = path.with_name("link.kzcase")
    link.symlink_to(path)
    assert standing(link)[0] is None
    assert standing(path)[0] is None


def test_a_laptop_that_never_saw_it_takes_it_as_it_is(path: Path) -> None:
    _, before = standing(path)
    with another_laptop():
        assert standing(path) == (None, before)


def test_a_power_cut_between_commit_and_witness_is_no_alarm(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Witnesses, "note", lambda *_: None)
        worked_on(path)
    assert checks(path) == set()
    assert standing(path)[0] is None


@pytest.mark.parametrize("garbled", [b"\xff" * 1024, os.urandom(1024), b"KZW\x01" + bytes(1020)])
def test_a_spoiled_witness_is_a_finding_and_no_alarm(path: Path, garbled: bytes) -> None:
    tag = (path / "witness").read_bytes()[4:20]
    (path / "witness").write_bytes(garbled[:4] + tag + garbled[20:] if garbled.startswith(b"KZW") else garbled)
    assert checks(path) == {"witness"}
    assert standing(path)[0] is None
    assert checks(path) == set()


def test_the_witness_on_a_backup_target_counts(path: Path, tmp_path: Path) -> None:
    with opened(path) as book, book.local() as session:
        save_target(Sql.of(session.connection()), str(tmp_path))
    before = (path / "casebook.db").read_bytes()
    with opened(path) as book:
        add_partner(book, AddPartner(name="late", kind="ngo"))
        with book.read() as reader:
            sql = Sql.of(reader.session.connection())
            seal, mark = seal_of(sql), stored_mark(sql)
    file = target_witness(tmp_path, seal)
    file.begin()
    file.note(mark)
    (path / "casebook.db").write_bytes(before)
    (path / "witness").unlink()
    shutil.rmtree(paths.home())
    assert checks(path) == {"rollback"}


# The file itself

MARK = Mark(7, 3, b"h" * 32, 2, 1, 1_795_000_000_000, last_look=b"l" * 32)


def a_witness(folder: Path) -> WitnessFile:
    file = WitnessFile(folder / "deep" / "witness", Seal.of(b"i" * 16, b"k" * 32))
    file.begin()
    return file


def test_marks_are_overwritten_in_turn(tmp_path: Path) -> None:
    file = a_witness(tmp_path)
    for commits in range(1, 9):
        file.note(replace(MARK, commits=commits))
        found = file.read().mark
        assert found is not None
        assert found.commits == commits
        size = file.path.stat().st_size
        assert size == 1024
    assert oct(file.path.stat().st_mode & 0o777) == "0o600"


def test_a_torn_mark_leaves_the_one_before(tmp_path: Path) -> None:
    file = a_witness(tmp_path)
    file.note(MARK)
    file.note(replace(MARK, commits=8))
    content = bytearray(file.path.read_bytes())
    content[30] ^= 1
    file.path.write_bytes(content)
    assert file.read().mark == MARK


def test_every_flipped_bit_of_a_mark_is_noticed(tmp_path: Path) -> None:
    file = a_witness(tmp_path)
    file.note(MARK)
    whole = file.path.read_bytes()
    used = [at for at, byte in enumerate(whole) if byte] + [512 + 4]
    assert len(used) > 50
    for at in range(512, 512 + 4 + 16 + 1 + 16 + 32 + 24 + 32 + 8 + 16):
        spoiled = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
        file.path.write_bytes(spoiled)
        found = file.read()
        assert found.mark is None
        assert found.spoiled or found.foreign


def test_another_casebook_cannot_read_it(tmp_path: Path) -> None:
    file = a_witness(tmp_path)
    file.note(MARK)
    file.note_place("/somewhere")
    assert file.read().place == "/somewhere"
    assert b"somewhere" not in file.path.read_bytes()
    other = WitnessFile(file.path, Seal.of(b"i" * 16, b"x" * 32))
    assert other.read().mark is None
    assert other.read().spoiled
    foreign = WitnessFile(file.path, Seal.of(b"j" * 16, b"k" * 32)).read()
    assert foreign.foreign
    assert not foreign.spoiled


def test_a_disk_that_refuses_stops_nothing(tmp_path: Path) -> None:
    file = WitnessFile(tmp_path / "file" / "witness", Seal.of(b"i" * 16, b"k" * 32))
    (tmp_path / "file").write_bytes(b"")
    file.begin()
    file.note(MARK)
    file.note_place("x")
    file.flush()
    assert file.read().mark is None
