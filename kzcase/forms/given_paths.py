"""Answers that name their places by path, as files and commands do: each path must mean one place, and say which."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from kzcase.domain.errors import AnswersWrong, NoSuchQuestion, WrongAnswer
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.tree import segments
from kzcase.i18n import Words, _

_BRACKETS: Final = re.compile(r"\[([^\]]*)\]")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,5}")
_LONGEST: Final = 200


def check_paths(form: Form, answers: Mapping[str, str], missing: Mapping[str, str], *, whole: bool = True) -> None:
    """Refuse paths that could mean several places, and places both answered and not. `whole`: nothing was said
    before, so repeats are counted from 1 without gaps. Names the form does not have are left to the sheet."""
    wrong = {path: words for path in (*answers, *missing) if (words := _unclear(form, path))}
    wrong |= {path: _BOTH for path in missing if answers.get(path) and missing[path]}
    if whole and not wrong:
        wrong = dict(_gaps(form, (*answers, *missing)))
    if wrong:
        raise AnswersWrong([WrongAnswer(path[:_LONGEST], sentence=words) for path, words in wrong.items()])


_BOTH: Final = _("Here stand both an answer and a reason why there is none. Please leave one of them out.")


def _unclear(form: Form, path: str) -> Words | None:
    for number in _BRACKETS.findall(path):
        if not _NUMBER.fullmatch(number):
            return _("Please number repeats from 1 with the digits 0 to 9, as in {example}.", example="name[1]")
    for question, number, key in _steps(form, path):
        if question.kind is QuestionKind.REPEAT:
            if not (number or key) and question.path != path:
                return _("“{name}” repeats. Please say which one, as in {name}[1].", name=question.name)
        elif number or key:
            return _("“{name}” does not repeat. Please leave its number out.", name=question.name)
    return None


def _steps(form: Form, path: str) -> Iterator[tuple[Question, int, str]]:
    """The questions a path leads through, as far as the form has them."""
    names: list[str] = []
    for name, number, key in segments(path):
        names.append(name)
        if "/".join(names) not in form.by_path:
            return
        yield form.by_path["/".join(names)], number, key


def _gaps(form: Form, paths: Iterable[str]) -> Iterator[tuple[str, Words]]:
    """Instances whose number says that others came before them, which nobody said anything about.

    What the form itself counts may have gaps: its instances are there anyway.
    """
    named: dict[str, dict[int, str]] = {}
    first: dict[str, Question] = {}
    for path in paths:
        parts = path.split("/")
        for at, (question, number, _key) in enumerate(_steps(form, path)):
            if number and question.repeat_count is None:
                place = "/".join((*parts[:at], question.name))
                named.setdefault(place, {}).setdefault(number, path)
                first[place] = question
    for place, numbers in named.items():
        there = first[place].first_instances
        for number, path in sorted(numbers.items()):
            if number > there + 1:
                yield path, _("This is number {number}, and number {before} is not there. Please count without gaps.",
                              number=number, before=there + 1)  # fmt: skip
                break
            there = max(there, number)


def check_kept(sheet: AnswerSheet, paths: Iterable[str]) -> None:
    """Refuse answers to instances that the form, which counts them itself, does not have."""
    for path in paths:
        counted = [each for each in _steps(sheet.form, path) if each[0].repeat_count is not None and each[1]]
        if counted and not _is_there(sheet, path):
            question, number, _key = counted[-1]
            words = _("The form itself says how many of “{name}” there are: fewer than {number}.",
                      name=question.name, number=number)  # fmt: skip
            raise AnswersWrong([WrongAnswer(path[:_LONGEST], sentence=words)])


def _is_there(sheet: AnswerSheet, path: str) -> bool:
    try:
        return bool(sheet.question(path))
    except NoSuchQuestion:
        return False


def unmistakable(sheet: AnswerSheet, path: str) -> str:
    """A display path by which an answer leaves this sheet for another: instances that people add go by their ids,
    so that empty ones between them count for nothing."""
    if "[" not in path:
        return path
    kept, found, names = sheet.journal_path(path).split("/"), path.split("/"), list[str]()
    for at, step in enumerate(found):
        names.append(step.partition("[")[0])
        question = sheet.form.by_path["/".join(names)]
        if question.kind is QuestionKind.REPEAT and question.repeat_count is None:
            found[at] = kept[at]
    return "/".join(found)
