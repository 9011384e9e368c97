"""Which days of cases ask for something that has to wait: a deadline must not hurry anybody past a guard."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kzcase.db import case_states
from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.domain.case_state import facts_of
from kzcase.domain.ids import Id
from kzcase.domain.pathways import Due, Pathway
from kzcase.domain.pathways_clocks import clock_waits, steps_before, waits_words
from kzcase.i18n import Words


class ClockOfCase(NamedTuple):
    """A clock of a case: the case, its kind and the clock's key, `step/rule/since`."""

    case: Id
    kind: str
    key: str


def what_waits(reader: Reader, found: Iterable[ClockOfCase]) -> dict[tuple[Id, str], Words]:
    """What is said of the clocks, by case and key, that ask for what has to wait now."""
    known: dict[tuple[str, str], tuple[tuple[Pathway, Due], ...]] = {}  # few kinds of clocks, many cases
    asked = [(clock, pathway, due) for clock in found for pathway, due in _known_due(reader, clock, known)]
    cases = list(dict.fromkeys(clock.case for clock, _pathway, _due in asked))
    states = case_states.case_states(Sql.of(reader.session.connection()), cases) if cases else {}
    facts = {case: facts_of(state, reader.today) for case, state in states.items()}
    said = {(c.case, c.key): _said(pathway, c, due, facts.get(c.case, {})) for c, pathway, due in asked}
    return {clock: words for clock, words in said.items() if words is not None}


def _said(pathway: Pathway, clock: ClockOfCase, due: Due, facts: Mapping[str, bool]) -> Words | None:
    return waits_words(clock_waits(pathway, clock.key.partition("/")[0], due, facts))


def _known_due(
    reader: Reader, clock: ClockOfCase, known: dict[tuple[str, str], tuple[tuple[Pathway, Due], ...]]
) -> tuple[tuple[Pathway, Due], ...]:
    at = clock.kind, clock.key
    if at not in known:
        known[at] = tuple(_due(reader, clock))
    return known[at]


def _due(reader: Reader, clock: ClockOfCase) -> Iterable[tuple[Pathway, Due]]:
    """The clock as its road has it, where a guard may stand before it; of most clocks none can."""
    pathway = reader.rulebook.pathways.get(clock.kind)
    step, rule, since = (*clock.key.split("/"), "", "")[:3]
    stage = dict(pathway.every_stage()).get(step) if pathway else None
    if pathway is None or stage is None:
        return ()
    guarded = {one for guard in pathway.guards for one in guard.steps}
    dues = (due for due in stage.due if (due.rule, due.since) == (rule, since))
    return tuple((pathway, due) for due in dues if guarded.intersection(steps_before(stage, step, due, {})))
