"""Paper speaks its own language, whatever the screen speaks, and every letter of it can be read back."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pytest

from kzcase import paths, settings
from kzcase.actions.desk import add_staff_rows
from kzcase.actions.papers import WantedPaper, blank_paper, paper_names, print_paper
from kzcase.db.casebook import Casebook
from kzcase.demo.day import REFERRAL, scripted_day
from kzcase.demo.runner import Runner
from kzcase.domain.ids import new_id
from kzcase.domain.permissions import Role
from kzcase.forms.definition import UNASKED, Form, text_in
from kzcase.forms.library import shipped_form, shipped_forms
from kzcase.i18n import LANGUAGES, Language, Words, catalogue, render
from kzcase.keys.identity import Identity
from kzcase.paper.fonts import composed
from kzcase.paper.questions import choices_of
from tests.actions.steps import a_consent, a_draft, a_partner, do
from tests.db.books import START, founded
from tests.house.words import read_catalogue
from tests.paper.lots import drawn
from tests.paper.reading import POPPLER, poppler_text_of, squeezed, text_of
from tests.paper.test_shipped_forms import words_of

KAZAKH_ONLY = set("ӘҒҚҢӨҰҮҺІәғқңөұүһі")
CASE_PAPERS = tuple(name for name in paper_names() if name not in shipped_forms())
LEAST = 7  # letters; a shorter word may be the same in two languages, or part of another


@dataclass(frozen=True)
class Office:
    """A casebook with one case that every paper can be printed of, and all that was typed into it.

    `referral`: the letter whose consent stands; that of another, sent before it, has ended.
    """

    book: Casebook
    case: str
    typed: str
    referral: str


@pytest.fixture(scope="module", params=LANGUAGES)
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Everything in it is typed in one language."""
    with founded(tmp_path_factory.mktemp("languages")) as book:
        runner, day = Runner(book), list(scripted_day(START.date(), request.param))
        for act in day:
            runner.perform(act)
        case = runner.made("day-case")["case"]
        a_consent_has_ended(book, case)
        a_filing_was_weighed(book, case)
        it_was_discussed_and_given_to_and_fro(book, case)
        yield Office(book, case, str(day) + COLLEAGUE, runner.made(REFERRAL)["referral"])


COLLEAGUE = "Асель Үлгі"
"""Names stay as they are in every language."""


def a_consent_has_ended(book: Casebook, case: str) -> None:
    """One under which something went out, so that its recipient is told."""
    partner = a_partner(book, "«Үміт»")
    consent = a_consent(book, case, partner)
    do(book, act="referral.sent", referral=a_draft(book, case, partner), how="in_person")
    assert do(book, act="consent.withdrawn", consent=consent).ids["notice"]


def a_filing_was_weighed(book: Casebook, case: str) -> None:
    said = {"step": "filed", "decision": "wait", "decided_with": "person"}
    typed = dict.fromkeys(("authority", "learns", "relatives", "ground"), "–")
    do(book, act="visibility.weighed", case=case, **said, **typed)


def it_was_discussed_and_given_to_and_fro(book: Casebook, case: str) -> None:
    do(book, act="conference.held", case=case, kind="plan_review", minutes="–", decisions=[{"text": "–"}])
    colleague = Identity.fresh(new_id(), COLLEAGUE)
    with book.write("staff.added") as act:
        add_staff_rows(act, colleague, (Role.CASEWORKER,))
    here, there = book.acting.staff_id.hex(), colleague.staff_id.hex()
    for giver, receiver in ((here, there), (there, here)):
        do(book, act="caseload.handed_over", colleague=giver, to=[receiver], cases=[case])


@cache
def phrases(language: Language) -> Mapping[str, frozenset[str]]:
    """What the program says on paper in one language, by its English original: the parts between filled-in places."""
    said = {}
    for message in read_catalogue("en"):
        if isinstance(message.id, str) and message.id and not message.context:
            parts = re.split(r"\{[^}]*\}", catalogue(language).gettext(message.id))
            said[message.id] = frozenset(part.strip() for part in parts)
    for file in paths.resources("codes").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as stream:
            said |= {f"{file.stem}: {row['code']}": frozenset({row[language]}) for row in csv.DictReader(stream)}
    return said


def stands_alone(phrase: str, said: str) -> bool:
    """Whether it is not merely the beginning of a longer word: «Телефоны» in «Телефоныңызға»."""
    return re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", said) is not None


def foreign(said: str, language: Language) -> set[str]:
    """Phrases of the program that stand on a paper in another language than its own."""
    found = set()
    for msgid, own in phrases(language).items():
        others = set().union(*(phrases(other)[msgid] for other in LANGUAGES if other != language))
        strange = {each for each in others if len(each) >= LEAST and each in said and stands_alone(each, said)}
        found |= {each for each in strange if not any(each in part for part in own)}
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*CASE_PAPERS, "victim_screening"])
def test_a_filled_paper_is_in_its_own_language_whatever_the_screen_speaks(
    office: Office, name: str, language: Language
) -> None:
    said, number = set(), office.referral if name in ("referral_letter", "partner_card") else ""
    for screen in set(LANGUAGES) - {language}:
        settings.load().set(settings.LANGUAGE, screen)
        made = print_paper(office.book, WantedPaper(name, language, office.case, safe_to_take="office", number=number))
        said.add(text_of(made.content).replace(made.printing, ""))
    (same,) = said
    assert {each for each in foreign(same, language) if each not in office.typed} == set()


def all_words_of(form: Form, language: Language) -> str:
    """What a form says in one language: some words are the same in another."""
    chosen = [text_in(choice.label, language) for question in form.asked() for choice in choices_of(question)]
    return " ".join([*words_of(form, language), *chosen])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blank_paper_is_in_its_own_language(language: Language) -> None:
    for name in (*CASE_PAPERS, *drawn(shipped_forms(), 4)):
        said = text_of(blank_paper(WantedPaper(name, language), START.date()).content)
        own = all_words_of(shipped_form(name), language) if name in shipped_forms() else ""
        assert (name, {each for each in foreign(said, language) if each not in own}) == (name, set())
        if language == "en":
            assert (name, KAZAKH_ONLY & set(said)) == (name, set())


def test_canary_a_paper_that_speaks_the_language_of_the_screen_is_noticed() -> None:
    said = text_of(blank_paper(WantedPaper("consent", "ru"), START.date()).content)
    assert render(Words("Consent to share information"), "ru") in foreign(said, "kk")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form_id", ["victim_screening"])
def test_every_word_of_a_shipped_form_can_be_read_back_letter_for_letter(form_id: str, language: Language) -> None:
    form = shipped_form(form_id)
    made = blank_paper(WantedPaper(form_id, language), START.date()).content
    readings = [squeezed(text_of(made)), *([squeezed(poppler_text_of(made))] if POPPLER else [])]
    asked = [question for question in form.walk() if question.kind not in UNASKED]
    labels = [question.label[language] for question in asked if question.label and "${" not in question.label[language]]
    spelled = [each for question in asked if len(choices_of(question)) <= 12 for each in choices_of(question)]
    labels += [choice.label[language] for choice in spelled]
    assert len(labels) > 100
    for said in readings:
        assert [label for label in labels if squeezed(composed(label)) not in said] == []
