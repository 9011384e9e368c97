"""Answers as OpenRosa writes them: one XML element a question, in the order of the form, with an id of their own."""

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element, canonicalize, tostring

from kzcase.domain.errors import BadSubmission
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.own_attributes import KZCASE
from kzcase.forms.server_marks import is_kept, is_mark
from kzcase.forms.tree import MOST_REPEATS
from kzcase.forms.values import parse_moment
from kzcase.forms.way_home import CASE_SCANNED, CASE_TYPED, FORM_MARK, HOME
from kzcase.forms.xml_reading import child, local
from kzcase.i18n import KAZAKHSTAN, _

LONGEST_ID: Final = 200
ATTRIBUTE: Final = "@"
"""Begins the last step of the path of what stood in an attribute."""
MOST_OTHERS: Final = 500
LARGEST_OTHERS: Final = 1 << 18
"""How much is kept that no question explains: answers to another form altogether are refused instead."""
_XFORMS: Final = "{http://www.w3.org/2002/xforms}"
_TEMPLATE: Final = "{http://openrosa.org/javarosa}template"
_MISSING: Final = f"{{{KZCASE}}}missing"
_WITHHELD: Final = f"{{{KZCASE}}}withheld"
_OF_PROGRAMS: Final = (
    f"{{{KZCASE}}}",
    _TEMPLATE,
    "{http://www.w3.org/2001/XMLSchema-instance}",
    "{http://enketo.org/xforms}",
)
"""How attributes begin that programs put on answers for themselves."""
_VERSION: Final = re.compile(r"[0-9a-f]{32}")
_ODD: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Instance:
    """What a set of answers says about itself, before its form is known."""

    form_id: str
    edition: str
    version: str  # the first half of the version's hash, where the form was made here
    instance: str
    replaces: str
    case: str  # a number as it was typed, or what was scanned
    withheld: str
    ended: datetime | None
    root: Element = field(repr=False)


@dataclass(frozen=True, slots=True)
class Other:
    """An element that no question of the form explains: where it lay, by display path, and word for word."""

    path: str
    content: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Told:
    """The answers by display path, why some are missing, and elements that no question of the form explains."""

    answers: dict[str, str] = field(repr=False)
    missing: dict[str, str]
    others: tuple[Other, ...]
    calculated: dict[str, str] = field(repr=False)
    marks: tuple[Other, ...] = ()
    """What servers and phones put there by themselves: kept to be given back, and otherwise left alone."""

    @property
    def unknown(self) -> tuple[str, ...]:
        """Where those elements lay."""
        return tuple(other.path for other in self.others)


def instance_of(root: Element) -> Instance:
    """What the head of an instance says. Raises BadSubmission where it has no id by which it is known again."""
    meta = child(root, "meta")
    marked = _text(root, FORM_MARK).split()
    version = marked[-1] if marked and _VERSION.fullmatch(marked[-1]) else ""
    instance = root.get("instanceID", "") or (_text(meta, "instanceID") if meta is not None else "")
    if not instance.strip() or len(instance) > LONGEST_ID or not instance.isprintable():
        raise BadSubmission(why=_("It has no instanceID, so nobody could tell whether it came before."))
    return Instance(
        form_id=marked[0] if version else (root.get("id") or local(root.tag))[:LONGEST_ID],
        edition=_attribute(root, "version")[:LONGEST_ID],
        version=version,
        instance=instance.strip(),
        replaces=_text(meta, "deprecatedID")[:LONGEST_ID] if meta is not None else "",
        case=(_text(root, CASE_TYPED) or _text(root, CASE_SCANNED))[:LONGEST_ID],
        withheld=root.get(_WITHHELD, "")[:LONGEST_ID],
        ended=_moment(_text(meta, "timeEnd") if meta is not None else ""),
        root=root,
    )


def _text(element: Element, name: str) -> str:
    found = child(element, name)
    return (found.text or "").strip() if found is not None else ""


