"""Cards of a bank card's size, several on a page with marks to cut along; folded where one side is too small."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from reportlab.lib.colors import HexColor

from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import TooLarge
from kzcase.domain.papers import SheetHeader
from kzcase.forms.definition import Form, Question, QuestionKind
from kzcase.i18n import _
from kzcase.paper import fonts, style
from kzcase.paper.discreet import discreet_title
from kzcase.paper.form_ends import UNCHECKED
from kzcase.paper.form_texts import FormTexts
from kzcase.paper.forms import EVERY_CLASS
from kzcase.paper.further_words import frame_language
from kzcase.paper.kept import Gap
from kzcase.paper.marks import WritingLines
from kzcase.paper.pages import DEMONSTRATION, LOCALES, PlainCanvas, draw_aside, draw_banner, unsigned
from kzcase.paper.sheet import Sheet

CARD_WIDTH: Final = 85.6 * style.MM
CARD_HEIGHT: Final = 54 * style.MM
SMALLEST: Final = 7.0  # points; smaller letters are not read in a hurry
_LARGEST: Final = 12.0
_STEP: Final = 0.5
_ROWS: Final = 5
_AIR: Final = 3.5 * style.MM  # inside the edge of a card
_MARK: Final = 4 * style.MM  # of a line to cut along, outside the card
_LINE: Final = 6.5 * style.MM  # to write on
_LINES: Final = 2
_NOTE: Final = _("Cut along the marks.")
_FOLD: Final = _("Cut along the marks, then fold in the middle: the text stays outside.")


def card_sheet(
    form: Form,
    language: str,
    answers: Mapping[str, str] | None,
    header: SheetHeader,
    *,
    missing: Mapping[str, str] | None = None,
    allowed: frozenset[FieldClass] = EVERY_CLASS,
) -> bytes:
    """A page of equal cards as PDF: ten of one side, or five to fold; no name, number or code of ours is on them.

    Why an answer is missing stands on no card: there is a line to write on. Raises TooLarge, CannotPrint.
    """
    texts = FormTexts(form, (language,), answers, {}, allowed, discreet=True)
    sheet = Sheet(replace(header, discreet=True), frame_language(language), voices=(language,), spoken=language)
    return _drawn(sheet, _laid_out(sheet, texts), sheet.say(discreet_title(form, language)))


@dataclass(frozen=True, slots=True)
class _Card:
    """What stands on one card: its sides, the back first where it is folded, so that the front is to the right."""

    sides: tuple[list[Any], ...]


def _laid_out(sheet: Sheet, texts: FormTexts) -> _Card:
    """The card with the largest letters that fit; folded only where one side does not do with readable ones."""
    parts = len(list(_parts(sheet, texts, SMALLEST)))
    whole = _side(sheet, texts, slice(0, parts))
    if whole is not None:
        return _Card((whole[1],))
    ways = []
    for cut in range(1, parts):
        front, back = _side(sheet, texts, slice(0, cut)), _side(sheet, texts, slice(cut, parts))
        if front is not None and back is not None:
            ways.append((min(front[0], back[0]), front[0], cut, _Card((back[1], front[1]))))
    if not ways:
        raise TooLarge(limit=_("both sides of a card"))
    return max(ways, key=lambda way: way[:3])[3]


def _side(sheet: Sheet, texts: FormTexts, some: slice) -> tuple[float, list[Any]] | None:
    """The size of letters and the blocks of one side with these parts; None where no readable size fits."""
    for at in range(int((_LARGEST - SMALLEST) / _STEP) + 1):
        size = _LARGEST - _STEP * at
        blocks = [block for part in list(_parts(sheet, texts, size))[some] for block in part]
        if _height(blocks) <= _room():
            return size, blocks
    return None


def _room() -> float:
    return CARD_HEIGHT - 2 * _AIR


def _height(blocks: Sequence[Any]) -> float:
    return float(sum(block.wrap(CARD_WIDTH - 2 * _AIR, _room())[1] for block in blocks))


# What stands on a card


def _parts(sheet: Sheet, texts: FormTexts, size: float) -> Iterator[list[Any]]:
    """The title with the first text, then each further text under its heading; the mark of an unchecked text last."""
    head, body = style.Look(fonts.BOLD, size, size + 2.5), style.Look(fonts.FAMILY, size, size + 2)
    waiting = [sheet.styled(discreet_title(texts.form, texts.languages[0]), _title(size))]
    for question in texts.form.walk():
        said = texts.first(question.label, "")
        if question.kind is QuestionKind.GROUP and said and question is not texts.form.questions[0]:
            waiting = [Gap(2), sheet.styled(said, head, question.name)]
        elif question.kind is QuestionKind.NOTE:
            yield [*waiting, *(sheet.styled(line, body, question.name) for line in said.splitlines())]
            waiting = []
        elif question.kind is QuestionKind.TEXT and question.field_class in texts.allowed:
            yield [*waiting, Gap(2), sheet.styled(said, head, question.name), _written(sheet, texts, question, body)]
            waiting = []
    if sheet.header.unchecked:
        small = style.Look(fonts.ITALIC, SMALLEST, SMALLEST + 1.5)
        yield [*waiting, Gap(2), sheet.styled(UNCHECKED, small)]


def _title(size: float) -> style.Look:
    return style.Look(fonts.BOLD, size + 1.5, size + 4)


def _written(sheet: Sheet, texts: FormTexts, question: Question, body: style.Look) -> Any:
    """The answer, or lines to write on."""
    answer = texts.answers.get(question.path, "")
    return sheet.styled(answer, body, question.name) if answer else WritingLines(_LINES, _LINE)


# The page


def _drawn(sheet: Sheet, card: _Card, title: str) -> bytes:
    stream = io.BytesIO()
    canvas = PlainCanvas(stream, title, LOCALES.get(sheet.spoken, "und"))
    across = 2 // len(card.sides)
    left, foot = (style.PAGE_WIDTH - 2 * CARD_WIDTH) / 2, (style.PAGE_HEIGHT - _ROWS * CARD_HEIGHT) / 2
    for row in range(_ROWS):
        for column in range(across):
            for at, side in enumerate(card.sides):
                _draw_side(canvas, side, left + (column * len(card.sides) + at) * CARD_WIDTH, foot + row * CARD_HEIGHT)
    _marks(canvas, left, foot, folded=len(card.sides) > 1)
    _said_around(sheet, canvas, left, folded=len(card.sides) > 1)
    canvas.save()
    return unsigned(stream.getvalue())


def _draw_side(canvas: Any, blocks: Sequence[Any], left: float, foot: float) -> None:
    y = foot + CARD_HEIGHT - _AIR
    for block in blocks:
        _width, height = block.wrapOn(canvas, CARD_WIDTH - 2 * _AIR, _room())
        y -= height
        block.drawOn(canvas, left + _AIR, y)


def _marks(canvas: Any, left: float, foot: float, *, folded: bool) -> None:
    """Short lines outside the cards where one cuts, faint ones between them; a dotted one where one folds."""
    right, top = left + 2 * CARD_WIDTH, foot + _ROWS * CARD_HEIGHT
    heights = [foot + row * CARD_HEIGHT for row in range(_ROWS + 1)]
    cuts = [left, right] if folded else [left, left + CARD_WIDTH, right]
    _lines(canvas, style.HAIRLINE, [(left, y, right, y) for y in heights])
    _lines(canvas, style.HAIRLINE, [(x, foot, x, top) for x in cuts])
    for out, edge in ((-_MARK, left), (_MARK, right)):
        _lines(canvas, style.INK, [(edge + out / 4, y, edge + out, y) for y in heights])
    for out, edge in ((-_MARK, foot), (_MARK, top)):
        _lines(canvas, style.INK, [(x, edge + out / 4, x, edge + out) for x in cuts])
    if folded:
        canvas.setDash(1, 3)
        _lines(canvas, style.OUTLINE, [(left + CARD_WIDTH, foot, left + CARD_WIDTH, top)])
        canvas.setDash()


def _lines(canvas: Any, colour: str, lines: Sequence[tuple[float, float, float, float]]) -> None:
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(0.5)
    canvas.lines(list(lines))


def _said_around(sheet: Sheet, canvas: Any, left: float, *, folded: bool) -> None:
    """What is to be done with the page; it is cut away."""
    draw_aside(canvas, left, 5 * style.MM, sheet.say(_FOLD if folded else _NOTE))
    if sheet.header.demonstration:
        draw_banner(canvas, sheet.say(DEMONSTRATION))
