"""The safety card at the size of a bank card: whole in every language, readable, and inside its edges."""

import re
from dataclasses import replace

import pypdfium2
import pytest

from kzcase.domain.errors import TooLarge
from kzcase.forms.definition import text_in
from kzcase.forms.library import shipped_form
from kzcase.i18n import LANGUAGES
from kzcase.paper import cards, style
from kzcase.paper.cards import CARD_HEIGHT, CARD_WIDTH, card_sheet
from tests.paper.reading import pages_of, squeezed, text_of
from tests.paper.rows import OFFICE, header

FORM = shipped_form("safety_card")
READABLE = 7.0  # points
LEFT, FOOT = (style.PAGE_WIDTH - 2 * CARD_WIDTH) / 2, (style.PAGE_HEIGHT - 5 * CARD_HEIGHT) / 2


def card(language: str, **changes: object) -> bytes:
    head = header(unchecked=language not in LANGUAGES, printing="533W4X968YQK")
    return card_sheet(replace(FORM, **changes) if changes else FORM, language, None, head)  # type: ignore[arg-type]


def letters(paper: bytes) -> list[tuple[float, float, float, float, float]]:
    """Size and place of every letter above the foot of the page, where it is said how to cut."""
    found = []
    with pypdfium2.PdfDocument(paper) as document:
        text = document[0].get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            if text.get_text_range(at, 1).strip() and bottom > FOOT / 2:
                size = pypdfium2.raw.FPDFText_GetFontSize(text, at)
                found.append((size, left, bottom, right, top))
    return found


def outside(paper: bytes) -> list[tuple[float, float]]:
    """Letters that cross the edge of a side: every side holds its own whole."""
    crossing = []
    for _size, left, bottom, right, top in letters(paper):
        column, row = (left - LEFT) // CARD_WIDTH, (bottom - FOOT) // CARD_HEIGHT
        same = (right - LEFT) // CARD_WIDTH == column and (top - FOOT) // CARD_HEIGHT == row
        if not (same and column in (0, 1) and 0 <= row < 5):
            crossing.append((left, bottom))
    return crossing


def test_a_card_is_as_large_as_a_bank_card() -> None:
    assert (round(CARD_WIDTH / style.MM, 1), round(CARD_HEIGHT / style.MM, 1)) == (85.6, 54)


@pytest.mark.parametrize("language", FORM.languages)
def test_five_folded_cards_are_whole_and_readable_in_every_language(language: str) -> None:
    made = card(language)
    said = squeezed(text_of(made))
    for question in FORM.walk():
        lines = text_in(question.label, language).splitlines()
        if question is not FORM.questions[0]:  # the first heading says what the title says
            assert [(line, said.count(squeezed(line))) for line in lines] == [(line, 5) for line in lines]
    assert said.count(squeezed(text_in(FORM.title, language))) == 5
    assert len(pages_of(made)) == 1
    assert min(size for size, *_place in letters(made)) >= READABLE
    assert outside(made) == []


def test_nothing_on_a_card_leads_to_the_office() -> None:
    said = text_of(card("ru"))
    for told in (OFFICE.name, OFFICE.phone, "533W", "2026-A7", "22.11.2026", "P12"):
        assert told not in said
    assert re.search(rb"/Title \(([^)]*)", card("en")) is not None


def test_the_same_card_gives_the_same_bytes() -> None:
    assert card("kk") == card("kk")


def test_a_short_card_needs_no_fold_and_is_there_ten_times() -> None:
    short = replace(FORM.questions[0], children=FORM.questions[0].children)
    said = text_of(card("en", questions=(short,)))
    assert said.count("116 16") == 10


def test_a_card_with_too_many_words_is_refused() -> None:
    (note,) = FORM.questions[0].children
    long = replace(note, label={"en": "Many words stand here.\n" * 40})
    with pytest.raises(TooLarge):
        card("en", questions=(replace(FORM.questions[0], children=(long,)), FORM.questions[1]))


def test_what_was_answered_stands_where_one_would_write() -> None:
    (path,) = (each.path for each in FORM.asked() if each.name == "own_numbers")
    said = text_of(card_sheet(FORM, "kk", {path: "Айгүл 5550"}, header()))
    assert said.count("Айгүл 5550") == 5


def test_canary_letters_that_leave_their_card_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cards, "_room", lambda: CARD_HEIGHT + 20)
    assert outside(card("uz"))
