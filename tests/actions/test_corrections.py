"""Corrected answers: what was said stays, what holds is beside it, and two laptops correct without losing anything."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from kzcase.actions.corrections import CorrectForm, correct_form
from kzcase.actions.forms import blank_sheet
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import AnswersWrong, CaseClosed, ChangedSince, NotFound, NothingToChange
from kzcase.domain.permissions import Role
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.correcting import correction
from kzcase.queries.answers import StoredSheet, stored_sheet
from kzcase.queries.forms import parsed
from tests.actions.steps import a_case, do
from tests.db.books import START, founded
from tests.db.laptops import colleague, laptop, meet
from tests.forms.office import office_xform


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path / "a.kzcase") as found:
        do(found, act="form.added", xform=office_xform())
        yield found


def filled(book: Casebook, answers: dict[str, str], **more: Any) -> str:
    wish = {"case": a_case(book), "form": "visit", "answers": answers} | more
    return do(book, act="form.answered", **wish).ids["sheet"].hex()


def correct(book: Casebook, sheet: str, **more: Any) -> Any:
    return do(book, act="form.corrected", sheet=sheet, **more)


def now(book: Casebook, sheet: str, at: datetime | None = None) -> StoredSheet:
    with book.read() as reader:
        return stored_sheet(reader, sheet, at)


def test_a_corrected_answer_holds_and_what_follows_is_worked_out_anew(book: Casebook) -> None:
    sheet = filled(book, {"days": "3"})
    correct(book, sheet, answers={"days": "5"})
    assert now(book, sheet).answers == {"days": "5", "fee": "10"}


def test_the_sheet_as_it_was_can_still_be_read(book: Casebook) -> None:
    sheet = filled(book, {"days": "3"})
    first = now(book, sheet)
    assert first.answered_at is not None
    correct(book, sheet, answers={"days": "5"})
    correct(book, sheet, missing={"days": "refused"})
    last = now(book, sheet)
    assert (last.answers, last.missing) == ({}, {"days": "refused"})
    moments = [filling.at for filling in last.fillings]
    assert len(moments) == 3
    assert [now(book, sheet, at).answers.get("days") for at in moments] == ["3", "5", None]


def test_an_answer_is_taken_away(book: Casebook) -> None:
    sheet = filled(book, {"days": "3"}, missing={})
    correct(book, sheet, answers={"days": ""})
    assert now(book, sheet).answers == {}


def test_repeats_come_and_go_by_their_ids(book: Casebook) -> None:
    sheet = filled(book, {"legs[1]/to": "KZ", "legs[2]/to": "UZ"})
    first, second = now(book, sheet).answers
    correct(book, sheet, removed=[first.rpartition("/")[0]], answers={"legs{new}/to": "KG"})
    found = now(book, sheet).answers
    assert found[second] == "UZ"
    assert sorted(found.values()) == ["KG", "UZ"]
    assert not any("{new}" in path for path in found)
    correct(book, sheet, answers={"legs[1]/to": "TJ"})
    assert sorted(now(book, sheet).answers.values()) == ["KG", "TJ"]


def test_what_does_not_fit_is_not_stored(book: Casebook) -> None:
    sheet = filled(book, {"days": "3"})
    with pytest.raises(AnswersWrong):
        correct(book, sheet, answers={"days": "200"})
    with pytest.raises(NothingToChange):
        correct(book, sheet, answers={"days": "3"})
    with pytest.raises(NotFound):
        correct(book, "0" * 32, answers={"days": "3"})
    assert now(book, sheet).answers["days"] == "3"


def test_a_closed_case_is_not_corrected(book: Casebook) -> None:
    case = a_case(book)
    sheet = filled(book, {"days": "3"}, case=case)
    do(book, act="case.closed", case=case, reason="goals_reached", summary="Generated.", feedback_asked=True)
    with pytest.raises(CaseClosed):
        correct(book, sheet, answers={"days": "4"})


def test_a_correction_is_undone_while_it_is_the_last(book: Casebook) -> None:
    sheet = filled(book, {"days": "3"})
    done = correct(book, sheet, answers={"days": "5"})
    do(book, act="act.undone", of=done.act.hex())
    assert now(book, sheet).answers == {"days": "3", "fee": "6"}


def test_a_filling_in_that_was_corrected_is_not_undone(book: Casebook) -> None:
    case = a_case(book)
    done = do(book, act="form.answered", case=case, form="visit", answers={"days": "3"})
    correct(book, done.ids["sheet"].hex(), answers={"days": "5"})
    with pytest.raises(ChangedSince):
        do(book, act="act.undone", of=done.act.hex())


def test_two_laptops_correct_different_answers_and_both_hold(book: Casebook, tmp_path: Path) -> None:
    sheet = filled(book, {"days": "3", "legs[1]/to": "KZ"})
    other = colleague(book, Role.SUPERVISOR, Role.CASEWORKER)
    with laptop(tmp_path / "b.kzcase", other, book) as theirs:
        meet(book, theirs)
        leg = next(path for path in now(book, sheet).answers if path.startswith("legs"))
        correct(book, sheet, answers={"days": "5"})
        correct(theirs, sheet, answers={leg: "UZ"})
        meet(book, theirs)
        for each in (book, theirs):
            assert now(each, sheet).answers == {"days": "5", "fee": "10", leg: "UZ"}
            assert now(each, sheet).disputed == ()


def test_two_laptops_correct_the_same_answer_and_neither_is_lost(book: Casebook, tmp_path: Path) -> None:
    sheet = filled(book, {"days": "3"})
    other = colleague(book, Role.SUPERVISOR, Role.CASEWORKER)
    with laptop(tmp_path / "b.kzcase", other, book) as theirs:
        meet(book, theirs)
        correct(book, sheet, answers={"days": "5"})
        correct(theirs, sheet, answers={"days": "7"})
        meet(book, theirs)
        assert now(book, sheet).answers == now(theirs, sheet).answers
        assert set(now(book, sheet).disputed) == {"days", "fee"}
        correct(book, sheet, answers={"days": now(book, sheet).answers["days"]})
        meet(book, theirs)
        assert now(theirs, sheet).disputed == ()


def test_the_differences_between_two_sheets_are_the_correction(book: Casebook) -> None:
    sheet = filled(book, {"days": "3", "legs[1]/to": "KZ", "legs[2]/to": "UZ"})
    before, after = _sheet(book, sheet), _sheet(book, sheet)
    assert not correction(before, after)
    after.answer("days", "9")
    after.remove_repeat("legs[1]")
    after.answer(after.add_repeat("legs") + "/to", "TM")
    found = correction(before, after)
    assert found.answers["days"] == "9"
    assert len(found.removed) == 1
    wish = CorrectForm(sheet=sheet, answers=dict(found.answers), removed=list(found.removed))
    correct_form(book, wish)
    stored = now(book, sheet).answers
    assert sorted(stored.values()) == ["18", "9", "TM", "UZ"]
    after.leave_open("days", "unknown")
    assert correction(_sheet(book, sheet), after).missing == {"days": "unknown"}


def _sheet(book: Casebook, sheet: str) -> AnswerSheet:
    stored = now(book, sheet)
    made = blank_sheet(parsed(stored.source), stored.answered_at or START, "kk", empty=True)
    made.restore(stored.answers, stored.missing, stored.confirmed)
    return made
