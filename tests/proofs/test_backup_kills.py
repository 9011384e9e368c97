"""Killed in the middle of a backup or a restore: earlier backups stand, and a casebook is whole or absent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

import pytest

from kzcase.actions.backup_files import SUFFIX, backups_in
from kzcase.db.check import check_files
from kzcase.keys.copies import load
from kzcase.keys.keyfile import open_with_passphrase
from tests.actions.offices import office
from tests.keys.cheap import PASSPHRASE, TINY
from tests.proofs.conftest import Proving
from tests.proofs.proving import Proof

KILLS, FEW = 500, 8
HOUSE = Path(__file__).resolve().parents[2]


class Doer:
    """The process that does the work; the time a whole job takes is learned from those that were not killed."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.takes = 0.5

    def job(self, *words: object, kill_after: float | None = None) -> str:
        """How one job ended."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write("\t".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        child, began = int(self._process.stdout.readline()), time.monotonic()
        if kill_after is not None:
            time.sleep(kill_after)
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        ended = self._process.stdout.readline().strip()
        if ended == "0":
            self.takes = max(0.05, 0.7 * self.takes + 0.3 * (time.monotonic() - began))
        return ended


@contextmanager
def doing() -> Iterator[Doer]:
    command = [sys.executable, "-m", "tests.proofs.doer"]
    process = subprocess.Popen(command, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Doer(process)
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.wait()
        process.stdout.close()


def findings(casebook: Path) -> list[str]:
    keys = open_with_passphrase(load(casebook, TINY), PASSPHRASE)
    return [one.check for one in check_files(casebook, bytes(keys.store_key.reveal()), deep=True).findings]


def backups_stand(proof: Proof, folder: Path) -> None:
    casebook, stick = office(folder), folder / "stick"
    with doing() as doer:
        assert doer.job("backup", casebook, stick) == "0"
        before = [one.path for one in backups_in(stick)]
        for number, chance in proof:
            proof.seen[doer.job("backup", casebook, stick, kill_after=moment(doer, chance))] += 1
            there = backups_in(stick)
            assert set(before[-1:]) <= {one.path for one in there}, proof.which()
            named = [each for each in stick.iterdir() if each.name.endswith(SUFFIX) and not each.name.startswith(".")]
            assert len(there) == len(named), proof.which()
            assert not [name for one in there for name in one.damaged_files()], proof.which()
            before = [one.path for one in there]
            if number % 10 == 9:
                assert doer.job("backup", casebook, stick) == "0", proof.which()
                assert not [each for each in stick.iterdir() if each.name.startswith(".")], proof.which()
                before = [one.path for one in backups_in(stick)]
        assert doer.job("backup", casebook, stick) == "0"
    assert findings(casebook) == []
    assert proof.seen["killed"] > proof.done // 3
    proof.end()


def moment(doer: Doer, chance: Random) -> float:
    return chance.random() * doer.takes * 1.1


def restored_or_absent(proof: Proof, folder: Path) -> None:
    casebook, stick = office(folder), folder / "stick"
    with doing() as doer:
        assert doer.job("backup", casebook, stick) == "0"
        made = 0
        for _number, chance in proof:
            new = folder / f"new-{made}.kzcase"
            proof.seen[doer.job("restore", stick, new, kill_after=moment(doer, chance))] += 1
            if new.exists():
                assert findings(new) == [], proof.which()
                made += 1
            assert not [name for one in backups_in(stick) for name in one.damaged_files()], proof.which()
        assert doer.job("restore", stick, folder / "last.kzcase") == "0"
        assert findings(folder / "last.kzcase") == []
        if not (folder / f"new-{made}.kzcase").exists():
            assert doer.job("restore", stick, folder / f"new-{made}.kzcase") == "0"  # over what the last kill left
    assert not [each for each in folder.iterdir() if each.name.endswith(".unfinished")]
    assert proof.seen["killed"] > proof.done // 3
    proof.end()


def test_backups_stand_after_a_few_kills(proving: Proving, tmp_path: Path) -> None:
    backups_stand(proving("backup_kill", FEW), tmp_path)


def test_restoring_is_whole_or_nothing_after_a_few_kills(proving: Proving, tmp_path: Path) -> None:
    restored_or_absent(proving("restore_kill", FEW), tmp_path)


@pytest.mark.proof
def test_backup_kill(proving: Proving, tmp_path: Path) -> None:
    backups_stand(proving("backup_kill", KILLS), tmp_path)


@pytest.mark.proof
def test_restore_kill(proving: Proving, tmp_path: Path) -> None:
    restored_or_absent(proving("restore_kill", KILLS), tmp_path)
