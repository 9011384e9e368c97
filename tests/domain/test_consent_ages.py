"""Whose yes is needed at which age: what ships is whole and says that nobody confirmed it; a wrong file says where."""

import tomllib
from datetime import date

import pytest

from kzcase.domain.consent_ages import Yeses, lacking, read_consent_rules
from kzcase.domain.errors import BrokenDefinition
from tests.domain.shipped import text

SHIPPED = text("rules", "consent_ages.toml")
RULES = read_consent_rules(tomllib.loads(SHIPPED))
ON = date(2026, 11, 23)


def test_every_rule_has_its_source_and_is_doubtful_until_somebody_confirms_it() -> None:
    assert len(RULES.ages) == 4
    for rule in (*RULES.ages, *RULES.capacities):
        assert rule.text.doubtful
        assert rule.text.source
        assert len({rule.text.name(each) for each in ("kk", "ru", "en")}) == 3


@pytest.mark.parametrize(
    ("birth", "rule"),
    [
        ("2026-11", "under_6"),
        ("2020-11-24", "under_6"),
        ("2020-11-23", "from_6_to_11"),
        ("2012-01", "from_12_to_14"),
        ("2008-11-24", "from_15_to_17"),
        ("2008-11", "from_15_to_17"),
        ("2008-11-23", None),
        ("", None),
        (None, None),
    ],
)
def test_of_two_possible_ages_the_younger_counts(birth: str | None, rule: str | None) -> None:
    found = RULES.for_age(birth, ON)
    assert (found.text.id if found else None) == rule


def test_nobody_there_for_a_child_is_no_way_round() -> None:
    alone = Yeses(guardian="unsafe", assent="written")
    assert lacking(RULES, "2013", ON, alone) == ("guardianship", "best_interests")
    whole = Yeses(guardian="unsafe", assent="written", guardianship_told_on=ON, best_interests_on=ON)
    assert lacking(RULES, "2013", ON, whole) == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("from_age = 0", "from_age = 1"),
        ("to_age = 5", "to_age = 6"),
        ("to_age = 17", "to_age = 18"),
        ('assent = "spoken"', 'assent = "sung"'),
        ('guardian = "if_allowed"', 'guardian = "maybe"'),
        ('without_guardian = ["guardianship", "best_interests"]', 'without_guardian = ["nobody"]'),
        ("representative = true", "representative = 1"),
        ("doubtful = true", 'doubtful = "yes"'),
        ("checked_on = 2026-11-22", 'checked_on = "today"'),
        ('id = "under_6"', 'id = "Under 6"'),
        ("[[capacity]]", "[[other]]"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(old: str, new: str) -> None:
    assert old in SHIPPED
    with pytest.raises(BrokenDefinition):
        read_consent_rules(tomllib.loads(SHIPPED.replace(old, new, 1)))
