"""Helpline calls: their shares, their hours, and facts that agree with each other."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from kzcase.demo import calls
from kzcase.demo.calls import generate_calls
from tests.demo.rules import Bookkeeper

TODAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def logged() -> list[dict[str, Any]]:
    return list(generate_calls(2, 12_000, TODAY))


def test_calls_can_be_logged_with_shipped_codes(logged: list[dict[str, Any]]) -> None:
    assert Bookkeeper().take(logged).wrong == []


def test_ninety_six_of_a_hundred_are_information_and_one_is_referred(logged: list[dict[str, Any]]) -> None:
    outcomes = Counter(call["outcome"] for call in logged)
    assert sum(outcomes[code] for code in calls.INFORMATION) / len(logged) == pytest.approx(0.96, abs=0.008)
    assert outcomes["out_referred"] / len(logged) == pytest.approx(0.01, abs=0.004)
    assert sum(calls.OUTCOME.values()) == pytest.approx(1)


def test_every_list_of_outcomes_topics_and_channels_is_used(logged: list[dict[str, Any]]) -> None:
    assert {call["channel"] for call in logged} == set(calls.CHANNEL)
    assert {call["outcome"] for call in logged} == set(calls.OUTCOME)
    assert {call["caller"] for call in logged} == set(calls.CALLER)
    assert {call["language"] for call in logged} == set(calls.LANGUAGE)


def test_the_line_is_open_day_and_night(logged: list[dict[str, Any]]) -> None:
    hours = Counter(datetime.fromisoformat(call["started_at"]).hour for call in logged)
    assert set(hours) == set(range(24))
    assert hours[10] > 5 * hours[3]


def test_no_call_lies_ahead_and_days_are_in_order(logged: list[dict[str, Any]]) -> None:
    moments = [datetime.fromisoformat(call["started_at"]) for call in logged]
    assert max(moment.date() for moment in moments) < TODAY
    assert [m.date() for m in moments] == sorted(m.date() for m in moments)
    assert {moment.utcoffset() for moment in moments} == {timedelta(hours=5)}


def disagreeing(logged: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Calls whose facts contradict each other."""
    return [
        call
        for call in logged
        if ("phone" in call and call["anonymous"])
        or (call["caller"] == "caller_anonymous" and not call["anonymous"])
        or ({"silent", "hoax"}.intersection(call["topics"]) and call["outcome"] != "out_cut")
        or (call["outcome"] == "out_emergency" and call.get("danger") != "yes")
        or len(set(call["topics"])) != len(call["topics"])
    ]


def test_the_facts_of_a_call_agree(logged: list[dict[str, Any]]) -> None:
    assert disagreeing(logged) == []


def test_a_call_that_contradicts_itself_is_noticed(logged: list[dict[str, Any]]) -> None:
    """Canary: an anonymous caller whose number was written down."""
    assert disagreeing([call | {"anonymous": True} for call in logged])


def test_the_same_seed_gives_the_same_calls() -> None:
    assert list(generate_calls(2, 100, TODAY)) == list(generate_calls(2, 100, TODAY))
    assert list(generate_calls(3, 100, TODAY)) != list(generate_calls(2, 100, TODAY))
