"""Every guard of every pathway blocks each of its steps, and opens when what it needs is there."""

from dataclasses import replace

import pytest

from kzcase.domain.pathways import FACTS, Guard, Pathway, held_back
from kzcase.domain.pathways_facts import STEPS
from tests.domain.roads import SHIPPED

CASES = [
    pytest.param(road, guard, step, id=f"{kind}-{guard.id}-{step}")
    for kind, road in SHIPPED.items()
    for guard in road.guards
    for step in guard.steps
    if step in STEPS or step in dict(road.every_stage())
]


def alone(road: Pathway, guard: Guard) -> Pathway:
    """The pathway with this guard as its only one."""
    return replace(road, guards=(guard,))


def opened(guard: Guard) -> dict[str, bool]:
    """Facts about which the guard speaks, and all that it needs."""
    return dict.fromkeys((*guard.when, *guard.needs, *guard.any[:1]), True)


@pytest.mark.parametrize(("road", "guard", "step"), CASES)
def test_a_guard_blocks_until_the_last_thing_it_needs_is_there(road: Pathway, guard: Guard, step: str) -> None:
    facts = opened(guard)
    for need in (*guard.needs, *guard.any[:1]):
        (held,) = held_back(alone(road, guard), step, {**facts, need: False})
        assert need in held.missing
        unknown = {fact: known for fact, known in facts.items() if fact != need}
        if need not in guard.when:
            assert held_back(alone(road, guard), step, unknown), "what nobody knows does not open the way"
    forbidden = not guard.needs and not guard.any
    assert bool(held_back(alone(road, guard), step, facts)) == forbidden
    assert not forbidden or guard.when


@pytest.mark.parametrize(("road", "guard", "step"), CASES)
def test_canary_without_the_guard_nothing_is_said_of_it(road: Pathway, guard: Guard, step: str) -> None:
    facts = dict.fromkeys(guard.when, True)
    assert guard in [held.guard for held in held_back(road, step, facts)]
    without = replace(road, guards=tuple(other for other in road.guards if other != guard))
    assert guard not in [held.guard for held in held_back(without, step, facts)]


@pytest.mark.parametrize(("road", "guard", "step"), [c for c in CASES if c.values[1].when or c.values[1].unless])  # type: ignore[union-attr]
def test_a_guard_is_silent_where_it_is_not_about_the_case(road: Pathway, guard: Guard, step: str) -> None:
    for fact in guard.when:
        about = dict.fromkeys(guard.when, True) | {fact: False}
        assert not held_back(alone(road, guard), step, about)
    for fact in guard.unless:
        assert not held_back(alone(road, guard), step, dict.fromkeys((*guard.when, fact), True))


@pytest.mark.parametrize("road", SHIPPED.values(), ids=SHIPPED)
@pytest.mark.parametrize(
    "step", ["consulate_letter", "tracing_abroad", "inquiry_abroad", "transfer_abroad", "return_home"]
)
def test_fear_closes_every_way_home_for_everyone(road: Pathway, step: str) -> None:
    wished = dict.fromkeys(("return_wished", "return_assessed"), True)
    assert held_back(road, step, wished), "unknown blocks"
    assert held_back(road, step, wished | {"no_fear": False, "fear_stated": True}), "yes blocks"
    assert held_back(road, step, wished | {"no_fear": True, "fear_stated": True}), "two answers: the graver one counts"
    assert not held_back(road, step, wished | {"no_fear": True})
    assert not held_back(road, step, wished | {"fear_stated": True, "lawyer_cleared": True})


@pytest.mark.parametrize("road", SHIPPED.values(), ids=SHIPPED)
def test_a_child_is_never_handed_over_on_less_than_three_proofs(road: Pathway) -> None:
    proofs = ("kinship_proved", "home_checked", "second_person")
    for absent in proofs:
        assert held_back(road, "child_handover", {proof: proof != absent for proof in proofs})
    assert not held_back(road, "child_handover", dict.fromkeys(proofs, True))


@pytest.mark.parametrize("road", SHIPPED.values(), ids=SHIPPED)
def test_a_possible_duty_to_report_must_be_decided_before_closing(road: Pathway) -> None:
    ready = dict.fromkeys(("closing_summary", "feedback_asked", "closing_reason", "tasks_done", "screened"), True)
    assert not held_back(road, "close_case", ready)
    duty = ready | {"duty_to_report": True, "client_told_of_report": True}
    assert [held.guard.id for held in held_back(road, "close_case", duty)] == ["report_undecided"]
    assert not held_back(road, "close_case", duty | {"report_declined": True})


@pytest.mark.parametrize("step", sorted(STEPS))
def test_every_risky_step_has_a_guard(step: str) -> None:
    assert any(step in guard.steps for road in SHIPPED.values() for guard in road.guards)


WAYS_HOME = ("consulate_letter", "tracing_abroad", "inquiry_abroad", "transfer_abroad", "return_home")


@pytest.mark.parametrize("road", SHIPPED.values(), ids=SHIPPED)
def test_nothing_else_opens_the_way_home_or_hands_over_a_child(road: Pathway) -> None:
    """Every other fact of the trade together, consent included, does not stand for the one that is missing."""
    everything = dict.fromkeys(FACTS, True)
    unasked = everything | {"no_fear": False, "lawyer_cleared": False}
    assert all("fear_not_asked" in {held.guard.id for held in held_back(road, step, unasked)} for step in WAYS_HOME)
    for proof in ("kinship_proved", "home_checked", "second_person"):
        assert held_back(road, "child_handover", everything | {proof: False})
