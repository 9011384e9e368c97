"""The texts of an XForm in its languages, with answers inside them written `${path}`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from types import MappingProxyType
from xml.etree.ElementTree import Element

from kzcase.forms.definition import NO_TEXTS, Texts
from kzcase.forms.languages import code_of
from kzcase.forms.xml_reading import child, children, local

_ITEXT = re.compile(r"jr:itext\(\s*['\"](.*?)['\"]\s*\)")
_OUTPUT = re.compile(r"\$\{([^{}]+)\}")
_MISSING = "-"  # what pyxform writes where a language has no text


@dataclass(slots=True)
class Translations:
    """All texts of a form by their id, each in its languages."""

    languages: tuple[str, ...] = ("und",)
    default: str = ""
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    guidance: dict[str, dict[str, str]] = field(default_factory=dict)

    def resolve(self, reference: str) -> Texts:
        """The texts behind `jr:itext('id')`; a plain text is the same in every language."""
        if not reference:
            return NO_TEXTS
        found = _ITEXT.fullmatch(reference.strip())
        if found:
            return MappingProxyType(self.texts.get(found[1], {}))
        return MappingProxyType(dict.fromkeys(self.languages, reference))

    def of_element(self, element: Element | None) -> Texts:
        """The texts of a `label` or `hint` element."""
        if element is None:
            return NO_TEXTS
        return self.resolve(element.get("ref", "")) or self.resolve(_said(element))

    def guidance_of(self, element: Element | None) -> Texts:
        """The guidance that stands beside a hint."""
        found = _ITEXT.fullmatch(element.get("ref", "").strip()) if element is not None else None
        return MappingProxyType(self.guidance.get(found[1], {})) if found else NO_TEXTS

    @staticmethod
    def rules_in(text: str) -> Iterator[str]:
        """The rules inside a text."""
        return (found[1] for found in _OUTPUT.finditer(text))


def read_translations(model: Element) -> Translations:
    """The itext block of a model; without one the form has a single language, `und`."""
    block = child(model, "itext")
    found = Translations()
    if block is None:
        return found
    languages: list[str] = []
    for translation in children(block, "translation"):
        code = code_of(translation.get("lang", ""))
        languages.append(code)
        if translation.get("default"):
            found.default = code
        for text in children(translation, "text"):
            _take(found, text, code)
    found.languages = tuple(dict.fromkeys(languages)) or found.languages
    return found


def _take(found: Translations, text: Element, code: str) -> None:
    identifier = text.get("id", "")
    for value in children(text, "value"):
        form = value.get("form", "")
        said = _said(value)
        if said == _MISSING or form not in ("", "long", "guidance"):
            continue
        place = found.guidance if form == "guidance" else found.texts
        place.setdefault(identifier, {}).setdefault(code, said)


def _said(element: Element) -> str:
    """The text of an element, its answers written `${path}`."""
    parts = [element.text or ""]
    for inner in element:
        if local(inner.tag) == "output":
            parts.append("${" + (inner.get("value") or inner.get("ref") or "").strip() + "}")
        parts.append(inner.tail or "")
    return "".join(parts).strip()
