"""An A4 sheet built block by block: the one door through which every word goes to paper, letters checked."""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageTemplate, Paragraph, Spacer
from reportlab.platypus.doctemplate import LayoutError

from kzcase.domain.charts import BarChart
from kzcase.domain.errors import TooLarge
from kzcase.domain.papers import SheetHeader, SlipCode, Text
from kzcase.i18n import Language, Words, _, render
from kzcase.paper import fonts, marks, style
from kzcase.paper.blocks import cut, kept_gap, table_block
from kzcase.paper.pages import LOCALES, Furniture, PaperCanvas, unsigned
from kzcase.paper.style import Look
from kzcase.paper.syllables import with_breaks

MOST_SIGNS: Final = 1_000_000  # in one text


class Sheet:
    """One paper in one language. Add blocks from top to bottom, then take the bytes."""

    def __init__(self, header: SheetHeader, language: Language, *, qr: bool = False) -> None:
        fonts.register()
        self.header, self.language, self.qr = header, language, qr
        self._blocks: list[list[Any]] = [[]]

    def say(self, text: Text, place: str = "") -> str:
        """The words as they will stand on paper; raises CannotPrint if the font lacks a letter."""
        said = fonts.composed(render(text, self.language) if isinstance(text, Words) else text)
        if len(said) > MOST_SIGNS:
            raise TooLarge(place, limit="1 MB")
        fonts.check_text(said, place)
        return said

    def styled(self, text: Text, look: Look, place: str = "") -> Any:
        """A paragraph; what people typed is never read as markup."""
        said = self.say(text, place)
        shown = with_breaks(said) if look.breaks_words else said
        return Paragraph(escape(shown).replace("\n", "<br/>"), style.paragraph_style(look))

    def add(self, *blocks: Any) -> None:
        """Put finished blocks under what is there."""
        self._blocks[-1].extend(blocks)

    def space(self, height: float = style.GAP) -> None:
        """Leave a gap, in points."""
        self.add(Spacer(0, height))

    def title(self, text: Text, lead: Text = "") -> None:
        """The name of the paper and, under it, a sentence about it."""
        self.add(self.styled(text, style.TITLE))
        if lead:
            self.add(Spacer(0, 1 * style.MM), self.styled(lead, style.LEAD))
        self.space(5 * style.MM)

    def heading(self, text: Text) -> None:
        """The head of a part."""
        self.add(Spacer(0, 2 * style.MM), self.styled(text, style.HEADING), kept_gap(1.5 * style.MM))

    def paragraph(self, text: Text, look: Look = style.BODY, place: str = "") -> None:
        """Running text of any length."""
        self.add(*self.pieces(text, look, place), Spacer(0, 2 * style.MM))

    def bullets(self, texts: Sequence[Text]) -> None:
        """Short points under each other."""
        rows = [[self.styled("•", style.BODY), self.styled(text, style.BODY)] for text in texts]
        self.add(table_block(rows, [4 * style.MM, style.WIDTH - 4 * style.MM]), Spacer(0, 2 * style.MM))

    def fields(self, rows: Sequence[tuple[Text, Text]], *, columns: int = 1) -> None:
        """Labels and values, one or two pairs a row; a value that is empty leaves room for handwriting."""
        if not rows:
            return
        pairs = [(self.styled(label, style.LABEL), self.styled(value, style.BODY)) for label, value in rows]
        pairs += [("", "")] * (-len(pairs) % columns)
        starts = range(0, len(pairs), columns)
        cells = [[cell for pair in pairs[start : start + columns] for cell in pair] for start in starts]
        filled = [all(value for _label, value in rows[start : start + columns]) for start in starts]
        width, label_share = style.WIDTH / columns, 0.3 if columns == 1 else 0.36
        look = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.6, HexColor(style.HAIRLINE)),
            # small labels stand on the line of their values
            *(("TOPPADDING", (2 * column, 0), (2 * column, -1), 3) for column in range(columns)),
        ]
        heights = [None if full else style.LINE for full in filled]
        self.add(
            table_block(cells, [width * label_share, width * (1 - label_share)] * columns, look, heights),
            Spacer(0, 2 * style.MM),
        )

    def ticks(self, choices: Sequence[tuple[Text, bool]], columns: int = 2, *, single: bool = False) -> None:
        """Tick boxes in columns, read row by row; round boxes where only one answer is possible."""
        if choices:
            self.add(self.tick_table(choices, columns, style.WIDTH, single=single), Spacer(0, 1.5 * style.MM))

    def tick_table(self, choices: Sequence[tuple[Text, bool]], columns: int, width: float, *, single: bool) -> Any:
        """The block of tick boxes itself, for a column of a given width in points."""
        box = marks.BOX + 5
        cells = [cell for text, ticked in choices for cell in self._tick(text, ticked, single)]
        cells += [""] * (-len(cells) % (2 * columns))
        rows = [cells[start : start + 2 * columns] for start in range(0, len(cells), 2 * columns)]
        return table_block(rows, [box, width / columns - box] * columns)

    def _tick(self, text: Text, ticked: bool, single: bool) -> tuple[Any, Any]:
        look = style.CHOSEN if ticked else style.CHOICE
        return marks.TickBox(ticked=ticked, single=single), self.styled(text, look)

    def lines(self, count: int) -> None:
        """Empty lines for handwriting."""
        self.add(marks.WritingLines(count), Spacer(0, 2 * style.MM))

    def box(self, text: Text, lines: int = 2, place: str = "") -> None:
        """A framed answer; when there is none, a frame with room for so many lines of handwriting."""
        self.add(self.answer(text, lines, style.WIDTH, place), Spacer(0, 2 * style.MM))

    def answer(self, text: Text, lines: int, width: float, place: str = "") -> Any:
        """The framed answer itself, for a column of a given width in points."""
        rows: list[list[Any]] = [[piece] for piece in self.pieces(text, style.BODY, place)] if text else [[""]]
        heights = None if text else [max(lines, 1) * style.LINE]
        frame = [
            ("BOX", (0, 0), (-1, -1), 0.8, HexColor(style.OUTLINE)),
            ("LEFTPADDING", (0, 0), (-1, -1), 5),
            ("TOPPADDING", (0, 0), (-1, -1), 3),
        ]
        return table_block(rows, [width], frame, heights)

    def table(
        self,
        columns: Sequence[Text],
        rows: Sequence[Sequence[Text]],
        *,
        shares: Sequence[float] = (),
        empty_rows: int = 0,
    ) -> None:
        """A table whose head repeats on every page; `shares` are the parts of the width, one a column."""
        self.add(self.grid(columns, rows, shares=shares, empty_rows=empty_rows), Spacer(0, 3 * style.MM))

    def grid(
        self,
        columns: Sequence[Text],
        rows: Sequence[Sequence[Text]],
        *,
        shares: Sequence[float],
        empty_rows: int = 0,
    ) -> Any:
        """The table itself."""
        head = [self.styled(column, style.COLUMN) for column in columns]
        cells = [[self.styled(cell, style.CELL) for cell in row] for row in rows]
        cells += [[""] * len(columns) for _row in range(empty_rows)]
        parts = list(shares) or [1.0] * len(columns)
        widths = [style.WIDTH * part / sum(parts) for part in parts]
        heights = [None] * (1 + len(rows)) + [style.LINE] * empty_rows
        look = [
            ("BACKGROUND", (0, 0), (-1, 0), HexColor(style.PALE)),
            ("LINEBELOW", (0, 0), (-1, -1), 0.6, HexColor(style.HAIRLINE)),
            ("LINEABOVE", (0, 0), (-1, 0), 0.9, HexColor(style.OUTLINE)),
            ("LEFTPADDING", (0, 0), (-1, -1), 4),
            *([("INNERGRID", (0, 1), (-1, -1), 0.6, HexColor(style.HAIRLINE))] if empty_rows else []),
        ]
        return table_block([head, *cells], widths, look, heights, repeat=1)

    def chart(self, chart: BarChart) -> None:
        """A bar chart over the whole width."""
        from kzcase.paper.charts import chart_drawing

        with self.together():
            self.heading(chart.title)
            self.add(chart_drawing(chart, self.say, style.WIDTH))
            if chart.note:
                self.add(self.styled(chart.note, style.SMALL))
        self.space()

    def signatures(self, people: Sequence[tuple[Text, str]]) -> None:
        """A line to sign on for each role, with the name where it is known, never torn from its date."""
        with self.together():
            self.space(3 * style.MM)
            for role, name in people:
                self.add(self._signature(role, name), Spacer(0, 1.5 * style.MM))

    def _signature(self, role: Text, name: str) -> Any:
        parts = (0.42, 0.03, 0.33, 0.03, 0.19)
        upper = [self.styled(name, style.BODY), "", "", "", ""]
        lower = [
            self.styled(role, style.SMALL),
            "",
            self.styled(_("signature"), style.SMALL),
            "",
            self.styled(_("date"), style.SMALL),
        ]
        rules = [("LINEABOVE", (column, 1), (column, 1), 0.8, HexColor(style.OUTLINE)) for column in (0, 2, 4)]
        low = ("VALIGN", (0, 0), (-1, 0), "BOTTOM")
        return table_block([upper, lower], [style.WIDTH * part for part in parts], [*rules, low], [style.LINE, None])

    @contextmanager
    def together(self) -> Iterator[None]:
        """Blocks added inside stay on one page if they fit on one."""
        self._blocks.append([])
        yield
        inner = self._blocks.pop()
        self.add(*([KeepTogether(inner)] if len(self._blocks) == 1 else inner))  # blocks inside blocks are together

    @contextmanager
    def at_bottom(self) -> Iterator[None]:
        """Blocks added inside stand at the foot of the page."""
        self._blocks.append([])
        yield
        inner = self._blocks.pop()
        self.add(marks.AtBottom(inner))

    def to_bytes(self) -> bytes:
        """The finished PDF: the same rows give the same bytes."""
        stream = io.BytesIO()
        frame = Frame(
            style.MARGIN, style.BOTTOM, style.WIDTH, style.HEIGHT,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        furniture = self._furniture()
        document = BaseDocTemplate(stream, pageTemplates=[PageTemplate(frames=[frame])], title=furniture.title)
        try:
            blocks = _without_last_gaps(self._blocks[0]) or [Spacer(0, 1)]
            document.build(blocks, canvasmaker=partial(PaperCanvas, furniture=furniture))
        except LayoutError:
            raise TooLarge("paper", limit="A4") from None  # ReportLab's own message quotes the text
        return unsigned(stream.getvalue())

    def _furniture(self) -> Furniture:
        header, office = self.header, self.header.organisation
        contact = "   ".join(part for part in (office.address, office.phone, office.email) if part)
        footer = _(
            "{code} · version {version} · {date}",
            code=header.code,
            version=header.version,
            date=header.printed_on,
        )
        return Furniture(
            letterhead="" if header.discreet else self.say(office.name, "organisation"),
            contact="" if header.discreet else self.say(contact, "organisation"),
            number=self.say(header.number, "number"),
            footer=self.say(footer, "footer"),
            banner=self.say(_("DEMONSTRATION · invented people and events")) if header.demonstration else "",
            title=self.say(header.code),
            locale=LOCALES[self.language],
            page_of=lambda page, pages: self.say(_("page {page} of {pages}", page=page, pages=pages)),
            qr_of=self._qr_text if self.qr else None,
        )

    def _qr_text(self, page: int) -> str:
        return SlipCode(self.header.code, self.header.version, self.header.number, page).text()

    def pieces(self, text: Text, look: Look = style.BODY, place: str = "") -> list[Any]:
        """A text of any length as paragraphs that lay out in linear time."""
        said = self.say(text, place)
        return [self.styled(piece, look) for piece in cut(said)]


def _without_last_gaps(blocks: list[Any]) -> list[Any]:
    """A gap after the last line must not open a page of its own."""
    last = len(blocks)
    while last and isinstance(blocks[last - 1], Spacer):
        last -= 1
    return blocks[:last]
