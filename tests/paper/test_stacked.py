"""Registers with many questions print as tables: the head on every page, no row torn, in every language."""

import pytest

from kzcase.domain.classes import FieldClass
from kzcase.forms.definition import Form, Paper, Question, QuestionKind
from kzcase.forms.library import shipped_form, shipped_forms
from kzcase.i18n import LANGUAGES
from kzcase.paper import stacked, style
from kzcase.paper.forms import EVERY_CLASS, form_sheet
from kzcase.paper.grids import grid
from kzcase.paper.sheet import Sheet
from kzcase.paper.stacked import lines_of, rows_to_write
from tests.paper.forms import ask, three
from tests.paper.reading import pages_of
from tests.paper.rows import header

MARKED = {
    (name, question.path)
    for name in shipped_forms()
    for question in shipped_form(name).walk()
    if question.kind is QuestionKind.REPEAT and question.paper.columns > 1
}
PIECES = 14


def cells(form: Form) -> list[Question]:
    kinds = (QuestionKind.CALCULATE, QuestionKind.NOTE)
    return [each for each in form.by_path["register/pieces"].children if each.kind not in kinds]


def register(language: str, *, allowed: frozenset[FieldClass] = EVERY_CLASS) -> list[str]:
    """A register of many pieces: the first text of each says its number, the last too, and one is long."""
    form, answers = shipped_form("evidence_register"), {}
    for number in range(1, PIECES + 1):
        inside = f"register/pieces[{number}]"
        answers[f"{inside}/what"] = f"Begins{number:02}"
        answers[f"{inside}/kind"] = "passport_foreign"
        answers[f"{inside}/differs"] = f"Middle{number:02} " + "толық сипаттама " * (12 if number == 5 else 1)
        answers[f"{inside}/holder"] = "ngo"
        answers[f"{inside}/scan_why"] = f"Ends{number:02}"
    return pages_of(form_sheet(form, language, answers, header(), allowed=allowed))


def page_with(pages: list[str], word: str) -> int:
    (found,) = [number for number, page in enumerate(pages) if word in page]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_row_is_torn_and_the_head_comes_again(language: str) -> None:
    pages = register(language)
    rows = [[page_with(pages, f"{word}{n:02}") for word in ("Begins", "Middle", "Ends")] for n in range(1, PIECES + 1)]
    assert [row for row in rows if len(set(row)) > 1] == []
    used = {row[0] for row in rows}
    assert len(used) > 1, "it goes on overleaf"
    head = shipped_form("evidence_register").by_path["register/pieces/scan_why"].label[language].split()[0]
    assert all(head in pages[number] for number in used)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_register_has_a_column_for_every_question_and_rows_to_write(language: str) -> None:
    form = shipped_form("evidence_register")
    said = "".join("".join(pages_of(form_sheet(form, language, None, header()))).split())
    missing = [each.path for each in cells(form) if "".join(each.label[language].split())[:12] not in said]
    assert missing == []


def test_what_may_not_be_printed_has_no_column() -> None:
    said = " ".join(register("en", allowed=frozenset({FieldClass.OPERATIONAL})))
    assert "Begins01" not in said
    assert "The name as written" not in said
    assert "Ends01" in said


@pytest.mark.parametrize("words", [900, 260])
def test_a_row_taller_than_a_page_is_printed_all_the_same(words: int) -> None:
    """One cell alone, and a row none of whose lines is taller than a page."""
    form, long = shipped_form("evidence_register"), "бір екі үш " * words
    answers = {
        f"register/pieces[1]/{name}": f"{long}{end}" for name, end in (("what", "Ends01"), ("differs", "Ends02"))
    }
    said = " ".join(pages_of(form_sheet(form, "kk", answers | {"register/pieces[2]/what": "Ends03"}, header())))
    assert [end for end in ("Ends01", "Ends02", "Ends03") if end not in said] == []


def test_registers_of_many_questions_are_marked_as_tables() -> None:
    assert {("evidence_register", "register/pieces"), ("nationality_by_country", "table/countries")} <= MARKED
    assert (lines_of(19, 4), lines_of(8, 4), lines_of(1, 4)) == (5, 2, 1)
    assert (rows_to_write(5), rows_to_write(1), rows_to_write(40)) == (3, 5, 2)


def test_on_an_empty_register_of_many_lines_each_place_says_what_goes_there() -> None:
    form = shipped_form("evidence_register")
    said = "".join("".join(pages_of(form_sheet(form, "kk", None, header()))).split())
    head = "".join(form.by_path["register/pieces/scan_why"].label["kk"].split())
    rounds = rows_to_write(lines_of(len(cells(form)), form.by_path["register/pieces"].paper.columns))
    assert said.count(head) == rounds >= 2


def torn_rows(lines: int) -> list[int]:
    """On an empty register of rows as high as half a page, begun so many lines down, the rows that two pages share."""
    long = [" ұзақ атау" * (6 * (at % 3)) for at in range(16)]
    columns = tuple(ask(f"r/q{at}", QuestionKind.TEXT, three(f"Бағана {at:02}.{long[at]}")) for at in range(16))
    register = ask("r", QuestionKind.REPEAT, three("Тізім"), children=columns, paper=Paper(columns=4))
    filler = ask("filler", QuestionKind.TEXT, three("Алдыңғы"), paper=Paper(lines=lines))
    form = Form("f", "d" * 64, three("Ф"), ("kk",), (filler, register))
    pages = pages_of(form_sheet(form, "kk", None, header()))
    counts = [[page.count(f"Бағана {at:02}.") for at in range(16)] for page in pages]
    return [number for number, count in enumerate(counts) if len(set(count)) > 1]


def test_no_empty_row_of_many_lines_is_torn_wherever_the_page_ends() -> None:
    assert [lines for lines in range(2, 24, 4) if torn_rows(lines)] == []


def test_canary_rows_that_may_be_torn_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = stacked.table_block
    monkeypatch.setattr(stacked, "table_block", lambda *given, **more: real(*given, **{**more, "torn": True}))
    assert any(torn_rows(lines) for lines in range(2, 24, 4))


def test_an_empty_row_of_a_table_is_high_enough_to_write_in() -> None:
    sheet = Sheet(header(), "kk")
    made = grid(sheet, ("Кім", "Не"), (("", ""), ("Айнұр", "")), shares=(), empty_rows=1)
    assert made._argH == [None, style.LINE, None, style.LINE]
