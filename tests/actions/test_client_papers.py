"""Before a client takes a paper away somebody asks whether it is safe, and the answer is recorded with the printing."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from kzcase.actions import papers
from kzcase.actions.form_texts import CheckText, check_text
from kzcase.actions.papers import WantedPaper, blank_paper, is_client_paper, paper_for_nobody, print_paper
from kzcase.actions.perform import perform, read_acts
from kzcase.db.casebook import Casebook
from kzcase.domain.classes import FieldClass
from kzcase.domain.client_papers import TAKEN_AWAY
from kzcase.domain.errors import NotForClients, NotSafeToTake, PaperNotInLanguage, SafeToTakeUnasked
from kzcase.domain.papers import CLASS_WORDS
from kzcase.domain.rows import PartnerRow
from kzcase.forms.library import shipped_form
from kzcase.i18n import _, render
from kzcase.paper.discreet import PLAIN_TITLE
from kzcase.paper.form_ends import UNCHECKED
from kzcase.queries.case_page import case_page
from kzcase.queries.partners import partner_list
from tests.actions.steps import a_case, a_consent, a_partner
from tests.db.books import START, founded
from tests.paper.reading import pages_of, text_of

CASE = {"act": "case.opened", "kind": "child", "person": {"names": [{"given": "Generated"}]}}
FORM = "victim_screening"
CLIENT, SIGN, TITLE = _("Client"), _("Legal representative"), _("Consent to share information")
_NOT_IN = "{}: This paper is not written in the language “{}”. It is written in: kk, ru, en."


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


def partners(book: Casebook) -> Sequence[PartnerRow]:
    with book.read() as reader:
        return partner_list(reader)


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
    assert mark not in text_of(print_paper(book, wish(case, "yes")).content)
    with book.write("form.text_checked") as act:
        from kzcase.db.tables.office import CheckedText

        version = shipped_form(FORM).version
        act.add(CheckedText(form_id=FORM, version=version, language="tg", reader="Generated", checked_on=act.today))
    assert mark not in text_of(print_paper(book, tajik).content)


def test_every_paper_a_client_takes_away_refuses_without_the_answer(book: Casebook) -> None:
    case = case_in(book)
    for paper in sorted(TAKEN_AWAY):
        assert is_client_paper(paper), paper
        for safe, error in (("", SafeToTakeUnasked), ("no", NotSafeToTake)):
            for blank in (True, False):
                with pytest.raises(error):
                    print_paper(book, WantedPaper(paper, "kk", case, blank=blank, safe_to_take=safe))
    with pytest.raises(SafeToTakeUnasked):  # the same paper by its code
        print_paper(book, WantedPaper("P03", "kk", case, blank=True))
    with pytest.raises(SafeToTakeUnasked):
        print_paper(book, WantedPaper("safety_card", "tg", case, blank=True, wallet=True))
    assert printings(book) == []


def test_the_sheet_of_consent_has_a_discreet_version_that_names_nobody(book: Casebook) -> None:
    case = a_case(book)
    partner = a_partner(book)
    a_consent(book, case, partner)
    wanted = WantedPaper("consent", "ru", case, safe_to_take="yes")
    plain, discreet = (print_paper(book, replace(wanted, discreet=each)) for each in (False, True))
    with book.read() as reader:
        number = case_page(reader, case).number
    (named,) = [row.name for row in partners(book) if row.id == partner]
    for told in (number, plain.printing, named, render(CLIENT, "ru"), render(SIGN, "ru"), render(TITLE, "ru")):
        assert told in text_of(plain.content), told
        assert told not in text_of(discreet.content), told
    assert render(PLAIN_TITLE, "ru") in text_of(discreet.content)
    assert render(CLASS_WORDS[FieldClass.IDENTIFYING], "ru") in text_of(discreet.content)
    assert printings(book) == [("yes", None, "ru", None), ("yes", True, "ru", None)]


def test_the_card_is_printed_for_a_case_with_or_without_an_answer_on_it(book: Casebook) -> None:
    case = case_in(book)
    wanted = WantedPaper("safety_card", "uz", case, blank=True, safe_to_take="yes", wallet=True)
    made = print_paper(book, wanted)
    assert (len(pages_of(made.content)), text_of(made.content).count("Foydali raqamlar")) == (1, 5)
    assert text_of(made.content).count(render(UNCHECKED, "ru")) == 5
    for refused in (replace(wanted, paper="rights_sheet"), replace(wanted, paper="consent", language="kk")):
        with pytest.raises(NotForClients):
            print_paper(book, refused)
    with pytest.raises(PaperNotInLanguage):
        print_paper(book, replace(wanted, second="ru"))


def test_a_paper_nobody_takes_away_needs_no_answer_and_has_no_discreet_version(book: Casebook) -> None:
    case = case_in(book)
    print_paper(book, wish(case))
    for refused in (wish(case, discreet=True), replace(wish(""), discreet=True)):
        with pytest.raises(NotForClients):
            print_paper(book, refused) if refused.case else blank_paper(refused, START.date())


@pytest.mark.parametrize(
    ("paper", "changes", "why"),
    [
        (FORM, {"language": "tg"}, _NOT_IN.format("language", "tg")),
        (FORM, {"second": "uz"}, _NOT_IN.format("second", "uz")),
        (FORM, {"second": "kk"}, "second: This is the first language already. Choose another, or none."),
        ("case_sheet", {"second": "ru"}, "second: Only forms are printed in two languages side by side."),
    ],
)
def test_a_paper_is_printed_only_in_languages_it_was_written_in(
    book: Casebook, paper: str, changes: dict[str, Any], why: str
) -> None:
    case = case_in(book)
    wanted = replace(WantedPaper(paper, "kk", case, blank=True), **changes)
    with pytest.raises(PaperNotInLanguage) as told:
        print_paper(book, wanted)
    assert render(told.value.sentence(), "en") == why
    with pytest.raises(PaperNotInLanguage):
        blank_paper(replace(wanted, case="", blank=False), START.date())
    assert printings(book) == []


def test_only_the_casebook_says_who_checked_a_text_also_on_a_paper_for_nobody(book: Casebook) -> None:
    mark, wanted = render(UNCHECKED, "ru"), WantedPaper("rights_sheet", "tg")
    assert mark in text_of(blank_paper(wanted, START.date()).content)
    assert mark in text_of(paper_for_nobody(book, wanted).content)
    check_text(book, CheckText(form="rights_sheet", language="tg", reader="Generated"))
    assert mark not in text_of(paper_for_nobody(book, wanted).content)
