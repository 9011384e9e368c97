"""Killed while a passphrase is changed, at any moment: the old one opens or the new one, never both, never neither."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kzcase.domain.errors import WrongPassphrase
from tests.keys.cheap import created, numbered, opened, stored
from tests.proofs.conftest import Proving
from tests.proofs.conftest import proving as proving  # a fixture
from tests.proofs.proving import Proof

HOUSE = Path(__file__).resolve().parents[2]
KILLS, FEW = 600, 12
CHANGER = """
import sys
from pathlib import Path
from kzcase.keys.changes import change_passphrase
from kzcase.keys.copies import store
from tests.keys.cheap import numbered, opened

folder, first, early = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "early"
keys = opened(folder, numbered(first))
keyfile = keys.keyfile
print("ready", flush=True)
for number in range(first + 1, 1_000_000):
    if early:
        print(number, flush=True)
    keyfile = change_passphrase(keyfile, keys.store_key, keys.identity, numbered(number))
    store(folder, keyfile)
    if not early:
        print(number, flush=True)
"""


def killed_changer(folder: Path, first: int, changes: int, pause: float, *, early: bool = False) -> int:
    """Change the passphrase again and again, kill it after so many changes and a little; the last one it told of."""
    command = [sys.executable, "-c", CHANGER, str(folder), str(first), "early" if early else "late"]
    changer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HOUSE)
    assert changer.stdout is not None
    assert changer.stdout.readline() == "ready\n"
    said = [int(changer.stdout.readline()) for _ in range(changes)]
    timer = threading.Timer(pause, os.kill, (changer.pid, signal.SIGKILL))
    timer.start()
    said += [int(line) for line in changer.stdout if line.endswith("\n")]
    timer.join()
    changer.wait()
    changer.stdout.close()
    return max(said, default=first)


def which_opens(folder: Path, numbers: list[int]) -> list[int]:
    """Those of the numbered passphrases that open."""
    found = []
    for number in numbers:
        try:
            opened(folder, numbered(number)).wipe()
            found.append(number)
        except WrongPassphrase:
            continue
    return found


def kills(folder: Path, proof: Proof, *, early: bool = False) -> None:
    """Kill it so often; how many changes it told of, and how often it was killed with one more already in force."""
    first = 1
    stored(folder, created(numbered(first)).keyfile)
    for number, chance in proof:
        last = killed_changer(folder, first, number % 3, chance.random() * 0.02, early=early)
        found = which_opens(folder, [last - 1, last, last + 1])
        assert len(found) == 1, proof.which()
        assert found[0] >= last, "what it told of is in force"
        proof.seen["changes"] += last - first
        proof.seen["in force, not told any more"] += found[0] > last
        first = found[0]
    proof.end()


def test_a_kill_leaves_the_old_passphrase_or_the_new_one(tmp_path: Path, proving: Proving) -> None:
    proof = proving("passphrase_kill, short", FEW)
    kills(tmp_path, proof)
    assert proof.seen["changes"] > proof.done // 2


@pytest.mark.proof
def test_passphrase_kill(tmp_path: Path, proving: Proving) -> None:
    proof = proving("passphrase_kill", KILLS)
    kills(tmp_path, proof)
    assert proof.seen["changes"] > proof.done // 2
    assert proof.seen["in force, not told any more"] > 0, "some kills fell between the change and its telling"


def test_canary_a_program_that_tells_too_early_is_caught(tmp_path: Path, proving: Proving) -> None:
    with pytest.raises(AssertionError, match="in force"):
        kills(tmp_path, proving("passphrase_kill, canary", 40), early=True)
