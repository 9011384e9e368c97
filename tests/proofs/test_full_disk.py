"""The disk is full or fails at any write of a day: nothing acknowledged is lost, looking up and later work go on."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random

import pytest

from kzcase.actions.backup_files import backups_in
from kzcase.actions.backups import back_up
from kzcase.actions.desk import Desk
from kzcase.actions.drafts import KeptDraft, save_draft
from kzcase.actions.reading import show_names
from kzcase.db import room
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.check import check_files
from kzcase.domain.errors import DiskNearlyFull, DiskTrouble
from kzcase.queries.cases import case_list
from kzcase.queries.office import counts
from tests.actions.offices import office, opened
from tests.actions.steps import CALL, CASE, PARTNER, do
from tests.db.books import KEY, TickingClock, founded, template
from tests.proofs.conftest import Proving
from tests.proofs.disk import FULL, IOERR_FSYNC, IOERR_TRUNCATE, IOERR_WRITE, Disk, Passed, watched
from tests.proofs.proving import Proof

POSITIONS, FEW = 1_500, 8
ERRORS = {"write": IOERR_WRITE, "truncate": IOERR_TRUNCATE, "sync": IOERR_FSYNC, "delete": IOERR_WRITE}
HOUSE = Path(__file__).resolve().parents[2]


@dataclass
class Day:
    """A scripted day: each step is tried until it is acknowledged; what is, is written down as a caseworker would."""

    book: Casebook
    acknowledged: list[str] = field(default_factory=list)
    refused: int = 0

    def steps(self) -> Iterator[Callable[[], str]]:
        for number in range(6):
            yield lambda number=number: self._case(f"Generated {number}")  # type: ignore[misc]
            yield lambda: do(self.book, **CALL).ids["call"].hex()
            yield lambda number=number: do(self.book, **(PARTNER | {"name": f"P{number}"})).ids["partner"].hex()  # type: ignore[misc]
            yield lambda number=number: self._note(number)  # type: ignore[misc]
            yield lambda number=number: self._draft(number)  # type: ignore[misc]

    def _case(self, note: str) -> str:
        return do(self.book, **(CASE | {"note": note})).ids["case"].hex()

    def _note(self, number: int) -> str:
        with self.book.read() as reader:
            case = case_list(reader)[0].id
        return do(self.book, act="note.added", case=case, text=f"Note {number} " + "x" * 3000).ids["note"].hex()

    def _draft(self, number: int) -> str:
        save_draft(self.book, KeptDraft(f"note/{number}", {"text": "y" * 2000}))
        return ""

    def live(self, on_trouble: Callable[[DiskTrouble], None]) -> None:
        for step in self.steps():
            while True:
                try:
                    made = step()
                    break
                except DiskTrouble as trouble:
                    self.refused += 1
                    on_trouble(trouble)
            if made:
                self.acknowledged.append(made)


def held(book: Casebook) -> set[str]:
    """Everything that is there, by id."""
    rows = (book._sql.rows(f"SELECT id FROM {table}") for table in ("cases", "calls", "partners", "notes"))
    return {row_id.hex() for found in rows for (row_id,) in found}


def full_until_freed(disk: Disk, at: int) -> Callable[[Passed], int | None]:
    """From the write at this position on nothing fits any more."""

    def refuse(passing: Passed) -> int | None:
        return FULL if disk.count > at and passing.what == "write" else None

    return refuse


def fails_once(disk: Disk, at: int) -> Callable[[Passed], int | None]:
    """One write, truncation or sync fails, whatever it is."""
    return lambda passing: ERRORS[passing.what] if disk.count == at + 1 else None


def fails_now_and_then(disk: Disk, _at: int) -> Callable[[Passed], int | None]:
    """Two of a hundred fail, the whole day."""
    chance = Random(_at)
    return lambda passing: ERRORS[passing.what] if passing.what != "delete" and chance.random() < 0.02 else None


WAYS = (full_until_freed, fails_once, fails_now_and_then)


def looked_up(book: Casebook) -> None:
    """What a caseworker on the phone must still be able to do."""
    with book.read() as reader:
        assert counts(reader).people >= 0
        case_list(reader)
    show_names(book)


def on_trouble(book: Casebook, disk: Disk, _trouble: DiskTrouble, *, freed: bool) -> None:
    """Somebody looks things up and, where the disk is full, frees space. Nobody starts the program again."""
    looked_up(book)
    if freed:
        disk.refuse = lambda _passing: None


def day_on_a_bad_disk(proof: Proof, folder: Path) -> None:
    length = undisturbed(folder)
    for number, chance in proof:
        way, at = WAYS[number % len(WAYS)], chance.randrange(length)
        with watched() as disk:
            disk.remember = False
            with founded(folder) as book:
                path = book.folder.path
                disk.count, disk.refuse = 0, way(disk, at)
                day = Day(book)

                day.live(partial(on_trouble, book, disk, freed=way is full_until_freed))
                assert set(day.acknowledged) <= held(book), proof.which()
                disk.refuse = lambda _passing: None
        with Casebook.open(path, Opening(KEY, template().founder, TickingClock())) as book:
            assert set(day.acknowledged) <= held(book), proof.which()
            assert book.standing is None, proof.which()
        assert check_files(path, KEY, deep=True).findings == (), proof.which()
        proof.seen[way.__name__] += 1
        proof.seen["refused"] += day.refused
        proof.seen["acknowledged"] += len(day.acknowledged)
    assert proof.seen["refused"] >= proof.done // 3
    proof.end()


def undisturbed(folder: Path) -> int:
    """How many writes and syncs the day has; with nothing in the way nothing is refused."""
    with watched() as disk, founded(folder) as book:
        disk.count = 0
        day = Day(book)
        day.live(lambda error: pytest.fail(str(error)))
        assert len(day.acknowledged) == 24
        return disk.count


def test_a_few_days_on_a_bad_disk(proving: Proving, tmp_path: Path) -> None:
    day_on_a_bad_disk(proving("full_disk", FEW), tmp_path)


@pytest.mark.proof
def test_full_disk(proving: Proving, tmp_path: Path) -> None:
    day_on_a_bad_disk(proving("full_disk", POSITIONS), tmp_path)


def test_a_program_that_hides_the_trouble_would_lose_acts(tmp_path: Path) -> None:
    """The canary: where a refused write is told as done, the same look finds the act missing."""
    with watched() as disk, founded(tmp_path) as book:
        day = Day(book)
        disk.count = 0
        disk.refuse = full_until_freed(disk, 40)
        acknowledged = []
        for step in day.steps():
            try:
                acknowledged.append(step())
            except (DiskTrouble, IndexError):  # without its case no note
                acknowledged.append(os.urandom(16).hex())
        assert not {made for made in acknowledged if made} <= held(book)


# Before the disk is full


def test_with_little_room_nothing_new_is_begun_and_drafts_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = {"bytes": 10 * room.LEAST_FREE}
    monkeypatch.setattr(room, "free_bytes", lambda _path: free["bytes"])
    with founded(tmp_path) as book:
        do(book, **PARTNER)
        free["bytes"] = room.LEAST_FREE - 1
        with pytest.raises(DiskNearlyFull) as caught:
            do(book, **CALL)
        assert caught.value.facts == {"free": 199, "needed": 200}
        looked_up(book)
        save_draft(book, KeptDraft("note/x", {"text": "kept"}))
        free["bytes"] = room.LEAST_FREE
        do(book, **CALL)


def test_the_ballast_goes_when_the_disk_is_full_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    free = {"bytes": 10 * room.LEAST_FREE}
    monkeypatch.setattr(room, "free_bytes", lambda _path: free["bytes"])
    with founded(tmp_path) as book:
        path = book.folder.path
        room.make_ballast(book.folder.ballast)
        assert book.folder.ballast.stat().st_blocks * 512 >= room.BALLAST_BYTES
    free["bytes"] = 0
    opened = Opening(KEY, template().founder, TickingClock())
    with Casebook.open(path, opened) as book:
        assert book.folder.ballast.stat().st_size == 0
        looked_up(book)
    free["bytes"] = 10 * room.LEAST_FREE
    with Casebook.open(path, opened) as book:
        assert book.folder.ballast.stat().st_size == room.BALLAST_BYTES


# A disk that is really full

REALLY_FULL = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from tests.proofs.test_full_disk import *

def fill(file):
    with file.open("ab", buffering=0) as stream:
        for size in (65536, 4096, 1):
            try:
                while True:
                    stream.write(bytes(size))
            except OSError:
                pass

room.LEAST_FREE = 0
disk = Path(sys.argv[2])
filler = disk / "filler"
with founded(disk) as book:
    path = book.folder.path
    room.make_ballast(book.folder.ballast)
    do(book, **PARTNER)
    fill(filler)
    assert room.free_bytes(disk) == 0
    refused = []
    for number in range(400):
        try:
            do(book, **(PARTNER | {"name": f"Generated {number} " + "x" * 190}))
        except DiskTrouble:
            refused.append(number)
            looked_up(book)
            if len(refused) == 1:
                assert book.folder.ballast.stat().st_size == 0, "ballast"
                fill(filler)  # and somebody takes that too
            if len(refused) == 3:
                filler.unlink()
    assert len(refused) == 3, refused
    assert len(held(book)) == 398, len(held(book))
assert check_files(path, KEY, deep=True).findings == ()
room.make_ballast(path / "ballast")
fill(filler)
with Casebook.open(path, Opening(KEY, template().founder, TickingClock())) as book:  # on a full disk
    looked_up(book)
    assert book.folder.ballast.stat().st_size == 0, "ballast"
print("survived")
"""


