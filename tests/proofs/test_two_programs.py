"""Two programs on one casebook, started at once: one writes and the other is told so; never do both write."""

import subprocess
import sys
from pathlib import Path

import pytest

from kzcase.db.casebook import Casebook, Opening
from tests.db.books import KEY, TickingClock, founded, template
from tests.proofs.conftest import Proving
from tests.proofs.proving import Proof

ROUNDS, FEW = 250, 3

PROGRAM = """
import sys, time
from pathlib import Path
from kzcase.actions.partners import AddPartner, add_partner
from kzcase.db import files
from kzcase.db.casebook import Casebook, Opening
from kzcase.domain.errors import CasebookInUse
from kzcase.keys.identity import Identity, OpeningKey, SigningKey
from kzcase.keys.secret import Secret

path, staff, sign, name, locked = sys.argv[1:]
if locked == "unlocked":
    files._lock = lambda stream: None
keys = SigningKey(Secret(bytes.fromhex(sign))), OpeningKey(Secret(bytes(32)))
identity = Identity(bytes.fromhex(staff), "Writer", *keys)
print("ready", flush=True)
sys.stdin.readline()
try:
    with Casebook.open(Path(path), Opening(bytes(range(48)), identity)) as book:
        began = time.monotonic_ns()
        for number in range(3):
            add_partner(book, AddPartner(name=f"{name}/{number}", kind="ngo"))
        print(began, time.monotonic_ns(), flush=True)
except CasebookInUse:
    print("in use", flush=True)
"""


def started(path: Path, name: str, locked: str) -> "subprocess.Popen[str]":
    """A program that waits at the door; its next line of input lets it in."""
    founder = template().founder
    who = [founder.staff_id.hex(), bytes(founder.signing.secret.reveal()).hex()]
    command = [sys.executable, "-c", PROGRAM, str(path), *who, name, locked]
    made = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert made.stdout is not None
    assert made.stdout.readline() == "ready\n"
    return made


def said(program: "subprocess.Popen[str]") -> str:
    """What it said at its end."""
    out, err = program.communicate()
    return out.strip() if program.returncode == 0 else f"fell: {err[-300:]}"


def let_in_together(path: Path, name: str, locked: str = "locked") -> list[str]:
    """Two programs go for the casebook at once; what each says."""
    both = [started(path, f"{name}/{which}", locked) for which in "ab"]
    for program in both:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    return [said(program) for program in both]


def wrote_together(answers: list[str]) -> bool:
    """Whether both had it open at some moment, or either fell over the other."""
    times = [tuple(map(int, each.split())) for each in answers if each != "in use" and not each.startswith("fell")]
    if any(each.startswith("fell") for each in answers):
        return True
    return len(times) == 2 and times[0][0] < times[1][1] and times[1][0] < times[0][1]


def never_two_writers(proof: Proof, folder: Path) -> None:
    with founded(folder) as book:
        path = book.folder.path
    for number, _chance in proof:
        answers = let_in_together(path, str(number))
        assert not wrote_together(answers), (proof.which(), answers)
        proof.seen["starts"] += 2
        proof.seen["told it is in use"] += answers.count("in use")
    with Casebook.open(path, Opening(KEY, template().founder, TickingClock())) as book:
        there = book._sql.value("SELECT count(*) FROM partners")
        assert there == 3 * (proof.seen["starts"] - proof.seen["told it is in use"])
        assert book._sql.value("PRAGMA integrity_check") == "ok"
    proof.end()


def test_one_writes_and_the_other_is_told(tmp_path: Path, proving: Proving) -> None:
    never_two_writers(proving("two programs, short", FEW), tmp_path)


@pytest.mark.proof
def test_two_programs(tmp_path: Path, proving: Proving) -> None:
    proof = proving("two programs", ROUNDS)
    never_two_writers(proof, tmp_path)
    assert proof.seen["told it is in use"], "they never met: this proved nothing"


def test_without_the_lock_both_write(tmp_path: Path) -> None:
    """The canary: with the lock taken away, the two are in there together within some rounds."""
    with founded(tmp_path) as book:
        path = book.folder.path
    assert any(wrote_together(let_in_together(path, f"c{number}", "unlocked")) for number in range(20))
