"""The timeline of a case: done, done late, late, running and still to come, read off the pathway's own clocks."""

from datetime import date

import pytest

from kzcase.db.rulebook import baseline
from kzcase.domain import timelines
from kzcase.domain.pathways import reached_stages
from kzcase.domain.timelines import Expectation, Expected, timeline

OPENED = date(2026, 3, 2)
DAYS = {"opened": OPENED, "screened": date(2026, 3, 2), "identified": date(2026, 3, 10), "planned": date(2026, 3, 12)}


def found(today: date = date(2026, 3, 11), **facts: date | bool) -> dict[str, Expected]:
    rules = baseline()
    known = dict.fromkeys(facts, True)
    days = {name: day for name, day in facts.items() if isinstance(day, date) and not isinstance(day, bool)}
    rows = timeline(
        rules.pathways["trafficking"], {"opened": True, **known}, days, rules.deadlines, rules.calendar, today
    )
    return {f"{each.step}:{each.due.rule or each.due.on}": each for each in rows}


def test_what_nothing_has_set_off_yet_is_still_to_come_and_has_no_day() -> None:
    each = found(opened=OPENED)["plan:plan_after_identification"]
    assert (each.state, each.clock) == (Expectation.COMING, None)


def test_it_runs_from_its_fact_and_is_late_after_its_last_day() -> None:
    running = found(opened=OPENED, identified=DAYS["identified"])["plan:plan_after_identification"]
    assert running.state is Expectation.RUNNING
    last = running.clock.last_day if running.clock else None
    assert last is not None
    assert last > DAYS["identified"]
    later = found(date(2026, 6, 1), opened=OPENED, identified=DAYS["identified"])["plan:plan_after_identification"]
    assert later.state is Expectation.LATE


@pytest.mark.parametrize(("planned", "state"), [(date(2026, 3, 11), "done"), (date(2026, 6, 1), "done_late")])
def test_it_is_done_in_time_or_late_by_the_day_of_its_fact(planned: date, state: str) -> None:
    facts = {"opened": OPENED, "identified": DAYS["identified"], "consented": OPENED, "rights_explained": OPENED}
    facts["planned"] = planned
    each = found(date(2026, 6, 2), **facts)["plan:plan_after_identification"]
    assert (each.state, each.done_on) == (state, planned)
    unexplained = {fact: day for fact, day in facts.items() if fact != "rights_explained"}
    waits = found(date(2026, 6, 2), **unexplained)["plan:plan_after_identification"]
    assert waits.state is Expectation.LATE, "a plan that does not count yet stops no clock"


def test_of_a_closed_case_only_what_was_done_is_left() -> None:
    facts = {"opened": OPENED, "identified": DAYS["identified"], "closed": date(2026, 3, 20)}
    states = {each.state for each in found(**facts).values()}
    assert states <= {Expectation.DONE, Expectation.DONE_LATE}


def test_every_clock_of_every_pathway_is_on_the_timeline() -> None:
    """Canary: one that a pathway declares and the timeline forgets."""
    rules = baseline()
    for pathway in rules.pathways.values():
        facts = {"opened": True, **{fact: True for track in pathway.tracks for fact in track.when}}
        rows = timeline(pathway, facts, {"opened": OPENED}, rules.deadlines, rules.calendar, OPENED)
        declared = [due for _step, stage in pathway.every_stage() for due in stage.due]
        reached = reached_stages(pathway, facts)
        over = [
            due
            for step, stage in pathway.every_stage()
            for due in stage.due
            if timelines.stopped(due, facts, reached=step in reached)
        ]
        never = [due for due in over if not facts.get(due.since or due.on)]
        assert len(rows) == len(declared) - len(never)
