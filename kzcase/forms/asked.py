"""What a form being filled says about its questions: asked or not, its words and choices, and what is wrong."""

from collections.abc import Iterator
from typing import cast

from kzcase.domain.errors import NoSuchQuestion
from kzcase.forms.answer_types import shape_problem
from kzcase.forms.definition import Choice, Form, Question, QuestionKind, Texts, text_in
from kzcase.forms.graph import Aspect
from kzcase.forms.offered import offered
from kzcase.forms.recalculation import Recalculation
from kzcase.forms.tree import Place, find
from kzcase.forms.values import Context
from kzcase.forms.written import NUMBERS, written
from kzcase.forms.xpath import Expression
from kzcase.i18n import Words, _, verbatim

REQUIRED = _("This needs an answer.")
NOT_HOLDING = _("This answer does not fit the rule of the form.")


class AskedForm:
    """A form with answers, being looked at. Paths are `legs[2]/days` (1-based) or `legs{id}/days`."""

    def __init__(self, form: Form, work: Recalculation, language: str) -> None:
        self.form = form
        self.language = language
        self._work = work

    @property
    def _root(self) -> Place:
        return self._work.root

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
        spoken = language or self.language
        said = text_in(texts, spoken)
        for rule, expression in question.outputs.items():
            if f"${{{rule}}}" in said:
                value = expression.text_at(self._context(place))
                said = said.replace(f"${{{rule}}}", written(value, spoken) if self._is_number(rule) else value)
        return said

    def _is_number(self, rule: str) -> bool:
        """Whether a rule names a question whose answer is a number."""
        named = self.form.by_path.get(rule.strip().removeprefix(f"/{self.form.root}/"))
        return named is not None and named.kind in NUMBERS

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
        return wrong or (None if question.soft else self._unfitting(place, question))

    def _unfitting(self, place: Place, question: Question) -> Words | None:
        """That the rule of the question does not let this answer through."""
        if question.constraint is None or question.constraint.holds_at(self._context(place)):
            return None
        return self._message(place, question.constraint_message, NOT_HOLDING)

    def warning(self, path: str) -> Words | None:
        """What is unusual about an answer whose rule only asks back, until somebody confirms it."""
        return self._warning(find(self._root, path))

    def warnings(self) -> dict[str, Words]:
        """Everything that wants to be confirmed, by display path, in the order of the form."""
        return {place.path(): unusual for place in self._asked_places() if (unusual := self._warning(place))}

    def _warning(self, place: Place) -> Words | None:
        question = _asked(place)
        if not question.soft or place.confirmed or not place.relevant or place.value == "" or self._error(place):
            return None
        return self._unfitting(place, question)

    def _message(self, place: Place, texts: Texts, otherwise: Words) -> Words:
        said = self.text(place.path(), texts)
        return verbatim(said) if said else otherwise

    def repeat_ids(self) -> tuple[str, ...]:
        """The journal path of every instance of every repeat, in the order of the form."""
        places = (place for place in self._root.places() if place.question)
        return tuple(place.path(journal=True) for place in places if _asked(place).kind is QuestionKind.REPEAT)

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
