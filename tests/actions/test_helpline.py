"""The serious call: signals with facts apart from identity, call-backs at safe hours, and a client who calls in."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions import calling_in
from kzcase.actions.call_backs import show_number
from kzcase.actions.calling_in import open_without_word
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import (
    ChangedSince,
    IdentityNeedsGround,
    NotAllowed,
    NotFound,
    OutsideSafeHours,
    PhoneInOtherHands,
    ReviewByAnother,
    SignalUnheard,
)
from kzcase.domain.looks import Look
from kzcase.domain.permissions import Role
from kzcase.queries.call_backs import open_call_backs
from kzcase.queries.callers import alerts, caller_answer, known_caller
from kzcase.queries.office import open_tasks
from kzcase.queries.reach import within_reach
from kzcase.queries.shifts import hand_over, own_shift
from kzcase.queries.signals import open_signals
from tests.actions.steps import CALL, CASE, a_call, a_case, do
from tests.db.books import TickingClock, founded
from tests.db.laptops import colleague, laptop, meet

NUMBER, WORD, WARNING = "+7 (709) 000-00-21", "Ақ  КЕМЕ", "көк үй"
SIGNAL = {"act": "signal.prepared", "unit": "Generated unit", "danger": "now", "facts": "A house.", "people": 4}


@pytest.fixture
def clock() -> TickingClock:
    return TickingClock()


@pytest.fixture
def book(tmp_path: Path, clock: TickingClock) -> Iterator[Casebook]:
    with founded(tmp_path, clock=clock) as opened:
        yield opened


@pytest.fixture
def line(tmp_path: Path, book: Casebook) -> Iterator[Casebook]:
    """An operator's laptop that has met the office: they reach only cases that began with their own calls."""
    identity = colleague(book, Role.HELPLINE)
    with laptop(tmp_path, identity, book) as opened:
        yield opened


def ask(book: Casebook, question: Any, *given: Any, **named: Any) -> Any:
    with book.read() as reader:
        return question(reader, *given, **named)


def a_signal(book: Casebook, **more: Any) -> str:
    return do(book, **SIGNAL, call=a_call(book), heard=True, **more).ids["signal"].hex()


def client_with_word(book: Casebook) -> dict[str, str]:
    """A client whose phone is known, with a code word and a word of warning."""
    opened = do(book, **CASE)
    person = opened.ids["person"].hex()
    phone = do(book, act="phone.added", person=person, number="8 709 0000021", safe="code_word", code_word="ақ кеме")
    do(book, act="duress_word.set", person=person, word=WARNING)
    return {"case": opened.ids["case"].hex(), "person": person, "phone": phone.ids["phone"].hex()}


# Signals


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"heard": False}, SignalUnheard),
        ({"heard": True, "identity": "Who"}, IdentityNeedsGround),
        ({"heard": True, "ground": "agreement"}, IdentityNeedsGround),
        ({"heard": True, "ground": "life", "identity": "Who"}, IdentityNeedsGround),
        ({"heard": True, "ground": "child", "identity": "Who", "reason": " "}, IdentityNeedsGround),
    ],
)
def test_nobody_is_named_by_the_way(book: Casebook, given: dict[str, Any], refused: type[Exception]) -> None:
    with pytest.raises(refused):
        do(book, **SIGNAL, call=a_call(book), **given)
    assert ask(book, open_signals) == []


