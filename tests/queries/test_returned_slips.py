"""Return slips: the number on the paper finds its referral, one that several have asks, and no number comes twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.db.casebook import Casebook
from kzcase.db.tables.cases import Referral
from kzcase.domain.errors import NotFound, WrongNumber
from kzcase.domain.papers import SlipCode
from kzcase.domain.permissions import Role
from kzcase.queries.returned_slips import referrals_of_number
from tests.actions.steps import a_consent, a_draft, a_sent_referral, do
from tests.db.books import founded
from tests.db.laptops import colleague, laptop, meet


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def found(book: Casebook, typed: str) -> list[str]:
    with book.read() as reader:
        return [one.id for one in referrals_of_number(reader, typed)]


def number_of(book: Casebook, referral: str) -> str:
    with book.read() as reader:
        return reader.session.get_one(Referral, bytes.fromhex(referral)).number or ""


def test_a_typed_number_finds_its_referral_and_a_wrong_one_is_noticed(book: Casebook) -> None:
    _case, referral = a_sent_referral(book)
    number = number_of(book, referral)
    for typed in (number, number.lower().replace("-", ""), f" {number} "):
        assert found(book, typed) == [referral]
    with pytest.raises(WrongNumber):
        found(book, number[:-1] + ("1" if number[-1] != "1" else "2"))
    with pytest.raises(NotFound):
        found(book, "R09999")
    for typed in ("", "nonsense", "C00001"):
        with pytest.raises(WrongNumber):
            found(book, typed)


def test_the_code_on_the_slip_finds_the_very_letter_that_was_printed(book: Casebook) -> None:
    case, first = a_sent_referral(book)
    with book.read() as reader:
        partner = reader.session.get_one(Referral, bytes.fromhex(first)).partner_id.hex()
    a_consent(book, case, partner)
    second = a_draft(book, case, partner)
    do(book, act="referral.sent", referral=second, how="phone")
    for referral in (first, second):
        paper = print_paper(book, WantedPaper("referral_letter", "kk", case, referral))
        code = SlipCode("P12", "1", paper.printing.replace("-", ""), 1).text()
        assert found(book, code) == found(book, paper.printing) == [referral]


def test_an_ambiguous_number_gives_all_to_choose_from(tmp_path: Path, book: Casebook) -> None:
    _case, first = a_sent_referral(book)
    with laptop(tmp_path, colleague(book, Role.CASEWORKER), book) as other:
        _case, second = a_sent_referral(other)
        meet(book, other)
    assert number_of(book, first)[-7:-2] == number_of(book, second)[-7:-2] == "00001"
    for typed in ("1", "R1", "00001"):
        assert set(found(book, typed)) == {first, second}
    assert found(book, number_of(book, second)) == [second]


def test_numbers_are_never_given_again_not_even_after_undoing(book: Casebook) -> None:
    from kzcase.actions.history import UndoAct, undo_act

    case, referral = a_sent_referral(book)
    given = {number_of(book, referral)}
    with book.read() as reader:
        partner = reader.session.get_one(Referral, bytes.fromhex(referral)).partner_id.hex()
    for _again in range(3):
        letter = {"need": "social_legal", "reason": "Generated."}
        done = do(book, act="referral.drafted", case=case, partner=partner, **letter)
        assert done.number not in given
        given.add(done.number)
        undo_act(book, UndoAct(of=done.act.hex()))
