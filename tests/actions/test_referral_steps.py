"""Referrals that come back: states, chases and their one reminder; undone, taken back, and met on two laptops."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.referral_steps import CHASE, take_back
from kzcase.db.casebook import Casebook
from kzcase.db.tables.cases import Referral
from kzcase.domain.due import DueKind
from kzcase.domain.errors import NeedsReason, NotFound, RuleBroken, StateCannotFollow
from kzcase.domain.partner_figures import Told
from kzcase.domain.permissions import Role
from kzcase.domain.referrals import ReferralChoice
from kzcase.i18n import render
from kzcase.queries import partner_figures
from kzcase.queries.case_page import case_page
from kzcase.queries.due import due
from kzcase.queries.my_day import my_day
from kzcase.queries.referral_states import standing_of
from kzcase.queries.referrals import referral_history, referral_list
from tests.actions.steps import a_case, a_draft, a_partner, a_sent_referral, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop, meet

OVERDUE = ReferralChoice(open=True, overdue=True)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def reminders(book: Casebook, case: str) -> list[tuple[date | None, bool]]:
    """(due, done) of the tasks that remind of a referral."""
    with book.read() as reader:
        return [(t.due, t.done_on is not None) for t in case_page(reader, case).tasks if t.rule_id == "referral_reply"]


def asked_for(book: Casebook, case: str) -> list[str]:
    """What the open reminder asks for: on the page of the case, in the day's list and among what is due."""
    with book.read() as reader:
        page = [task.said for task in case_page(reader, case).tasks if task.rule_id == CHASE and not task.done_on]
        days = [row.what for row in my_day(reader) if row.rule_id == CHASE]
        dues = [row.what for row in due(reader, until=date(2027, 1, 1)) if row.kind == DueKind.REPLY]
        return [render(said, "en").partition(":")[0] for said in (*page, *days, *dues)]


def state(book: Casebook, case: str) -> str:
    with book.read() as reader:
        return case_page(reader, case).referrals[0].state


def test_the_reminder_goes_with_the_states_and_ends_with_the_outcome(book: Casebook) -> None:
    case, referral = a_sent_referral(book)
    assert reminders(book, case) == [(date(2026, 12, 2), False)]
    do(book, act="referral.answered", referral=referral, outcome="accepted", appointment_on="2026-12-10")
    assert (state(book, case), reminders(book, case)) == ("appointment", [(date(2026, 12, 11), False)])
    do(book, act="referral.followed", referral=referral, state="no_show")
    assert (state(book, case), reminders(book, case)) == ("no_show", [(date(2026, 11, 25), False)])
    do(book, act="referral.chased", referral=referral, delay="person_not_reached", next_on="2026-11-30")
    assert reminders(book, case) == [(date(2026, 11, 30), False)]
    done = do(book, act="referral.followed", referral=referral, state="served")
    assert (state(book, case), reminders(book, case)) == ("served", [(date(2026, 11, 30), True)])
    undo_act(book, UndoAct(of=done.act.hex()))
    assert (state(book, case), reminders(book, case)) == ("no_show", [(date(2026, 11, 30), False)])


def test_the_reminder_asks_for_what_is_still_to_come(book: Casebook) -> None:
    case, referral = a_sent_referral(book)
    assert {said.partition(" R")[0][:17] for said in asked_for(book, case)} == {"Ask for the reply"}
    do(book, act="referral.answered", referral=referral, outcome="accepted", appointment_on="2026-12-10")
    assert asked_for(book, case) == ["See whether the person came"] * 3
    do(book, act="referral.followed", referral=referral, state="no_show")
    assert asked_for(book, case) == ["The person did not come"] * 3


def test_every_step_of_a_referral_says_who_wrote_it_and_when(book: Casebook) -> None:
    _case, referral = a_sent_referral(book)
    do(book, act="referral.followed", referral=referral, state="received")
    do(book, act="referral.chased", referral=referral)
    with book.read() as reader:
        steps = referral_history(reader, referral).steps
    assert [step.state for step in steps] == ["draft", "sent", "received", ""]
    assert all(step.author and step.recorded_at for step in steps)


def test_a_late_reply_opens_an_expired_referral_again(book: Casebook) -> None:
    case, referral = a_sent_referral(book)
    do(book, act="referral.followed", referral=referral, state="expired")
    assert [done for _due, done in reminders(book, case)] == [True]
    do(book, act="referral.answered", referral=referral, outcome="accepted")
    assert [done for _due, done in reminders(book, case)] == [True, False]


def test_the_chase_list_holds_what_is_overdue_and_nothing_else(book: Casebook) -> None:
    _case, late = a_sent_referral(book)
    case, partner = a_case(book), a_partner(book, "Other")
    do(book, act="consent.given", case=case, partner=partner, purpose="referral", classes=["contact"], language="kk")
    letter = {"need": "food", "reason": "Generated.", "reply_by": "2026-11-20", "on": "2026-11-10"}
    draft = do(book, act="referral.drafted", case=case, partner=partner, **letter)
    with book.read() as reader:
        assert referral_list(reader, OVERDUE) == [], "what was not sent waits for nobody"
    do(book, act="referral.sent", referral=draft.number, how="phone")
    with book.read() as reader:
        (one,) = referral_list(reader, OVERDUE)
        assert (one.row.number, one.late, one.row.overdue) == (draft.number, 2, True)
        every = referral_list(reader, ReferralChoice(open=True))
        assert [listed.id for listed in every] == [one.id, late]
    do(book, act="referral.chased", referral=draft.number, delay="waiting_list", text="Generated.")
    with book.read() as reader:
        assert referral_list(reader, OVERDUE) == []
        history = referral_history(reader, draft.number)
        assert [step.state for step in history.steps] == ["draft", "sent", ""]
        assert (history.listed.chased, history.listed.delay) == (1, "waiting_list")


