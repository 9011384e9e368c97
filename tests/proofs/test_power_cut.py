"""The light goes out: whatever was acknowledged is on the disk, whole, and nobody is told that something is wrong."""

import shutil
from bisect import bisect_left
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import pytest

from kzcase.actions.drafts import KeptDraft, save_draft
from kzcase.actions.partners import AddPartner, add_partner
from kzcase.db import engine, witness
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.engine import connect
from kzcase.db.files import Folder
from kzcase.db.sql import Sql
from kzcase.db.standing import Witnesses, compare
from kzcase.db.witness import WitnessFile
from tests.db.books import KEY, TickingClock, founded, template
from tests.laptops import another_laptop
from tests.proofs.conftest import Proving
from tests.proofs.disk import Disk, Passed, watched
from tests.proofs.power import KINDS, Disks, lay_out
from tests.proofs.proving import Proof

IMAGES, FEW = 10_000, 48
ACTS = 60
SHARED = Path("/dev/shm")


@dataclass
class Recorded:
    """What passed while somebody worked, and after which of it which act was acknowledged."""

    folder: Path
    before: dict[str, bytearray]
    passed: list[Passed]
    acknowledged: list[int]
    """`acknowledged[n]`: how much had passed when act n was."""

    def known_at(self, cut: int) -> int:
        """How many acts were acknowledged before the cut."""
        return bisect_left(self.acknowledged, cut + 1)


@contextmanager
def noted_witnesses(disk: Disk) -> Iterator[None]:
    """The witnesses do not pass by SQLite: what they write is noted beside it, unsynced as it is."""
    overwrite, make = WitnessFile._overwrite, WitnessFile._make

    def noted(self: WitnessFile, at: int, content: bytes, *, last: bool = False) -> None:
        overwrite(self, at, content, last=last)
        if self.path.name == "witness":
            disk.note("write", self.path, at, content)

    def made(self: WitnessFile) -> None:
        make(self)
        if self.path.name == "witness":
            disk.note("write", self.path, 0, self.path.read_bytes())
            disk.note("sync", self.path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WitnessFile, "_overwrite", noted)
        patch.setattr(WitnessFile, "_make", made)
        yield


def recorded(folder: Path) -> Recorded:
    """A stretch of work: acts, drafts, a batch, the log laid into the file on the way, closing and opening again."""
    with founded(folder) as book:
        path = book.folder.path
    before = {str(file): bytearray(file.read_bytes()) for file in (path / "casebook.db", path / "witness")}
    acknowledged: list[int] = []
    with watched() as disk, noted_witnesses(disk):
        for stretch in range(3):
            with Casebook.open(path, Opening(KEY, template().founder, TickingClock())) as book:
                for number in range(ACTS // 3):
                    add_partner(book, AddPartner(name=f"{len(acknowledged):05}", kind="ngo"))
                    acknowledged.append(len(disk.passed))
                    if number % 9 == 0:
                        keep_a_draft(book, number)
                if stretch == 2:
                    with book.batch():
                        for number in range(20):
                            add_partner(book, AddPartner(name=f"batch {number}", kind="ngo"))
    return Recorded(path, before, disk.passed, acknowledged)


def keep_a_draft(book: Casebook, number: int) -> None:
    save_draft(book, KeptDraft(f"note/{number}", {"text": "y" * 3000}))


@dataclass
class Faults:
    """What was found wrong on one disk."""

    lost: int = 0
    damaged: str = ""
    false_alarm: str = ""


def examined(path: Path, known: int) -> Faults:
    """Open a disk as the program would after the power cut."""
    try:
        with closing(connect(path / "casebook.db", KEY)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with closing(connect(path / "casebook.db", KEY)) as connection:
            pages = connection.execute("PRAGMA cipher_integrity_check").fetchall()
        with closing(connect(path / "casebook.db", KEY)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
            names = {name for (name,) in connection.execute("SELECT name FROM partners WHERE name GLOB '[0-9]*'")}
            partly = connection.execute("SELECT count(*) FROM partners WHERE name GLOB 'batch*'").fetchone()[0]
            sql, folder = Sql(connection), Folder(path)
            alarm = compare(sql, folder, Witnesses.of(sql, folder))
    except engine.CasebookDamaged as error:
        return Faults(damaged=str(error))
    lost = len({f"{number:05}" for number in range(known)} - names)
    damaged = str(pages or "") + ("" if whole == "ok" else whole) + ("" if partly in (0, 20) else "half a batch")
    return Faults(lost, damaged, str(alarm.why or ""))


@another_laptop()
def cuts(proof: Proof, made: Recorded, each: Callable[[Faults], None]) -> None:
    """Cut the power at moments drawn by lot, in the order of time, and look at the disk each leaves.

    Only the witness beside the database is there: it is written like the one at home.
    """
    drawn = [(chance.randrange(len(made.passed) + 1), number, chance) for number, chance in proof]
    disks = Disks(made.passed, made.before)
    for cut, number, chance in sorted(drawn, key=lambda one: one[:2]):
        disks.go_to(cut)
        target = Path(mkdtemp(prefix="kzcase-cut-", dir=SHARED if SHARED.is_dir() else None))
        kind = KINDS[number % len(KINDS)]
        try:
            lay_out(disks.image(kind, chance), made.folder, target)
            proof.at = number
            each(examined(target, made.known_at(cut)))
        finally:
            shutil.rmtree(target)
        proof.seen[kind] += 1
        proof.seen["acknowledged acts looked for"] += made.known_at(cut)


def nothing_lost(proof: Proof, folder: Path) -> None:
    made = recorded(folder)
    assert len(made.acknowledged) == ACTS
    assert len([each for each in made.passed if each.path.endswith("-wal") and each.what == "sync"]) > ACTS

    def look(faults: Faults) -> None:
        assert faults == Faults(), proof.which()

    cuts(proof, made, look)
    assert proof.seen["acknowledged acts looked for"] > proof.done
    proof.end()


def test_some_power_cuts(proving: Proving, tmp_path: Path) -> None:
    nothing_lost(proving("power_cut", FEW), tmp_path)


@pytest.mark.proof
def test_power_cut(proving: Proving, tmp_path: Path) -> None:
    nothing_lost(proving("power_cut", IMAGES), tmp_path)


def test_without_waiting_for_the_disk_acts_would_be_lost(
    proving: Proving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The canary: `synchronous=NORMAL` does not wait for the disk at each commit, and the same look finds the loss."""
    pragmas = [("synchronous", "NORMAL", 1) if each[0] == "synchronous" else each for each in engine._PRAGMAS]
    monkeypatch.setattr(engine, "_PRAGMAS", tuple(pragmas))
    made, lost, proof = recorded(tmp_path), [], proving("power_cut_canary", FEW)
    cuts(proof, made, lambda faults: lost.append(faults.lost))
    assert sum(map(bool, lost)) > FEW // 4


def test_a_witness_that_runs_ahead_would_cry_wolf(
    proving: Proving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The canary of no false alarm: a witness told before the commit is on the disk."""
    note = witness.WitnessFile.note
    ahead = lambda self, mark: note(self, type(mark)(mark.commits + 1, *[getattr(mark, n) for n in mark.__slots__[1:]]))  # noqa: E731
    monkeypatch.setattr(witness.WitnessFile, "note", ahead)
    made, alarms, proof = recorded(tmp_path), [], proving("power_cut_witness", 30)
    cuts(proof, made, lambda faults: alarms.append(faults.false_alarm))
    assert any(alarms)
