"""Every shipped form that may leave for a phone can be exported, and its answers come back unchanged."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from kzcase.actions.submission_keys import made_key
from kzcase.db.casebook import Casebook
from kzcase.domain.client_papers import NAMELESS
from kzcase.domain.errors import NoSuchQuestion, NotAllowed, OnlySealed, StaysHere
from kzcase.domain.permissions import Role
from kzcase.exchange.incoming import LookInto, propose, take_in
from kzcase.exchange.leaving import Leaving, leaving
from kzcase.exchange.looking import What
from kzcase.exchange.outgoing import SaveAnswers, blank_form, save_answers
from kzcase.forms.about import Moment
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form, QuestionKind
from kzcase.forms.library import listed_forms, shipped_form, shipped_forms
from kzcase.i18n import render
from kzcase.queries.answers import stored_sheet
from kzcase.queries.phone_forms import on_phones_all_the_same
from tests.actions.steps import do
from tests.db.books import founded, template
from tests.db.laptops import laptop, meet
from tests.exchange.forms import form, interview, private_key, survey
from tests.exchange.phone import Phone, together
from tests.exchange.test_outgoing import at_it
from tests.forms_answers import NOW

ON_PHONES = tuple(one.id for one in listed_forms() if one.phone)
OFF = frozenset(one.id for one in listed_forms() if not one.phone)
OF_CHILDREN = frozenset({"child_first_contact", "child_intake"})
"""How a child is met and taken in; with screening and consent these alone are off."""
NEVER_ON_A_PHONE = frozenset({QuestionKind.AUDIO, QuestionKind.GEOPOINT})


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> object:
    with founded(tmp_path_factory.mktemp("phones")) as made:
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


Answers = list[tuple[str, str]]


@dataclass(frozen=True)
class Sent:
    """One form as somebody filled it in on a phone, and the package it was sent in."""

    given: frozenset[str]
    before: Answers
    package: bytes


def sent_from_a_phone(book: Casebook, one: Form, case: str, *, lose: bool = False) -> Sent:
    given = frozenset(path for path, question in one.by_path.items() if question.calculation is None)
    answers = {path: value for path, value in filled_in(one).values().items() if _bare(path) in given}
    phone = Phone(blank_form(book, one).content)
    sent = dict(list(answers.items())[1:]) if lose else answers
    before = sorted((_bare(path), value) for path, value in answers.items())
    return Sent(given, before, phone.sent(sent, f"uuid:{one.id}-{lose}", case))


def there_and_back(book: Casebook, forms: Iterable[Form], *, lose: bool = False) -> dict[str, tuple[Answers, Answers]]:
    """By form: what was answered on a phone, before it was sent and after it was taken in; all sent as one file."""
    case = do(book, act="case.opened", kind="child", person={"names": [{"family": "Ү"}]}).number
    sent = {one.id: sent_from_a_phone(book, one, case, lose=lose) for one in forms}
    proposal = propose(book, LookInto("x.zip", together(*(each.package for each in sent.values()))))
    assert {item.form_id: (item.what, item.problems) for item in proposal.items} == dict.fromkeys(
        sent, (What.MATCHED, ())
    )
    done = take_in(book, proposal)
    with book.read() as reader:
        rows = [stored_sheet(reader, done.ids[f"sheet-{number}"].hex()) for number in range(1, len(sent) + 1)]
    stored = {row.form_id: row.answers for row in rows}
    return {form_id: (each.before, _after(each, stored[form_id])) for form_id, each in sent.items()}


def _after(sent: Sent, answers: Mapping[str, str]) -> Answers:
    return sorted((_bare(path), value) for path, value in answers.items() if _bare(path) in sent.given)


def _bare(path: str) -> str:
    return "/".join(step.partition("[")[0].partition("{")[0] for step in path.split("/"))


@pytest.fixture(scope="module")
def came_back(book: Casebook) -> dict[str, tuple[Answers, Answers]]:
    """Every shipped form that may leave, sent as one file: closed answers are the dearer the oftener a key is read."""
    return there_and_back(book, map(shipped_form, ON_PHONES))


@pytest.mark.parametrize("name", ON_PHONES)
def test_it_leaves_and_its_answers_come_back(came_back: dict[str, tuple[Answers, Answers]], name: str) -> None:
    before, after = came_back[name]
    assert len(before) >= min(5, sum(1 for _question in shipped_form(name).asked()))
    assert before == after


def test_forms_of_an_office_do_so_too(book: Casebook) -> None:
    """An open one and a closed one."""
    forms = (survey(), interview())
    for form_id, (before, after) in there_and_back(book, forms).items():
        assert before == after
        made = save_answers(book, SaveAnswers(form_id=form_id))
        assert made.sheets == 1


def test_a_lost_answer_would_be_noticed(book: Casebook) -> None:
    ((before, after),) = there_and_back(book, [survey()], lose=True).values()
    assert len(before) == len(after) + 1


def off_by_rule(one: Form) -> bool:
    """Child intake, screening and consent; nothing else."""
    return one.id in OF_CHILDREN or one.moment in (Moment.SCREENING, Moment.CONSENT)


def test_only_child_intake_screening_consent_and_what_names_nobody_are_off() -> None:
    assert {name for name in shipped_forms() if off_by_rule(shipped_form(name))} | NAMELESS == OFF
    assert {"child_intake", "victim_screening", "consent_data", "assent_child"} <= OFF
    assert len(ON_PHONES) > len(OFF) * 4


ABOUT_PEOPLE = frozenset({"identifying", "contact", "health", "sensitive"})


@cache
def told(name: str) -> Leaving:
    """What holds for a shipped form once an administrator allowed it."""
    return leaving(shipped_form(name), all_the_same=True)


def test_what_asks_about_people_leaves_only_closed() -> None:
    asked = {name: {q.field_class.value for q in shipped_form(name).asked()} for name in shipped_forms()}
    sealed = {name: told(name).sealed_only for name in asked}
    assert set().union(*asked.values()) >= ABOUT_PEOPLE
    assert [name for name in asked if asked[name] & ABOUT_PEOPLE and not sealed[name]] == []
    assert [name for name in ON_PHONES if not sealed[name]], "a form that asks about nobody may stay open"


def test_no_form_records_a_voice_or_notes_a_place() -> None:
    """Coordinates of shelters and interviews as sound never leave, because nothing that ships asks for them."""
    for name in shipped_forms():
        assert not [q.path for q in shipped_form(name).walk() if q.kind in NEVER_ON_A_PHONE], name
        assert told(name).why == (), name


def switched(book: Casebook, form_id: str, allowed: bool) -> None:
    do(book, act="phone_form.allowed", form=form_id, allowed=allowed, risk_known=allowed)


def test_what_is_off_leaves_once_an_administrator_who_knows_the_risk_allows_it(book: Casebook) -> None:
    for name in ("victim_screening", "child_intake"):
        with pytest.raises(StaysHere):
            blank_form(book, shipped_form(name))
        switched(book, name, True)
        with pytest.raises(OnlySealed):
            blank_form(book, shipped_form(name), plain=True)
        assert blank_form(book, shipped_form(name)).key
        switched(book, name, False)
        with pytest.raises(StaysHere):
            blank_form(book, shipped_form(name))


def test_no_switch_lets_a_voice_or_a_place_leave(book: Casebook) -> None:
    for kind in ("audio", "geopoint"):
        recording = form(("text", "x", "operational"), (kind, "y", "operational"), name="rec", phone="no")
        assert not leaving(recording, all_the_same=True).allowed
        assert not leaving(recording).off, "nobody is offered the switch"


def test_only_an_administrator_decides(tmp_path: Path) -> None:
    roles = (Role.CASEWORKER, Role.SUPERVISOR)
    with founded(tmp_path) as book, at_it(book, *roles) as theirs, pytest.raises(NotAllowed):
        switched(theirs, "victim_screening", True)


def test_two_laptops_that_decide_at_once_keep_it_off(tmp_path: Path) -> None:
    with founded(tmp_path) as one:
        switched(one, "victim_screening", True)
        with laptop(tmp_path, template().founder, one) as other:
            switched(other, "victim_screening", False)
            switched(other, "victim_screening", True)  # later, and yet
            switched(one, "victim_screening", False)
            meet(one, other)
            for book in (one, other):
                with book.read() as reader:
                    assert not on_phones_all_the_same(reader)
