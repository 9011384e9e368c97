"""A form being answered: every answer, what is asked at all, what is still wrong, and what follows from the rest."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from random import Random
from typing import cast

from kzcase.domain.errors import CountedRepeat, NoSuchQuestion, TooLarge, WorkedOut
from kzcase.forms.asked import AskedForm
from kzcase.forms.definition import Form, Question, QuestionKind, text_in
from kzcase.forms.graph import graph_of
from kzcase.forms.missing import known_reason
from kzcase.forms.recalculation import Recalculation
from kzcase.forms.room import make_room
from kzcase.forms.tree import MOST_REPEATS, Place, empty_root, find, instances, names_of, segments
from kzcase.forms.values import Chance, Surroundings, TreeNode, text_of_moment

LONGEST_ANSWER = 2**20


@dataclass(frozen=True, slots=True)
class Changed:
    """The display paths whose answer, visibility, choices or checks may be other than before."""

    paths: tuple[str, ...]
    structure: bool = False  # repeats came or went: paths with numbers moved


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a repeat with all that was said in it, and where among the others it stands."""

    place: Place = field(repr=False)
    at: int


def _certain() -> float:
    return 0.5


def _chance(draw: Callable[[], float]) -> Chance:
    """Chance that is drawn once, when a form is opened: a rule worked out again finds what it found before."""
    seed = ":".join(repr(draw()) for _number in range(3))

    def numbers(node: TreeNode, call: int) -> Callable[[], float]:
        place = cast("Place", node).path(journal=True)
        return Random(f"{seed}/{place}/{call}").random  # noqa: S311 - what a form draws guards nothing

    return numbers


