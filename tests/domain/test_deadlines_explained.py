"""Every computed date is explained: what was counted, what was skipped and why, which rule, which source."""

import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.domain.deadlines import deadline, read_rules
from kzcase.domain.deadlines_explained import explain
from kzcase.domain.errors import RuleBroken
from kzcase.domain.sources import source_said
from kzcase.domain.workdays import DayOff
from kzcase.i18n import KAZAKHSTAN, LANGUAGES, Language, render
from tests.domain.shipped import calendar, code_list, text

RULES = read_rules(tomllib.loads(text("rules", "deadlines.toml")))


def said(rule_id: str, start: date, language: Language = "en", **changed: object) -> list[str]:
    rule = replace(RULES.on(rule_id, start), **changed)  # type: ignore[arg-type]
    found = deadline(rule, start, calendar())
    return [render(line, language) for line in explain(found, calendar(), code_list("day_off"), language)]


NO_TRANSFERS = (
    "For 2026 the table has no days moved by decree. If the Government has moved any, the administrator adds them, and "
    "this day may move."
)


def test_a_year_whose_days_off_nobody_has_moved_yet_is_named_until_somebody_enters_them() -> None:
    assert not [line for line in said("host_notice", date(2025, 3, 20)) if "by decree" in line]  # published
    both = [line for line in said("host_notice", date(2025, 12, 30)) if "by decree" in line]
    assert both == [NO_TRANSFERS]
    assert not [line for line in said("asylum_application", date(2026, 3, 19)) if "by decree" in line]  # calendar days
    entered = calendar().with_changes([DayOff(date(2026, 1, 5), "transfer", "working", source="Generated")])
    assert entered.without_transfers(date(2025, 1, 1), date(2027, 12, 31)) == (2027,)


def test_working_days_are_named_one_by_one_and_so_are_the_skipped() -> None:
    assert said("host_notice", date(2026, 3, 19)) == [
        "The host's notice of arrival: 3 working days.",
        "Counted from 19.03.2026 (arrival at the address).",
        "The day of the event does not count.",
        "Day 1: 20.03.2026.",
        "Day 2: 26.03.2026.",
        "Day 3: 27.03.2026.",
        "Not counted: 21.03.2026, Nauryz.",
        "Not counted: 22.03.2026, Nauryz.",
        "Not counted: 23.03.2026, Nauryz.",
        "Not counted: 24.03.2026, Nauryz (moved from 21.03.2026).",
        "Not counted: 25.03.2026, Nauryz (moved from 22.03.2026).",
        NO_TRANSFERS,
        "The last day is 27.03.2026.",
        "Source: Law on migration of 22 July 2011; rules of entry and stay before MIA Order 923 of 17 November 2025."
        " Checked on 22.11.2026.",
    ]


def test_an_estimated_holiday_is_called_an_estimate() -> None:
    lines = said("plan_after_identification", date(2029, 4, 23))
    assert "Not counted: 24.04.2029, Kurban Ait (Eid al-Adha) (this date is an estimate)." in lines
    assert lines[-1] == "A lawyer has not confirmed this rule yet."


def test_a_clock_of_hours_says_that_it_does_not_stop() -> None:
    lines = said("detention_check_48", datetime(2026, 3, 20, 22, 30, tzinfo=KAZAKHSTAN))
    assert "Hours run through nights, days off and holidays." in lines
    assert "The time is over at 22.03.2026 22:30." in lines
    assert not any("not known" in line or "last day" in line for line in lines)
    without = said("detention_check_48", date(2026, 3, 20))
    assert "The hour of the event is not known, so they run from the first minute of that day." in without
    assert "The last day is 21.03.2026." in without


def test_month_arithmetic_is_told() -> None:
    assert "That month has no day 31, so its last day is taken." in said("follow_up_1", date(2026, 1, 31))
    assert "The term ends on the same day of the month." in said("follow_up_1", date(2026, 1, 15))


def test_first_day_extension_reminders_and_move_are_told() -> None:
    assert "The day of the event is day 1." in said("visa_free_stay", date(2026, 1, 10))
    assert "It may be extended until 15.01.2027." in said("asylum_decision", date(2026, 1, 15))
    assert "Reminder on 02.12.2026." in said("refugee_review", date(2026, 1, 1))
    moved = said("asylum_certificate", date(2025, 12, 22), when_off="next_working_day")
    assert "A day off does not end this term, so it ends on the next working day." in moved
    assert "The term ends on the same day of the month." in moved


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule_id", RULES.ids)
def test_every_rule_is_explained_in_every_language_with_source_and_date(rule_id: str, language: Language) -> None:
    version = next(rule for rule in RULES.versions if rule.id == rule_id)
    start = version.valid_to or version.valid_from or date(2026, 3, 19)
    lines = said(rule_id, start, language)
    assert version.name(language) in lines[0]
    source = render(source_said(version.source), language)
    assert any(source in line and version.checked_on.strftime("%d.%m.%Y") in line for line in lines)
    assert all("{" not in line for line in lines)


@given(st.sampled_from(RULES.ids), st.dates(date(2024, 1, 1), date(2028, 12, 31)))
def test_what_is_told_adds_up(rule_id: str, start: date) -> None:
    """Working days counted and skipped together are all the days from the event to the last one."""
    try:
        rule = RULES.on(rule_id, start)
        found = deadline(rule, start, calendar())
    except RuleBroken:
        return
    lines = [render(line, "en") for line in explain(found, calendar(), code_list("day_off"), "en")]
    skipped = [line for line in lines if line.startswith("Not counted: ")]
    assert len(skipped) == len(found.skipped)
    if rule.unit == "working_days":
        counted = [line for line in lines if line.startswith("Day ")]
        assert len(counted) == (rule.term if rule.term <= 10 else 0)
        assert rule.term + len(skipped) == (found.due - start).days
        assert all(start < one.day < found.due for one in found.skipped)
        assert start + timedelta(days=rule.term) <= found.due
