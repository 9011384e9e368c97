"""The days that have to be kept, read off each open case: its deadlines, tasks, papers, stays and birthdays."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date
from typing import Any, Final, NamedTuple

from kzcase.db.sql import Sql
from kzcase.domain.case_state import HOME, CaseState, days_of, exact_day, facts_of
from kzcase.domain.due import HEARING_FACT, DueKind
from kzcase.domain.eighteenth import Estimate, eighteenth
from kzcase.domain.ids import Id
from kzcase.domain.pathways_clocks import Clock, clocks
from kzcase.domain.rulebook import Rulebook
from kzcase.domain.stays_of_person import StayLine, last_lawful_day
from kzcase.domain.tasks import REPLY

_LIVE: Final = "(struck IS NULL OR struck = 0)"
_CASES: Final = (
    "SELECT id, client_id, worker_id FROM cases"
    f" WHERE id IN ({{}}) AND closed_on IS NULL AND erased_on IS NULL AND {_LIVE}"
)
_TASKS: Final = (
    "SELECT case_id, id, due, assignee_id, rule_id, rule_version FROM tasks"
    f" WHERE case_id IN ({{}}) AND due IS NOT NULL AND done_on IS NULL AND {_LIVE}"
)
_CONSENTS: Final = (
    "SELECT case_id, id, valid_until FROM consents"
    f" WHERE case_id IN ({{}}) AND state = 'given' AND valid_until IS NOT NULL AND {_LIVE}"
)
_PAPERS: Final = f"SELECT person_id, id, until, renew_by FROM documents WHERE person_id IN ({{}}) AND {_LIVE}"
_STAYS: Final = f"SELECT person_id, id, since, basis, until, left_on FROM stays WHERE person_id IN ({{}}) AND {_LIVE}"
_LANDS: Final = f"SELECT person_id, country FROM citizenships WHERE person_id IN ({{}}) AND {_LIVE}"
_BIRTHS: Final = f"SELECT id, birth FROM people WHERE id IN ({{}}) AND {_LIVE}"
_AGES: Final = f"SELECT person_id, youngest, oldest, since FROM age_estimates WHERE person_id IN ({{}}) AND {_LIVE}"


class Day(NamedTuple):
    """One row of `due_dates`."""

    source: Id
    case_id: Id
    key: str
    kind: str
    day: str
    moment: str | None
    worker_id: Id | None
    rule: str
    rule_version: str
    until: str


_COLUMNS: Final = ", ".join(Day._fields)
_KEY: Final = 3
"""So many columns name a day: its source, its case, its key."""


class Lives(NamedTuple):
    """What days are read off of the people of some cases."""

    births: Mapping[Id, str]
    lands: Mapping[Id, list[str]]
    papers: Mapping[Id, list[tuple[Any, ...]]]
    stays: Mapping[Id, list[tuple[Any, ...]]]
    ages: Mapping[Id, list[tuple[Any, ...]]]


def put_due_dates(sql: Sql, rulebook: Rulebook, cases: Sequence[Id], states: Mapping[Id, CaseState]) -> None:
    """Let the days of these cases be exactly those that follow from what is known; only what differs is written."""
    there = set(sql.rows_with(f"SELECT {_COLUMNS} FROM due_dates WHERE case_id IN ({{}})", cases))
    wanted: set[tuple[Any, ...]] = set(_days(sql, rulebook, cases, states))
    gone = [row[:_KEY] for row in there - wanted]
    sql.run_each("DELETE FROM due_dates WHERE source = ? AND case_id = ? AND key = ?", gone)
    places = ", ".join("?" * len(Day._fields))
    sql.run_each(f"INSERT OR REPLACE INTO due_dates ({_COLUMNS}) VALUES ({places})", sorted(wanted - there, key=repr))


def _days(sql: Sql, rulebook: Rulebook, cases: Sequence[Id], states: Mapping[Id, CaseState]) -> Iterator[Day]:
    open_cases = sql.rows_with(_CASES, cases)
    if not open_cases:
        return
    lives = _lives(sql, sorted({client for _case, client, _worker in open_cases if client}))
    workers = {case: worker for case, _client, worker in open_cases}
    for case, client, worker in open_cases:
        yield from _of_roads(rulebook, case, worker, states.get(case), lives.lands.get(client, []))
        if client:
            yield from _of_person(rulebook, case, client, worker, lives, states.get(case))
    yield from _of_rows(sql, workers)


def _of_rows(sql: Sql, workers: Mapping[Id, Id | None]) -> Iterator[Day]:
    """Tasks and consents."""
    for case, row, due, assignee, rule, version in sql.rows_with(_TASKS, workers):
        kind = DueKind.REPLY if rule == REPLY else DueKind.TASK
        yield Day(row, case, "due", kind, due, None, assignee or workers[case], rule or "", version or "", "")
    for case, row, until in sql.rows_with(_CONSENTS, workers):
        yield Day(row, case, "until", DueKind.CONSENT, until, None, workers[case], "", "", "")


def _of_roads(
    rulebook: Rulebook, case: Id, worker: Id | None, state: CaseState | None, lands: Sequence[str]
) -> Iterator[Day]:
    """The deadlines that the road and its tracks set running."""
    pathway = rulebook.pathways.get(state.kind) if state else None
    if state is None or pathway is None:
        return
    facts = facts_of(state)
    if lands:
        facts["is_foreigner"] = HOME not in lands
    found = clocks(pathway, facts, days_of(state), rulebook.deadlines, rulebook.calendar, rulebook.with_leave)
    for clock in found:
        if clock.last_day is not None:
            yield _of_clock(case, worker, clock, clock.last_day)


def _of_clock(case: Id, worker: Id | None, clock: Clock, last: date) -> Day:
    key = f"{clock.step}/{clock.due.rule or clock.due.on}/{clock.due.since}"
    kind = DueKind.HEARING if clock.due.on == HEARING_FACT else DueKind.DEADLINE
    if clock.found is None:
        moment = clock.moment.astimezone(UTC).isoformat() if clock.moment else None
        return Day(case, case, key, kind, last.isoformat(), moment, worker, clock.due.on, "", clock.due.done)
    rule, ends = clock.found.rule, clock.found.moment
    moment = ends.astimezone(UTC).isoformat() if ends else None
    return Day(case, case, key, kind, last.isoformat(), moment, worker, rule.id, rule.ours or rule.version, clock.step)


def _of_person(
    rulebook: Rulebook, case: Id, person: Id, worker: Id | None, lives: Lives, state: CaseState | None
) -> Iterator[Day]:
    """Papers that run out, the last lawful day of a stay, and the day somebody comes of age."""

    def day(source: Id, key: str, kind: DueKind, on: str, rule: str = "", until: str = "") -> Day:
        return Day(source, case, key, kind, on, None, worker, rule, "", until)

    for row, until, renew in lives.papers.get(person, ()):
        if until:
            yield day(row, "until", DueKind.DOCUMENT, until)
        if renew:
            yield day(row, "renew", DueKind.RENEWAL, renew)
    lines = [StayLine(row, exact_day(s), b or "", _day(u), _day(e)) for row, s, b, u, e in lives.stays.get(person, ())]
    if last := last_lawful_day(lines, lives.lands.get(person, ()), rulebook):
        yield day(last.stay, "stay", DueKind.STAY, last.day.isoformat(), last.rule)
    estimates = [Estimate(y, o, _day(on)) for y, o, on in lives.ages.get(person, ())]
    span = eighteenth(lives.births.get(person, ""), estimates)
    if span is not None and (state is None or state.opened_on is None or span[1] >= state.opened_on):
        yield day(person, "eighteen", DueKind.ADULTHOOD, span[0].isoformat(), until=span[1].isoformat())


def _lives(sql: Sql, people: Sequence[Id]) -> Lives:
    return Lives(
        births={person: birth for person, birth in sql.rows_with(_BIRTHS, people) if birth},
        lands={person: [land for (land,) in rows if land] for person, rows in _by(sql, _LANDS, people).items()},
        papers=_by(sql, _PAPERS, people),
        stays=_by(sql, _STAYS, people),
        ages=_by(sql, _AGES, people),
    )


def _by(sql: Sql, query: str, people: Sequence[Id]) -> dict[Id, list[tuple[Any, ...]]]:
    found: dict[Id, list[tuple[Any, ...]]] = defaultdict(list)
    for person, *values in sql.rows_with(query, people):
        found[person].append(tuple(values))
    return found


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
