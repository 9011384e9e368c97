"""A referral letter says what the consent allows and nothing else, on one page, with a slip that names nobody."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzcase.domain.classes import FieldClass
from kzcase.domain.papers import ReferralLetter, SlipCode, Standing, discreet_file_name
from kzcase.i18n import LANGUAGES, Language, render
from kzcase.paper import letters, marks
from kzcase.paper.dates import long_date
from kzcase.paper.letters import referral_letter
from kzcase.paper.pages import DEMONSTRATION
from kzcase.queries.letters import NOT_TO_LEAVE
from tests.paper.reading import pages_of, text_of
from tests.paper.rows import header, letter

some_classes = st.sets(st.sampled_from(list(FieldClass))).map(frozenset)


def leaks(printer: Callable[[ReferralLetter, Language], bytes], allowed: frozenset[FieldClass]) -> set[FieldClass]:
    """The classes whose values or labels stand in a letter although the consent does not cover them."""
    said = text_of(printer(letter(allowed=allowed), "ru"))
    withheld = set(FieldClass) - allowed
    return {each for each in withheld if f"value-{each}" in said or f"label-{each}" in said}


@settings(max_examples=40, deadline=None)
@given(some_classes)
def test_withheld_fields_are_not_there_at_all(allowed: frozenset[FieldClass]) -> None:
    assert leaks(referral_letter, allowed) == set()
    said = text_of(referral_letter(letter(allowed=allowed), "ru"))
    assert all(f"value-{each}-Өң" in said for each in allowed)


def test_canary_a_letter_that_forgets_consent_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "may_print", lambda fields, _allowed: tuple(fields))
    assert leaks(referral_letter, frozenset({FieldClass.OPERATIONAL})) >= {FieldClass.HEALTH}


@pytest.mark.parametrize("language", LANGUAGES)
def test_letter_and_slip_fit_one_page(language: Language) -> None:
    pages = pages_of(referral_letter(letter(), language))
    assert len(pages) == 1
    for part in ("«Үміт» орталығы", "Баспана, тамақ", "Ә. Өмірзақова", "2026-A7-00012-5", "Қабылданды"):
        assert part in " ".join(pages[0].split())
    assert render(long_date(date(2026, 11, 22)), language) in pages[0]


def test_a_long_letter_keeps_its_slip_whole_at_the_foot_of_the_last_page() -> None:
    pages = pages_of(referral_letter(letter(reason="Ұзақ түсініктеме. " * 400), "kk"))
    assert len(pages) > 1
    assert all("Қабылданды" not in page for page in pages[:-1])
    for part in ("Қабылданды", "Бас тартылды", "Қосымша мәлімет керек"):
        assert part in " ".join(pages[-1].split())


def test_the_slip_code_holds_numbers_only(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    real = marks.draw_qr

    def noted(canvas: object, text: str, x: float, y: float, size: float) -> None:
        drawn.append(text)
        real(canvas, text, x, y, size)

    monkeypatch.setattr(marks, "draw_qr", noted)
    referral_letter(letter(), "kk")
    assert [SlipCode.read(text) for text in drawn] == [SlipCode("P12", "1", "2026-A7-00012-5", 1)]


def test_a_letter_without_extras_has_no_empty_headings() -> None:
    bare = letter(client=(), reason="", enclosures=(), urgency=None, reply_by=None, contact="")
    said = text_of(referral_letter(bare, "en"))
    for heading in ("Who needs help", "Why we ask you", "Enclosed", "Urgency", "Questions"):
        assert heading not in said


def test_a_discreet_letter_does_not_name_the_sender() -> None:
    said = text_of(referral_letter(letter(header=header(discreet=True)), "kk"))
    assert header().organisation.name not in said


def test_the_file_name_tells_nothing() -> None:
    assert discreet_file_name(header()) == "2026-A7-00012-5_P12.pdf"
    assert discreet_file_name(header(number="")) == "2026-11-22_P12.pdf"
    assert "/" not in discreet_file_name(header(number="../x"))


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_a_long_form(month: int) -> None:
    day = date(2026, month, 5)
    assert render(long_date(day), "en") == f"5 {day:%B} 2026"


def test_an_empty_letter_has_a_line_for_its_number_on_either_part() -> None:
    said = text_of(referral_letter(letter(header=header(number="")), "ru"))
    assert said.count("№ ……") == 2
    assert "№ ……" not in text_of(referral_letter(letter(), "ru"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_asks_for_the_person_named_only_where_one_is_named(language: Language) -> None:
    below = {"kk": "Төменде аталған", "ru": "названному ниже", "en": "named below"}[language]
    assert below in text_of(referral_letter(letter(), language))
    nameless = letter(allowed=frozenset({FieldClass.OPERATIONAL}))
    assert below not in text_of(referral_letter(nameless, language))


@pytest.mark.parametrize("standing", [Standing.WITHDRAWN, Standing.NOTHING])
def test_a_letter_that_may_not_leave_asks_for_no_answer_and_has_no_slip(standing: Standing) -> None:
    said = text_of(referral_letter(letter(client=(), allowed=frozenset(), standing=standing), "ru"))
    for part in ("названному ниже", "дал согласие", "Қабылданды", "29 ноября"):
        assert part not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mark_stands_whole_above_every_page_beside_the_demonstration(language: Language) -> None:
    marked = header(mark=NOT_TO_LEAVE, demonstration=True)
    pages = pages_of(referral_letter(letter(header=marked, reason="Ұзақ түсініктеме. " * 400), language))
    assert len(pages) > 1
    assert all(render(NOT_TO_LEAVE, language) in page for page in pages)
    assert all(render(DEMONSTRATION, language) in page for page in pages)
