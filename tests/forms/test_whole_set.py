"""The set as the work needs it: which form serves which moment of it, none too small, none worded twice the same."""

import re

import pytest

from kzcase.forms.about import Moment
from kzcase.forms.definition import Form, QuestionKind
from kzcase.forms.library import listed_forms, shipped_form, shipped_forms
from kzcase.i18n import LANGUAGES

SERVED = {
    "intake sheet": ("intake_trafficking", "intake_labour", "intake_asylum", "intake_missing", "intake_stateless"),
    "consent to personal data": ("consent_data", "assent_child"),
    "consent to referral, for a named recipient": ("consent_sharing",),
    "withdrawal of consent": ("consent_withdrawal",),
    "helpline call sheet": ("call_record",),
    "crime signal hand-over": ("crime_signal",),
    "screening": ("victim_screening",),
    "working sheet for the criteria": ("criteria_assessment",),
    "preferred sex of the interviewer": ("interviewer_preference",),
    "individual plan": ("individual_plan", "needs_assessment", "safety_plan"),
    "service journal": ("service_journal", "humanitarian_aid", "custody_receipt"),
    "referral letter and return slip": ("referral",),
    "motion not to expel": ("motion_not_to_expel",),
    "request to exempt from liability": ("exemption_request",),
    "compensation helper": ("compensation_helper",),
    "evidence register": ("evidence_register",),
    "statelessness application helper": ("statelessness_application", "nationality_by_country", "path_decision"),
    "witness statement": ("witness_statement",),
    "request to an archive": ("archive_request",),
    "letter to a consulate": ("consulate_letter", "visibility_risk"),
    "child intake": ("child_intake", "child_first_contact", "age_assessment"),
    "best interests": ("best_interests_assessment", "best_interests_determination"),
    "hand-over act of a child": ("child_handover",),
    "tracing request": ("tracing_request",),
    "log of calls to family": ("rfl_call_log",),
    "stay calculation sheet": ("stay_calculation",),
    "wage claim calculation": ("wage_claim",),
    "humanitarian issue list": ("humanitarian_issues",),
    "outreach visit sheet": ("outreach_visit",),
    "return consent and risk sheet": ("return_risk",),
    "closing summary and feedback": ("closure", "client_feedback", "post_assistance"),
    "extract of the person's own data": ("own_data_extract",),
    "summary for a commission": ("commission_summary",),
    "statistical tables": ("statistical_table",),
}
"""The papers of this work in the order in which they are used → the forms that are them."""
TO_TAKE_ALONG = frozenset(
    {"rights_sheet", "safety_card", "information_child", "information_stay", "information_work", "first_contact"}
)
"""Sheets that tell rather than ask, and the very first talk with an adult."""
TELLING = TO_TAKE_ALONG - {"first_contact"}
LEAST = 14
EXAMINED = re.compile(r"visa|passport|your story|exploit|recruit|traffick|journey|citizenship", re.IGNORECASE)
"""What a child is not asked about in the first minutes."""


THE_SAME = frozenset({"Телефон", "Валюта", "Минут", "Донор", "Режим"})
"""Words that both languages have."""


def forms() -> list[Form]:
    return [shipped_form(name) for name in shipped_forms()]


def test_every_paper_of_the_work_has_its_form_and_every_form_its_place() -> None:
    assert len(SERVED) == 34
    serving = [name for names in SERVED.values() for name in names]
    assert len(serving) == len(set(serving))
    assert set(serving) | TO_TAKE_ALONG == set(shipped_forms())


def test_a_form_of_three_questions_is_no_form_and_one_of_two_hundred_cannot_be_used() -> None:
    sizes = {form.id: sum(1 for _question in form.asked()) for form in forms()}
    assert {name: size for name, size in sizes.items() if name not in TELLING and not LEAST <= size <= 100} == {}
    assert all(len(text) > 20 for form in forms() for text in form.about.values())


def test_a_sheet_that_tells_has_something_to_tell() -> None:
    for name in TELLING:
        form = shipped_form(name)
        notes = [each for each in form.walk() if each.kind is QuestionKind.NOTE]
        assert form.client_paper
        for language in form.languages:
            assert sum(len(note.label.get(language, "")) for note in notes) > 200, (name, language)


def test_first_contact_screening_and_assessment_are_separate_moments() -> None:
    moments = {one.id: one.moment for one in listed_forms()}
    assert {moments[name] for name in ("child_first_contact", "first_contact")} == {Moment.FIRST_CONTACT}
    assert {moments[name] for name in ("victim_screening", "interviewer_preference")} == {Moment.SCREENING}
    assert {moments[name] for name in ("criteria_assessment", "needs_assessment", "age_assessment")} == {
        Moment.ASSESSMENT
    }


def test_a_child_met_at_a_border_is_asked_about_safety_injury_hunger_language_and_companions_and_not_examined() -> None:
    form = shipped_form("child_first_contact")
    names = {question.name for question in form.asked()}
    assert {"danger_now", "condition_seen", "needs", "language", "company"} <= names
    spoken = [question.label["en"] for question in form.asked() if question.read_aloud]
    assert 0 < len(spoken) <= 5, "the rest is seen, not asked"
    assert [question.path for question in form.asked() if EXAMINED.search(question.label["en"])] == []
    assert any(EXAMINED.search(question.label["en"]) for question in shipped_form("child_intake").asked())


def test_the_sex_of_the_interviewer_is_asked_before_anything_of_the_story() -> None:
    names = [question.name for question in shipped_form("interviewer_preference").asked()]
    sexes = [name for name in names if "sex" in name or "worker" in name]
    assert sexes
    assert names.index(sexes[0]) < len(names) / 2


def test_titles_are_told_apart_in_every_language_and_are_not_one_word_for_all() -> None:
    for language in LANGUAGES:
        titles = [form.title[language] for form in forms()]
        assert len(set(titles)) == len(titles), language
    same = [form.id for form in forms() if len({form.title[language] for language in LANGUAGES}) < 3]
    assert same == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_whole_sentences_without_slips(language: str) -> None:
    """No double blanks, no blank before a sign, no lone bracket, no text of another script."""
    wrong = []
    for form in forms():
        for question in form.walk():
            for texts in (question.label, question.hint, question.guidance, question.constraint_message):
                text = re.sub(r"\$\{[^}]*\}", "0", texts.get(language, ""))
                if re.search(r"  | [,;!?](?:\s|$)|,,|\.\.(?!\.)", text) or text.count("(") != text.count(")"):
                    wrong.append((form.id, question.path, text))
                if language == "en" and re.search("[а-яёәғқңөұүһі]", text, re.IGNORECASE):
                    wrong.append((form.id, question.path, text))
    assert wrong == []


def test_a_kazakh_text_is_kazakh() -> None:
    """Words that are only Russian, and letters that Kazakh has and Russian has not: a text copied over would show."""
    same = [
        (form.id, question.path)
        for form in forms()
        for question in form.asked()
        if question.label.get("kk") and question.label["kk"] == question.label.get("ru")
    ]
    assert {shipped_form(name).by_path[path].label["kk"] for name, path in same} == THE_SAME
    for form in forms():
        said = " ".join(question.label.get("kk", "") for question in form.walk())
        assert len(set("әғқңөұүһіӘҒҚҢӨҰҮІ") & set(said)) >= 5, form.id