def test_a_signal_goes_at_once_is_chased_and_ends_with_an_answer(book: Casebook, clock: TickingClock) -> None:
    signal = a_signal(book)
    (row,) = ask(book, open_signals)
    assert (row.rule, row.due, row.identity) == ("crime_signal", book.now().date(), False)
    do(book, act="signal.sent", signal=signal, how="phone")
    assert [(row.rule, str(row.due)) for row in ask(book, open_signals)] == [("signal_result_3", "2026-11-25")]
    do(book, act="signal.acknowledged", signal=signal, by="Duty officer", their_number="17")
    clock.now = datetime(2026, 11, 26, 6, tzinfo=UTC)
    assert [row.overdue for row in ask(book, open_signals)] == [True]
    do(book, act="signal.answered", signal=signal, result="no_answer")
    assert [(row.rule, str(row.due)) for row in ask(book, open_signals)] == [("signal_result_10", "2026-12-02")]
    clock.now = datetime(2026, 12, 3, 6, tzinfo=UTC)
    do(book, act="signal.answered", signal=signal, result="no_answer")
    assert [str(row.due) for row in ask(book, open_signals)] == ["2026-12-13"], "asked again, not forgotten"
    assert signal in {task.id for task in ask(book, open_tasks)}
    do(book, act="signal.answered", signal=signal, result="found")
    assert ask(book, open_signals) == []


def test_not_to_this_unit_makes_it_due_again(book: Casebook) -> None:
    signal = a_signal(book)
    do(book, act="signal.sent", signal=signal, how="phone")
    do(book, act="signal.readdressed", signal=signal, unit="Another unit", because="A relative works there.")
    (row,) = ask(book, open_signals)
    assert (row.unit, row.sent_at, row.rule) == ("Another unit", None, "crime_signal")


def test_an_identity_without_agreement_is_reviewed_by_somebody_else_the_next_day(
    tmp_path: Path, book: Casebook
) -> None:
    signal = a_signal(book, ground="life", identity="Who", reason="Heard blows.")
    do(book, act="signal.sent", signal=signal, how="phone")
    (row,) = ask(book, open_signals)
    assert str(row.review_by) == "2026-11-23"
    assert ("signal_review", "2026-11-23") in {(task.rule_id, str(task.due)) for task in ask(book, open_tasks)}
    with pytest.raises(ReviewByAnother):
        do(book, act="signal.reviewed", signal=signal, review="upheld")
    other = colleague(book, Role.SUPERVISOR)
    operator = colleague(book, Role.HELPLINE)
    with laptop(tmp_path, operator, book) as third, pytest.raises(NotAllowed):
        do(third, act="signal.reviewed", signal=signal, review="upheld")
    with laptop(tmp_path, other, book) as second:
        do(second, act="signal.reviewed", signal=signal, review="too_much")
        meet(book, second)
    assert [row.review_by for row in ask(book, open_signals)] == [None]


# Call-backs


def a_promise(book: Casebook, **more: Any) -> str:
    given = {"due": "2026-11-22T19:00", "zone": "Europe/Moscow", "hours": "18:00-20:00", "phone": NUMBER}
    done = do(book, act="call_back.promised", call=a_call(book), **{**given, **more})
    return done.ids["call_back"].hex()


def test_a_promise_that_was_tried_since_is_not_undone(book: Casebook, clock: TickingClock) -> None:
    promised = do(book, act="call_back.promised", call=a_call(book), due="2026-11-22T19:00", phone=NUMBER)
    do(book, act="call_back.tried", call_back=promised.ids["call_back"].hex(), result="no_answer")
    with pytest.raises(ChangedSince):
        do(book, act="act.undone", of=promised.act.hex())
    assert len(ask(book, open_call_backs)) == 1


def test_hours_are_those_on_the_wall_of_the_other(book: Casebook, clock: TickingClock) -> None:
    with pytest.raises(OutsideSafeHours) as refused:
        a_promise(book, due="2026-11-22T17:00")
    assert refused.value.facts["when"] == "22.11.2026 18:00"
    promised = a_promise(book, code_word="Арай", say_we_are="a shop")
    (row,) = ask(book, open_call_backs)
    assert (row.safe_now, row.due_there, row.say_we_are) == (False, "22.11.2026 19:00", "a shop")
    assert NUMBER not in repr(row), "rules come before the number"
    assert "Арай" not in repr(row)
    with pytest.raises(OutsideSafeHours):
        show_number(book, promised)
    do(book, act="call_back.tried", call_back=promised, result="reached")
    (row,) = ask(book, open_call_backs)
    assert (row.tries, row.tries_outside) == (0, 1), "an attempt at another hour does not count"
    clock.now = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)  # 18:30 in Moscow
    assert show_number(book, promised).number == NUMBER
    do(book, act="call_back.tried", call_back=promised, result="no_answer")
    assert [row.tries for row in ask(book, open_call_backs)] == [1]
    do(book, act="call_back.tried", call_back=promised, result="reached")
    assert ask(book, open_call_backs) == []


