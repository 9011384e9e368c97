"""Runs all tests room by room, as many rooms at a time as there are cores: `make test`.

Every folder of tests is a room with a process of its own; whichever process ends first makes way for the next room, so
that no core waits for another. What a room says is held back and shown once it has ended.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

TESTS = Path(__file__).parent
LONGEST = ("db", "cli", "ui", "actions", "house", "paper", "queries", "forms", "exchange", "proofs")
"""Begun first, in this order, so that nothing long is left for the end."""
SHORT = ("demo", "disclosure", "domain", "journal", "journeys", "keys", "old_casebooks", "summaries")
"""They share one process: its start takes longer than some of them."""
KEPT = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(TESTS.parent / "build" / "compiled")}
"""What one room compiles, the next one and every program a test starts need not, also where Python is told to keep
nothing: half of what collecting a room takes, and a third of a second for each such program."""
AT_ONCE = min(max(os.cpu_count() or 2, 2), 4)


def rooms() -> Iterator[tuple[str, list[str]]]:
    """All folders and files with tests, each in exactly one room, in the order in which they are begun."""
    there = {path.name: str(path) for path in sorted(TESTS.iterdir()) if _has_tests(path)}
    shared = [name for name in there if name in SHORT or name.endswith(".py")]
    alone = [name for name in there if name not in shared]
    for name in sorted(alone, key=lambda name: LONGEST.index(name) if name in LONGEST else len(LONGEST)):
        yield name, [there[name]]
    yield ", ".join(shared), [there[name] for name in shared]


def _has_tests(path: Path) -> bool:
    return path.name.startswith("test_") if path.is_file() else bool(list(path.rglob("test_*.py")))


def _tested(paths: list[str]) -> tuple[int, bytes]:
    asked = [sys.executable, "-m", "pytest", *paths]
    done = subprocess.run(asked, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, env=os.environ | KEPT)
    return done.returncode, done.stdout


def main() -> int:
    """0 when all rooms are well."""
    codes: dict[str, int] = {}
    with ThreadPoolExecutor(AT_ONCE) as cores:
        running = {cores.submit(_tested, paths): room for room, paths in rooms()}
        for ended in as_completed(running):
            room = running[ended]
            codes[room], said = ended.result()
            sys.stdout.buffer.write(f"kzcase: tests of {room}\n".encode() + said)
            sys.stdout.flush()
    for room in sorted(room for room, code in codes.items() if code):
        print(f"kzcase: not well: {room} ({codes[room]})")
    return max(codes.values(), key=abs)


if __name__ == "__main__":
    sys.exit(main())
