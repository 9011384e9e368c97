"""A form being filled in at the screen: its answers, the language it is spoken in, and who hears of what changes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from kzcase.forms.answers import AnswerSheet, Changed
from kzcase.forms.definition import UNASKED, Form, Question, QuestionKind, Texts, text_in
from kzcase.i18n import Language, Words

LANGUAGE, ANSWER, REASON = "language", "answer/", "missing/"
"""How a draft names its parts."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of a form: said in the language of the interview, whatever the window speaks."""

    say: Callable[[], str]

    def name(self, _language: Language) -> str:
        """The text now; the window's language does not matter."""
        return self.say()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a section is: what is asked in it now, how much of that has an answer or a reason, what is wrong."""

    asked: int
    answered: int
    wrong: int


class Interview(QObject):
    """One form on one case. Paths are journal paths (`legs{id}/days`): they stay when repeats come and go.

    `changed` carries the set of paths to look at again, `repeats_changed` comes when some came or went, `spoken`
    when another language is spoken, `begun` when an answer is being typed that is given only when it is complete.
    """

    changed = Signal(object)
    repeats_changed = Signal()
    spoken = Signal()
    begun = Signal()

    def __init__(self, form: Form, now: datetime, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.form = form
        self.strict = False
        """Somebody wanted to save: everything that is wrong is said."""
        self._now = now
        self._half_typed: dict[str, str] = {}
        self.sheet = self._empty(form.language_for(language))
        self._unasked = self.sheet.values()
        """What the form says by itself, before anybody is asked."""

    def _empty(self, language: str) -> AnswerSheet:
        return AnswerSheet(self.form, now=self._now, new_key=lambda: uuid4().hex[:8], language=language)

    @property
    def language(self) -> str:
        """The language the form is spoken in."""
        return self.sheet.language

    def speak(self, language: str) -> None:
        """Go on in another language; the answers stay."""
        self.sheet.speak(language)
        self.spoken.emit()

    # words

    def said(self, path: str, texts: Texts) -> Spoken:
        """A text of a question, with the answers that stand inside it."""
        return Spoken(lambda: self.sheet.text(path, texts) if texts else "")

    def title(self) -> Spoken:
        """The name of the form."""
        return Spoken(lambda: text_in(self.form.title, self.language) or self.form.id)

    def choice_words(self, label: Texts, name: str) -> Spoken:
        """What a choice is called."""
        return Spoken(lambda: text_in(label, self.language) or name)

    # answers

    def answer(self, path: str, value: str) -> None:
        """Answer a question and tell who is concerned."""
        self._half_typed.pop(path, None)
        self._tell(self.sheet.answer(path, value))

    def begin(self, path: str, typed: str) -> None:
        """So much of an answer is typed; it is no answer yet, but kept like one."""
        self._half_typed.pop(path, None)
        if typed != self.sheet.get(path):
            self._half_typed[path] = typed
        self.begun.emit()

    def leave_open(self, path: str, reason: str) -> None:
        """Say why there is no answer; without a reason the question is simply open again."""
        self._half_typed.pop(path, None)
        self._tell(self.sheet.leave_open(path, reason) if reason else self._reopened(path))

    def _reopened(self, path: str) -> Changed:
        """An empty answer alone would be no change, so the reason has to be taken out first."""
        return self.sheet.answer(path, "")

    def add_repeat(self, path: str) -> str:
        """One more of a repeat; gives its path."""
        added = self.sheet.journal_path(self.sheet.add_repeat(path))
        self.repeats_changed.emit()
        self.changed.emit({path})
        return added

    def remove_repeat(self, path: str) -> None:
        """One fewer."""
        self._half_typed.clear()
        self.sheet.remove_repeat(path)
        self.repeats_changed.emit()
        self.changed.emit(set())

    def _tell(self, changed: Changed) -> None:
        if changed.structure:
            self.repeats_changed.emit()
        self.changed.emit({self.sheet.journal_path(path) for path in changed.paths})

    def repeats(self, path: str) -> tuple[str, ...]:
        """The paths of all instances of a repeat."""
        return tuple(self.sheet.journal_path(each) for each in self.sheet.repeats(path))

    # the whole

    def progress(self, section: Sequence[Question], asked: Sequence[str] | None = None) -> Progress:
        """How far these questions and everything inside them are; `asked()` need be looked up only once for all."""
        names = {question.path for question in section}
        paths = [path for path in (self.asked() if asked is None else asked) if _inside(path, names)]
        wrong = self.sheet.errors() if self.strict else ()
        answered = sum(bool(self.sheet.get(path) or self.sheet.missing(path)) for path in paths)
        return Progress(len(paths), answered, sum(_inside(path, names) for path in wrong))

    def asked(self) -> list[str]:
        """The paths of all questions asked now."""
        return [path for path, relevant in self.sheet.relevance().items() if relevant and self._is_asked(path)]

    def _is_asked(self, path: str) -> bool:
        question = self.sheet.question(path)
        return not question.is_container and question.kind not in UNASKED | {QuestionKind.NOTE}

    def errors(self) -> dict[str, Words]:
        """Everything wrong, by path, in the order of the form."""
        return {self.sheet.journal_path(path): words for path, words in self.sheet.errors().items()}

    def kept(self) -> dict[str, str]:
        """Answers and reasons as a draft; empty when nothing was said yet that the form did not say itself."""
        answers = {path: value for path, value in self.sheet.values().items() if self._by_hand(path)}
        answers |= {self.sheet.display_path(path): typed for path, typed in self._half_typed.items() if typed}
        reasons = self.sheet.reasons()
        if not reasons and answers == {path: value for path, value in self._unasked.items() if path in answers}:
            return {}
        said = {f"{ANSWER}{path}": value for path, value in answers.items()}
        return {LANGUAGE: self.language, **said, **{f"{REASON}{path}": why for path, why in reasons.items()}}

    def _by_hand(self, path: str) -> bool:
        return self.sheet.question(path).calculation is None

    def take_back(self, content: Mapping[str, str]) -> None:
        """Put a draft in place of everything. What no longer fits the form is left out."""
        fresh = self._empty(content.get(LANGUAGE, self.language))
        fresh.load(_parts(content, ANSWER), _parts(content, REASON))
        self._half_typed.clear()
        self.sheet = fresh
        self.repeats_changed.emit()
        self.spoken.emit()
        self.changed.emit({self.sheet.journal_path(path) for path in self.sheet.relevance()})


def _parts(content: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): value for name, value in content.items() if name.startswith(prefix)}


def _inside(path: str, names: set[str]) -> bool:
    """Whether a display path lies in one of these top-level questions."""
    return path.split("/")[0].split("[")[0] in names
