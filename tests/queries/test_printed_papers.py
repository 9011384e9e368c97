"""The history of a case names the paper that was printed, and in which languages."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kzcase.actions.papers import WantedPaper, print_paper
from kzcase.db.casebook import Casebook
from kzcase.i18n import LANGUAGES, Language, render
from kzcase.queries import history
from kzcase.queries.history import case_history
from tests.actions.steps import a_case
from tests.db.books import founded


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Casebook]:
    with founded(tmp_path) as found:
        yield found


def printed(book: Casebook) -> str:
    case = a_case(book)
    print_paper(book, WantedPaper("case_sheet", "kk", case))
    print_paper(book, WantedPaper("rights_sheet", "uz-Cyrl", case, second="ru", blank=True, safe_to_take="yes"))
    return case


def said(book: Casebook, case: str, language: Language) -> list[str]:
    with book.read() as reader:
        rows = case_history(reader, case)
    return [render(row.sentence, language) for row in rows if row.kind == "paper.printed"]


NAMED = {
    "kk": [
        "Қағаз басып шығарылды: Кейс парағы (Қазақша)",
        "Қағаз басып шығарылды: Сіздің құқықтарыңыз (Ўзбекча, Русский)",
    ],
    "ru": ["Бумага напечатана: Лист случая (Қазақша)", "Бумага напечатана: Ваши права (Ўзбекча, Русский)"],
    "en": ["Paper printed: Case sheet (Қазақша)", "Paper printed: Your rights (Ўзбекча, Русский)"],
}


def test_a_paper_is_named_with_its_languages(book: Casebook) -> None:
    case = printed(book)
    assert {language: said(book, case, language) for language in LANGUAGES} == NAMED


def test_canary_a_history_that_names_no_paper_is_noticed(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "printed_papers", lambda *_given: {})
    assert said(book, printed(book), "en") == ["Paper printed", "Paper printed"]
