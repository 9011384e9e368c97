"""Whether people are found again however their names are spelt: our search and four plain ones, in one run.

Run: python -m bench.names [OTHERS]. Over 2,000 published variants of names are typed into the search of a casebook
in which their bearers stand among OTHERS generated people; counted is whether they are among the first five.
"""

import shutil
import sqlite3
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Final

from bench.casebook import AT_ONCE, BUILT, TODAY, founded, opening, schema_tag
from bench.variants import Name, Variant, mishaps, read
from bench.variants.generate import LANGUAGES
from bench.variants.letters import icao, passport, russian_page
from bench.variants.people import someone, spelled
from kzcase.actions.perform import perform, read_act
from kzcase.db.casebook import Casebook
from kzcase.demo.people import generate_cases
from kzcase.queries.cases import case_count
from kzcase.queries.search import search

FIRST: Final = 5
SEED: Final = 7
STRANGERS: Final = 400
TARGET: Final = 0.95
Names = tuple[Name, ...]
Look = Callable[[str], list[str]]
"""Who is shown for what was typed, the best first, at most five."""


@dataclass(frozen=True, slots=True)
class Found:
    """What came of typing one thing: whether the bearer was shown, how many others beside them, how long it took."""

    right: bool
    others: int
    seconds: float


# Who stands in the casebook


def others(count: int) -> Iterator[Names]:
    """The names of the people among whom somebody is looked for."""
    for act in generate_cases(SEED, count, TODAY):
        names = act["person"]["names"]
        yield tuple(Name(n.get("family", ""), n.get("given", ""), n.get("patronymic", "")) for n in names)


def opened(names: Names) -> dict[str, object]:
    """The act that opens a case of somebody with these names, and with nothing else."""
    parts = [{"family": n.family, "given": n.given, "patronymic": n.patronymic} for n in names]
    kept = [{part: text for part, text in name.items() if text} for name in parts]
    return {"act": "case.opened", "kind": "trafficking", "person": {"names": kept}}


def built(count: int) -> Path:
    """A casebook of the others, continued where an earlier run stopped."""
    path = BUILT / f"names-{count}-{schema_tag()}.kzcase"
    with Casebook.open(path, opening()) if path.exists() else founded(path) as book:
        with book.read() as reader:
            there = case_count(reader)
        waiting = islice(others(count), there, None)
        while some := list(islice(waiting, AT_ONCE)):
            with book.batch():
                for names in some:
                    perform(book, read_act(opened(names), ""))
            there += len(some)
            print(f"\rbuilding: {there:,} of {count:,}", end="", file=sys.stderr, flush=True)
    return path


def bearers(rows: Sequence[Variant]) -> dict[str, Names]:
    """The names on record of everybody whose variants are typed."""
    return {row.person: row.names for row in rows}


def with_bearers(path: Path, people: dict[str, Names]) -> tuple[Casebook, dict[str, str]]:
    """A copy of the casebook in which these people stand too, and who is who in it."""
    copy = Path(mkdtemp()) / path.name
    shutil.copytree(path, copy)
    book, who = Casebook.open(copy, opening()), {}
    with book.batch():
        for person, names in people.items():
            who[perform(book, read_act(opened(names), "")).ids["person"].hex()] = person
    book.show_names()
    return book, who


def strangers(count: int = STRANGERS) -> list[str]:
    """Names of people who are not in the casebook, each on some page: whoever is shown for them is a false alarm."""
    rng, typed = Random(SEED), []
    for number in range(count):
        who = someone(rng, LANGUAGES[number % len(LANGUAGES)])
        page = rng.choice((russian_page, passport, icao))
        name = str(spelled(Name(who.own.family, who.own.given), who.language, page))
        typed.append(mishaps.slip(rng, name) if rng.random() < 0.25 else name)
    return typed


# Plain searches to stand beside


def full_text(people: dict[str, Names], tokenizer: str) -> Look:
    """SQLite's FTS5 with any of the words, or any of the runs of three letters, ranked by bm25."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE names USING fts5(person UNINDEXED, name, tokenize = '{tokenizer}')")
    rows = ((person, " / ".join(map(str, names)).casefold()) for person, names in people.items())
    connection.executemany("INSERT INTO names VALUES (?, ?)", rows)
    runs = tokenizer.startswith("trigram")

    def look(typed: str) -> list[str]:
        words = ["".join(c if c.isalnum() else " " for c in word) for word in typed.casefold().split()]
        pieces = [word[at : at + 3] for word in words for at in range(len(word) - 2)] if runs else words
        asked = " OR ".join(f'"{piece}"' for piece in pieces if piece.strip())
        found = connection.execute(
            "SELECT person FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?", (asked or '""', FIRST)
        )
        return [person for (person,) in found]

    return look


def latin(text: str) -> str:
    """Cyrillic in ICAO's Latin letters, for the plain searches that know no Cyrillic."""
    return icao(text, "kk").casefold()


