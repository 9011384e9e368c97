"""Calls are found by number and by telephone: by no one kept away, by no phone in other hands, and without a case."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kzcase.actions.reading import find_calls, read_call
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Reader
from kzcase.db.tables.office import Call
from kzcase.domain import line
from kzcase.domain.errors import NeedsReason, NotAllowed, NotFound
from kzcase.domain.permissions import Role
from kzcase.domain.rows import CallRow
from kzcase.queries import callers, found_calls
from kzcase.queries import calls as calls_queries
from kzcase.queries import office as office_calls
from kzcase.queries.callers import known_caller
from kzcase.queries.calls import call_details
from kzcase.queries.found_calls import found_and_counted
from kzcase.queries.office import call_list, call_rows
from tests.actions.steps import CALL, CASE, do
from tests.db.books import START, TickingClock, founded
from tests.db.laptops import colleague, laptop

PHONE, SPELLED = "+7 709 111 22 33", "8 (709) 111-22-33"
OTHERS_PHONE = "+7 709 111 22 34"
MANY = 520
NOTE = "Құпия сөз"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as book:
        yield book


def a_case_by_call(book: Casebook) -> dict[str, str]:
    """A call that became the case of somebody with the number it came from."""
    call = do(book, **(CALL | {"phone": PHONE, "note": NOTE}))
    person = {"names": [{"given": "Адам"}], "phones": [{"number": PHONE, "safe": "at_hours", "hours": "18:00-20:00"}]}
    case = do(book, act="case.opened", kind="child", region="KZ-75", person=person, call=call.number)
    phone = book_value(book, "SELECT lower(hex(id)) FROM phones")
    return {"call": call.number, "case": case.number, "phone": phone}


def book_value(book: Casebook, sql: str) -> str:
    with book.read() as reader:
        return str(reader.session.connection().exec_driver_sql(sql).scalar())


def found(book: Casebook, typed: str) -> list[CallRow]:
    return find_calls(book, typed)[0]


def another(tmp_path: Path, office: Casebook, *roles: Role, away: str = "") -> Casebook:
    identity = colleague(office, *roles)
    if away:
        do(office, act="case.blocked", case=away, staff=identity.staff_id.hex())
    return laptop(tmp_path, identity, office, clock=TickingClock(START + timedelta(hours=1)))


def test_by_a_telephone_nobody_learns_of_a_case(
    office: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_case_by_call(office)
    do(office, **(CALL | {"phone": OTHERS_PHONE, "note": NOTE}))
    with another(tmp_path, office, Role.HELPLINE) as operator:
        for book in (office, operator):
            (row,), (other,) = found(book, SPELLED), found(book, OTHERS_PHONE)
            assert (row.number, row.case, row.case_number, row.note) == (made["call"], None, None, None)
            assert {"case", "case_number", "note", "phone"} <= row.masked
            assert row.masked == other.masked, "whether or not there is a case"
        monkeypatch.setattr(found_calls, "calls_without_case", call_rows)  # the canary
        (row,), (other,) = found(operator, SPELLED), found(operator, OTHERS_PHONE)
        assert row.masked != other.masked


def three_calls(book: Casebook) -> list[str]:
    """One that became no case, one connected with a case, and one a case began with."""
    calls = [do(book, **CALL).number for _ in range(3)]
    case = do(book, **CASE).number
    do(book, act="call.linked", call=calls[1], case=case)
    do(book, **(CASE | {"call": calls[2]}))
    return calls


def of_cases(book: Casebook, calls: list[str]) -> list[tuple[Any, ...]]:
    """What is told of the case of each: in the list, by its number, and looked at."""
    with book.read() as reader:
        listed = {row.number: row for row in call_list(reader)}
    told = []
    for number in calls:
        row, came = read_call(book, number)
        rows = (listed[number], *found(book, number), row)
        told.append(
            (*((each.case, each.case_number, "case" in each.masked) for each in rows), came.more_cases, came.masked)
        )
    return told


def asked(book: Casebook, number: str) -> int:
    """How many statements it takes to look at a call."""
    said: list[str] = []
    with book.read() as reader:
        driver = reader.session.connection().connection.driver_connection
        driver.set_trace_callback(said.append)
        call_details(reader, call_rows(reader, [call_of(reader, number)])[0].id)
        driver.set_trace_callback(None)
    return len(said)


def call_of(reader: Reader, number: str) -> Call:
    return reader.session.scalars(select(Call).where(Call.number == number)).one()


def test_a_case_beyond_reach_is_neither_named_nor_told_of(
    office: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = three_calls(office)
    every = of_cases(office, calls)
    assert [bool(each[0][1]) for each in every] == [False, False, True], "whoever has them within reach is told"
    assert [len(each[3]) for each in every] == [0, 1, 0]
    assert not any(each[0][2] or each[4] for each in every)
    with another(tmp_path, office, Role.HELPLINE) as operator:
        hidden = (None, None, True)
        assert set(of_cases(operator, calls)) == {(hidden, hidden, hidden, (), frozenset({"more_cases"}))}
        assert len({asked(operator, number) for number in calls}) == 1, "nor does the work tell"
        with monkeypatch.context() as canary:
            canary.setattr(office_calls, "reaches_every_case", lambda _reader: True)
            assert {told[0][2] for told in of_cases(operator, calls)} == {False}
        monkeypatch.setattr(calls_queries, "numbers_shown", lambda _reader, cases: dict.fromkeys(cases, "number"))
        assert len(set(of_cases(operator, calls))) == 2


def test_an_operator_goes_on_with_calls_of_their_own(office: Casebook, tmp_path: Path) -> None:
    foreign = do(office, **CASE).number
    with another(tmp_path, office, Role.HELPLINE) as operator:
        call = do(operator, **CALL).number
        with pytest.raises(NeedsReason):
            do(operator, act="call.linked", call=call, case=foreign)
        do(operator, act="call.linked", call=call, case=foreign, look_reason="danger")
        row, came = read_call(operator, call)
        assert (row.case_number, came.more_cases) == (None, (foreign,)), "connected by themselves a minute ago"
        own = do(operator, **(CASE | {"call": call})).number
        row, _came = read_call(operator, call)
        assert (row.case_number, "case" in row.masked) == (own, False)


def test_with_a_reason_a_call_leads_to_its_cases(office: Casebook, tmp_path: Path) -> None:
    _none, linked, began = three_calls(office)
    with another(tmp_path, office, Role.HELPLINE) as operator:
        assert len(read_call(operator, linked, "danger")[1].more_cases) == 1
        assert read_call(operator, began, "danger")[0].case_number is not None


def test_a_telephone_in_other_hands_finds_no_call(office: Casebook) -> None:
    made = a_case_by_call(office)
    do(office, act="phone.controlled", phone=made["phone"], state="controlled")
    assert found(office, PHONE) == []
    assert [row.number for row in found(office, made["call"])] == [made["call"]], "the call itself stays where it is"


def test_whoever_is_kept_away_finds_none(office: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = a_case_by_call(office)
    with another(tmp_path, office, *Role, away=made["case"]) as away:
        assert (found(away, PHONE), found(away, made["call"])) == ([], [])
        with pytest.raises(NotFound):
            read_call(away, made["call"])
        monkeypatch.setattr(found_calls, "calls_kept_away", lambda _reader: frozenset())  # the canary
        assert found(away, made["call"]) != []


def test_what_was_noted_takes_a_reason_beyond_reach(office: Casebook, tmp_path: Path) -> None:
    made = a_case_by_call(office)
    with another(tmp_path, office, Role.HELPLINE) as operator:
        row, came = read_call(operator, made["call"])
        assert (row.note, "note" in row.masked, came.call) == (None, True, row.id)
        row, _came = read_call(operator, made["call"], "danger")
        assert row.note == NOTE


def test_who_logs_no_calls_finds_none(office: Casebook, tmp_path: Path) -> None:
    made = a_case_by_call(office)
    with another(tmp_path, office, Role.AUDITOR) as auditor:
        for typed in (PHONE, made["call"]):
            with pytest.raises(NotAllowed):
                found(auditor, typed)
        with pytest.raises((NotAllowed, NeedsReason)):
            read_call(auditor, made["call"])


@pytest.mark.parametrize("typed", ["", "   ", "%", "2026_", "0", "no such"])
def test_nothing_else_finds_a_call(office: Casebook, typed: str) -> None:
    a_case_by_call(office)
    assert found(office, typed) == []


def test_the_newest_calls_of_a_number_come_first_however_many_there_are(
    office: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with office.batch():
        numbers = [do(office, **(CALL | {"phone": PHONE})).number for _ in range(MANY)]
    case = do(office, **CASE)
    do(office, act="call.linked", call=numbers[-1], case=case.number)
    assert [row.number for row in find_calls(office, SPELLED, 3)[0]] == numbers[:-4:-1]
    with office.read() as reader:
        assert found_and_counted(reader, SPELLED)[1] == found_and_counted(reader, numbers[0][:9])[1] == MANY
        assert len(found_and_counted(reader, SPELLED, limit=1_000)[0]) == known_caller(reader, PHONE).calls == MANY
    with another(tmp_path, office, Role.HELPLINE, away=case.ids["case"].hex()) as away, away.read() as reader:
        assert [row.number for row in found_and_counted(reader, SPELLED, limit=1)[0]] == [numbers[-2]]
        assert found_and_counted(reader, SPELLED)[1] == known_caller(reader, PHONE).calls == MANY - 1
    monkeypatch.setattr(callers, "_CALLS", callers._CALLS.replace(" DESC", ""))  # the canary
    assert find_calls(office, SPELLED, 1)[0][0].number != numbers[-1]


@pytest.mark.parametrize("extension", [" доб. 5", " Доб 17", ", ішкі 17", " EXT 123", " ext. 5"])
def test_an_extension_belongs_to_no_number(office: Casebook, extension: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain, longer = (do(office, **(CALL | {"phone": phone})).number for phone in (PHONE, PHONE + extension))
    for typed in (PHONE, SPELLED, SPELLED + extension):
        assert {row.number for row in found(office, typed)} == {plain, longer}
    person = do(office, **CASE).ids["person"].hex()
    phone = do(office, act="phone.added", person=person, number=PHONE + extension, safe="safe").ids["phone"].hex()
    do(office, act="phone.controlled", phone=phone, state="controlled")
    assert found(office, SPELLED) == [], "in other hands, however it is written"
    monkeypatch.setattr(line, "_EXTENSION", re.compile("$^"))  # the canary
    assert line.digits_of(SPELLED + extension) != line.digits_of(PHONE)
