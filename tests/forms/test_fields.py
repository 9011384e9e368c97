"""Fields that others in this work keep, each with the question that asks for it here, or why none does."""

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from kzcase.domain.classes import FieldClass
from kzcase.forms.definition import Question, QuestionKind
from kzcase.forms.library import shipped_form, shipped_forms

FIELDS = Path(__file__).parents[2] / "docs" / "fields.csv"
COLUMNS = ["source", "field", "form", "questions", "note"]


def rows() -> list[dict[str, str]]:
    with FIELDS.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        found = list(reader)
        assert reader.fieldnames == COLUMNS
    return found


def wrong(row: dict[str, str]) -> str:
    """What is not so in one row; nothing when it is."""
    if not row["form"]:
        return "" if row["note"] else "neither a question nor a reason"
    if row["form"] not in shipped_forms():
        return "no such form"
    asked = shipped_form(row["form"]).by_path
    missing = [path for path in row["questions"].split() if path != "*" and path not in asked]
    return f"no such question: {missing}" if missing or not row["questions"] else ""


K = QuestionKind
WHOLE_FORMS = frozenset(
    [
        "safety_plan",
        "closure",
        "needs_assessment",
        "client_feedback",
        "legal_work_log",
        "case_plan",
        "service",
        "follow_up",
        "transition_log",
    ]
)
"""Fields of others that are a form of their own here."""
SENSE = (
    (
        r"(^|_|[^a-z])(date|datum|birthdate)($|_|[^a-z])|_on$|Date$",
        "a day",
        lambda q: q.kind in (K.DATE, K.DATETIME, K.TEXT),
    ),
    (r"(^|_|\.)(sex|gender)$", "the sex", lambda q: _list(q) == "sex"),
    (r"(^|_|\.)language$", "a language", lambda q: _list(q) == "language" or q.kind is K.TEXT),
    (
        r"(^|_|\.)(phone|email|telephone|telephone_current|safe_contact)$",
        "a way to reach",
        lambda q: q.field_class is FieldClass.CONTACT,
    ),
    (
        r"name_(first|last|middle)$|(First|Second|Middle)Name$",
        "a name",
        lambda q: q.field_class is FieldClass.IDENTIFYING,
    ),
    (
        r"(^|: |_)(citizenship|nationality)$",
        "a state",
        lambda q: _list(q) in ("country", "citizenship") or q.is_container or "citizen" in q.path,
    ),
)
"""What a field's own name says it is, and what a question that asks for it must look like."""
MOST_ALIKE = 2
"""So many fields may be asked by the very same three or more questions; a whole block copied down is noticed."""


def _list(question: Question) -> str:
    return question.choices.list_name if question.choices else ""


def asked_by(row: dict[str, str]) -> list[Question]:
    by_path = shipped_form(row["form"]).by_path
    return [by_path[path] for path in row["questions"].split() if path in by_path]


def senseless(row: dict[str, str]) -> str:
    """What a row maps to that cannot mean the same; nothing where it can."""
    if not row["form"] or row["questions"] == "*":
        return (
            ""
            if row["questions"] != "*" or row["field"].replace(" ", "_").startswith(tuple(WHOLE_FORMS))
            else "a whole form for one field"
        )
    found, field = asked_by(row), row["field"]
    for pattern, sense, fits in SENSE:
        if re.search(pattern, field) and not any(fits(question) or question.is_container for question in found):
            return f"none of {row['questions']} asks for {sense}"
    inside = [q.path for q in found for other in found if q is not other and q.path.startswith(f"{other.path}/")]
    return f"{inside} stand in a group that is named too" if inside else ""


def copied(rows: list[dict[str, str]]) -> list[str]:
    """Rows whose many questions are those of several other rows as well."""
    many = Counter((row["form"], row["questions"]) for row in rows if len(row["questions"].split()) >= 3)
    return [row["field"] for row in rows if many[row["form"], row["questions"]] > MOST_ALIKE]


def test_every_question_can_mean_what_its_field_means() -> None:
    assert {f"{row['source']}: {row['field']}": told for row in rows() if (told := senseless(row))} == {}


def test_no_block_of_questions_is_copied_down() -> None:
    assert copied(rows()) == []


@pytest.mark.parametrize(
    ("field", "form", "questions"),
    [
        ("screening_date", "victim_screening", "admin/place_kind"),
        ("sex", "child_intake", "identity/citizenship"),
        ("compensation_claim_result", "compensation_helper", "*"),
        ("conditions", "victim_screening", "purpose/spells purpose/spells/hours"),
    ],
)
def test_canary_a_question_that_means_something_else_is_noticed(field: str, form: str, questions: str) -> None:
    assert senseless({"source": "x", "field": field, "form": form, "questions": questions, "note": ""})


def test_canary_seven_fields_with_the_same_five_questions_are_noticed() -> None:
    five = "admin/screening_date admin/place_kind admin/interviewer admin/language admin/interpreter"
    fields = ("screening_no", "organisation", "language")
    assert copied([{"field": field, "form": "victim_screening", "questions": five} for field in fields]) == list(fields)


def test_every_field_has_its_question_or_a_reason() -> None:
    found = {f"{row['source']}: {row['field']}": told for row in rows() if (told := wrong(row))}
    assert found == {}


def test_most_of_them_are_asked() -> None:
    mapped = [row for row in rows() if row["form"]]
    assert len(rows()) > 650
    assert len(mapped) > 0.75 * len(rows())


def test_a_question_that_is_gone_is_noticed() -> None:
    row = dict.fromkeys(COLUMNS, "") | {"form": "closure", "questions": "no/such"}
    assert "no/such" in wrong(row)
    assert wrong(dict.fromkeys(COLUMNS, ""))
