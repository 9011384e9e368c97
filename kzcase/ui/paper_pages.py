"""Pages of a PDF as pictures, made on a thread of their own; nothing of a paper is ever written to disk here."""

import threading
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtGui import QImage

from kzcase.domain.errors import BadInput

MOST_PAGES: Final = 2_000
MOST_PIXELS: Final = 40_000_000
POINTS_PER_INCH: Final = 72
_ONE_AT_A_TIME: Final = threading.Lock()
"""PDFium may be used by one thread at a time in the whole program."""


@dataclass(frozen=True, slots=True)
class PaperSize:
    """One page's size in points."""

    width: float
    height: float


def sizes(pdf: bytes) -> tuple[PaperSize, ...]:
    """The sizes of all pages. Raises BadInput where this is no PDF or has too many pages."""
    with _ONE_AT_A_TIME:
        document = _open(pdf)
        try:
            if not 1 <= len(document) <= MOST_PAGES:
                raise BadInput("pdf")
            return tuple(PaperSize(*document.get_page_size(number)) for number in range(len(document)))
        finally:
            document.close()


def picture(pdf: bytes, number: int, scale: float) -> QImage:
    """One page (from 0) at `scale` pixels a point; the image owns its memory."""
    with _ONE_AT_A_TIME:
        document = _open(pdf)
        try:
            page = document[number]
            scale = min(scale, (MOST_PIXELS / max(page.get_width() * page.get_height(), 1)) ** 0.5)
            bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            image = QImage(
                bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
            ).copy()
            bitmap.close()
            page.close()
            return image
        finally:
            document.close()


def _open(pdf: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise BadInput("pdf") from error
