"""One question of a form on paper: its words, and room for the answer or the answer itself."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, assert_never

from reportlab.platypus import Spacer

from kzcase.forms.definition import Choice, Question, QuestionKind, Texts, text_in
from kzcase.forms.written import NUMBERS, written
from kzcase.i18n import Words, _
from kzcase.paper import marks, style
from kzcase.paper.blocks import table_block
from kzcase.paper.kept import Kept
from kzcase.paper.sheet import Sheet
from kzcase.paper.ties import tied

MISSING_WORDS: Final = {
    "not_asked": _("Not asked"),
    "refused": _("Refused to answer"),
    "unknown": _("Unknown"),
}
FITTING: Final = _("Only the choices that fit the other answers are shown.")
_LONG_LIST: Final = 28  # a longer list of choices is not spelled out; its answer is written
_SHORT_LIST: Final = 3  # goes into one line where it fits
_PAIR: Final = 0.7  # of the page: from this width on, two languages stand beside each other, else under each other
_IIN: Final = (6, 6)
_PHONE: Final = (15,)  # as many digits as the longest number of any country
_MOST_COLUMNS: Final = 6
_RANK_BOX: Final = 9 * style.MM
_SCALE: Final = 11  # a range with more steps is written as a number
_NARROW: Final = 45 * style.MM


@dataclass(frozen=True, slots=True)
class Asked:
    """A question where it stands: its place, its answer ('' if none), and why there is none."""

    question: Question
    answer: str
    missing: str  # "", "not_asked", "refused" or "unknown"
    blank: bool  # a sheet to fill in by hand
    fill: Callable[[Texts], str]  # a text of the form in the paper's language, with its answers put in
    beside: Callable[[Texts], str] = lambda _texts: ""  # the same in the second language, if there is one
    languages: tuple[str, ...] = ("kk",)
    fitting: frozenset[str] | None = None  # the choices that the other answers leave; None where all are offered
    for_client: bool = False  # on a sheet that a client keeps; it says once, at its top, that it is to be read aloud
    hidden: frozenset[str] = frozenset()  # choices that a discreet paper does not name

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What may be chosen here."""
        return tuple(choice for choice in choices_of(self.question) if choice.name not in self.hidden)

    @property
    def label(self) -> str:
        """What the question is called."""
        return self.fill(self.question.label) or self.question.name

    def both(self, texts: Texts) -> str:
        """A short text in every language of the paper."""
        return " / ".join(said for said in (self.fill(texts), self.beside(texts)) if said)

    @property
    def open(self) -> bool:
        """Room for handwriting is wanted."""
        return self.blank or not (self.answer or self.missing)


def question_words(sheet: Sheet, asked: Asked, width: float) -> list[Any]:
    """What stands above the answer of a question: its label, whether to read it aloud, its hints."""
    question = asked.question
    if question.kind is QuestionKind.ACKNOWLEDGE and not (asked.missing and not asked.blank):
        return []  # its label stands beside the box
    aloud = [sheet.styled(_("Read aloud:"), style.HINT)] if question.read_aloud and not asked.for_client else []
    beside = asked.beside(question.label)
    if beside and width >= _PAIR * style.WIDTH:
        column = width / 2 - sheet.apart
        first, second = (_said(sheet, asked, fill, column) for fill in (asked.fill, asked.beside))
        said = [sheet.pair(first, second, width)]
    else:
        said = _said(sheet, asked, asked.fill, width)
        again = tied(beside, style.SECOND, width)
        said += [sheet.styled(again, style.SECOND, question.name, width=width)] if again else []
        if question.kind is not QuestionKind.NOTE:
            said += _hints(sheet, asked, asked.beside, width)
    return [*aloud, *said, *([] if question.kind is QuestionKind.NOTE else [Spacer(0, 1 * style.MM)])]


def _said(sheet: Sheet, asked: Asked, fill: Callable[[Texts], str], width: float) -> list[Any]:
    """Label and hints in one language."""
    question = asked.question
    label = fill(question.label) or question.name
    if question.kind is QuestionKind.NOTE:
        look = style.TOLD if asked.for_client else style.LEAD
        return sheet.points(tied(label, look, width), look, question.name)
    look = style.TOLD_QUESTION if asked.for_client and question.read_aloud else style.QUESTION
    return [
        sheet.styled(tied(label, look, width), look, question.name, width=width),
        *_hints(sheet, asked, fill, width),
    ]


