"""What every page carries around its text: letterhead, page x of y, code, version, date, demonstration."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from reportlab.lib.colors import HexColor
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString
from reportlab.pdfgen.canvas import Canvas

from kzcase.domain.papers import SheetHeader, SlipCode
from kzcase.domain.printings import in_groups
from kzcase.i18n import _
from kzcase.paper import fonts, marks, style
from kzcase.paper.discreet import plain_title

_MARK: Final = 6  # signs of a fingerprint: enough to tell one office's versions apart
DEMONSTRATION: Final = _("DEMONSTRATION · invented people and events")
TO_WRITE: Final = "…" * 14  # a dotted line for a number that is written by hand
_NUMBER_LINE: Final = _("No. {number}", number=TO_WRITE)
ONE_PERSON: Final = _("One-person organisation")
LOCALES: Final = {
    **{"kk": "kk-KZ", "ru": "ru-KZ", "en": "en-GB"},
    **{"uz": "uz-Latn-UZ", "uz-Cyrl": "uz-Cyrl-UZ", "ky": "ky-KG", "tg": "tg-TJ"},
}
_REMARKS: Final = (
    b"ReportLab Generated PDF document (opensource)",
    b"ReportLab generated PDF document -- digest (opensource)",
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """The finished texts around a page; `page_of` and `qr_of` make those that depend on the page."""

    letterhead: str
    contact: str
    number: str
    footer: str
    banner: str
    title: str
    locale: str
    page_of: Callable[[int, int], str]
    qr_of: Callable[[int], str] | None


def furniture_of(
    header: SheetHeader, spoken: str, say: Callable[..., str], *, qr: bool, to_number: bool = False
) -> Furniture:
    """What the head of a paper says on its pages; `say` is the checked door of its sheet. `to_number`: there is a line
    to write the number on.

    A discreet paper has neither letterhead nor number nor code, version or date: nothing leads from it to the office.
    """
    office = header.organisation
    contact = "   ".join(part for part in (office.address, office.phone, office.email) if part)
    footer = _(
        "{code} · version {version} · {date}", code=header.code, version=_edition(header), date=header.printed_on
    )
    identity, known = header.identity or header.version, header.printing or header.number
    printing = f" · {in_groups(header.printing)}" if header.printing and not header.discreet else ""
    return Furniture(
        letterhead="" if header.discreet else say(office.name, _("Organisation")),
        contact="" if header.discreet else _reached(header, say(contact, _("Organisation")), say),
        number="" if header.discreet else say(_NUMBER_LINE if to_number else header.number, _("Number")),
        footer="" if header.discreet else say(footer) + printing,
        banner=" · ".join(
            say(words) for words in (header.mark, DEMONSTRATION if header.demonstration else None) if words
        ),
        title=say(plain_title(spoken) if header.discreet else header.code),
        locale=LOCALES.get(spoken, "und"),
        page_of=lambda page, pages: say(_("page {page} of {pages}", page=page, pages=pages)),
        qr_of=(lambda page: SlipCode(header.code, identity, known, page).text())
        if qr and not header.discreet
        else None,
    )


def _reached(header: SheetHeader, contact: str, say: Callable[..., str]) -> str:
    """How the office is reached, and that one person works there alone: partners know what to expect then."""
    return "   ".join(filter(None, (contact, say(ONE_PERSON) if header.alone else "")))


def _edition(header: SheetHeader) -> str:
    """The version as people call it, and enough of its fingerprint to tell two apart: `2026.1 (1d352a)`."""
    mark = header.identity[:_MARK].lower()
    named = header.version if not fonts.missing(header.version) else ""
    return f"{named} ({mark})" if named and mark else named or mark


class NoTraces(PDFInfo):  # type: ignore[misc] # ReportLab carries no types
    """Document properties without author, program or time: only a neutral title."""

    def format(self, document: Any) -> Any:
        """The properties as they stand in the file."""
        return PDFDictionary({"Title": PDFString(self.title)}).format(document)


class PlainCanvas(Canvas):  # type: ignore[misc] # ReportLab carries no types
    """An empty A4 page in our fonts, whose file tells nothing but a neutral title."""

    def __init__(self, stream: Any, title: str, locale: str, **options: Any) -> None:
        fonts.register()
        super().__init__(
            stream,
            pagesize=(style.PAGE_WIDTH, style.PAGE_HEIGHT),
            initialFontName=fonts.FAMILY,
            invariant=1,
            pageCompression=1,
            lang=locale,
            **{name: value for name, value in options.items() if name == "pdfVersion"},
        )
        self._doc.info = NoTraces()
        self._doc.info.title = title


class PaperCanvas(PlainCanvas):
    """A canvas that finishes its pages last, when their number is known."""

    def __init__(self, stream: Any, furniture: Furniture, **options: Any) -> None:
        super().__init__(stream, furniture.title, furniture.locale, **options)
        self._furniture = furniture
        self._finished: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802
        """Put the page aside until the last one is written."""
        self._finished.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Give every page its furniture and write the file."""
        pages = len(self._finished)
        for number, page in enumerate(self._finished, start=1):
            self.__dict__.update(page)
            draw_furniture(self, self._furniture, number, pages)
            super().showPage()
        super().save()


