"""Facts entered in any order and with gaps carry no case past a guard: neither at the door nor on the road."""

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Final

import pytest

from kzcase.domain import pathways
from kzcase.domain.pathways import Pathway, Stage, Standing, entered_with, held_back, standing
from kzcase.domain.pathways_facts import OWN_STEPS
from tests.domain.roads import KINDS, SHIPPED

ROUNDS: Final = 12
GROUNDS: Final = "supervisor_confirmed|identified|recognised_in_case"
NEEDED: Final[Mapping[str, Mapping[str, str]]] = {
    "trafficking": {
        "potential": f"screened {GROUNDS}",
        "identification": f"interviewer_chosen primary_info_kept {GROUNDS}",
        "plan": f"consented rights_explained planned {GROUNDS}",
        "services": f"consented rights_explained planned served|referred {GROUNDS}",
        "reintegration": f"planned rights_explained {GROUNDS}",
        "follow_up": f"planned rights_explained {GROUNDS}",
    },
    "child": {
        "placed": "placement_basis",
        "assessment": "safe child_heard",
        "plan": "assessed child_heard",
        "services": "planned child_heard served|referred",
        "tracing": "no_fear|lawyer_cleared@tracing",
        "return_decision": "child_heard best_interests",
        "family": "kinship_proved home_checked second_person",
        "returned": "return_decided best_interests child_heard kinship_proved home_checked second_person",
        "stays": "return_decided best_interests child_heard",
        "adult": "leaving_care_planned",
    },
    "stateless": {
        "path_chosen": "evidence_gathered legal_path_signed",
        "filed": "legal_path_signed visibility_weighed no_fear|lawyer_cleared@filed",
        "inquiry_abroad": "filed no_fear|lawyer_cleared@inquiry_abroad|lawyer_cleared@filed",
    },
    "missing": {
        "police_report": "enquirer_vetted",
        "rfl_request": "enquirer_vetted sharing_consented",
        "searching": "own_records_searched enquirer_vetted",
        "not_found": "own_records_searched enquirer_vetted",
        "contact_restored": "enquirer_vetted found_agreed|found_dead",
    },
    "stranded": {
        "wage_claim": "consented",
        "exit_plan": "screened stay_checked",
        "follow_up": "screened",
    },
    "asylum": {
        "application": "confidentiality_told consented",
        "certificate": "asylum_sought confidentiality_told consented",
    },
    "detention": {"safeguard": "consented"},
}
"""Written by hand from what the trade asks for: where a case stands, all of these are true (one of those with |)."""
BESIDE: Final[Mapping[str, str]] = {
    "criminal.reported": "police_consented|danger_to_life|is_child",
    "return.prepared": "return_wished return_assessed no_fear|lawyer_cleared@return.prepared",
    "return.returned": "return_wished return_assessed no_fear|lawyer_cleared@return.returned",
    "return.received": "returned return_wished return_assessed",
}
"""The same for tracks, on whatever road."""
CLEARED: Final = ("filed", "inquiry_abroad", "tracing", "return.prepared", "return.returned")


def every_fact(road: Pathway) -> list[str]:
    stages = (stage for _address, stage in road.every_stage())
    facts = {fact for stage in stages for fact in (*stage.when, *stage.any, *stage.unless)}
    facts |= {fact for guard in road.guards for fact in (*guard.when, *guard.needs, *guard.any, *guard.unless)}
    return sorted(facts - {"lawyer_cleared", "closed", "reopened", "suspended", "closing_begun", "anonymised"})


def stands_without(needed: str, facts: Mapping[str, bool]) -> list[str]:
    return [each for each in needed.split() if not any(facts.get(one) for one in each.split("|"))]


def wrong(road: Pathway, found: Standing, facts: Mapping[str, bool]) -> set[str]:
    """Where the case stands although something is missing that the trade asks for before it."""
    known = {**NEEDED[road.id], **BESIDE}
    passed = {f"{each.track}.{at.stage}" if each.track else at.stage for each in found.all for at in each.passed}
    return {address for address in passed & set(known) if stands_without(known[address], facts)}


def shuffled(road: Pathway, dice: Random) -> list[str]:
    """The facts in an order of chance, with gaps; sometimes all but one, so that single gaps are met often."""
    facts = [*every_fact(road), *(f"lawyer_cleared@{step}" for step in CLEARED if dice.random() < 0.3)]
    gaps = 1 if dice.random() < 0.5 else dice.randrange(len(facts))
    return dice.sample(facts, len(facts) - gaps)


