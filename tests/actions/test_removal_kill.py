"""The program killed while a colleague is removed: they get in as before or not at all, and everybody else gets in."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from random import Random

import pytest

from kzcase.actions.checking import check_casebook
from kzcase.actions.desk import open_desk
from kzcase.domain.errors import NoLongerHere, WrongPassphrase
from kzcase.keys.changes import holders
from tests.actions.shared_laptop import Office, office
from tests.keys.cheap import PASSPHRASE, TINY, numbered

HOUSE = Path(__file__).resolve().parents[2]
KILLS, MANY_KILLS = 4, 500
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


def kills(folder: Path, count: int, *, early: bool = False) -> dict[str, int]:
    """Kill it so often; in how many cases whoever was leaving was still in, or was out and the rest was made good."""
    place, chance, first, seen = office(folder, colleagues=False), Random(count), 1, {"in": 0, "out": 0, "staged": 0}
    cut: set[str] = set()
    for _ in range(count):
        last = killed_remover(place, first, chance.random() * 0.25, early)
        leaving = last["added"]
        seen["staged"] += place.keys().staged_key is not None
        if leaving > last["removed"]:
            seen["in" if lets_in(place, leaving) else "out"] += 1
        else:
            assert not lets_in(place, leaving), "who was told to be removed is out"
        with open_desk(place.path, PASSPHRASE, floor=TINY) as desk:
            slots = {holder.name for holder in holders(desk.keys.keyfile, desk.keys.store_key)}
            here = {name for (name,) in desk.book._sql.rows("SELECT name FROM staff WHERE removed_on IS NULL")}
            assert here <= slots
            cut.add(f"Colleague {leaving + 1}")
            assert slots - here <= cut, "a slot without a colleague: their adding was cut, now or before"
            assert desk.keys.staged_key is None
            orphans = "SELECT count(*) FROM cases c JOIN staff s ON s.id = c.worker_id WHERE s.removed_on IS NOT NULL"
            assert desk.book._sql.value(orphans) == 0
        assert not place.keys().needs_repair
        first = leaving + 2
    assert check_casebook(place.path, PASSPHRASE, deep=True, floor=TINY).report.findings == ()
    return seen


def test_a_kill_leaves_nothing_half_done(tmp_path: Path) -> None:
    assert sum(kills(tmp_path, KILLS).values()) > 0


@pytest.mark.proof
def test_removal_kill(tmp_path: Path) -> None:
    seen = kills(tmp_path, MANY_KILLS)
    sys.stdout.write(f"\nkilled {MANY_KILLS} times: {seen}\n")
    assert min(seen.values()) > 0, "before the act, after it, and while the key was changed"


def test_canary_a_program_that_tells_too_early_is_caught(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="is out"):
        kills(tmp_path, 30, early=True)
