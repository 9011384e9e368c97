"""How much of a file that somebody else made is looked at, and the words for what is refused."""

from typing import Final

FROZEN_FLAG: Final = "--look-at-a-file"
"""How the packaged program is asked to be the child."""
MAX_FILE: Final = 64 << 20
"""Bytes; a larger file is not read at all."""
MAX_PIXELS: Final = 25_000_000
"""Of a picture. A phone makes twelve to twenty-four million, a scanner eight of a page; decoded they are 100 MB."""
MAX_DRAWN: Final = 9_000_000
"""Of a page of a PDF: an A3 sheet has eight million; a larger page comes coarser."""
MAX_PAGES: Final = 100
MOST_CODES: Final = 200
MOST_SIGNS: Final = 200
"""Of one code; what says more is none of ours."""
PAGE_DPI: Final = 200
PICTURE_QUALITY: Final = 90
MEMORY: Final = 1 << 30
"""Bytes of address space the child may take on top of what it has when it is ready."""
MEMORY_AT_FIRST: Final = 120 << 20
"""As long as nothing is decoded. What is no good costs no more."""
MEMORY_FOR_PICTURES: Final = 60 << 20
"""More for a page of a PDF with large pictures in it."""
SECONDS: Final = 40
"""Of processor time and, doubled, on the clock."""
SECONDS_TO_DECODE: Final = 0.6
"""Of processor time for one picture, or for finding the pages of a PDF. Honest ones take a quarter of it."""
SECONDS_A_PAGE: Final = 0.6
"""Of processor time for one page of a PDF. A page of an office program takes a tenth of it."""
SECONDS_A_MILLION: Final = 0.03
"""More for each million pixels of the pictures on it, ten million at most."""

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
MP3, WAV, M4A, OGG = "audio/mpeg", "audio/wav", "audio/mp4", "audio/ogg"
PICTURES: Final = frozenset({JPEG, PNG})
RECORDINGS: Final = frozenset({MP3, WAV, M4A, OGG})


class Refused(Exception):
    """The file is not taken; `code` says why: `kind`, `damaged`, `pixels`, `pages`, `locked`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
