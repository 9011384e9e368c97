"""Answers to the screening: the form's own rules find nothing wrong with them, and they say what the case says."""

from datetime import date, datetime, timedelta, timezone
from random import Random
from typing import Any

import pytest

from kzcase.demo.people import GeneratedCase, cases
from kzcase.demo.screening import FORM, answered
from kzcase.demo.stories import Story, story_of
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.library import shipped_form

TODAY = date(2026, 9, 15)
NOON = datetime(2026, 9, 15, 12, tzinfo=timezone(timedelta(hours=5)))


@pytest.fixture(scope="module")
def told() -> list[tuple[GeneratedCase, Story, dict[str, Any]]]:
    """Some sixty trafficking cases with their screenings."""
    rng = Random(21)
    found = [case for case in cases(rng, 170, TODAY) if case.kind == "trafficking"]
    stories = [story_of(rng, case) for case in found]
    return [(case, story, answered(case.ref, story)) for case, story in zip(found, stories, strict=True)]


def sheet_of(act: dict[str, Any]) -> AnswerSheet:
    sheet = AnswerSheet(shipped_form(FORM), now=NOON)
    sheet.load(act["answers"], act["missing"])
    return sheet


def test_the_form_finds_nothing_wrong(told: list[tuple[GeneratedCase, Story, dict[str, Any]]]) -> None:
    for _, story, act in told:
        assert sheet_of(act).errors() == {}, story


def test_nothing_is_answered_that_was_not_asked(told: list[tuple[GeneratedCase, Story, dict[str, Any]]]) -> None:
    for _, _, act in told:
        sheet = sheet_of(act)
        assert [path for path in (*act["answers"], *act["missing"]) if not sheet.relevant(path)] == []
        assert not set(act["answers"]) & set(act["missing"])


def test_all_three_elements_come_out(told: list[tuple[GeneratedCase, Story, dict[str, Any]]]) -> None:
    for _, story, act in told:
        values = sheet_of(act).values()
        assert values["summary/elements"] == "complete"
        assert int(values["summary/indicator_count"]) >= 1
        assert values["person/is_child"] == ("yes" if story.is_child else "no")


def test_answers_agree_with_the_case(told: list[tuple[GeneratedCase, Story, dict[str, Any]]]) -> None:
    for case, story, act in told:
        said = act["answers"]
        assert said["person/sex"] == case.sex
        assert said["person/age"] == str(case.age)
        assert said["person/citizenship"] == case.citizenship
        assert said["purpose/spells[1]/kinds"] == case.exploitation
        assert said.get("transport/legs[1]/border_point", "") == story.came_through
        assert story.recruited_on < story.began <= story.ended < case.opened_on
        assert 0 <= story.first_age <= case.age
        assert ("withholdsDocuments" in story.control) is (story.papers_held_by == "employer")
        assert ("excessiveHours" in story.control) is (story.hours > 12)


def test_a_broken_answer_is_noticed(told: list[tuple[GeneratedCase, Story, dict[str, Any]]]) -> None:
    """Canary: a code the form does not offer, and an answer left out that it requires."""
    _, _, act = told[0]
    assert sheet_of(act | {"answers": act["answers"] | {"person/sex": "both"}}).errors()
    assert sheet_of(act | {"answers": {p: v for p, v in act["answers"].items() if p != "risk_group/risk"}}).errors()
