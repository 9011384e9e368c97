"""Writes the answers of a filled form as an OpenRosa instance; what the asker may not see is not in it at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import NoSuchQuestion
from kzcase.exchange.instances import ATTRIBUTE
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.own_attributes import KZCASE
from kzcase.forms.server_marks import is_kept, is_mark, is_nameless
from kzcase.forms.tree import segments
from kzcase.forms.way_home import CASE_TYPED, FORM_MARK
from kzcase.forms.xml_reading import read_xml

OPENROSA: Final = "http://openrosa.org/xforms"
register_namespace("orx", OPENROSA)
register_namespace("kzcase", KZCASE)
_NOT_IN_XML: Final = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0xFFFE, 0xFFFF], "\ufffd")


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled form about to be written: answers and reasons by journal path, and the classes that may leave."""

    sheet: AnswerSheet = field(repr=False)
    answers: Mapping[str, str] = field(repr=False)
    missing: Mapping[str, str]
    shown: frozenset[FieldClass]
    instance: str
    case: str
    others: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Where what no question explains lay, by journal path, and the element as it came."""


def form_mark(form: Form) -> str:
    """What a form made here carries along, so that its answers find their version again."""
    return f"{form.id} {form.declared_version or '-'} {form.version[:32]}"


def instance_xml(filled: Filled) -> tuple[bytes, frozenset[FieldClass]]:
    """The instance, as UTF-8, and the classes of which something was withheld."""
    form = filled.sheet.form
    root = Element(form.root, {"id": form.id, **({"version": form.declared_version} if form.declared_version else {})})
    SubElement(root, FORM_MARK).text = form_mark(form)
    if filled.case:
        SubElement(root, CASE_TYPED).text = filled.case
    withheld: set[FieldClass] = set()
    _write(filled, root, form.questions, "", withheld)
    meta = Element(f"{{{OPENROSA}}}meta")
    SubElement(meta, f"{{{OPENROSA}}}instanceID").text = filled.instance
    _give_back(filled, root, meta, withheld)
    if withheld:
        root.set(f"{{{KZCASE}}}withheld", " ".join(sorted(withheld)))
    root.append(meta)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)), frozenset(withheld)


def _write(
    filled: Filled, element: Element, questions: Sequence[Question], above: str, withheld: set[FieldClass]
) -> None:
    for question in questions:
        path = f"{above}/{question.name}".lstrip("/")
        if question.kind is QuestionKind.REPEAT:
            for one in filled.sheet.repeats(path):
                _write(filled, SubElement(element, question.name), question.children, one, withheld)
        elif question.is_container:
            _write(filled, SubElement(element, question.name), question.children, path, withheld)
        elif question.kind is not QuestionKind.NOTE:
            _write_answer(filled, element, question, path, withheld)


def _give_back(filled: Filled, root: Element, meta: Element, withheld: set[FieldClass]) -> None:
    """What no question explains returns to where it lay; where that is gone, to the end. What may hold a name returns
    only where no class at all is withheld: nobody knows what stands in it."""
    hidden = frozenset(FieldClass) - filled.shown
    for path, content in filled.others:
        element = read_xml(content.encode())
        if is_mark(path):
            open_mark = FieldClass.SENSITIVE in filled.shown and is_nameless(path, element)
            if is_kept(path) and (open_mark or not hidden):
                (meta if path.startswith("meta/") else root).append(element)
        elif hidden:
            withheld |= {FieldClass.SENSITIVE} & hidden or hidden
        else:
            _put_back(filled, root, path, element)


def _put_back(filled: Filled, root: Element, path: str, other: Element) -> None:
    above, _slash, name = path.rpartition("/")
    holding = _holding(filled, root, above)
    if name.startswith(ATTRIBUTE) and holding is not root:
        holding.set(other.tag, other.text or "")
    else:
        holding.append(other)


def _holding(filled: Filled, root: Element, path: str) -> Element:
    """The element at a journal path; the root where there is none now."""
    try:
        steps = segments(filled.sheet.display_path(path)) if path else ()
    except NoSuchQuestion:
        return root
    at = root
    for name, number, _key in steps:
        found = [inner for inner in at if inner.tag == name]
        if len(found) < max(1, number):
            return root
        at = found[max(1, number) - 1]
    return at


def _write_answer(filled: Filled, element: Element, question: Question, path: str, withheld: set[FieldClass]) -> None:
    kept = filled.sheet.journal_path(path)
    value, reason = filled.answers.get(kept, ""), filled.missing.get(kept, "")
    if question.field_class not in filled.shown:
        if value or reason:
            withheld.add(question.field_class)
        return
    if value or reason or filled.sheet.relevant(path):
        made = SubElement(element, question.name)
        made.text = value.translate(_NOT_IN_XML) or None
        if reason and not value:
            made.set(f"{{{KZCASE}}}missing", reason)
