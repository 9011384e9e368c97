"""The road of a case: stages reached when facts are true, tracks that run beside it, and guards before risky steps.

A stage is always derived from facts and the pathway's version, never written down. What has happened outside is shown
even when a guard stands against it. A step of one's own counts only while no guard holds it back: whatever the order
in which things were entered, no case stands behind a guard that has not opened.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kzcase.domain.pathways_facts import FACTS, OWN_STEPS, STEPS
from kzcase.domain.pathways_parts import Due, Guard, Pathway, Stage, Track

__all__ = [
    "CLEARED",
    "FACTS",
    "STEPS",
    "WITHOUT_US",
    "Due",
    "Guard",
    "Held",
    "Pathway",
    "Position",
    "Stage",
    "StageResult",
    "Standing",
    "Track",
    "entered_with",
    "held_back",
    "reached_stages",
    "stage_of",
    "standing",
]
ROAD: Final = ""
"""The road itself, as a track."""
CLEARED: Final = "lawyer_cleared"
"""A lawyer clears one step, never all: the fact stands as `lawyer_cleared@step`, and is true for that step alone."""
WITHOUT_US: Final = "without_us"
"""A step of one's own that was taken by others: `returned@without_us`. It happened, whatever a guard says."""


@dataclass(frozen=True, slots=True)
class StageResult:
    """Where a case stands, the facts that put it there, the next stage and the facts that one waits for (all ids)."""

    stage: str
    reasons: tuple[str, ...]
    next: str | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """A step a guard holds back, and the facts that would open the way (none: it is forbidden)."""

    step: str
    guard: Guard
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passed:
    """A stage the facts reach, and the facts that say so."""

    stage: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A stage whose facts are there, and the facts by which the pathway ends it."""

    stage: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where one track stands, and why. `applies` is None while nobody knows whether it is about this case."""

    track: str
    applies: bool | None
    unknown: tuple[str, ...]
    """The facts that would say whether the track is about this case."""
    result: StageResult | None
    passed: tuple[Passed, ...]
    set_aside: tuple[SetAside, ...]
    forms: tuple[str, ...]
    """Forms of the stages reached and of the next one that nobody has filled in yet."""
    held: tuple[Held, ...]
    """Guards that hold back the next stage."""
    early: tuple[Held, ...]
    """Guards by which a stage that was entered already does not count yet."""
    happened: tuple[Held, ...]
    """Guards that stand against a stage that was reached nevertheless: somebody must look."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands on its road, and on every track beside it."""

    road: Position
    tracks: tuple[Position, ...]

    @property
    def all(self) -> tuple[Position, ...]:
        """The road first, then the tracks."""
        return (self.road, *self.tracks)


def stage_of(pathway: Pathway, facts: Mapping[str, bool]) -> StageResult:
    """The furthest stage the facts reach (the first stage when they reach none), and what the next one waits for."""
    return _furthest(pathway.stages, facts, _counted(pathway, _road(pathway), facts))


def standing(pathway: Pathway, facts: Mapping[str, bool], filled: Collection[str] = ()) -> Standing:
    """Where the case stands on its road and each track, why, what is missing, and which guards speak."""
    beside = tuple(_position(pathway, track, facts, filled) for track in pathway.tracks)
    return Standing(_position(pathway, _road(pathway), facts, filled), beside)


def reached_stages(pathway: Pathway, facts: Mapping[str, bool]) -> frozenset[str]:
    """The addresses of every stage the facts reach, on the road and on all tracks."""
    return frozenset(
        _address(line, stage.id)
        for line in _lines(pathway)
        for counted in (_counted(pathway, line, facts),)
        for stage in line.stages
        if stage.reached(counted)
    )


def entered_with(pathway: Pathway, fact: str, facts: Mapping[str, bool]) -> tuple[str, ...]:
    """The stages that a step of one's own enters: its own stage whatever else is still to come, and every other one it
    reaches now, or as soon as something comes that is no step of one's own.

    So the order does not matter in which the facts of a stage appear: its guards are asked all the same.
    """
    now = {**facts, fact: True}
    own = {_address(line, _first(line).get(fact, "")) for line in _lines(pathway)}
    return tuple(
        address
        for address, stage in pathway.every_stage()
        if fact in (*stage.when, *stage.any) and not stage.set_aside_by(now)
        if (address in own and fact in stage.when) or not _waits_for_a_step(stage, now)
    )


