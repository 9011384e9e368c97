"""Brings the repeats of a form to the instances that a set of answers names."""

from collections.abc import Iterable
from typing import cast

from kzcase.domain.errors import NoSuchQuestion, TooLarge
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.forms.recalculation import Recalculation
from kzcase.forms.tree import MOST_REPEATS, Place, instances, names_of, segments


def make_room(work: Recalculation, form: Form, paths: Iterable[str]) -> None:
    """Bring each repeat to the instances that the paths name, in their order. Raises NoSuchQuestion or TooLarge."""
    _Room(work, form).take(paths)


class _Room:
    """One load: which repeats were emptied because the answers bring instances of their own."""

    def __init__(self, work: Recalculation, form: Form) -> None:
        self._work = work
        self._form = form
        self._emptied: set[tuple[Place, str]] = set()

    def take(self, paths: Iterable[str]) -> None:
        for path in paths:
            at = self._work.root
            for name, number, key in segments(path):
                at = self._step(at, name, number, key, path)

    def _step(self, parent: Place, name: str, number: int, key: str, path: str) -> Place:
        question = self._form.by_path.get("/".join([*names_of(parent), name]))
        if question is None:
            raise NoSuchQuestion(path[:200], what=name[:80])
        if question.kind is not QuestionKind.REPEAT:
            return cast("Place", parent.children[name][0])
        return self._keyed(parent, question, key) if key else self._numbered(parent, question, max(1, number))

    def _numbered(self, parent: Place, question: Question, wanted: int) -> Place:
        if wanted > MOST_REPEATS:
            raise TooLarge(question.path, limit=str(MOST_REPEATS))
        while len(instances(parent, (question.name,))) < wanted:
            self._work.add_repeat(parent, question)
        return instances(parent, (question.name,))[wanted - 1]

    def _keyed(self, parent: Place, question: Question, key: str) -> Place:
        present = instances(parent, (question.name,))
        same = [place for place in present if place.key == key]
        if same:
            return same[0]
        if (parent, question.name) not in self._emptied:
            self._emptied.add((parent, question.name))
            for place in present:
                self._work.remove_repeat(place)
        if len(instances(parent, (question.name,))) >= MOST_REPEATS:
            raise TooLarge(question.path, limit=str(MOST_REPEATS))
        return self._work.add_repeat(parent, question, key)