def alike(people: dict[str, Names], write: Callable[[str], str], least: int = 70) -> Look:
    """RapidFuzz's likeness of the sorted words over all names; what is less alike than that is not shown."""
    from rapidfuzz import fuzz, process

    keys = [(person, _sorted(write(str(name)))) for person, names in people.items() for name in names]
    bare = [key for _, key in keys]

    def look(typed: str) -> list[str]:
        ways = process.extract(_sorted(write(typed)), bare, scorer=fuzz.ratio, limit=4 * FIRST, score_cutoff=least)
        return list(dict.fromkeys(keys[at][0] for _, _, at in ways))[:FIRST]

    return look


def _sorted(text: str) -> str:
    return " ".join(sorted(text.split()))


def metaphone(people: dict[str, Names]) -> Look | None:
    """Double metaphone over ICAO's Latin letters: who shares most codes, then who is most alike; none if not there."""
    try:
        doublemetaphone = import_module("metaphone").doublemetaphone
    except ImportError:
        return None
    from rapidfuzz import fuzz

    written = {person: latin(" ".join(map(str, names))) for person, names in people.items()}
    by_code: dict[str, set[str]] = defaultdict(set)
    for person, text in written.items():
        for word in text.split():
            for code in filter(None, doublemetaphone(word)):
                by_code[code].add(person)

    def look(typed: str) -> list[str]:
        key, shared = latin(typed), Counter[str]()
        for word in key.split():
            shared.update(set().union(*(by_code.get(code, ()) for code in doublemetaphone(word) if code)))
        most = max(shared.values(), default=0)
        best = [person for person, count in shared.items() if count == most]
        return sorted(best, key=lambda person: -fuzz.token_set_ratio(key, written[person]))[:FIRST]

    return look


def ours(book: Casebook, who: dict[str, str]) -> Look:
    """The program's own search, as it answers a keystroke."""

    def look(typed: str) -> list[str]:
        with book.read() as reader:
            hits = search(reader, typed)
        return list(dict.fromkeys(who.get(hit.person, hit.person) for hit in hits))[:FIRST]

    return look


# Measuring


def measured(look: Look, rows: Sequence[Variant]) -> list[Found]:
    """Every variant typed."""
    found = []
    for row in rows:
        started = time.perf_counter()
        shown = look(row.typed)
        seconds = time.perf_counter() - started
        right = row.person in shown
        found.append(Found(right, len(shown) - right, seconds))
    return found


def recall(found: Sequence[Found]) -> float:
    """The share of the bearers who were shown."""
    return sum(each.right for each in found) / max(len(found), 1)


def line(name: str, look: Look, halves: dict[str, list[Variant]], unknown: Sequence[str]) -> None:
    """One row of the table."""
    found = {half: measured(look, rows) for half, rows in halves.items()}
    every = [each for rows in found.values() for each in rows]
    alarms = [len(look(typed)) for typed in unknown]
    shares = "  ".join(f"{recall(rows):8.1%}" for rows in found.values())
    others = statistics.mean(each.others for each in every)
    p95 = statistics.quantiles([each.seconds for each in every], n=20)[18]
    print(
        f"{name:34}  {shares}  {others:6.2f}  {sum(map(bool, alarms)) / len(alarms):9.1%}"
        f"  {statistics.mean(alarms):6.2f}  {p95 * 1e3:8.1f}",
        flush=True,
    )


def by_kind(look: Look, rows: Sequence[Variant]) -> None:
    """How well each way of misspelling and each language is taken."""
    found = measured(look, rows)
    for what in ("kind", "language"):
        groups: dict[str, list[Found]] = defaultdict(list)
        for row, each in zip(rows, found, strict=True):
            groups[getattr(row, what)].append(each)
        for name, some in sorted(groups.items(), key=lambda group: recall(group[1])):
            print(f"  {name:34} {recall(some):7.1%} of {len(some):4}")


def main(count: int = 20_000) -> None:
    """Print the table."""
    rows = read()
    halves = {half: [row for row in rows if row.half == half] for half in ("published", "held-out")}
    unknown, people = strangers(), bearers(rows)
    book, who = with_bearers(built(count), people)
    everybody = {f"other {number}": names for number, names in enumerate(others(count))} | people
    print(f"{len(rows):,} variants of {len(people)} people among {count:,} others; {len(unknown)} names of strangers")
    print(f"{'':34}  {'found among the first five':>18}  {'others':>6}  {'strangers':>9}  {'shown':>6}  {'p95 ms':>8}")
    print(f"{'':34}  {'published':>8}  {'held-out':>8}  {'beside':>6}  {'with any':>9}  {'each':>6}")
    with book:
        line("our search", ours(book, who), halves, unknown)
        line("FTS5, words", full_text(everybody, "unicode61"), halves, unknown)
        line("FTS5, runs of three letters", full_text(everybody, "trigram"), halves, unknown)
        line("RapidFuzz over all names", alike(everybody, str.casefold), halves, unknown)
        line("RapidFuzz over ICAO's letters", alike(everybody, latin), halves, unknown)
        heard = metaphone(everybody)
        if heard is None:
            print("double metaphone: not measured, it is not installed: pip install Metaphone==0.6")
        else:
            line("double metaphone, ICAO's letters", heard, halves, unknown)
        print(f"our search by kind and language, published half; the target is {TARGET:.0%}")
        by_kind(ours(book, who), halves["published"])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
