"""Agreements with partners: due before they end, said on the sheet, and warned of when somebody is referred there."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.due import WantedDaySheet, day_sheet, see_reminder
from kzcase.db.casebook import Casebook
from kzcase.domain.agreements import agreement_words, has_ended
from kzcase.domain.due import DueKind, DueRow
from kzcase.domain.errors import BadInput
from kzcase.domain.limits import LONGEST_LINE
from kzcase.domain.permissions import Role
from kzcase.i18n import render
from kzcase.queries.due import due, reminders
from kzcase.queries.letters import what_leaves
from kzcase.queries.my_day import my_day
from tests.actions.steps import PARTNER, a_case, a_consent, a_draft, do
from tests.db.books import founded
from tests.paper.reading import text_of

TODAY = date(2026, 11, 22)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def partner(book: Casebook, until: date | None, **more: Any) -> str:
    facts = PARTNER | {"name": "Шаңырақ"} | ({"agreement_to": until.isoformat()} if until else {}) | more
    return do(book, **facts).ids["partner"].hex()


def rows(book: Casebook, days: int = 60, **whose: Any) -> list[DueRow]:
    with book.read() as reader:
        found = due(reader, until=TODAY + timedelta(days=days), **whose)
    return [row for row in found if row.kind is DueKind.AGREEMENT]


def test_an_agreement_that_ends_is_due_until_it_is_renewed(book: Casebook) -> None:
    ending = partner(book, TODAY + timedelta(days=20))
    partner(book, None, name="Without a last day")
    partner(book, TODAY - timedelta(days=31), name="Long over")
    [row] = rows(book)
    assert (row.day, row.overdue, row.mine) == (TODAY + timedelta(days=20), False, True)
    assert "Шаңырақ" in render(row.what, "kk")
    assert rows(book, days=19) == []
    with book.read() as reader:
        [line] = [each for each in my_day(reader) if each.rule_id == DueKind.AGREEMENT]
        [told] = [each for each in reminders(reader, reader.acting.staff_id) if each.kind is DueKind.AGREEMENT]
    assert (line.day, line.worker, told) == (row.day, None, row)
    do(book, act="partner.changed", partner=ending, agreement_to="2028-01-01")
    assert rows(book) == []


def test_one_that_ended_is_overdue_and_can_be_put_aside(book: Casebook) -> None:
    partner(book, TODAY - timedelta(days=1))
    [row] = rows(book)
    assert row.overdue
    see_reminder(book, row)
    [put] = rows(book)
    assert put.seen
    with book.read() as reader:
        assert [each for each in my_day(reader) if each.rule_id == DueKind.AGREEMENT] == []


def test_only_who_keeps_the_directory_is_reminded(book: Casebook) -> None:
    partner(book, TODAY)
    assert len(rows(book, staff=book.acting.staff_id)) == 1
    assert rows(book, staff=bytes(16)) == []
    with book.read() as reader:
        grants = reader.acting.grants
        reader.acting = replace(reader.acting, grants={Role.PSYCHOLOGIST: grants[Role.CASEWORKER]})
        assert due(reader, until=TODAY) == ()


def test_the_day_sheet_has_it(book: Casebook) -> None:
    partner(book, TODAY)
    sheet = day_sheet(book, WantedDaySheet("kk"))
    assert "Келісімшарт" in text_of(sheet.content)
    assert "Шаңырақ" not in text_of(sheet.content)  # as of everything else, the sheet tells the sort alone


def test_whoever_refers_somebody_there_is_warned(book: Casebook) -> None:
    case, over, lasting = a_case(book), partner(book, TODAY - timedelta(days=1)), partner(book, TODAY)
    letter = {"act": "referral.drafted", "case": case, "need": "food", "reason": "Generated.", "language": "kk"}
    [warned] = do(book, **letter, partner=over).warned
    assert (warned.place, warned.warning) == ("partner", "agreement_ended")
    assert do(book, **letter, partner=lasting).warned == ()
    with book.read() as reader:
        assert [each.warning for each in what_leaves(reader, case, over).against] == ["agreement_ended"]
        assert what_leaves(reader, case, lasting).against == ()


def test_one_that_ended_since_the_letter_was_written_is_said_when_it_is_sent(book: Casebook) -> None:
    case, known, ended = a_case(book), partner(book, TODAY - timedelta(days=1)), partner(book, None)
    for each in (known, ended):
        a_consent(book, case, each)
    drafts = [a_draft(book, case, each) for each in (known, ended)]
    do(book, act="partner.changed", partner=ended, agreement_to="2026-11-21")
    said = [do(book, act="referral.sent", referral=each, how="in_person").warned for each in drafts]
    assert said == [(), ()]  # it was over already when both were written, as far as the day goes
    older = {"act": "referral.drafted", "case": case, "need": "food", "reason": "Generated.", "language": "kk"}
    draft = do(book, **older, partner=ended, on="2026-11-20").ids["referral"].hex()
    [warned] = do(book, act="referral.sent", referral=draft, how="in_person").warned
    assert (warned.place, warned.warning) == ("referral", "agreement_ended")


@pytest.mark.parametrize(
    ("days", "ended", "said"),
    [(None, False, ""), (31, False, ""), (30, False, "ends on"), (0, False, "ends on"), (-1, True, "ended on")],
)
def test_what_is_said_of_an_agreement(days: int | None, ended: bool, said: str) -> None:
    until = None if days is None else TODAY + timedelta(days=days)
    words = agreement_words(until, TODAY)
    assert has_ended(until, TODAY) is ended
    assert said in render(words, "en") if words else not said


@pytest.mark.parametrize("field", ["name", "address", "phone", "contact", "hours", "eligibility", "referral_contact"])
def test_texts_of_partners_have_a_length(book: Casebook, field: str) -> None:
    partner(book, None, **{field: "x" * LONGEST_LINE})
    with pytest.raises(BadInput):
        partner(book, None, **{field: "x" * (LONGEST_LINE + 1)})
