"""What servers and phones put on answers by themselves, known by where it lies: no answer of anybody, but needed when
answers return to where they came from."""

import re
from typing import Final
from xml.etree.ElementTree import Element

from kzcase.forms.xml_reading import local, namespace

_MARK: Final = re.compile(
    r"meta/.+|formhub|start|end|today|__version__|_version_+|_version__\d{3}|_.*|start-geopoint|deviceid|phonenumber"
    r"|username|simserial|subscriberid|audit|orx_meta"
)
_STAYS_OUT: Final = re.compile(
    r"(?i)meta/(instanceID|audit|location|deviceID|userID|username|phoneNumber|email|simSerial|subscriberID)"
    r"|_geolocation|_submitted_by|_validation_status|_userform_id|_attachments|start-geopoint|deviceid|phonenumber"
    r"|username|simserial|subscriberid|audit|orx_meta"
)
"""Where somebody was, and which colleague's telephone or user of a server it was, concerns no case; the id is kept by
itself."""
_KEY: Final = re.compile(r"[A-Za-z0-9:._+-]{1,100}")
_MOMENT: Final = re.compile(r"[0-9T:.+Z -]{1,40}")
_NAMELESS: Final[dict[str, re.Pattern[str]]] = {
    "formhub": re.compile(r"(uuid:)?[A-Za-z0-9-]{1,50}"),
    **dict.fromkeys(("__version__", "_uuid", "_xform_id_string", "_id", "_status", "meta/deprecatedID"), _KEY),
    **dict.fromkeys(("meta/rootUuid", "_version_"), _KEY),
    **dict.fromkeys(("start", "end", "today", "meta/timeStart", "meta/timeEnd", "_submission_time"), _MOMENT),
}
"""Marks that programs make of chance and clocks alone, and how they look: nobody's name is in any of them."""
_OF_HEADS: Final = frozenset(("", "http://openrosa.org/xforms", "http://www.w3.org/2002/xforms"))


def is_mark(path: str) -> bool:
    """Whether servers or phones put this there, by its path in a set of answers; the form may still ask it."""
    return _MARK.fullmatch(path) is not None


def is_kept(path: str) -> bool:
    """Whether such a mark is kept and given back."""
    return is_mark(path) and not _STAYS_OUT.fullmatch(path)


def is_nameless(path: str, element: Element) -> bool:
    """Whether a mark cannot hold a name: known by where it lies, and it looks as programs write it. Every other one
    may: a server calls a set of answers, or whoever it makes of them, by what was answered."""
    wanted = _NAMELESS.get(path)
    inner = list(element) if path == "formhub" else [element]
    if wanted is None or any(len(each) or not _is_bare(each) for each in inner):
        return False
    if path == "formhub" and not (_is_bare(element) and [local(each.tag) for each in inner] == ["uuid"]):
        return False
    return wanted.fullmatch("".join(element.itertext()).strip()) is not None


def _is_bare(element: Element) -> bool:
    return not element.attrib and namespace(element.tag) in _OF_HEADS
