"""What happened on another day is recorded with that day; nothing happens on a day still to come."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.perform import perform, read_act
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import InTheFuture, NoConsent, NoSuchDate, NotIsoDate
from kzcase.domain.rows import CasePage
from kzcase.queries.case_page import case_page
from tests.db.books import START, founded

TODAY = START.date()
DAY = TODAY - timedelta(days=40)


def done(book: Casebook, act: str, **fields: Any) -> Done:
    return perform(book, read_act({"act": act, **fields}, ""))


def made(book: Casebook, act: str, what: str, **fields: Any) -> str:
    return done(book, act, **fields).ids[what].hex()


@pytest.fixture
def book(tmp_path: Path) -> Any:
    with founded(tmp_path) as opened:
        yield opened


@pytest.fixture
def case(book: Casebook) -> str:
    person = {"names": [{"family": "Үлгі", "given": "Адам"}]}
    return made(book, "case.opened", "case", kind="trafficking", person=person)


@pytest.fixture
def partner(book: Casebook) -> str:
    return made(book, "partner.added", "partner", name="Shelter", kind="crisis_centre")


def page(book: Casebook, case: str) -> CasePage:
    with book.read() as reader:
        return case_page(reader, case)


def consent(book: Casebook, case: str, partner: str, **fields: Any) -> str:
    given = {"purpose": "referral", "classes": ["identifying"], "language": "kk", **fields}
    return made(book, "consent.given", "consent", case=case, partner=partner, **given)


def referral(book: Casebook, case: str, partner: str, **fields: Any) -> str:
    given = {"need": "shelter", "reason": "a bed", **fields}
    return made(book, "referral.drafted", "referral", case=case, partner=partner, **given)


def test_a_history_lies_on_the_days_it_happened(book: Casebook, case: str, partner: str) -> None:
    days = [(DAY + timedelta(days=step)).isoformat() for step in range(8)]
    done(book, "note.added", case=case, text="x", on=days[0])
    consent(book, case, partner, on=days[1])
    sent = referral(book, case, partner, on=days[2])
    done(book, "referral.sent", referral=sent, how="phone", on=days[3])
    done(book, "referral.answered", referral=sent, outcome="accepted", on=days[4])
    done(book, "referral.followed", referral=sent, state="served", on=days[5])
    task = made(book, "task.added", "task", case=case, title="x", due=days[6])
    done(book, "task.done", task=task, on=days[6])
    done(book, "case.closed", case=case, reason="documented", on=days[7], summary="Generated.", feedback_asked=True)
    shown = page(book, case)
    (note,), (given,), (answered,) = shown.notes, shown.consents, shown.referrals
    assert note.written_at is not None
    assert note.written_at.date().isoformat() == days[0]
    assert given.given_on == date.fromisoformat(days[1])
    moments = (answered.drafted_on, answered.sent_on, answered.answered_on)
    assert [day.isoformat() for day in moments if day] == days[2:5]
    assert answered.reply_by == date.fromisoformat(days[2]) + timedelta(days=10)
    assert {task.done_on.isoformat() for task in shown.tasks if task.done_on} == {days[5], days[6]}
    assert shown.closed_on == date.fromisoformat(days[7])


def test_without_a_day_it_is_today(book: Casebook, case: str) -> None:
    done(book, "case.closed", case=case, reason="documented", summary="Generated.", feedback_asked=True)
    assert page(book, case).closed_on == TODAY


def test_a_day_written_another_way_is_asked_for_as_files_write_it(book: Casebook, partner: str) -> None:
    for typed, error in (("05.12.2026", NotIsoDate), ("2026-02-30", NoSuchDate)):
        with pytest.raises(error):
            done(book, "partner.changed", partner=partner, agreement_to=typed)


@pytest.mark.parametrize(("day", "error"), [("2026-11-23", InTheFuture), ("2026-02-30", NoSuchDate)])
def test_a_day_to_come_or_that_is_none_is_refused(
    book: Casebook, case: str, partner: str, day: str, error: type[Exception]
) -> None:
    task = made(book, "task.added", "task", case=case, title="x", due="2026-12-01")
    agreed = consent(book, case, partner)
    draft = referral(book, case, partner)
    wishes: list[tuple[str, dict[str, Any]]] = [
        ("note.added", {"case": case, "text": "x"}),
        ("task.done", {"task": task}),
        ("case.closed", {"case": case, "reason": "documented", "summary": "x", "feedback_asked": True}),
        ("consent.withdrawn", {"consent": agreed}),
        ("referral.sent", {"referral": draft, "how": "phone"}),
    ]
    for act, fields in wishes:
        with pytest.raises(error):
            done(book, act, **fields, on=day)
    with pytest.raises(error):
        consent(book, case, partner, on=day)
    with pytest.raises(error):
        referral(book, case, partner, on=day)


def test_nothing_was_sent_before_the_consent_was_given(book: Casebook, case: str, partner: str) -> None:
    consent(book, case, partner, on=(DAY + timedelta(days=3)).isoformat())
    draft = referral(book, case, partner, on=DAY.isoformat())
    with pytest.raises(NoConsent):
        done(book, "referral.sent", referral=draft, how="phone", on=DAY.isoformat())
    done(book, "referral.sent", referral=draft, how="phone", on=(DAY + timedelta(days=3)).isoformat())


def test_nothing_was_sent_after_the_consent_had_ended(book: Casebook, case: str, partner: str) -> None:
    ended = (DAY + timedelta(days=3)).isoformat()
    consent(book, case, partner, on=DAY.isoformat(), valid_until=ended)
    draft = referral(book, case, partner, on=DAY.isoformat())
    with pytest.raises(NoConsent):
        done(book, "referral.sent", referral=draft, how="phone")
    done(book, "referral.sent", referral=draft, how="phone", on=ended)