def _hints(sheet: Sheet, asked: Asked, fill: Callable[[Texts], str], width: float) -> list[Any]:
    """Hints in one language; how to ask is said on a blank sheet only."""
    question = asked.question
    hints = (fill(question.hint), fill(question.guidance) if asked.blank else "")
    return [sheet.styled(tied(text, style.HINT, width), style.HINT, question.name) for text in hints if text]


def question_answer(sheet: Sheet, asked: Asked, width: float) -> Any:
    """Room for the answer of a question, or the answer, `width` points wide; None for what has neither."""
    if asked.missing and not asked.blank:
        return sheet.styled(missing_words(asked.missing), style.HINT)
    kind = asked.question.kind
    match kind:
        case QuestionKind.TEXT | QuestionKind.BARCODE | QuestionKind.GEOPOINT:
            return _written(sheet, asked, width)
        case QuestionKind.INTEGER | QuestionKind.DECIMAL:
            return _written(sheet, asked, min(width, _NARROW))
        case QuestionKind.DATE | QuestionKind.TIME | QuestionKind.DATETIME:
            return _moment(sheet, asked, width)
        case QuestionKind.SELECT_ONE | QuestionKind.SELECT_MULTIPLE:
            return _chosen(sheet, asked, width)
        case QuestionKind.RANK:
            return _ranked(sheet, asked, width)
        case QuestionKind.RANGE:
            return _scale(sheet, asked, width)
        case QuestionKind.ACKNOWLEDGE:
            return _one_box(sheet, asked, asked.both(asked.question.label) or asked.question.name, width)
        case QuestionKind.IMAGE | QuestionKind.AUDIO | QuestionKind.FILE:
            return _one_box(sheet, asked, _attached(asked), width)
        case QuestionKind.NOTE | QuestionKind.CALCULATE | QuestionKind.HIDDEN:
            return None
        case QuestionKind.GROUP | QuestionKind.REPEAT:
            return None
        case _:
            assert_never(kind)


def _attached(asked: Asked) -> Words:
    """That a picture, recording or file is kept beside the paper, and under which name."""
    named = "" if asked.open else asked.answer
    return _("Attached separately: {name}", name=named) if named else _("Attached separately")


def _one_box(sheet: Sheet, asked: Asked, label: Words | str, width: float) -> Any:
    return sheet.tick_table([(label, bool(asked.answer))], 1, width, single=False, field=asked.question.name)


def _written(sheet: Sheet, asked: Asked, width: float) -> Any:
    comb = _comb_of(asked.question)
    if asked.open and comb:
        return marks.Comb(comb, width)
    text = "" if asked.open else answer_words(asked.question, asked.answer, asked.languages)
    return sheet.answer(text, asked.question.paper.lines, width, asked.label)


def _comb_of(question: Question) -> tuple[int, ...]:
    """Boxes for single signs where numbers are written that people get wrong: IINs and phones."""
    named = {question.name, question.name.rpartition("_")[2]}
    if question.kind not in (QuestionKind.TEXT, QuestionKind.BARCODE) or question.paper.lines > 1:
        return ()
    return _IIN if "iin" in named else _PHONE if "phone" in named else ()


def _moment(sheet: Sheet, asked: Asked, width: float) -> Any:
    if not asked.open:
        return _written(sheet, asked, min(width, _NARROW))
    combs = {QuestionKind.DATE: (2, 2, 4), QuestionKind.TIME: (2, 2)}
    return marks.Comb(combs.get(asked.question.kind, (2, 2, 4, 2, 2)), width)


def _chosen(sheet: Sheet, asked: Asked, width: float) -> Any:
    question, choices = asked.question, asked.choices
    if not choices or len(choices_of(question)) > _LONG_LIST:  # hiding some does not make a list worth spelling out
        return _in_words(sheet, asked, width)
    single = question.kind is QuestionKind.SELECT_ONE
    picked = set() if asked.blank else set(asked.answer.split())
    shown = [each for each in choices if asked.fitting is None or each.name in asked.fitting | picked]
    ticks = [(asked.both(choice.label) or choice.name, choice.name in picked) for choice in shown]
    ticks += [(code, True) for code in sorted(picked - {choice.name for choice in choices})]
    table = sheet.tick_table(ticks, _columns(question, len(ticks)), width, single=single, field=asked.label)
    if len(shown) == len(choices):
        return table
    return Kept([sheet.styled(FITTING, style.HINT), Spacer(0, 0.5 * style.MM), table], most=style.HEIGHT)


