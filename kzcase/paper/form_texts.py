"""The texts of a form on paper: in one language or two, with answers inside them, and discreet where that is wanted."""

import re
from collections.abc import Iterator, Mapping, Set
from typing import Final

from kzcase.domain.classes import FieldClass
from kzcase.forms.definition import Form, Question, QuestionKind, Texts, text_in
from kzcase.paper.discreet import discreet_text
from kzcase.paper.questions import answer_words
from kzcase.paper.topics import tells

_PLACE: Final = re.compile(r"\$\{([^}]*)\}")
_INDEX: Final = re.compile(r"\[\d+\]")
_UNSAID: Final = "……"


class FormTexts:
    """What a form says, as it stands on one paper."""

    def __init__(
        self,
        form: Form,
        languages: tuple[str, ...],
        answers: Mapping[str, str] | None,
        relevant: Mapping[str, bool],
        allowed: Set[FieldClass],
        *,
        discreet: bool = False,
    ) -> None:
        self.form, self.blank, self.discreet = form, answers is None, discreet
        self.answers, self.relevant, self.allowed = answers or {}, relevant, allowed
        self.languages = tuple(dict.fromkeys(form.language_for(each) for each in languages))

    def first(self, texts: Texts, inside: str) -> str:
        """A text in the first language; `inside` is where it stands: `legs[2]/`."""
        return self._in(texts, self.languages[0], inside)

    def second(self, texts: Texts, inside: str) -> str:
        """The same in the second language; empty where there is none, or it says the same."""
        if len(self.languages) < 2:
            return ""
        said = self._in(texts, self.languages[1], inside)
        return said if said != self.first(texts, inside) else ""

    def _in(self, texts: Texts, language: str, inside: str) -> str:
        said = text_in(texts, language)
        if self.discreet:
            said = discreet_text(said, language)
        return _PLACE.sub(lambda found: self._said_at(found[1], inside, language), said)

    def silent(self, texts: Texts) -> bool:
        """Whether a text has no place on this paper, in one of its languages: it would give the topic away."""
        return self.discreet and any(
            text_in(texts, language) and not self._in(texts, language, "") for language in self.languages
        )

    def hidden_choices(self, question: Question) -> frozenset[str]:
        """The choices whose labels would give the topic away."""
        if not self.discreet or question.choices is None:
            return frozenset()
        return frozenset(choice.name for choice in question.choices.choices if self.silent(choice.label))

    def given(self, question: Question, answer: str) -> str:
        """An answer as far as it may stand on this paper: what gives the topic away is not on a discreet one."""
        if not self.discreet or not answer:
            return answer
        if question.choices is not None:
            hidden = self.hidden_choices(question)
            return " ".join(name for name in answer.split() if name not in hidden)
        spoken = {*self.languages, "kk", "ru"}
        return "" if question.kind is QuestionKind.TEXT and any(tells(answer, each) for each in spoken) else answer

    def _said_at(self, rule: str, inside: str, language: str) -> str:
        """The answer a text speaks of; dots where it is unknown, withheld or worked out by a rule."""
        path = rule.strip().removeprefix(f"/{self.form.root}/")
        question = self.form.by_path.get(path)
        if self.blank or question is None or question.field_class not in self.allowed:
            return _UNSAID
        for place in _candidates(path, inside):
            said = self.given(question, self.answers.get(place, ""))
            if said and self._all_relevant(place):
                return self.answer(question, said, language)
        return _UNSAID

    def answer(self, question: Question, answer: str, language: str = "") -> str:
        """An answer as people write it, in the language given or in all of the paper."""
        return answer_words(question, answer, (language,) if language else self.languages)

    def _all_relevant(self, place: str) -> bool:
        steps = place.split("/")
        above = ("/".join(steps[:count]) for count in range(1, len(steps) + 1))
        return all(self.relevant.get(each, True) for each in above)


def without_rounds(place: str) -> str:
    """The path of the question that stands at a place: `legs[2]/days` is `legs/days`."""
    return _INDEX.sub("", place)


def _candidates(path: str, inside: str) -> Iterator[str]:
    """Where an answer may stand: in the same round of the repeats around, else without any round."""
    steps, around = path.split("/"), inside.rstrip("/").split("/") if inside else []
    for depth in range(len(around), 0, -1):
        if [without_rounds(step) for step in around[:depth]] == steps[:depth]:
            yield "/".join([*around[:depth], *steps[depth:]])
    yield path
