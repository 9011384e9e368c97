"""QR codes on scans and photos: read in the child process, from the picture made anew."""

from collections.abc import Iterator
from typing import Any, Final

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from kzcase.paper.incoming.limits import MOST_CODES, MOST_SIGNS, RECORDINGS
from kzcase.paper.incoming.pictures import pages_of

_QR: Final[Any] = zxingcpp.BarcodeFormat.QRCode
_THOROUGH: Final = 10  # pages; of a longer file the others are looked at once, or it would take minutes
_SMALL: Final = 2_200  # pixels on the longer side; a smaller picture is looked at enlarged, too
_LARGE: Final = 3_200  # a larger one is looked at made smaller, too: its noise goes away


def codes_in(content: bytes, media_type: str) -> list[str]:
    """The texts of all QR codes, each once. A recording has none."""
    if media_type in RECORDINGS:
        return []
    found: dict[str, None] = {}
    for number, page in enumerate(pages_of(content, media_type)):
        found.update(dict.fromkeys(_codes_on(page, thorough=number < _THOROUGH)))
        if len(found) >= MOST_CODES:
            break
    return list(found)[:MOST_CODES]


def _codes_on(page: Image.Image, *, thorough: bool) -> list[str]:
    """What the first look that sees anything sees; the codec's own checks let no wrong sign through."""
    for look in _looks(page) if thorough else (page,):
        found = zxingcpp.read_barcodes(look, formats=_QR)
        texts = [code.text for code in found if code.valid and 0 < len(code.text) <= MOST_SIGNS]
        if texts:
            return texts
    return []


def _looks(page: Image.Image) -> Iterator[Image.Image]:
    """The page as it is, then clearer, then in another size."""
    yield page
    even = ImageOps.autocontrast(page, cutoff=2)
    yield even
    side = max(page.size)
    if side < _SMALL:
        yield even.resize((page.width * 2, page.height * 2), Image.Resampling.BICUBIC)
    if side > _LARGE:
        yield even.resize((page.width // 2, page.height // 2), Image.Resampling.BOX)
    yield even.filter(ImageFilter.MedianFilter(3))
    yield even.filter(ImageFilter.GaussianBlur(1.5))
