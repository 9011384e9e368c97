"""What is open on the line of a generated casebook: agrees with its calls, and is there for whoever opens a shift."""

import re
from datetime import date
from pathlib import Path
from random import Random

import pytest

from kzcase.demo.calls import generate_calls
from kzcase.demo.line import MOST, with_line_work
from kzcase.i18n import LANGUAGES, Language
from kzcase.queries.shifts import hand_over
from tests.db.books import START, founded
from tests.demo.rules import Bookkeeper
from tests.demo.test_performed import performed

TODAY = date(2026, 9, 15)


def line(seed: int, count: int, today: date = TODAY) -> list[dict[str, object]]:
    return list(with_line_work(Random(seed), generate_calls(seed, count, today, "kk"), today, "kk"))


def test_it_can_be_performed_and_is_the_same_for_the_same_seed() -> None:
    made = line(2, 2_000)
    assert Bookkeeper().take(made).wrong == []
    assert made == line(2, 2_000)
    kinds = [act["act"] for act in made]
    assert (kinds.count("signal.prepared"), kinds.count("call_back.promised")) == (MOST, MOST)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_written_in_the_language_asked_for_and_nothing_else_changes(language: Language) -> None:
    calls = [
        {
            "act": "call.logged",
            "ref": f"{outcome}-{number}",
            "outcome": outcome,
            "language": "kk",
            "phone": "+77090000001",
        }
        for outcome in ("out_callback", "out_signal")
        for number in range(MOST)
    ]
    said = list(with_line_work(Random(1), iter(calls), TODAY, language))
    words = [act[name] for act in said for name in WORDS if name in act]
    assert len(words) == 11
    cyrillic = [word for word in words if re.search("[а-яё]", word.lower())]
    kazakh = [word for word in words if re.search("[әғқңөұүһі]", word.lower())]
    assert (len(cyrillic), bool(kazakh)) == (0 if language == "en" else len(words), language == "kk")
    plain = list(with_line_work(Random(1), iter(calls), TODAY))
    assert [{**act, **dict.fromkeys(WORDS)} for act in said] == [{**act, **dict.fromkeys(WORDS)} for act in plain]


WORDS = ("say_we_are", "unit", "facts", "by", "words")
"""What is written in words on the line."""


def test_a_line_without_such_calls_has_nothing_open() -> None:
    calls = [{"act": "call.logged", "ref": "one", "outcome": "out_answered"}]
    assert list(with_line_work(Random(1), iter(calls), TODAY)) == calls


def test_a_shift_finds_call_backs_and_signals_of_all_states(tmp_path: Path) -> None:
    whole = line(2, 2_000, START.date())
    made = [act for act in whole if act["act"] != "call.logged"]
    wanted = {act["call"]["$ref"] for act in made if "call" in act}
    calls = [act for act in whole if act["act"] == "call.logged" and act["ref"] in wanted]
    with founded(tmp_path) as book:
        performed(book, [*calls, *made])
        with book.read() as reader:
            over = hand_over(reader)
    assert (over.shift, len(over.call_backs)) == (None, MOST)
    assert {(row.sent_at is not None, row.acknowledged_at is not None) for row in over.signals} == {
        (True, True),
        (True, False),
        (False, False),
    }
    assert {row.zone for row in over.call_backs} == {"Asia/Almaty", "Asia/Tashkent", "Europe/Moscow"}
    assert over.counts.reached == 0, "the days outside were before this shift"