def walked(road: Pathway, seed: int, *, doors: bool) -> set[str]:
    """Enter facts one by one, through the doors that own steps have or past them, and look after each."""
    dice, facts, found = Random(seed), {"opened": True}, set[str]()
    for fact in shuffled(road, dice):
        through = doors and fact in OWN_STEPS
        if through and any(held_back(road, step, facts | {fact: True}) for step in entered_with(road, fact, facts)):
            continue
        facts[fact] = True
        found |= wrong(road, standing(road, facts), facts)
        if doors:
            found |= {held.step for each in standing(road, facts).all for held in each.early}
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_no_order_and_no_gap_carries_a_case_past_a_guard(kind: str) -> None:
    assert set().union(*(walked(SHIPPED[kind], seed, doors=False) for seed in range(ROUNDS))) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_own_step_is_held_at_its_door_in_every_order(kind: str) -> None:
    """What came through the doors counts: no step of one's own is let in first and then not counted."""
    late = {"fear_stated", "asylum_sought", "recognised_in_case", "duty_to_report"}  # what closes a way afterwards
    road = replace(SHIPPED[kind], guards=tuple(g for g in SHIPPED[kind].guards if not late & {*g.when}))
    assert set().union(*(walked(road, seed, doors=True) for seed in range(ROUNDS))) == set()


@pytest.mark.parametrize("kind", KINDS)
def test_what_does_not_count_yet_is_said_with_the_missing_fact(kind: str) -> None:
    road = SHIPPED[kind]
    for address, stage in road.every_stage():
        own = next((fact for fact in stage.any if fact in OWN_STEPS), "opened")
        facts = {"opened": True, "is_foreigner": True} | dict.fromkeys((*stage.when, own), True)
        held = held_back(road, address, facts)
        if held and OWN_STEPS.keys() & {*stage.when, own}:
            found = standing(road, facts)
            (position,) = (each for each in found.all if each.track == address.rpartition(".")[0])
            told = {one.guard.id: one.missing for one in position.early if one.step == address}
            assert told == {one.guard.id: one.missing for one in held}
            assert stage.id not in {each.stage for each in position.passed}


def test_what_others_did_is_shown_as_it_happened() -> None:
    facts = {"opened": True, "returned": True, "return_decided": True, "best_interests": True, "child_heard": True}
    ours, theirs = (standing(SHIPPED["child"], facts | more).road for more in ({}, {"returned@without_us": True}))
    assert [each.result.stage if each.result else "" for each in (ours, theirs)] == ["return_decision", "returned"]
    assert {held.guard.id for held in ours.early} == {held.guard.id for held in theirs.happened} == {"handover_stages"}


def test_a_way_that_closes_afterwards_counts_no_longer_and_says_so() -> None:
    facts = dict.fromkeys(("opened", "return_wished", "return_assessed", "no_fear", "return_prepared"), True)
    (before,) = (each for each in standing(SHIPPED["stranded"], facts).tracks if each.track == "return")
    (after,) = (
        each for each in standing(SHIPPED["stranded"], facts | {"fear_stated": True}).tracks if each.track == "return"
    )
    assert before.result
    assert after.result
    assert (before.result.stage, after.result.stage) == ("prepared", "assessed")
    assert {held.guard.id for held in after.early} == {"fear_said"}


def test_the_door_of_a_step_asks_for_its_guards_whatever_else_is_missing() -> None:
    """A form may answer the other step of the same stage later, and forms have no door."""
    assert entered_with(SHIPPED["child"], "planned", {"opened": True}) == ("plan",)
    assert entered_with(SHIPPED["child"], "return_decided", {"opened": True}) == ("return_decision",)
    assert {"returned", "return.returned"} <= set(entered_with(SHIPPED["child"], "returned", {"opened": True}))
    assert entered_with(SHIPPED["trafficking"], "served", {"opened": True}) == ()


# Canaries


def _past(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts count as they come, as if no guard stood on the road."""
    monkeypatch.setattr(pathways, "_counted", lambda road, line, facts: facts)


@pytest.mark.parametrize("kind", KINDS)
def test_canary_facts_that_count_as_they_come_are_caught(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _past(monkeypatch)
    assert set().union(*(walked(SHIPPED[kind], seed, doors=False) for seed in range(ROUNDS)))


def test_canary_a_door_that_asks_only_for_what_is_reached_now_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    def reached_now(road: Pathway, fact: str, facts: Mapping[str, bool]) -> tuple[str, ...]:
        now = {**facts, fact: True}
        return tuple(a for a, stage in road.every_stage() if fact in (*stage.when, *stage.any) and stage.reached(now))

    monkeypatch.setitem(globals(), "entered_with", reached_now)
    found = set().union(*(walked(SHIPPED["trafficking"], seed, doors=True) for seed in range(ROUNDS)))
    assert found


@pytest.mark.parametrize(("kind", "stage"), [("trafficking", "services"), ("child", "services")])
def test_canary_services_without_a_plan_are_caught(kind: str, stage: str) -> None:
    def loose(each: Stage) -> Stage:
        when = tuple(fact for fact in each.when if fact != "planned")
        return replace(each, when=when) if each.id == stage else each

    road = replace(SHIPPED[kind], stages=tuple(map(loose, SHIPPED[kind].stages)))
    assert stage in set().union(*(walked(road, seed, doors=False) for seed in range(ROUNDS)))
