"""The clocks of a case: what starts them, what stops them, and what is not known yet."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from kzcase.domain.case_state import CaseState, Statement, days_of, facts_of
from kzcase.domain.deadlines import DeadlineRules, read_rules
from kzcase.domain.errors import OtherRuleHolds
from kzcase.domain.pathways import Due, Pathway
from kzcase.domain.pathways_clocks import Clock, clock_name, clocks
from kzcase.domain.permissions import Permission
from kzcase.i18n import KAZAKHSTAN, LANGUAGES, render
from tests.domain.roads import KINDS, SHIPPED
from tests.domain.shipped import calendar, text

RULES: DeadlineRules = read_rules(tomllib.loads(text("rules", "deadlines.toml")))
DAY = date(2026, 11, 2)
FRIDAY_NIGHT = datetime(2026, 3, 20, 22, 30, tzinfo=KAZAKHSTAN)


def running(kind: str, facts: str, **days: date) -> dict[str, Clock]:
    found = clocks(SHIPPED[kind], dict.fromkeys(facts.split(), True), days, RULES, calendar())
    return {f"{clock.step} {clock.due.rule}".strip(): clock for clock in found}


def test_a_clock_of_liberty_runs_through_the_night_the_weekend_and_nauryz() -> None:
    found = running("detention", "opened detained", opened=FRIDAY_NIGHT.date(), detained=FRIDAY_NIGHT)
    day = found["detained detention_check_24"].found
    assert day is not None
    assert day.moment == FRIDAY_NIGHT + timedelta(hours=24)
    three = found["detained detention_check_72"].found
    assert three is not None
    assert (three.moment, three.due) == (FRIDAY_NIGHT + timedelta(hours=72), date(2026, 3, 23))
    soon = found["lawyer detention_lawyer"].found
    assert soon is not None
    assert soon.moment == FRIDAY_NIGHT + timedelta(hours=1)


def test_release_stops_the_clocks_of_detention() -> None:
    before = running("detention", "opened detained", detained=FRIDAY_NIGHT)
    after = running("detention", "opened detained released", detained=FRIDAY_NIGHT)
    assert "detained detention_check_48" in before
    assert not any(key.startswith("detained ") for key in after)


def test_a_clock_whose_day_is_not_known_names_it() -> None:
    clock = running("asylum", "opened danger_learnt")["contact asylum_application"]
    assert (clock.missing, clock.last_day) == ("danger_learnt", None)


def test_a_clock_stops_when_its_stage_is_reached() -> None:
    assert "screening same_day" in running("trafficking", "opened safe", safe=date(2026, 11, 2))
    assert "screening same_day" not in running("trafficking", "opened safe screened", safe=date(2026, 11, 2))


@pytest.mark.parametrize("kind", ["trafficking", "stranded"])
def test_on_the_first_day_only_safety_is_due_and_the_screening_follows_it(kind: str) -> None:
    first, after = (running(kind, facts, opened=DAY, safe=DAY) for facts in ("opened", "opened safe"))
    assert any(key.endswith("safety_hour") for key in first)
    assert not any("screen" in clock.step for clock in first.values())
    assert any("screen" in clock.step for clock in after.values())


def asks_for_police(pathways: Mapping[str, Pathway]) -> set[str]:
    """Kinds of case in which a clock to tell the police runs although nobody agreed and no life is in danger."""
    dues = ((kind, due) for kind, road in pathways.items() for _step, stage in road.every_stage() for due in stage.due)
    return {kind for kind, due in dues if due.done == "crime_reported" and due.since != "police_consented"}


def test_no_clock_asks_to_tell_the_police_without_consent_or_danger() -> None:
    assert not asks_for_police(SHIPPED)
    assert "signal police_by_consent" in running("trafficking", "opened police_consented", police_consented=DAY)


def test_canary_a_clock_that_runs_from_the_opening_is_noticed() -> None:
    road = SHIPPED["trafficking"]
    first = replace(road.stages[0], due=(Due(rule="crime_signal", since="opened", done="crime_reported"),))
    assert asks_for_police({"trafficking": replace(road, stages=(first, *road.stages[1:]))}) == {"trafficking"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_danger_to_life_has_an_hour_until_it_is_decided(kind: str) -> None:
    found = running(kind, "opened danger_to_life", opened=DAY, danger_to_life=FRIDAY_NIGHT)
    (clock,) = (clock.found for clock in found.values() if clock.due.rule == "police_in_danger" and clock.found)
    assert clock.moment == FRIDAY_NIGHT + timedelta(hours=1)
    decided = running(kind, "opened danger_to_life report_decided", danger_to_life=FRIDAY_NIGHT)
    assert not any(clock.due.rule == "police_in_danger" for clock in decided.values())


@pytest.mark.parametrize("fact", ["crime_reported", "report_made", "report_declined"])
def test_a_report_is_decided_by_each_way_of_deciding_it(fact: str) -> None:
    right = Permission.CONFIRM_FACTS if fact == "report_declined" else Permission.WORK_ON_CASES
    said = Statement(id=b"1", fact=fact, by=b"a", at="1", day="2026-03-20", right=right)
    state = CaseState(statements=(said,))
    assert facts_of(state)["report_decided"]
    assert days_of(state)["report_decided"] == date(2026, 3, 20)
    assert not facts_of(CaseState())["report_decided"]


def test_each_follow_up_has_its_own_clock() -> None:
    begun = date(2026, 1, 31)
    found = running("trafficking", "opened reintegrating followed_up", reintegrating=begun)
    due = [(key, clock.last_day) for key, clock in found.items() if "follow_up_" in key]
    assert due == [
        ("follow_up follow_up_3", date(2026, 4, 30)),
        ("follow_up follow_up_6", date(2026, 7, 31)),
        ("follow_up follow_up_12", date(2027, 1, 31)),
    ]


def test_the_last_day_of_an_appeal_is_told_by_the_letter() -> None:
    found = running("stateless", "opened refused appeal_day_known", appeal_day_known=date(2026, 12, 9))
    clock = found["refused"]
    assert (clock.told, clock.found) == (date(2026, 12, 9), None)
    assert "refused" not in running("stateless", "opened refused decided appeal_day_known")


def test_a_rule_that_held_before_or_after_says_which_one_does() -> None:
    found = running("stranded", "opened is_foreigner entered", entered=date(2026, 3, 5))
    refused = found["stay.unchecked registration_2026"].refused
    assert isinstance(refused, OtherRuleHolds)
    assert found["stay.unchecked host_notice"].last_day == date(2026, 3, 11)


def test_a_track_that_is_not_about_the_case_has_no_clocks() -> None:
    known = {"opened": True, "entered": True, "is_foreigner": False}
    found = clocks(SHIPPED["stranded"], known, {"entered": date(2026, 3, 5)}, RULES, calendar())
    assert not any(clock.step.startswith("stay.") for clock in found)


@pytest.mark.parametrize("kind", KINDS)
def test_a_closed_case_has_no_clocks_and_a_reopened_one_has(kind: str) -> None:
    assert not running(kind, "opened closed detained danger_learnt consented")
    assert running(kind, "opened closed reopened detained danger_learnt consented")


def test_the_earliest_comes_first_and_the_unknown_last() -> None:
    known = dict.fromkeys(("opened", "planned", "born"), True)
    days = {"opened": date(2026, 5, 4), "planned": date(2026, 5, 5)}
    last = [clock.last_day for clock in clocks(SHIPPED["child"], known, days, RULES, calendar())]
    assert last == sorted(last, key=lambda day: day or date.max)
    assert last[-1] is None


def test_a_birthday_reminds_before_it() -> None:
    clock = running("child", "opened born", born=date(2010, 2, 28))["found adulthood"]
    assert clock.found is not None
    assert clock.found.due == date(2028, 2, 28)
    assert [(clock.found.due - day).days for day in clock.found.reminders] == [180, 90, 30]


def of_one_name(kind: str, rules: DeadlineRules) -> set[str]:
    """The names that two clocks of a case would share."""
    pathway, called = SHIPPED[kind], {rule.id: rule for rule in rules.versions}
    dues = [(step, called[due.rule]) for step, stage in pathway.every_stage() for due in stage.due if due.rule]
    named = [(language, render(clock_name(pathway, *due), language)) for due in dues for language in LANGUAGES]
    return {each[1] for each in named if named.count(each) > 1}


@pytest.mark.parametrize("kind", KINDS)
def test_two_clocks_of_a_case_never_share_a_name(kind: str) -> None:
    assert not of_one_name(kind, RULES)


def test_two_clocks_of_one_name_are_noticed() -> None:
    check = next(rule for rule in RULES.versions if rule.id == "detention_check_72")
    same = tuple(replace(rule, ru=check.ru) if rule.id == "detention_court" else rule for rule in RULES.versions)
    assert of_one_name("detention", replace(RULES, versions=same)) == {check.ru}
