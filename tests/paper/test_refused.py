"""A letter the font lacks is refused on every road to paper, in a sentence that names the field."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

import pytest

from kzcase.domain.charts import Bar, BarChart
from kzcase.domain.errors import CannotPrint
from kzcase.domain.papers import PrintedField, SheetHeader
from kzcase.forms.definition import Form, QuestionKind
from kzcase.i18n import LANGUAGES, Language, Words, render, verbatim
from kzcase.paper.forms import form_sheet
from kzcase.paper.library import PAPERS, paper
from kzcase.paper.people import custody_receipt, family_sheet
from kzcase.paper.sheet import Sheet
from tests.paper.forms import ANSWERS, ask, every_kind, three
from tests.paper.reading import text_of
from tests.paper.rows import family, header, receipt
from tests.paper.test_library import EXAMPLES

LOST = "王"
NOT_PRINTED = {"header.code", "header.version", "header.identity", "header.printing", "header.organisation.email"}
"""Made by the program; of an office only what it has."""


def spoiled(row: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Copies of a row, each with one typed text that no font can print."""
    for each in fields(row):
        value, here = getattr(row, each.name), f"{place}{each.name}"
        for inner, changed in spoiled_value(value, here):
            yield inner, replace(row, **{each.name: changed})


def spoiled_value(value: Any, here: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, str) and here.rpartition(".")[2] not in ("field_class", "mark"):
        yield here, value + LOST
    elif isinstance(value, Words) and value.context == "verbatim":
        yield here, verbatim(render(value, "en") + LOST)
    elif is_dataclass(value) and not isinstance(value, Words | date):
        yield from spoiled(value, f"{here}.")
    elif isinstance(value, tuple):
        for at, one in enumerate(value):
            for inner, changed in spoiled_value(one, f"{here}[{at}]"):
                yield inner, (*value[:at], changed, *value[at + 1 :])


def unnamed(name: str, language: Language) -> list[str]:
    return unnamed_in(EXAMPLES[name], paper(name).print_row, language)


def unnamed_in(example: Any, print_row: Callable[[Any, Language], bytes], language: Language) -> list[str]:
    """Texts of a paper that are printed, or refused without a word about where they stand."""
    wrong = []
    for place, row in spoiled(example):
        if place in NOT_PRINTED or place.endswith((".label", ".title", "columns[0]", "columns[1]", "document[0][0]")):
            continue  # our own words and those of code lists, checked as they ship
        try:
            print_row(row, language)
        except CannotPrint as refused:
            said = render(refused.sentence(), language)
            if not refused.facts.get("field") or LOST in said or not said.startswith(("“", "«")):
                wrong.append(place)
        else:
            wrong.append(f"{place} printed")
    return wrong


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(set(PAPERS) - {"recovery_share"}))
def test_every_typed_text_of_every_paper_is_refused_by_name(name: str, language: Language) -> None:
    assert unnamed(name, language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_so_it_is_on_papers_about_a_person(language: Language) -> None:
    assert unnamed_in(family(), family_sheet, language) == []
    assert unnamed_in(receipt(), custody_receipt, language) == []


def test_canary_a_paper_that_forgets_the_name_of_a_field_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Sheet.say
    monkeypatch.setattr(Sheet, "say", lambda self, text, field="": real(self, text))
    assert {"client", "recipient"} <= set(unnamed("consent", "kk"))


TYPED = ("person/family", "legs[1]/where", "story", "jobs[1]/what", "place", "paper_code")


@pytest.mark.parametrize("place", TYPED)
def test_an_answer_is_refused_by_the_name_of_its_question(place: str) -> None:
    form = every_kind()
    label = form.by_path[place.replace("[1]", "")].label["kk"]
    with pytest.raises(CannotPrint) as refused:
        form_sheet(form, "kk", ANSWERS | {place: f"Әсем {LOST}"}, header())
    assert label in render(refused.value.sentence(), "kk")


def test_the_words_of_a_foreign_form_are_refused_by_the_name_of_the_question() -> None:
    for kind, texts in ((QuestionKind.TEXT, {"label": three(LOST)}), (QuestionKind.NOTE, {"label": three(LOST)})):
        form = Form("f", "f" * 64, three("Ф"), ("kk",), (ask("asked", kind, **texts),))
        with pytest.raises(CannotPrint) as refused:
            form_sheet(form, "kk", None, header())
        assert "asked" in render(refused.value.sentence(), "en")


def test_cells_and_bars_are_refused_by_the_name_of_their_column_and_chart() -> None:
    sheet = Sheet(header(), "kk")
    with pytest.raises(CannotPrint) as refused:
        sheet.table(["Күні", "Жазба"], [["22.11.2026", LOST]])
    assert refused.value.facts["field"] == "Жазба"
    with pytest.raises(CannotPrint) as refused:
        sheet.table(["Күні", "Мәтін"], [["22.11.2026", LOST]], field="Жазбалар")
    assert refused.value.facts["field"] == "Жазбалар"
    with pytest.raises(CannotPrint) as refused:
        sheet.chart(BarChart("Өңір", ("а",), (Bar(LOST, (1,)), Bar("б", (2,)))))
    assert refused.value.facts["field"] == "Өңір"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("الاسم", "Arabic letters (U+0627, U+0633, U+0644, U+0645)"),
        ("王小明", "Chinese characters"),
        ("ok 🙂", "pictures (emoji) (U+1F642)"),
        ("ანა", "Georgian letters"),
        ("Անի", "Armenian letters"),
        ("한", "Korean letters"),
        ("राम", "Hindi letters"),
        ("a\x07b", "invisible signs (U+0007)"),
        ("王 الا", "letters of other scripts"),
        ("ไทย", "letters of other scripts"),
    ],
)
def test_the_sentence_says_which_letters_and_what_to_do(typed: str, said: str) -> None:
    with pytest.raises(CannotPrint) as refused:
        Sheet(header(), "en").fields([("Name", typed)])
    sentence = render(refused.value.sentence(), "en")
    assert sentence.startswith(f"“Name”: paper cannot show {said}")
    assert "Cyrillic or Latin" in sentence
    assert not any(sign in sentence for sign in typed if ord(sign) > 0x590)


def test_many_lost_letters_are_not_all_listed() -> None:
    with pytest.raises(CannotPrint) as refused:
        Sheet(header(), "en").paragraph("".join(map(chr, range(0x4E00, 0x4F00))))
    assert len(render(refused.value.sentence(), "en")) < 250


PASTED = ("\u200eАсем\u200f", "\ufeffАсем", "А\u200bсем", "Асем\ufe0f", "\u2066Асем\u2069", "Асем\u2028", "Асем\u0085")


@pytest.mark.parametrize("typed", PASTED)
def test_unseen_marks_that_come_with_pasted_text_stop_no_paper(typed: str) -> None:
    sheet = Sheet(header(), "kk")
    sheet.paragraph(typed)
    assert "Асем" in text_of(sheet.to_bytes())


def test_the_rows_are_spoiled_everywhere() -> None:
    places = {place for place, _row in spoiled(EXAMPLES["referral_letter"])}
    assert {"partner", "reason", "enclosures[0]", "client[0].value", "header.organisation.name"} <= places
    assert is_dataclass(PrintedField)
    assert is_dataclass(SheetHeader)
