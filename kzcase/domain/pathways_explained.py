"""Says in lines where a case stands, why, what comes next, what is missing for it, and which guards speak."""

from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from typing import Protocol

from kzcase.domain.pathways import Held, Pathway, Position, Stage, Standing
from kzcase.domain.pathways_facts import FACTS
from kzcase.i18n import Language, Words, _, verbatim


class Called(Protocol):
    """Something with a name in three languages."""

    @property
    def kk(self) -> str:
        """Its Kazakh name."""

    @property
    def ru(self) -> str:
        """Its Russian name."""

    @property
    def en(self) -> str:
        """Its English name."""


def called(named: Called) -> Words:
    """The name of a stage, track, guard or rule, in whatever language it is rendered."""
    return Words("{text}", arguments={"text": {"kk": named.kk, "ru": named.ru, "en": named.en}}, context="verbatim")


def held_words(held: Iterable[Held]) -> Words:
    """Why a step must wait, in one sentence: each guard, and the facts that would open the way."""
    return joined([_held_words(each) for each in held])


def early_words(stage: Words, guard: Words) -> Words:
    """What is said of a stage that was entered before its guard opened."""
    said = _("“{stage}” was entered, but does not count while this stands against it; somebody must look: {guard}")
    return said.with_arguments(stage=stage, guard=guard)


def _held_words(held: Held) -> Words:
    if not held.missing:
        return called(held.guard)
    missing = joined([FACTS[fact] for fact in held.missing], ", ")
    if any(fact in held.guard.needs for fact in held.missing):
        return _("{guard} Still missing: {facts}.", guard=called(held.guard), facts=missing)
    return _("{guard} One of these is enough: {facts}.", guard=called(held.guard), facts=missing)


def joined(parts: Sequence[Words], between: str = " ") -> Words:
    """Several sentences in one, each still to be said in a language."""
    return reduce(lambda one, other: Words(f"{{one}}{between}{{other}}", arguments={"one": one, "other": other}), parts)


def explain(pathway: Pathway, found: Standing, language: Language) -> tuple[Words, ...]:
    """The lines about the road and every track, for a reader of `language` (stages and guards are named in it)."""
    return tuple(line for position in found.all for line in _lines(pathway, position, language))


def explain_held(held: Iterable[Held], language: Language) -> tuple[Words, ...]:
    """Why a step must wait: the guard's sentence, and the facts that would open the way."""
    return tuple(line for each in held for line in _guard(each, language))


def _lines(pathway: Pathway, position: Position, language: Language) -> Iterator[Words]:
    track = pathway.track(position.track)
    name = verbatim((track or pathway).name(language))
    if position.result is None:
        if position.applies is None:
            yield _("{track}: it is not known yet whether this is about the case.", track=name)
            yield from (_("Still missing: {fact}.", fact=FACTS[fact]) for fact in position.unknown)
        return
    stages = {stage.id: stage for stage in (track.stages if track else pathway.stages)}
    here = stages[position.result.stage]
    yield _("{track}: {stage}.", track=name, stage=verbatim(here.name(language)))
    yield from (_("Because {fact}.", fact=FACTS[fact]) for fact in position.result.reasons)
    for ended in position.set_aside:
        stage = verbatim(stages[ended.stage].name(language))
        yield from (_("“{stage}” no longer holds, because {fact}.", stage=stage, fact=FACTS[by]) for by in ended.by)
    for held in position.early:
        named = verbatim(stages[held.step.rpartition(".")[2]].name(language))
        yield early_words(named, verbatim(held.guard.name(language)))
        yield from _facts(held)
    for held in position.happened:
        sentence = verbatim(held.guard.name(language))
        yield _("This happened although a guard stood against it; somebody must look: {guard}", guard=sentence)
        yield from _facts(held)
    if position.result.next:
        yield from _next(stages[position.result.next], position, language)


def _next(stage: Stage, position: Position, language: Language) -> Iterator[Words]:
    missing = position.result.missing if position.result else ()
    yield _("Next: {stage}.", stage=verbatim(stage.name(language)))
    yield from (_("Still missing: {fact}.", fact=FACTS[fact]) for fact in missing if fact in stage.when)
    yield from (_("One of these is enough: {fact}.", fact=FACTS[fact]) for fact in missing if fact not in stage.when)
    yield from explain_held(position.held, language)


def _guard(held: Held, language: Language) -> Iterator[Words]:
    yield verbatim(held.guard.name(language))
    yield from _facts(held)


def _facts(held: Held) -> Iterator[Words]:
    for fact in held.missing:
        if fact in held.guard.needs:
            yield _("Still missing: {fact}.", fact=FACTS[fact])
        else:
            yield _("One of these is enough: {fact}.", fact=FACTS[fact])
