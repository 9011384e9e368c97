"""What an XForm says about itself as a whole: its title, what it is about, and our own attributes of its root."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any
from xml.etree.ElementTree import Element

from kzcase.forms.about import WHOLE_FORM, about_form
from kzcase.forms.definition import NO_TEXTS, Texts
from kzcase.forms.own_attributes import KZCASE
from kzcase.forms.xform_texts import Translations
from kzcase.forms.xml_reading import child, local, namespace
from kzcase.i18n import Words

TITLE = "kzcase:title"
ABOUT = "kzcase:about"
"""The ids of the texts that hold a form's title and what it is about: an XForm itself has only one title."""
_PLACED = frozenset({"id", "version"})


def whole_form(head: Element, root: Element, texts: Translations) -> tuple[dict[str, Any], dict[str, Words]]:
    """The fields of a Form that its head and the root of its instance give, and what is wrong with which."""
    own = {local(key): value for key, value in root.attrib.items() if namespace(key) == KZCASE}
    fields, wrong = about_form(own)
    title = child(head, "title")
    fields["title"] = _texts(texts, TITLE, "".join(title.itertext()).strip() if title is not None else "")
    fields["about"] = _texts(texts, ABOUT, own.get("about", ""))
    fields["attributes"] = _others(root.attrib)
    return fields, wrong


def _texts(texts: Translations, identifier: str, otherwise: str) -> Texts:
    found = texts.texts.get(identifier)
    if found is None and not otherwise:
        return NO_TEXTS
    return MappingProxyType(found or dict.fromkeys(texts.languages, otherwise))


def _others(attributes: Mapping[str, str]) -> Mapping[str, str]:
    """What nobody here knows, kept as it was said."""
    known = {f"{{{KZCASE}}}{name}" for name in (*WHOLE_FORM, "about")} | _PLACED
    return MappingProxyType({key: value for key, value in attributes.items() if key not in known})