@pytest.mark.parametrize(("before", "came"), [("served", "served"), ("partly", "withdrawn"), ("accepted", "withdrawn")])
def test_help_that_was_given_stays_given_in_the_figures_of_a_partner(
    book: Casebook, before: str, came: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A consent that is withdrawn later ends the referral; what the partner had done for the person is not undone."""
    case, referral = a_sent_referral(book)
    do(book, act="referral.followed", referral=referral, state=before)
    with book.write("consent.withdrawn") as act:
        take_back(act, act.session.get_one(Referral, bytes.fromhex(referral)), "withdrawn", act.today)
    with book.read() as reader:
        row = reader.session.get_one(Referral, bytes.fromhex(referral))
        stands = standing_of(reader, row).state
        counted: list[Told] = []
        monkeypatch.setattr(partner_figures, "figures", lambda _name, told: counted.extend(told))
        partner_figures.partner_figures(reader, (row.partner_id or b"").hex())
        assert [each.state for each in counted] == [came]
    assert stands == state(book, case) == "withdrawn", "the state alone would not tell"


def test_what_the_person_withdrew_is_not_answered_any_more(book: Casebook) -> None:
    case, referral = a_sent_referral(book)
    with book.write("consent.withdrawn") as act:
        row = act.session.get_one(Referral, bytes.fromhex(referral))
        assert take_back(act, row, "withdrawn", act.today), "it had been sent: the partner has to be told"
        take_back(act, row, "withdrawn", act.today)
    assert (state(book, case), [done for _due, done in reminders(book, case)]) == ("withdrawn", [True])
    with pytest.raises(StateCannotFollow):
        do(book, act="referral.answered", referral=referral, outcome="accepted")


def test_two_laptops_keep_both_states_and_agree(tmp_path: Path, book: Casebook) -> None:
    case, referral = a_sent_referral(book)
    identity = colleague(book, Role.SUPERVISOR)
    with laptop(tmp_path, identity, book) as other:
        do(book, act="referral.followed", referral=referral, state="revoked")
        do(other, act="referral.followed", referral=referral, state="accepted")
        meet(book, other)
        assert state(book, case) == state(other, case) == "revoked"
        with other.read() as reader:
            assert len(referral_history(reader, referral).steps) == 4


def test_beyond_reach_the_list_hides_what_was_asked_and_the_history_asks_why(tmp_path: Path, book: Casebook) -> None:
    case, referral = a_sent_referral(book)
    identity = colleague(book, Role.HELPLINE)
    with laptop(tmp_path, identity, book) as other, other.read() as reader:
        (one,) = referral_list(reader)
        assert "reason" in one.row.masked
        assert one.row.reason is None
        with pytest.raises(NeedsReason):
            referral_history(reader, referral)
    do(book, act="case.blocked", case=case, staff=identity.staff_id.hex())
    with laptop(tmp_path, identity, book) as other, other.read() as reader:
        assert referral_list(reader) == []
        with pytest.raises(NotFound):
            referral_history(reader, referral)


WALKS: tuple[tuple[str, ...], ...] = (
    ("sent", "received", "accepted", "appointment", "no_show", "appointment", "partly", "served", "done"),
    ("sent", "refused"),
    ("sent", "expired", "revoked"),
)
"""With the person's own withdrawal below, every state there is."""


def test_every_state_is_reached_and_the_history_tells_the_way(book: Casebook) -> None:
    reached = {"draft"}
    for walk in WALKS:
        case, referral = a_sent_referral(book)
        for after in walk[1:]:
            more = {"appointment_on": "2026-12-10"} if after == "appointment" else {}
            more |= {"reason": "other"} if after == "refused" else {}
            do(book, act="referral.followed", referral=referral, state=after, **more)
            assert state(book, case) == after
        with book.read() as reader:
            steps = [step.state for step in referral_history(reader, referral).steps]
        assert steps == ["draft", *walk]
        reached |= set(walk)
    case, partner = a_case(book), a_partner(book, "Withdrawn from")
    agreed = {"purpose": "referral", "classes": ["contact"], "language": "kk"}
    consent = do(book, act="consent.given", case=case, partner=partner, **agreed).ids["consent"].hex()
    do(book, act="referral.sent", referral=a_draft(book, case, partner), how="post")
    do(book, act="consent.withdrawn", consent=consent)
    reached.add(state(book, case))
    assert reached == {code.code for code in book.rulebook.codes["referral_state"]}
    assert len(reached) == 13


def test_whatever_happens_a_referral_has_an_outcome_or_a_day_with_its_reminder(book: Casebook) -> None:
    """Random walks through the acts themselves, so that tasks and states cannot drift apart."""
    chance, states = Random(7), [code.code for code in book.rulebook.codes["referral_state"]]
    ended = 0
    for _walk in range(4):
        case, referral = a_sent_referral(book)
        for _step in range(_walk + 1):
            book._clock.now += timedelta(days=chance.randint(0, 6))  # type: ignore[attr-defined]
            told = {"act": "referral.followed", "state": chance.choice(states), "reason": "no_room"}
            act = chance.choice((told | {"appointment_on": "2027-01-15"}, {"act": "referral.chased"}))
            try:
                do(book, referral=referral, **act)
            except RuleBroken:
                continue
            with book.read() as reader:
                stands = standing_of(reader, reader.session.get_one(Referral, bytes.fromhex(referral)))
                tasks = [task for task in case_page(reader, case).tasks if task.rule_id == CHASE and not task.done_on]
            assert [task.due for task in tasks] == ([] if stands.ended else [stands.due])
        ended += stands.ended
    assert 0 < ended < 4, "some ended and some wait"
