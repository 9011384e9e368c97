"""What nobody means to write is refused with its place; a wrong clock refuses nothing that is true."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kzcase.actions.checks import birth_day, past_day
from kzcase.actions.perform import perform, read_acts
from kzcase.actions.wishes import ACTIONS
from kzcase.cli.act_examples import example_of
from kzcase.db.rulebook import baseline
from kzcase.domain.errors import DayTooFar, InTheFuture, TwoOpenStays, WrongShape
from kzcase.domain.tasks import after
from kzcase.i18n import on_the_wall, render
from tests.actions.steps import CALL, do
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


FAR = {
    "a fact": ("fact.stated", {"fact": "detained", "at": "0001-01-01T00:00"}, "at"),
    "a fact, by day": ("fact.stated", {"fact": "detained", "on": "1066"}, "on"),
    "a task": ("task.added", {"title": "x", "due": "9999-12-31", "repeats": "week"}, "due"),
    "an opening": ("case.opened", CASE | {"opened_on": "0001-01-01"}, "opened_on"),
    "a birth": ("case.opened", CASE | {"person": CASE["person"] | {"birth": "1066"}}, "person.birth"),
    "an incident": ("incident.opened", {"what": "x", "noticed": "0001-01-01"}, "noticed"),
    "an agreement": ("partner.added", {"agreement_to": "9999-12-31"}, "agreement_to"),
    "a term": (
        "retention.changed",
        {"kind": "any", "years": 5, "source": "x", "valid_from": "9990-01-01"},
        "valid_from",
    ),
    "a call": ("call.logged", {"started_at": "0001-01-01T00:00+05:00"}, "started_at"),
    "a call-back": ("call_back.promised", {"due": "9999-12-31T23:59", "zone": "Pacific/Auckland"}, "due"),
}


@pytest.mark.parametrize("what", FAR)
def test_days_at_the_ends_of_the_calendar_are_refused_with_their_place(tmp_path: Path, what: str) -> None:
    kind, fields, place = FAR[what]
    with founded(tmp_path) as book:
        of = {field.encode_name for field in msgspec.structs.fields(ACTIONS[kind].wish_type)}
        given = example_of(kind) | {"act": kind} | fields
        if "case" in of:
            given["case"] = do(book, **CASE).ids["case"].hex()
        if kind == "call_back.promised":
            given |= {"call": do(book, **CALL).ids["call"].hex(), "phone": "+7 709 000 00 01", "hours": ""}
        (wanted,) = read_acts(json.dumps([given]).encode())
        with pytest.raises(DayTooFar) as refused:
            perform(book, wanted, "[0]")
    assert refused.value.place == f"[0].{place}"
    assert "1900" in render(refused.value.sentence(), "kk")


def test_a_correction_is_held_to_the_same_years(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        case = do(book, **CASE).ids["case"].hex()
        stated = do(book, act="fact.stated", case=case, fact="detained", at="2026-01-05T10:00").ids["statement"].hex()
        with pytest.raises(DayTooFar):
            do(book, act="fact.corrected", statement=stated, at="0001-01-01T00:00")


@pytest.mark.parametrize(("days", "months"), [("7", ""), ("", "1"), ("", "12")])
def test_a_task_of_an_older_version_comes_again_at_the_end_of_the_calendar(days: str, months: str) -> None:
    assert after(date.max, days, months) == date.max


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
