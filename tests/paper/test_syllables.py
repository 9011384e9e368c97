"""Long words break between syllables, and only where a reader expects it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzcase.paper import style
from kzcase.paper.fitting import with_breaks
from kzcase.paper.sheet import Sheet
from kzcase.paper.syllables import SOFT_HYPHEN, syllables
from tests.paper.reading import LINE_HYPHEN, pages_of, squeezed, text_of
from tests.paper.rows import header


@pytest.mark.parametrize(
    "parts",
    [
        "қо-ғам-дық",
        "ұйым-дас-ты-ру",
        "бай-ла-ныс",
        "мә-лі-мет-тер",
        "нап-рав-ле-ние",
        "пись-мен-ный",
        "ра-йон",
        "қа-уіп-сіз-дік",
        "тау-да",
        "ана",
        "shel-ter",
        "infor-ma-tion",
        "inter-preter",
        "stateless-ness",
        "safety",
        "то-ҷи-кис-тон",
        "ўқи-тув-чи",
        "мү-чө",
    ],
)
def test_known_words(parts: str) -> None:
    assert syllables(parts.replace("-", "")) == parts.split("-")


@pytest.mark.parametrize("parts", ["ya-shash", "tash-ki-lot", "oʻ-qi-tuv-chi", "maʼ-lu-mot", "bosh-qa"])
def test_latin_words_on_uzbek_papers(parts: str) -> None:
    assert syllables(parts.replace("-", ""), uzbek=True) == parts.split("-")


@given(st.text(alphabet="аәбгқмнңоөрсұыіьйъу", max_size=30))
def test_no_letter_is_lost_and_no_part_is_a_single_letter(word: str) -> None:
    parts = syllables(word)
    assert "".join(parts) == word
    assert with_breaks(word, style.QUESTION, 20).replace(SOFT_HYPHEN, "") == word
    assert len(parts) == 1 or all(len(part) >= 2 for part in (parts[0], parts[-1]))
    assert all(part[0] not in "ьъ" for part in parts[1:])


def test_words_that_fit_and_numbers_that_do_not_stay_whole() -> None:
    assert with_breaks("байланыс орталығы", style.QUESTION, 100) == "байланыс орталығы"
    for number in ("2026-A7-00012-5", "+77010000000000"):
        assert with_breaks(number, style.QUESTION, 20) == number


LONG = "Қанағаттандырылмағандықтарыңыздан"


def test_a_long_heading_is_broken_between_syllables_and_a_long_answer_is_not_changed() -> None:
    sheet = Sheet(header(), "kk")
    sheet.table([LONG] * 6, [[LONG, "", "", "", "", ""]])
    head, *_others, answer = squeezed(pages_of(sheet.to_bytes())[0]).split("Қанағат")[1:]
    parts = ("Қанағат" + head).split(LINE_HYPHEN)
    assert len(parts) > 2
    ends = {len("".join(syllables(LONG)[:count])) for count in range(len(LONG))}
    assert all(len("".join(parts[:count])) in ends for count in range(1, len(parts)))
    assert answer.startswith(LONG.removeprefix("Қанағат"))


def test_a_word_that_fits_shows_no_hyphen() -> None:
    sheet = Sheet(header(), "kk")
    sheet.table([LONG], [["а"]])
    assert LONG in text_of(sheet.to_bytes())
