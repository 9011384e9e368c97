"""Broken input of every sort: each reader gives a value or one of our own errors, soon and in little memory."""

import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from kzcase.domain.errors import NotJson
from tests.proofs.conftest import Proving
from tests.proofs.fuzzer import NAMES, Reader, changed, fuzz

FEW, MOST = 60, 1_000_000
SECONDS = 600
"""Processor time each reader is fed for in the long proof."""
COSTLY = {
    "attachment": 40,
    "closed answers": 12,
    "form.xlsx": 4,
    "sheet of form.xlsx": 40,
    "form.yaml": 8,
    "form.xml": 8,
}
"""Readers that take so many times longer an input: each picture is made anew in a process of its own."""
AT_ONCE = 2_000
MOST_KB = 512 * 1024
HOUSE = Path(__file__).resolve().parents[2]


def fuzzed(name: str, seed: int, first: int, last: int) -> dict[str, float]:
    """Some inputs in a process of its own, which may not take more memory than MOST_KB beyond what it began with."""
    command = [sys.executable, "-m", "tests.proofs.fuzzer", name, str(seed), str(first), str(last)]
    ran = subprocess.run(command, cwd=HOUSE, env=os.environ, capture_output=True, check=False, text=True)
    assert ran.returncode == 0, f"{name}: {ran.stderr[-3000:]}"
    said: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    assert said["grown_kb"] < MOST_KB, said
    return said


def processor_time() -> float:
    """Seconds that ended child processes have worked, so that a busy machine does not shorten the proof."""
    times = os.times()
    return times.children_user + times.children_system


@pytest.mark.parametrize("name", NAMES)
def test_broken_input_is_refused_in_our_own_words(name: str) -> None:
    said = fuzzed(name, 1, 0, max(FEW // COSTLY.get(name, 1), 4))
    assert said["inputs"]


@pytest.mark.proof
@pytest.mark.parametrize("name", NAMES)
def test_much_broken_input(name: str, proving: Proving) -> None:
    at_once = max(AT_ONCE // COSTLY.get(name, 1), 10)
    proof, began = proving(f"fuzzing {name}", MOST), processor_time()
    before: int | None = None
    for number, _chance in proof:
        before = proof.seen["seconds"] if before is None else before
        said = fuzzed(name, proof.seed, number * at_once, (number + 1) * at_once)
        proof.seen["inputs"] += int(said["inputs"])
        proof.seen["refused"] += int(said["refused"])
        proof.seen["slowest ms"] = max(proof.seen["slowest ms"], int(said["slowest"] * 1000))
        proof.seen["seconds"] = before + int(processor_time() - began)
        if proof.seen["seconds"] >= SECONDS:
            proof.enough()
    proof.end()


def falls(given: bytes) -> object:
    return json.loads(given)


def refuses(given: bytes) -> object:
    try:
        return json.loads(given)
    except (ValueError, RecursionError):
        raise NotJson("x") from None


def test_a_reader_that_falls_is_noticed() -> None:
    with pytest.raises(AssertionError, match=r"JSONDecodeError|UnicodeDecodeError|RecursionError"):
        fuzz(Reader(lambda: [b'{"a": [1, 2, 3]}'], falls), 1, 0, 50)


def test_a_reader_that_refuses_is_no_fault() -> None:
    assert fuzz(Reader(lambda: [b'{"a": [1, 2, 3]}'], refuses), 1, 0, 50)["refused"] > 10


def test_inputs_differ_and_repeat() -> None:
    made = [changed(Random(f"1/{number}"), [b"sound"]) for number in range(50)]
    assert len(set(made)) > 30
    assert made == [changed(Random(f"1/{number}"), [b"sound"]) for number in range(50)]
