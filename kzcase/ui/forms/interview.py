"""A form being filled in at the screen: its answers, the language it is spoken in, and who hears of what changes."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal

from kzcase.actions.forms import DRAW, repeat_ids
from kzcase.domain.errors import NoSuchQuestion
from kzcase.forms.answers import AnswerSheet, Changed, Instance
from kzcase.forms.definition import UNASKED, Form, Question, QuestionKind, Texts, text_in
from kzcase.i18n import Language, Words
from kzcase.ui import language

LANGUAGE, ANSWER, REASON, CONFIRMED = "language", "answer/", "missing/", "confirmed/"
"""How a draft names its parts."""
_KEY: Final = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of a form: said in the language of the interview, whatever the window speaks."""

    say: Callable[[], str]

    def name(self, _language: Language) -> str:
        """The text now; the window's language does not matter."""
        return self.say()


class Before(Protocol):
    """One earlier filling-in of the same form: when it was, and what was said to a question."""

    @property
    def day(self) -> str: ...

    def said(self, path: str, spoken: str) -> str: ...

    def instances(self, path: str, spoken: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a section is: what is asked in it now, how much of that has an answer or a reason, what is wrong, and
    whether it is there at all: some parts are only read."""

    asked: int
    answered: int
    wrong: int
    shown: bool = False


class Interview(QObject):
    """One form on one case. Paths are journal paths (`legs{id}/days`): they stay when repeats come and go.

    `changed` carries the set of paths to look at again, `repeats_changed` comes when some came or went, `spoken`
    when another language is spoken, `begun` when an answer is being typed that is given only when it is complete;
    `file_wanted` carries the name of an attachment somebody wants to look at.
    """

    changed = Signal(object)
    repeats_changed = Signal()
    spoken = Signal()
    begun = Signal()
    recalled = Signal()
    file_wanted = Signal(str)

    def __init__(self, form: Form, now: datetime, spoken: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.form = form
        self.strict = False
        """Somebody wanted to save: everything that is wrong is said."""
        self.files: tuple[str, ...] = ()
        """What the attachments of the case are called."""
        self._earlier: tuple[Before, ...] = ()
        self._guided = {
            top.name for top in form.questions for each in top.walk() if each.guidance and not each.is_container
        }
        self._now = now
        self._stored: dict[str, str] | None = None
        """What was stored, where a stored sheet is being corrected."""
        self._half_typed: dict[str, str] = {}
        self._taken: list[tuple[str, Instance]] = []
        """What was taken out of which repeat, the last at the end."""
        self.sheet = self._empty(form.language_for(spoken))
        self._unasked = self.sheet.values()
        """What the form says by itself, before anybody is asked."""

    def _empty(self, spoken: str) -> AnswerSheet:
        """A sheet nobody has answered yet; for stored answers one without the form's own first answers."""
        stored = self._stored is not None
        keys = repeat_ids(_KEY.findall(" ".join(self._stored or ())))
        return AnswerSheet(self.form, now=self._now, draw=DRAW, new_key=keys, language=spoken, empty=stored)

    @property
    def language(self) -> str:
        """The language the form is spoken in."""
        return self.sheet.language

    def speak(self, spoken: str) -> None:
        """Go on in another language; the answers stay."""
        self.sheet.speak(spoken)
        self.spoken.emit()

    # words

    def said(self, path: str, texts: Texts) -> Spoken:
        """A text of a question, with the answers that stand inside it."""
        return Spoken(lambda: self._text(path, texts) if texts else "")

    def _text(self, path: str, texts: Texts) -> str:
        """Of a repeat nobody began yet, the text stands as it is: there is no answer to put into it."""
        try:
            return self.sheet.text(path, texts)
        except NoSuchQuestion:
            return text_in(texts, self.language)

    def title(self) -> Spoken:
        """The name of the form."""
        return Spoken(lambda: text_in(self.form.title, self.language) or self.form.id)

    def choice_words(self, label: Texts, name: str) -> Spoken:
        """What a choice is called."""
        return Spoken(lambda: text_in(label, self.language) or name)

    def in_window(self, words: Words) -> str:
        """Words of the program, which speaks the language of the window."""
        return language.text(words)

    # what was said before

    def explains(self, path: str) -> bool:
        """Whether anything stands beside the questions of this part: guidance, or earlier answers."""
        return bool(self._earlier) or _top(path) in self._guided

    def recall(self, earlier: Sequence[Before], files: Sequence[str]) -> None:
        """The earlier fillings-in, the newest first, and the attachments of the case are known now."""
        self._earlier, self.files = tuple(earlier), tuple(files)
        self.recalled.emit()

    def before(self, path: str) -> list[tuple[str, str]]:
        """When and what was answered to a question before. Inside repeats nothing is compared one by one."""
        if "{" in path or "[" in path:
            return []
        found = ((each.day, each.said(path, self.language)) for each in self._earlier)
        return [(day, said) for day, said in found if said]

    def before_all(self, path: str) -> list[tuple[str, str]]:
        """When and what was answered in all instances of a repeat before."""
        found = ((each.day, each.instances(path, self.language)) for each in self._earlier)
        return [(day, "; ".join(lines)) for day, lines in found if lines]

    # what is unusual

    def doubt(self, path: str) -> Words | None:
        """What makes an answer unusual, as long as nobody said it is right."""
        return self.sheet.warning(path)

    def doubts(self) -> dict[str, Words]:
        """Everything unusual that nobody confirmed, by path, in the order of the form."""
        return {self.sheet.journal_path(path): words for path, words in self.sheet.warnings().items()}

    def confirm(self, path: str) -> None:
        """Somebody says that an unusual answer is right."""
        self._tell(self.sheet.confirm(path))

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
        """One fewer; it can be brought back."""
        self._half_typed.clear()
        self._taken.append((path.rpartition("{")[0], self.sheet.instance(path)))
        self.sheet.remove_repeat(path)
        self.repeats_changed.emit()
        self.changed.emit(set())

    def taken_out(self, repeat: str) -> int:
        """The number that the instance last taken out of this repeat had; 0 if there is none."""
        return next((one.at + 1 for path, one in reversed(self._taken) if path == repeat), 0)

    def bring_back(self, repeat: str) -> None:
        """Put the instance last taken out of this repeat back where it stood."""
        at = max(at for at, (path, _one) in enumerate(self._taken) if path == repeat)
        changed = self.sheet.bring_back(self._taken.pop(at)[1])
        self.repeats_changed.emit()
        self.changed.emit({self.sheet.journal_path(path) for path in changed.paths})

    def _tell(self, changed: Changed) -> None:
        if changed.structure:
            self.repeats_changed.emit()
        self.changed.emit({self.sheet.journal_path(path) for path in changed.paths})

    def repeats(self, path: str) -> tuple[str, ...]:
        """The paths of all instances of a repeat."""
        return tuple(self.sheet.journal_path(each) for each in self.sheet.repeats(path))

    def is_there(self, path: str) -> bool:
        """Whether there is such a question now: repeats come and go."""
        try:
            return bool(self.sheet.question(path))
        except NoSuchQuestion:
            return False

    # the whole

    def progress(self, section: Sequence[Question], asked: Sequence[str] | None = None) -> Progress:
        """How far these questions and everything inside them are; `asked()` need be looked up only once for all."""
        names = {question.path for question in section}
        paths = [path for path in (self.asked() if asked is None else asked) if _inside(path, names)]
        wrong = self.sheet.errors() if self.strict else ()
        answered = sum(bool(self.sheet.get(path) or self.sheet.missing(path)) for path in paths)
        shown = any(map(self.asks, section))
        return Progress(len(paths), answered, sum(_inside(path, names) for path in wrong), shown)

    def asked(self) -> list[str]:
        """The paths of all questions asked now."""
        return [path for path, relevant in self.sheet.relevance().items() if relevant and self._is_asked(path)]

    def _is_asked(self, path: str) -> bool:
        question = self.sheet.question(path)
        said = question.is_container or question.kind in UNASKED | {QuestionKind.NOTE}
        return not said and not self.sheet.readonly(path)

    def asks(self, question: Question) -> bool:
        """Whether a part of the form is asked now. A repeat nobody began can be begun, unless the form counts it."""
        if question.kind is QuestionKind.REPEAT and not self.sheet.repeats(question.path):
            return question.repeat_count is None
        return self.sheet.relevant(question.path)

    def errors(self) -> dict[str, Words]:
        """Everything wrong, by path, in the order of the form."""
        return {self.sheet.journal_path(path): words for path, words in self.sheet.errors().items()}

    def kept(self) -> dict[str, str]:
        """Answers, reasons and confirmations as a draft; empty when nothing was said yet that did not stand there."""
        said = self._said()
        return {} if self._as_it_was(said) else {LANGUAGE: self.language, **said}

    def _said(self) -> dict[str, str]:
        """Everything said by hand. A stored sheet keeps the ids of its repeats, a new one has none that matter."""
        sheet, ids = self.sheet, self._stored is not None
        answers = {path: value for path, value in sheet.values(ids).items() if self._by_hand(path)}
        for path, typed in self._half_typed.items():
            answers |= {path if ids else sheet.display_path(path): typed} if typed else {}
        reasons = {f"{REASON}{path}": why for path, why in sheet.reasons(ids).items()}
        confirmed = {f"{CONFIRMED}{path}": "yes" for path in sheet.confirmed(ids)}
        return {**{f"{ANSWER}{path}": value for path, value in answers.items()}, **reasons, **confirmed}

    def _as_it_was(self, said: Mapping[str, str]) -> bool:
        """Whether this is what was stored, or no more than the form says by itself."""
        if self._stored is not None:
            return said == self._stored
        return all(
            name.startswith(ANSWER) and self._unasked.get(name.removeprefix(ANSWER)) == value
            for name, value in said.items()
        )

    def _by_hand(self, path: str) -> bool:
        """What chance gave is kept like what was typed: it would not come a second time."""
        rule = self.sheet.question(path).calculation
        return rule is None or rule.lasting

    def correct(self, answers: Mapping[str, str], missing: Mapping[str, str], confirmed: Sequence[str]) -> None:
        """Begin with a stored sheet in place of a new one; called before anything is shown."""
        self._stored = dict.fromkeys((*answers, *missing), "")
        self.sheet = self._empty(self.language)
        self.sheet.restore(answers, missing, confirmed)
        self._stored = self._said()

    def take_back(self, content: Mapping[str, str]) -> None:
        """Put a draft in place of everything. What no longer fits the form is left out."""
        fresh = self._empty(content.get(LANGUAGE, self.language))
        take = fresh.load if self._stored is None else fresh.restore
        take(_parts(content, ANSWER), _parts(content, REASON), tuple(_parts(content, CONFIRMED)))
        self._half_typed.clear()
        self._taken.clear()
        self.sheet = fresh
        self.repeats_changed.emit()
        self.spoken.emit()
        self.changed.emit({self.sheet.journal_path(path) for path in self.sheet.relevance()})


def _parts(content: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {name.removeprefix(prefix): value for name, value in content.items() if name.startswith(prefix)}


def _inside(path: str, names: set[str]) -> bool:
    """Whether a display path lies in one of these top-level questions."""
    return _top(path) in names


def _top(path: str) -> str:
    """The part of the form in which a question stands."""
    return path.split("/")[0].split("[")[0].split("{")[0]
