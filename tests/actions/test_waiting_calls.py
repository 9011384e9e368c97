"""Calls written down while the casebook is locked: nobody reads them on disk, none is lost, none is logged twice."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.actions import waiting_calls
from kzcase.actions.waiting_calls import (
    PLACE,
    fields_of,
    keep_waiting,
    new_sheet,
    take_waiting_calls,
    waiting_sheets,
    wish_of,
)
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NotOurFile, TooLarge
from kzcase.domain.permissions import Role
from kzcase.queries.line_keys import line_key
from kzcase.queries.office import call_list
from tests.actions.steps import do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop

SECRET = "Үйде екі адам қамаулы"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as opened:
        do(opened, act="line_key.made")
        yield opened


def public(book: Casebook) -> bytes:
    with book.read() as reader:
        return line_key(reader).public


def keep(book: Casebook, half: str = "after", sheet: bytes = b"", **fields: Any) -> bytes:
    sheet = sheet or new_sheet()
    keep_waiting(book.folder.path, public(book), sheet, half, fields)
    return sheet


def logged(book: Casebook) -> list[Any]:
    with book.read() as reader:
        return call_list(reader)


def on_disk(book: Casebook) -> bytes:
    return b"".join(file.read_bytes() for file in (book.folder.path / PLACE).iterdir())


def test_both_halves_become_one_call_and_the_sheet_goes(book: Casebook) -> None:
    sheet = keep(book, "before", topics=["wages"], note=SECRET, phone="+7 709 000 00 31", anonymous=False)
    keep(book, "after", sheet, topics=["held"], outcome="out_emergency", note="102 is coming", danger="yes")
    assert SECRET.encode() not in on_disk(book)
    taken = take_waiting_calls(book)
    (row,) = logged(book)
    assert (row.id, row.topics, row.outcome, row.danger) == (sheet.hex(), ("held", "wages"), "out_emergency", "yes")
    assert row.note == f"{SECRET}\n102 is coming"
    assert (taken.calls, taken.closed, waiting_sheets(book.folder.path)) == ((row.number,), 0, [])


def test_half_a_sheet_is_a_call_too(book: Casebook) -> None:
    keep(book, note=SECRET)
    take_waiting_calls(book)
    assert [(row.note, row.outcome) for row in logged(book)] == [(SECRET, "out_cut")]


def test_a_sheet_taken_in_twice_is_one_call(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(book, note=SECRET)
    with monkeypatch.context() as killed:
        killed.setattr(waiting_calls, "_let_go", lambda *_given: None)  # killed between the commit and the removal
        take_waiting_calls(book)
    assert waiting_sheets(book.folder.path)
    assert take_waiting_calls(book).calls == ()
    assert (len(logged(book)), waiting_sheets(book.folder.path)) == (1, [])


def test_what_is_written_last_replaces_what_was_kept_before(book: Casebook) -> None:
    sheet = keep(book, note="a")
    keep(book, sheet=sheet, note="a b")
    assert len(list((book.folder.path / PLACE).iterdir())) == 1
    take_waiting_calls(book)
    assert [row.note for row in logged(book)] == ["a b"]


def test_a_colleague_without_the_key_leaves_it_for_the_others(tmp_path: Path, book: Casebook) -> None:
    late = colleague(book, Role.HELPLINE)
    keep(book, note=SECRET)
    with laptop(tmp_path, late, book) as other:
        (other.folder.path / PLACE).mkdir()
        for file in (book.folder.path / PLACE).iterdir():
            (other.folder.path / PLACE / file.name).write_bytes(file.read_bytes())
        assert take_waiting_calls(other).closed == 1
        assert waiting_sheets(other.folder.path)
        do(book, act="line_key.shared")
        other.take_in(*book.everything())
        assert len(take_waiting_calls(other).calls) == 1


@pytest.mark.parametrize("harm", ["cut", "bit", "renamed", "swapped"])
def test_a_damaged_sheet_is_not_logged_and_not_thrown_away(book: Casebook, harm: str) -> None:
    sheet = keep(book, note=SECRET)
    path = book.folder.path / PLACE / f"{sheet.hex()}.after"
    sealed = path.read_bytes()
    match harm:
        case "cut":
            path.write_bytes(sealed[:40])
        case "bit":
            path.write_bytes(bytes([sealed[0] ^ 1]) + sealed[1:])
        case "renamed":
            path.rename(path.with_name(f"{os.urandom(16).hex()}.after"))
        case "swapped":
            path.rename(path.with_name(f"{sheet.hex()}.before"))
    assert take_waiting_calls(book).closed == 1
    assert logged(book) == []
    assert waiting_sheets(book.folder.path)


def test_neither_links_nor_endless_sheets_are_written(tmp_path: Path, book: Casebook) -> None:
    with pytest.raises(TooLarge):
        keep(book, note="x" * (1 << 21))
    (book.folder.path / PLACE).symlink_to(tmp_path)
    with pytest.raises(NotOurFile):
        keep(book, note="x")
    assert waiting_sheets(book.folder.path) == []


@given(st.binary(max_size=200))
def test_any_bytes_give_fields_or_nothing(untrusted: bytes) -> None:
    found = fields_of(untrusted)
    assert found is None or isinstance(found, dict)


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda v: st.lists(v, max_size=3))


@given(st.dictionaries(st.sampled_from(["topics", "note", "channel", "danger", "phone", "x"]), JSON, max_size=4))
def test_any_fields_give_a_call_or_nothing(fields: dict[str, Any]) -> None:
    found = wish_of(fields)
    assert found is None or found.topics
