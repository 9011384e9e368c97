"""Long proofs: numbered, seeded, resumable at any number; they say what they counted and refuse to prove nothing."""

import json
import os
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

BUILD: Final = Path(__file__).resolve().parents[2] / "build" / "proofs"
SEED: Final = int(os.environ.get("KZCASE_SEED", "2026"))
FIRST: Final = int(os.environ.get("KZCASE_FROM", "0"))
GO_ON: Final = bool(os.environ.get("KZCASE_GO_ON"))
"""Whether to go on where this proof, with this seed, was stopped: what was counted before counts."""
SAY_EVERY: Final = 10.0


@dataclass
class Proof:
    """One proof: `for number, chance in proof:`. What it sees is counted in `seen`."""

    name: str
    total: int
    say: Callable[[str], None] = print
    seed: int = SEED
    first: int = FIRST
    kept: bool = True
    seen: Counter[str] = field(default_factory=Counter)
    done: int = 0
    at: int = 0

    def __iter__(self) -> Iterator[tuple[int, Random]]:
        said, number = time.monotonic(), self._begun()
        while number < self.total:
            self.seen["numbers"] += 1
            self.at = number
            yield number, self.chance(number)
            self.done += 1
            number += 1
            self._keep()
            if time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                self.say(f"{self.name}: {number} of {self.total}, seed {self.seed}, {dict(self.seen)}")

    @property
    def _so_far(self) -> Path:
        return BUILD / "so_far" / f"{self.name.replace(' ', '_')}-{self.seed}-{self.first}.json"

    def _begun(self) -> int:
        """Where to begin: at the first, or behind what was kept when it was stopped."""
        if self.kept and GO_ON and self._so_far.exists():
            before = json.loads(self._so_far.read_text("utf-8"))
            self.done, self.seen = before["done"], Counter(before["seen"])
        return self.first + self.done

    def _keep(self) -> None:
        """After each number, so that a proof that takes days may be stopped at any time."""
        if self.kept:
            self._so_far.parent.mkdir(parents=True, exist_ok=True)
            beside = self._so_far.with_suffix(".new")
            beside.write_text(json.dumps({"done": self.done, "seen": self.seen}), "utf-8")
            beside.replace(self._so_far)

    def enough(self) -> None:
        """The number that runs now is the last: for proofs that take their time instead of a count."""
        self.total = self.at + 1

    def chance(self, number: int) -> Random:
        """Of one number alone, so that any of them can be run again by itself."""
        return Random(f"{self.name}/{self.seed}/{number}")

    def which(self) -> str:
        """How to run again what is being run: for the words of an assertion."""
        return f"{self.name}: KZCASE_SEED={self.seed} KZCASE_FROM={self.at}"

    def end(self) -> None:
        """Say what was counted, and keep it. Nothing counted is nothing proved."""
        if not self.done or self.done != self.total - self.first:
            raise AssertionError(f"{self.name}: {self.done} of {self.total - self.first} were run")
        counted = {"proof": self.name, "seed": self.seed, "from": self.first, "to": self.total, **self.seen}
        if self.kept:
            counted["commit"] = commit()
        self.say(json.dumps(counted))
        if not self.kept:
            return
        self._so_far.unlink(missing_ok=True)
        BUILD.mkdir(parents=True, exist_ok=True)
        with (BUILD / "counts.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(counted) + "\n")


def commit() -> str:
    """Of which state of the program this was seen; with a `+` where files were changed since."""
    asked = ["git", "-C", str(BUILD.parents[1]), "describe", "--always", "--dirty=+"]
    return subprocess.run(asked, capture_output=True, check=False, text=True).stdout.strip() or "unknown"
