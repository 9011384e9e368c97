"""A large office as one is: thirty colleagues with 45 open cases each, and the closed cases of many years.

`built(cases)` makes it once a schema into build/bench/, through acts only, each on its own day; `as_of` opens it as
the founder, who supervises, or as one colleague, on the day after the last act. A closed case stands as it was taken
over from an older register: in one act. The open ones went all their road, with papers, stays and households.
"""

import heapq
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from itertools import count, islice
from pathlib import Path
from random import Random
from tempfile import mkdtemp
from typing import Final

from bench.casebook import BUILT, KEY, Founder, founded
from kzcase.actions.cases import OpenCase, add_case
from kzcase.actions.desk import add_staff_rows
from kzcase.actions.people import NameFacts, PersonFacts
from kzcase.actions.perform import perform, read_act
from kzcase.db.casebook import Casebook, Opening
from kzcase.db.migrations import versions
from kzcase.demo.acts import Act
from kzcase.demo.calls import generate_calls
from kzcase.demo.course import follow_up
from kzcase.demo.milestones import milestones, with_consent
from kzcase.demo.partners import Directory, generate_partners
from kzcase.demo.people import GeneratedCase, cases, opened
from kzcase.demo.runner import Runner
from kzcase.demo.screening import screening
from kzcase.domain.permissions import Role
from kzcase.keys.identity import Identity, OpeningKey, SigningKey
from kzcase.keys.secret import Secret

TODAY: Final = date(2026, 9, 15)
COLLEAGUES: Final = 30
FORMER: Final = 20
CASELOAD: Final = 45
"""Open cases of a colleague."""
CALLS: Final = 2_000
SCREENED: Final = 0.2
"""A filled screening form is large, and no list asks about it."""
YEARS_OF_OPEN: Final = 0.2
"""The open cases are among the newest fifth of all."""
TAKEN_OVER: Final = 100
AT_ONCE: Final = 1_000


@dataclass(slots=True)
class Wall:
    """The clock on the wall of the office: the day of the act at hand."""

    day: date = TODAY - timedelta(days=365 * 6)
    hour: int = 5

    def __call__(self) -> datetime:
        """Ten in the morning in Kazakhstan."""
        return datetime.combine(self.day, time(self.hour), UTC)


@dataclass(slots=True)
class Stream:
    """Acts in the order of their days, whichever case they belong to."""

    waiting: list[tuple[date, int, Act]] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=count)

    def put(self, day: date, act: Act) -> None:
        """An act for a day."""
        heapq.heappush(self.waiting, (day, next(self.numbers), act))

    def until(self, day: date) -> Iterator[tuple[date, Act]]:
        """Those of the days to this one."""
        while self.waiting and self.waiting[0][0] <= day:
            on, _number, act = heapq.heappop(self.waiting)
            yield on, act


def colleague(number: int) -> Identity:
    """One colleague: the same keys in every run."""
    seed = sha256(f"colleague {number}".encode()).digest()
    keys = SigningKey(Secret(seed)), OpeningKey(Secret(seed[::-1]))
    return Identity(seed[:16], f"Colleague {number}", *keys)


def _hire(book: Casebook) -> None:
    for number in range(COLLEAGUES + FORMER):
        with book.write("staff.added") as act:
            row = add_staff_rows(act, colleague(number), (Role.CASEWORKER, Role.HELPLINE))
            row.removed_on = act.today if number >= COLLEAGUES else None


def _open_case(rng: Random, case: GeneratedCase, worker: Identity, directory: Directory, before: str) -> Iterator[Act]:
    """Everything that happened in an open case, and what is known of the life of the person."""
    yield opened(rng, case) | {"worker": worker.staff_id.hex()}
    if rng.random() < SCREENED:
        yield from screening(rng, case)
    course = follow_up(rng, case, directory, TODAY)
    yield from with_consent(case, milestones(rng, case, TODAY), _papers(rng, case, before, course))


def _papers(rng: Random, case: GeneratedCase, before: str, course: Iterator[Act]) -> Iterator[Act]:
    """The stay, the passport and the household, and then what follows."""
    of_person = {"person": {"$ref": case.ref}}
    ends = max(case.opened_on, TODAY + timedelta(days=rng.randint(-20, 300)))
    if case.citizenship != "KZ":
        stay = {"record": "stay", "since": case.opened_on.isoformat(), "until": ends.isoformat()}
        yield {"act": "record.added", **of_person, "facts": stay}
    paper = {"record": "document", "kind": "foreign_passport", "number": f"AB{rng.randrange(10**7):07}"}
    if rng.random() < 0.6:
        yield {"act": "record.added", **of_person, "facts": paper | {"until": ends.isoformat()}}
    if before and rng.random() < 0.2:
        yield {"act": "household.joined", **of_person, "with_person": {"$ref": before}}
    yield from course


def _dated(case: GeneratedCase, acts: Iterator[Act]) -> Iterator[tuple[date, Act]]:
    """Each act with its day, its own or that of the one before; without the end of the case and what it asks for."""
    day = case.opened_on
    for act in acts:
        if act["act"] not in ("case.closed", "report.declined", "contact.tried"):
            day = max(day, date.fromisoformat(act.get("on", "2000-01-01")))
            yield min(day, TODAY), act


