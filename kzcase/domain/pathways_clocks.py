"""The clocks of a case: which deadlines its pathway sets running, which run out, and which cannot be counted yet."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from kzcase.domain.deadlines import Deadline, DeadlineRule, DeadlineRules, day_of
from kzcase.domain.errors import RuleBroken
from kzcase.domain.pathways import Due, Held, Pathway, Stage, Track, held_back, reached_stages
from kzcase.domain.pathways_explained import called, joined
from kzcase.domain.pathways_facts import OWN_STEPS
from kzcase.domain.workdays import WorkCalendar
from kzcase.i18n import Words, _


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
    moment: datetime | None = None
    """The hour that a paper gave."""

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
    with_leave: Callable[[Deadline], Deadline] = lambda found: found,
) -> tuple[Clock, ...]:
    """The clocks that run: what set them off is true, and what stops them is not. The earliest first.

    `days` gives the day (or the moment) on which a fact became true; of what is repeated (a review), the last one.
    A closed case has no clocks: nothing is open when it closes. `with_leave` moves the end of a stay where leave to
    stay was given.
    """
    if facts.get("closed") and not facts.get("reopened"):
        return ()
    reached = reached_stages(pathway, facts)
    running = (
        clock_of(step, due, days, rules, calendar, with_leave)
        for track in (None, *pathway.tracks)
        if track is None or track.applies(facts)
        for step, stage in steps(pathway, track)
        for due in stage.due
        if facts.get(due.since or due.on) and not stopped(due, facts, reached=step in reached)
    )
    once = _told_once(running)
    return tuple(sorted(once, key=lambda clock: (clock.last_day is None, clock.last_day or date.max)))


def _told_once(running: Iterable[Clock]) -> Iterator[Clock]:
    """A day that a paper told is one day, though it stands on the road and on a track."""
    told = set[str]()
    for clock in running:
        if clock.due.on not in told:
            told |= {clock.due.on} - {""}
            yield clock


def steps(pathway: Pathway, track: Track | None) -> tuple[tuple[str, Stage], ...]:
    """The stages of the road (no track) or of a track, each with its address."""
    if track is None:
        return tuple((stage.id, stage) for stage in pathway.stages)
    return tuple((f"{track.id}.{stage.id}", stage) for stage in track.stages)


def stopped(due: Due, facts: Mapping[str, bool], *, reached: bool) -> bool:
    """A clock without a stop of its own ends with its stage; one told by a paper runs on while the stage stands."""
    if due.done:
        return bool(facts.get(due.done))
    if due.on:
        return not reached
    return reached


_SCREENED: Final[dict[str, tuple[str, ...]]] = {"screened": ("screening_interview",)}
"""Nobody states this: the form of the interview does."""


def clock_waits(pathway: Pathway, step: str, due: Due, facts: Mapping[str, bool]) -> tuple[Held, ...]:
    """The guards that still stand before what a clock asks for: it must not hurry anybody past them."""
    stage = dict(pathway.every_stage()).get(step)
    if stage is None or due.on:
        return ()
    return tuple(held for one in steps_before(stage, step, due, facts) for held in held_back(pathway, one, facts))


def steps_before(stage: Stage, step: str, due: Due, facts: Mapping[str, bool]) -> tuple[str, ...]:
    """What is taken to do what a clock asks for: to enter its stage, or to bring about the fact that stops it."""
    asked = (due.done,) if due.done else stage.missing(facts)
    before = (one for fact in asked for one in _SCREENED.get(fact, OWN_STEPS.get(fact, ())))
    return tuple(dict.fromkeys((*(() if due.done else (step,)), *before)))


def waits_words(held: Iterable[Held]) -> Words | None:
    """That what a clock asks for has to wait, and for what; None where nothing stands before it."""
    guards = {each.guard.id: each.guard for each in held}
    if not guards:
        return None
    return _("It has to wait for now. {guard}", guard=joined([called(guard) for guard in guards.values()]))


def clock_name(pathway: Pathway, step: str, rule: DeadlineRule) -> Words:
    """What a clock is called: its rule, and for which stage where the road counts several stages by that rule."""
    stages = [(address, stage) for address, stage in pathway.every_stage() if any(d.rule == rule.id for d in stage.due)]
    stage = dict(stages).get(step)
    if stage is None or len(stages) < 2:
        return called(rule)
    return _("{deadline}: {stage}", deadline=called(rule), stage=called(stage))


def clock_of(
    step: str,
    due: Due,
    days: Mapping[str, date],
    rules: DeadlineRules,
    calendar: WorkCalendar,
    with_leave: Callable[[Deadline], Deadline],
) -> Clock:
    """One clock, whether it still runs or not."""
    begun = days.get(due.since or due.on)
    if begun is None:
        return Clock(step=step, due=due, missing=due.since or due.on)
    if due.on:
        moment = begun if isinstance(begun, datetime) else None
        return Clock(step=step, due=due, told=day_of(begun), moment=moment)
    try:
        return Clock(step=step, due=due, found=with_leave(rules.deadline(due.rule, begun, calendar)))
    except RuleBroken as refused:
        return Clock(step=step, due=due, refused=refused)
