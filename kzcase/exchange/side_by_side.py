"""What is here beside what was sent, question by question: for whoever decides between two fillings-in of one form."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from kzcase.domain.classes import FieldClass
from kzcase.exchange.comparing import Said, plain_path
from kzcase.forms.definition import Form, Question, QuestionKind, Texts
from kzcase.forms.tree import segments


@dataclass(frozen=True, slots=True)
class Told:
    """What was said to one question; nothing of it where the asker does not see answers of its class."""

    question: Question
    value: str = field(repr=False)
    reason: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A question or repeat answered otherwise than before: one line a filling-in, or one an instance of the repeat."""

    path: str
    label: Texts
    here: tuple[tuple[Told, ...], ...] = field(default=(), repr=False)
    sent: tuple[tuple[Told, ...], ...] = field(default=(), repr=False)


def beside(form: Form, path: str, here: Said, sent: Said, shown: Collection[FieldClass]) -> Difference:
    """Both sides of a difference at this path, without numbers."""
    two = (tuple(_lines(form, path, said, shown)) for said in (here, sent))
    return Difference(path, form.by_path[path].label, *two)


def _lines(form: Form, path: str, said: Said, shown: Collection[FieldClass]) -> Iterator[tuple[Told, ...]]:
    answers, missing = said
    repeats, depth = form.by_path[path].kind is QuestionKind.REPEAT, len(path.split("/"))
    lines: dict[str, list[Told]] = {}
    for each in dict.fromkeys((*answers, *missing)):
        value, reason = answers.get(each, ""), missing.get(each, "")
        plain = plain_path(each)
        if not (value or reason) or not f"{plain}/".startswith(f"{path}/"):
            continue
        question = form.by_path[plain]
        if question.calculation is not None or question.kind is QuestionKind.NOTE:
            continue
        told = Told(question, value, reason, question.field_class not in shown)
        lines.setdefault(_instance(each, depth) if repeats else "", []).append(told)
    return (tuple(line) for line in lines.values())


def _instance(path: str, depth: int) -> str:
    """Which instance of a repeat a path leads into."""
    return "/".join(f"{name}[{number}{key}]" for name, number, key in segments(path)[:depth])
