"""Before a client takes a paper away somebody asks whether it is safe, and the answer is recorded with the printing."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from kzcase.actions import papers
from kzcase.actions.papers import WantedPaper, blank_paper, is_client_paper, print_paper
from kzcase.actions.perform import perform, read_acts
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NotForClients, NotSafeToTake, PaperNotInLanguage, SafeToTakeUnasked
from kzcase.forms.library import shipped_form
from kzcase.i18n import render
from kzcase.paper.discreet import PLAIN_TITLE
from kzcase.paper.form_ends import UNCHECKED
from tests.db.books import START, founded
from tests.paper.reading import text_of

CASE = {"act": "case.opened", "kind": "child", "person": {"names": [{"given": "Generated"}]}}
FORM = "victim_screening"


@pytest.fixture
def book(tmp_path: Path) -> Any:
    with founded(tmp_path) as opened:
        yield opened


@pytest.fixture
def client_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """The form as if its client took it away, also in Tajik."""
    form = replace(shipped_form(FORM), client_paper=True, further_languages=("tg",))
    monkeypatch.setattr(papers, "form_of", lambda _reader, _id: form)
    monkeypatch.setattr(papers, "shipped_form", lambda _id: form)


def case_in(book: Casebook) -> str:
    (wanted,) = read_acts(json.dumps([CASE]).encode())
    return perform(book, wanted).number


def wish(case: str, safe: str = "", **more: Any) -> WantedPaper:
    return WantedPaper(FORM, "kk", case, blank=True, safe_to_take=safe, **more)


def printings(book: Casebook) -> list[tuple[Any, ...]]:
    with book.read() as reader:
        rows = reader.session.execute(text("SELECT safe_to_take, discreet, language, second_language FROM printings"))
        return [tuple(row) for row in rows]


@pytest.mark.usefixtures("client_form")
def test_nothing_is_printed_before_somebody_asked_or_against_the_answer(book: Casebook) -> None:
    case = case_in(book)
    assert is_client_paper(FORM)
    for safe, error in (("", SafeToTakeUnasked), ("perhaps", SafeToTakeUnasked), ("no", NotSafeToTake)):
        with pytest.raises(error):
            print_paper(book, wish(case, safe))
    assert printings(book) == []
    with book.read() as reader:
        kinds = reader.session.execute(text("SELECT kind FROM acts WHERE kind = 'paper.printed'")).all()
    assert kinds == []


@pytest.mark.usefixtures("client_form")
def test_the_answer_is_recorded_with_the_printing(book: Casebook) -> None:
    case = case_in(book)
    print_paper(book, wish(case, "yes", discreet=True))
    print_paper(book, wish(case, "office", second="ru"))
    assert sorted(printings(book), key=str) == [("office", None, "kk", "ru"), ("yes", True, "kk", None)]


@pytest.mark.usefixtures("client_form")
def test_a_discreet_paper_says_nothing_of_office_case_or_printing(book: Casebook) -> None:
    case = case_in(book)
    plain, discreet = (print_paper(book, wish(case, "yes", discreet=each)) for each in (False, True))
    title = shipped_form(FORM).title["kk"]
    for told in (case, plain.printing, title):
        assert told in text_of(plain.content)
    for told in (case, discreet.printing, title):
        assert told not in text_of(discreet.content)
    assert render(PLAIN_TITLE, "kk") in text_of(discreet.content)


@pytest.mark.usefixtures("client_form")
def test_a_language_nobody_checked_is_marked_until_somebody_did(book: Casebook) -> None:
    case, mark = case_in(book), render(UNCHECKED, "ru")
    tajik = replace(wish(case, "yes"), language="tg")
    assert mark in text_of(print_paper(book, tajik).content)
    assert mark not in text_of(print_paper(book, replace(tajik, native_reader=True)).content)
    assert mark not in text_of(print_paper(book, wish(case, "yes")).content)
    with book.write("form.text_checked") as act:
        from kzcase.db.tables.office import CheckedText

        version = shipped_form(FORM).version
        act.add(CheckedText(form_id=FORM, version=version, language="tg", reader="Generated", checked_on=act.today))
    assert mark not in text_of(print_paper(book, tajik).content)


def test_a_paper_nobody_takes_away_needs_no_answer_and_has_no_discreet_version(book: Casebook) -> None:
    case = case_in(book)
    print_paper(book, wish(case))
    for refused in (wish(case, discreet=True), replace(wish(""), discreet=True)):
        with pytest.raises(NotForClients):
            print_paper(book, refused) if refused.case else blank_paper(refused, START.date())


@pytest.mark.parametrize(
    ("paper", "changes"),
    [(FORM, {"language": "tg"}), (FORM, {"second": "uz"}), (FORM, {"second": "kk"}), ("consent", {"second": "ru"})],
)
def test_a_paper_is_printed_only_in_languages_it_was_written_in(
    book: Casebook, paper: str, changes: dict[str, str]
) -> None:
    case = case_in(book)
    wanted = replace(WantedPaper(paper, "kk", case, blank=True), **changes)
    with pytest.raises(PaperNotInLanguage):
        print_paper(book, wanted)
    with pytest.raises(PaperNotInLanguage):
        blank_paper(replace(wanted, case="", blank=False), START.date())
    assert printings(book) == []
