"""Pictures and PDF pages made anew from their pixels alone: no place, no date, no author, no program survives."""

import io
import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

import pypdfium2
from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

from kzcase.paper.incoming import allowance
from kzcase.paper.incoming.limits import (
    JPEG,
    MAX_DRAWN,
    MAX_PAGES,
    MAX_PIXELS,
    MEMORY_FOR_PICTURES,
    PAGE_DPI,
    PDF,
    PICTURE_QUALITY,
    PNG,
    SECONDS,
    SECONDS_A_MILLION,
    SECONDS_A_PAGE,
    SECONDS_TO_DECODE,
    Refused,
)

_POINTS: Final = 72
_READ: Final = ("JPEG", "PNG", "WEBP")
"""Formats whose decoders are used; a file of any other kind is never handed to one."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom as shares (0..1) of the page."""

Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def clean_picture(untrusted: bytes) -> tuple[str, bytes]:
    """(media type, bytes) of the same picture made anew, turned as the camera was held."""
    with _opened(untrusted) as source:
        lossless = source.format == "PNG"
        _turn(source)
        picture = _plain(source)
    return (PNG, _encoded(picture, PNG)) if lossless else (JPEG, _encoded(picture, JPEG))


def clean_pdf(untrusted: bytes) -> tuple[bytes, int]:
    """(bytes, pages) of a PDF that holds nothing but pictures of the pages."""
    with _Document(untrusted) as document:
        return _pdf_of(document.pictures()), len(document)


def look(content: bytes, media_type: str, page: int, width: int) -> tuple[int, int, bytes]:
    """(width, height, RGB rows) of one page, at most `width` pixels wide."""
    if media_type == PDF:
        with _Document(content) as document:
            picture = document.picture(page, width)
    else:
        with _opened(content) as source:
            picture = _plain(source).convert("RGB")
            picture.thumbnail((width, width * 4))
    return picture.width, picture.height, picture.tobytes()


def pages_of(content: bytes, media_type: str) -> Iterator[Image.Image]:
    """Each page as a grey picture, one after the other."""
    if media_type == PDF:
        with _Document(content) as document:
            yield from (page.convert("L") for page in document.pictures())
    else:
        with _opened(content) as source:
            yield _plain(source).convert("L")


def cover(content: bytes, media_type: str, boxes: Mapping[int, Sequence[Box]]) -> bytes:
    """The same file with these boxes painted black, page by page; what was under them is not in it any more."""
    if media_type == PDF:
        with _Document(content) as document:
            return _pdf_of(_painted(each, boxes.get(n, ())) for n, each in enumerate(document.pictures()))
    with _opened(content) as source:
        return _encoded(_painted(_plain(source), boxes.get(0, ())), media_type)


def _opened(untrusted: bytes) -> Image.Image:
    """A picture whose size is known to be bearable before any of it is decoded."""
    try:
        source = Image.open(io.BytesIO(untrusted), formats=_READ)
    except Image.DecompressionBombError as error:
        raise Refused("pixels") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise Refused("damaged") from error
    if source.width * source.height > MAX_PIXELS:
        raise Refused("pixels")
    _decode(source)
    return source


def _decode(source: Image.Image) -> None:
    """A damaged picture shows here, before much memory and time is given to it."""
    allowance.seconds(SECONDS_TO_DECODE)
    try:
        source.load()
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Refused("damaged") from error
    except MemoryError as error:
        raise Refused("pixels") from error
    allowance.seconds(SECONDS)
    allowance.all_memory()


def _plain(source: Image.Image) -> Image.Image:
    """Pixels only."""
    try:
        if _has_holes(source):  # on white, as it would be printed: what lay under the holes is nobody's business
            clear = source.convert("RGBA")
            return Image.alpha_composite(Image.new("RGBA", clear.size, "white"), clear).convert("RGB")
        mode = "L" if source.mode in ("1", "L", "I;16") else "RGB"
        pixels = source if source.mode == mode else source.convert(mode)
        pixels.load()
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise Refused("damaged") from error
    pixels.info.clear()  # what an encoder would take over: profiles, comments, times
    return pixels


def _turn(source: Image.Image) -> None:
    try:
        ImageOps.exif_transpose(source, in_place=True)
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, struct.error) as error:
        raise Refused("damaged") from error


def _has_holes(source: Image.Image) -> bool:
    return source.mode in ("RGBA", "LA", "PA") or "transparency" in source.info