def _waits_for_a_step(stage: Stage, facts: Mapping[str, bool]) -> bool:
    """Whether the stage cannot be reached without a further step of one's own."""
    others = bool(stage.any) and not any(facts.get(fact) for fact in stage.any)
    of_our_own = any(fact in OWN_STEPS and not facts.get(fact) for fact in stage.when)
    return of_our_own or (others and all(fact in OWN_STEPS for fact in stage.any))


def _lines(pathway: Pathway) -> tuple[Track, ...]:
    return (_road(pathway), *pathway.tracks)


def _first(line: Track) -> dict[str, str]:
    """The stage to which each fact belongs: the first that names it."""
    return {fact: stage.id for stage in reversed(line.stages) for fact in (*stage.when, *stage.any)}


def _road(pathway: Pathway) -> Track:
    return Track(id=ROAD, kk=pathway.kk, ru=pathway.ru, en=pathway.en, stages=pathway.stages)


def _counted(pathway: Pathway, line: Track, facts: Mapping[str, bool]) -> Mapping[str, bool]:
    """The facts without the steps of one's own that a guard of this line still holds back, however they were entered.

    A step belongs to the first stage that names it. Guards hear every fact, also one that does not count here.
    """
    first, now, early = _first(line), facts, {""}
    while early:
        early = {
            fact
            for stage in line.stages
            if stage.reached(now)
            for fact in stage.reasons(now)
            if first[fact] == stage.id and _is_ours(fact, facts)
            if _held_back(pathway, _address(line, stage.id), facts)
        }
        now = {**now, **dict.fromkeys(early, False)} if early else now
    return now


def _is_ours(fact: str, facts: Mapping[str, bool]) -> bool:
    return fact in OWN_STEPS and not facts.get(f"{fact}@{WITHOUT_US}")


def held_back(pathway: Pathway, step: str, facts: Mapping[str, bool]) -> tuple[Held, ...]:
    """The guards that hold back a step now; none when it may be taken. `KeyError` for a step nobody knows."""
    if step not in STEPS and step not in dict(pathway.every_stage()):
        raise KeyError(step)
    return _held_back(pathway, step, facts)


def _held_back(pathway: Pathway, step: str, facts: Mapping[str, bool]) -> tuple[Held, ...]:
    known = {**facts, CLEARED: True} if facts.get(f"{CLEARED}@{step}") else facts
    return tuple(
        Held(step, guard, guard.missing(known))
        for guard in pathway.guards
        if step in guard.steps and guard.holds(known)
    )


def _furthest(stages: Sequence[Stage], facts: Mapping[str, bool], counted: Mapping[str, bool]) -> StageResult:
    place = next((n for n in reversed(range(len(stages))) if stages[n].reached(counted)), 0)
    stage = stages[place]
    following = next((later for later in stages[place + 1 :] if not later.optional), None)
    if following is None:
        return StageResult(stage.id, stage.reasons(counted), None, ())
    return StageResult(stage.id, stage.reasons(counted), following.id, following.missing(facts))


def _position(pathway: Pathway, track: Track, facts: Mapping[str, bool], filled: Collection[str]) -> Position:
    unknown = tuple(fact for fact in track.when if facts.get(fact) is None)
    applies = track.applies(facts)
    counted = _counted(pathway, track, facts)
    result = _furthest(track.stages, facts, counted) if applies else None
    reached = [stage for stage in track.stages if result and stage.reached(counted)]
    early = [stage for stage in track.stages if result and stage.reached(facts) and stage not in reached]
    concerned = [stage for stage in track.stages if stage in reached or (result and stage.id == result.next)]
    wanted = dict.fromkeys(form for stage in concerned for form in stage.forms if form not in filled)
    ended = [stage for stage in track.stages if result and not stage.missing(facts) and stage.set_aside_by(facts)]
    return Position(
        track=track.id,
        applies=applies,
        unknown=unknown if applies is None else (),
        result=result,
        passed=tuple(Passed(stage.id, stage.reasons(counted)) for stage in reached),
        set_aside=tuple(SetAside(stage.id, stage.set_aside_by(facts)) for stage in ended),
        forms=tuple(wanted),
        held=_held_back(pathway, _address(track, result.next), facts) if result and result.next else (),
        early=_against(pathway, track, early, facts),
        happened=_against(pathway, track, reached, facts),
    )


def _against(pathway: Pathway, track: Track, stages: Sequence[Stage], facts: Mapping[str, bool]) -> tuple[Held, ...]:
    return tuple(held for stage in stages for held in _held_back(pathway, _address(track, stage.id), facts))


def _address(track: Track, stage: str) -> str:
    return f"{track.id}.{stage}" if track.id else stage
