"""A form being filled: one place for each question and each repeat, found by its path."""

import re
from collections.abc import Iterator
from typing import cast

from kzcase.domain.errors import NoSuchQuestion
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.values import TreeNode

_SEGMENT = re.compile(r"([^\[\]{}/]+)(?:\[([0-9]{1,6})\]|\{([^{}]+)\})?")
MOST_REPEATS = 1_000


class Place(TreeNode):
    """One question in one repeat: its answer, why there is none, and what its rules said last."""

    __slots__ = ("cache", "confirmed", "gone", "held", "key", "missing", "own_relevant", "question")

    def __init__(self, name: str, parent: "Place | None", question: Question | None, key: str = "") -> None:
        super().__init__(name, parent)
        self.question = question
        self.key = key  # the identity of a repeat instance, kept while others come and go
        self.gone = False  # taken out together with its repeat
        self.missing = ""
        self.held = False  # chance gave this answer before: it is not drawn again
        self.confirmed = False  # an unusual answer that somebody said stands
        self.own_relevant = True
        self.cache: dict[int, object] = {}

    def path(self, journal: bool = False) -> str:
        """`legs[2]/days` for people, `legs{id}/days` for the journal."""
        parts: list[str] = []
        place: Place | None = self
        while place is not None and place.parent is not None:
            parts.append(place.segment(journal))
            place = place.above
        return "/".join(reversed(parts))

    def segment(self, journal: bool) -> str:
        """The last step of the path."""
        if self.question is None or self.question.kind is not QuestionKind.REPEAT:
            return self.name
        return f"{self.name}{{{self.key}}}" if journal else f"{self.name}[{self.siblings().index(self) + 1}]"

    @property
    def above(self) -> "Place | None":
        """The group, repeat or root this place stands in."""
        return cast("Place | None", self.parent)

    def places(self) -> Iterator["Place"]:
        """This place and everything below, in the order of the form."""
        yield self
        for group in self.children.values():
            for inner in group:
                yield from cast("Place", inner).places()


def steps_of(place: Place) -> tuple[str, ...]:
    """The names from the root down to this place."""
    names: list[str] = []
    at: TreeNode | None = place
    while at is not None:
        names.append(at.name)
        at = at.parent
    return tuple(reversed(names))


def names_of(place: Place) -> list[str]:
    """The names from the root (left out) down to this place."""
    return list(steps_of(place)[1:])


def segments(path: str) -> list[tuple[str, int, str]]:
    """A path cut into (name, number or 0, id or ""). Raises NoSuchQuestion if it is no path."""
    found = []
    for part in path.split("/"):
        match = _SEGMENT.fullmatch(part)
        if not match:
            raise NoSuchQuestion(path[:200], what=part[:80])
        found.append((match[1], int(match[2] or 0), match[3] or ""))
    return found


def find(root: Place, path: str) -> Place:
    """The place at a path of either kind; a repeat without number means the first. Raises NoSuchQuestion."""
    at = root
    for name, number, key in segments(path):
        group = cast("list[Place]", at.children.get(name, []))
        if key:
            group = [place for place in group if place.key == key]
        chosen = max(0, number - 1)
        if chosen >= len(group):
            raise NoSuchQuestion(path[:200], what=name[:80])
        at = group[chosen]
    return at


def instances(root: Place, names: tuple[str, ...]) -> list[Place]:
    """Every place reached from `root` by these names, through all repeats."""
    found = [root]
    for name in names:
        found = [cast("Place", inner) for place in found for inner in place.children.get(name, ())]
    return found


def grow(parent: Place, question: Question, key: str = "") -> Place:
    """A new place for a question, with everything inside it; repeats inside start empty."""
    place = Place(question.name, parent, question, key)
    parent.children.setdefault(question.name, []).append(place)
    place.relevant = parent.relevant
    for inner in question.children:
        if inner.kind is QuestionKind.REPEAT:
            place.children[inner.name] = []
        else:
            grow(place, inner)
    return place


def prune(place: Place) -> None:
    """Take a repeat instance out, and everything in it."""
    for inner in place.places():
        inner.gone = True
    place.siblings().remove(place)


def graft(place: Place, at: int) -> None:
    """Put an instance that was taken out back where it stood, with everything in it."""
    cast("Place", place.parent).children[place.name].insert(at, place)
    for inner in place.places():
        inner.gone = False


def empty_root(form: Form) -> Place:
    """The root of an unfilled form, without any repeat."""
    root = Place(form.root, None, None)
    for question in form.questions:
        if question.kind is QuestionKind.REPEAT:
            root.children[question.name] = []
        else:
            grow(root, question)
    return root
