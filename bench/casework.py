"""A day's questions and saves in a large office, as its supervisor and as one of thirty colleagues would ask them.

Run: python -m bench.casework [CASES=100000]. The casebook is that of bench.office, built once a schema. Beside each
middle time by the clock stands that of the processor, which a busy machine does not lengthen as much.
"""

import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice, pairwise
from random import Random
from typing import Any, Final

from bench.casebook import ROUNDS, case_wish, on_plain, operations, plain_keys
from bench.lists import CHOICES
from bench.office import COLLEAGUES, TODAY, as_of, built, colleague
from kzcase.actions.cases import AddNote, add_note, open_case
from kzcase.db.casebook import Casebook
from kzcase.demo.people import cases, opened
from kzcase.domain.case_filter import CaseFilter
from kzcase.queries import search_index
from kzcase.queries.alike import alike_people, described
from kzcase.queries.callers import known_caller
from kzcase.queries.cases import case_count, case_list
from kzcase.queries.due import due, reminders
from kzcase.queries.my_day import my_day, waiting_count
from kzcase.queries.search import MAX_CANDIDATES, search
from kzcase.queries.search_words import words_of_search
from kzcase.queries.stale import stale_list
from kzcase.queries.team import team_board

BUDGETS: Final = {
    "day": 100.0,
    "due": 100.0,
    "board": 100.0,
    "stale": 300.0,
    "search": 16.0,
    "known": 40.0,
    "note": 5.0,
    "case": 10.0,
}
"""Milliseconds; design of the lists: nobody waits longer than a tenth of a second for what they look at all day."""
AGAIN: Final = 9
NAMES: Final = 120
PLAIN_EVERY: Final = 4
MINE: Final = CHOICES | {"mine and open": CaseFilter(worker=("me",), state="open")}
Took = tuple[float, float]
"""Milliseconds by the clock, and of the processor."""


def timed(work: Callable[[], object]) -> Took:
    """How long one round takes."""
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - clock) * 1e3, (time.process_time() - processor) * 1e3


def middle(rounds: list[Took]) -> Took:
    """The middle of each."""
    return statistics.median(each[0] for each in rounds), statistics.median(each[1] for each in rounds)


def ninety_fifth(rounds: list[Took]) -> Took:
    """What nineteen of twenty do not go beyond, of each."""
    clock, processor = (statistics.quantiles((each[way] for each in rounds), n=20)[18] for way in (0, 1))
    return clock, processor


def line(name: str, rows: int, took: Took, budget: float = 0.0, first: Took | None = None) -> None:
    """One row of the table."""
    against = f"{took[1] / budget:8.2f} x {budget:.0f} ms" if budget else ""
    begun = f"{first[0]:9.1f} {first[1]:7.1f}" if first else " " * 17
    print(f"{name:<34}{rows:>8,}{took[0]:>10.1f}{took[1]:>8.1f}{begun} {against}", flush=True)


def ask(book: Casebook, name: str, question: Callable[[Any], Any], budget: float = 0.0) -> None:
    """One question: asked for the first time, and then again and again."""
    with book.read() as reader:
        first = timed(lambda: question(reader))
        found = question(reader)
        took = middle([timed(lambda: question(reader)) for _ in range(AGAIN)])
    line(name, len(found) if hasattr(found, "__len__") else int(found), took, budget, first)


def measure_day(book: Casebook, *, leads: bool) -> None:
    """What stands on the pages of a day."""
    week, month = (TODAY + timedelta(days=days) for days in (8, 32))
    ask(book, "my day", my_day, BUDGETS["day"])
    ask(book, "my day, colleagues' too", lambda reader: my_day(reader, colleagues=True), BUDGETS["day"])
    ask(book, "the number in the rail", waiting_count, BUDGETS["day"])
    ask(book, "due, mine this week", lambda r: due(r, staff=r.acting.staff_id, until=week), BUDGETS["due"])
    ask(book, "due, the office this week", lambda r: due(r, until=week), BUDGETS["due"])
    ask(book, "due, the office this month", lambda r: due(r, until=month), BUDGETS["due"])
    ask(book, "my reminders", lambda r: reminders(r, r.acting.staff_id), BUDGETS["due"])
    ask(book, "stale cases of mine", stale_list, BUDGETS["stale"])
    if leads:
        ask(book, "team board", team_board, BUDGETS["board"])
        ask(book, "stale cases of everybody", lambda r: stale_list(r, everybody=True), BUDGETS["stale"])


def measure_lists(book: Casebook) -> None:
    """Every choice of cases: its first page, its last one and its number."""
    for name, chosen in MINE.items():
        with book.read() as reader:
            found = case_count(reader, chosen)
        ask(book, f"list: {name}", lambda r, by=chosen: case_list(r, chosen=by))
        last = max(found - 200, 0)
        ask(book, f"  its last page of {found:,}", lambda r, by=chosen, at=last: case_list(r, chosen=by, offset=at))
        ask(book, "  its number", lambda r, by=chosen: case_count(r, by))
    ask(book, "list by name", lambda r: case_list(r, order="name", descending=False))


