"""The program killed while a colleague is removed: they get in as before or not at all, and everybody else gets in."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kzcase.actions.checking import check_casebook
from kzcase.actions.desk import open_desk
from kzcase.domain.errors import NoLongerHere, WrongPassphrase
from kzcase.keys.changes import holders
from tests.actions.shared_laptop import Office, office
from tests.keys.cheap import PASSPHRASE, TINY, numbered
from tests.proofs.conftest import Proving
from tests.proofs.conftest import proving as proving  # a fixture
from tests.proofs.proving import Proof

HOUSE = Path(__file__).resolve().parents[2]
KILLS, FEW, ROUNDS = 500, 4, 12
REMOVER = """
import sys
from pathlib import Path
from kzcase.actions.desk import open_desk
from kzcase.actions.staff import AddColleague, RemoveColleague, add_colleague, remove_colleague
from kzcase.domain.permissions import Role
from tests.actions.shared_laptop import some_work
from tests.keys.cheap import PASSPHRASE, TINY, numbered

path, first, early = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "early"
with open_desk(path, PASSPHRASE, floor=TINY) as desk:
    print("ready", flush=True)
    for number in range(first, 1_000_000):
        name = f"Colleague {number}"
        add_colleague(desk, AddColleague(name, (Role.CASEWORKER,)), numbered(number))
        some_work(desk, name, 1)
        print("added", number, flush=True)
        if early:
            print("removed", number, flush=True)
        remove_colleague(desk, RemoveColleague(name, successor="Айша"))
        if not early:
            print("removed", number, flush=True)
"""


def killed_remover(place: Office, first: int, pause: float, early: bool) -> dict[str, int]:
    """Add and remove colleagues, kill it at some moment of a removal; the last of each it told of."""
    environment = os.environ | {"KZCASE_HOME": os.environ["KZCASE_HOME"]}
    command = [sys.executable, "-c", REMOVER, str(place.path), str(first), "early" if early else "late"]
    remover = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HOUSE, env=environment)
    assert remover.stdout is not None
    assert remover.stdout.readline() == "ready\n"
    said = [remover.stdout.readline()]
    assert said[0], "the program ended by itself"
    timer = threading.Timer(pause, os.kill, (remover.pid, signal.SIGKILL))
    timer.start()
    said += [line for line in remover.stdout if line.endswith("\n")]
    timer.join()
    remover.wait()
    remover.stdout.close()
    last = {"added": first - 1, "removed": first - 1}
    for line in said:
        what, number = line.split()
        last[what] = int(number)
    return last


def lets_in(place: Office, number: int) -> bool:
    """Whether a colleague's passphrase opens the casebook, with their roles."""
    try:
        with open_desk(place.path, numbered(number), floor=TINY) as desk:
            assert desk.book.acting.roles
            return True
    except (WrongPassphrase, NoLongerHere):
        return False


def kills(folder: Path, proof: Proof, *, early: bool = False) -> None:
    """Kill it so often, every ROUNDS kills in an office of its own, because its 16 slots fill up."""
    for number, chance in proof:
        if number == proof.first or number % ROUNDS == 0:
            place, first = office(folder / str(number), colleagues=False), 1
            cut: set[str] = set()
        last = killed_remover(place, first, chance.random() * 0.25, early)
        first = looked_at(place, last, cut, proof)
        assert check_casebook(place.path, PASSPHRASE, deep=True, floor=TINY).report.findings == (), proof.which()
    proof.end()


def looked_at(place: Office, last: dict[str, int], cut: set[str], proof: Proof) -> int:
    """Who gets in, and what the laptop holds, after a kill; the number of the next colleague."""
    leaving = last["added"]
    proof.seen["staged"] += place.keys().staged_key is not None
    if leaving > last["removed"]:
        proof.seen["in" if lets_in(place, leaving) else "out"] += 1
    else:
        assert not lets_in(place, leaving), "who was told to be removed is out"
    with open_desk(place.path, PASSPHRASE, floor=TINY) as desk:
        slots = {holder.name for holder in holders(desk.keys.keyfile, desk.keys.store_key)}
        here = {name for (name,) in desk.book._sql.rows("SELECT name FROM staff WHERE removed_on IS NULL")}
        assert here <= slots, proof.which()
        cut.add(f"Colleague {leaving + 1}")
        assert slots - here <= cut, "a slot without a colleague: their adding was cut, now or before"
        assert desk.keys.staged_key is None, proof.which()
        orphans = "SELECT count(*) FROM cases c JOIN staff s ON s.id = c.worker_id WHERE s.removed_on IS NOT NULL"
        assert desk.book._sql.value(orphans) == 0, proof.which()
    assert not place.keys().needs_repair, proof.which()
    return leaving + 2


def test_a_kill_leaves_nothing_half_done(tmp_path: Path, proving: Proving) -> None:
    kills(tmp_path, proving("removal_kill, short", FEW))


@pytest.mark.proof
def test_removal_kill(tmp_path: Path, proving: Proving) -> None:
    proof = proving("removal_kill", KILLS)
    kills(tmp_path, proof)
    least = min(proof.seen[each] for each in ("in", "out", "staged"))
    assert least > 0, "before the act, after it, and while the key was changed"


def test_canary_a_program_that_tells_too_early_is_caught(tmp_path: Path, proving: Proving) -> None:
    with pytest.raises(AssertionError, match="is out"):
        kills(tmp_path, proving("removal_kill, canary", 30), early=True)