class AnswerSheet(AskedForm):
    """One form being filled. Paths are `legs[2]/days` (1-based) or `legs{id}/days`; a bare `legs` is the first.

    `now` must carry a zone. `draw` gives random numbers in [0, 1) and is asked only at the beginning, `new_key` gives
    the ids of new repeats; both must come from outside wherever the result is kept. An `empty` sheet holds no first
    answers: it waits for stored ones.
    """

    def __init__(
        self,
        form: Form,
        *,
        now: datetime,
        draw: Callable[[], float] = _certain,
        new_key: Callable[[], str] | None = None,
        language: str = "kk",
        empty: bool = False,
    ) -> None:
        numbers = count(1)
        root = empty_root(form)
        around = Surroundings(
            root=root,
            now=now,
            chance=_chance(draw),
            language=language,
            instances=form.lists,
            itext=lambda identifier, wanted: text_in(form.itexts.get(identifier, {}), wanted),
            choice_label=self._choice_label,
            version=form.declared_version,
        )
        work = Recalculation(graph_of(form), root, around, new_key or (lambda: f"{next(numbers):x}"))
        super().__init__(form, work, language)
        work.gives_first_answers = not empty
        self._begin()

    def _begin(self) -> None:
        for place in list(self._root.places()):
            self._work.first_answer(place)
        self._first_repeats(self._root, self.form.questions)
        self._work.everything()
        self._work.changed.clear()

    def _first_repeats(self, place: Place, questions: tuple[Question, ...]) -> None:
        for question in questions:
            if question.kind is QuestionKind.REPEAT:
                if question.repeat_count is None:
                    for _instance in range(question.first_instances):
                        self._work.add_repeat(place, question)
            elif question.is_container:
                self._first_repeats(cast("Place", place.children[question.name][0]), question.children)

    # what is answered

    def get(self, path: str) -> str:
        """The answer as it stands, asked or not; "" if there is none. Raises NoSuchQuestion."""
        return find(self._root, path).value

    def missing(self, path: str) -> str:
        """Why there is no answer: not_asked, refused, unknown, or ""."""
        return find(self._root, path).missing

    def answer(self, path: str, value: str) -> Changed:
        """Answer a question. A value of the wrong shape is kept and shown as an error.

        Raises NoSuchQuestion for a path that is no question, WorkedOut where the answer is calculated, TooLarge
        beyond 1 MB.
        """
        place = self._question_place(path)
        if len(value) > LONGEST_ANSWER:
            raise TooLarge(path[:200], limit="1 MB")
        if place.value == value and not place.missing:
            return Changed(())
        place.value, place.missing, place.confirmed = value, "", False
        return self._after(place)

    def confirm(self, path: str) -> Changed:
        """Say that an unusual answer stands. Another answer has to be confirmed anew."""
        place = self._question_place(path)
        place.confirmed = True
        return Changed((place.path(),))

    def leave_open(self, path: str, reason: str) -> Changed:
        """Say why there is no answer; rules then see an empty one. Raises NotAReason for an unknown reason."""
        place = self._question_place(path)
        place.value, place.missing, place.confirmed = "", known_reason(reason, path), False
        return self._after(place)

    def _question_place(self, path: str) -> Place:
        place = find(self._root, path)
        if place.question is None or place.question.is_container:
            raise NoSuchQuestion(path[:200], what=place.name)
        if place.question.calculation:
            raise WorkedOut(path[:200])
        return place

    def _after(self, place: Place) -> Changed:
        before = self._shape()
        self._work.answered(place)
        return self._settled(before)

    def _settled(self, before: int) -> Changed:
        self._work.run()
        changed = [place.path() for place in self._work.changed if not place.gone and place.parent]
        self._work.changed.clear()
        return Changed(tuple(changed), structure=self._shape() != before)

    def _shape(self) -> int:
        return self._work.structure

    # repeats

    def repeats(self, path: str) -> tuple[str, ...]:
        """The display paths of all instances of a repeat (`legs` → `legs[1]`, `legs[2]`)."""
        return tuple(place.path() for place in self._repeat(path)[2])

    def add_repeat(self, path: str, key: str = "") -> str:
        """A new last instance of a repeat; gives its display path. Raises CountedRepeat where the form counts."""
        parent, question, present = self._repeat(path)
        if question.repeat_count is not None or len(present) >= MOST_REPEATS:
            raise CountedRepeat(path[:200])
        made = self._work.add_repeat(parent, question, key)
        self._settled(0)
        return made.path()

    def remove_repeat(self, path: str) -> Changed:
        """Take out one instance (`legs[2]`). Raises CountedRepeat where the form counts its repeats itself."""
        place = find(self._root, path)
        if place.question is None or place.question.kind is not QuestionKind.REPEAT:
            raise NoSuchQuestion(path[:200], what=place.name)
        if place.question.repeat_count is not None:
            raise CountedRepeat(path[:200])
        self._work.remove_repeat(place)
        return Changed(self._settled(0).paths, structure=True)

    def instance(self, path: str) -> Instance:
        """One instance of a repeat as it stands, to be brought back should it be taken out."""
        place = find(self._root, path)
        return Instance(place, place.siblings().index(place))

    def bring_back(self, taken: Instance) -> Changed:
        """Put an instance that was taken out back where it stood; nothing, where there is no place for it any more."""
        place, above = taken.place, taken.place.above
        if not place.gone or above is None or above.gone or len(place.siblings()) >= MOST_REPEATS:
            return Changed(())
        self._work.bring_back(place, taken.at)
        return Changed(self._settled(0).paths, structure=True)

    def _repeat(self, path: str) -> tuple[Place, Question, list[Place]]:
        above, _slash, last = path.rpartition("/")
        parent = find(self._root, above) if above else self._root
        name = segments(last)[0][0]
        known = self.form.by_path.get("/".join([*names_of(parent), name]))
        if known is None or known.kind is not QuestionKind.REPEAT:
            raise NoSuchQuestion(path[:200], what=name[:80])
        return parent, known, instances(parent, (name,))

    def journal_path(self, path: str) -> str:
        """The path with instance ids instead of numbers."""
        return find(self._root, path).path(journal=True)

    def display_path(self, path: str) -> str:
        """The path with numbers instead of instance ids."""
        return find(self._root, path).path()

    # all at once

    def load(
        self,
        answers: Mapping[str, str],
        missing: Mapping[str, str] | None = None,
        confirmed: Iterable[str] = (),
        *,
        said: bool = False,
    ) -> None:
        """Take in many answers by path; repeats named in them come into being, answers to calculations are left,
        unless chance gave them or they are worked out only `once`. `said`: they set other answers, as typed ones do.

        Raises NoSuchQuestion, NotAReason or TooLarge before anything is changed for good; discard the sheet then.
        """
        reasons = missing or {}
        make_room(self._work, self.form, [*answers, *reasons])
        for path, value in answers.items():
            place = find(self._root, path)
            if place.question is None or place.question.is_container:
                raise NoSuchQuestion(path[:200], what=place.name)
            if len(value) > LONGEST_ANSWER:
                raise TooLarge(path[:200], limit="1 MB")
            if (rule := place.question.calculation) is None:
                place.value, place.missing = value, ""
            elif rule.lasting and value:
                place.value, place.held = value, rule.drawn and not rule.remembers
        for path, reason in reasons.items():
            place = self._question_place(path)
            place.value, place.missing = "", known_reason(reason, path)
        for path in confirmed:
            self._question_place(path).confirmed = True
        self._work.everything()
        if said:
            self._work.said([find(self._root, path) for path in (*answers, *reasons) if self._is_there(path)])
        self._settled(0)

    def _is_there(self, path: str) -> bool:
        """Counted repeats may have gone again with what was said in them."""
        try:
            return bool(find(self._root, path))
        except NoSuchQuestion:
            return False

    def finish(self, moment: datetime) -> None:
        """Note the moment at which the form is saved, where it asks for it and nobody said another."""
        for place in list(self._root.places()):
            if place.question and place.question.at_end and not place.value:
                place.value = text_of_moment(moment)
                self._work.value_changed(place)
        self._settled(0)

    def restore(
        self, answers: Mapping[str, str], missing: Mapping[str, str] | None = None, confirmed: Iterable[str] = ()
    ) -> None:
        """Take in what was stored, into a sheet made `empty`: nothing stands in it that was not said. From then on
        new repeats begin with the first answers of the form."""
        self.load(answers, missing, confirmed)
        self._work.gives_first_answers = True

    def speak(self, language: str) -> None:
        """Use another language from now on; the answers stay."""
        self.language = language
        self._work.around = replace(self._work.around, language=language)
        self.recalculate()

    def recalculate(self) -> None:
        """Work out every rule anew; the result is the same as after each single change."""
        self._work.everything()
        self._settled(0)

    @property
    def evaluated(self) -> int:
        """How many rules have been worked out so far (for measuring)."""
        return self._work.evaluated

    def values(self, journal: bool = False) -> dict[str, str]:
        """Given and calculated answers that are asked and not empty, by display or journal path."""
        return {place.path(journal): place.value for place in self._asked_places() if place.value}

    def confirmed(self, journal: bool = False) -> tuple[str, ...]:
        """Unusual answers that somebody confirmed, by display or journal path."""
        return tuple(place.path(journal) for place in self._asked_places() if place.confirmed and place.value)

    def emptied(self) -> tuple[str, ...]:
        """Questions that other answers would set and that stand empty: whoever stores the sheet keeps them so."""
        targets = {trigger.target for question in self.form.walk() for trigger in question.triggers}
        places = (place for place in self._root.places() if place.question and place.question.path in targets)
        return tuple(place.path() for place in places if not place.value and not _is_calculated(place))

    def reasons(self, journal: bool = False) -> dict[str, str]:
        """Why asked questions have no answer, where a reason was given."""
        return {place.path(journal): place.missing for place in self._asked_places() if place.missing}


def _is_calculated(place: Place) -> bool:
    return place.question is not None and place.question.calculation is not None
