"""However many lines a day has, as many questions are asked: an office with a thousand lines waits no longer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kzcase.db import sql
from kzcase.db.casebook import Casebook
from kzcase.queries import my_day as of_day
from kzcase.queries.case_page import task_row
from kzcase.queries.my_day import my_day
from tests.actions.steps import a_sent_referral
from tests.db.books import founded


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Casebook]:
    monkeypatch.setattr(sql, "_FEW", 0)  # a few things are asked about one by one, on purpose
    with founded(tmp_path) as made:
        yield made


def asked(book: Casebook) -> tuple[int, int]:
    """How many lines remind of a reply, and how many statements the day took."""
    said: list[str] = []
    with book.read() as reader:
        my_day(reader, colleagues=True)
        driver: Any = reader.session.connection().connection.driver_connection
        driver.set_trace_callback(said.append)
        rows = my_day(reader, colleagues=True)
        driver.set_trace_callback(None)
    return sum(row.rule_id == "referral_reply" for row in rows), len(said)


def first_and_later(book: Casebook) -> list[tuple[int, int]]:
    """With one referral that awaits a reply, and with three."""
    a_sent_referral(book)
    first = asked(book)
    for _more in range(2):
        a_sent_referral(book)
    return [first, asked(book)]


def test_a_longer_day_asks_no_more_often(book: Casebook) -> None:
    (one, few), (three, more) = first_and_later(book)
    assert (one, three) == (1, 3)
    assert more == few


def test_canary_a_question_for_each_line_would_be_noticed(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_day, "task_row", lambda *given, states, **more: task_row(*given, **more))
    (_one, few), (_three, more) = first_and_later(book)
    assert more > few
