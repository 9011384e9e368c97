"""Pulling the plug: whatever was acknowledged before the program was killed is there, and the tables are whole."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kzcase.db.casebook import Casebook, Opening
from tests.db.books import KEY, TickingClock, empty, founded, template
from tests.db.dump import differences
from tests.proofs.conftest import Proving
from tests.proofs.conftest import proving as proving  # a fixture
from tests.proofs.proving import Proof

KILLS, FEW = 1_000, 20

WRITER = """
import sys
from pathlib import Path
from kzcase.actions.partners import AddPartner, add_partner
from kzcase.db.casebook import Casebook, Opening
from kzcase.keys.identity import Identity, OpeningKey, SigningKey
from kzcase.keys.secret import Secret

path, staff, sign, first, early = sys.argv[1:]
keys = SigningKey(Secret(bytes.fromhex(sign))), OpeningKey(Secret(bytes(32)))
identity = Identity(bytes.fromhex(staff), "Writer", *keys)
with Casebook.open(Path(path), Opening(bytes(range(48)), identity)) as book:
    print("ready", flush=True)
    for number in range(int(first), 1_000_000):
        if early == "early":
            print(number, flush=True)
        add_partner(book, AddPartner(name=f"{number:07}", kind="ngo"))
        if early != "early":
            print(number, flush=True)
"""


def killed_writer(path: Path, first: int, acts: int, *, early: bool = False) -> list[int]:
    """Start a writer, kill it once it has acknowledged so many acts or a little later; what it acknowledged."""
    founder = template().founder
    who = [founder.staff_id.hex(), bytes(founder.signing.secret.reveal()).hex()]
    command = [sys.executable, "-c", WRITER, str(path), *who, str(first), "early" if early else "late"]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "ready\n"
    said = [int(writer.stdout.readline()) for _ in range(acts)]
    os.kill(writer.pid, signal.SIGKILL)
    said += [int(line) for line in writer.stdout if line.endswith("\n")]
    writer.wait()
    writer.stdout.close()
    return said


def there(path: Path) -> set[int]:
    """The acts that are in the casebook, opened anew."""
    with Casebook.open(path, Opening(KEY, template().founder, TickingClock())) as book:
        rows = book._sql.rows("SELECT name FROM partners")
    return {int(name) for (name,) in rows}


def kills(folder: Path, proof: Proof) -> None:
    """Kill writers at acts drawn by chance; whatever they had acknowledged is there."""
    with founded(folder) as book:
        path = book.folder.path
    acknowledged = set[int]()
    for _number, chance in proof:
        first = max(there(path), default=-1) + 1
        acknowledged.update(killed_writer(path, first, chance.randrange(4)))
        assert acknowledged <= there(path), proof.which()
    with Casebook.open(path, Opening(KEY, template().founder, TickingClock())) as book, empty(folder) as replayed:
        replayed.take_in(*book.everything())
        assert not differences(book, replayed)
        assert book._sql.value("PRAGMA integrity_check") == "ok"
    proof.seen["acknowledged"] += len(acknowledged)
    proof.end()
    assert len(acknowledged) > proof.done // 2


def test_what_was_acknowledged_is_there(tmp_path: Path, proving: Proving) -> None:
    kills(tmp_path, proving("kill, short", FEW))


@pytest.mark.proof
def test_kill(tmp_path: Path, proving: Proving) -> None:
    kills(tmp_path, proving("kill", KILLS))


def test_a_program_that_says_so_too_early_is_caught(tmp_path: Path) -> None:
    """The canary: acknowledged before the commit, some act is lost."""
    with founded(tmp_path) as book:
        path = book.folder.path
    for _ in range(30):
        first = max(there(path), default=-1) + 1
        if set(killed_writer(path, first, 1, early=True)) - there(path):
            return
    pytest.fail("nothing was lost in 30 kills")
