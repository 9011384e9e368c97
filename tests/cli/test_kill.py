"""Acts that were told as committed are there after the program was killed at any moment."""

import os
import shutil
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
from tests.proofs.conftest import Proving
from tests.proofs.conftest import proving as proving  # a fixture
from tests.proofs.proving import Proof

KZCASE = Path(sys.executable).with_name("kzcase")
KILLS, FEW, ROUNDS, NOTES = 1_000, 12, 25, 80


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


def kills(casebook: Path, tmp_path: Path, proof: Proof) -> None:
    """Kill the program again and again; every ROUNDS kills on a casebook of its own, so that none grows endless."""
    case = texts(casebook)[0]
    for number, chance in proof:
        if number == proof.first or number % ROUNDS == 0:
            path, expected = fresh(casebook, tmp_path), set[str]()
        acts = [{"act": "note.added", "case": case, "text": f"{number}-{one}"} for one in range(NOTES)]
        told = killed_after(path, acts_file(tmp_path, acts), chance.randint(0, 30), chance.random() * 0.05)
        kept = texts(path)[1]
        expected |= looked_at(kept, number, told, proof)
        assert expected <= set(kept), proof.which()
        assert check_casebook(path, OWN, deep=True).report.findings == (), proof.which()
        proof.seen["killed"] += len(told) < NOTES
        proof.seen["acknowledged acts looked for"] += len(expected)
    proof.end()


def fresh(casebook: Path, tmp_path: Path) -> Path:
    """A copy of the casebook in the place of the one before."""
    path = tmp_path / "killed" / casebook.name
    shutil.rmtree(path.parent, ignore_errors=True)
    shutil.copytree(casebook, path)
    return path


def texts(path: Path) -> tuple[str, list[str]]:
    """The first case, and its notes."""
    with open_desk(path, OWN) as desk, desk.book.read() as reader:
        case = case_list(reader)[0].id
        return case, [note.text or "" for note in case_page(reader, case).notes]


def looked_at(kept: list[str], number: int, told: list[int], proof: Proof) -> set[str]:
    """What was told is there, once; one more at most is, and never one without those before it."""
    assert told == list(range(len(told))), proof.which()
    assert len(kept) == len(set(kept)), proof.which()
    mine = sorted(int(text.split("-")[1]) for text in kept if text.startswith(f"{number}-"))
    assert mine == list(range(len(mine))), proof.which()
    assert len(told) <= len(mine) <= len(told) + 1, proof.which()
    return {f"{number}-{one}" for one in told}


def test_what_was_told_is_there_after_some_kills(casebook: Path, tmp_path: Path, proving: Proving) -> None:
    kills(casebook, tmp_path, proving("thousand_kills, short", FEW))


@pytest.mark.proof
def test_thousand_kills(casebook: Path, tmp_path: Path, proving: Proving) -> None:
    kills(casebook, tmp_path, proving("thousand_kills", KILLS))


def test_an_act_told_and_lost_is_noticed(
    casebook: Path, tmp_path: Path, proving: Proving, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Canary: a program that tells before it commits."""
    monkeypatch.setattr("tests.cli.test_kill.killed_after", lambda *_: [0, 1, 2])
    with pytest.raises(AssertionError):
        kills(casebook, tmp_path, proving("thousand_kills, canary", 1))
