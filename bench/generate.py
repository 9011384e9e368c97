"""Measures how fast generated people come: acts a second, and memory, for a casebook of 100,000 cases.

Run: python -m bench.generate [CASES]
"""

import resource
import sys
import time
from collections import Counter
from datetime import date

from kzcase.demo.casebook import generate_casebook

BUDGET = 5_000
"""Acts a second: a little more than the casebook takes in (4,000 operations a second), so that it never waits."""


def main() -> None:
    """Generate, count, and print the ratio to the budget."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.perf_counter()
    kinds = Counter(act["act"] for act in generate_casebook(1, count, date(2026, 9, 15)))
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rate = kinds.total() / seconds
    for kind, number in kinds.most_common():
        print(f"{kind:22} {number:>9,}")
    print(f"{kinds.total():,} acts in {seconds:.1f} s: {rate:,.0f} acts/s, {rate / BUDGET:.1f} x the budget")
    print(f"memory grew by {(after - before) / 1024:.1f} MiB")


if __name__ == "__main__":
    main()
