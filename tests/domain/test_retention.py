"""Terms of retention: dated, sourced, and doubtful until somebody confirms them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from kzcase.db.rulebook import baseline
from kzcase.domain.errors import BrokenDefinition
from kzcase.domain.retention import RetentionRule, RetentionRules, read_retention

CLOSED = date(2020, 2, 29)
RULE: dict[str, Any] = {
    **{"id": "kept", "kind": "child", "kk": "a", "ru": "b", "en": "c", "years": 5},
    **{"source": "own", "checked_on": date(2026, 11, 22)},
}


def test_the_shipped_rules_say_where_they_are_from_and_that_they_are_not_confirmed() -> None:
    rules = baseline().retention.versions
    assert {rule.kind for rule in rules} >= set(baseline().pathways) | {"any"}
    assert all(rule.source and rule.checked_on for rule in rules)
    assert all(rule.doubtful for rule in rules)  # no law gives a number of years
    assert all(len({rule.name("kk"), rule.name("ru"), rule.name("en")}) == 3 for rule in rules)


def test_a_term_is_counted_from_the_day_of_closing() -> None:
    rule = baseline().retention.on("trafficking", CLOSED)
    assert rule is not None
    assert rule.ends_on(CLOSED) == date(2025, 2, 28)
    assert rule.ends_on(date(9999, 1, 1)) == date.max
    other = baseline().retention.on("a kind of a newer version", CLOSED)
    assert other is not None
    assert other.kind == "any"


def test_without_a_rule_it_is_kept() -> None:
    assert RetentionRules().on("child", CLOSED) is None
    assert read_retention({"rule": [RULE]}).on("trafficking", CLOSED) is None


def test_the_version_of_the_day_of_closing_decides() -> None:
    before, after = RULE | {"valid_to": date(2019, 12, 31)}, RULE | {"valid_from": date(2020, 1, 1), "years": 7}
    rules = read_retention({"rule": [before, after]})
    assert [rule.years for day in (date(2019, 6, 1), CLOSED) if (rule := rules.on("child", day))] == [5, 7]


@pytest.mark.parametrize(
    "rules",
    [
        {"rule": "x"},
        {"rule": [3]},
        {"rules": []},
        *({"rule": [RULE | {name: None}]} for name in ("id", "kind", "kk", "source", "years", "checked_on")),
        {"rule": [RULE | {"years": 0}]},
        {"rule": [RULE | {"years": True}]},
        {"rule": [RULE | {"least": -1}]},
        {"rule": [RULE | {"id": "Bad Id"}]},
        {"rule": [RULE | {"surprise": 1}]},
        {"rule": [RULE | {"doubtful": "yes"}]},
        {"rule": [{key: value for key, value in RULE.items() if key != "checked_on"}]},
        {"rule": [RULE, RULE | {"id": "other"}]},
    ],
)
def test_what_cannot_be_used_is_refused_with_its_place(rules: dict[str, Any]) -> None:
    with pytest.raises(BrokenDefinition) as refused:
        read_retention(rules)
    assert refused.value.place.startswith("rules/retention.toml")


def changed(change: str, years: int, knows: tuple[str, ...] = (), **more: Any) -> RetentionRule:
    rule = read_retention({"rule": [RULE]}).versions[0]
    return replace(rule, years=years, ours=change, knows=frozenset(knows), **more)


def with_changes(*changes: RetentionRule) -> RetentionRules:
    return replace(read_retention({"rule": [RULE]}), changes=changes)


def test_what_the_organisation_said_last_holds_for_the_days_it_said() -> None:
    rules = with_changes(changed("a", 7), changed("b", 3, ("a",), valid_from=date(2020, 1, 1)))
    found = [rules.on("child", day) for day in (date(2019, 12, 31), CLOSED)]
    assert [rule.years for rule in found if rule] == [7, 3]
    assert [(rule.ours, rule.years) for rule in rules.holding("child")] == [("a", 7), ("b", 3)]


def test_of_two_that_did_not_know_each_other_the_longer_term_holds() -> None:
    rules = with_changes(changed("a", 3), changed("b", 9), changed("c", 2, ("a",)))
    rule = rules.on("child", CLOSED)
    assert rule is not None
    assert rule.years == 9


def test_what_any_rule_says_of_the_law_stays_known_beside_a_shorter_term() -> None:
    rules = with_changes(changed("a", 5, least=5), changed("b", 2, ("a",)))
    rule = rules.on("child", CLOSED)
    assert rule is not None
    assert (rule.years, rule.least, rule.below_law) == (2, 5, True)
    assert rules.least("child", None, None) == 5
    assert rules.least("trafficking", None, None) == 0


def test_calls_and_referrals_are_never_under_the_rule_for_other_cases() -> None:
    rules = read_retention({"rule": [RULE | {"kind": "any"}]})
    assert rules.on("child", CLOSED) is not None
    assert rules.on("call", CLOSED) is None


def test_a_first_rule_for_a_kind_does_not_take_away_what_the_law_asks_of_every_other() -> None:
    shipped = read_retention({"rule": [RULE, RULE | {"id": "any_kept", "kind": "any", "least": 5}]})
    rules = replace(shipped, changes=(changed("a", 1, kind="stranded"),))
    rule = rules.on("stranded", CLOSED)
    assert rule is not None
    assert (rule.years, rule.least, rule.below_law) == (1, 5, True)
    assert [rules.least(kind, None, None) for kind in ("stranded", "child", "call", "any")] == [5, 0, 0, 5]