def _attribute(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def _moment(text: str) -> datetime | None:
    return parse_moment(text, KAZAKHSTAN) if len(text) > 10 else None


def told_by(form: Form, root: Element) -> Told:
    """What an instance answers to the questions of a form. Raises BadSubmission for signs no paper can show."""
    told = Told({}, {}, (), {})
    others: list[Other] = []
    _read_level(form.questions, root, "", told, others)
    marks = tuple(_marks(form, root))
    beside = (*others, *marks)
    if len(beside) > MOST_OTHERS or sum(len(other.content) for other in beside) > LARGEST_OTHERS:
        raise BadSubmission(why=_("It holds more than can be kept beside the answers: is this the right form?"))
    return Told(told.answers, told.missing, tuple(others), told.calculated, marks)


def _marks(form: Form, root: Element) -> Iterator[Other]:
    """The marks of servers and phones at the top, and those in the head of the answers."""
    asked = {question.name for question in form.questions}
    for inner in root:
        name = local(inner.tag)
        if name in asked:
            continue
        for one, path in ((each, f"meta/{local(each.tag)}") for each in inner) if name == "meta" else ((inner, name),):
            if is_kept(path) and "".join(one.itertext()).strip():
                yield _other(one, path)


def _read_level(questions: Sequence[Question], element: Element, above: str, told: Told, others: list[Other]) -> None:
    known = {question.name: question for question in questions}
    met: dict[str, int] = {}
    for inner in element:
        name = local(inner.tag)
        question, path = known.get(name), f"{above}/{name}".lstrip("/")
        if question is None:
            if not _is_of_servers(name, above) and "".join(inner.itertext()).strip():
                others.append(_other(inner, path))
            continue
        if _TEMPLATE in inner.attrib:
            continue
        met[name] = met.get(name, 0) + 1
        if question.kind is QuestionKind.REPEAT:
            if met[name] > MOST_REPEATS:
                raise BadSubmission(path[:200], why=_("It repeats more often than a form can."))
            _note_attributes(inner, f"{path}[{met[name]}]", others)
            _read_level(question.children, inner, f"{path}[{met[name]}]", told, others)
        elif met[name] > 1:
            others.append(_other(inner, path))
        elif question.is_container:
            _note_attributes(inner, path, others)
            _read_level(question.children, inner, path, told, others)
        else:
            _read_answer(question, inner, path, told, others)


def _is_of_servers(name: str, above: str) -> bool:
    return name in HOME or (not above and (name == "meta" or is_mark(name)))


def _note_attributes(element: Element, path: str, others: list[Other]) -> None:
    """What somebody wrote on a question's element, each kept as an element of its own under the path `a/@name`."""
    for name, value in element.attrib.items():
        if value.strip() and not name.startswith(_OF_PROGRAMS):
            said = Element(name)
            said.text = value
            others.append(_other(said, f"{path}/{ATTRIBUTE}{local(name)}"))


def _other(element: Element, path: str) -> Other:
    """The element as it came, without what stands behind it; the name of the XForms vocabulary goes without saying,
    so that the same element is the same text wherever it lay."""
    bare = deepcopy(element)
    bare.tail = None
    for inner in bare.iter():
        inner.tag = inner.tag.removeprefix(_XFORMS)
    content = canonicalize(tostring(bare, encoding="unicode"))
    if _ODD.search(content):
        raise BadSubmission(path[:200], why=_("It holds control characters."))
    return Other(path[:200], content)


def _read_answer(question: Question, element: Element, path: str, told: Told, others: list[Other]) -> None:
    if len(element):
        others.append(_other(element, path))
        return
    _note_attributes(element, path, others)
    said = element.text or ""
    if _ODD.search(said):
        raise BadSubmission(path[:200], why=_("It holds control characters."))
    value = said if question.kind is QuestionKind.TEXT and said.strip() else said.strip()
    if question.calculation is not None:
        told.calculated[path] = value
    elif question.kind is not QuestionKind.NOTE:
        told.answers[path] = value
        if not value and (reason := element.get(_MISSING, "")):
            told.missing[path] = reason


def moment_of(form: Form, instance: Instance, told: Told) -> datetime | None:
    """When the interview ended, as the phone noted it."""
    if instance.ended:
        return instance.ended
    noted = [_moment(told.answers.get(name, "")) for name in ("end", "start") if name in form.by_path]
    return next((moment for moment in noted if moment), None)


def given(answers: Mapping[str, str]) -> Iterator[str]:
    """The paths that were really answered."""
    return (path for path, value in answers.items() if value)
