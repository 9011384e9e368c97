"""One question of a form on paper: its words, and room for the answer or the answer itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, assert_never

from reportlab.platypus import Spacer

from kzcase.forms.definition import Choice, Question, QuestionKind, Texts, text_in
from kzcase.i18n import Words, _
from kzcase.paper import marks, style
from kzcase.paper.blocks import kept_gap, table_block
from kzcase.paper.sheet import Sheet

MISSING_WORDS: Final = {
    "not_asked": _("Not asked"),
    "refused": _("Refused to answer"),
    "unknown": _("Unknown"),
}
_LONG_LIST: Final = 30  # a longer list of choices is not spelled out; its answer is written
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

    @property
    def open(self) -> bool:
        """Room for handwriting is wanted."""
        return self.blank or not (self.answer or self.missing)


def question_blocks(sheet: Sheet, asked: Asked, width: float) -> list[Any]:
    """The label, the hints and the answer of one question, `width` points wide; [] for what is never shown."""
    answer = _answer(sheet, asked, width)
    if answer is None:
        return []
    return [*_words(sheet, asked), *answer, Spacer(0, 3 * style.MM)]


def _words(sheet: Sheet, asked: Asked) -> list[Any]:
    question = asked.question
    blocks: list[Any] = []
    if question.kind is QuestionKind.ACKNOWLEDGE:  # its label stands beside the box
        return blocks
    label = asked.fill(question.label) or question.name
    if question.kind is QuestionKind.NOTE:
        return [*sheet.pieces(label, style.LEAD)]
    if question.read_aloud:
        blocks.append(sheet.styled(_("Read aloud:"), style.FORM_HINT))
    blocks.append(sheet.styled(label, style.QUESTION, question.path))
    for text in (asked.fill(question.hint), asked.fill(question.guidance) if asked.blank else ""):
        if text:
            blocks.append(sheet.styled(text, style.FORM_HINT, question.path))
    return [*blocks, kept_gap(1 * style.MM)]


def _answer(sheet: Sheet, asked: Asked, width: float) -> list[Any] | None:
    """The answer of a question; None for kinds that have no place of their own on paper."""
    if asked.missing and not asked.blank:
        return [sheet.styled(MISSING_WORDS.get(asked.missing, MISSING_WORDS["unknown"]), style.HINT)]
    kind = asked.question.kind
    match kind:
        case QuestionKind.TEXT | QuestionKind.BARCODE | QuestionKind.GEOPOINT:
            return [_written(sheet, asked, width)]
        case QuestionKind.INTEGER | QuestionKind.DECIMAL:
            return [_written(sheet, asked, min(width, _NARROW))]
        case QuestionKind.DATE | QuestionKind.TIME | QuestionKind.DATETIME:
            return [_moment(sheet, asked, width)]
        case QuestionKind.SELECT_ONE | QuestionKind.SELECT_MULTIPLE:
            return [_chosen(sheet, asked, width)]
        case QuestionKind.RANK:
            return [_ranked(sheet, asked, width)]
        case QuestionKind.RANGE:
            return [_scale(sheet, asked, width)]
        case QuestionKind.ACKNOWLEDGE:
            label = asked.fill(asked.question.label) or asked.question.name
            return [sheet.tick_table([(label, bool(asked.answer))], 1, width, single=False)]
        case QuestionKind.IMAGE | QuestionKind.AUDIO | QuestionKind.FILE:
            return [sheet.tick_table([(_("Attached separately"), bool(asked.answer))], 1, width, single=False)]
        case QuestionKind.NOTE:
            return []
        case QuestionKind.CALCULATE | QuestionKind.HIDDEN | QuestionKind.GROUP | QuestionKind.REPEAT:
            return None
        case _:
            assert_never(kind)


def _written(sheet: Sheet, asked: Asked, width: float) -> Any:
    text = "" if asked.open else answer_text(asked.question, asked.answer, sheet.language)
    return sheet.answer(text, asked.question.paper.lines, width, asked.question.path)


def _moment(sheet: Sheet, asked: Asked, width: float) -> Any:
    if not asked.open:
        return _written(sheet, asked, min(width, _NARROW))
    combs = {QuestionKind.DATE: (2, 2, 4), QuestionKind.TIME: (2, 2)}
    return marks.Comb(combs.get(asked.question.kind, (2, 2, 4, 2, 2)))


def _chosen(sheet: Sheet, asked: Asked, width: float) -> Any:
    question, choices = asked.question, choices_of(asked.question)
    if not choices or len(choices) > _LONG_LIST:
        return _written(sheet, asked, width)
    single = question.kind is QuestionKind.SELECT_ONE
    picked = set() if asked.blank else set(asked.answer.split())
    ticks = [(asked.fill(choice.label) or choice.name, choice.name in picked) for choice in choices]
    ticks += [(code, True) for code in sorted(picked - {choice.name for choice in choices})]
    return sheet.tick_table(ticks, max(1, min(question.paper.columns, 4)), width, single=single)


def _ranked(sheet: Sheet, asked: Asked, width: float) -> Any:
    """Blank: a small box for a number before each choice. Filled: the choices in their order."""
    if not asked.open:
        names = [label_of(asked.question, name, sheet.language) for name in asked.answer.split()]
        lines = "\n".join(f"{place}. {name}" for place, name in enumerate(names, start=1))
        return sheet.answer(lines, 1, width, asked.question.path)
    labels = [asked.fill(choice.label) or choice.name for choice in choices_of(asked.question)]
    rows = [[marks.Comb((1,)), sheet.styled(label, style.CHOICE)] for label in labels]
    return table_block(rows, [9 * style.MM, width - 9 * style.MM], [("VALIGN", (0, 0), (-1, -1), "MIDDLE")])


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


def answer_text(question: Question, answer: str, language: str) -> str:
    """An answer as people write it: labels for codes, 22.11.2026 for dates, a comma in kk and ru numbers."""
    match question.kind:
        case QuestionKind.SELECT_ONE | QuestionKind.SELECT_MULTIPLE | QuestionKind.RANK:
            return ", ".join(label_of(question, name, language) for name in answer.split())
        case QuestionKind.DATE | QuestionKind.DATETIME:
            return _day(answer)
        case QuestionKind.DECIMAL:
            return answer if language == "en" else answer.replace(".", ",")
        case QuestionKind.ACKNOWLEDGE:
            return "☑" if answer else ""
        case _:
            return answer


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
