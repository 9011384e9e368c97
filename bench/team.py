"""My day, the team board and the stale cases, on a large casebook with forty colleagues.

Run: python -m bench.team [CASES=20000]. The casebook is built once a schema into build/bench/ (a copy is changed).
"""

import shutil
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

from bench import casebook
from bench.casework import middle, timed
from bench.lists import schema_tag
from kzcase.actions.caseloads import MOST, HandOverCaseload, hand_over_caseload
from kzcase.actions.cases import AddTask, add_task
from kzcase.actions.desk import add_staff_rows
from kzcase.db.casebook import Casebook, Opening
from kzcase.domain.ids import new_id
from kzcase.domain.permissions import Role
from kzcase.keys.identity import Identity
from kzcase.queries.my_day import my_day, waiting_count
from kzcase.queries.stale import stale_list
from kzcase.queries.team import team_board

COLLEAGUES = 40
TASKS = 2_000
HANDED_OVER = 2_000
"""So many cases go to the colleagues; the founder keeps the others, which is the worst day anybody has."""
ROUNDS = 9
LATER = timedelta(days=60)
"""So long after the last act the lists are asked for: then nearly every open case is stale, the worst there is."""


def staffed(book: Casebook) -> None:
    """Hire colleagues, hand the cases over, and give everybody something to do: by acts, as an office would."""
    chance, hired = Random(5), [Identity.fresh(new_id(), f"Colleague {n}") for n in range(COLLEAGUES)]
    for one in hired:
        with book.write("staff.added") as act:
            add_staff_rows(act, one, (Role.CASEWORKER,))
    with book.read() as reader:
        sql = "SELECT id FROM cases WHERE closed_on IS NULL ORDER BY id"
        cases = [bytes(row[0]).hex() for row in reader.session.connection().exec_driver_sql(sql)]
    me, to = book.acting.staff_id.hex(), tuple(one.staff_id.hex() for one in hired[:20])
    for at in range(0, HANDED_OVER, MOST):
        hand_over_caseload(book, HandOverCaseload(colleague=me, to=to, cases=tuple(cases[at : at + MOST])))
    with book.batch():
        for case in chance.sample(cases, TASKS):
            due = casebook.TODAY + timedelta(days=chance.randint(-40, 120))
            add_task(book, AddTask(case=case, title="Generated", due=due.isoformat()))


def measure(book: Casebook, name: str, question: Callable[[Any], Any]) -> None:
    """One question, in milliseconds."""
    with book.read() as reader:
        found = question(reader)
        clock, processor = middle([timed(lambda: question(reader)) for _ in range(ROUNDS)])
    print(f"{name:<34}{len(found) if hasattr(found, '__len__') else found:>7,}{clock:>10.1f}{processor:>8.1f}")


def main(cases: int = 20_000) -> None:
    """Print every number."""
    casebook.schema_tag = schema_tag
    casebook.TODAY = date.today()
    copy = Path(mkdtemp(prefix="kzcase-bench-")) / "copy.kzcase"
    shutil.copytree(casebook.built(cases), copy, ignore=shutil.ignore_patterns("ballast"))
    try:
        with Casebook.open(copy, casebook.opening()) as book:
            staffed(book)
        identity = casebook.Founder.known().identity
        later = Opening(casebook.KEY, identity, lambda: datetime.now(UTC) + LATER)
        with Casebook.open(copy, later) as book:
            print(f"\n{cases:,} cases, of which one person holds nearly all")
            print(f"{'question':<34}{'rows':>7}{'clock':>10}{'proc.':>8}   (ms, on the reader's thread)")
            measure(book, "my day", my_day)
            measure(book, "my day, colleagues' too", lambda reader: my_day(reader, colleagues=True))
            measure(book, "the number in the rail", waiting_count)
            measure(book, "team board", team_board)
            measure(book, "stale cases of everybody", lambda reader: stale_list(reader, everybody=True))
            measure(book, "stale cases of mine", stale_list)
    finally:
        shutil.rmtree(copy.parent)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
