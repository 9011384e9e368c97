"""A colleague who is kept away from a case does not learn of it on the line: not from calls, call-backs, signals,
repeat callers, counts, nor from what is read before a number is dialled."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from kzcase.actions.call_backs import show_number
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NotFound, NotToBeCalled
from kzcase.domain.permissions import Role
from kzcase.queries import reach
from kzcase.queries.call_backs import before_calling, open_call_backs
from kzcase.queries.callers import known_caller
from kzcase.queries.shifts import hand_over
from kzcase.queries.signals import line_tasks, open_signals
from tests.actions.steps import CALL, do
from tests.db.books import START, TickingClock, founded
from tests.db.laptops import colleague, laptop, meet

PHONE = "+7 709 111 22 33"
WORDS = ("Құпия ана", "Құпия бөлім", "Құпия айғақ")


@dataclass
class Line:
    """The office, the laptop of somebody kept away, and what of the case is on the line."""

    office: Casebook
    book: Casebook
    made: dict[str, str]


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with founded(tmp_path) as office:
        call = do(office, **(CALL | {"phone": PHONE, "danger": "yes"})).ids["call"].hex()
        phone = {"number": PHONE, "safe": "at_hours", "hours": "18:00-20:00", "who_may_answer": WORDS[0]}
        person = {"names": [{"given": "Адам"}], "phones": [phone]}
        case = do(office, act="case.opened", kind="child", region="KZ-75", person=person, call=call).ids["case"].hex()
        told = {"unit": WORDS[1], "danger": "now", "facts": WORDS[2], "heard": True}
        signal = do(office, act="signal.prepared", call=call, **told).ids["signal"].hex()
        promise = {"act": "call_back.promised", "due": "2026-11-22T18:30", "phone": PHONE, "hours": "18:00-20:00"}
        back = do(office, **promise, call=call).ids["call_back"].hex()
        again = do(office, **(CALL | {"phone": PHONE})).ids["call"].hex()  # the same phone, and not of the case
        do(office, act="call_back.promised", due="2026-11-22T19:00", phone=PHONE, call=again)
        away = colleague(office, Role.HELPLINE, Role.SUPERVISOR)
        do(office, act="case.blocked", case=case, staff=away.staff_id.hex())
        with laptop(tmp_path, away, office, clock=TickingClock(START + timedelta(hours=1))) as book:
            yield Line(office, book, {"call": call, "signal": signal, "back": back, "again": again, "case": case})


def told(book: Casebook, again: str) -> str:
    """Everything the line tells of what is open and of a number that calls."""
    with book.read() as reader:
        parts = (hand_over(reader), open_signals(reader), line_tasks(reader), open_call_backs(reader))
        return repr((*parts, known_caller(reader, PHONE), before_calling(reader, again)))


def test_the_line_tells_whoever_is_kept_away_nothing(line: Line) -> None:
    said = told(line.book, line.made["again"])
    assert [name for name in ("call", "signal", "back", "case") if line.made[name] in said] == []
    assert [word for word in WORDS if word in said] == []
    with line.book.read() as reader:
        counts, who = hand_over(reader).counts, known_caller(reader, PHONE)
        assert (counts.calls, counts.signals, counts.promised) == (1, 0, 1)
        assert (who.ask_word, who.calls, who.has_word) == (False, 1, False)


def test_the_number_of_such_a_client_is_not_theirs_to_ring(line: Line) -> None:
    """Its rules would tell of the case, and dialling without them would endanger somebody: a colleague rings."""
    with line.book.read() as reader:
        (promise,) = open_call_backs(reader)
        assert (promise.closed, promise.safe_now, promise.hours) == (True, False, None)
        assert before_calling(reader, line.made["again"]).closed
    with pytest.raises(NotToBeCalled):
        show_number(line.book, promise.id)
    promise = {"act": "call_back.promised", "call": line.made["again"], "phone": PHONE, "due": "2026-11-22T15:00"}
    do(line.book, **promise)  # what they promise a caller is kept: another colleague rings
    for reference in (line.made["back"], line.made["call"]):
        with line.book.read() as reader, pytest.raises(NotFound):
            before_calling(reader, reference)


def test_nothing_is_done_with_it(line: Line) -> None:
    for act in (
        {"act": "signal.sent", "signal": line.made["signal"], "how": "phone"},
        {"act": "call_back.tried", "call_back": line.made["back"], "result": "no_answer"},
        {"act": "call.linked", "call": line.made["call"], "case": line.made["case"]},
        {
            "act": "signal.prepared",
            "call": line.made["call"],
            "unit": "x",
            "danger": "now",
            "facts": "x",
            "heard": True,
        },
    ):
        with pytest.raises(NotFound):
            do(line.book, **act)


def test_the_canary_whoever_is_let_back_is_told(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    everything = (*WORDS, *(line.made[name] for name in ("call", "signal", "back")))
    assert [each for each in everything if each not in told(line.office, line.made["again"])] == []
    with monkeypatch.context() as torn:
        torn.setattr(reach, "_KEPT_AWAY", "SELECT case_id FROM case_blocks WHERE staff_id = :me AND 0")
        assert all(each in told(line.book, line.made["again"]) for each in everything)
    do(line.office, act="case.unblocked", case=line.made["case"], staff=line.book.acting.staff_id.hex())
    meet(line.office, line.book)
    assert all(each in told(line.book, line.made["again"]) for each in everything)
