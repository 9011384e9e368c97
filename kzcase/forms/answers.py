"""A form being answered: every answer, what is asked at all, what is still wrong, and what follows from the rest."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import cast

from kzcase.domain.errors import CountedRepeat, NoSuchQuestion, TooLarge, WorkedOut
from kzcase.forms.answer_types import shape_problem
from kzcase.forms.definition import Choice, Form, Question, QuestionKind, Texts, text_in
from kzcase.forms.graph import Aspect, graph_of
from kzcase.forms.missing import known_reason
from kzcase.forms.offered import offered
from kzcase.forms.recalculation import Recalculation
from kzcase.forms.room import make_room
from kzcase.forms.tree import MOST_REPEATS, Place, empty_root, find, instances, names_of, segments
from kzcase.forms.values import Context, Surroundings
from kzcase.forms.xpath import Expression
from kzcase.i18n import Words, _, verbatim

LONGEST_ANSWER = 2**20
REQUIRED = _("This needs an answer.")
NOT_HOLDING = _("This answer does not fit the rule of the form.")


@dataclass(frozen=True, slots=True)
class Changed:
    """The display paths whose answer, visibility, choices or checks may be other than before."""

    paths: tuple[str, ...]
    structure: bool = False  # repeats came or went: paths with numbers moved


def _certain() -> float:
    return 0.5


class AnswerSheet:
    """One form being filled. Paths are `legs[2]/days` (1-based) or `legs{id}/days`; a bare `legs` is the first.

    `now` must carry a zone. `draw` gives random numbers in [0, 1), `new_key` the ids of new repeats; both must come
    from outside wherever the result is kept.
    """

    def __init__(
        self,
        form: Form,
        *,
        now: datetime,
        draw: Callable[[], float] = _certain,
        new_key: Callable[[], str] | None = None,
        language: str = "kk",
    ) -> None:
        self.form = form
        self.language = language
        self._graph = graph_of(form)
        numbers = count(1)
        root = empty_root(form)
        around = Surroundings(
            root=root,
            now=now,
            draw=draw,
            language=language,
            instances=form.lists,
            itext=lambda identifier, wanted: text_in(form.itexts.get(identifier, {}), wanted),
            choice_label=self._choice_label,
            version=form.declared_version,
        )
        self._work = Recalculation(self._graph, root, around, new_key or (lambda: f"{next(numbers):x}"))
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

    @property
    def _root(self) -> Place:
        return self._work.root

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
        place.value, place.missing = value, ""
        return self._after(place)

    def leave_open(self, path: str, reason: str) -> Changed:
        """Say why there is no answer; rules then see an empty one. Raises NotAReason for an unknown reason."""
        place = self._question_place(path)
        place.value, place.missing = "", known_reason(reason, path)
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
        self._work.value_changed(place)
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

    # what the form says about a question

    def relevant(self, path: str) -> bool:
        """Whether the question is asked, as the other answers stand."""
        return find(self._root, path).relevant

    def required(self, path: str) -> bool:
        """Whether an answer is needed."""
        place = find(self._root, path)
        question = _asked(place)
        return question.required is not None and self._holds(place, Aspect.REQUIRED, question.required)

    def readonly(self, path: str) -> bool:
        """Whether the answer cannot be changed by hand: calculated, or locked by a rule."""
        place = find(self._root, path)
        question = _asked(place)
        if question.calculation is not None or question.kind is QuestionKind.NOTE:
            return True
        return question.readonly is not None and self._holds(place, Aspect.READONLY, question.readonly)

    def choices(self, path: str) -> tuple[Choice, ...]:
        """The choices offered now, filters applied."""
        return self._choices(find(self._root, path))

    def text(self, path: str, texts: Texts, language: str = "") -> str:
        """A text of a question (`question.label`, …) with the answers inside it filled in."""
        place = find(self._root, path)
        question = _asked(place)
        said = text_in(texts, language or self.language)
        for rule, expression in question.outputs.items():
            if f"${{{rule}}}" in said:
                said = said.replace(f"${{{rule}}}", expression.text_at(self._context(place)))
        return said

    def _context(self, place: Place) -> Context:
        return Context(self._work.around, place, place)

    def _holds(self, place: Place, aspect: Aspect, rule: Expression) -> bool:
        if aspect not in place.cache:
            place.cache[aspect] = rule.holds_at(self._context(place))
        return bool(place.cache[aspect])

    def _choices(self, place: Place) -> tuple[Choice, ...]:
        source = _asked(place).choices
        if source is None:
            return ()
        if source.items is None:
            return source.choices
        if Aspect.CHOICES not in place.cache:
            place.cache[Aspect.CHOICES] = offered(source, self._context(place))
        return cast("tuple[Choice, ...]", place.cache[Aspect.CHOICES])

    def _choice_label(self, path: str, value: str, language: str) -> str:
        steps = path.strip().strip("/").split("/")[1:]
        question = self.form.by_path.get("/".join(steps))
        source = question.choices if question else None
        for choice in source.choices if source else ():
            if choice.name == value:
                return text_in(choice.label, language)
        return value

    # what is wrong

    def error(self, path: str) -> Words | None:
        """What is wrong with one answer, if it is asked and something is."""
        place = find(self._root, path)
        return self._error(place) if place.relevant and place.question else None

    def errors(self) -> dict[str, Words]:
        """Everything wrong, by display path, in the order of the form."""
        return {place.path(): wrong for place in self._asked_places() if (wrong := self._error(place))}

    def _asked_places(self) -> Iterator[Place]:
        for place in self._root.places():
            if place.relevant and place.question and not place.question.is_container:
                yield place

    def _error(self, place: Place) -> Words | None:
        question = _asked(place)
        if question.is_container or question.kind is QuestionKind.NOTE:
            return None
        if place.value == "":
            if place.missing in ("refused", "unknown") or question.required is None:
                return None
            needed = self._holds(place, Aspect.REQUIRED, question.required)
            return self._message(place, question.required_message, REQUIRED) if needed else None
        external = question.choices is not None and question.choices.external
        wrong = shape_problem(question, place.value, None if external else self._choices(place))
        if wrong or question.constraint is None:
            return wrong
        if question.constraint.holds_at(self._context(place)):
            return None
        return self._message(place, question.constraint_message, NOT_HOLDING)

    def _message(self, place: Place, texts: Texts, otherwise: Words) -> Words:
        said = self.text(place.path(), texts)
        return verbatim(said) if said else otherwise

    # all at once

    def load(self, answers: Mapping[str, str], missing: Mapping[str, str] | None = None) -> None:
        """Take in many answers by path; repeats named in them come into being, answers to calculations are left.

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
            if place.question.calculation is None:
                place.value, place.missing = value, ""
        for path, reason in reasons.items():
            place = self._question_place(path)
            place.value, place.missing = "", known_reason(reason, path)
        self._work.everything()
        self._settled(0)

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

    def reasons(self, journal: bool = False) -> dict[str, str]:
        """Why asked questions have no answer, where a reason was given."""
        return {place.path(journal): place.missing for place in self._asked_places() if place.missing}

    def relevance(self) -> dict[str, bool]:
        """For every question, group and repeat instance whether it is asked, by display path."""
        return {place.path(): place.relevant for place in self._root.places() if place.parent}

    def question(self, path: str) -> Question:
        """The question at a path. Raises NoSuchQuestion."""
        return _asked(find(self._root, path))


def _asked(place: Place) -> Question:
    if place.question is None:
        raise NoSuchQuestion(what=place.name)
    return place.question
