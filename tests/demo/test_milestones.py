"""Generated cases stand all along their roads: facts come in their order, by day, and a case is nowhere twice."""

from collections import Counter
from datetime import date
from random import Random
from typing import Any

import pytest

from kzcase.demo.casebook import generate_casebook
from kzcase.demo.milestones import milestones
from kzcase.demo.people import cases

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def stated() -> dict[str, list[dict[str, Any]]]:
    """What was stated of every case, in order."""
    chance, people = Random(5), Random(6)
    return {case.ref: list(milestones(chance, case, TODAY)) for case in cases(people, 300, TODAY)}


def test_facts_come_one_after_the_other_and_never_tomorrow(stated: dict[str, list[dict[str, Any]]]) -> None:
    for ref, acts in stated.items():
        days = [act["on"] for act in acts]
        assert days == sorted(days)
        assert not days or days[-1] <= TODAY.isoformat()
        assert all(act["case"] == {"$ref": ref} for act in acts)
        assert max(Counter(act["fact"] for act in acts).values(), default=1) == 1


def test_cases_stand_at_every_place_of_the_road(stated: dict[str, list[dict[str, Any]]]) -> None:
    last = Counter(acts[-1]["fact"] if acts else "" for acts in stated.values())
    assert {"", "safe", "served", "path_chosen", "status_known", "rights_explained"} <= last.keys()
    assert max(last.values()) < 0.6 * len(stated)


def test_the_grounds_are_found_only_after_a_supervisor_confirmed_them(stated: dict[str, list[dict[str, Any]]]) -> None:
    for acts in stated.values():
        facts = [act["fact"] for act in acts]
        assert "grounds_found" not in facts or facts.index("supervisor_confirmed") < facts.index("grounds_found")


def test_a_generated_casebook_says_them_after_the_opening() -> None:
    acts = list(generate_casebook(4, 40, TODAY, calls=0))
    opened = {act["ref"]: place for place, act in enumerate(acts) if act["act"] == "case.opened"}
    facts = [(place, act) for place, act in enumerate(acts) if act["act"] in ("fact.stated", "fact.confirmed")]
    assert len(facts) > len(opened)
    assert all(opened[act["case"]["$ref"]] < place for place, act in facts)
