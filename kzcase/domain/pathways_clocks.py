"""The clocks of a case: which deadlines its pathway sets running, which run out, and which cannot be counted yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kzcase.domain.deadlines import Deadline, DeadlineRules, day_of, deadline
from kzcase.domain.errors import RuleBroken
from kzcase.domain.pathways import Due, Pathway, Stage, Track
from kzcase.domain.workdays import WorkCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One deadline of a stage. `found` explains a date that was counted; `told` is a date a paper gave.

    Without either, `missing` names the fact whose day is not known, or `refused` says why it cannot be counted.
    """

    step: str
    due: Due
    found: Deadline | None = None
    told: date | None = None
    missing: str = ""
    refused: RuleBroken | None = None

    @property
    def last_day(self) -> date | None:
        """The last day, when there is one."""
        return self.found.due if self.found else self.told


def clocks(
    pathway: Pathway,
    facts: Mapping[str, bool],
    days: Mapping[str, date],
    rules: DeadlineRules,
    calendar: WorkCalendar,
) -> tuple[Clock, ...]:
    """The clocks that run: what set them off is true, and what stops them is not. The earliest first.

    `days` gives the day (or the moment) on which a fact became true; of what is repeated (a review), the last one.
    A closed case has no clocks: nothing is open when it closes.
    """
    if facts.get("closed") and not facts.get("reopened"):
        return ()
    running = (
        _clock(step, due, days, rules, calendar)
        for track in (None, *pathway.tracks)
        if track is None or track.applies(facts)
        for step, stage in _steps(pathway, track)
        for due in stage.due
        if facts.get(due.since or due.on) and not _stopped(due, stage, facts)
    )
    return tuple(sorted(running, key=lambda clock: (clock.last_day is None, clock.last_day or date.max)))


def _steps(pathway: Pathway, track: Track | None) -> tuple[tuple[str, Stage], ...]:
    if track is None:
        return tuple((stage.id, stage) for stage in pathway.stages)
    return tuple((f"{track.id}.{stage.id}", stage) for stage in track.stages)


def _stopped(due: Due, stage: Stage, facts: Mapping[str, bool]) -> bool:
    """A clock without a stop of its own ends with its stage; one told by a paper runs on while the stage stands."""
    if due.done:
        return bool(facts.get(due.done))
    if due.on:
        return not stage.reached(facts)
    return stage.reached(facts)


def _clock(step: str, due: Due, days: Mapping[str, date], rules: DeadlineRules, calendar: WorkCalendar) -> Clock:
    begun = days.get(due.since or due.on)
    if begun is None:
        return Clock(step=step, due=due, missing=due.since or due.on)
    if due.on:
        return Clock(step=step, due=due, told=day_of(begun))
    try:
        return Clock(step=step, due=due, found=deadline(rules.on(due.rule, day_of(begun)), begun, calendar))
    except RuleBroken as refused:
        return Clock(step=step, due=due, refused=refused)
