"""Calls are found by number and by telephone: by no one kept away, by no phone in other hands, and without a case."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kzcase.actions.reading import find_calls, read_call
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NeedsReason, NotAllowed, NotFound
from kzcase.domain.permissions import Role
from kzcase.domain.rows import CallRow
from kzcase.queries import found_calls
from tests.actions.steps import CALL, do
from tests.db.books import START, TickingClock, founded
from tests.db.laptops import colleague, laptop

PHONE, SPELLED = "+7 709 111 22 33", "8 (709) 111-22-33"
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
    return find_calls(book, typed)


def another(tmp_path: Path, office: Casebook, *roles: Role, away: str = "") -> Casebook:
    identity = colleague(office, *roles)
    if away:
        do(office, act="case.blocked", case=away, staff=identity.staff_id.hex())
    return laptop(tmp_path, identity, office, clock=TickingClock(START + timedelta(hours=1)))


def test_by_a_telephone_nobody_beyond_reach_learns_of_a_case(
    office: Casebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = a_case_by_call(office)
    assert [row.case_number for row in found(office, SPELLED)] == [made["case"]]
    with another(tmp_path, office, Role.HELPLINE) as operator:
        (row,) = found(operator, SPELLED)
        assert (row.number, row.case, row.case_number, row.note) == (made["call"], None, None, None)
        assert {"case", "case_number", "note", "phone"} <= row.masked
        monkeypatch.setattr(found_calls, "_without_case", lambda row: row)  # the canary
        assert found(operator, SPELLED)[0].case_number == made["case"]


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
