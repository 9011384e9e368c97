"""Two callers tell of one crime: who of us passed it on already is said, and nothing of the other call or its case."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NotAllowed, NotFound
from kzcase.domain.line_rows import SharedSignal
from kzcase.domain.permissions import Role
from kzcase.i18n import render
from kzcase.queries import shared_signals as room
from kzcase.queries.shared_signals import shared_signals
from tests.actions.steps import CALL, a_case, do
from tests.db.books import TickingClock, founded
from tests.db.laptops import colleague, laptop, meet

PLACE = "Алматы, Райымбек даңғылы 348, жертөле"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def call(book: Casebook, **more: Any) -> str:
    return do(book, **(CALL | more)).ids["call"].hex()


def signal(book: Casebook, of: str, **more: Any) -> Done:
    told = {"unit": "Unit", "danger": "now", "facts": "Құпия айғақ", "heard": True}
    return do(book, act="signal.prepared", call=of, **(told | more))


def known(book: Casebook, row: Done) -> list[SharedSignal]:
    with book.read() as reader:
        return list(shared_signals(reader, row.ids["signal"].hex()))


@pytest.mark.parametrize(
    ("place", "same"),
    [
        ("Алматы, Raiymbek 348", True),
        ("улица Райымбека 348, подвал", True),
        ("улица Райымбека 34", False),
        ("Райымбек, 348-үй", True),
        ("Алматы", False),
        ("Алматы, Абай даңғылы 10", False),
        ("", False),
    ],
)
def test_a_place_told_by_two_callers_is_one(book: Casebook, place: str, same: bool) -> None:
    first = signal(book, call(book), place=PLACE)
    second = signal(book, call(book), place=place)
    assert [each.number for each in known(book, second)] == ([first.number] if same else [])
    assert bool(second.warned) is same
    assert first.warned == ()


def test_it_says_who_passed_it_on_and_nothing_else(book: Casebook) -> None:
    told = call(book, note="Құпия жазба", phone="+7 709 111 22 33")
    first = signal(book, told, place=PLACE)
    case = a_case(book, call=told)
    second = signal(book, call(book, phone="8 (709) 111-22-33"))
    assert "is about to pass it on" in render(second.warned[0].what, "en")
    do(book, act="signal.sent", signal=first.ids["signal"].hex(), how="phone")
    (found,) = known(book, second)
    assert (found.number, found.unit, found.by, found.received) == (first.number, "Unit", "Founder", False)
    assert found.sent_at is not None
    said = repr(found) + render(found.said(), "kk")
    assert not any(each in said for each in (told, case, "Құпия", "Райымбек", "709"))


def test_calls_of_one_case_are_of_one_crime(book: Casebook) -> None:
    one, other = call(book), call(book)
    first = signal(book, one)
    case = a_case(book, call=one)
    assert known(book, signal(book, other)) == []
    do(book, act="call.linked", call=other, case=case)
    second = signal(book, other, unit="Another unit")
    assert {each.number for each in known(book, second)} > {first.number}


def test_long_ago_is_another_time(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    signal(book, call(book), place=PLACE)
    second = signal(book, call(book), place=PLACE)
    assert len(known(book, second)) == 1
    monkeypatch.setattr(room, "LOOKED_BACK", room.LOOKED_BACK * 0)
    assert known(book, second) == []


def test_whoever_is_kept_away_from_the_earlier_case_is_told_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The canary: without the veil they would be told."""
    with founded(tmp_path) as office:
        told = call(office)
        signal(office, told, place=PLACE)
        case, away = a_case(office, call=told), colleague(office, Role.HELPLINE)
        do(office, act="case.blocked", case=case, staff=away.staff_id.hex())
        with laptop(tmp_path, away, office, clock=TickingClock()) as book:
            second = signal(book, call(book), place=PLACE)
            assert (second.warned, known(book, second)) == ((), [])
            meet(office, book)
            assert len(known(office, second)) == 1, "whoever may know is told"
            monkeypatch.setattr(room, "calls_kept_away", lambda _reader: frozenset())
            assert len(known(book, second)) == 1


def test_the_line_alone_asks(tmp_path: Path) -> None:
    with founded(tmp_path) as office:
        row = signal(office, call(office))
        with laptop(tmp_path, colleague(office, Role.PSYCHOLOGIST), office) as book, pytest.raises(NotAllowed):
            known(book, row)
        with office.read() as reader, pytest.raises(NotFound):
            shared_signals(reader, "00")
