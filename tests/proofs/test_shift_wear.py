"""72 hours on the line: three operators, 5,000 calls, locks and power cuts. Nothing that was acknowledged is lost."""

import json
import os
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.desk import add_staff_rows
from kzcase.actions.waiting_calls import waiting_sheets
from kzcase.db.casebook import Casebook, Opening
from kzcase.domain.permissions import Role
from tests.actions.steps import do
from tests.db.books import KEY, START, TickingClock, founded
from tests.proofs.conftest import Proving
from tests.proofs.wearer import SECONDS_BETWEEN, operator

HOUSE = Path(__file__).resolve().parents[2]
SHIFTS, CALLS, CUTS = 9, 5_000, 27
OPERATORS = 3
MOST_GROWTH_KB = 16 * 1024
"""From the hundredth call of a process to its last: what Python and SQLite keep for themselves, and no more."""


@dataclass
class Worn:
    """What processes said was safe, how often the power went, and how much memory they held."""

    said: dict[str, set[str]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    growth: list[int] = field(default_factory=list)
    most: int = 0


def line(folder: Path) -> Path:
    """An office with three operators and the line's key."""
    with founded(folder) as book:
        for number in range(OPERATORS):
            with book.write("staff.added") as act:
                add_staff_rows(act, operator(number), (Role.HELPLINE,))
        do(book, act="line_key.made")
        return book.folder.path


def leg(casebook: Path, worn: Worn, **told: Any) -> str | None:
    """One process; when it ended by itself, the time on its wall."""
    given = json.dumps({"casebook": str(casebook), "key": KEY.hex(), **told})
    command = [sys.executable, "-m", "tests.proofs.wearer", given]
    done = subprocess.run(command, cwd=HOUSE, env=dict(os.environ), capture_output=True, text=True, timeout=1_800)
    assert done.returncode in (0, -9), done.stderr[-2_000:]
    sizes: dict[int, int] = {}
    end = None
    for words in map(str.split, done.stdout.splitlines()):
        match words:
            case ["rss", calls, size]:
                sizes[int(calls)] = int(size)
            case ["end", moment]:
                end = moment
            case [kind, name]:
                worn.said.setdefault(kind, set()).add(name)
                worn.seen[kind] += 1
    worn.seen["cuts"] += done.returncode == -9
    worn.most = max((worn.most, *sizes.values()))
    warm = [size for calls, size in sorted(sizes.items()) if calls >= 100]
    worn.growth += [warm[-1] - warm[0]] if len(warm) > 1 else []
    return end


def wear(casebook: Path, proof: Any, *, calls: int, cuts: int, lock_every: int = 40) -> Worn:
    """One shift after the other; the power goes in some, and the same shift goes on."""
    worn, now = Worn(), START
    for number, chance in proof:
        share = calls // proof.total
        same = {"who": number % OPERATORS, "lock_every": lock_every}
        for cut in range(cuts // proof.total):
            told = {"seed": f"{proof.which()} {cut}", "now": now.isoformat()}
            leg(casebook, worn, calls=share, dies_at=chance.randrange(max(1, share // 20)), **same, **told)
            now += timedelta(seconds=SECONDS_BETWEEN * share // 20)
        left = share * (number + 1) - len(worn.said.get("call", ()))
        told = {"seed": proof.which(), "now": now.isoformat()}
        end = leg(casebook, worn, calls=max(1, left), dies_at=-1, **same, **told)
        assert end is not None
        now = datetime.fromisoformat(end)
    return worn


def must_be_whole(casebook: Path, worn: Worn) -> int:
    """Everything that was said to be safe is there, once; what was killed before it could say so may be there too."""
    with Casebook.open(casebook, Opening(KEY, operator(0), TickingClock(datetime.now(UTC)))) as book:
        with book.read() as reader:
            there = {kind: _ids(reader, table) for kind, table in TABLES.items()}
        for kind, names in worn.said.items():
            assert names <= there[kind], (kind, len(names - there[kind]))
        assert len(there["call"]) <= len(worn.said["call"]) + 4 * worn.seen["cuts"]
        assert waiting_sheets(casebook) == []
        return len(there["call"])


TABLES = {"call": "calls", "back": "call_backs", "signal": "crime_signals"}


def _ids(reader: Any, table: str) -> set[str]:
    rows = reader.session.connection().exec_driver_sql(f"SELECT id FROM {table} WHERE struck IS NOT 1")
    return {bytes(row[0]).hex() for row in rows}


def test_a_few_calls_survive_locks_and_a_power_cut(tmp_path: Path, proving: Proving) -> None:
    proof = proving("shift_wear", 1)
    casebook = line(tmp_path)
    worn = wear(casebook, proof, calls=16, cuts=1, lock_every=8)
    assert must_be_whole(casebook, worn) >= 16
    assert worn.seen["cuts"] == 1


def test_the_canary_a_lost_call_is_noticed(tmp_path: Path) -> None:
    casebook = line(tmp_path)
    worn = Worn(said={"call": {"00" * 16}})
    with pytest.raises(AssertionError):
        must_be_whole(casebook, worn)


@pytest.mark.proof
def test_shift_wear(tmp_path: Path, proving: Proving) -> None:
    proof = proving("shift_wear", SHIFTS)
    casebook = line(tmp_path)
    worn = wear(casebook, proof, calls=CALLS, cuts=CUTS)
    calls = must_be_whole(casebook, worn)
    assert calls >= CALLS - SHIFTS
    assert worn.seen["cuts"] == CUTS
    assert worn.growth
    assert max(worn.growth) < MOST_GROWTH_KB, worn.growth
    proof.seen.update(worn.seen)
    proof.seen["calls_there"] = calls
    proof.seen["most_rss_mb"] = worn.most // 1024
    proof.seen["most_growth_kb"] = max(0, *worn.growth)
    proof.end()
