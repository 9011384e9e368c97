"""An A4 sheet built block by block: the one door through which every word goes to paper, letters checked."""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, PageTemplate, Paragraph, Spacer
from reportlab.platypus.doctemplate import LayoutError

from kzcase.domain.charts import BarChart
from kzcase.domain.errors import TooLarge
from kzcase.domain.papers import SheetHeader, Text
from kzcase.i18n import Language, Words, _
from kzcase.paper import fitting, fonts, marks, style
from kzcase.paper.blocks import cut, table_block
from kzcase.paper.further_words import said_in
from kzcase.paper.kept import Gap, Kept
from kzcase.paper.pages import PaperCanvas, furniture_of, unsigned
from kzcase.paper.sparing import parts_of, spared, without_last_gaps
from kzcase.paper.style import Look
from kzcase.paper.ticks import BESIDE, BETWEEN, TickGrid, tick

MOST_SIGNS: Final = 1_000_000  # in one text
_BULLET: Final = 4 * style.MM
_POINT: Final = re.compile(r"(•|\d{1,2}\.) +")
_SHORT_TABLE: Final = 0.4 * style.HEIGHT  # is not parted


class Sheet:
    """One paper in one language. Add blocks from top to bottom, then take the bytes."""

    apart: Final = 5 * style.MM  # between two languages that stand beside each other

    def __init__(
        self,
        header: SheetHeader,
        language: Language,
        *,
        qr: bool = False,
        voices: Sequence[str] = (),
        spoken: str = "",
        to_number: bool = False,
    ) -> None:
        """`voices` are the languages in which our own words are said, if not in `language` alone; `spoken` is the one
        the paper is written in, if that is none of the program's; `to_number`: its number is written by hand."""
        fonts.register()
        self.header, self.language, self.qr, self.to_number = header, language, qr, to_number
        self.voices, self.spoken = tuple(voices) or (language,), spoken or language
        self._blocks: list[list[Any]] = [[]]
        self._heads: list[Any] = []

    # Words

    def say(self, text: Text, field: Text = "") -> str:
        """The words as they will stand on paper; raises CannotPrint, naming `field`, if the font lacks a letter."""
        said = fonts.composed(self._rendered(text) if isinstance(text, Words) else text)
        if len(said) > MOST_SIGNS:
            raise TooLarge(limit="1 MB")
        fonts.check_text(said, field)
        return said

    def _rendered(self, words: Words) -> str:
        return " / ".join(dict.fromkeys(said_in(words, voice) for voice in self.voices))

    def _say_once(self, text: Text, field: Text = "") -> str:
        """The words in the first language alone: around a page there is no room for more."""
        return self.say(said_in(text, self.voices[0]) if isinstance(text, Words) else text, field)

    def styled(self, text: Text, look: Look, field: Text = "", *, width: float = 0.0) -> Any:
        """A paragraph; what people typed is never read as markup.

        In a column `width` points wide, our own words may be broken if they fit nowhere whole.
        """
        said = self.say(text, field)
        breaks = look.breaks_words and width
        shown = fitting.with_breaks(said, look, width, uzbek=self.spoken == "uz") if breaks else said
        return Paragraph(escape(shown).replace("\n", "<br/>"), style.paragraph_style(look))

    def pieces(self, text: Text, look: Look = style.BODY, field: Text = "") -> list[Any]:
        """A text of any length as paragraphs that lay out in linear time."""
        return [self.styled(piece, look) for piece in cut(self.say(text, field))]

    def points(self, text: Text, look: Look, field: Text = "") -> list[Any]:
        """Our own text line by line; lines that begin with “•” or “1.” go on under their first word."""
        found = [(line, _POINT.match(line)) for line in self.say(text, field).split("\n")]
        return [
            Paragraph(escape(line[mark.end() :]), style.paragraph_style(look, _BULLET), bulletText=mark[1])
            if mark
            else self.styled(line, look)
            for line, mark in found
        ]

    # Blocks

    def add(self, *blocks: Any) -> None:
        """Put finished blocks under what is there; the first stays with the heads that wait for it."""
        if self._heads and blocks:
            waiting, self._heads = self._heads, []
            blocks = (Kept([*waiting, blocks[0]], heads=len(waiting)), *blocks[1:])
        self._blocks[-1].extend(blocks)

    def head(self, *blocks: Any) -> None:
        """Blocks that never stand at the foot of a page without the block that comes next."""
        self._heads.extend(blocks)

    @property
    def heading_waits(self) -> bool:
        """Whether a heading waits for what it heads."""
        return bool(self._heads)

    def new_page(self) -> None:
        """What comes next begins a page, unless a page has only just begun."""
        self.add(CondPageBreak(style.HEIGHT - 1))

    @contextmanager
    def together(self, most: float = style.HEIGHT) -> Iterator[None]:
        """Blocks added inside stay on one page if they are not higher than `most`, in points."""
        waiting, self._heads = self._heads, []
        self._blocks.append([])
        yield
        inner, self._heads = [*self._blocks.pop(), *self._heads], waiting
        self.add(Kept(inner, most=most))

    @contextmanager
    def at_bottom(self) -> Iterator[None]:
        """Blocks added inside stand at the foot of the page."""
        self._blocks.append([])
        yield
        self.add(marks.AtBottom(self._blocks.pop()))

    def space(self, height: float = style.GAP) -> None:
        """Leave a gap, in points."""
        self.add(Gap(height))

    def pair(self, first: list[Any], second: list[Any], width: float = style.WIDTH) -> Any:
        """The same in two languages beside each other."""
        gap = [("RIGHTPADDING", (0, 0), (0, -1), self.apart), ("RIGHTPADDING", (1, 0), (1, -1), 0)]
        flat = [("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 0)]
        return table_block([[first, second]], [width / 2, width / 2], [*gap, *flat])

    def title(self, text: Text, lead: Text = "", field: Text = "", beside: Text = "") -> None:
        """The name of the paper and, under it, what it is called in the second language or a sentence about it."""
        self.add(self.styled(text, style.TITLE, field))
        if beside:
            self.add(Gap(1 * style.MM), self.styled(beside, style.SECOND_TITLE, field))
        if lead:
            self.add(Gap(1 * style.MM), self.styled(lead, style.LEAD))
        self.space(5 * style.MM)

    def heading(self, text: Text, field: Text = "", beside: Text = "", *, inner: bool = False) -> None:
        """The head of a part, in the second language, too, if it is said; `inner`: of a part inside another."""
        look = style.INNER_HEADING if inner else style.HEADING
        head = self.styled(text, look, field)
        if beside:
            head = self.pair([head], [self.styled(beside, look, field)])
        self.head(Gap(2 * style.MM), head, Gap(1.5 * style.MM))

    def paragraph(self, text: Text, look: Look = style.BODY, field: Text = "") -> None:
        """Running text of any length."""
        self.add(*self.pieces(text, look, field), Gap(2 * style.MM))

    def bullets(self, texts: Sequence[Text], field: Text = "", look: Look = style.BODY) -> None:
        """Short points under each other."""
        rows = [[self.styled("•", look), self.styled(text, look, field)] for text in texts]
        self.add(table_block(rows, [_BULLET, style.WIDTH - _BULLET]), Gap(2 * style.MM))

    def fields(self, rows: Sequence[tuple[Text, Text]], *, columns: int = 1) -> None:
        """Labels and values, one or two pairs a row; a value that is empty leaves room for handwriting."""
        if not rows:
            return
        width, share = style.WIDTH / columns, 0.3 if columns == 1 else 0.36
        widths = [width * share, width * (1 - share)]
        pairs = [
            (self.styled(label, style.LABEL, width=widths[0] - 4), self.styled(value, style.BODY, label))
            for label, value in rows
        ]
        pairs += [("", "")] * (-len(pairs) % columns)
        starts = range(0, len(pairs), columns)
        cells = [[cell for pair in pairs[start : start + columns] for cell in pair] for start in starts]
        heights = [None if all(value for _, value in rows[at : at + columns]) else style.LINE for at in starts]
        look = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.6, HexColor(style.HAIRLINE)),
            # small labels stand on the line of their values
            *(("TOPPADDING", (2 * column, 0), (2 * column, -1), 3) for column in range(columns)),
        ]
        self.add(table_block(cells, widths * columns, look, heights), Gap(2 * style.MM))

    def ticks(self, choices: Sequence[tuple[Text, bool]], columns: int = 2, *, single: bool = False) -> None:
        """Tick boxes in columns, read row by row; round boxes where only one answer is possible."""
        if choices:
            self.add(self.tick_table(choices, columns, style.WIDTH, single=single), Gap(1.5 * style.MM))

    def tick_table(
        self, choices: Sequence[tuple[Text, bool]], columns: int, width: float, *, single: bool, field: Text = ""
    ) -> Any:
        """The block of tick boxes itself, for a column of a given width in points, with so many columns or fewer."""
        labels = [self.say(text, field) for text, _ticked in choices]
        fitted = fitting.fitting_columns(labels, style.CHOSEN, columns, width, BESIDE + BETWEEN)
        room = width / fitted - BESIDE
        if any(fitting.widest_word(label, style.CHOSEN) > room - BETWEEN for label in labels):
            return self._broken_ticks(labels, choices, fitted, width, single=single)
        ticks = [tick(label, ticked, room - BETWEEN) for label, (_, ticked) in zip(labels, choices, strict=True)]
        return TickGrid(ticks, fitted, width, single=single)

    def _broken_ticks(
        self, labels: Sequence[str], choices: Sequence[tuple[Text, bool]], columns: int, width: float, *, single: bool
    ) -> Any:
        """The same for labels with a word that fits nowhere whole: a table of paragraphs, which can break words."""
        room, cells = width / columns - BESIDE, list[Any]()
        for label, (_text, ticked) in zip(labels, choices, strict=True):
            look = style.CHOSEN if ticked else style.CHOICE
            cells += [marks.TickBox(ticked=ticked, single=single), self.styled(label, look, width=room - BETWEEN)]
        cells += [""] * (-len(cells) % (2 * columns))
        rows = [cells[start : start + 2 * columns] for start in range(0, len(cells), 2 * columns)]
        apart = [("RIGHTPADDING", (at, 0), (at, -1), BETWEEN) for at in range(1, 2 * columns, 2)]
        return table_block(rows, [BESIDE, room] * columns, apart)

    def lines(self, count: int) -> None:
        """Empty lines for handwriting."""
        self.add(marks.WritingLines(count), Gap(2 * style.MM))

    def box(self, text: Text, lines: int = 2, field: Text = "") -> None:
        """A framed answer; when there is none, a frame with room for so many lines of handwriting."""
        self.add(self.answer(text, lines, style.WIDTH, field), Gap(2 * style.MM))

    def answer(self, text: Text, lines: int, width: float, field: Text = "") -> Any:
        """The framed answer itself, for a column of a given width in points."""
        if not text:
            return marks.EmptyBox(width, lines)
        rows: list[list[Any]] = [[piece] for piece in self.pieces(text, style.BODY, field)]
        frame = [
            ("BOX", (0, 0), (-1, -1), 0.8, HexColor(style.OUTLINE)),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
        ]
        return table_block(rows, [width], frame)

    def table(
        self,
        columns: Sequence[Text],
        rows: Sequence[Sequence[Text]],
        *,
        shares: Sequence[float] = (),
        empty_rows: int = 0,
        field: Text = "",
    ) -> None:
        """A table whose head repeats on every page; `shares` are the parts of the width, one a column."""
        from kzcase.paper.grids import grid

        made = grid(self, columns, rows, shares=shares, empty_rows=empty_rows, field=field)
        self.add(Kept([made], most=_SHORT_TABLE), Gap(3 * style.MM))

    def chart(self, chart: BarChart) -> None:
        """A bar chart over the whole width."""
        from kzcase.paper.charts import chart_drawing

        with self.together():
            self.heading(chart.title, chart.title)
            self.add(chart_drawing(chart, partial(self.say, field=chart.title), style.WIDTH))
            if chart.note:
                self.add(self.styled(chart.note, style.SMALL))
        self.space()

    def signatures(self, people: Sequence[tuple[Text, str]], *, with_last: bool = False) -> None:
        """A line to sign on for each role, with the name where it is known, never torn from its date; `with_last` they
        never stand alone on a page: nobody signs a sheet that says nothing."""
        last = self._taken_back() if with_last else []
        with self.together():
            self.add(*last)
            self.space(2 * style.MM)
            for role, name in people:
                self.add(self._signature(role, name), Gap(0.5 * style.MM))

    def _taken_back(self) -> list[Any]:
        """The last block and the gaps after it, to be added again with what follows."""
        blocks, at = self._blocks[-1], len(self._blocks[-1])
        while at and isinstance(blocks[at - 1], Spacer):
            at -= 1
        taken = blocks[max(at - 1, 0) :]
        del blocks[max(at - 1, 0) :]
        return taken

    def _signature(self, role: Text, name: str) -> Any:
        parts = (0.42, 0.03, 0.33, 0.03, 0.19)
        signer = self.styled(name, style.BODY, role)
        upper = [signer, "", "", "", ""]
        lower = [
            self.styled(role, style.SMALL),
            "",
            self.styled(_("signature"), style.SMALL),
            "",
            self.styled(_("date"), style.SMALL),
        ]
        rules = [("LINEABOVE", (column, 1), (column, 1), 0.8, HexColor(style.OUTLINE)) for column in (0, 2, 4)]
        low = ("VALIGN", (0, 0), (-1, 0), "BOTTOM")
        widths = [style.WIDTH * part for part in parts]
        named = signer.wrap(widths[0] - 4, style.PAGE_HEIGHT)[1] + 4  # with the room a cell keeps around its text
        return table_block([upper, lower], widths, [*rules, low], [max(style.LINE, named), None])

    # The finished paper

    def to_bytes(self, *, sparing: bool = False) -> bytes:
        """The finished PDF: the same rows give the same bytes.

        `sparing`: where the last page holds little, the blocks move together, if that saves the page; what begins on
        a page of its own is looked at by itself.
        """
        blocks = without_last_gaps([*self._blocks[0], *self._heads]) or [Spacer(0, 1)]
        if not sparing:
            return self._laid_out(blocks)[0]
        parts = [spared(part, self._laid_out) for part in parts_of(blocks)]
        if len(parts) == 1:
            return parts[0][1]
        return self._laid_out([block for part, _paper in parts for block in part])[0]

    def _laid_out(self, blocks: Sequence[Any]) -> tuple[bytes, int, float]:
        """The PDF, its pages, and how much of the last one is written on."""
        for block in blocks:  # what ReportLab noted on it while an earlier try was laid out
            block.__dict__.pop("_postponed", None)
        stream = io.BytesIO()
        frame = Frame(
            style.MARGIN, style.BOTTOM, style.WIDTH, style.HEIGHT,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        furniture = furniture_of(self.header, self.spoken, self._say_once, qr=self.qr, to_number=self.to_number)
        document = BaseDocTemplate(stream, pageTemplates=[PageTemplate(frames=[frame])], title=furniture.title)
        try:
            document.build(list(blocks), canvasmaker=partial(PaperCanvas, furniture=furniture))
        except LayoutError:
            raise TooLarge(limit="A4") from None  # ReportLab's own message quotes the text
        return unsigned(stream.getvalue()), document.page, (style.BOTTOM + style.HEIGHT - frame._y) / style.HEIGHT
