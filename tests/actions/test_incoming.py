"""Referrals from others: entered, decided, answered in time; and gone with the person they are about."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kzcase.actions.erasing import ErasePerson, erase_person, plan_erasure
from kzcase.actions.incoming_referrals import sealed_reply
from kzcase.db.casebook import Casebook
from kzcase.domain import errors
from kzcase.domain.permissions import Role
from kzcase.queries.incoming_referrals import incoming_list, incoming_page
from tests.actions.steps import a_case, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop

MARK = "Құпиябелгі"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def received(book: Casebook, **more: str) -> str:
    wish = {"act": "referral.received", "sender": "Generated", "who": MARK, "reason": MARK, "how": "phone"}
    return do(book, **(wish | more)).ids["incoming"].hex()


def test_it_gets_a_number_and_a_day_and_is_overdue_after_it(book: Casebook) -> None:
    received(book, on="2026-11-10")
    late, soon = received(book, on="2026-11-10"), received(book)
    with book.read() as reader:
        rows = incoming_list(reader)
        assert [row.overdue for row in rows] == [True, True, False]
        assert rows[-1].id == soon
        assert rows[-1].due == date(2026, 11, 25)
        assert len({row.number for row in rows}) == 3
    do(book, act="referral.decided", incoming=late, state="refused", reason="no_room")
    with book.read() as reader:
        assert len(incoming_list(reader)) == 2
        assert len(incoming_list(reader, ended=True)) == 3
        assert incoming_page(reader, late).steps[0].reason == "no_room"


def test_each_answer_follows_the_one_before_and_keeps_a_day_to_look_again(book: Casebook) -> None:
    incoming = received(book)
    case = a_case(book)
    with pytest.raises(errors.RefusalReasonMissing):
        do(book, act="referral.decided", incoming=incoming, state="refused")
    with pytest.raises(errors.AppointmentDayMissing):
        do(book, act="referral.decided", incoming=incoming, state="appointment")
    do(book, act="referral.decided", incoming=incoming, state="accepted", case=case)
    with book.read() as reader:
        row = incoming_page(reader, incoming).row
        assert (row.state, row.case, row.due) == ("accepted", case, date(2026, 12, 6))
    do(book, act="referral.decided", incoming=incoming, state="served")
    with pytest.raises(errors.IncomingDecided):
        do(book, act="referral.decided", incoming=incoming, state="accepted")
    with pytest.raises(errors.NoReplyAddress):
        sealed_reply(book, incoming)


def test_who_it_is_about_is_masked_like_everybody(tmp_path: Path, book: Casebook) -> None:
    received(book)
    with book.read() as reader:
        (row,) = incoming_list(reader)
        assert (row.who, "who" in row.masked) == (None, True)
    book.show_names()
    with book.read() as reader:
        assert incoming_list(reader)[0].who == MARK
    shelter = laptop(tmp_path, colleague(book, Role.SHELTER), book)
    with shelter as other, other.read() as reader, pytest.raises(errors.NotAllowed):
        incoming_list(reader)


def test_erasing_the_person_takes_what_others_wrote_about_them(book: Casebook) -> None:
    incoming, case = received(book), a_case(book)
    do(book, act="referral.decided", incoming=incoming, state="accepted", case=case, text=MARK)
    plan = plan_erasure(book, case)
    erase_person(book, ErasePerson(plan.person, "request", frozenset(each.id for each in plan.mentions)))
    sql = book._sql
    for table, column in (("incoming_referrals", "who"), ("incoming_referrals", "reason"), ("incoming_steps", "text")):
        assert not sql.value(f"SELECT count(*) FROM {table} WHERE {column} IS NOT NULL AND struck IS NOT 1")
        assert not sql.value(f"SELECT count(*) FROM {table} WHERE {column} LIKE '%{MARK}%'")
    with book.read() as reader:
        assert incoming_list(reader, ended=True) == []
