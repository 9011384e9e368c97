"""Every shipped form that may leave for a phone can be exported, and its answers come back unchanged."""

from contextlib import suppress
from pathlib import Path

import pytest

from kzcase.actions.submission_keys import made_key
from kzcase.db.casebook import Casebook
from kzcase.domain.errors import NoSuchQuestion, StaysHere
from kzcase.exchange.incoming import LookInto, propose, take_in
from kzcase.exchange.leaving import leaving
from kzcase.exchange.outgoing import SaveAnswers, blank_form, save_answers
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form, QuestionKind
from kzcase.forms.library import listed_forms, shipped_form
from kzcase.i18n import render
from kzcase.queries.answers import stored_sheet
from tests.actions.steps import do
from tests.db.books import founded
from tests.exchange.forms import form, interview, private_key, survey
from tests.exchange.phone import Phone
from tests.forms_answers import NOW

ON_PHONES = tuple(one.id for one in listed_forms() if one.phone)
NEVER = ("intake", "consent", "screening", "assent")
"""Children's intake, screening and consent are off: what their names say."""


@pytest.fixture
def book(tmp_path: Path) -> object:
    with founded(tmp_path) as made:
        made_key(made, private_key)
        yield made


MOST_ROUNDS = 4
BY_KIND = {
    QuestionKind.TEXT: "Жауап «бір» & <екі>",
    QuestionKind.INTEGER: "3",
    QuestionKind.DECIMAL: "2.5",
    QuestionKind.DATE: "2026-03-05",
    QuestionKind.TIME: "10:30:00.000+05:00",
    QuestionKind.DATETIME: "2026-03-05T10:30:00.000+05:00",
    QuestionKind.ACKNOWLEDGE: "OK",
    QuestionKind.BARCODE: "4871234567890",
}


SOMETHING = ("0", "1", "10", "1990", "2026", "2026-11-01", "2026-12-31", "2025-01-01")


def filled_in(one: Form) -> AnswerSheet:
    """A form with every question answered that can be, one instance of every repeat, as somebody at a phone would."""
    sheet = AnswerSheet(one, now=NOW)
    for _round in range(MOST_ROUNDS):
        for path in [path for path, asked in sheet.relevance().items() if asked]:
            _answer(sheet, path)
        _begin_repeats(sheet, one)
    wrong = {path: render(words, "en") for path, words in sheet.errors().items()}
    assert wrong == {}, wrong
    return sheet


def _answer(sheet: AnswerSheet, path: str) -> None:
    question = sheet.question(path)
    if question.is_container or sheet.readonly(path) or not sheet.relevant(path):
        return
    if sheet.get(path) and sheet.error(path) is None:
        return
    choices = [choice.name for choice in sheet.choices(path)]
    for said in [*choices, " ".join(choices), BY_KIND.get(question.kind, ""), *SOMETHING]:
        sheet.answer(path, said)
        if said and sheet.error(path) is None:
            return
    sheet.answer(path, "")


def _begin_repeats(sheet: AnswerSheet, one: Form) -> None:
    for question in one.walk():
        if question.kind is QuestionKind.REPEAT and question.repeat_count is None:
            with suppress(NoSuchQuestion):
                if not sheet.repeats(question.path):
                    sheet.add_repeat(question.path)


def there_and_back(
    book: Casebook, one: Form, *, lose: bool = False
) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The values of a form filled in on a phone, before it was sent and after it was taken in."""
    opened = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]})
    given = {path for path, question in one.by_path.items() if question.calculation is None}
    answers = {path: value for path, value in filled_in(one).values().items() if _bare(path) in given}
    phone = Phone(blank_form(book, one).content)
    sent = dict(list(answers.items())[1:]) if lose else answers
    done = take_in(book, propose(book, LookInto("x.zip", phone.sent(sent, "uuid:1", opened.number))))
    with book.read() as reader:
        stored = stored_sheet(reader, done.ids["sheet-1"].hex()).answers
    after = sorted((_bare(path), value) for path, value in stored.items() if _bare(path) in given)
    return sorted((_bare(path), value) for path, value in answers.items()), after


def _bare(path: str) -> str:
    return "/".join(step.partition("[")[0].partition("{")[0] for step in path.split("/"))


@pytest.mark.parametrize("name", ON_PHONES)
def test_it_leaves_and_its_answers_come_back(book: Casebook, name: str) -> None:
    before, after = there_and_back(book, shipped_form(name))
    assert len(before) >= 5
    assert before == after


@pytest.mark.parametrize("one", [survey(), interview()], ids=["open", "closed"])
def test_forms_of_an_office_do_so_too(book: Casebook, one: Form) -> None:
    before, after = there_and_back(book, one)
    assert before == after
    made = save_answers(book, SaveAnswers(form_id=one.id))
    assert made.sheets == 1


def test_a_lost_answer_would_be_noticed(book: Casebook) -> None:
    before, after = there_and_back(book, survey(), lose=True)
    assert len(before) == len(after) + 1


@pytest.mark.parametrize("name", ON_PHONES)
def test_nothing_about_people_leaves_open(name: str) -> None:
    found = leaving(shipped_form(name))
    assert found.why == ()
    assert found.sealed_only or all(q.field_class in ("operational", "statistical") for q in shipped_form(name).asked())


def test_what_is_asked_of_children_and_consents_stays_here(book: Casebook) -> None:
    assert not [name for name in ON_PHONES if any(word in name for word in NEVER)]
    with pytest.raises(StaysHere):
        blank_form(book, shipped_form("victim_screening"))
    with pytest.raises(StaysHere):
        blank_form(book, form(("text", "x", "operational"), phone="no"))
