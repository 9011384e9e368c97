"""Around the text of a client's paper our own words stand in the client's language; elsewhere in the worker's."""

from dataclasses import replace
from datetime import date

import pytest

from kzcase.forms.languages import FURTHER
from kzcase.forms.library import shipped_form
from kzcase.i18n import LANGUAGES, Words, _, render
from kzcase.paper import further_words
from kzcase.paper.fonts import missing
from kzcase.paper.form_ends import READ_ALOUD, SIGNER_WORDS
from kzcase.paper.forms import form_sheet
from kzcase.paper.further_words import FURTHER_WORDS, frame_language, said_in
from kzcase.paper.questions import FITTING, MISSING_WORDS
from tests.paper.reading import text_of
from tests.paper.rows import header

AROUND = (
    READ_ALOUD,
    *SIGNER_WORDS.values(),
    _("signature"),
    _("date"),
    _("page {page} of {pages}", page=1, pages=2),
    _("{code} · version {version} · {date}", code="F", version="1", date=date(2026, 11, 22)),
    _("{question} (continued)", question="Q"),
    _("Write the answer in words."),
    _("Write the answers in words, with commas between."),
    _("dd.mm.yyyy"),
    _("Nothing so far."),
    FITTING,
    *MISSING_WORDS.values(),
)


@pytest.mark.parametrize("language", FURTHER_WORDS)
def test_every_language_of_clients_has_all_the_words_that_stand_around_a_paper(language: str) -> None:
    assert set(FURTHER_WORDS[language]) == {words.msgid for words in AROUND}
    assert missing("".join(FURTHER_WORDS[language].values())) == frozenset()
    for words in AROUND:
        assert said_in(words, language) not in {render(words, each) for each in LANGUAGES if each == "en"}


def test_further_languages_of_forms_are_those_of_the_table() -> None:
    assert set(FURTHER_WORDS) == set(FURTHER)


def test_places_are_filled_as_the_program_fills_them_and_what_is_not_there_is_said_in_russian() -> None:
    assert said_in(AROUND[-10], "uz") == "F · tahrir 1 · 22.11.2026"
    assert said_in(_("Attached separately"), "tg") == render(_("Attached separately"), "ru")
    assert said_in(Words("date", context="elsewhere"), "uz") == render(Words("date", context="elsewhere"), "ru")
    assert [frame_language(each) for each in ("kk", "en", "ky")] == ["kk", "en", "ru"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uz", ("Mijoz", "imzo", "sana", "2 betdan 1-bet")),
        ("uz-Cyrl", ("Мижоз", "имзо", "сана", "2 бетдан 1-бет")),
        ("ky", ("Кардар", "колу", "күнү", "2 беттин 1-бети")),
        ("tg", ("Мизоҷ", "имзо", "сана", "саҳифаи 1 аз 2")),
    ],
)
def test_a_client_paper_speaks_the_language_of_the_client_all_around(language: str, words: tuple[str, ...]) -> None:
    said = text_of(form_sheet(shipped_form("consent_sharing"), language, None, header()))
    assert [each for each in words if each not in said] == []
    assert [each for each in ("подпись", "страница", "Клиент", "Прочитайте") if each in said] == []
    beside = text_of(form_sheet(shipped_form("consent_sharing"), "ru", None, header(), second=language))
    assert f"Клиент / {words[0]}" in beside


def test_a_reason_and_a_table_on_a_client_paper_speak_the_language_of_the_client() -> None:
    form = shipped_form("consent_withdrawal")
    asked = {each.path: "refused" for each in form.asked()}
    said = text_of(form_sheet(form, "uz", {}, header(), missing=asked, relevant={}))
    assert "Javob berishdan bosh tortdi" in said
    assert "Hozircha yoʻq." in said
    assert "kk.oo.yyyy" in text_of(form_sheet(form, "uz", None, header()))
    blank_and_filled = said + text_of(form_sheet(form, "uz", None, header()))
    assert [each for each in ("Отказ", "Пока ничего", "дд.мм") if each in blank_and_filled] == []


def test_a_paper_of_the_office_is_framed_in_the_language_of_the_worker() -> None:
    form = replace(shipped_form("consent_sharing"), client_paper=False)
    said = text_of(form_sheet(form, "uz", None, header()))
    assert "подпись" in said
    assert "Mijoz" not in said


def test_canary_words_that_are_not_in_the_table_are_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(further_words, "FURTHER_WORDS", {})
    with pytest.raises(AssertionError):
        test_a_client_paper_speaks_the_language_of_the_client_all_around("uz", ("Mijoz",))
