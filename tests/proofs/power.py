"""Power cuts: from what passed by a disk, the files as they may lie there when the light goes out at any moment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Final

from tests.proofs.disk import Passed

SECTOR: Final = 512
KINDS: Final = ("all", "none", "prefix", "subset", "torn", "noise")
"""What becomes of that which was written and not yet synced."""
Files = dict[str, bytearray]


@dataclass
class Disks:
    """Walks through what passed, keeping what is certainly on the disk apart from what may be."""

    passed: Sequence[Passed]
    durable: Files
    pending: dict[str, list[Passed]] = field(default_factory=lambda: defaultdict(list))
    at: int = 0

    def go_to(self, cut: int) -> None:
        """Up to but without what passed at `cut`. Only forwards."""
        assert cut >= self.at
        for passing in self.passed[self.at : cut]:
            if passing.what == "sync":
                for earlier in self.pending.pop(passing.path, []):
                    _apply(self.durable, earlier)
            else:
                self.pending[passing.path].append(passing)
        self.at = cut

    def image(self, kind: str, chance: Random) -> Files:
        """One disk as it may be now."""
        files = {name: bytearray(content) for name, content in self.durable.items()}
        for waiting in self.pending.values():
            for passing in _survivors(waiting, kind, chance):
                _apply(files, passing)
        return files


def _apply(files: Files, passing: Passed) -> None:
    if passing.what == "delete":
        files.pop(passing.path, None)
        return
    content = files.setdefault(passing.path, bytearray())
    if passing.what == "truncate":
        del content[passing.at :]
        content.extend(bytes(passing.at - len(content)))
    else:
        content.extend(bytes(max(0, passing.at + len(passing.content) - len(content))))
        content[passing.at : passing.at + len(passing.content)] = passing.content


def _survivors(waiting: Sequence[Passed], kind: str, chance: Random) -> list[Passed]:
    match kind:
        case "all":
            return list(waiting)
        case "none":
            return []
        case "prefix":
            return list(waiting[: chance.randrange(len(waiting) + 1)])
        case "subset":
            return [each for each in waiting if chance.random() < 0.5]
        case _:
            return [piece for each in waiting for piece in _pieces(each, kind, chance)]


def _pieces(passing: Passed, kind: str, chance: Random) -> list[Passed]:
    """Sector by sector: there, not there, or, where `kind` is noise, something that nobody wrote."""
    if passing.what != "write":
        return [passing] if chance.random() < 0.5 else []
    found = []
    for start in range(0, len(passing.content), SECTOR):
        piece = passing.content[start : start + SECTOR]
        lot = chance.random()
        if lot < 0.4:
            found.append(Passed("write", passing.path, passing.at + start, piece))
        elif kind == "noise" and lot < 0.6:
            found.append(Passed("write", passing.path, passing.at + start, chance.randbytes(len(piece))))
    return found


def lay_out(files: Files, recorded: Path, target: Path) -> None:
    """Write an image, recorded below one folder, below another."""
    for name, content in files.items():
        path = target / Path(name).relative_to(recorded)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
