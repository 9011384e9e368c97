"""Legal terms: the printed table, versions in force, and every way a term ends."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.deadlines import DeadlineRules, deadline, read_rules
from kzcase.domain.errors import BrokenDefinition, NotFound, NotInForce, RuleBroken
from kzcase.i18n import KAZAKHSTAN, LANGUAGES, render
from tests.domain.shipped import calendar, text

RULES = read_rules(tomllib.loads(text("rules", "deadlines.toml")))
IDS = [
    "host_notice",
    "registration_2026",
    "reregistration_2026",
    "visa_free_stay",
    "ninety_180",
    "asylum_application",
    "asylum_irregular",
    "asylum_fingerprint",
    "asylum_certificate",
    "asylum_decision",
    "refugee_review",
    "stateless_inquiry",
    "naturalisation",
    "citizenship_ordinary",
    "citizenship_simplified",
    "crime_signal",
    "police_by_consent",
    "police_in_danger",
    "public_data_removal",
    "breach_notice",
    "request_access",
    "request_correction",
    "request_withdrawal",
    "request_erasure",
    "request_objection",
    "safety_hour",
    "same_day",
    "suspended_review",
    "plan_after_identification",
    "plan_review",
    "follow_up_1",
    "follow_up_3",
    "follow_up_6",
    "follow_up_12",
    "signal_result_3",
    "signal_result_10",
    "call_to_case",
    "compensation_papers",
    "compensation_payment",
    "reflection_period",
    "evidence_gaps",
    "entitlements",
    "child_status_24",
    "child_assessment",
    "child_school",
    "tracing_first",
    "adulthood",
    "rfl_request",
    "inquiry_week",
    "inquiry_month",
    "inquiry_quarter",
    "search_review",
    "lost_contact",
    "wage_limitation",
    "detention_lawyer",
    "detention_check_24",
    "detention_check_48",
    "detention_check_72",
    "detention_check_10",
    "detention_check_30",
    "detention_court",
    "expulsion_appeal",
    "signal_review",
]


def due(rule_id: str, start: date) -> date:
    return deadline(RULES.on(rule_id, start), start, calendar()).due


def test_every_rule_is_there_named_and_sourced() -> None:
    assert list(RULES.ids) == IDS
    for rule in RULES.versions:
        assert all(rule.name(language) and rule.start[language] for language in LANGUAGES)
        assert rule.source
        assert rule.checked_on


@pytest.mark.parametrize(
    ("rule_id", "start", "last"),
    [
        ("host_notice", date(2025, 1, 3), date(2025, 1, 8)),
        ("host_notice", date(2025, 3, 20), date(2025, 3, 28)),
        ("host_notice", date(2025, 12, 12), date(2025, 12, 18)),
        ("host_notice", date(2026, 3, 19), date(2026, 3, 27)),
        ("host_notice", date(2026, 5, 6), date(2026, 5, 13)),
        ("registration_2026", date(2026, 7, 1), date(2026, 7, 31)),
        ("reregistration_2026", date(2026, 7, 3), date(2026, 7, 13)),
        ("visa_free_stay", date(2026, 1, 10), date(2026, 2, 8)),
        ("ninety_180", date(2026, 1, 10), date(2026, 4, 9)),
        ("asylum_application", date(2026, 5, 1), date(2026, 5, 6)),
        ("asylum_irregular", date(2026, 5, 1), date(2026, 5, 2)),
        ("asylum_certificate", date(2026, 1, 31), date(2026, 4, 30)),
        ("refugee_review", date(2024, 2, 29), date(2025, 2, 28)),
        ("stateless_inquiry", date(2026, 8, 31), date(2027, 2, 28)),
        ("naturalisation", date(2026, 6, 1), date(2031, 6, 1)),
        ("citizenship_simplified", date(2026, 2, 28), date(2026, 5, 28)),
        ("crime_signal", date(2026, 5, 9), date(2026, 5, 9)),
        ("public_data_removal", date(2026, 5, 8), date(2026, 5, 12)),
        ("plan_after_identification", date(2026, 3, 19), date(2026, 3, 27)),
        ("follow_up_1", date(2026, 1, 31), date(2026, 2, 28)),
        ("follow_up_1", date(2028, 1, 31), date(2028, 2, 29)),
        ("adulthood", date(2008, 3, 5), date(2026, 3, 5)),
        ("adulthood", date(2008, 2, 29), date(2026, 2, 28)),
    ],
)
def test_terms(rule_id: str, start: date, last: date) -> None:
    assert due(rule_id, start) == last


def test_a_decision_that_may_be_extended_says_until_when() -> None:
    found = deadline(RULES.on("asylum_decision", date(2026, 1, 15)), date(2026, 1, 15), calendar())
    assert (found.due, found.latest) == (date(2026, 4, 15), date(2027, 1, 15))


def test_the_document_of_the_command_line() -> None:
    found = deadline(RULES.on("host_notice", date(2025, 1, 3)), date(2025, 1, 3), calendar()).as_json()
    assert found["due"] == "2025-01-08"
    assert found["skipped"] == [
        {"date": "2025-01-04", "why": "weekend"},
        {"date": "2025-01-07", "why": "orthodox_christmas"},
    ]
    assert found["rule"] == "host_notice"
    assert found["source"]


@pytest.mark.parametrize(
    ("rule_id", "start"),
    [("host_notice", date(2026, 7, 1)), ("registration_2026", date(2026, 6, 30)), ("ninety_180", date(2020, 1, 1))],
)
def test_a_rule_not_in_force_is_refused_in_words(rule_id: str, start: date) -> None:
    with pytest.raises(NotInForce) as refused:
        due(rule_id, start)
    sentence = render(refused.value.sentence(), "en")
    assert rule_id in sentence
    assert start.strftime("%d.%m.%Y") in sentence


def test_the_old_and_the_new_rule_meet_without_a_gap() -> None:
    assert due("host_notice", date(2026, 6, 30)) == date(2026, 7, 3)
    assert due("registration_2026", date(2026, 7, 1)) == date(2026, 7, 31)


def test_an_unknown_rule_is_not_found_and_not_repeated() -> None:
    with pytest.raises(NotFound) as refused:
        RULES.on("Каримова Дильноза", date(2026, 1, 1))
    assert "Каримова" not in render(refused.value.sentence(), "en")


def test_a_term_of_procedural_law_moves_to_a_working_day_and_a_stay_never_does() -> None:
    sunday = date(2026, 3, 22)
    stay = replace(RULES.on("asylum_certificate", sunday), term=0)
    assert deadline(stay, sunday, calendar()).due == sunday
    moving = replace(stay, when_off="next_working_day")
    found = deadline(moving, sunday, calendar())
    assert found.due == date(2026, 3, 26)
    assert [one.why for one in found.skipped] == ["nauryz"] * 4


@pytest.mark.parametrize("rule_id", ["visa_free_stay", "ninety_180", "registration_2026"])
def test_stay_limits_are_never_moved(rule_id: str) -> None:
    assert {rule.when_off for rule in RULES.versions if rule.id == rule_id} == {"keep"}


@given(st.sampled_from(IDS), st.dates(date(1992, 1, 1), date(2040, 1, 1)))
def test_every_rule_on_every_day_gives_a_date_or_a_sentence(rule_id: str, start: date) -> None:
    try:
        found = deadline(RULES.on(rule_id, start), start, calendar())
    except RuleBroken as refused:
        found = None
        sentence = render(refused.sentence(), "kk")
    else:
        sentence = found.rule.name("kk")
    assert sentence
    assert found is None or found.due >= start


def test_the_end_of_the_calendar_of_the_world_is_refused() -> None:
    with pytest.raises(RuleBroken):
        due("naturalisation", date(9998, 1, 1))


GOOD = text("rules", "deadlines.toml").split("\n[[rule]]")[1]


def reading(body: str) -> DeadlineRules:
    return read_rules(tomllib.loads("[[rule]]" + body))


def test_canary_the_whole_rule_is_taken() -> None:
    assert reading(GOOD).ids == ("host_notice",)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('id = "host_notice"', 'id = "Host notice"'),
        ("term = 3", 'term = "3"'),
        ("term = 3", "term = true"),
        ("term = 3", "term = -1"),
        ("term = 3", "term = 99999"),
        ('unit = "working_days"', 'unit = "weeks"'),
        ('unit = "working_days"', 'unit = "working_days"\nwhen_off = "before"'),
        ('unit = "working_days"', 'unit = "working_days"\ndoubtful = "yes"'),
        ('unit = "working_days"', 'unit = "working_days"\nfoo = 1'),
        ('unit = "working_days"', 'unit = "hours"\nwhen_off = "keep"'),
        ('unit = "working_days"', 'unit = "hours"\ncounts_first_day = true'),
        ('unit = "working_days"', 'unit = "working_days"\nremind = 3'),
        ('unit = "working_days"', 'unit = "working_days"\nremind = [0]'),
        ('unit = "working_days"', 'unit = "working_days"\nremind = ["3"]'),
        ('unit = "working_days"', f'unit = "working_days"\nremind = {[1] * 11}'),
        ("valid_to = 2026-06-30", 'valid_to = "2026-06-30"'),
        ("checked_on = 2026-11-22", ""),
        ("kk = ", "kz = "),
        ("source = ", "sauce = "),
        ("[end]", "[end]"),
    ],
)
def test_a_broken_rule_is_refused_with_its_place(old: str, new: str) -> None:
    body = GOOD.replace(old, new, 1) if old != new else GOOD + "[[rule]]" + GOOD
    with pytest.raises(BrokenDefinition) as refused:
        reading(body)
    assert refused.value.place.startswith("rules/deadlines.toml")
    assert render(refused.value.sentence(), "en")


def test_a_file_without_rules_is_refused() -> None:
    with pytest.raises(BrokenDefinition):
        read_rules({"rules": []})


# Hours


@pytest.mark.parametrize(
    ("begun", "over"),
    [
        (
            datetime(2026, 3, 20, 22, 30, tzinfo=KAZAKHSTAN),
            datetime(2026, 3, 22, 22, 30, tzinfo=KAZAKHSTAN),
        ),  # Friday night through Nauryz
        (
            datetime(2025, 12, 31, 23, 59, tzinfo=KAZAKHSTAN),
            datetime(2026, 1, 2, 23, 59, tzinfo=KAZAKHSTAN),
        ),  # through New Year
        (
            datetime(2028, 2, 28, 12, 0, tzinfo=KAZAKHSTAN),
            datetime(2028, 3, 1, 12, 0, tzinfo=KAZAKHSTAN),
        ),  # through a leap day
    ],
)
def test_hours_run_through_nights_and_holidays(begun: datetime, over: datetime) -> None:
    found = deadline(RULES.on("detention_check_48", begun), begun, calendar())
    assert (found.moment, found.due, found.skipped, found.hour_known) == (over, over.date(), (), True)


def test_a_moment_is_the_same_whatever_clock_wrote_it() -> None:
    rule = RULES.on("detention_check_24", date(2026, 3, 21))
    at_home = datetime(2026, 3, 21, 1, 0, tzinfo=KAZAKHSTAN)
    found = [
        deadline(rule, start, calendar()) for start in (at_home, at_home.astimezone(UTC), at_home.replace(tzinfo=None))
    ]
    assert {each.moment for each in found} == {at_home + timedelta(hours=24)}
    assert {(each.start, each.due) for each in found} == {(date(2026, 3, 21), date(2026, 3, 22))}


def test_without_the_hour_the_last_whole_safe_day_is_told() -> None:
    day = date(2026, 3, 20)
    found = deadline(RULES.on("detention_check_48", day), day, calendar())
    assert (found.due, found.hour_known) == (date(2026, 3, 21), False)
    assert found.moment == datetime(2026, 3, 22, tzinfo=KAZAKHSTAN)
    assert deadline(RULES.on("detention_lawyer", day), day, calendar()).due == day


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)))
def test_not_knowing_the_hour_never_gives_more_time(begun: datetime) -> None:
    rule = RULES.on("detention_check_72", begun)
    known, unknown = (deadline(rule, start, calendar()) for start in (begun, begun.date()))
    assert known.moment is not None
    assert unknown.moment is not None
    assert unknown.moment <= known.moment
    assert unknown.due <= known.due


def test_other_terms_take_the_day_of_a_moment_in_kazakhstan() -> None:
    late = datetime(2026, 5, 5, 20, 30, tzinfo=UTC)  # the next morning in Kazakhstan
    assert due("public_data_removal", late) == due("public_data_removal", date(2026, 5, 6)) == date(2026, 5, 8)


def test_a_rule_reminds_before_its_last_day() -> None:
    found = deadline(RULES.on("refugee_review", date(2026, 1, 1)), date(2026, 1, 1), calendar())
    assert [(found.due - day).days for day in found.reminders] == [90, 60, 30]


def test_every_standard_of_our_own_and_every_doubt_is_marked() -> None:
    own = [rule for rule in RULES.versions if rule.source.startswith("The organisation")]
    assert len(own) > 20
    assert all(rule.doubtful for rule in RULES.versions if "confirmed" in rule.source)
    assert all(rule.unit == "hours" for rule in RULES.versions if rule.id.startswith("detention_"))
