"""Looks a form file through and says in words what is wrong with it, where, and how large it is."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from kzcase.domain.errors import BadForm, BadInput, BadInputs, RuleBroken, WorkedOutTooLong
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.bounds import place_of
from kzcase.forms.definition import UNASKED, Form, Question, Texts
from kzcase.forms.doors import source_of
from kzcase.forms.graph import problems_of
from kzcase.forms.languages import FURTHER, missing_text
from kzcase.forms.outside_lists import Beside, nothing_beside
from kzcase.forms.settings import id_problem
from kzcase.forms.sheets import Sheets, cell
from kzcase.forms.xform import read_xform
from kzcase.i18n import Words, _

_MESSAGES = frozenset({"constraint_message", "required_message"})
"""Texts for the person who fills the form in: they need not be in a client's language."""
_NUMBERS = re.compile(r"\[\d+\]")
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
"""What a form says of itself is the same on any day."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One mistake: the row of the file (0 if it has no rows), the place in full, and what is wrong."""

    row: int
    place: str
    message: Words


@dataclass(frozen=True, slots=True)
class FormCheck:
    """What was found in a form file."""

    ok: bool
    errors: tuple[Finding, ...]
    questions: int
    languages: tuple[str, ...]
    form: Form | None = None
    warnings: tuple[Finding, ...] = ()
    """What is worth a look and hinders nobody: what is left out, first answers that do not fit, missing texts."""


def check_form(filename: str, untrusted_data: bytes, beside: Beside = nothing_beside) -> FormCheck:
    """Everything wrong with a form file. Never raises for a bad file, however hostile."""
    left_out: list[BadForm] = []
    try:
        source = source_of(filename, untrusted_data, beside, left_out=left_out)
        form, unread = read_xform(source.xml, source.rows)
        unfit = problems_of(form)
    except BadInputs as error:
        return _refused(error.problems, left_out)
    except BadInput as error:
        return _refused([error], left_out)
    named = id_problem(form.id, source.sheets)
    problems: list[BadInput] = [*map(source.placed, (*unread, *unfit)), *([named] if named else [])]
    problems += [] if problems else _endless(form)
    findings = tuple(map(_finding, problems))
    questions = sum(1 for _question in form.asked())
    more = (*_lacking(form, source.sheets), *(() if problems else _first_answers(form)))
    noted = tuple(map(_finding, (*source.unused, *map(source.placed, more))))
    return FormCheck(not findings, findings, questions, form.languages, form, noted)


def _refused(problems: Iterable[RuleBroken], left_out: Iterable[BadInput]) -> FormCheck:
    return FormCheck(False, tuple(map(_finding, problems)), 0, (), warnings=tuple(map(_finding, left_out)))


def _finding(problem: RuleBroken) -> Finding:
    first = problem.place.split(" · ")[0].split(":")[0]
    message = problem.why if isinstance(problem, BadForm) else problem.words.with_arguments(**problem.facts)
    return Finding(int(first) if first.isdecimal() else 0, problem.place, message)


def _endless(form: Form) -> Iterator[BadInput]:
    """A rule that makes a text without end, as far as it shows before anybody answers."""
    try:
        AnswerSheet(form, now=_NO_DAY)
    except WorkedOutTooLong as error:
        question = form.by_path.get(error.place)
        yield WorkedOutTooLong(place_of(error.place, question.row if question else 0, "calculation"), **error.facts)


def _first_answers(form: Form) -> Iterator[BadForm]:
    """Answers the form begins with that do not fit their own questions: a workbook makes a moment of a date."""
    sheet = AnswerSheet(form, now=_NO_DAY)
    for path, why in sheet.errors().items():
        question = form.by_path.get(_NUMBERS.sub("", path))
        if question and question.calculation is None and sheet.get(path):
            yield BadForm(place_of(question.path, question.row, "default"), why=why)


def _lacking(form: Form, sheets: Sheets | None) -> Iterator[BadForm]:
    """Texts that some of the form's own languages have and others lack."""
    further = _further(form)
    spoken = [language for language in form.languages if language not in further]
    for question in form.walk():
        for column, texts in _texts_of(question):
            for language in spoken if column in _MESSAGES else form.languages:
                if texts and not texts.get(language):
                    yield BadForm(place_of(question.path, question.row, column), why=missing_text(language))
        if not question.label and not question.is_container and question.kind not in UNASKED:
            yield BadForm(place_of(question.path, question.row, "label"), why=_("This question has no text."))
    yield from _untranslated_choices(form, sheets)


def _further(form: Form) -> frozenset[str]:
    """The languages of clients, also where the form does not say so: a blank that left for phones no longer does."""
    return frozenset((*form.further_languages, *FURTHER))


def _untranslated_choices(form: Form, sheets: Sheets | None) -> Iterator[BadForm]:
    seen, further = set[str](), _further(form)
    for question in form.walk():
        source = question.choices
        if source is None or source.list_name in seen:
            continue
        seen.add(source.list_name)
        said = {language for choice in source.choices for language in choice.label if choice.label[language]}
        for choice in source.choices:
            for language in form.languages:
                falls_back = language in further and language not in said
                if choice.label and not choice.label.get(language) and not falls_back:
                    place = _place_of_choice(source.list_name, choice.name, sheets)
                    yield BadForm(place, why=missing_text(language))


def _place_of_choice(list_name: str, name: str, sheets: Sheets | None) -> str:
    """`4 · choices · label · yes_no · no`; without its row where the list came from elsewhere."""
    named = f"{list_name} · {name}"
    if sheets is None or not sheets.is_workbook:
        return named
    for row, line in zip(sheets.choices, sheets.choice_rows, strict=True):
        if (cell(row, "list_name", "list"), cell(row, "name", "value")) == (list_name, name):
            return sheets.place(line, f"label · {named}", "choices")
    return named


def _texts_of(question: Question) -> Iterator[tuple[str, Texts]]:
    yield "label", question.label
    yield "hint", question.hint
    yield "guidance", question.guidance
    yield "constraint_message", question.constraint_message
    yield "required_message", question.required_message