def unsigned(paper: bytes) -> bytes:
    """The same file without ReportLab's two remarks about itself; blanks keep every offset where it was."""
    for remark in _REMARKS:
        paper = paper.replace(remark, b" " * len(remark))
    return paper


def draw_furniture(canvas: Any, furniture: Furniture, page: int, pages: int) -> None:
    """Letterhead, footer, QR code and banner of one page."""
    canvas.saveState()
    _letterhead(canvas, furniture, page)
    _footer(canvas, furniture, furniture.page_of(page, pages))
    if furniture.banner:
        draw_banner(canvas, furniture.banner)
    canvas.restoreState()


def _letterhead(canvas: Any, furniture: Furniture, page: int) -> None:
    left, right = style.MARGIN, style.PAGE_WIDTH - style.MARGIN
    top = style.PAGE_HEIGHT - 18 * style.MM
    if furniture.qr_of:
        size = 17 * style.MM
        marks.draw_qr(canvas, furniture.qr_of(page), right - size + 3, top - 7.9 * style.MM, size)
        right -= size
    _write(
        canvas,
        fonts.BOLD,
        11,
        style.INK,
        left,
        top,
        _fitted(furniture.letterhead, fonts.BOLD, 11, 118 * style.MM),
    )
    _write(
        canvas,
        fonts.FAMILY,
        7.5,
        style.MUTED,
        left,
        top - 12,
        _fitted(furniture.contact, fonts.FAMILY, 7.5, 118 * style.MM),
    )
    _write(canvas, fonts.BOLD, 9, style.INK, right, top, furniture.number, to_right=True)
    canvas.setStrokeColor(HexColor(style.ACCENT))
    canvas.setLineWidth(1.2)
    canvas.line(left, top - 8.5 * style.MM, style.PAGE_WIDTH - style.MARGIN, top - 8.5 * style.MM)


def _footer(canvas: Any, furniture: Furniture, page_of: str) -> None:
    y = 10 * style.MM
    canvas.setStrokeColor(HexColor(style.HAIRLINE))
    canvas.setLineWidth(0.6)
    canvas.line(style.MARGIN, y + 10, style.PAGE_WIDTH - style.MARGIN, y + 10)
    _write(canvas, fonts.FAMILY, 7.5, style.MUTED, style.MARGIN, y, furniture.footer)
    _write(canvas, fonts.FAMILY, 7.5, style.MUTED, style.PAGE_WIDTH - style.MARGIN, y, page_of, to_right=True)


def draw_banner(canvas: Any, text: str) -> None:
    """What stands above all that is invented, a draft, or not to be given away."""
    y, height = style.PAGE_HEIGHT - 8.5 * style.MM, 4.5 * style.MM
    canvas.setFillColor(HexColor(style.WARNING_PALE))
    canvas.setStrokeColor(HexColor(style.WARNING))
    canvas.setLineWidth(0.6)
    canvas.rect(style.MARGIN, y, style.WIDTH, height, stroke=1, fill=1)
    canvas.setFillColor(HexColor(style.WARNING))
    canvas.setFont(fonts.BOLD, _size_within(text, fonts.BOLD, 8, style.WIDTH - 2 * style.MM))
    canvas.drawCentredString(style.PAGE_WIDTH / 2, y + 3.6, text)


def _size_within(text: str, font: str, size: float, width: float) -> float:
    """The size at which the whole text stands within a width: a warning is never cut."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(min(size, size * width / max(stringWidth(text, font, size), 1)))


def draw_aside(canvas: Any, x: float, y: float, text: str) -> None:
    """A small line beside what the page is for."""
    _write(canvas, style.SMALL.font, style.SMALL.size, style.MUTED, x, y, text)


def _write(
    canvas: Any, font: str, size: float, colour: str, x: float, y: float, text: str, *, to_right: bool = False
) -> None:
    canvas.setFont(font, size)
    canvas.setFillColor(HexColor(colour))
    (canvas.drawRightString if to_right else canvas.drawString)(x, y, text)


def _fitted(text: str, font: str, size: float, width: float) -> str:
    """The text, shortened with … where it would run into its neighbour."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    if stringWidth(text, font, size) <= width:
        return text
    kept = text
    while kept and stringWidth(kept + "…", font, size) > width:
        kept = kept[:-1]
    return kept.rstrip() + "…"
