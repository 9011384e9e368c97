"""Which forms may leave for a phone, and how: what asks about people leaves only closed, voices and places never do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kzcase.domain.classes import FieldClass
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.xml_reading import local, read_xml
from kzcase.i18n import Words, _

OPEN_CLASSES: Final = frozenset({FieldClass.OPERATIONAL, FieldClass.STATISTICAL})
"""What may stand open on a phone and on a server: it names nobody and harms nobody."""
_PLACES: Final = frozenset({"geopoint", "geotrace", "geoshape"})
_HEARD: Final = ("audio", "video")
_BY_ITSELF: Final = frozenset({"setgeopoint", "recordaudio"})
_TRACKS: Final = ("location-priority", "location-min-interval", "location-max-age")


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whether a form may leave for a phone, whether only closed, and what stands in the way."""

    allowed: bool
    sealed_only: bool
    why: tuple[Words, ...] = ()


def leaving(form: Form) -> Leaving:
    """What holds for this form, whoever asks."""
    why = tuple(_reasons(form))
    return Leaving(not why, any(_names_somebody(question) for question in form.walk()), why)


def _names_somebody(question: Question) -> bool:
    """Groups and notes hold no answers; everything else may, hidden and worked out included."""
    if question.is_container or question.kind is QuestionKind.NOTE:
        return False
    return question.field_class not in OPEN_CLASSES


def _reasons(form: Form) -> Iterator[Words]:
    if not form.phone:
        yield _("It is not meant for phones: it is filled in at a desk or on paper.")
    for question in form.walk():
        media = question.parameters.get("mediatype", "").partition("/")[0]
        if question.kind is QuestionKind.AUDIO or (question.kind is QuestionKind.FILE and media in _HEARD):
            yield _(
                "“{question}” records a voice, and interviews are never recorded on a phone.", question=question.path
            )
        if question.kind is QuestionKind.GEOPOINT or question.datatype in _PLACES:
            yield _("“{question}” notes where it was filled in, which may betray a shelter.", question=question.path)
    yield from _hidden_ways(form)


def _hidden_ways(form: Form) -> Iterator[Words]:
    """What a form can do without asking: listen, or note the place."""
    root = read_xml(form.xml.encode())
    if any(local(element.tag) in _BY_ITSELF for element in root.iter()):
        yield _("It records a voice or a place by itself.")
    if not any(local(element.tag) == "instanceID" for element in root.iter()):
        yield _("It gives its answers no instanceID, so nobody could tell them apart.")
    if any(local(name) in _TRACKS for element in root.iter() for name in element.attrib):
        yield _("It records a place by itself, with every answer.")
