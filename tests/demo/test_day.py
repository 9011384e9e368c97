"""The scripted day: every act stands on the ones before it, in three languages, on any day of the year."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from kzcase.demo.day import scripted_day
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.library import shipped_form
from kzcase.i18n import LANGUAGES, Language
from tests.demo.rules import Bookkeeper

DAYS = [date(2026, 1, 1), date(2026, 5, 9), date(2026, 11, 22), date(2028, 2, 29)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("today", DAYS)
def test_the_day_can_be_performed(today: date, language: Language) -> None:
    assert Bookkeeper().take(scripted_day(today, language)).wrong == []


def test_a_day_without_its_consent_is_noticed() -> None:
    """Canary."""
    without = [act for act in scripted_day(DAYS[0], "kk") if act["act"] != "consent.given"]
    assert Bookkeeper().take(without).wrong


def test_the_day_goes_from_the_call_to_the_reply() -> None:
    kinds = [act["act"] for act in scripted_day(DAYS[0], "ru")]
    wanted = [
        "call.logged",
        "case.opened",
        "form.answered",
        "consent.given",
        "referral.drafted",
        "referral.sent",
        "referral.answered",
    ]
    assert [kind for kind in kinds if kind in wanted] == wanted


@pytest.mark.parametrize("today", DAYS)
def test_the_screening_of_the_day_is_without_fault(today: date) -> None:
    act = next(act for act in scripted_day(today, "kk") if act["act"] == "form.answered")
    sheet = AnswerSheet(shipped_form(act["form"]), now=noon(today))
    sheet.load(act["answers"], act["missing"])
    assert sheet.errors() == {}
    assert sheet.values()["summary/elements"] == "complete"
    assert [path for path in act["answers"] if not sheet.relevant(path)] == []


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=timezone(timedelta(hours=5)))


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [t for v in value.values() for t in texts(v)]
    return (
        [t for v in value for t in texts(v)] if isinstance(value, list) else [value] if isinstance(value, str) else []
    )


def test_what_is_written_is_in_the_language_asked_for() -> None:
    in_english = scripted_day(DAYS[1], "en")
    notes = [act["text"] for act in in_english if act["act"] == "note.added"]
    assert notes
    assert all(note.isascii() for note in notes)
    assert any(set("әғқңөұүі") & set(t) for t in texts(scripted_day(DAYS[1], "kk")))
