"""Acts that were told as committed are there after the program was killed at any moment."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from kzcase.actions.checking import check_casebook
from kzcase.actions.desk import open_desk
from kzcase.queries.case_page import case_page
from kzcase.queries.cases import case_list
from tests.cli.running import OWN, acts_file

KZCASE = Path(sys.executable).with_name("kzcase")
NOTES = 80


def killed_after(casebook: Path, file: Path, lines: int, pause: float) -> list[int]:
    """Let the program commit so many acts and a little more, then kill it; what it told until then."""
    program = subprocess.Popen(
        [KZCASE, "act", casebook, file, "--each"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ
    )
    assert program.stdout is not None
    told = [program.stdout.readline() for _ in range(lines)]
    try:
        program.wait(pause)
    except subprocess.TimeoutExpired:
        program.send_signal(signal.SIGKILL)
    told += program.stdout.read().splitlines(keepends=True)
    program.wait()
    program.stdout.close()
    return [msgspec.json.decode(line)["committed"] for line in told if line.endswith(b"\n")]


def kills(casebook: Path, tmp_path: Path, rounds: int, seed: int) -> None:
    chance = random.Random(seed)
    with open_desk(casebook, OWN) as desk, desk.book.read() as reader:
        case = case_list(reader)[0].id
    expected: set[str] = set()
    for turn in range(rounds):
        acts = [{"act": "note.added", "case": case, "text": f"{turn}-{number}"} for number in range(NOTES)]
        told = killed_after(casebook, acts_file(tmp_path, acts), chance.randint(0, 30), chance.random() * 0.05)
        assert told == list(range(len(told)))
        expected |= {f"{turn}-{number}" for number in told}
        with open_desk(casebook, OWN) as desk, desk.book.read() as reader:
            kept = [note.text or "" for note in case_page(reader, case).notes]
        assert expected <= set(kept)
        assert len(kept) == len(set(kept))
        mine = sorted(int(text.split("-")[1]) for text in kept if text.startswith(f"{turn}-"))
        assert mine == list(range(len(mine)))  # never one without those before it
        assert len(mine) <= len(told) + 1  # at most one was committed and not told any more
        expected |= {text for text in kept if text != "text"}
    assert check_casebook(casebook, OWN, deep=True).report.findings == ()


def test_what_was_told_is_there_after_twenty_kills(casebook: Path, tmp_path: Path) -> None:
    kills(casebook, tmp_path, 20, seed=1)


@pytest.mark.proof
def test_what_was_told_is_there_after_a_thousand_kills(casebook: Path, tmp_path: Path) -> None:
    kills(casebook, tmp_path, 1000, seed=int(os.environ.get("KZCASE_SEED", "1")))


def test_an_act_told_and_lost_is_noticed(casebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary: a program that tells before it commits."""
    monkeypatch.setattr("tests.cli.test_kill.killed_after", lambda *_: [0, 1, 2])
    with pytest.raises(AssertionError):
        kills(casebook, tmp_path, 1, seed=1)