def test_a_shown_number_is_entered_first(book: Casebook, clock: TickingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    promised = a_promise(book, hours="")
    entered: list[str] = []
    plain = Casebook.record_look

    def record(self: Casebook, entry: Any, *more: Any, **named: Any) -> None:
        entered.append(entry.what)
        plain(self, entry, *more, **named)

    monkeypatch.setattr(Casebook, "record_look", record)
    show_number(book, promised)
    assert entered == [Look.NUMBER]


def test_nothing_goes_to_a_phone_in_other_hands(book: Casebook, clock: TickingClock) -> None:
    client = client_with_word(book)
    promised = a_promise(book, hours="")
    call = do(book, **CALL, anonymous=False, phone=NUMBER).ids["call"].hex()
    do(book, act="phone.controlled", phone=client["phone"], state="controlled")
    for act in (
        {"act": "call_back.promised", "call": call, "due": "2026-11-23T12:00"},
        {"act": "sheet.given", "call": call, "sheet": "wages", "language": "ru", "how": "sms"},
    ):
        with pytest.raises(PhoneInOtherHands):
            do(book, **act)
    with pytest.raises(PhoneInOtherHands):
        show_number(book, promised)
    do(book, act="sheet.given", call=call, sheet="wages", language="ru", how="read")
    assert not ask(book, known_caller, NUMBER).ask_word
    tried = {"case": client["case"], "channel": "phone", "phone": client["phone"]}
    do(book, act="contact.tried", **tried)
    with book.read() as reader:
        counted = reader.number("SELECT count(*) FROM case_facts WHERE phone_id IS NOT NULL AND allowed = 1")
    assert counted == 0, "an attempt at a phone in other hands does not count"
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    do(book, act="phone.controlled", phone=client["phone"], state="free")
    assert ask(book, known_caller, NUMBER).ask_word
    assert show_number(book, promised).number == NUMBER


def test_whoever_holds_her_phone_opens_nothing_even_with_the_right_word(book: Casebook, line: Casebook) -> None:
    """Nor without it for a reason; and nothing is written down by which they could see that the number is known."""
    client = client_with_word(book)
    do(book, act="phone.controlled", phone=client["phone"], state="controlled")
    meet(book, line)
    for word in (WORD, WARNING, "ақ"):
        with pytest.raises(NotFound):
            do(line, act="caller.checked", number=NUMBER, word=word)
    with pytest.raises(NotFound):
        open_without_word(line, NUMBER, "contact")
    with line.read() as reader:
        assert reader.number("SELECT count(*) FROM caller_checks") == 0
    assert not ask(line, within_reach, [bytes.fromhex(client["case"])])


# She calls in


def test_only_a_word_is_asked_and_the_right_one_opens_the_case(book: Casebook, line: Casebook) -> None:
    client = client_with_word(book)
    meet(book, line)
    known = ask(line, known_caller, NUMBER)
    assert (known.ask_word, known.has_word) == (True, True)
    assert not {client["case"], client["person"]}.intersection(repr(known)), "nothing leads to her"
    case = bytes.fromhex(client["case"])
    wrong = do(line, act="caller.checked", number=NUMBER, word="ақ")
    assert ask(line, caller_answer, wrong.ids["check"].hex()).result == "wrong"
    assert not ask(line, within_reach, [case])
    right = do(line, act="caller.checked", number=NUMBER, word=WORD)
    assert ask(line, caller_answer, right.ids["check"].hex()).case == client["case"]
    assert ask(line, within_reach, [case])
    with pytest.raises(NotFound):
        ask(book, caller_answer, right.ids["check"].hex())


def test_a_word_of_warning_shows_nothing_but_to_a_supervisor(book: Casebook, line: Casebook) -> None:
    client = client_with_word(book)
    meet(book, line)
    wrong = do(line, act="caller.checked", number=NUMBER, word="no")
    warned = do(line, act="caller.checked", number=NUMBER, word=WARNING.upper())
    assert (wrong.ids.keys(), wrong.number, wrong.changed) == (warned.ids.keys(), warned.number, warned.changed)
    assert ask(line, caller_answer, warned.ids["check"].hex()).result == "cover"
    assert not ask(line, within_reach, [bytes.fromhex(client["case"])])
    assert ask(line, alerts) == []
    with line.read() as reader:
        kinds = reader.number("SELECT count(DISTINCT kind) FROM acts WHERE kind LIKE 'caller%'")
    assert kinds == 1
    meet(book, line)
    (alert,) = ask(book, alerts)
    assert alert.case == client["case"]
    do(book, act="alert.seen", check=alert.id)
    assert ask(book, alerts) == []


def test_a_word_of_warning_cannot_be_read_again(book: Casebook) -> None:
    client_with_word(book)
    with book.read() as reader:
        (digest,) = reader.session.connection().exec_driver_sql("SELECT digest FROM duress_words").scalars()
    assert WARNING.encode() not in bytes(digest)


def test_whoever_is_kept_away_hears_of_nobody(book: Casebook, line: Casebook) -> None:
    client = client_with_word(book)
    do(book, act="case.blocked", case=client["case"], staff=line.acting.staff_id.hex())
    meet(book, line)
    assert not ask(line, known_caller, NUMBER).ask_word
    with pytest.raises(NotFound):
        do(line, act="caller.checked", number=NUMBER, word=WORD)


def test_the_canary_a_check_that_opens_on_any_word_is_noticed(
    book: Casebook, line: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calling_in, "same_word", lambda _said, _known: True)
    with pytest.raises(AssertionError):
        test_only_a_word_is_asked_and_the_right_one_opens_the_case(book, line)


# Repeat callers, several cases, shifts


def test_repeat_callers_are_known_without_their_case(book: Casebook) -> None:
    first = do(book, **CALL, anonymous=False, phone="87090000099", nickname="the singer").ids["call"].hex()
    a_case(book, call=first)
    known = ask(book, known_caller, "+7 709 000-00-99")
    assert (known.calls, known.topics, known.ask_word) == (1, ("wages",), False)
    assert ask(book, known_caller, nickname="The Singer").calls == 1
    assert first not in repr(known)


def test_one_call_may_be_about_several_cases(book: Casebook) -> None:
    call, case = a_call(book), a_case(book)
    do(book, act="call.linked", call=call, case=case)
    with pytest.raises(Exception, match="NothingToChange"):
        do(book, act="call.linked", call=call, case=case)


def test_what_is_open_is_handed_over_by_itself(book: Casebook) -> None:
    do(book, act="shift.opened")
    promised, signal = a_promise(book, hours=""), a_signal(book)
    danger = do(book, **CALL, danger="yes", emergencies=[{"service": "102"}])
    do(book, act="outreach.logged", kind="visit", region="KZ-61", reached=7, topics=["stay"])
    over = ask(book, hand_over)
    assert [row.id for row in over.call_backs] == [promised]
    assert [row.id for row in over.signals] == [signal]
    assert [(row.call, row.services) for row in over.urgent] == [(danger.ids["call"].hex(), ("102",))]
    assert (over.counts.calls, over.counts.emergencies, over.counts.reached) == (3, 1, 7)
    do(book, act="shift.closed", words="Call the shelter.")
    assert ask(book, own_shift) is None
