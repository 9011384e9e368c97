"""The casebook at work: saving, batches, taking in, lists and search on 100,000 cases, each beside bare rows.

Run: python -m bench.casebook [CASES]. The large casebook is built once, through batches only, into build/bench/.
"""

import resource
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Any

from kzcase.actions.cases import AddNote, OpenCase, add_note, open_case
from kzcase.actions.desk import add_staff_rows
from kzcase.actions.people import NameFacts, PersonFacts, PhoneFacts
from kzcase.actions.perform import perform, read_act
from kzcase.db.casebook import FOUNDING, Casebook, Opening
from kzcase.db.migrations.versions import v0001_first
from kzcase.db.tables.organisation import Device, Organisation
from kzcase.demo.people import generate_cases
from kzcase.domain.ids import new_id
from kzcase.domain.permissions import Role
from kzcase.journal.acts import founding_tag
from kzcase.keys.identity import Identity
from kzcase.queries import search_index
from kzcase.queries.cases import case_count, case_list
from kzcase.queries.office import counts
from kzcase.queries.search import MAX_CANDIDATES, search
from kzcase.queries.search_words import words_of_search

BUILT = Path("build/bench")
KEY = bytes(range(48))
AT_ONCE = 2_000
TODAY = date(2026, 9, 15)
ROUNDS = 60
NOTE = "Сөйлесу өтті, келесі кездесу жұмада. " * 5
ROLES = (Role.ADMINISTRATOR, Role.CASEWORKER, Role.HELPLINE, Role.SUPERVISOR)


@dataclass(frozen=True)
class Founder:
    """Who acts in the measurements: the same keys in every run, so that a built casebook opens again."""

    identity: Identity

    @classmethod
    def known(cls) -> "Founder":
        """The founder of every casebook made here."""
        from kzcase.keys.identity import OpeningKey, SigningKey
        from kzcase.keys.secret import Secret

        keys = SigningKey(Secret(bytes([1]) * 32)), OpeningKey(Secret(bytes([2]) * 32))
        return cls(Identity(bytes([3]) * 16, "Founder", *keys))


def opening() -> Opening:
    """Opens by raw key: the derivation is measured elsewhere."""
    return Opening(KEY, Founder.known().identity)


def founded(path: Path, given: Opening | None = None) -> Casebook:
    """A new casebook with its founder."""
    founder = Founder.known().identity
    tag = founding_tag(founder.public_sign, bytes(32))
    book = Casebook.create(path, given or opening(), tag)
    with book.write(FOUNDING) as act:
        act.add(Organisation(id=tag, name="Bench", root_key=bytes(32), office_id=new_id(), demonstration=True))
        add_staff_rows(act, founder, ROLES)
        act.add(Device(id=book.facts.incarnation, code=book.facts.code, certified_on=act.today))
    return book


def schema_tag() -> str:
    """Tells casebooks of one schema from those of another: a cached one of an older schema would not open."""
    return sha256(Path(v0001_first.__file__).read_bytes()).hexdigest()[:12]


def built(cases: int) -> Path:
    """The large casebook, continued where an earlier run of the same schema stopped."""
    path = BUILT / f"{cases}-{schema_tag()}.kzcase"
    with Casebook.open(path, opening()) if path.exists() else founded(path) as book:
        with book.read() as reader:
            there = case_count(reader)
        acts = islice(generate_cases(7, cases, TODAY), there, None)
        while some := list(islice(acts, AT_ONCE)):
            with book.batch():
                for act in some:
                    perform(book, read_act({k: v for k, v in act.items() if k != "ref"}, ""))
            there += len(some)
            print(f"\rbuilding: {there:,} of {cases:,}", end="", file=sys.stderr, flush=True)
    return path


# Saving


def case_wish(number: int) -> OpenCase:
    """A case of about 21 operations."""
    person = PersonFacts(
        names=[NameFacts(family="Каримова", given="Дильноза", patronymic="Анваровна")],
        sex="female",
        birth="1994-05",
        citizenships=["UZ"],
        phones=[PhoneFacts(number=f"+7 700 {number:07}", safe="unknown")],
    )
    return OpenCase(kind="trafficking", region="KZ-75", note="Бірінші әңгіме.", person=person)


