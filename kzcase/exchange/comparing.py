"""Whether two sets of answers to one form say the same, whatever their repeats are called."""

from collections.abc import Collection, Mapping
from typing import Any

from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.tree import segments

Level = dict[str, Any]


Said = tuple[Mapping[str, str], Mapping[str, str]]
"""Answers, and reasons why there are none, by any path."""


def differences(form: Form, one: Said, other: Said, but: Collection[str] = ()) -> tuple[str, ...]:
    """The paths, without numbers, of questions and repeats answered otherwise.

    What the form works out is left aside, and so are the order of repeats and the questions at the paths in `but`.
    """
    here, there = _tree(form, one, but), _tree(form, other, but)
    return tuple(_differing(here, there, form.questions, ""))


def withheld_questions(form: Form, classes: Collection[str], said: Said) -> frozenset[str]:
    """The questions that a file left out when it was made: of these classes, and nowhere answered in it."""
    answers, missing = said
    told = {plain_path(path) for path, text in (*answers.items(), *missing.items()) if text}
    return frozenset(path for path, each in form.by_path.items() if each.field_class in classes) - told


def plain_path(path: str) -> str:
    """A path of either kind without numbers and ids."""
    return "/".join(name for name, _number, _key in segments(path))


def _tree(form: Form, said_there: Said, but: Collection[str]) -> Level:
    top: Level = {}
    answers, missing = said_there
    said = {path: f"={value}" for path, value in answers.items() if value}
    said.update({path: f"-{reason}" for path, reason in missing.items() if reason and path not in said})
    for path, text in said.items():
        *above, last = segments(path)
        plain = plain_path(path)
        question = form.by_path.get(plain)
        if question is None or question.calculation is not None or question.kind is QuestionKind.NOTE:
            continue
        if plain in but:
            continue
        level, names = top, list[str]()
        for name, number, key in above:
            names.append(name)
            level = level.setdefault(name, {})
            if form.by_path["/".join(names)].kind is QuestionKind.REPEAT:
                level = level.setdefault(key or str(max(1, number)), {})
        level[last[0]] = text
    return top


def _differing(one: Level, other: Level, questions: tuple[Question, ...], above: str) -> list[str]:
    found: list[str] = []
    for question in questions:
        here, there, path = one.get(question.name), other.get(question.name), f"{above}/{question.name}".lstrip("/")
        if question.kind is QuestionKind.REPEAT:
            found += [path] if _counted(question, here or {}) != _counted(question, there or {}) else []
        elif question.is_container:
            found += _differing(here or {}, there or {}, question.children, path)
        elif here != there:
            found.append(path)
    return found


def _counted(question: Question, instances: Level) -> list[Any]:
    """The instances of a repeat as something that can be compared, in an order of their own."""
    return sorted((_plain(question.children, level) for level in instances.values() if level), key=repr)


def _plain(questions: tuple[Question, ...], level: Level) -> list[Any]:
    found: list[Any] = []
    for question in questions:
        inner = level.get(question.name)
        if question.kind is QuestionKind.REPEAT:
            found.append(_counted(question, inner or {}))
        else:
            found.append(_plain(question.children, inner or {}) if question.is_container else inner)
    return found