def _encoded(picture: Image.Image, media_type: str) -> bytes:
    out = io.BytesIO()
    if media_type == PNG:
        picture.save(out, "PNG", optimize=False)
    else:
        picture.save(out, "JPEG", quality=PICTURE_QUALITY)
    return out.getvalue()


def _painted(picture: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    pen = ImageDraw.Draw(picture)
    for left, top, right, bottom in boxes:
        corners = (left * picture.width, top * picture.height, right * picture.width, bottom * picture.height)
        pen.rectangle(corners, fill=0 if picture.mode == "L" else (0, 0, 0))
    return picture


_MOST_PICTURES: Final = 200
_PAGE_BYTES: Final = 4 << 20
"""A page as a JPEG, in the document that is made and once more when it is written down."""


class _Document:
    """A PDF that somebody else made."""

    def __init__(self, untrusted: bytes) -> None:
        self._drawn = 0
        allowance.seconds(SECONDS_TO_DECODE)
        try:
            self._pdf = pypdfium2.PdfDocument(untrusted)
        except pypdfium2.PdfiumError as error:
            raise Refused("locked" if "password" in str(error).lower() else "damaged") from error
        if not 1 <= len(self._pdf) <= MAX_PAGES:
            raise Refused("pages" if len(self._pdf) else "damaged")

    def __enter__(self) -> "_Document":
        self._pdf.init_forms()
        return self

    def __exit__(self, *_: object) -> None:
        self._pdf.close()

    def __len__(self) -> int:
        return len(self._pdf)

    def pictures(self) -> Iterator[Image.Image]:
        """Every page as it would be printed."""
        for number in range(len(self._pdf)):
            yield self.picture(number)

    def picture(self, number: int, width: int | None = None) -> Image.Image:
        """One page; at `PAGE_DPI`, or as many pixels wide as asked."""
        allowance.seconds(SECONDS_A_PAGE)
        try:
            page = self._pdf[number]
            self._allow(page)
            points = max(page.get_width() * page.get_height(), 1.0)
            scale = width / max(page.get_width(), 1.0) if width else PAGE_DPI / _POINTS
            bitmap = page.render(scale=min(scale, (MAX_DRAWN / points) ** 0.5), may_draw_forms=True)
            picture: Image.Image = bitmap.to_pil()
            return picture if picture.mode == "RGB" else picture.convert("RGB")
        except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError) as error:
            raise Refused("damaged") from error

    def _allow(self, page: Any) -> None:
        """Time and memory by the pixels of the pictures on it."""
        millions = 0.0
        for each in islice(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), _MOST_PICTURES):
            width, height = each.get_px_size()
            millions += width * height / 1e6
        self._drawn += 1
        allowance.seconds(SECONDS_A_PAGE + SECONDS_A_MILLION * min(millions, 10))
        allowance.more_memory(self._drawn * _PAGE_BYTES + min(int(millions * 12e6), MEMORY_FOR_PICTURES))


_MADE_ON: Final = re.compile(rb"(<</CreationDate\(D:)\d{14}\+\d\d'\d\d'(\)/Creator\(PDFium\)>>)")
_NAMED: Final = re.compile(rb"/ID\[<[0-9A-F]{32}><[0-9A-F]{32}>\](>>\s+startxref)")


def _pdf_of(pictures: Iterable[Image.Image]) -> bytes:
    """A PDF with one picture a page, each as a JPEG, and not a word more."""
    made: Any = pypdfium2.PdfDocument.new()
    for picture in pictures:
        width, height = (side * _POINTS / PAGE_DPI for side in picture.size)
        page = made.new_page(width, height)
        image = pypdfium2.PdfImage.new(made)
        image.load_jpeg(io.BytesIO(_encoded(picture, JPEG)), inline=True)
        image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page.insert_obj(image)
        page.gen_content()
        page.close()
    allowance.seconds(SECONDS)
    allowance.all_memory()
    out = io.BytesIO()
    made.save(out)
    made.close()
    return _timeless(out.getvalue())


def _timeless(made: bytes) -> bytes:
    """The same pages give the same bytes, whenever they are made: a scan that comes twice is known again."""
    made = _MADE_ON.sub(b"\\g<1>20000101000000+00'00'\\2", made, count=1)
    return _NAMED.sub(lambda found: b"/ID[<" + b"0" * 32 + b"><" + b"0" * 32 + b">]" + found[1], made, count=1)
