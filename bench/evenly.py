"""Whether the time tells that somebody beyond reach fits what is typed: two names' lists in two copies of an office.

Run: python -m bench.evenly [CASES=100000] [ROUNDS=10]. In each copy of the office of bench.office stand so many more
people, each behind a case their asker is kept away from: other people in the one than in the other. All their names are
asked in both in turn, in an order drawn anew each round, so that every name fits in one copy and nobody in the other,
and nothing else differs. Compared is the processor's time of the asking thread: how often a look that somebody fits
takes longer than one that nobody fits (a half: nothing is told), beside the same share among looks nobody fits, odd
rounds against even ones. What one could measure from outside is far coarser.
"""

import statistics
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

from bench.casebook import KEY, Founder
from bench.office import TODAY, Wall, built, colleague, copied
from kzcase.actions.perform import perform, read_act
from kzcase.db.casebook import Casebook, Opening
from kzcase.queries.alike import alike_people, described

TYPED: Final = 15
VOWELS: Final = "аәеиоөұүі"
CONSONANTS: Final = "бгдзйклмнпрстшқңғ"
ASKER: Final = 4


def invented(rng: Random) -> str:
    """A name nobody in the office has."""

    def word(syllables: int) -> str:
        return "".join(rng.choice(CONSONANTS) + rng.choice(VOWELS) for _ in range(syllables)).capitalize()

    return f"{word(4)} {word(3)}"


def with_people(book: Casebook, names: list[str]) -> None:
    """A case for each name, from which the asker is kept away."""
    kept = colleague(ASKER).staff_id.hex()
    for name in names:
        family, given = name.split()
        person = {"names": [{"family": family, "given": given}]}
        case = perform(book, read_act({"act": "case.opened", "kind": "trafficking", "person": person}, ""))
        perform(book, read_act({"act": "case.blocked", "case": case.ids["case"].hex(), "staff": kept}, ""))


def asked(book: Casebook, name: str) -> float:
    """Milliseconds of the processor for one look, which shows nobody."""
    with book.read() as reader:
        began = time.thread_time()
        found = alike_people(reader, described([name], "", "", [], ()))
        took = (time.thread_time() - began) * 1e3
    assert not found
    return took


def longer(ones: list[float], others: list[float]) -> float:
    """How often one of the others takes longer."""
    return sum((one < other) + (one == other) / 2 for one in ones for other in others) / (len(ones) * len(others))


def fuller(path: Path, names: list[str]) -> Casebook:
    """A copy with these people in it, open for the asker."""
    wall, copy = Wall(TODAY + timedelta(days=1)), copied(path)
    with Casebook.open(copy, Opening(KEY, Founder.known().identity, wall)) as office:
        with_people(office, names)
    return Casebook.open(copy, Opening(KEY, colleague(ASKER), wall))


def looks(books: tuple[Casebook, Casebook], names: list[list[str]], rounds: int) -> Iterator[tuple[int, bool, float]]:
    """Round by round every name in both, which first being drawn; whether somebody fits, and how long it took."""
    rng = Random(11)
    every = [(owner, name) for owner, some in enumerate(names) for name in some]
    for number in range(rounds):
        for owner, name in rng.sample(every, len(every)):
            for place in rng.sample((0, 1), 2):
                yield number, place == owner, asked(books[place], name)


def main(cases: int = 100_000, rounds: int = 10) -> None:
    """Both copies side by side."""
    path, rng = built(cases), Random(5)
    names = [[invented(rng) for _ in range(TYPED)] for _ in range(2)]
    with fuller(path, names[0]) as first, fuller(path, names[1]) as second:
        took = [look for look in looks((first, second), names, rounds + 1) if look[0]]
    nobody, somebody = ([one for _number, fits, one in took if fits is wanted] for wanted in (False, True))
    for said, side in (("nobody fits", nobody), ("somebody beyond reach fits", somebody)):
        p5, *_, p95 = statistics.quantiles(side, n=20)
        print(f"{said}: {len(side)} looks, middle {statistics.median(side):.2f} ms, p5 {p5:.2f}, p95 {p95:.2f}")
    odd, even = ([one for number, fits, one in took if not fits and number % 2 == half] for half in (0, 1))
    share, alone = longer(nobody, somebody), longer(odd, even)
    print(f"a look somebody fits takes longer in {share:.3f} of all pairs; nobody against nobody {alone:.3f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
