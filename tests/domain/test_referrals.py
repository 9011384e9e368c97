"""How a referral stands after its steps: the same on every laptop, and what was taken back stays taken back."""

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzcase.db.rulebook import baseline
from kzcase.domain.codes import Code
from kzcase.domain.referrals import TAKEN_BACK, Standing, Step, may_follow, next_look, standing

STATES = baseline().codes["referral_state"]
SENT = Step("sent", date(2026, 11, 1), "", date(2026, 11, 11))


def at(day: int, state: str, next_day: int = 0, said: str = "1") -> Step:
    return Step(state, date(2026, 11, day), said, date(2026, 11, next_day) if next_day else None, f"{day}{state}")


def stands(*steps: Step):
    return standing(SENT, steps, STATES, date(2026, 11, 11))


def test_the_last_state_holds_in_whatever_order_laptops_met() -> None:
    steps = (at(3, "received", 13), at(5, "accepted", 19), at(4, "", 9))
    found = {stands(*order) for order in permutations(steps)}
    assert len(found) == 1
    (one,) = found
    assert (one.state, one.due, one.chased, one.ended) == ("accepted", date(2026, 11, 19), 1, False)


@pytest.mark.parametrize("state", sorted(TAKEN_BACK))
def test_what_was_taken_back_stays_so_although_another_laptop_wrote_later(state: str) -> None:
    found = stands(at(6, state), at(9, "accepted", 23))
    assert (found.state, found.ended, found.due) == (state, True, None)


def test_a_chase_moves_the_day_and_ends_nothing() -> None:
    found = stands(at(12, "", 17), at(17, "", 22))
    assert (found.state, found.due, found.chased) == ("sent", date(2026, 11, 22), 2)
    assert found.overdue(date(2026, 11, 23))
    assert not found.overdue(date(2026, 11, 22))


def test_every_state_ends_or_has_a_day_to_look_again() -> None:
    """A referral never ends without a recorded outcome, nor waits without a day on which it becomes overdue."""
    for code in STATES:
        ends, again = bool(code.attribute("ends")), next_look(code.code, date(2026, 11, 1), STATES)
        assert code.code == "draft" or ends is (again is None)


Told = tuple[str, int, int, bool]
"""A state or a chase, days after the one before, days until the next look, and whether the other laptop wrote it."""
CODES = ["", *(each.code for each in STATES)]
WALKS = st.lists(
    st.tuples(
        st.sampled_from(["", *(code.code for code in STATES)]), st.integers(0, 9), st.integers(0, 20), st.booleans()
    ),
    max_size=9,
)


def walked(told: list[Told], reply_by: date | None = SENT.next_on) -> tuple[Standing, set[str]]:
    """How a referral stands after two laptops wrote, each by what it knew, and met; and what either wrote."""
    day, known = SENT.on, {False: [SENT], True: [SENT]}
    for number, (state, later, again, other) in enumerate(told):
        day += timedelta(days=later)
        before = standing(SENT, known[other][1:], STATES, reply_by)
        if before.ended if not state else not may_follow(before.state, state, STATES):
            continue
        next_on = next_look(state, day, STATES) if state else day + timedelta(days=again)
        known[other].append(Step(state, day, f"{number:03}", next_on, str(number)))
    met = standing(SENT, {*known[False][1:], *known[True][1:]}, STATES, reply_by)
    return met, {step.state for step in (*known[False], *known[True]) if step.state}


def stands_well(met: Standing, written: set[str]) -> bool:
    """It ended with an outcome that somebody wrote, or waits with a day after which it is overdue."""
    waits = not met.ended and met.due is not None and met.overdue(met.due + timedelta(days=1))
    ended = met.ended and met.due is None and bool(STATES[met.state].attribute("ends"))
    return met.state in written and (waits or ended)


@settings(max_examples=50)
@given(told=WALKS)
def test_no_walk_ends_without_an_outcome_or_waits_without_a_day(told: list[Told]) -> None:
    assert stands_well(*walked(told))


def test_a_state_without_a_day_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The canary: a list whose state waits and says nothing of when to look again."""
    walk: list[Told] = [("accepted", 2, 0, False)]
    assert stands_well(*walked(walk, None))
    said = Code.attribute
    monkeypatch.setattr(Code, "attribute", lambda code, name: "" if name == "days" else said(code, name))
    assert not stands_well(*walked(walk, None))


def test_an_appointment_is_looked_at_the_day_after() -> None:
    again = next_look("appointment", date(2026, 11, 1), STATES, appointment=date(2026, 12, 4))
    assert again == date(2026, 12, 5)


def test_what_may_follow() -> None:
    assert may_follow("sent", "received", STATES)
    assert may_follow("expired", "accepted", STATES), "a late reply is a reply"
    assert not may_follow("withdrawn", "accepted", STATES)
    assert not may_follow("revoked", "sent", STATES)
    assert not may_follow("draft", "accepted", STATES)
    assert not may_follow("sent", "nonsense", STATES)


def test_every_state_names_states_there_are() -> None:
    for code in STATES:
        assert all(before in STATES for before in code.attribute("after").split())
    outcomes = baseline().codes["referral_outcome"]
    assert all(code.attribute("state") in STATES for code in outcomes)
