"""Refusing costs little: the heaviest inputs for each reader, in a process each, with all it starts counted."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.proofs.conftest import Proving
from tests.proofs.further_readers import Reader
from tests.proofs.fuzzer import NAMES
from tests.proofs.heaviest import HARDEST, HEAVIEST
from tests.proofs.weighing import weighed

MOST_SECONDS = 1.0
MOST_KB = 200 * 1024
HOUSE = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of one moment's memory")


def weigh(reader: str, *inputs: str) -> list[dict[str, Any]]:
    """The heaviest inputs of one reader, or some of them."""
    command = [sys.executable, "-m", "tests.proofs.weighing", reader, *inputs]
    ran = subprocess.run(command, cwd=HOUSE, env=os.environ, capture_output=True, check=False, text=True)
    assert ran.returncode == 0, f"{reader}: {ran.stderr[-3000:]}"
    return [json.loads(line) for line in ran.stdout.splitlines()]


def too_heavy(said: dict[str, Any]) -> bool:
    """Whether it cost too much, or ended in neither a value nor one of our own errors."""
    fine = said["ended"] == "taken" or str(said["ended"]).startswith("refused: ")
    return not fine or said["seconds"] >= MOST_SECONDS or said["kb"] >= MOST_KB


def test_every_reader_has_its_heaviest_inputs() -> None:
    assert set(HEAVIEST) == set(NAMES)
    assert all(inputs for inputs in HEAVIEST.values())
    assert all(set(some) <= set(HEAVIEST[name]) for name, some in HARDEST.items())


@pytest.mark.parametrize("name", HARDEST)
def test_what_costs_most_costs_little(name: str) -> None:
    said = weigh(name, *HARDEST[name])
    assert len(said) == len(HARDEST[name])
    assert [each for each in said if too_heavy(each)] == []


@pytest.mark.proof
def test_heaviest(proving: Proving) -> None:
    """All of them."""
    proof = proving("heaviest", len(HEAVIEST))
    for number, _chance in proof:
        name = list(HEAVIEST)[number]
        for said in weigh(name):
            assert not too_heavy(said), said
            proof.seen["inputs"] += 1
            proof.seen["slowest ms"] = max(proof.seen["slowest ms"], int(said["seconds"] * 1000))
            proof.seen["most MB"] = max(proof.seen["most MB"], said["kb"] >> 10)
    proof.end()


SPIN = "import time\nwhile time.process_time() < 1.1: sum(range(100_000))"


def _fills(_given: bytes) -> object:
    return len(bytes(range(256)) * (1 << 20))


def _child_fills(_given: bytes) -> object:
    program = "held = bytes(range(256)) * (1 << 20)"
    return subprocess.run([sys.executable, "-c", program], check=True)


def _child_spins(_given: bytes) -> object:
    return subprocess.run([sys.executable, "-c", SPIN], check=True)


def _falls(given: bytes) -> object:
    return json.loads(given)


@pytest.mark.parametrize("read", [_fills, _child_fills, _child_spins, _falls])
def test_a_reader_that_costs_much_is_noticed(read: Any) -> None:
    assert too_heavy(weighed(Reader(list, read), "anything", b"{"))


def test_a_reader_that_costs_little_is_not() -> None:
    assert not too_heavy(weighed(Reader(list, len), "anything", b"{"))
