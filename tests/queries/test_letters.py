"""What a referral letter may say: never a field whose class the person did not agree to, whatever the rest."""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzcase.db.casebook import Casebook
from kzcase.domain.classes import FieldClass
from kzcase.domain.consents import MayLeave
from kzcase.domain.errors import NotFound
from kzcase.domain.papers import ReferralLetter, Standing, class_choices
from kzcase.i18n import LANGUAGES, Words, render
from kzcase.paper.library import paper
from kzcase.queries import letters
from kzcase.queries.letters import consent_sheet_row, referral_letter_row
from tests.db.books import founded
from tests.demo.test_performed import performed

MARKS: dict[FieldClass, tuple[str, ...]] = {
    FieldClass.IDENTIFYING: ("Қарлығашова", "Zzyvalik", "1991"),
    FieldClass.CONTACT: ("70900077123", "Апасыжауапбереді"),
    FieldClass.SENSITIVE: ("Зауыттанқашты", "Көктемгілогос"),
    FieldClass.HEALTH: (),
    FieldClass.OPERATIONAL: (),
    FieldClass.STATISTICAL: ("Вьетнам",),
}
"""Signs that stand in exactly one class of the test person's fields."""
NEVER = "70900066999"
SUBSETS = st.frozensets(st.sampled_from(list(FieldClass)))

PERSON = {
    "names": [
        {"family": "Қарлығашова", "given": "Айым", "script": "Cyrl"},
        {"family": "Zzyvalik", "given": "Aiym", "script": "Latn"},
    ],
    "sex": "female",
    "birth": "1991-03",
    "citizenships": ["VN"],
    "language": "kk",
    "phones": [
        {
            "number": "70900077123",
            "safe": "code_word",
            "code_word": "Көктемгілогос",
            "who_may_answer": "Апасыжауапбереді",
        },
        {"number": NEVER, "safe": "do_not_call"},
    ],
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Casebook]:
    with founded(tmp_path_factory.mktemp("letters")) as opened:
        yield opened


def referred(book: Casebook, classes: frozenset[FieldClass] | None) -> tuple[str, dict[str, dict[str, str]]]:
    """A referral written for a person who agreed to these classes (None: did not agree at all)."""
    acts: list[dict[str, Any]] = [
        {"act": "partner.added", "ref": "p", "name": "Серіктес", "kind": "ngo", "address": "Астана"},
        {"act": "case.opened", "ref": "c", "kind": "trafficking", "region": "KZ-75", "person": PERSON},
    ]
    agreed = {
        "act": "consent.given",
        "ref": "k",
        "case": {"$ref": "c"},
        "partner": {"$ref": "p"},
        "purpose": "referral",
    }
    if classes is not None:
        acts.append({**agreed, "classes": [each.value for each in classes], "language": "kk"})
    draft = {"act": "referral.drafted", "ref": "r", "case": {"$ref": "c"}, "partner": {"$ref": "p"}, "need": "shelter"}
    acts.append({**draft, "reason": "Зауыттанқашты", "urgency": "urgent", "language": "ru"})
    made = performed(book, acts)
    return made["r"]["referral"], made


def said(value: object, language: str) -> Iterator[str]:
    """Every text in a row, however deep."""
    if isinstance(value, Words):
        yield render(value, language)  # type: ignore[arg-type]
    elif isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for each in fields(value):
            yield from said(getattr(value, each.name), language)
    elif isinstance(value, (tuple, list, frozenset)):
        for each in value:
            yield from said(each, language)


def pdf_text(row: ReferralLetter, language: str) -> str:
    document = pypdfium2.PdfDocument(paper("referral_letter").print_row(row, language))  # type: ignore[arg-type]
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def leaked(text: str, allowed: frozenset[FieldClass]) -> set[str]:
    """Marks of classes that were not agreed to and stand in a text all the same."""
    forbidden = {mark for each, marks in MARKS.items() if each not in allowed for mark in marks} | {NEVER}
    return {mark for mark in forbidden if mark.casefold() in text.casefold()}


@settings(max_examples=40)
@given(classes=SUBSETS, language=st.sampled_from(LANGUAGES))
def test_no_withheld_field_is_in_the_letter(book: Casebook, classes: frozenset[FieldClass], language: Any) -> None:
    referral, _made = referred(book, classes)
    with book.read() as reader:
        row = referral_letter_row(reader, referral, language)
    text = "\n".join(said(row, language))
    assert leaked(text, classes) == set()
    there = {mark for each in classes for mark in MARKS[each] if mark != "Вьетнам"}
    assert {mark for mark in there if mark not in text} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nor_is_it_on_the_paper(book: Casebook, language: Any) -> None:
    classes = frozenset({FieldClass.CONTACT})
    referral, _made = referred(book, classes)
    with book.read() as reader:
        row = referral_letter_row(reader, referral, language)
    text = pdf_text(row, language).replace("\r", "").replace("\n", "").replace("\x02", "")
    assert leaked(text, classes) == set()
    assert "70900077123" in text


