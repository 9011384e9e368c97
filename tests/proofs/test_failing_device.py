"""The device itself reports errors: what was acknowledged is on it, and the program says what is wrong."""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.proofs.conftest import Proving
from tests.proofs.failing import WAYS
from tests.proofs.proving import Proof

DEVICES, FEW = 200, 2
ROOMS = (0, 1, 3, 10, 30, 100, 300)
STEPS = 30
PROBE = "d=$(mktemp -d); truncate -s 8M $d/b; mkfs.ext4 -qF $d/b; l=$(losetup -f --show $d/b); losetup -d $l; rm -r $d"
HOUSE = Path(__file__).resolve().parents[2]


@cache
def why_not() -> str:
    """Why no device can be made here; nothing where one can."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "a device of one's own takes Linux and its administrator"
    found = subprocess.run(["unshare", "-m", "sh", "-ec", PROBE], capture_output=True, text=True, check=False)
    return "" if found.returncode == 0 else f"no loop device here: {found.stderr.strip()[-200:]}"


needs_devices = pytest.mark.skipif("why_not()", reason="takes Linux, its administrator and a loop device")


def a_day(folder: Path, way: str, at: int, room: int, *, careless: bool = False) -> dict[str, Any]:
    """A day on a device of its own."""
    return on_a_device(folder, way=way, at=at, room=room, careless=careless)


def on_a_device(folder: Path, **told: Any) -> dict[str, Any]:
    """In a process with mounts of its own: they go with it, whatever happens."""
    for name in ("device", "home"):
        (folder / name).mkdir(parents=True)
    told |= {"folder": str(folder / "device"), "home": str(folder / "home")}
    command = ["unshare", "-m", sys.executable, "-m", "tests.proofs.failing", json.dumps(told)]
    ran = subprocess.run(command, cwd=HOUSE, env=os.environ, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, f"{told}: {ran.stderr[-3000:]}"
    shutil.rmtree(folder)
    said: dict[str, Any] = json.loads(ran.stdout.splitlines()[-1])
    return said


def days_on_failing_devices(proof: Proof, folder: Path) -> None:
    for number, chance in proof:
        way = WAYS[number % len(WAYS)]
        seen = a_day(folder / str(number), way, chance.randrange(STEPS), chance.choice(ROOMS))
        assert seen["lost"] == 0, (proof.which(), seen)
        assert seen["damages"] == 0, (proof.which(), seen)
        assert seen.get("false alarms") == 0, (proof.which(), seen)
        proof.seen[way] += 1
        for what in ("acknowledged", "refused", "looked up", "given up", "said to be damaged"):
            proof.seen[what] += seen.get(what, 0)
    assert proof.seen["refused"] >= proof.done // 2
    assert proof.seen["acknowledged"] > proof.done
    proof.end()


@needs_devices
def test_a_few_days_on_failing_devices(proving: Proving, tmp_path: Path) -> None:
    days_on_failing_devices(proving("failing_device", FEW), tmp_path)


@pytest.mark.proof
@needs_devices
def test_failing_device(proving: Proving, tmp_path: Path) -> None:
    days_on_failing_devices(proving("failing_device", DEVICES), tmp_path)


@needs_devices
def test_the_device_tells_nothing_as_written_that_it_has_not(tmp_path: Path) -> None:
    """Else it would be the device that loses acts, and no program could know. What fits is told, and is there."""
    short = on_a_device(tmp_path / "short", way=WAYS[0], pages=24, room=10)
    assert short["told as written"] == 0
    assert short["there"] < 24
    assert on_a_device(tmp_path / "enough", way=WAYS[0], pages=24, room=300) == {"told as written": 1, "there": 24}


@needs_devices
def test_a_program_that_does_not_wait_for_the_device_would_lose_acts(tmp_path: Path) -> None:
    """The canary: told as done before the device has it, acts are missing once the system's memory is gone."""
    assert a_day(tmp_path, WAYS[0], 4, 0, careless=True)["lost"] > 0