def median_of(work: Callable[[int], object], rounds: int = ROUNDS) -> float:
    """Seconds of the middle round, after two to warm up."""
    times = []
    for number in range(rounds + 2):
        started = time.perf_counter()
        work(number)
        times.append(time.perf_counter() - started)
    return statistics.median(times[2:])


def bare(connect: Callable[[], Any], tables: int, columns: int) -> Callable[[int], None]:
    """As many rows as an act changes, written and committed without journal, heads, search or signature."""
    connection = connect()
    names = ", ".join(f"c{i}" for i in range(columns))
    for table in range(tables):
        connection.execute(f"CREATE TABLE t{table} (id BLOB PRIMARY KEY, {names})")
    places = ", ".join("?" * (columns + 1))

    def write(number: int) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for table in range(tables):
            connection.execute(f"INSERT INTO t{table} VALUES ({places})", [new_id(), *(["value"] * columns)])
        connection.execute("COMMIT")

    return write


def encrypted() -> Any:
    """SQLCipher with the casebook's own pragmas."""
    from kzcase.db.engine import connect

    return connect(Path(mkdtemp()) / "bare.db", KEY, must_exist=False)


def plain() -> Any:
    """Plain SQLite, as durable."""
    connection = sqlite3.connect(Path(mkdtemp()) / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def measure_saving(book: Casebook) -> None:
    """A note and a case, beside the same rows bare."""
    case = open_case(book, case_wish(0)).number
    before = operations(book)
    wishes = [case_wish(number) for number in range(ROUNDS + 2)]
    seconds = median_of(lambda number: open_case(book, wishes[number]))
    each = (operations(book) - before) / len(wishes)
    for name, rows, columns, took in (
        ("a note", 1, 4, median_of(lambda _: add_note(book, AddNote(case=case, text=NOTE)))),
        (f"a case of {each:.0f} operations", 6, 4, seconds),
    ):
        cipher, lite = median_of(bare(encrypted, rows, columns)), median_of(bare(plain, rows, columns))
        print(
            f"{name}: {took * 1e3:.2f} ms, {took / cipher:.1f} x bare SQLCipher rows ({cipher * 1e3:.2f} ms), "
            f"{took / lite:.1f} x bare SQLite rows ({lite * 1e3:.2f} ms)"
        )


def operations(book: Casebook) -> int:
    """How many operations a casebook holds."""
    with book.read("long") as reader:
        return counts(reader).operations


# Batches and taking in


def measure_exchange(cases: int = 1_000) -> None:
    """Operations a second of a batch, and of a second laptop taking them in."""
    with founded(Path(mkdtemp()) / "one.kzcase") as book:
        acts = [read_act({k: v for k, v in a.items() if k != "ref"}, "") for a in generate_cases(3, cases, TODAY)]
        before, started = operations(book), time.perf_counter()
        with book.batch():
            for act in acts:
                perform(book, act)
        rate = (operations(book) - before) / (time.perf_counter() - started)
        print(f"batch: {rate:,.0f} operations/s, {rate / 4_000:.2f} x the budget")
        parts, keys = book.everything()
        organisation = book.facts.organisation
    with Casebook.create(Path(mkdtemp()) / "two.kzcase", opening(), organisation) as other:
        started = time.perf_counter()
        other.take_in(parts, keys)
        rate = operations(other) / (time.perf_counter() - started)
        print(f"taking in: {rate:,.0f} operations/s, {rate / 10_000:.2f} x the budget")


# Reading


def measure_lists(book: Casebook, cases: int) -> None:
    """The first page and a deep page, by date and by name."""
    for order in ("opened_on", "number", "name"):
        with book.read() as reader:
            first = median_of(lambda _, by=order: case_list(reader, order=by))  # type: ignore[misc]
            deep = median_of(lambda _, by=order: case_list(reader, order=by, offset=cases - 300))  # type: ignore[misc]
        print(f"list by {order}: first page {first * 1e3:.1f} ms, deep page {deep * 1e3:.1f} ms ({deep / first:.1f} x)")


def keystrokes(cases: int, names: int = 150) -> Iterator[str]:
    """What is typed letter by letter for names that are there, in the spelling of the first document or upper case."""
    chance = Random(11)
    acts = list(islice(generate_cases(7, cases, TODAY), 0, 40 * names, 40))
    for act in acts:
        name = act["person"]["names"][0]
        typed = f"{name.get('family', '')} {name.get('given', '')}".strip()
        typed = typed.upper() if chance.random() < 0.3 else typed
        yield from (typed[:length] for length in range(1, len(typed) + 1))


def measure_search(book: Casebook, cases: int) -> None:
    """Every keystroke, beside the same questions about candidates asked of an unencrypted copy of the search keys."""
    copy = plain_keys(book)
    times, lookups = [], []
    with book.read() as reader:
        for typed in keystrokes(cases):
            started = time.perf_counter()
            search(reader, typed)
            times.append(time.perf_counter() - started)
            lookups.append(on_plain(copy, reader, words_of_search(typed)) if words_of_search(typed) else 0.0)
    copy.close()
    p50, p95 = (statistics.quantiles(times, n=20)[at] for at in (9, 18))
    b50, b95 = (statistics.quantiles(lookups, n=20)[at] for at in (9, 18))
    print(
        f"search, {len(times):,} keystrokes: p50 {p50 * 1e3:.1f} ms, p95 {p95 * 1e3:.1f} ms, "
        f"worst {max(times) * 1e3:.0f} ms; {p95 / 0.016:.2f} x the budget; "
        f"the candidates alone on plain SQLite p50 {b50 * 1e3:.2f} ms, p95 {b95 * 1e3:.2f} ms"
    )


def measure_search_after_saving(book: Casebook, cases: int, names: int = 12) -> None:
    """Every keystroke right after somebody saved, when the reader's pages have to be read and decrypted anew."""
    case = open_case(book, case_wish(0)).number
    times = []
    for typed in keystrokes(cases, names):
        add_note(book, AddNote(case=case, text=NOTE))
        started = time.perf_counter()
        with book.read() as reader:
            search(reader, typed)
        times.append(time.perf_counter() - started)
    p50, p95 = (statistics.quantiles(times, n=20)[at] for at in (9, 18))
    print(
        f"search right after a save, {len(times):,} keystrokes: p50 {p50 * 1e3:.1f} ms, p95 {p95 * 1e3:.1f} ms, "
        f"{p95 / 0.016:.2f} x the budget"
    )


def plain_keys(book: Casebook) -> sqlite3.Connection:
    """The search keys as they are, in plain SQLite."""
    copy = sqlite3.connect(Path(mkdtemp()) / "keys.db")
    with book.read("long") as reader:
        asked = reader.session.connection().exec_driver_sql
        (table,) = asked("SELECT sql FROM sqlite_master WHERE name = 'search_keys'").one()
        copy.execute(table)
        rows = asked("SELECT * FROM search_keys")
        copy.executemany("INSERT INTO search_keys VALUES (?, ?, ?, ?, ?)", (tuple(row) for row in rows))
    copy.commit()
    return copy


def on_plain(copy: sqlite3.Connection, reader: Any, words: Any) -> float:
    """Seconds of the processor for the same candidates by the same statements on plain SQLite."""
    asked = search_index.rows
    search_index.rows = lambda _reader, sql, given: copy.execute(sql, given).fetchall()
    try:
        index = search_index.Index.of(reader, MAX_CANDIDATES)
        started = time.process_time()
        index.as_typed(words)
        return time.process_time() - started
    finally:
        search_index.rows = asked


def main(cases: int = 100_000) -> None:
    """Print every number."""
    with founded(Path(mkdtemp()) / "small.kzcase") as book:
        measure_saving(book)
    measure_exchange()
    path = built(cases)
    print(f"\n{cases:,} cases, {path.joinpath('casebook.db').stat().st_size / 1e6:,.0f} MB")
    started = time.perf_counter()
    with Casebook.open(path, opening()) as book:
        with book.read() as reader:
            case_list(reader)
        print(f"open to first list: {(time.perf_counter() - started) * 1e3:.0f} ms")
        measure_lists(book, cases)
        measure_search(book, cases)
        measure_search_after_saving(book, cases)
        measure_saving(book)
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