def _take_over(book: Casebook, rng: Random, closed: list[GeneratedCase]) -> None:
    """Closed cases, as an older register had them: a hundred in one act."""
    if not closed:
        return
    with book.write("case.opened") as writing:
        for case in closed:
            facts = opened(rng, case)["person"]
            person = PersonFacts(
                names=[NameFacts(**name) for name in facts["names"]], sex=case.sex, birth=facts["birth"]
            )
            wish = OpenCase(kind=case.kind, region=case.region, opened_on=case.opened_on.isoformat(), person=person)
            row, _person = add_case(writing, wish, book.facts.code)
            row.worker_id = colleague(rng.randrange(COLLEAGUES + FORMER)).staff_id
            row.closed_on = min(TODAY, case.opened_on + timedelta(days=rng.randint(30, 240)))
            row.closure_reason, row.urgency = "documented", case.urgency


def _done(runner: Runner, act: Act) -> None:
    made = runner.perform(act)
    if act["act"] == "case.opened":  # the next household may be this person's
        ids = {kind: value.hex() for kind, value in made.ids.items()}
        runner.know(act["ref"], ids | {"with_person": ids["person"]})


def _history(book: Casebook, wall: Wall, many: int, open_cases: int) -> Iterator[int]:
    """What happened in the office, day by day; after each case how many there were."""
    rng, runner, stream = Random(7), Runner(book), Stream()
    directory = Directory(generate_partners("ru"))
    for act in directory.acts():
        stream.put(wall.day, act)
    for act in generate_calls(8, CALLS, TODAY):
        stream.put(date.fromisoformat(act["started_at"][:10]), act)
    newest, before, opening, closed = int(many * YEARS_OF_OPEN), "", 0, list[GeneratedCase]()
    for number, case in enumerate(cases(rng, many, TODAY)):
        for day, act in stream.until(case.opened_on):
            wall.day = day
            _done(runner, act)
        wall.day = max(wall.day, case.opened_on)
        left = many - number
        if left <= newest and rng.random() < (open_cases - opening) / left:
            acts = _open_case(rng, case, colleague(opening % COLLEAGUES), directory, before)
            for day, act in _dated(case, acts):
                stream.put(day, act)
            before, opening = case.ref, opening + 1
        else:
            closed.append(case)
        if len(closed) == TAKEN_OVER:
            _take_over(book, rng, closed)
            closed.clear()
        yield number + 1
    _take_over(book, rng, closed)
    for day, act in stream.until(TODAY):
        wall.day = day
        _done(runner, act)


def _wait_for_answers(book: Casebook) -> None:
    """What colleagues ask of one another: approvals, transfers, requests."""
    for number in range(COLLEAGUES):
        with book.read() as reader:
            sql = "SELECT id FROM cases WHERE worker_id = ? AND closed_on IS NULL ORDER BY number LIMIT 3"
            rows = reader.session.connection().exec_driver_sql(sql, (colleague(number).staff_id,))
            mine = [bytes(row[0]).hex() for row in rows]
        with book.signed_by(colleague(number)):
            to = colleague((number + 1) % COLLEAGUES).staff_id.hex()
            asked = (
                {"act": "approval.asked", "what": "closing"},
                {"act": "transfer.offered", "worker": to},
                {"act": "flag.raised", "kind": "danger", "reason": "Қауіп бар", "seen_by": "everyone"},
            )
            for act, case in zip(asked, mine, strict=False):  # a small office has less to ask
                perform(book, read_act(act | {"case": case}, ""))


def schema_tag() -> str:
    """Tells casebooks of one schema from those of another."""
    sources = sorted(Path(versions.__path__[0]).glob("v*.py"))
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]


def built(many: int) -> Path:
    """The casebook of the office, made once."""
    path = BUILT / f"office-{many}-{schema_tag()}.kzcase"
    if not path.exists():
        wall, making = Wall(), path.with_suffix(".making")
        shutil.rmtree(making, ignore_errors=True)
        with founded(making, Opening(KEY, Founder.known().identity, wall)) as book:
            _hire(book)
            history, there = _history(book, wall, many, min(COLLEAGUES * CASELOAD, many // 8)), 0
            while there < many:
                with book.batch():
                    there = max(islice(history, AT_ONCE))
                print(f"\rbuilding: {there:,} of {many:,}", end="", file=sys.stderr, flush=True)
            with book.batch():
                next(history, None)
            _wait_for_answers(book)
        making.rename(path)
    return path


def copied(path: Path) -> Path:
    """A copy in a folder of its own."""
    copy = Path(mkdtemp(prefix="kzcase-bench-")) / "copy.kzcase"
    shutil.copytree(path, copy, ignore=shutil.ignore_patterns("ballast"))
    return copy


@contextmanager
def as_of(path: Path, who: Identity | None = None, later: int = 1) -> Iterator[Casebook]:
    """A copy of the casebook, opened by the founder or by a colleague so many days after the last act."""
    copy = copied(path)
    wall = Wall(TODAY + timedelta(days=later))
    try:
        with Casebook.open(copy, Opening(KEY, who or Founder.known().identity, wall)) as book:
            yield book
    finally:
        shutil.rmtree(copy.parent)


if __name__ == "__main__":
    print(built(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
