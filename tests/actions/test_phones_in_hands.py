"""A phone in other hands is nobody's: it matches no caller, stands on no paper and screen, and is dialled by nobody."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.call_backs import show_call_number, show_number
from kzcase.actions.calling_in import open_without_word
from kzcase.actions.calls import take_back_call
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import (
    CallInUse,
    NeedsReason,
    NotFound,
    NotToBeCalled,
    PhoneInOtherHands,
    SeveralCallers,
)
from kzcase.domain.permissions import Role
from kzcase.queries import phone_hands
from kzcase.queries.alike import alike_people, described
from kzcase.queries.call_backs import before_calling, open_call_backs
from kzcase.queries.callers import alerts, known_caller
from kzcase.queries.calls import call_details, case_from_call
from kzcase.queries.my_day import my_day, waiting_count
from kzcase.queries.office import call_count
from kzcase.queries.people import person
from kzcase.queries.reach import within_reach
from kzcase.queries.safe_phones import phones_that_may_leave
from kzcase.queries.sheets import call_sheet_row, case_sheet_row
from tests.actions.steps import CALL, CASE, PERSON, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop, meet

NUMBER, DIGITS, WARNING = "+7 (709) 000-00-21", "7090000021", "көк үй"
NAME = " ".join(PERSON["names"][0][part] for part in ("family", "given"))
PROMISE = {"act": "call_back.promised", "due": "2026-11-23T12:00"}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as opened:
        yield opened


@pytest.fixture
def line(tmp_path: Path, book: Casebook) -> Iterator[Casebook]:
    identity = colleague(book, Role.HELPLINE)
    with laptop(tmp_path, identity, book) as opened:
        yield opened


def ask(book: Casebook, question: Any, *given: Any, **named: Any) -> Any:
    with book.read() as reader:
        return question(reader, *given, **named)


def client(book: Casebook, **rules: Any) -> dict[str, str]:
    opened = do(book, **CASE)
    person = opened.ids["person"].hex()
    phone = do(book, act="phone.added", person=person, number=NUMBER, **{"safe": "safe", **rules}).ids["phone"].hex()
    made = do(book, **CALL, anonymous=False, phone=NUMBER).ids["call"].hex()
    promised = do(book, **PROMISE, call=made).ids["call_back"].hex() if not rules else ""
    return {
        "case": opened.ids["case"].hex(),
        "person": person,
        "phone": phone,
        "call": made,
        "call_back": promised,
    }


def tried(perform: Callable[[], Any]) -> str:
    try:
        return repr(perform())
    except (PhoneInOtherHands, NotToBeCalled) as refused:
        return type(refused).__name__


def everywhere(book: Casebook, her: dict[str, str]) -> dict[str, bool]:
    """Place → whether her phone still leads somewhere there."""
    known = ask(book, known_caller, NUMBER)
    owner = bytes.fromhex(her["person"])
    with book.read() as reader:
        alike = alike_people(reader, described([NAME], "", "", [NUMBER], ()))
        leaving = [row.number for row in phones_that_may_leave(reader, owner)]
        papers = repr(case_sheet_row(reader, her["case"], "en")), repr(call_sheet_row(reader, her["call"], "en"))
        free = [phone for phone in person(reader, owner).phones if not phone.controlled]
    before = ask(book, before_calling, her["call"])
    return {
        "asked for a word": known.ask_word,
        "known by calls": bool(known.calls),
        "a call-back told": known.open_call_back,
        "alike": any("same_phone" in repr(row) for row in alike),
        "letters": bool(leaving),
        "case on paper": _digits(papers[0]),
        "call on paper": _digits(papers[1]),
        "screen": bool(free),
        "list of call-backs": not ask(book, open_call_backs)[0].closed,
        "before calling": not before.closed,
        "number of the promise": _digits(tried(lambda: show_number(book, her["call_back"]).number)),
        "number of the call": _digits(tried(lambda: show_call_number(book, her["call"]).number)),
        "another promise": tried(lambda: do(book, **PROMISE, call=her["call"])) != "PhoneInOtherHands",
        "a sheet by SMS": tried(
            lambda: do(book, act="sheet.given", call=her["call"], sheet="wages", language="ru", how="sms")
        )
        != "PhoneInOtherHands",
    }


def _digits(text: str) -> bool:
    return DIGITS in "".join(sign for sign in text if sign.isdigit())


def test_a_phone_in_other_hands_leads_nowhere(book: Casebook) -> None:
    her = client(book)
    assert all(everywhere(book, her).values()), everywhere(book, her)
    do(book, act="phone.controlled", phone=her["phone"], state="controlled")
    assert not any(everywhere(book, her).values()), everywhere(book, her)


def test_the_canary_a_forgotten_state_is_noticed(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    her = client(book)
    do(book, act="phone.controlled", phone=her["phone"], state="controlled")
    monkeypatch.setattr(phone_hands, "FREE", "controlled")
    assert all(everywhere(book, her).values())


@pytest.mark.parametrize("safe", ["do_not_call", "text_only"])
def test_nobody_rings_a_number_whose_owner_said_no(book: Casebook, safe: str) -> None:
    her = client(book, safe=safe)
    assert ask(book, before_calling, her["call"]).closed
    with pytest.raises(NotToBeCalled):
        show_call_number(book, her["call"])
    with pytest.raises(NotToBeCalled):
        do(book, **PROMISE, call=her["call"])


def test_after_a_word_of_warning_nobody_calls_back_until_a_supervisor_has_it(book: Casebook, line: Casebook) -> None:
    her = client(book)
    do(book, act="duress_word.set", person=her["person"], word=WARNING)
    meet(book, line)
    do(line, act="caller.checked", number=NUMBER, word=WARNING)
    with pytest.raises(NotToBeCalled):
        show_number(line, her["call_back"])
    assert not [row for row in ask(line, my_day) if row.rule_id == "line_alert"], "nobody on the line sees it"
    before = ask(book, waiting_count)
    meet(book, line)
    (row,) = [row for row in ask(book, my_day) if row.rule_id == "line_alert"]
    assert ask(book, my_day)[0] == row, "it stands first"
    assert ask(book, waiting_count) == before + 1
    assert not {her["case"], her["person"]}.intersection(repr(row).split("'")), "and says nothing of whom"
    do(book, act="alert.seen", check=ask(book, alerts)[0].id)
    assert ask(book, waiting_count) == before
    assert show_number(book, her["call_back"]).number == NUMBER


def test_a_promise_for_today_stands_on_my_day(book: Casebook) -> None:
    made = do(book, **CALL).ids["call"].hex()
    do(book, act="call_back.promised", call=made, due="2026-11-22T23:30", phone=NUMBER)
    assert [row.rule_id for row in ask(book, my_day) if row.rule_id == "call_back"] == ["call_back"]


def test_without_the_word_the_case_opens_only_for_a_reason(book: Casebook, line: Casebook) -> None:
    her = client(book)
    case = bytes.fromhex(her["case"])
    meet(book, line)
    with pytest.raises(NeedsReason):
        open_without_word(line, NUMBER, "")
    assert not ask(line, within_reach, [case])
    assert open_without_word(line, NUMBER, "contact") == case
    assert ask(line, within_reach, [case])
    with pytest.raises(NotFound):
        open_without_word(line, "+7 709 000 00 99", "contact")
    other = do(book, **CASE).ids["person"].hex()
    do(book, act="phone.added", person=other, number=NUMBER, safe="safe")
    meet(book, line)
    with pytest.raises(SeveralCallers):
        open_without_word(line, NUMBER, "contact")


def test_a_wrong_call_is_taken_back_unless_something_came_of_it(book: Casebook) -> None:
    her = client(book)
    with pytest.raises(CallInUse):
        take_back_call(book, her["call"])
    wrong = do(book, **CALL).ids["call"]
    case = do(book, **CASE)
    do(book, act="call.linked", call=wrong.hex(), case=case.ids["case"].hex())
    assert ask(book, call_details, wrong.hex()).more_cases == (case.number,)
    with pytest.raises(CallInUse):
        take_back_call(book, wrong.hex())
    mistake, calls = do(book, **CALL).ids["call"].hex(), ask(book, call_count)
    take_back_call(book, mistake)
    assert ask(book, call_count) == calls - 1
    with pytest.raises(NotFound):
        take_back_call(book, mistake)


def test_a_case_takes_over_what_the_call_said(book: Casebook) -> None:
    said = {"region": "KZ-61", "note": "A note of the call.", "danger": "yes", "caller": "caller_self"}
    made = do(book, **CALL, **said, anonymous=False, phone=NUMBER).ids["call"].hex()
    do(book, **PROMISE, call=made, hours="12:00-13:00", code_word="арай", say_we_are="the library")
    assert ask(book, case_from_call, made).hidden, "nothing is shown that the asker does not see"
    book.show_names()
    found = ask(book, case_from_call, made)
    assert found.given == {
        "phone": NUMBER,
        "hours": "12:00-13:00; арай; the library",
        "region": "KZ-61",
        "source": "helpline_116_16",
        "urgency": "immediate",
        "note": "A note of the call.",
    }
    assert (found.language, found.hidden) == (CALL["language"], False)
    assert not {"phone", "hours"} & ask(book, case_from_call, do(book, **CALL).ids["call"].hex()).given.keys()
