"""What a pathway is made of: stages, guards and tracks, named in three languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kzcase.i18n import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """Something with an id and a name in three languages."""

    id: str
    kk: str
    ru: str
    en: str

    def name(self, language: Language) -> str:
        """The name in one language."""
        return {"kk": self.kk, "ru": self.ru, "en": self.en}[language]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Until when a stage must be reached: by a rule counted from the day of a fact, or `on` a day told by a paper."""

    rule: str = ""
    since: str = ""
    on: str = ""
    done: str = ""
    """The fact that stops this clock; without one, reaching the stage does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Named):
    """Reached when all of `when` and (if given) one of `any` are true and none of `unless`.

    `optional` stages run beside the road and are never named as the next one.
    """

    when: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    optional: bool = False
    forms: tuple[str, ...] = ()
    due: tuple[Due, ...] = ()

    def reached(self, facts: Mapping[str, bool]) -> bool:
        """Whether the facts put a case into this stage."""
        return not self.missing(facts) and not self.set_aside_by(facts)

    def missing(self, facts: Mapping[str, bool]) -> tuple[str, ...]:
        """The facts still to come before this stage."""
        return _missing(self.when, self.any, facts)

    def reasons(self, facts: Mapping[str, bool]) -> tuple[str, ...]:
        """The facts that speak for it."""
        return tuple(fact for fact in (*self.when, *self.any) if facts.get(fact))

    def set_aside_by(self, facts: Mapping[str, bool]) -> tuple[str, ...]:
        """The facts that, by the pathway, end this stage."""
        return tuple(fact for fact in self.unless if facts.get(fact))


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard(Named):
    """Holds back `steps` while all of `when` are true, none of `unless`, and something it needs is missing.

    Its name is the sentence said to who asks. A guard that needs nothing forbids. A step is a stage, `track.stage`
    or one of `STEPS`.
    """

    steps: tuple[str, ...]
    when: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def applies(self, facts: Mapping[str, bool]) -> bool:
        """Whether it is about this case."""
        return all(facts.get(fact) for fact in self.when) and not any(facts.get(fact) for fact in self.unless)

    def missing(self, facts: Mapping[str, bool]) -> tuple[str, ...]:
        """The facts that would open the way."""
        return _missing(self.needs, self.any, facts)

    def holds(self, facts: Mapping[str, bool]) -> bool:
        """Whether its steps must wait."""
        forbids = not self.needs and not self.any
        return self.applies(facts) and (forbids or bool(self.missing(facts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Named):
    """A small road beside the case: the criminal case, the stay. Without a fact in `when` it is about every case."""

    when: tuple[str, ...] = ()
    stages: tuple[Stage, ...]

    def applies(self, facts: Mapping[str, bool]) -> bool | None:
        """Whether it is about this case; None while nobody knows."""
        known = [facts.get(fact) for fact in self.when]
        return False if False in known else None if None in known else True


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway(Named):
    """One version of the road for one kind of case; `version` is the hash of its content.

    One that is not `in_use` is complete but not offered yet: no case of its kind can be opened.
    """

    version: str
    stages: tuple[Stage, ...]
    tracks: tuple[Track, ...] = ()
    guards: tuple[Guard, ...] = ()
    in_use: bool = True

    def stage(self, stage_id: str) -> Stage | None:
        """A stage of the road by its id, or None when this version does not have it."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)

    def track(self, track_id: str) -> Track | None:
        """A track by its id, or None when this pathway does not have it."""
        return next((track for track in self.tracks if track.id == track_id), None)

    def every_stage(self) -> tuple[tuple[str, Stage], ...]:
        """All stages with their addresses: those of a track as `track.stage`."""
        beside = ((f"{track.id}.{stage.id}", stage) for track in self.tracks for stage in track.stages)
        return (*((stage.id, stage) for stage in self.stages), *beside)


def _missing(all_of: Sequence[str], one_of: Sequence[str], facts: Mapping[str, bool]) -> tuple[str, ...]:
    others = () if any(facts.get(fact) for fact in one_of) else tuple(one_of)
    return (*(fact for fact in all_of if not facts.get(fact)), *others)
