"""Runs all tests in two processes side by side, so that both cores of an office laptop work: `make test`.

What is said is held back and then shown one after the other. Every folder of tests belongs to one of the two: those
named here to the first, all others to the second.
"""

import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
FIRST = ("actions", "db", "domain", "exchange", "forms", "journal", "keys", "proofs")


def halves() -> tuple[list[str], list[str]]:
    """All folders and files with tests, in two parts."""
    there = sorted(path for path in TESTS.iterdir() if _has_tests(path))
    return [str(p) for p in there if p.name in FIRST], [str(p) for p in there if p.name not in FIRST]


def _has_tests(path: Path) -> bool:
    return path.name.startswith("test_") if path.is_file() else bool(list(path.rglob("test_*.py")))


def main() -> int:
    """0 when both are well."""
    running = [
        subprocess.Popen([sys.executable, "-m", "pytest", *half], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for half in halves()
    ]
    codes = []
    for process in running:
        said, _ = process.communicate()
        sys.stdout.buffer.write(said)
        sys.stdout.flush()
        codes.append(process.returncode)
    return max(codes, key=abs)


if __name__ == "__main__":
    sys.exit(main())
