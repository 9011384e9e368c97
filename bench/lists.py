"""The list of cases at work: every filter alone and together, first page and count, and search.

Run: python -m bench.lists [CASES=20000]. The casebook is built once a schema into build/bench/.
"""

import sys
import time
from hashlib import sha256
from pathlib import Path

from bench import casebook
from kzcase.db.casebook import Casebook
from kzcase.db.migrations import versions
from kzcase.domain.case_filter import CaseFilter
from kzcase.queries.cases import case_count, case_list

CHOICES = {
    "no filter": CaseFilter(),
    "a frequent kind": CaseFilter(kind=("trafficking",)),
    "a rare kind": CaseFilter(kind=("child",)),
    "a region": CaseFilter(region=("KZ-75",)),
    "open cases": CaseFilter(state="open"),
    "children": CaseFilter(age=("child",)),
    "overdue tasks": CaseFilter(overdue=True),
    "mine": CaseFilter(worker=("me",)),
    "nobody's": CaseFilter(worker=("nobody",)),
    "opened in a quarter": CaseFilter(opened_from="2026-01-01", opened_to="2026-03-31"),
    "five together": CaseFilter(
        kind=("child",), region=("KZ-75",), state="open", age=("child",), opened_from="2026-01-01"
    ),
}


def schema_tag() -> str:
    """Tells casebooks of one schema from those of another."""
    sources = sorted(Path(versions.__path__[0]).glob("v*.py"))
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]


def measure(book: Casebook, cases: int) -> None:
    """Each choice: how many it finds, its first page, its last one, and its count."""
    print(f"{'choice':<22}{'found':>8}{'first page':>12}{'deep page':>12}{'count':>10}   (ms, median)")
    with book.read() as reader:
        for name, chosen in CHOICES.items():
            found = case_count(reader, chosen)
            first = casebook.median_of(lambda _, by=chosen: case_list(reader, chosen=by), 15)  # type: ignore[misc]
            last = max(found - 200, 0)
            deep = casebook.median_of(lambda _, by=chosen, at=last: case_list(reader, chosen=by, offset=at), 15)  # type: ignore[misc]
            counted = casebook.median_of(lambda _, by=chosen: case_count(reader, by), 15)  # type: ignore[misc]
            print(f"{name:<22}{found:>8,}{first * 1e3:>12.1f}{deep * 1e3:>12.1f}{counted * 1e3:>10.1f}")


def main(cases: int = 20_000) -> None:
    """Print every number."""
    casebook.schema_tag = schema_tag  # a copy of its own, whatever the other measurements have made
    path = casebook.built(cases)
    print(f"\n{cases:,} cases, {path.joinpath('casebook.db').stat().st_size / 1e6:,.0f} MB")
    with Casebook.open(path, casebook.opening()) as book:
        started = time.perf_counter()
        with book.read() as reader:
            case_list(reader)
        print(f"first list after opening: {(time.perf_counter() - started) * 1e3:.0f} ms")
        measure(book, cases)
        casebook.measure_search(book, cases)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
