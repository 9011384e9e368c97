"""Reads the XML of a form from a stranger safely: no DTD, no entities, bounded in size, depth and number."""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from kzcase.domain.errors import BadForm, TooLarge
from kzcase.i18n import _

LARGEST_FILE = 16 * 2**20
"""Bytes: a form of two thousand questions in three languages has two million, and no larger form can be kept."""
LONGEST_TEXT = 2**20
DEEPEST = 100
MOST_ELEMENTS = 300_000
"""A list of 20,000 choices in three languages, ten elements each, and a form around it."""
_PIECE = 2**20
"""Bytes at a time. Some readers of XML begin a tag anew with each piece: of small ones a long tag would take hours."""


def read_xml(untrusted_data: bytes, most: int = MOST_ELEMENTS) -> Element:
    """The root element of an XML file.

    Raises BadForm if it is not XML or brings a DTD, TooLarge beyond 16 MB, 1 MB of one text, 100 levels or as many
    elements.
    """
    root = _parsed(untrusted_data, _Bounded(most, building=True))
    if not isinstance(root, Element):
        raise BadForm(why=_("The file is empty."))
    return root


def check_xml(untrusted_data: bytes) -> None:
    """Refuse XML beyond the bounds without building it."""
    _parsed(untrusted_data, _Bounded(MOST_ELEMENTS, building=False))


def _parsed(untrusted_data: bytes, target: "_Bounded") -> object:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    if len(untrusted_data) > LARGEST_FILE:
        raise TooLarge(limit="16 MB")
    if untrusted_data.count(b"<") > 3 * target.most:  # even with as many ends and comments as beginnings
        raise TooLarge(limit=_("{count} elements", count=target.most))
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    stream = BytesIO(untrusted_data)
    try:
        while piece := stream.read(_PIECE):
            parser.feed(piece)
        return parser.close()
    except DefusedXmlException as error:
        raise BadForm(why=_("The file brings its own definitions (DTD), which may hide an attack.")) from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadForm(_place(error), why=_("The file is not well-formed XML.")) from error


def _place(error: Exception) -> str:
    position = getattr(error, "position", None)
    return f"{position[0]}:{position[1] + 1}" if position else ""


class _Bounded:
    """Builds the tree and stops as soon as it grows beyond what a form can need."""

    def __init__(self, most: int, building: bool) -> None:
        self._builder = TreeBuilder() if building else None  # the parser in front is defused
        self.most = most
        self._depth = 0
        self._elements = 0
        self._text = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        self._text = 0
        if self._depth > DEEPEST:
            raise TooLarge(limit=_("{count} levels", count=DEEPEST))
        if self._elements > self.most:
            raise TooLarge(limit=_("{count} elements", count=self.most))
        if attributes and max(map(len, attributes.values())) > LONGEST_TEXT:
            raise TooLarge(limit="1 MB")
        if self._builder:
            self._builder.start(tag, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._text = 0
        if self._builder:
            self._builder.end(tag)

    def data(self, text: str) -> None:
        self._text += len(text)
        if self._text > LONGEST_TEXT:
            raise TooLarge(limit="1 MB")
        if self._builder:
            self._builder.data(text)

    def close(self) -> Element | None:
        return self._builder.close() if self._builder and self._elements else None


def local(tag: str) -> str:
    """A name without its namespace."""
    return tag.rpartition("}")[2]


def namespace(tag: str) -> str:
    """The namespace of a name, empty if it has none."""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def child(element: Element, name: str) -> Element | None:
    """The first child of this name in any namespace."""
    return next((found for found in element if local(found.tag) == name), None)


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of this name in any namespace."""
    return (found for found in element if local(found.tag) == name)
