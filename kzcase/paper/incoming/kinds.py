"""What a file is, told by its first bytes and never by its name."""

from collections.abc import Callable
from typing import Final

from kzcase.paper.incoming.limits import JPEG, M4A, MP3, OGG, PDF, PNG, WAV, Refused

_WEBP: Final = "image/webp"
_MARKS: Final[tuple[tuple[str, Callable[[bytes], bool]], ...]] = (
    (JPEG, lambda head: head[:3] == b"\xff\xd8\xff"),
    (PNG, lambda head: head[:8] == b"\x89PNG\r\n\x1a\n"),
    (_WEBP, lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP"),
    (PDF, lambda head: b"%PDF-" in head[:1024]),
    (WAV, lambda head: head[:4] == b"RIFF" and head[8:12] == b"WAVE"),
    (OGG, lambda head: head[:4] == b"OggS"),
    (M4A, lambda head: head[4:8] == b"ftyp" and head[8:11] in (b"M4A", b"mp4", b"iso", b"3gp", b"M4B")),
    (
        MP3,
        lambda head: head[:3] == b"ID3" or (head[:1] == b"\xff" and head[1:2] in (b"\xfb", b"\xf3", b"\xf2", b"\xfa")),
    ),
)


def kind_of(content: bytes) -> str:
    """Its media type; Refused("kind") for all that is neither picture, PDF nor recording."""
    found = next((kind for kind, fits in _MARKS if fits(content[:1024])), None)
    if found is None:
        raise Refused("kind")
    return found
