"""The timeline of one case, as the asker may see it: each expectation in words, with its days and its rule."""

from kzcase.db.reader import Reader
from kzcase.domain.case_facts import FACT_KINDS
from kzcase.domain.case_state import days_of, facts_of
from kzcase.domain.deadlines_explained import explain
from kzcase.domain.pathways import Pathway
from kzcase.domain.pathways_clocks import clock_name
from kzcase.domain.pathways_facts import FACTS
from kzcase.domain.permissions import Sight
from kzcase.domain.teamwork import ExpectedRow
from kzcase.domain.timelines import Expected, timeline
from kzcase.i18n import Language, Words, _
from kzcase.queries.case_states import case_of, pathway_of, state_of
from kzcase.queries.roads import step_words


def case_timeline(reader: Reader, reference: str, language: Language) -> tuple[ExpectedRow, ...]:
    """What the road of a case expects and by when; nothing for a kind this version has no road for."""
    case = case_of(reader, reference)
    pathway = pathway_of(reader, case)
    if pathway is None:
        return ()
    state, rules = state_of(reader, case), reader.rulebook
    facts, days = facts_of(state, reader.today), days_of(state)
    found = timeline(pathway, facts, days, rules.deadlines, rules.calendar, reader.now, rules.with_leave)
    return tuple(_row(reader, pathway, each, language) for each in found)


def _row(reader: Reader, pathway: Pathway, each: Expected, language: Language) -> ExpectedRow:
    clock, rules = each.clock, reader.rulebook
    deadline = clock.found if clock else None
    event = _event(reader, each.due.since)
    explained = explain(deadline, rules.calendar, rules.list("day_off"), language, event) if deadline else ()
    return ExpectedRow(
        step=each.step,
        what=_what(reader, pathway, each),
        state=each.state,
        since=None if clock else _after(reader, each.due.since or each.due.on),
        last_day=clock.last_day if clock else None,
        moment=deadline.moment if deadline else None,
        done_on=each.done_on,
        doubtful=bool(deadline and deadline.rule.doubtful),
        explained=explained,
    )


def _what(reader: Reader, pathway: Pathway, each: Expected) -> Words:
    """By its rule where it is counted, else by the stage it leads to."""
    if each.clock is not None and each.clock.found is not None:
        return clock_name(pathway, each.step, each.clock.found.rule)
    known = [rule for rule in reader.rulebook.deadlines.versions if rule.id == each.due.rule]
    return clock_name(pathway, each.step, known[-1]) if known else step_words(pathway, each.step)


def _after(reader: Reader, fact: str) -> Words:
    """What sets it off, where the asker may see that fact."""
    event = _event(reader, fact)
    return _("after: {fact}", fact=event) if event is not None else _("not yet set off")


def _event(reader: Reader, fact: str) -> Words | None:
    """The fact that sets something off, where the asker may see it."""
    kind = FACT_KINDS.get(fact)
    seen = fact in FACTS and (kind is None or reader.sight(kind.field_class) is Sight.SHOW)
    return FACTS[fact] if seen else None