def may_mount() -> bool:
    probe = ["unshare", "-Urm", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", "/mnt"]
    try:
        return subprocess.run(probe, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not may_mount(), reason="this machine lets nobody mount a small disk of their own")
def test_on_a_disk_that_is_really_full(tmp_path: Path) -> None:
    """Forty megabytes of memory as a disk of their own; every file is on it, whoever writes it."""
    script = f'mount -t tmpfs -o size=40m tmpfs "{tmp_path}" && exec "$@"'
    command = [sys.executable, "-c", REALLY_FULL, str(HOUSE), str(tmp_path)]
    environment = {**os.environ, "KZCASE_HOME": str(tmp_path / "home")}
    ran = subprocess.run(
        ["unshare", "-Urm", "sh", "-c", script, "sh", *command],
        capture_output=True, text=True, env=environment, cwd=HOUSE, check=False,
    )  # fmt: skip
    assert ran.stdout.endswith("survived\n"), ran.stderr


# A stick that is full, or pulled out


def backups_on_a_bad_stick(proof: Proof, folder: Path) -> None:
    casebook, stick = office(folder), folder / "stick"
    with watched() as disk, opened(casebook) as desk:
        disk.remember = False
        there, length = [back_up(desk, stick).path], writes_of_a_backup(desk, disk, folder)
        for number, chance in proof:
            disk.count = 0
            disk.refuse = on_the_stick(WAYS[number % 2](disk, chance.randrange(length)), stick)
            try:
                there.append(back_up(desk, stick).path)
                proof.seen["made"] += 1
            except DiskTrouble:
                proof.seen["refused"] += 1
            disk.refuse = lambda _passing: None
            found = backups_in(stick)
            assert str(found[-1].path) == there[-1], proof.which()
            assert not [name for one in found for name in one.damaged_files()], proof.which()
            assert not [each for each in stick.iterdir() if each.name.startswith(".")], proof.which()
            do(desk.book, **CALL)
    assert proof.seen["refused"] > proof.done // 4
    proof.end()


def writes_of_a_backup(desk: Desk, disk: Disk, folder: Path) -> int:
    disk.count = 0
    back_up(desk, folder / "other")
    return disk.count


def on_the_stick(refuse: Callable[[Passed], int | None], stick: Path) -> Callable[[Passed], int | None]:
    return lambda passing: refuse(passing) if passing.path.startswith(str(stick)) else None


def test_a_few_backups_on_a_bad_stick(proving: Proving, tmp_path: Path) -> None:
    backups_on_a_bad_stick(proving("bad_stick", 10), tmp_path)


@pytest.mark.proof
def test_bad_stick(proving: Proving, tmp_path: Path) -> None:
    backups_on_a_bad_stick(proving("bad_stick", 500), tmp_path)
