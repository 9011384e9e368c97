"""Measures the disclosure room on the fixed data set: accuracy, attacks and speed, beside the published reference.

Run: python -m bench.disclosure [KEYS]   (from the top of the checkout)
"""

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass

from kzcase.disclosure.attacker import Published, attack, intervals
from kzcase.disclosure.engine import protect
from kzcase.disclosure.frame import frame_of
from kzcase.disclosure.protected import Protected, summed
from kzcase.summaries.cubes import coded, true_counts
from tests.disclosure import cases

PERIODS = (*cases.QUARTERS, "2024")
TARGETS = {"Q": 1.8, "Y": 1.7}


@dataclass
class Accuracy:
    mad_pos: float
    mad: float
    largest: int
    relative: float
    decoys: float
    seconds: float


def key(number: int) -> bytes:
    return number.to_bytes(32, "big")


def measured(period: str, base: int, keys: int) -> Accuracy:
    truth, frame = cases.counts(period), cases.frame()
    full = [cell for cell in frame.cells if truth[cell]]
    sums: Counter = Counter()
    slowest = 0.0
    for number in range(keys):
        started = time.perf_counter()
        found = protect(truth, frame, base=base, key=key(number), period=period)
        slowest = max(slowest, time.perf_counter() - started)
        assert found is not None
        error = {cell: abs(drift) for cell, drift in found.drift.items()}
        sums["pos"] += sum(error[cell] for cell in full) / len(full)
        sums["all"] += sum(error.values()) / len(error)
        sums["max"] = max(sums["max"], *error.values())
        large = [cell for cell in full if truth[cell] >= 20]
        sums["rel"] += sum(error[cell] / truth[cell] for cell in large) / len(large)
        groups = [cell for cell, n in found.counts.items() if n == base]
        sums["decoys"] += sum(not truth[cell] for cell in groups) / len(groups)
    return Accuracy(
        sums["pos"] / keys, sums["all"] / keys, sums["max"], sums["rel"] / keys, sums["decoys"] / keys, slowest
    )


def accuracy(keys: int) -> None:
    for base in (3, 5, 10):
        found = {period: measured(period, base, keys) for period in PERIODS}
        for period, one in found.items():
            print(
                f"b={base} {period}: MADpos {one.mad_pos:.3f} MAD {one.mad:.3f} max {one.largest} "
                f"rel>=20 {one.relative:.1%} decoys {one.decoys:.1%} slowest {one.seconds:.2f} s"
            )
        quarter = sum(found[period].mad_pos for period in cases.QUARTERS) / 4
        print(f"b={base} mean of quarters: MADpos {quarter:.3f}; year {found['2024'].mad_pos:.3f}")
        if base == 5:
            print(f"  ratio to target: Q {quarter / TARGETS['Q']:.3f}  Y {found['2024'].mad_pos / TARGETS['Y']:.3f}")


def attacks() -> None:
    for period in ("2024Q1", "2024"):
        truth = cases.counts(period)
        shown = {cell: None if 1 <= truth[cell] <= 4 else truth[cell] for cell in cases.frame().cells}
        started = time.perf_counter()
        found = intervals([Published(cases.CODEBOOK, cases.TABLES, shown, 5, 0)])
        secret = [cell for cell, n in shown.items() if n is None]
        exact = sum(found[cell][0] == found[cell][1] for cell in secret)
        print(
            f"naive {period}: {exact} of {len(secret)} hidden cells exact ({exact / len(secret):.0%}), "
            f"{time.perf_counter() - started:.2f} s (reference 67 % / 83 %)"
        )
    earlier: list[Protected] = []
    releases = []
    for number, quarter in enumerate(cases.QUARTERS, 1):
        found = protect(cases.counts(quarter), cases.frame(), base=5, key=key(0), period=quarter, earlier=earlier)
        assert found is not None
        earlier.append(found)
        releases.append(Published(cases.CODEBOOK, cases.TABLES, found.counts, 5, 5, (quarter,)))
        if number > 1:
            sums = summed(earlier)
            periods = cases.QUARTERS[:number]
            releases.append(Published(cases.CODEBOOK, cases.TABLES, sums, 5, 5, periods, wider=found.wider))
    total = cases.counts("2024")
    off = Counter(abs(count - total[cell]) for cell, count in summed(earlier).items())
    print(f"year to date: error sizes {dict(sorted(off.items()))}; wider cells {len(earlier[-1].wider)}")
    for name, some in (("one quarter", releases[:1]), ("4 quarters + 3 sums", releases)):
        for quick in (False, True):
            if len(some) > 1 and not quick:
                continue  # minutes; `make proof` does it
            started = time.perf_counter()
            report = attack(some, quick=quick)
            assert report is not None
            print(
                f"protected, {name}, quick={quick}: {len(report.exposed)} of {report.cells} exposed, "
                f"{report.programs} programs, {time.perf_counter() - started:.2f} s"
            )


def speed() -> None:
    people = cases.people("2024") * 211
    columns = {name: [person[name] for person in people] for name in cases.VARIABLES}
    started = time.perf_counter()
    counts = true_counts(coded(columns, cases.CODEBOOK), cases.CODEBOOK, cases.TABLES)
    cubes = time.perf_counter() - started
    started = time.perf_counter()
    protect(counts, frame_of(cases.CODEBOOK, cases.TABLES), base=5, key=key(0))
    protection = time.perf_counter() - started
    print(f"{len(people)} cases -> true cubes {cubes:.2f} s (budget 2: ratio {cubes / 2:.2f})")
    print(f"{len(people)} cases -> protection {protection:.2f} s (budget 5: ratio {protection / 5:.2f})")


def main() -> None:
    keys = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    frame = cases.frame()
    print(json.dumps({"cells": len(frame.cells), "columns": frame.width, "combinations": 40_600, "keys": keys}))
    accuracy(keys)
    attacks()
    speed()


if __name__ == "__main__":
    main()
