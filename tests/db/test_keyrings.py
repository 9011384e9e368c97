"""Keys that arrive: added to those held, never instead of them, and each page of a keyring is written once."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kzcase.db import keyrings
from kzcase.db.casebook import Casebook
from kzcase.db.keyrings import Keyrings, ScopeKeys, page_id, stored_scope_key
from kzcase.domain.ids import Id
from kzcase.journal.sealing import Ring, key_id, new_key, seal_keyring
from tests.db.books import founded

KEY = bytes([5]) * 32


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def ring(*subjects: Id) -> Ring:
    made = [(subject, new_key()) for subject in subjects]
    return {subject: {key_id(key): key} for subject, key in made}


def offer(scope: Id, keys: Ring, scope_key: bytes = KEY) -> ScopeKeys:
    return ScopeKeys(scope, scope_key, seal_keyring(scope_key, scope, keys))


def taken(book: Casebook, *offers: ScopeKeys) -> set[Id]:
    with book._transaction("take_in"):
        return book._keyrings.take_in(book._sql, offers)[0]


def held(book: Casebook, scope: Id, *subjects: Id) -> Ring:
    """What a program that opens the casebook anew would read."""
    return Keyrings().ring(book._sql, scope, subjects)


@pytest.mark.parametrize("at_once", [1, 2, 500])
def test_many_offers_of_one_scope_add_up(book: Casebook, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(keyrings, "_AT_ONCE", at_once)
    scope, one, two = (os.urandom(16) for _ in range(3))
    first, second, third = ring(scope, one), ring(scope, two), ring(one)
    assert taken(book, offer(scope, first), offer(scope, second), offer(scope, third)) == {scope}
    assert held(book, scope, scope, one, two) == {
        scope: first[scope] | second[scope],
        one: first[one] | third[one],
        two: second[two],
    }
    assert taken(book, offer(scope, second), offer(scope, first)) == set()
    assert stored_scope_key(book._sql, scope) == KEY


def test_a_scope_keeps_the_key_it_has(book: Casebook) -> None:
    scope, other = os.urandom(16), bytes([6]) * 32
    first, second = ring(scope), ring(scope)
    assert taken(book, offer(scope, first), offer(scope, second, other)) == {scope}
    assert stored_scope_key(book._sql, scope) == KEY
    assert held(book, scope, scope) == {scope: first[scope] | second[scope]}


def test_what_does_not_open_is_left_aside_and_the_rest_is_taken(book: Casebook) -> None:
    good, bad = os.urandom(16), os.urandom(16)
    keys = ring(good)
    spoiled = (
        ScopeKeys(bad, KEY, b""),
        ScopeKeys(bad, KEY, os.urandom(200)),
        ScopeKeys(bad, bytes(32), offer(bad, ring(bad)).sealed),
        ScopeKeys(bad, KEY, offer(good, keys).sealed),
    )
    assert taken(book, *spoiled, offer(good, keys), *spoiled) == {good}
    assert held(book, good, good) == keys
    assert held(book, bad, bad) == {}
    assert stored_scope_key(book._sql, bad) is None


def test_keys_made_here_and_keys_that_arrive_stand_side_by_side(book: Casebook) -> None:
    scope, subject = os.urandom(16), os.urandom(16)
    with book._transaction("take_in"):
        own = book._keyrings.keys(book._sql, scope, [subject])
    given = ring(subject)
    assert taken(book, offer(scope, given)) == {scope}
    together = {subject: own[subject] | given[subject]}
    assert held(book, scope, subject) == book._keyrings.ring(book._sql, scope, [subject]) == together


def test_each_page_is_read_once_and_written_once(book: Casebook) -> None:
    scope = os.urandom(16)
    subjects = [os.urandom(16) for _ in range(40)]
    said: list[str] = []
    with book._transaction("take_in"):
        book._sql._driver.set_trace_callback(said.append)
        book._keyrings.take_in(book._sql, [offer(scope, ring(scope, subject)) for subject in subjects])
        book._sql._driver.set_trace_callback(None)
    pages = {page_id(scope, subject) for subject in subjects} | {scope}
    assert sum("INTO keyrings" in statement for statement in said) == len(pages)
    assert sum("INTO scope_keys" in statement for statement in said) == 1
    assert len(held(book, scope, scope)[scope]) == len(subjects)
