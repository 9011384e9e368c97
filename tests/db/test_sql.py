"""Plain statements: many things asked about at once, and nothing of them kept in the connection afterwards."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kzcase.db.casebook import Casebook
from kzcase.db.sql import _AT_ONCE, _FEW
from tests.db.books import founded


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


@pytest.mark.parametrize("many", [0, 1, _FEW, _FEW + 1, _AT_ONCE, _AT_ONCE + 1, 5 * _AT_ONCE + 3])
def test_however_many_are_asked_about_each_answer_comes_once(book: Casebook, many: int) -> None:
    asked = [os.urandom(16) for _ in range(many)]
    with book._transaction("take_in"):
        sql = book._sql
        sql.run_each("INSERT INTO keyrings (scope, sealed) VALUES (?, ?)", [(each, each[:4]) for each in asked])
        found = sql.rows_with("SELECT scope, sealed FROM keyrings WHERE scope IN ({})", iter(asked))
        assert sorted(found) == sorted((each, each[:4]) for each in asked)


def test_what_a_long_question_was_given_does_not_stay_in_the_connection(book: Casebook) -> None:
    """SQLite keeps what a prepared statement was given last; many values would fill its small quick memory."""
    said: list[str] = []
    with book._transaction("take_in"):
        book._sql._driver.set_trace_callback(said.append)
        book._sql.rows_with("SELECT 1 FROM keyrings WHERE scope IN ({})", [bytes(16)] * (3 * _AT_ONCE + _FEW))
        book._sql._driver.set_trace_callback(None)
    last = {statement.count(","): statement for statement in said}
    assert all("x'" not in statement for length, statement in last.items() if length >= _FEW)
    assert any("x'" in statement for statement in said)


def test_no_rows_are_no_statement(book: Casebook) -> None:
    said: list[str] = []
    with book._transaction("take_in"):
        book._sql._driver.set_trace_callback(said.append)
        book._sql.run_each("DELETE FROM search_keys WHERE key = ?", [])
        assert book._sql.rows_with("SELECT 1 FROM keyrings WHERE scope IN ({})", []) == []
        book._sql._driver.set_trace_callback(None)
    assert said == []
