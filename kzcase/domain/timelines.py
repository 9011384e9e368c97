"""The timeline of a case: what its road expects and by when, with what is done, late, running and still to come.

Everything stands in the pathway's own clocks; nothing is expected that no pathway declares.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain

from kzcase.domain.deadlines import Deadline, DeadlineRules, day_of
from kzcase.domain.pathways import Due, Pathway, Stage, reached_stages
from kzcase.domain.pathways_clocks import Clock, clock_of, steps, stopped
from kzcase.domain.workdays import WorkCalendar


class Expectation(StrEnum):
    """How far something expected is."""

    LATE = "late"
    RUNNING = "running"
    DONE = "done"
    DONE_LATE = "done_late"
    COMING = "coming"


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """One thing the road expects: its clock where it runs or ran, and the day it was done."""

    step: str
    due: Due
    state: Expectation
    clock: Clock | None = None
    done_on: date | None = None


def timeline(
    pathway: Pathway,
    facts: Mapping[str, bool],
    days: Mapping[str, date],
    rules: DeadlineRules,
    calendar: WorkCalendar,
    now: datetime,
    with_leave: Callable[[Deadline], Deadline] = lambda found: found,
) -> tuple[Expected, ...]:
    """By day: what is done, what is late or runs, and last what has no day yet because nothing has set it off.

    Of a closed case only what was done is left.
    """

    def one(step: str, stage: Stage, due: Due) -> Expected | None:
        over = stopped(due, facts, reached=step in reached)
        if not facts.get(due.since or due.on):
            return None if over or closed else Expected(step=step, due=due, state=Expectation.COMING)
        clock = clock_of(step, due, days, rules, calendar, with_leave)
        if over:
            return _done(step, stage, due, clock, days)
        state = Expectation.LATE if _over(clock, now) else Expectation.RUNNING
        return None if closed else Expected(step=step, due=due, state=state, clock=clock)

    reached = reached_stages(pathway, facts)
    closed = bool(facts.get("closed") and not facts.get("reopened"))
    found = (one(step, stage, due) for step, stage in _stages(pathway, facts) for due in stage.due)
    return tuple(sorted((each for each in found if each is not None), key=_place))


def _stages(pathway: Pathway, facts: Mapping[str, bool]) -> Iterator[tuple[str, Stage]]:
    beside = (steps(pathway, track) for track in pathway.tracks if track.applies(facts))
    return chain(steps(pathway, None), *beside)


def _done(step: str, stage: Stage, due: Due, clock: Clock, days: Mapping[str, date]) -> Expected:
    by = (due.done,) if due.done else (*stage.when, *stage.any)
    known = [days[fact] for fact in by if fact in days]
    on = max(map(day_of, known), default=None)
    late = any(_over(clock, done) for done in known)
    state = Expectation.DONE_LATE if late else Expectation.DONE
    return Expected(step=step, due=due, state=state, clock=clock, done_on=on)


def _over(clock: Clock, on: date) -> bool:
    """Whether its time was over then; by the hour where it ends by the hour and this one is known too."""
    ends = clock.found.moment if clock.found else clock.moment
    if ends is not None and isinstance(on, datetime):
        return ends < on
    return clock.last_day is not None and clock.last_day < day_of(on)


def _place(each: Expected) -> tuple[bool, date, str]:
    """By the day it was done or has to be; what has none stands last."""
    day = each.done_on or (each.clock.last_day if each.clock else None)
    return (day is None, day or date.max, each.step)
