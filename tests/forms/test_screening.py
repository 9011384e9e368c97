"""The shipped screening of a possible victim: complete in three languages, safe first, and its summary is right."""

import csv
from pathlib import Path

import pytest

from kzcase import paths
from kzcase.forms.check import check_form
from kzcase.forms.definition import CONTAINERS, Form, Question, QuestionKind
from kzcase.forms.doors import source_of
from kzcase.forms.evaluation import Evaluation, evaluate
from kzcase.forms.library import LIST, listed_forms, made_list, shipped_form, shipped_forms, shipped_source
from kzcase.forms.listed import listed
from kzcase.forms.sheets import cell
from kzcase.forms.yaml_form import read_form_yaml
from kzcase.i18n import LANGUAGES
from tests.forms.filled import NOON, sheet

OPENING = {
    "safety/preferred_sex": "woman",
    "safety/preference_met": "yes",
    "safety/alone": "yes",
    "safety/watched": "no",
    "safety/safe_now": "yes",
    "safety/continue_ok": "yes",
    "admin/region": "KZ-75",
    "admin/language": "uz",
    "agreement/explained": "purpose uses statistics access storage withdrawal refusal",
    "agreement/consent": "given",
    "person/sex": "female",
    "person/age": "31",
}


@pytest.fixture(scope="module")
def screening() -> Form:
    return shipped_form("victim_screening")


def _evaluated(screening: Form, **more: str) -> Evaluation:
    return evaluate(screening, OPENING | {path.replace("__", "/"): value for path, value in more.items()}, now=NOON)


