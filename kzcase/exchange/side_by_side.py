"""What is here beside what was sent, question by question: for whoever decides between two fillings-in of one form."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol

from kzcase.domain.classes import FieldClass
from kzcase.exchange.comparing import Said, plain_path
from kzcase.forms.definition import Form, Question, QuestionKind, Texts
from kzcase.forms.tree import segments
from kzcase.i18n import Words, _


@dataclass(frozen=True, slots=True)
class Told:
    """What was said to one question; nothing of it where the asker does not see answers of its class."""

    question: Question
    value: str = field(repr=False)
    reason: str
    hidden: bool


class Kept(Protocol):
    """An element that no question explains, sent or kept."""

    @property
    def content(self) -> str:
        """Word for word."""


OTHER_WORDS: Final = _("Other: the form has no question for it")
OTHER: Final = "*"
"""Where what no question explains stands among the differences."""
_UNASKED: Final = Question(OTHER, OTHER, QuestionKind.TEXT)


@dataclass(frozen=True, slots=True)
class Difference:
    """A question or repeat answered otherwise than before: one line a filling-in, or one an instance of the repeat."""

    path: str
    label: Texts | Words
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


def other_elements(here: Iterable[Kept], sent: Iterable[Kept], shown: Collection[FieldClass]) -> tuple[Difference, ...]:
    """The difference between what came beside the answers before and now, whatever its order; nothing if none."""
    sides = [sorted(each.content for each in side) for side in (here, sent)]
    if sides[0] == sides[1]:
        return ()
    hidden = _UNASKED.field_class not in shown
    two = (tuple((Told(_UNASKED, content, "", hidden),) for content in side) for side in sides)
    return (Difference(OTHER, OTHER_WORDS, *two),)