def typed_names(many: int) -> Iterator[str]:
    """What is typed letter by letter: names of people of all years, family name first."""
    rng = Random(7)
    some = islice(cases(rng, many, TODAY), 0, None, max(many // NAMES, 1))
    for case in some:
        name = opened(rng, case)["person"]["names"][0]
        written = f"{name.get('family', '')} {name.get('given', '')}".strip()
        yield from (written[:length] for length in range(1, len(written) + 1))


def measure_search(book: Casebook, many: int, who: str) -> None:
    """Every keystroke."""
    with book.read() as reader:
        took = [timed(lambda typed=typed: search(reader, typed)) for typed in typed_names(many)]  # type: ignore[misc]
    line(f"search, {who}: middle", len(took), middle(took))
    line(f"search, {who}: p95", len(took), ninety_fifth(took), BUDGETS["search"])
    line(f"search, {who}: longest", len(took), max(took, key=lambda each: each[1]))


def measure_plain(book: Casebook, many: int) -> None:
    """The question about candidates alone, as it is asked and by the same statements on plain SQLite: processor."""
    copy, mine, plain = plain_keys(book), list[float](), list[float]()
    with book.read() as reader:
        for typed in islice(typed_names(many), 0, None, PLAIN_EVERY):
            if words := words_of_search(typed):
                index = search_index.Index.of(reader, MAX_CANDIDATES)
                mine.append(timed(lambda words=words, index=index: index.as_typed(words))[1])  # type: ignore[misc]
                plain.append(on_plain(copy, reader, words) * 1e3)
    copy.close()
    ratios = [one / other for one, other in zip(mine, plain, strict=True) if other]
    each, whole = statistics.median(ratios), sum(mine) / sum(plain)
    said = f"encrypted {statistics.median(mine):.2f}, plain SQLite {statistics.median(plain):.2f} ms of the processor"
    print(f"{'the candidates alone':<34}{len(mine):>8,}   {said}: {each:.2f} x, together {whole:.2f} x; budget 2 x")


def measure_typing(book: Casebook, many: int) -> None:
    """Who may be the same person, while somebody new is typed, and who calls, while a number is: whole names only."""
    whole = [typed for typed, longer in pairwise(typed_names(many)) if len(longer) < len(typed)]
    with book.read() as reader:
        for name, typed in (("known already?", whole), ("  with a patronymic", [f"{one} Оксановна" for one in whole])):
            known = [described([one], "1994-05", "female", ["+7 701 000 00 00"], ()) for one in typed]
            took = [timed(lambda one=one: alike_people(reader, one)) for one in known]  # type: ignore[misc]
            line(f"{name}: middle", len(took), middle(took))
            line(f"{name}: p95", len(took), ninety_fifth(took), BUDGETS["known"])
        called = [timed(lambda: known_caller(reader, "+7 701 000 00 00")) for _ in range(AGAIN)]
    line("who calls", len(called), middle(called))


def measure_saving(book: Casebook) -> None:
    """A note and a case."""
    case = open_case(book, case_wish(0)).number
    notes = [timed(lambda: add_note(book, AddNote(case=case, text="Әңгіме. " * 20))) for _ in range(ROUNDS)]
    before = operations(book)
    opening = [timed(lambda n=n: open_case(book, case_wish(n))) for n in range(ROUNDS)]  # type: ignore[misc]
    each = (operations(book) - before) / ROUNDS
    line("a note saved", ROUNDS, middle(notes), BUDGETS["note"])
    line(f"a case of {each:.0f} operations saved", ROUNDS, middle(opening), BUDGETS["case"])


@contextmanager
def opened_as(many: int, number: int | None) -> Iterator[Casebook]:
    """The casebook as the supervisor's (none) or a colleague's laptop has it."""
    who = colleague(number) if number is not None else None
    with as_of(built(many), who) as book:
        book.show_names()
        yield book


def main(many: int = 100_000) -> None:
    """Print every number."""
    print(f"{'':<34}{'rows':>8}{'clock':>10}{'proc.':>8}{'first':>9}{'proc.':>8}   (ms, the middle of {AGAIN})")
    with opened_as(many, None) as book:
        print(f"the supervisor, {many:,} cases, {operations(book):,} operations, {COLLEAGUES} colleagues")
        measure_day(book, leads=True)
        measure_lists(book)
        measure_search(book, many, "supervisor")
        measure_plain(book, many)
        measure_saving(book)
    with opened_as(many, 4) as book:
        print("a colleague")
        measure_day(book, leads=False)
        measure_lists(book)
        measure_search(book, many, "colleague")
        measure_typing(book, many)
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most, budget 350")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