FILES = sorted(paths.resources("forms").glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_kept_agrees_with_the_yaml_and_passes_its_own_check(file: Path) -> None:
    check = check_form(file.name, file.read_bytes())
    assert check.errors == check.warnings == ()
    assert check.form is not None
    assert check.languages == (*LANGUAGES, *check.form.further_languages)
    kept = file.with_suffix(".xml").read_text(encoding="utf-8")
    assert kept == check.form.xml + "\n", "run: python -m kzcase.forms.library"
    assert shipped_form(file.stem).xml == check.form.xml


def test_every_form_and_no_other_is_listed() -> None:
    kept = {form_id: shipped_form(form_id).xml for form_id in shipped_forms()}
    assert (paths.resources("forms") / LIST).read_bytes() == made_list(kept), "run: python -m kzcase.forms.library"
    assert list(kept) == [file.stem for file in FILES]
    assert "victim_screening" in kept


def test_the_list_of_forms_says_what_the_forms_say() -> None:
    for line in listed_forms():
        assert line == listed(shipped_form(line.id))


def test_every_question_is_complete_in_three_languages(screening: Form) -> None:
    shown = [question for question in screening.walk() if question.label]
    assert 90 <= len(list(screening.asked())) <= 110
    for question in shown:
        for texts in (question.label, question.hint, question.guidance, question.constraint_message):
            assert not texts or set(texts) == set(LANGUAGES), question.path
    assert {question.path for question in screening.walk() if not question.label} == {
        question.path for question in screening.walk() if question.kind is QuestionKind.CALCULATE
    }
    for question in screening.walk():
        for choice in question.choices.choices if question.choices else ():
            assert set(choice.label) == set(LANGUAGES), (question.path, choice.name)


def test_every_question_says_its_class_in_the_file() -> None:
    sheets = read_form_yaml(shipped_source("victim_screening"))
    for row in sheets.survey:
        kind = cell(row, "type")
        if not kind.startswith(("begin", "end", "note")):
            assert cell(row, "bind::kzcase:class"), row


def test_a_constraint_always_says_what_it_wants(screening: Form) -> None:
    silent = [q.path for q in screening.walk() if q.constraint and not q.constraint_message]
    assert silent == []


def test_safety_comes_first_and_the_preferred_sex_before_anything(screening: Form) -> None:
    first = next(screening.asked())
    assert first.path == "safety/preferred_sex"
    assert first.required is not None
    assert first.read_aloud
    opened = sheet(screening)
    asked = {path for path, relevant in opened.relevance().items() if relevant}
    assert {path.partition("/")[0] for path in asked} == {"safety"}
    opened.answer("safety/watched", "yes")
    assert opened.relevant("safety/danger")


def test_nothing_is_asked_without_consent(screening: Form) -> None:
    found = _evaluated(screening, agreement__consent="refused")
    assert found.relevant["agreement/consent_refused"]
    assert not any(relevant for path, relevant in found.relevant.items() if path.startswith("person"))
    assert not any(relevant for path, relevant in found.relevant.items() if path.startswith("decision"))


@pytest.mark.parametrize(
    ("more", "elements"),
    [
        ({}, "none"),
        ({"recruitment__recruited": "yes"}, "partial"),
        ({"recruitment__recruited": "yes", "purpose__exploited": "yes"}, "partial"),
        ({"recruitment__recruited": "yes", "purpose__exploited": "yes", "means_group__means": "deception"}, "complete"),
        ({"recruitment__recruited": "yes", "purpose__exploited": "yes", "person__age": "15"}, "complete"),
        ({"recruitment__recruited": "yes", "purpose__exploited": "yes", "person__age_doubt": "yes"}, "complete"),
        ({"person__age": "15"}, "none"),
    ],
)
def test_act_means_and_purpose_are_put_together(screening: Form, more: dict[str, str], elements: str) -> None:
    assert _evaluated(screening, **more).values["summary/elements"] == elements


def test_indicators_are_gathered_over_all_spells(screening: Form) -> None:
    answers = OPENING | {
        "person/documents": "foreign_passport",
        "person/document_holder": "employer",
        "means_group/control": "withholdsWages restrictsMovement",
        "purpose/exploited": "yes",
        "purpose/spells[1]/began": "2026-05-01",
        "purpose/spells[1]/ended": "2026-05-31",
        "purpose/spells[2]/began": "2026-06-01",
        "purpose/spells[2]/ended": "2026-06-30",
        "purpose/spells[2]/hours": "15",
    }
    found = evaluate(screening, answers, now=NOON)
    assert found.values["summary/indicators"] == "movement documents wages overtime"
    assert found.values["summary/indicator_count"] == "4"
    assert found.values["purpose/total_months"] == "2"


def test_a_border_point_is_asked_only_at_the_border_of_kazakhstan(screening: Form) -> None:
    path = "transport/legs[1]/{}"
    into = {path.format("from_country"): "UZ", path.format("to_country"): "KZ", "transport/moved": "yes"}
    found = evaluate(screening, OPENING | into, now=NOON)
    assert found.relevant[path.format("border_point")]
    within = into | {path.format("from_country"): "KZ"}
    assert not evaluate(screening, OPENING | within, now=NOON).relevant[path.format("border_point")]


SHARED = {
    "border_point": "border_point",
    "case_source": "case_source",
    "control": "control",
    "country": "country",
    "document_holder": "document_holder",
    "document_type": "document_type",
    "education": "education",
    "exploitation": "exploitation",
    "language": "language",
    "marital": "marital",
    "means": "means",
    "need": "need",
    "recruitment": "recruitment",
    "region": "region",
    "risk": "risk",
    "sector": "sector",
    "sex": "sex",
}


@pytest.mark.parametrize(("list_name", "codes"), SHARED.items())
def test_choices_are_codes_of_the_code_lists(screening: Form, list_name: str, codes: str) -> None:
    with (paths.resources("codes") / f"{codes}.csv").open(encoding="utf-8", newline="") as stream:
        known = {row["code"] for row in csv.DictReader(stream)}
    used = {choice.name for choice in _choices_of(screening, list_name)}
    assert used
    assert used <= known


def _choices_of(screening: Form, list_name: str) -> list[object]:
    found: list[object] = []
    for question in screening.walk():
        if question.choices and question.choices.list_name == list_name:
            found.extend(question.choices.choices)
    return found


def test_indicator_codes_are_those_of_the_list(screening: Form) -> None:
    with (paths.resources("codes") / "ilo_indicator.csv").open(encoding="utf-8", newline="") as stream:
        known = [row["code"] for row in csv.DictReader(stream)]
    rule = screening.by_path["summary/indicators"].calculation
    assert rule is not None
    assert [code for code in known if f"'{code} '" in rule.text] == known


def test_what_is_counted_is_statistical(screening: Form) -> None:
    wrong = [q.path for q in screening.walk() if q.stat and q.field_class.value != "statistical"]
    assert wrong == []


def test_no_names_of_suspects_are_asked(screening: Form) -> None:
    texts = [q.path for q in screening.walk() if q.kind is QuestionKind.TEXT and "recruiter" in q.name]
    assert texts == []


def test_everything_asked_has_its_place_on_paper(screening: Form) -> None:
    def wide(question: Question) -> bool:
        return 0 < question.paper.width <= 1 and question.paper.lines >= 0

    assert all(wide(question) for question in screening.walk() if question.kind not in CONTAINERS)


def test_the_source_converts_without_the_shipped_xml() -> None:
    assert source_of("victim_screening.yaml", shipped_source("victim_screening")).rows["safety/preferred_sex"] > 0
