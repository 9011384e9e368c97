"""Forms on paper: any form, blank to be filled in by hand or with its answers, in any of its languages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any, Final

from kzcase.domain.classes import FieldClass
from kzcase.domain.papers import SheetHeader, neutral_code
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import UNASKED, Form, Question, QuestionKind, Texts, text_in
from kzcase.i18n import Language, _
from kzcase.paper import style
from kzcase.paper.blocks import table_block
from kzcase.paper.kept import Gap, Kept
from kzcase.paper.questions import Asked, answer_text, missing_words, question_answer, question_words
from kzcase.paper.sheet import Sheet

EVERY_CLASS: Final = frozenset(FieldClass)
_PLACE: Final = re.compile(r"\$\{([^}]*)\}")
_INDEX: Final = re.compile(r"\[\d+\]")
_NOON: Final = time(12, tzinfo=UTC)  # 17:00 in Kazakhstan: the same day everywhere in the country
_BLANK_ROWS: Final = 5
_BLANK_ROUNDS: Final = 2
_MOST_COLUMNS: Final = 6
_MOST_SIGNS: Final = 20  # of a version's name in the footer
_GAP: Final = 4 * style.MM
_IN_A_CELL: Final = frozenset(
    {
        QuestionKind.TEXT,
        QuestionKind.INTEGER,
        QuestionKind.DECIMAL,
        QuestionKind.DATE,
        QuestionKind.TIME,
        QuestionKind.DATETIME,
        QuestionKind.SELECT_ONE,
        QuestionKind.SELECT_MULTIPLE,
        QuestionKind.ACKNOWLEDGE,
        QuestionKind.BARCODE,
    }
)


def form_sheet(
    form: Form,
    language: Language,
    answers: Mapping[str, str] | None,
    header: SheetHeader,
    *,
    relevant: Mapping[str, bool] | None = None,
    missing: Mapping[str, str] | None = None,
    allowed: frozenset[FieldClass] = EVERY_CLASS,
) -> bytes:
    """A form as PDF: blank if `answers` is None, else filled.

    `answers`, `relevant` and `missing` go by the place of a question (`person/family`, `legs[2]/days`); what is
    not relevant and what is of a class not `allowed` is not on the paper at all. Where `relevant` is not given, the
    form's own rules decide, as of the day of printing. Code and version in the footer and in the QR code are the
    form's own: the version's name for people, its fingerprint for machines; the code is neutral.
    Raises NotFound for an answer the form does not ask, CannotPrint, TooLarge.
    """
    if answers is not None and relevant is None:
        answers, missing, relevant = _evaluated(form, answers, missing or {}, header)
    version, identity = form.declared_version[:_MOST_SIGNS], form.version[:10].upper()
    own = replace(header, code=neutral_code(form.id), version=version, identity=identity)
    paper = _FormPaper(form, Sheet(own, language, qr=True), answers, relevant or {}, missing or {}, allowed)
    paper.sheet.title(text_in(form.title, language) or form.id, field=form.id)
    paper.flow(form.questions, "")
    return paper.sheet.to_bytes()


def _evaluated(
    form: Form, answers: Mapping[str, str], missing: Mapping[str, str], header: SheetHeader
) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, bool]]:
    """Answers (calculated ones too), reasons and relevance as the rules of the form see them on the day of printing."""
    filled = AnswerSheet(form, now=datetime.combine(header.printed_on, _NOON))
    filled.load(answers, missing)
    return filled.values(), filled.reasons(), filled.relevance()


class _FormPaper:
    """One form being written to one sheet."""

    def __init__(
        self,
        form: Form,
        sheet: Sheet,
        answers: Mapping[str, str] | None,
        relevant: Mapping[str, bool],
        missing: Mapping[str, str],
        allowed: frozenset[FieldClass],
    ) -> None:
        self.form, self.sheet, self.blank = form, sheet, answers is None
        self.answers, self.relevant, self.missing, self.allowed = answers or {}, relevant, missing, allowed
        self.language = form.language_for(sheet.language)

    def flow(self, questions: Sequence[Question], inside: str) -> None:
        """Questions under each other; narrow ones beside each other as far as the line reaches."""
        line: list[Question] = []
        for question in questions:
            place = inside + question.name
            if not self._shown(question, place):
                continue
            narrow = question.paper.width < 1 and not question.is_container
            if line and not (narrow and sum(each.paper.width for each in [*line, question]) <= 1.001):
                self._line(line, inside)
                line = []
            if narrow:
                line.append(question)
            else:
                self._block(question, place, inside)
        self._line(line, inside)

    def _shown(self, question: Question, place: str) -> bool:
        if not self.blank and not self.relevant.get(place, True):
            return False
        if question.is_container:
            return any(self._printable(each) for each in question.walk())
        return self._printable(question)

    def _printable(self, question: Question) -> bool:
        """Questions of allowed classes; notes hold the form's own words only."""
        if question.is_container or question.kind in UNASKED:
            return False
        return question.kind is QuestionKind.NOTE or question.field_class in self.allowed

    def _block(self, question: Question, place: str, inside: str) -> None:
        if question.kind is QuestionKind.GROUP:
            self._heading(question, inside)
            self.flow(question.children, place + "/")
        elif question.kind is QuestionKind.REPEAT:
            self._repeat(question, place, inside)
        else:
            self._question(self._asked(question, inside))

    def _question(self, asked: Asked) -> None:
        """A question over the whole width; a list of choices that goes on overleaf says there what it belongs to."""
        words = question_words(self.sheet, asked, style.WIDTH)
        answer = question_answer(self.sheet, asked, style.WIDTH)
        if answer is None:
            self.sheet.add(*words)
        else:
            again = self.sheet.styled(_("{question} (continued)", question=asked.label), style.HINT)
            self.sheet.add(Kept([*words, answer], heads=len(words), again=again))
        self.sheet.space(3 * style.MM)

    def _line(self, line: Sequence[Question], inside: str) -> None:
        """Narrow questions beside each other, with a gap between that no word runs into."""
        if not line:
            return
        spread = max(sum(question.paper.width for question in line), 1.0)
        widths = [style.WIDTH * question.paper.width / spread for question in line]
        gaps = [_GAP] * (len(line) - 1) + [0.0 if sum(widths) > style.WIDTH - 1 else _GAP]
        cells = []
        for question, width, gap in zip(line, widths, gaps, strict=True):
            asked = self._asked(question, inside)
            answer = question_answer(self.sheet, asked, width - gap)
            cells.append([*question_words(self.sheet, asked, width - gap), *([answer] if answer else [])])
        look: list[tuple[Any, ...]] = [("BOTTOMPADDING", (0, 0), (-1, -1), 0)]
        look += [("RIGHTPADDING", (column, 0), (column, 0), gap) for column, gap in enumerate(gaps)]
        self.sheet.add(Kept([table_block([cells], widths, look)], most=style.HEIGHT / 2), Gap(3 * style.MM))

    def _heading(self, question: Question, inside: str) -> None:
        label = self._text(question.label, inside)
        if label:
            self.sheet.heading(label, question.name)

    def _asked(self, question: Question, inside: str) -> Asked:
        place = inside + question.name
        return Asked(
            question,
            self.answers.get(place, ""),
            self.missing.get(place, ""),
            self.blank,
            lambda texts: self._text(texts, inside),
        )

    # Repeats: a table where every question fits into a cell, else one block after the other.

    def _repeat(self, question: Question, place: str, inside: str) -> None:
        self._heading(question, inside)
        columns = [child for child in question.children if self._printable(child)]
        simple = len(columns) <= _MOST_COLUMNS and all(
            child.kind in _IN_A_CELL for child in question.children if child.kind not in UNASKED
        )
        if simple and columns:
            with self.sheet.together() if self.blank else nullcontext():
                self._repeat_table(columns, place)
            return
        rounds = range(1, _BLANK_ROUNDS + 1) if self.blank else self.rounds(place)
        for number in rounds:
            self.sheet.head(self.sheet.styled(f"{number}.", style.STRONG), Gap(2 * style.MM))
            self.flow(question.children, f"{place}[{number}]/")

    def _repeat_table(self, columns: Sequence[Question], place: str) -> None:
        heads = [self._text(column.label, f"{place}[1]/") or column.name for column in columns]
        rows = [[self._cell(column, f"{place}[{number}]/") for column in columns] for number in self.rounds(place)]
        shares = [column.paper.width for column in columns]
        self.sheet.table(heads, rows, shares=shares, empty_rows=_BLANK_ROWS if self.blank else 0)

    def _cell(self, column: Question, inside: str) -> str:
        place = inside + column.name
        if not self.relevant.get(place, True):
            return "–"
        if reason := self.missing.get(place):
            return self.sheet.say(missing_words(reason))
        return answer_text(column, self.answers.get(place, ""), self.language)

    def rounds(self, place: str) -> list[int]:
        """The numbers of the rounds of a repeat that hold anything."""
        start = place + "["
        places = (each for each in (*self.answers, *self.missing) if each.startswith(start))
        return sorted({int(each[len(start) :].partition("]")[0]) for each in places})

    # Texts with answers inside them.

    def _text(self, texts: Texts, inside: str) -> str:
        said = text_in(texts, self.language)
        return _PLACE.sub(lambda found: self._said_at(found[1], inside), said)

    def _said_at(self, rule: str, inside: str) -> str:
        """The answer a text speaks of; dots where it is unknown, withheld or worked out by a rule."""
        path = rule.strip().removeprefix(f"/{self.form.root}/")
        question = self.form.by_path.get(path)
        if self.blank or question is None or question.field_class not in self.allowed:
            return "……"
        for place in _candidates(path, inside):
            if self.answers.get(place) and self._all_relevant(place):
                return answer_text(question, self.answers[place], self.language)
        return "……"

    def _all_relevant(self, place: str) -> bool:
        steps = place.split("/")
        above = ("/".join(steps[:count]) for count in range(1, len(steps) + 1))
        return all(self.relevant.get(each, True) for each in above)


def _candidates(path: str, inside: str) -> Iterator[str]:
    """Where an answer may stand: in the same round of the repeats around, else without any round."""
    steps, around = path.split("/"), inside.rstrip("/").split("/") if inside else []
    for depth in range(len(around), 0, -1):
        if [_INDEX.sub("", step) for step in around[:depth]] == steps[:depth]:
            yield "/".join([*around[:depth], *steps[depth:]])
    yield path
