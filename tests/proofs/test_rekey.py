"""A new store key is brought in whole or not at all: whatever a power cut leaves opens under exactly one key."""

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import mkdtemp

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from kzcase.db import room
from kzcase.db.engine import connect, key_in_force, rekey
from kzcase.domain.errors import CasebookDamaged, DiskTrouble
from tests.db.books import KEY, founded
from tests.db.drivers import World, perform
from tests.proofs.conftest import Proving
from tests.proofs.disk import Passed, watched
from tests.proofs.power import KINDS, Disks, lay_out
from tests.proofs.proving import Proof

IMAGES, FEW = 2_500, 48
NEW = bytes(range(100, 148))
SHARED = Path("/dev/shm")
FILES = ("casebook.db", "casebook.db-wal")


@dataclass
class Recorded:
    """What passed by the disk while the key was changed."""

    folder: Path
    before: dict[str, bytearray]
    passed: Sequence[Passed]


def small_casebook(folder: Path) -> Path:
    """A casebook with something in it, closed."""
    with founded(folder) as book:
        for kind in ("case.opened", "call.logged", "partner.added"):
            perform(World(book, Random(1)), kind)
        return book.folder.path


def recorded(folder: Path) -> Recorded:
    path = small_casebook(folder)
    before = {str(path / name): bytearray((path / name).read_bytes()) for name in FILES if (path / name).exists()}
    with watched() as disk:
        rekey(path / "casebook.db", KEY, NEW)
    return Recorded(path, before, disk.passed)


def holds(database: Path, key: bytes) -> bool:
    """Whether it opens under this key, hangs together, and has lost nothing."""
    try:
        with closing(connect(database, key)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return whole and connection.execute("SELECT count(*) FROM cases").fetchone() == (1,)
    except (CasebookDamaged, sqlcipher.DatabaseError):
        return False


def opening_keys(files: dict[str, bytearray], folder: Path) -> list[bytes]:
    """The keys under which one disk opens; each is tried on a disk of its own."""
    found = []
    for key in (KEY, NEW):
        target = Path(mkdtemp(prefix="kzcase-rekey-", dir=SHARED if SHARED.is_dir() else None))
        try:
            lay_out(files, folder, target)
            if holds(target / "casebook.db", key):
                found.append(key)
        finally:
            shutil.rmtree(target)
    return found


def exactly_one(proof: Proof, made: Recorded) -> None:
    """Cut the power at moments drawn by lot, in the order of time."""
    drawn = sorted((chance.randrange(len(made.passed) + 1), number, chance) for number, chance in proof)
    disks = Disks(made.passed, made.before)
    for cut, number, chance in drawn:
        disks.go_to(cut)
        kind = KINDS[number % len(KINDS)]
        proof.at = number
        found = opening_keys(disks.image(kind, chance), made.folder)
        assert len(found) == 1, f"{len(found)} keys open; {proof.which()}"
        proof.seen[kind] += 1
        proof.seen["under the old key" if found == [KEY] else "under the new key"] += 1
    assert min(proof.seen["under the old key"], proof.seen["under the new key"]) > 0
    proof.end()


def test_some_power_cuts_leave_exactly_one_key(proving: Proving, tmp_path: Path) -> None:
    exactly_one(proving("rekey", FEW), recorded(tmp_path))


@pytest.mark.proof
def test_rekey(proving: Proving, tmp_path: Path) -> None:
    exactly_one(proving("rekey", IMAGES), recorded(tmp_path))


def test_canary_a_disk_that_lies_about_syncing_leaves_neither(proving: Proving, tmp_path: Path) -> None:
    made = recorded(tmp_path)
    lying = Recorded(made.folder, made.before, [each for each in made.passed if each.what != "sync"])
    with pytest.raises(AssertionError, match="0 keys open"):
        exactly_one(proving("rekey", FEW * 4), lying)


def test_afterwards_no_page_is_under_the_old_key(tmp_path: Path) -> None:
    path = small_casebook(tmp_path)
    before = (path / "casebook.db").read_bytes()
    rekey(path / "casebook.db", KEY, NEW)
    after = (path / "casebook.db").read_bytes()
    assert not (path / "casebook.db-wal").exists()
    pages = range(0, len(after), 4096)
    assert [at for at in pages if after[at : at + 4096] == before[at : at + 4096]] == []
    assert key_in_force(path / "casebook.db", (KEY, NEW)) == NEW


def test_a_disk_without_room_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = small_casebook(tmp_path)
    before = [(path / name).read_bytes() for name in FILES if (path / name).exists()]
    monkeypatch.setattr(room, "free_bytes", lambda _path: room.LEAST_FREE)
    with pytest.raises(DiskTrouble):
        rekey(path / "casebook.db", KEY, NEW)
    assert [(path / name).read_bytes() for name in FILES if (path / name).exists()] == before