def test_a_letter_that_forgets_the_consent_would_be_caught(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Canary: a reader of consents that always says everything."""
    referral, _made = referred(book, frozenset())
    everything: Callable[..., MayLeave] = lambda *_: MayLeave(classes=frozenset(FieldClass))  # noqa: E731
    monkeypatch.setattr(letters, "covered", everything)
    with book.read() as reader:
        text = "\n".join(said(referral_letter_row(reader, referral, "ru"), "ru"))
    assert leaked(text, frozenset()) >= {"Қарлығашова", "Зауыттанқашты", "70900077123"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_consent_the_letter_says_nothing_about_anybody(book: Casebook, language: Any) -> None:
    referral, _made = referred(book, None)
    with book.read() as reader:
        row = referral_letter_row(reader, referral, language)
    assert (row.client, row.reason, row.allowed) == ((), "", frozenset())


def test_a_withdrawn_consent_covers_nothing_any_more(book: Casebook) -> None:
    referral, made = referred(book, frozenset(FieldClass))
    with book.read() as reader:
        assert referral_letter_row(reader, referral).client
    performed(book, [{"act": "consent.withdrawn", "consent": made["k"]["consent"]}])
    with book.read() as reader:
        assert referral_letter_row(reader, referral).client == ()


def test_a_code_word_that_is_withheld_is_asked_for_instead(book: Casebook) -> None:
    referral, _made = referred(book, frozenset({FieldClass.CONTACT}))
    with book.read() as reader:
        row = referral_letter_row(reader, referral, "en")
    assert any("ask us for the code word" in text for text in said(row, "en"))


def test_the_letter_speaks_the_language_of_the_referral(book: Casebook) -> None:
    referral, _made = referred(book, frozenset(FieldClass))
    with book.read() as reader:
        assert reader.rulebook.name("need", "shelter", "ru") == referral_letter_row(reader, referral).need
        number = referral_letter_row(reader, referral).header.number
        assert referral_letter_row(reader, number).header.number == number
        with pytest.raises(NotFound):
            referral_letter_row(reader, "2026-XXX-R99999")


def test_a_consent_sheet_ticks_what_was_agreed(book: Casebook) -> None:
    agreed = frozenset({FieldClass.CONTACT, FieldClass.HEALTH})
    _referral, made = referred(book, agreed)
    with book.read() as reader:
        row = consent_sheet_row(reader, made["k"]["consent"], "kk")
    assert row.classes == class_choices(agreed)
    assert (row.recipient, row.client) == ("Серіктес", "Қарлығашова Айым")
    assert paper("consent").print_row(replace(row, client=""), "kk").startswith(b"%PDF")


def test_the_preview_knows_a_letter_that_says_neither_what_is_needed_nor_why() -> None:
    def leaving(*goes: FieldClass) -> letters.Leaving:
        kinds = tuple(letters.ClassOnLetter(each, (), each in goes) for each in FieldClass)
        return letters.Leaving("x", kinds)

    assert not letters.says_something(leaving(FieldClass.IDENTIFYING, FieldClass.CONTACT))
    assert letters.says_something(leaving(FieldClass.OPERATIONAL))
    assert letters.says_something(leaving(FieldClass.SENSITIVE))


AGREED = {"kk": "берілуіне келісім берді", "ru": "дал согласие", "en": "The person agreed"}
"""The sentence of consent at the foot of a letter."""


def claims_consent(row: ReferralLetter, language: str) -> bool:
    return AGREED[language] in " ".join(pdf_text(row, language).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_without_a_consent_in_force_never_says_that_there_is_one(book: Casebook, language: Any) -> None:
    referral, made = referred(book, frozenset(FieldClass))
    never, _made = referred(book, None)
    with book.read() as reader:
        assert claims_consent(referral_letter_row(reader, referral, language), language)
        unasked = referral_letter_row(reader, never, language)
    performed(book, [{"act": "consent.withdrawn", "consent": made["k"]["consent"]}])
    with book.read() as reader:
        withdrawn = referral_letter_row(reader, referral, language)
        told = letters.to_know(reader, referral, withdrawn)
    assert (withdrawn.standing, unasked.standing) == (Standing.WITHDRAWN, Standing.NOTHING)
    assert told == (letters.WITHDRAWN,)
    for row in (withdrawn, unasked):
        assert not claims_consent(row, language)
        assert render(letters.NOT_TO_LEAVE, language) in pdf_text(row, language)
    assert claims_consent(replace(withdrawn, standing=Standing.AGREED), language), "the canary is blind"


def test_the_paper_itself_says_that_it_is_a_draft_until_it_was_sent(book: Casebook) -> None:
    referral, _made = referred(book, frozenset(FieldClass))
    draft = render(letters.DRAFT, "kk")
    with book.read() as reader:
        assert draft in pdf_text(referral_letter_row(reader, referral), "kk")
    performed(book, [{"act": "referral.sent", "referral": referral, "how": "in_person"}])
    with book.read() as reader:
        row = referral_letter_row(reader, referral)
        assert row.header.mark is None
        assert draft not in pdf_text(row, "kk")


def test_in_an_emergency_the_letter_does_not_claim_that_everything_was_agreed() -> None:
    everything = frozenset(FieldClass)
    assert letters.standing_of(MayLeave(classes=everything, consent=b"k", emergency=b"e")) is Standing.EMERGENCY
    assert letters.standing_of(MayLeave(classes=everything, emergency=b"e")) is Standing.EMERGENCY
    assert letters.standing_of(MayLeave(classes=everything, consent=b"k")) is Standing.AGREED
