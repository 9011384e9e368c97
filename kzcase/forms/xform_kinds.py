"""What kind of question a part of an XForm is."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from kzcase.forms.definition import QuestionKind
from kzcase.forms.xform_body import Control
from kzcase.forms.xml_reading import local

_KINDS: Mapping[str, QuestionKind] = {
    "int": QuestionKind.INTEGER,
    "integer": QuestionKind.INTEGER,
    "decimal": QuestionKind.DECIMAL,
    "date": QuestionKind.DATE,
    "time": QuestionKind.TIME,
    "dateTime": QuestionKind.DATETIME,
    "geopoint": QuestionKind.GEOPOINT,
    "barcode": QuestionKind.BARCODE,
}
_CONTROL_KINDS: Mapping[str, QuestionKind] = {
    "select": QuestionKind.SELECT_MULTIPLE,
    "select1": QuestionKind.SELECT_ONE,
    "rank": QuestionKind.RANK,
    "range": QuestionKind.RANGE,
    "trigger": QuestionKind.ACKNOWLEDGE,
}
_CHOOSING_TAGS = frozenset({"select", "select1"})


def kind_of(element: Element, bound: Mapping[str, str], control: Control, *, is_given: bool = False) -> QuestionKind:
    """What kind of question an instance element, its bind and its control make together; `is_given`: the form itself
    puts an answer there, so that it is more than words."""
    if control.tag == "repeat":
        return QuestionKind.REPEAT
    if control.tag == "group" or len(element):
        return QuestionKind.GROUP
    if control.tag in _CHOOSING_TAGS and control.appearance == "label":
        return QuestionKind.HIDDEN  # the head of a table of questions: nobody answers it
    if control.tag in _CONTROL_KINDS:
        return _CONTROL_KINDS[control.tag]
    if control.tag == "upload":
        media = control.parameters.get("mediatype", "")
        kinds = {"image": QuestionKind.IMAGE, "audio": QuestionKind.AUDIO}
        return kinds.get(media.partition("/")[0], QuestionKind.FILE)
    if not control.tag:
        return QuestionKind.CALCULATE if bound.get("calculate") else QuestionKind.HIDDEN
    datatype = local(bound.get("type", "string").replace(":", "}"))
    held = bound.get("readonly", "").strip() == "true()"
    if datatype == "string" and held and not is_given and not bound.get("calculate"):
        return QuestionKind.NOTE
    return _KINDS.get(datatype, QuestionKind.TEXT)
