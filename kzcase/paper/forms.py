"""Forms on paper: any form, blank to be filled in by hand or with its answers, in any of its languages, or in two."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any, Final

from kzcase.domain.classes import FieldClass
from kzcase.domain.client_papers import NAMELESS
from kzcase.domain.papers import SheetHeader, neutral_code
from kzcase.forms.answers import AnswerSheet
from kzcase.forms.definition import UNASKED, Form, Question, QuestionKind
from kzcase.i18n import _
from kzcase.paper import style
from kzcase.paper.blocks import table_block
from kzcase.paper.form_ends import add_end, add_signatures, add_title
from kzcase.paper.form_parts import FormParts, signers_of
from kzcase.paper.form_texts import FormTexts, without_rounds
from kzcase.paper.further_words import frame_language
from kzcase.paper.kept import Gap, Kept
from kzcase.paper.questions import Asked, missing_words, question_answer, question_words
from kzcase.paper.sheet import Sheet
from kzcase.paper.stacked import lines_of, rows_to_write, stacked_table
from kzcase.paper.table_heads import column_head, legend, share_of

EVERY_CLASS: Final = frozenset(FieldClass)
_NOON: Final = time(12, tzinfo=UTC)  # 17:00 in Kazakhstan: the same day everywhere in the country
_BLANK_ROWS: Final = 5
_BLANK_ROUNDS: Final = 2
_MOST_COLUMNS: Final = 6
_SHORT_PART: Final = style.HEIGHT / 3  # a part inside a part goes overleaf whole
_SHORT_NOTE: Final = 400  # signs
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
    language: str,
    answers: Mapping[str, str] | None,
    header: SheetHeader,
    *,
    second: str = "",
    relevant: Mapping[str, bool] | None = None,
    missing: Mapping[str, str] | None = None,
    allowed: frozenset[FieldClass] = EVERY_CLASS,
) -> bytes:
    """A form as PDF: blank if `answers` is None, else filled; with `second`, that language stands beside the first.

    `answers`, `relevant` and `missing` go by the place of a question (`person/family`, `legs[2]/days`); what is
    not relevant and what is of a class not `allowed` is not on the paper at all. Where `relevant` is not given, the
    form's own rules decide, as of the day of printing. Code and version in the footer and in the QR code are the
    form's own: the version's name for people, its fingerprint for machines; the code is neutral.
    Raises NotFound for an answer the form does not ask, CannotPrint, TooLarge.
    """
    fitting: Mapping[str, frozenset[str]] = {}
    if answers is not None and relevant is None:
        answers, missing, relevant, fitting = _evaluated(form, answers, missing or {}, header)
    version, identity = form.declared_version[:_MOST_SIGNS], form.version[:10].upper()
    own = replace(header, code=neutral_code(form.id), version=version, identity=identity)
    if form.id in NAMELESS:
        own = replace(own, number="", printing="")
    languages = (language, *((second,) if second else ()))
    texts = FormTexts(form, languages, answers, relevant or {}, allowed, discreet=header.discreet)
    voices = languages if form.client_paper else tuple(map(frame_language, languages))
    to_number = answers is None and bool(form.signatures) and not own.number  # printed for nobody yet
    sheet = Sheet(own, frame_language(language), qr=True, voices=voices, spoken=language, to_number=to_number)
    paper = _FormPaper(sheet, texts, missing, fitting if allowed >= EVERY_CLASS else {})  # a filter may tell on others
    add_title(paper.sheet, texts)
    paper.flow(form.questions, "")
    signers = paper.parts.last_signers() if paper.parts else signers_of(form, leaves=header.leaves)
    add_end(paper.sheet, form, signers)
    return paper.sheet.to_bytes(sparing=True)


def _evaluated(
    form: Form, answers: Mapping[str, str], missing: Mapping[str, str], header: SheetHeader
) -> tuple[Mapping[str, str], Mapping[str, str], Mapping[str, bool], Mapping[str, frozenset[str]]]:
    """Answers (calculated ones too), reasons, relevance and the choices that filters leave, as the rules of the form
    see them on the day of printing."""
    filled = AnswerSheet(form, now=datetime.combine(header.printed_on, _NOON), empty=True)
    filled.restore(answers, missing)
    relevance = filled.relevance()
    filtered = {question.path for question in form.walk() if question.choices and question.choices.items}
    fitting = {
        place: frozenset(choice.name for choice in filled.choices(place))
        for place in relevance
        if filtered and without_rounds(place) in filtered
    }
    return filled.values(), filled.reasons(), relevance, fitting


def _has_cells_only(repeat: Question) -> bool:
    kinds = _IN_A_CELL | UNASKED | {QuestionKind.NOTE}
    return all(child.kind in kinds for child in repeat.children)


class _FormPaper:
    """One form being written to one sheet."""

    def __init__(
        self,
        sheet: Sheet,
        texts: FormTexts,
        missing: Mapping[str, str] | None,
        fitting: Mapping[str, frozenset[str]],
    ) -> None:
        self.sheet, self.texts, self.missing, self.fitting = sheet, texts, missing or {}, fitting
        self.blank, self.answers, self.relevant = texts.blank, texts.answers, texts.relevant
        self.parts = FormParts(texts.form) if texts.blank and not texts.discreet else None

    def flow(self, questions: Sequence[Question], inside: str) -> None:
        """Questions under each other; narrow ones beside each other as far as the line reaches."""
        line: list[Question] = []
        for question in questions:
            place = inside + question.name
            if not self._shown(question, place):
                continue
            if not inside:
                self._begin_part(question.name)
            narrow = question.paper.width < 1 and not question.is_container
            if line and not (narrow and sum(each.paper.width for each in [*line, question]) <= 1.001):
                self._line(line, inside)
                line = []
            if narrow:
                line.append(question)
            else:
                self._block(question, place, inside, last=question is questions[-1])
        self._line(line, inside)

    def _begin_part(self, name: str) -> None:
        """What leaves the office never shares a page with what stays there."""
        cut = self.parts.begin(name) if self.parts else None
        if cut is None:
            return
        add_signatures(self.sheet, cut.signers)
        if cut.overleaf:
            self.sheet.new_page()
        self.sheet.head(self.sheet.styled(cut.said, style.MARK), Gap(1 * style.MM))

    def _shown(self, question: Question, place: str) -> bool:
        if not self.blank and not self.relevant.get(place, True):
            return False
        if self.texts.discreet and not question.paper.discreet:
            return False
        if question.is_container:
            return any(self._shown(each, f"{place}/{each.name}") for each in question.children)
        return self._printable(question)

    def _printable(self, question: Question) -> bool:
        """Questions of allowed classes; notes hold the form's own words only."""
        if question.is_container or question.kind in UNASKED or self.texts.silent(question.label):
            return False
        return question.kind is QuestionKind.NOTE or question.field_class in self.texts.allowed

    def _block(self, question: Question, place: str, inside: str, *, last: bool) -> None:
        if question.kind is QuestionKind.GROUP:
            with self.sheet.together(_SHORT_PART) if inside else nullcontext():
                self._heading(question, inside)
                self.flow(question.children, place + "/")
        elif question.kind is QuestionKind.REPEAT:
            self._repeat(question, place, inside)
        elif question.kind is QuestionKind.NOTE and self._leads(question, inside, last=last):
            words = question_words(self.sheet, self._asked(question, inside), style.WIDTH)
            self.sheet.head(*words, Gap(3 * style.MM))
        else:
            self._question(self._asked(question, inside))

    def _leads(self, note: Question, inside: str, *, last: bool) -> bool:
        """Whether a note stands between a heading and its questions: neither is left alone at the foot of a page."""
        short = len(self.texts.first(note.label, inside)) <= _SHORT_NOTE
        return short and not last and self.sheet.heading_waits and not self.texts.form.client_paper

    def _question(self, asked: Asked) -> None:
        """A question over the whole width; a list of choices that goes on overleaf says there what it belongs to."""
        words = question_words(self.sheet, asked, style.WIDTH)
        answer = question_answer(self.sheet, asked, style.WIDTH)
        if answer is None:
            first = min(1, len(words) - 1)
            self.sheet.head(*words[:first])  # “read aloud” goes overleaf with what is to be read
            self.sheet.add(Kept(words[first:]))
        else:
            again = self.sheet.styled(_("{question} (continued)", question=asked.label), style.HINT)
            self.sheet.add(Kept([*words, answer], heads=len(words), again=again))
        self.sheet.space(3 * style.MM)

    def _line(self, line: Sequence[Question], inside: str) -> None:
        """Narrow questions beside each other, with a gap between that no word runs into; all answers at one height."""
        if not line:
            return
        spread = max(sum(question.paper.width for question in line), 1.0)
        widths = [style.WIDTH * question.paper.width / spread for question in line]
        gaps = [_GAP] * (len(line) - 1) + [0.0 if sum(widths) > style.WIDTH - 1 else _GAP]
        words, answers = list[Any](), list[Any]()
        for question, width, gap in zip(line, widths, gaps, strict=True):
            asked = self._asked(question, inside)
            words.append(question_words(self.sheet, asked, width - gap))
            answers.append(question_answer(self.sheet, asked, width - gap) or "")
        flat: list[tuple[Any, ...]] = [(side, (0, 0), (-1, -1), 0) for side in ("TOPPADDING", "BOTTOMPADDING")]
        flat += [("RIGHTPADDING", (column, 0), (column, 0), gap) for column, gap in enumerate(gaps)]
        low = ("VALIGN", (0, 0), (-1, 0), "BOTTOM")  # labels stand on their boxes, whose tops are one line
        rows = [table_block([words], widths, [*flat, low]), table_block([answers], widths, flat)]
        self.sheet.add(Kept(rows, heads=1, most=style.HEIGHT / 2), Gap(3 * style.MM))

    def _heading(self, question: Question, inside: str) -> None:
        label = self.texts.first(question.label, inside)
        if label:
            self.sheet.heading(
                label, question.name, beside=self.texts.second(question.label, inside), inner=bool(inside)
            )

    def _asked(self, question: Question, inside: str) -> Asked:
        place = inside + question.name
        return Asked(
            question,
            self.texts.given(question, self.answers.get(place, "")),
            self.missing.get(place, ""),
            self.blank,
            lambda texts: self.texts.first(texts, inside),
            lambda texts: self.texts.second(texts, inside),
            self.texts.languages,
            self.fitting.get(place),
            self.texts.form.client_paper,
            self.texts.hidden_choices(question),
        )

    # Repeats: a table where every question fits into a cell, else one block after the other.

    def _repeat(self, question: Question, place: str, inside: str) -> None:
        self._heading(question, inside)
        if not self.blank and not self.rounds(place):
            self.sheet.add(self.sheet.styled(_("Nothing so far."), style.HINT))
            self.sheet.space(3 * style.MM)
            return
        columns = [child for child in question.children if self._printable(child)]
        simple = len(columns) <= _MOST_COLUMNS and all(
            child.kind in _IN_A_CELL for child in question.children if child.kind not in UNASKED
        )
        if question.paper.columns > 1 and _has_cells_only(question) and columns:
            self._stacked_table(question, columns, place)
            return
        if simple and columns:
            with self.sheet.together() if self.blank else nullcontext():
                self._repeat_table(columns, place)
            return
        rounds = range(1, _BLANK_ROUNDS + 1) if self.blank else self.rounds(place)
        for number in rounds:
            self.sheet.head(self.sheet.styled(f"{number}.", style.STRONG), Gap(2 * style.MM))
            self.flow(question.children, f"{place}[{number}]/")

    def _repeat_table(self, columns: Sequence[Question], place: str) -> None:
        asked = [self._asked(column, f"{place}[1]/") for column in columns]
        heads = [column_head(self.sheet, each) for each in asked]
        rows = [[self._cell(column, f"{place}[{number}]/") for column in columns] for number in self.rounds(place)]
        shares = [share_of(each) for each in asked]
        self.sheet.table(heads, rows, shares=shares, empty_rows=_BLANK_ROWS if self.blank else 0)
        self._legend(map(legend, asked))

    def _stacked_table(self, repeat: Question, printable: Sequence[Question], place: str) -> None:
        """More questions than a page is wide: each round is a row of several lines, what a note says stands below; on a
        blank sheet it stands once, below them all."""
        columns = [each for each in printable if each.kind is not QuestionKind.NOTE]
        asked = [self._asked(column, f"{place}[1]/") for column in columns]
        said = [f"{place}[{number}]/" for number in self.rounds(place)]
        rows = [[self._cell(column, inside) for column in columns] for inside in said]
        notes = [self._notes(printable, inside) for inside in said]
        heads, wide = [column_head(self.sheet, each) for each in asked], repeat.paper.columns
        empty = rows_to_write(lines_of(len(heads), wide)) if self.blank else 0
        self.sheet.add(stacked_table(self.sheet, heads, rows, wide, notes=notes, empty_rows=empty), Gap(3 * style.MM))
        to_know = self._notes(printable, f"{place}[1]/") if self.blank else ""
        self._legend([*map(legend, asked), to_know])

    def _legend(self, said: Iterable[str]) -> None:
        """What may be written into a table, on one page: it is looked up again and again."""
        if lines := "\n".join(filter(None, said)):
            self.sheet.add(Kept(self.sheet.pieces(lines, style.SMALL)), Gap(2 * style.MM))

    def _notes(self, questions: Sequence[Question], inside: str) -> str:
        """What the form itself says of one round, where that round makes it say so."""
        notes = [each for each in questions if each.kind is QuestionKind.NOTE]
        told = [each.label for each in notes if self.blank or self.relevant.get(inside + each.name, True)]
        spoken = [words(label, inside) for label in told for words in (self.texts.first, self.texts.second)]
        return "\n".join(filter(None, spoken))

    def _cell(self, column: Question, inside: str) -> str:
        place = inside + column.name
        if not self.relevant.get(place, True):
            return "–"
        if reason := self.missing.get(place):
            return self.sheet.say(missing_words(reason))
        return self.texts.answer(column, self.texts.given(column, self.answers.get(place, "")))

    def rounds(self, place: str) -> list[int]:
        """The numbers of the rounds of a repeat in which somebody answered anything that may stand here."""
        start = place + "["
        places = (each for each in (*self.answers, *self.missing) if each.startswith(start) and self._says(each))
        return sorted({int(each[len(start) :].partition("]")[0]) for each in places})

    def _says(self, place: str) -> bool:
        """Whether there is an answer, or a reason why there is none; what a rule of the form works out is neither."""
        question = self.texts.form.by_path.get(without_rounds(place))
        if question is None or not self._printable(question) or question.calculation:
            return False
        answer = self.answers.get(place, "")
        said = (answer and answer != question.default) or self.missing.get(place)
        return bool(said) and self.relevant.get(place, True)
