"""What an XForm does by itself when it is opened or answered: first answers, and answers that set others."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from kzcase.forms.xml_reading import local

_FIRST = ("odk-instance-first-load", "odk-new-repeat", "xforms-ready")
_CHANGED = "xforms-value-changed"


def first_values(model: Element, body: Element) -> Mapping[str, str]:
    """Rules that give a first answer (`setvalue` when the form or a new repeat is opened), by the path they fill."""
    found: dict[str, str] = {}
    for element in [*model.iter(), *body.iter()]:
        if local(element.tag) == "setvalue" and any(event in element.get("event", "") for event in _FIRST):
            found[element.get("ref", "").strip()] = _rule(element)
    return found


def triggers_of(body: Element) -> Mapping[str, list[tuple[str, str]]]:
    """For each question the paths that a change of its answer sets, each with its rule."""
    found: dict[str, list[tuple[str, str]]] = {}
    for control in body.iter():
        for element in _changing(control):
            found.setdefault(control.get("ref", "").strip(), []).append(
                (element.get("ref", "").strip(), _rule(element))
            )
    return found


def _changing(control: Element) -> Iterator[Element]:
    for inner in control:
        if local(inner.tag) == "setvalue" and _CHANGED in inner.get("event", ""):
            yield inner


def _rule(element: Element) -> str:
    """The rule of a `setvalue`; a plain text in it is that text, nothing at all takes the answer away."""
    if "value" in element.attrib:
        return element.get("value", "").strip() or "''"
    text = "".join(element.itertext()).strip()
    quote = '"' if "'" in text else "'"
    return f"{quote}{text.replace(quote, '')}{quote}"
