"""Which forms may leave for a phone, and how: what asks about people leaves only closed, voices and places never do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kzcase.domain.classes import FieldClass
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.outside_lists import outside_lists
from kzcase.forms.xml_reading import local, read_xml
from kzcase.i18n import Words, _, own_text, verbatim

OPEN_CLASSES: Final = frozenset({FieldClass.OPERATIONAL, FieldClass.STATISTICAL})
"""What may stand open on a phone and on a server: it names nobody and harms nobody."""
IS_OFF: Final = _("It is off for phones, until an administrator who knows the risk allows it.")
_PLACES: Final = frozenset({"geopoint", "geotrace", "geoshape"})
_HEARD: Final = ("audio", "video")
_BY_ITSELF: Final = frozenset({"setgeopoint", "recordaudio"})
_TRACKS: Final = ("location-priority", "location-min-interval", "location-max-age")


@dataclass(frozen=True, slots=True)
class Leaving:
    """Whether a form may leave for a phone, whether only closed, and what stands in the way.

    `off`: nothing stands in the way but that it is off for phones, which an administrator can decide otherwise.
    """

    allowed: bool
    sealed_only: bool
    why: tuple[Words, ...] = ()
    off: bool = False


def leaving(form: Form, *, all_the_same: bool = False) -> Leaving:
    """What holds for this form, whoever asks. `all_the_same`: an administrator allowed it, though it is off."""
    why, off = tuple(_reasons(form)), not form.phone and not all_the_same
    sealed_only = any(_names_somebody(question) for question in form.walk())
    return Leaving(not why and not off, sealed_only, (IS_OFF, *why) if off else why, off and not why)


def _names_somebody(question: Question) -> bool:
    """Groups and notes hold no answers; everything else may, hidden and worked out included."""
    if question.is_container or question.kind is QuestionKind.NOTE:
        return False
    return question.field_class not in OPEN_CLASSES


def _reasons(form: Form) -> Iterator[Words]:
    for question in form.walk():
        media = question.parameters.get("mediatype", "").partition("/")[0]
        if question.kind is QuestionKind.AUDIO or (question.kind is QuestionKind.FILE and media in _HEARD):
            yield _(
                "“{question}” records a voice, and interviews are never recorded on a phone.", question=_named(question)
            )
        if question.kind is QuestionKind.GEOPOINT or question.datatype in _PLACES:
            yield _("“{question}” notes where it was filled in, which may betray a shelter.", question=_named(question))
    yield from _hidden_ways(form)
    yield from _open_lists(form)


def _open_lists(form: Form) -> Iterator[Words]:
    """A list from a file lies open beside the form on every phone, however closed the answers are."""
    for one in outside_lists(form.xml):
        asked = [question for question in form.walk() if one.id in _lists_of(question)]
        if "<geometry>" in one.content:
            yield _("The list “{file}” holds places, which may betray a shelter.", file=one.filename[:80])
        elif not asked or any(_names_somebody(question) for question in asked):
            yield _(
                "The list “{file}” would lie open on the phone, and a question about people asks for it. If nobody can "
                "be known by it, give every question that uses it the class operational or statistical.",
                file=one.filename[:80],
            )


def _lists_of(question: Question) -> set[str]:
    """The lists a question chooses from or looks things up in."""
    rules = (question.calculation, question.relevant, question.constraint, question.default_rule, question.required)
    found = {name for rule in rules if rule for name in rule.lists | rule.looked_up}
    return found | ({question.choices.list_name} if question.choices else set())


def _named(question: Question) -> Words:
    """A question as people know it; one without a text by its name in the form."""
    return own_text(question.label) if question.label else verbatim(question.name)


def _hidden_ways(form: Form) -> Iterator[Words]:
    """What a form can do without asking: listen, or note the place."""
    root = read_xml(form.xml.encode())
    tags = {local(tag) for tag in {element.tag for element in root.iter()}}
    if tags & _BY_ITSELF:
        yield _("It records a voice or a place by itself.")
    if "instanceID" not in tags:
        yield _("It gives its answers no instanceID, so nobody could tell them apart.")
    if any(local(name) in _TRACKS for name in {name for element in root.iter() for name in element.attrib}):
        yield _("It records a place by itself, with every answer.")
