"""Where a case stands, why, what is missing, what has to wait and until when: every part as the asker may see it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.facts import CaseClearance, CaseConfirmation, CaseFact
from kzcase.domain.case_facts import CLEARABLE, FACT_KINDS, FILINGS, FactKind
from kzcase.domain.case_state import days_of, facts_of
from kzcase.domain.deadlines_explained import explain
from kzcase.domain.due import HEARING_FACT, KIND_WORDS, DueKind, hours_left
from kzcase.domain.errors import NotFound
from kzcase.domain.pathways import Held, Pathway, Position, Standing, held_back, standing
from kzcase.domain.pathways_clocks import Clock, clock_name, clock_waits, clocks, waits_words
from kzcase.domain.pathways_explained import called
from kzcase.domain.pathways_facts import FACTS, STEPS
from kzcase.domain.permissions import Permission, Sight
from kzcase.domain.road_rows import HIDDEN, ClockRow, FactWord, HeldRow, RoadRow, StandingRow, StatedRow
from kzcase.i18n import Language, Words, _
from kzcase.queries.case_page import name_of
from kzcase.queries.case_states import case_of, pathway_of, state_of
from kzcase.queries.due import due_of_case

_UNSEEN: Final = FactWord(HIDDEN, _("something you do not see in your role"))
_TABLES: Final[tuple[tuple[Any, Permission], ...]] = (
    (CaseFact, Permission.WORK_ON_CASES),
    (CaseClearance, Permission.CLEAR_STEPS),
    (CaseConfirmation, Permission.CONFIRM_FACTS),
)
_TRIED: Final = _("an attempt to reach the person")
_BESIDE_THE_ROAD: Final = frozenset(
    {DueKind.STAY, DueKind.DOCUMENT, DueKind.RENEWAL, DueKind.ADULTHOOD, DueKind.CONSENT}
)
"""Days of a case that no clock of its road counts, and that stand in no list of tasks."""
DUTY: Final = "duty_to_report"
Say = Callable[[str], FactWord]


def where_it_stands(reader: Reader, reference: str, language: Language) -> StandingRow:
    """The whole answer for one case by number or id; deadlines are explained for a reader of `language`."""
    case = case_of(reader, reference)
    pathway = pathway_of(reader, case)
    if pathway is None:
        raise NotFound(place="case", what=case.kind or "")
    state = state_of(reader, case)
    facts = facts_of(state, reader.today)
    found = standing(pathway, facts, state.forms)
    say, days, rules = _sayer(reader), days_of(state), reader.rulebook
    running = clocks(pathway, facts, days, rules.deadlines, rules.calendar, rules.with_leave)
    risky = (*_undecided(pathway, facts), *(h for step in _risky(facts) for h in held_back(pathway, step, facts)))
    first, offered = _offered(reader, pathway, found, running, risky, facts, say)
    return StandingRow(
        case=case.id.hex(),
        number=case.number or "",
        kind=called(pathway),
        roads=tuple(_road(pathway, position, say) for position in found.all),
        held=tuple(_held(pathway, held, say) for held in risky if case.closed_on is None),
        clocks=tuple(_clock(reader, pathway, clock, facts, language) for clock in running),
        stated=tuple(_stated(reader, case, pathway)),
        offered=offered,
        first=first,
        suspended=bool(facts["suspended"] and not facts["resumed"]),
        days=tuple(row for row in due_of_case(reader, case.id) if row.kind in _BESIDE_THE_ROAD),
        steps={step: step_words(pathway, step) for step in CLEARABLE if _has_step(pathway, step)},
    )


def _undecided(pathway: Pathway, facts: Mapping[str, bool]) -> Iterator[Held]:
    """What the law may want reported demands a decision from the first day, not only when the case is to be closed."""
    if not facts["closing_begun"]:
        yield from (held for held in held_back(pathway, "close_case", facts) if DUTY in held.guard.when)


def _risky(facts: Mapping[str, bool]) -> Iterator[str]:
    """The risky steps that can be about this case now."""
    asked = {
        "child_handover": facts.get("is_child") is not False,
        "urgent_help_child": facts.get("is_child") is not False,
        "close_case": facts["closing_begun"],
        "mark_lost_contact": facts["closing_begun"],
        "anonymise_case": facts["closed"],
        "screening_interview": not facts.get("screened"),
    }
    yield from (step for step in STEPS if asked.get(step, True))


def _sayer(reader: Reader) -> Say:
    def say(fact: str) -> FactWord:
        seen = reader.sight(FACT_KINDS[fact].field_class) is Sight.SHOW
        return FactWord(fact, FACTS[fact]) if seen else _UNSEEN

    return say


def _said(facts: Iterable[str], say: Say) -> tuple[FactWord, ...]:
    """Each once; what the asker does not see is said once for all."""
    return tuple({word.code: word for word in map(say, facts)}.values())


def step_words(pathway: Pathway, step: str) -> Words:
    """What a step or a stage is called."""
    stages = dict(pathway.every_stage())
    return STEPS[step] if step in STEPS else called(stages[step])


def _has_step(pathway: Pathway, step: str) -> bool:
    return step in STEPS or step in dict(pathway.every_stage())


def _road(pathway: Pathway, position: Position, say: Say) -> RoadRow:
    track = pathway.track(position.track)
    name = called(track or pathway)
    if position.result is None:
        unknown = _said(position.unknown, say)
        return RoadRow(id=position.track, name=name, applies=position.applies, missing=unknown)
    stages = {stage.id: stage for stage in (track.stages if track else pathway.stages)}
    result = position.result
    following = stages.get(result.next or "")
    needed = following.when if following else ()
    return RoadRow(
        id=position.track,
        name=name,
        applies=True,
        stage_id=result.stage,
        stage=called(stages[result.stage]),
        reasons=_said(result.reasons, say),
        next_id=result.next or "",
        next=called(following) if following else None,
        missing=_said((fact for fact in result.missing if fact in needed), say),
        one_of=_said((fact for fact in result.missing if fact not in needed), say),
        held=tuple(_held(pathway, held, say) for held in position.held),
        early=tuple(_held(pathway, held, say) for held in position.early),
        happened=tuple(_held(pathway, held, say) for held in position.happened),
        forms=position.forms,
    )


def _held(pathway: Pathway, held: Held, say: Say) -> HeldRow:
    needs = (fact for fact in held.missing if fact in held.guard.needs)
    others = (fact for fact in held.missing if fact not in held.guard.needs)
    step = step_words(pathway, held.step)
    return HeldRow(step, called(held.guard), _said(needs, say), _said(others, say))


def _clock(reader: Reader, pathway: Pathway, clock: Clock, facts: Mapping[str, bool], language: Language) -> ClockRow:
    rules, last, say = reader.rulebook, clock.last_day, _sayer(reader)
    held = waits_words(clock_waits(pathway, clock.step, clock.due, facts))
    if clock.found is None:
        refused = clock.refused.sentence() if clock.refused else None
        waits = say(clock.missing).said if clock.missing else refused
        over = clock.moment < reader.now if clock.moment else _past(reader, last)
        name = KIND_WORDS[DueKind.HEARING] if clock.due.on == HEARING_FACT else step_words(pathway, clock.step)
        return ClockRow(name=name, last_day=last, moment=clock.moment, waits_for=waits, overdue=over)
    explained = explain(clock.found, rules.calendar, rules.list("day_off"), language, say(clock.due.since).said)
    moment = clock.found.moment
    return ClockRow(
        name=clock_name(pathway, clock.step, clock.found.rule),
        last_day=last,
        moment=moment,
        left=hours_left(moment, reader.now) if moment else None,
        overdue=moment < reader.now if moment else _past(reader, last),
        explained=(*((held,) if held else ()), *explained),
    )


def _past(reader: Reader, last: Any) -> bool:
    return last is not None and last < reader.today


def _offered(
    reader: Reader,
    pathway: Pathway,
    found: Standing,
    running: Iterable[Clock],
    risky: Iterable[Held],
    facts: dict[str, bool],
    say: Say,
) -> tuple[int, tuple[FactWord, ...]]:
    """What the asker may state: first what the next stages, the guards and the clocks wait for."""
    used = _of_pathway(pathway)
    waited = dict.fromkeys(
        chain(
            *(held.missing for each in found.all for held in (*each.held, *each.early, *each.happened)),
            *((*each.unknown, *(each.result.missing if each.result else ())) for each in found.all),
            (clock.missing or clock.due.done for clock in running),
            *(held.missing for held in risky),
        )
    )
    now = [fact for fact in waited if fact and _may_state(reader, FACT_KINDS[fact]) and not facts.get(fact)]
    rest = [f for f in FACTS if f not in now and f in used and _may_state(reader, FACT_KINDS[f])]
    return len(now), _said((*now, *rest), say)


def _of_pathway(pathway: Pathway) -> frozenset[str]:
    """Every fact this road, its tracks and its guards ask about."""
    stages = (stage for _id, stage in pathway.every_stage())
    of_stages = chain.from_iterable((*s.when, *s.any, *s.unless, *(d.since or d.on for d in s.due)) for s in stages)
    dues = (due.done for _id, stage in pathway.every_stage() for due in stage.due if due.done)
    guards = chain.from_iterable((*g.when, *g.needs, *g.any, *g.unless) for g in pathway.guards)
    return frozenset(chain(of_stages, dues, guards, (fact for track in pathway.tracks for fact in track.when)))


def _may_state(reader: Reader, kind: FactKind) -> bool:
    seen = reader.sight(kind.field_class) is Sight.SHOW
    return kind.by is not None and seen and reader.may(kind.by)


def _stated(reader: Reader, case: Case, pathway: Pathway) -> Iterator[StatedRow]:
    rows = [(row, right) for table, right in _TABLES for row in _rows(reader, table, case)]
    for row, right in sorted(rows, key=lambda each: (str(each[0].stated_at or ""), each[0].id)):
        kind = FACT_KINDS.get(row.fact or "")
        if kind is None or reader.sight(kind.field_class) is Sight.SHOW:
            yield _statement(reader, row, pathway, may_withdraw=reader.may(right))


def _rows(reader: Reader, table: Any, case: Case) -> list[Any]:
    return list(reader.session.scalars(select(table).where(table.case_id == case.id, table.struck.is_not(True))))


def _statement(reader: Reader, row: Any, pathway: Pathway, *, may_withdraw: bool) -> StatedRow:
    said = FACTS.get(row.fact or "")
    return StatedRow(
        id=row.id.hex(),
        fact=row.fact or "",
        said=said or _TRIED,
        day=row.happened_on,
        missing=row.happened_on_missing,
        moment=row.moment,
        step=_of_step(pathway, row.step) if row.step else None,
        ground=row.ground,
        by=name_of(reader, row.stated_by),
        at=row.stated_at,
        mine_to_withdraw=may_withdraw and row.fact in FACT_KINDS,
        **{name: getattr(row, name, None) for name in ("country", "source", "proof", "addressee", "relatives")},
        **{name: getattr(row, name, None) for name in ("decision", "decided_with")},
    )


def _of_step(pathway: Pathway, step: str) -> Words | None:
    """What a step, or a filing that was weighed, is called."""
    return FACTS[step] if step in FILINGS else step_words(pathway, step) if _has_step(pathway, step) else None
