"""How much of a file that somebody else made is looked at, and the words for what is refused."""

from typing import Final

FROZEN_FLAG: Final = "--look-at-a-file"
"""How the packaged program is asked to be the child."""
MAX_FILE: Final = 64 << 20
"""Bytes; a larger file is not read at all."""
MAX_PIXELS: Final = 40_000_000
MAX_PAGES: Final = 100
MOST_CODES: Final = 200
MOST_SIGNS: Final = 200
"""Of one code; what says more is none of ours."""
PAGE_DPI: Final = 200
PICTURE_QUALITY: Final = 90
MEMORY: Final = 1 << 30
"""Bytes of address space the child may take on top of what it has when it is ready."""
SECONDS: Final = 60
"""Of processor time and, doubled, on the clock."""

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
MP3, WAV, M4A, OGG = "audio/mpeg", "audio/wav", "audio/mp4", "audio/ogg"
PICTURES: Final = frozenset({JPEG, PNG})
RECORDINGS: Final = frozenset({MP3, WAV, M4A, OGG})


class Refused(Exception):
    """The file is not taken; `code` says why: `kind`, `damaged`, `pixels`, `pages`, `locked`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
