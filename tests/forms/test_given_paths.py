"""Answers by path: a path that could mean several places, or none, is refused in a sentence that names it."""

import pytest

from kzcase.domain.errors import AnswersWrong, NoSuchQuestion
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form
from kzcase.forms.doors import read_form
from kzcase.forms.given_paths import check_kept, check_paths, unmistakable
from kzcase.i18n import render
from tests.forms_answers import NOW

FORM = """| survey |
| | type | name | label | repeat_count |
| | integer | age | Age | |
| | begin repeat | legs | Legs | |
| | integer | days | Days | |
| | begin repeat | stops | Stops | |
| | text | where | Where | |
| | end repeat | | | |
| | end repeat | | | |
| | begin repeat | children | Children | ${age} |
| | text | name | Name | |
| | end repeat | | | |
"""


@pytest.fixture(scope="module")
def form() -> Form:
    return read_form("journey.md", FORM.encode())


REFUSED = {
    "a gap": ({"legs[999]/days": "1"}, {}, "number 999"),
    "a gap inside": ({"legs[1]/stops[1]/where": "a", "legs[1]/stops[3]/where": "c"}, {}, "number 3"),
    "no number": ({"legs/days": "1"}, {}, "legs[1]"),
    "no number for a reason": ({}, {"legs/days": "refused"}, "legs[1]"),
    "other digits": ({"legs[٣]/days": "1"}, {}, "0 to 9"),
    "the number nought": ({"legs[0]/days": "1"}, {}, "0 to 9"),
    "a sign in front": ({"legs[01]/days": "1"}, {}, "0 to 9"),
    "a number where nothing repeats": ({"age[1]": "5"}, {}, "does not repeat"),
    "an answer and a reason": ({"age": "5"}, {"age": "refused"}, "both"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_in_one_sentence_with_its_place(form: Form, what: str) -> None:
    answers, missing, said = REFUSED[what]
    with pytest.raises(AnswersWrong) as refused:
        check_paths(form, answers, missing)
    (problem,) = refused.value.problems
    assert said in render(problem.sentence(), "en")
    assert problem.place in {*answers, *missing}


def test_what_is_clear_is_taken(form: Form) -> None:
    check_paths(
        form, {"age": "2", "legs[2]/days": "2", "legs[1]/days": "1", "nowhere": "1"}, {"legs[3]/days": "unknown"}
    )
    check_paths(form, {"legs{a1}/days": "2", "children[2]/name": "b", "age": ""}, {"age": "refused"})
    check_paths(form, {"legs[7]/days": "1"}, {}, whole=False)  # a correction: others stand there already


def test_what_the_form_counts_has_no_more_than_it_says(form: Form) -> None:
    sheet = AnswerSheet(form, now=NOW)
    sheet.load({"age": "2", "children[2]/name": "b", "children[9]/name": "i"})
    check_kept(sheet, ["age", "children[2]/name"])
    with pytest.raises(AnswersWrong):
        check_kept(sheet, ["children[9]/name"])


def test_empty_instances_between_answers_are_no_gap_for_the_window(form: Form) -> None:
    shown = AnswerSheet(form, now=NOW)
    for path in ("legs", "legs"):
        shown.add_repeat(path)
    last = shown.repeats("legs")[-1]
    shown.answer(f"{last}/days", "4")
    shown.answer("age", "2")
    shown.answer("children[2]/name", "b")
    sent = {unmistakable(shown, path): value for path, value in shown.values().items()}
    assert sent["children[2]/name"] == "b"
    check_paths(form, sent, {})
    stored = AnswerSheet(form, now=NOW)
    stored.load(sent)
    assert stored.values() == {"age": "2", "legs[1]/days": "4", "children[2]/name": "b"}


def test_only_plain_digits_number_an_instance(form: Form) -> None:
    with pytest.raises(NoSuchQuestion):
        AnswerSheet(form, now=NOW).load({"legs[٣]/days": "1"})
