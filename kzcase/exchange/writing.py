"""Writes the answers of a filled form as an OpenRosa instance; what the asker may not see is not in it at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from kzcase.domain.classes import FieldClass
from kzcase.exchange.instances import CASE_TYPED, FORM_MARK
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.own_attributes import KZCASE

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
    if withheld:
        root.set(f"{{{KZCASE}}}withheld", " ".join(sorted(withheld)))
    meta = SubElement(root, f"{{{OPENROSA}}}meta")
    SubElement(meta, f"{{{OPENROSA}}}instanceID").text = filled.instance
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
