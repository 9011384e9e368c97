"""What nobody means to write is refused with its place; a wrong clock refuses nothing that is true."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.checks import birth_day, past_day
from kzcase.actions.perform import perform, read_acts
from kzcase.db.rulebook import baseline
from kzcase.domain.errors import InTheFuture, TwoOpenStays, WrongShape
from kzcase.i18n import on_the_wall
from tests.db.books import founded

CASE: dict[str, Any] = {
    "act": "case.opened",
    "kind": "child",
    "person": {"names": [{"given": "Generated"}], "phones": [{"number": "+7 709 000 00 01", "code_word": "MARKER-5"}]},
}
TODAY = date(2027, 3, 1)


def changed(**fields: Any) -> dict[str, Any]:
    return {**CASE, **fields}


@pytest.mark.parametrize("text", ["a\x00b", "\x1b[31m", "\u202eturned", "\u2066", "\x7f"])
def test_control_characters_are_refused_with_their_place(text: str) -> None:
    with pytest.raises(WrongShape) as refused:
        read_acts(json.dumps([changed(note=text)]).encode())
    assert refused.value.place == "[0].note"


@pytest.mark.parametrize("text", ["Қаріп Әғқңөұүһі", "two\nlines\tand a tab", "محمد", "₸ « » –"])
def test_letters_and_lines_are_taken(text: str) -> None:
    assert read_acts(json.dumps([changed(note=text)]).encode())


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"opened_on": "2999-01-01"}, "[0].opened_on"),
        ({"person": {"names": [{"given": "A"}], "birth": "2999"}}, "[0].person.birth"),
    ],
)
def test_days_to_come_are_refused(tmp_path: Path, given: dict[str, Any], place: str) -> None:
    (wanted,) = read_acts(json.dumps([changed(**given)]).encode())
    with founded(tmp_path) as book, pytest.raises(InTheFuture) as refused:
        perform(book, wanted, "[0]")
    assert refused.value.place == place


def test_a_clock_of_1970_refuses_no_true_day() -> None:
    wrong = date(1970, 1, 1)
    assert birth_day("1994-05", wrong, "birth") == "1994-05"
    assert past_day("2026-01-05", wrong) == date(2026, 1, 5)
    for ask in (lambda: birth_day("2027-04", TODAY, "birth"), lambda: past_day("2027-03-02", TODAY)):
        with pytest.raises(InTheFuture):
            ask()


def test_a_code_word_is_masked_with_the_phone_it_belongs_to(tmp_path: Path) -> None:
    from kzcase.queries.case_page import case_page

    (wanted,) = read_acts(json.dumps([CASE]).encode())
    with founded(tmp_path) as book:
        number = perform(book, wanted).number
        with book.read() as reader:
            assert "MARKER-5" not in repr(case_page(reader, number))
        book.show_names()
        with book.read() as reader:
            assert "MARKER-5" in repr(case_page(reader, number))


def test_two_open_stays_would_move_the_last_day_later() -> None:
    stays = [{"in": "2026-01-10", "out": None}, {"in": "2026-01-12", "out": None}]
    question = {"citizenship": "UZ", "stays": stays, "today": "2026-01-15"}
    with pytest.raises(TwoOpenStays) as refused:
        baseline().stay(question)
    assert refused.value.place == "stays[1].out"
    stays[1]["kind"] = "permit"
    assert baseline().stay(question)


def test_a_moment_is_shown_as_clocks_in_kazakhstan_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for zone in ("UTC", "America/New_York", "Asia/Almaty"):
        monkeypatch.setenv("TZ", zone)
        assert on_the_wall(datetime(2026, 11, 22, 20, 40, tzinfo=UTC)) == "23.11.2026 01:40"
