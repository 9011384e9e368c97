"""Numbers: read aloud and written on paper, so no two cases, calls or letters ever share one."""

import re
from pathlib import Path

import pytest

from kzcase.db.casebook import Casebook
from kzcase.domain.errors import KzcaseError, UnknownCode
from kzcase.domain.permissions import Role
from tests.actions.steps import CALL, CASE, a_draft_act, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop, meet

FORM = re.compile(r"2026-[2-9A-HJ-NP-Z]{3}-[CR]?\d{5}-[\dX]")


def numbers(*books: Casebook) -> list[str]:
    """The numbers every laptop gives out."""
    found = []
    for book in books:
        found += [do(book, **CASE).number, do(book, **CALL).number]
    return found


def test_two_laptops_never_give_out_the_same(tmp_path: Path) -> None:
    with founded(tmp_path) as first, laptop(tmp_path, colleague(first, Role.CASEWORKER), first) as second:
        given = numbers(first, second)
        meet(first, second)
        given += numbers(second, first, second)
        given.append(a_draft_act(first).number)
        assert len(set(given)) == len(given)
        assert all(FORM.fullmatch(number) for number in given)


def test_a_number_shows_no_kind_of_case(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        given = [do(book, **(CASE | {"kind": kind})).number for kind in ("trafficking", "stateless", "child")]
        assert len({number[:9] for number in given}) == 1


def test_numbers_in_a_batch_go_on(tmp_path: Path) -> None:
    with founded(tmp_path) as book:
        given = numbers(book)
        with book.batch():
            given += numbers(book, book)
        assert len(set(given + numbers(book))) == len(given) + 2


def test_a_number_is_not_given_again_after_a_failure(tmp_path: Path) -> None:
    """Nobody saw the number of an act that failed, so it may be given; one that somebody saw never is."""
    with founded(tmp_path) as book:
        given = numbers(book)
        with pytest.raises(UnknownCode):
            do(book, **(CALL | {"topics": ["x"]}))
        with pytest.raises(KzcaseError), book.batch():
            numbers(book)
            do(book, **(CASE | {"kind": "x"}))
        given += numbers(book)
        assert len(set(given)) == len(given)


def test_a_counter_that_forgot_would_be_noticed(tmp_path: Path) -> None:
    """The canary: with its counter set back, a laptop does give a number twice."""
    with founded(tmp_path) as book:
        first = do(book, **CALL).number
        with book.local() as session:
            from sqlalchemy import text

            session.execute(text("DELETE FROM counters"))
        assert do(book, **CALL).number == first