def _columns(question: Question, boxes: int) -> int:
    """As many columns as the form wants; where it does not say, as many as make a long list short."""
    if question.paper.columns > 1:
        return min(question.paper.columns, _MOST_COLUMNS)
    return boxes if boxes <= _SHORT_LIST else 2 if boxes <= 3 * _SHORT_LIST else 3


def _in_words(sheet: Sheet, asked: Asked, width: float) -> Any:
    """A line to write on instead of a list that would fill the page; several may be chosen on two lines."""
    if not asked.open:
        return _written(sheet, asked, width)
    many = asked.question.kind is QuestionKind.SELECT_MULTIPLE
    hint = _("Write the answers in words, with commas between.") if many else _("Write the answer in words.")
    box = sheet.answer("", max(asked.question.paper.lines, 2 if many else 1), width, asked.label)
    return Kept([sheet.styled(hint, style.HINT), Spacer(0, 0.5 * style.MM), box], most=style.HEIGHT)


def _ranked(sheet: Sheet, asked: Asked, width: float) -> Any:
    """Blank: a small box for a number before each choice. Filled: the choices in their order."""
    if not asked.open:
        names = [answer_words(asked.question, name, asked.languages) for name in asked.answer.split()]
        lines = "\n".join(f"{place}. {name}" for place, name in enumerate(names, start=1))
        return sheet.answer(lines, 1, width, asked.label)
    labels = [asked.both(choice.label) or choice.name for choice in asked.choices]
    beside = width - _RANK_BOX
    rows = [[marks.Comb((1,)), sheet.styled(label, style.CHOICE, asked.label, width=beside)] for label in labels]
    return table_block(rows, [_RANK_BOX, beside], [("VALIGN", (0, 0), (-1, -1), "MIDDLE")])


def _scale(sheet: Sheet, asked: Asked, width: float) -> Any:
    steps = scale_of(asked.question)
    if not steps or len(steps) > _SCALE:
        return _written(sheet, asked, min(width, _NARROW))
    picked = "" if asked.blank else asked.answer
    return sheet.tick_table([(step, step == picked) for step in steps], len(steps), width, single=True)


def scale_of(question: Question) -> list[str]:
    """The whole steps of a range question; [] if they are not whole numbers."""
    try:
        start, end, step = (int(question.parameters.get(name, "1")) for name in ("start", "end", "step"))
    except ValueError:
        return []
    return [str(value) for value in range(start, end + 1, step)][: _SCALE + 1] if step > 0 else []


def choices_of(question: Question) -> tuple[Choice, ...]:
    """Every choice of a question, before any filter: paper cannot follow what is ticked above."""
    return question.choices.choices if question.choices else ()


def label_of(question: Question, name: str, language: str) -> str:
    """The label of a chosen code; the code itself if the list does not have it."""
    for choice in choices_of(question):
        if choice.name == name:
            return text_in(choice.label, language) or name
    return name


_MINUTES: Final = re.compile(r"\d\d:\d\d")


def answer_words(question: Question, answer: str, languages: Sequence[str]) -> str:
    """An answer in every language of the paper; once where they say the same."""
    return " / ".join(dict.fromkeys(answer_text(question, answer, language) for language in languages))


def answer_text(question: Question, answer: str, language: str) -> str:
    """An answer as people write it: labels for codes, 22.11.2026 for dates, 129 750,5 for numbers in kk and ru."""
    match question.kind:
        case QuestionKind.SELECT_ONE | QuestionKind.SELECT_MULTIPLE | QuestionKind.RANK:
            return "; ".join(label_of(question, name, language) for name in answer.split())  # labels have commas
        case QuestionKind.DATE | QuestionKind.DATETIME:
            return _day(answer)
        case QuestionKind.TIME:
            return answer[:5] if _MINUTES.match(answer) else answer  # phones write parts of seconds and the zone
        case QuestionKind.ACKNOWLEDGE:
            return "☑" if answer else ""
        case _:
            return written(answer, language) if question.kind in NUMBERS else answer


def _day(answer: str) -> str:
    try:
        if "T" in answer:
            return datetime.fromisoformat(answer).strftime("%d.%m.%Y %H:%M")
        return date.fromisoformat(answer).strftime("%d.%m.%Y")
    except ValueError:
        return answer  # an approximate date, as it was written


def missing_words(reason: str) -> Words:
    """Why there is no answer, in words."""
    return MISSING_WORDS.get(reason, MISSING_WORDS["unknown"])
