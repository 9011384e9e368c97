"""What is due, and working everything out anew after a change of rules, on a large casebook.

Run: python -m bench.due [CASES=20000]. The casebook is built once a schema into build/bench/ (a copy is changed).
"""

import shutil
import sys
import time
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

from bench import casebook
from bench.casework import middle, timed
from bench.lists import schema_tag
from kzcase.actions.rules import ChangeDeadline, bring_up_to_date, change_deadline
from kzcase.db.casebook import Casebook
from kzcase.queries.due import due, reminders

BUDGET_MS = 100.0
"""Asked on the reader's thread, where the window does not wait, but a person does."""
ROUNDS = 15


def measure_due(book: Casebook) -> bool:
    """The questions a window asks, in milliseconds: of one colleague, of the office, for a day, a week and a month."""
    ok = True
    with book.read() as reader:
        me = reader.acting.staff_id
        days = reader.number("SELECT count(*) FROM due_dates")
        print(f"{days:,} days are kept")
        print(f"{'question':<28}{'rows':>7}{'median':>10}   (ms; budget {BUDGET_MS:.0f}; processor beside)")
        for name, staff, ahead in (
            ("mine today", me, 0),
            ("mine this week", me, 7),
            ("the office today", None, 0),
            ("the office this week", None, 7),
            ("the office this month", None, 31),
        ):
            until = reader.today + timedelta(days=ahead)
            found = len(due(reader, staff=staff, until=until))
            asked = [timed(lambda s=staff, u=until: due(reader, staff=s, until=u)) for _ in range(ROUNDS)]  # type: ignore[misc]
            clock, processor = middle(asked)
            ok = ok and processor <= BUDGET_MS
            print(f"{name:<28}{found:>7,}{clock:>10.1f}{processor:>8.1f}")
        clock, processor = middle([timed(lambda: reminders(reader, me)) for _ in range(ROUNDS)])
        print(f"{'my reminders':<28}{len(reminders(reader, me)):>7,}{clock:>10.1f}{processor:>8.1f}")
    return ok


def measure_rules(book: Casebook, cases: int) -> None:
    """A term is changed: how long until it is saved, and until every case follows."""
    wish = ChangeDeadline(rule="plan_review", term=21, unit="days", valid_from="2020-01-01", source="Bench")
    began = time.perf_counter()
    change_deadline(book, wish)
    saved = time.perf_counter()
    bring_up_to_date(book)
    done = time.perf_counter()
    print(
        f"a changed term: saved in {(saved - began) * 1e3:,.0f} ms with the first cases, all in {done - began:,.1f} s"
    )
    print(f"worked out anew: {cases / (done - began):,.0f} cases a second")


def main(cases: int = 20_000) -> bool:
    """Print every number; whether the budget holds."""
    casebook.schema_tag = schema_tag
    casebook.TODAY = date.today()
    path = casebook.built(cases)
    copy = Path(mkdtemp(prefix="kzcase-bench-")) / "copy.kzcase"
    shutil.copytree(path, copy, ignore=shutil.ignore_patterns("ballast"))
    print(f"\n{cases:,} cases")
    try:
        with Casebook.open(copy, casebook.opening()) as book:
            bring_up_to_date(book)
            ok = measure_due(book)
            measure_rules(book, cases)
    finally:
        shutil.rmtree(copy.parent)
    return ok


if __name__ == "__main__":
    sys.exit(0 if main(*map(int, sys.argv[1:])) else 1)
