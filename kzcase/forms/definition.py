"""What a form is: its questions, their texts in several languages, their rules, and who may see the answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias

from kzcase.domain.classes import FieldClass
from kzcase.forms.about import Moment, Signer
from kzcase.forms.values import TreeNode
from kzcase.forms.xpath import Expression

Texts: TypeAlias = Mapping[str, str]
"""One text a language: `{"kk": …, "ru": …, "en": …}`; `${/data/name}` inside a text stands for an answer."""

NO_TEXTS: Texts = MappingProxyType({})


def no_texts() -> Texts:
    """Nothing, in no language."""
    return NO_TEXTS


class QuestionKind(StrEnum):
    """What a question asks for; every reader of forms ends its `match` over these in `assert_never`."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATETIME = "dateTime"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    RANGE = "range"
    NOTE = "note"
    ACKNOWLEDGE = "acknowledge"
    CALCULATE = "calculate"
    HIDDEN = "hidden"
    IMAGE = "image"
    AUDIO = "audio"
    FILE = "file"
    GEOPOINT = "geopoint"
    BARCODE = "barcode"
    GROUP = "group"
    REPEAT = "repeat"


CONTAINERS = frozenset({QuestionKind.GROUP, QuestionKind.REPEAT})
UNASKED = frozenset({QuestionKind.CALCULATE, QuestionKind.HIDDEN})
"""Kinds that stand in the form without being shown."""
CHOOSING = frozenset({QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE, QuestionKind.RANK})
MANY_CHOICES = frozenset({QuestionKind.SELECT_MULTIPLE, QuestionKind.RANK})


@dataclass(frozen=True, slots=True)
class Stat:
    """What a countable answer counts for."""

    indicator: str = ""
    dimension: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """How a question stands on paper: share of the line (0..1], columns of tick boxes, empty lines to write on.

    A repeat with columns is a table whose rows have several lines. What is not `discreet` is left out, with all that
    is inside it, where a paper must not tell what it is about.
    """

    width: float = 1.0
    columns: int = 1
    lines: int = 1
    discreet: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be chosen: its code, its label, and the further columns of its row."""

    name: str
    label: Texts = field(default_factory=no_texts)
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChoiceSource:
    """Where the choices of a question come from: a list of the form, or places of the form itself."""

    list_name: str = ""
    choices: tuple[Choice, ...] = ()  # every choice of the list, before any filter
    items: Expression | None = None  # gives the rows to offer; None when every choice is always offered
    value_column: str = "name"
    label_column: str = "label"
    external: bool = False  # the list is a file that did not come with the form; answers are not checked


@dataclass(frozen=True, slots=True)
class Trigger:
    """What another question is set to whenever the answer to this one changes."""

    target: str  # the path of the other question
    value: Expression  # seen from the question that triggers


@dataclass(frozen=True, slots=True)
class Question:
    """One block of a form: a question, a note, a hidden value, a group or a repeat."""

    path: str  # "person/family", without root; of a repeat without its numbers
    name: str
    kind: QuestionKind
    datatype: str = "string"  # as the XForm says: string int decimal date time dateTime binary geopoint …
    label: Texts = field(default_factory=no_texts)
    hint: Texts = field(default_factory=no_texts)
    guidance: Texts = field(default_factory=no_texts)
    constraint_message: Texts = field(default_factory=no_texts)
    required_message: Texts = field(default_factory=no_texts)
    relevant: Expression | None = None
    constraint: Expression | None = None
    required: Expression | None = None
    calculation: Expression | None = None
    readonly: Expression | None = None
    default: str = ""  # a fixed first answer
    default_rule: Expression | None = None  # a first answer that is worked out once
    at_end: bool = False  # its answer is the moment at which the form is saved
    triggers: tuple[Trigger, ...] = ()
    repeat_count: Expression | None = None
    choices: ChoiceSource | None = None
    outputs: Mapping[str, Expression] = field(default_factory=dict)  # rules inside texts, by their text
    appearance: str = ""
    field_class: FieldClass = FieldClass.SENSITIVE
    stat: Stat | None = None
    paper: Paper = field(default_factory=Paper)
    read_aloud: bool = False
    soft: bool = False  # its constraint only asks back: an answer beyond it can be confirmed
    save_to: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)  # start, end, step of a range; mediatype of a file
    attributes: Mapping[str, str] = field(default_factory=dict)  # whatever else the form said about it
    children: tuple["Question", ...] = ()
    first_instances: int = 1  # how many of a repeat stand in an empty form
    row: int = 0  # where it stands in the file it came from; 0 if that is not known

    @property
    def steps(self) -> tuple[str, ...]:
        """The names from the outermost group down to this question."""
        return tuple(self.path.split("/"))

    @property
    def is_container(self) -> bool:
        """A group or a repeat."""
        return self.kind in CONTAINERS

    def walk(self) -> Iterator["Question"]:
        """This question and everything inside it, in the order of the form."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, eq=False)
class Form:
    """A form in one version. The version is the hash of its content, so it never changes."""

    id: str
    version: str
    title: Texts
    languages: tuple[str, ...]
    questions: tuple[Question, ...]
    root: str = "data"  # the name of the instance's root element
    declared_version: str = ""  # what the author called this version
    default_language: str = ""
    about: Texts = field(default_factory=no_texts)  # what it is for and when it is filled, in one sentence
    case_kinds: tuple[str, ...] = ()  # codes of the kinds of case it is offered for; none means every kind
    moment: Moment | None = None
    phone: bool = False  # it may leave for a phone
    client_paper: bool = False  # the client takes the paper away
    signatures: tuple[Signer, ...] = ()  # in the order they sign
    standards: str = ""  # the public standards its meaning follows
    further_languages: tuple[str, ...] = ()  # languages of clients beside kk, ru, en
    attributes: Mapping[str, str] = field(default_factory=dict)  # whatever else it says about itself as a whole
    lists: Mapping[str, TreeNode] = field(default_factory=dict, repr=False, compare=False)
    itexts: Mapping[str, Texts] = field(default_factory=dict, repr=False, compare=False)
    xml: str = field(default="", repr=False, compare=False)

    @cached_property
    def by_path(self) -> Mapping[str, Question]:
        """Every question by its path without repeat numbers, in the order of the form."""
        return MappingProxyType({question.path: question for question in self.walk()})

    def walk(self) -> Iterator[Question]:
        """Every question, group and repeat, in the order of the form."""
        for question in self.questions:
            yield from question.walk()

    def asked(self) -> Iterator[Question]:
        """What a person is asked: no groups, no notes, nothing hidden or calculated."""
        for question in self.walk():
            if not question.is_container and question.kind not in UNASKED | {QuestionKind.NOTE}:
                yield question

    def is_for(self, case_kind: str) -> bool:
        """Whether it is offered for cases of this kind."""
        return not self.case_kinds or case_kind in self.case_kinds

    def language_for(self, wanted: str) -> str:
        """The wanted language if the form has it, else the form's own first choice."""
        if wanted in self.languages:
            return wanted
        return self.default_language or (self.languages[0] if self.languages else "")


def text_in(texts: Texts, language: str, others: Sequence[str] = ("ru", "kk", "en")) -> str:
    """The text in this language, else in the first other language that has it; empty if there is none."""
    for candidate in (language, *others, *texts):
        if texts.get(candidate):
            return texts[candidate]
    return ""
