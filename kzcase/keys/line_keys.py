"""The line's key pair: a call written down while the casebook is locked is closed to it, and opens later."""

from typing import Final

from kzcase.domain.errors import NotSealedForYou
from kzcase.keys.identity import OpeningKey, bind, seal_to
from kzcase.keys.sealed_notes import OpenSealed
from kzcase.keys.secret import Secret

_COPY: Final = b"kzcase line key 1"
_SHEET: Final = b"kzcase call sheet 1"


def fresh_line_key() -> OpeningKey:
    """A new pair."""
    return OpeningKey(Secret.fresh())


def line_key_copy(public: bytes, private: bytes | bytearray, staff_id: bytes, public_kem: bytes) -> bytes:
    """The private half closed to one colleague, for this pair and this colleague only."""
    return seal_to(public_kem, bind(_COPY, public, staff_id), bytes(private))


def opened_line_key(public: bytes, sealed: bytes, staff_id: bytes, open_sealed: OpenSealed) -> OpeningKey:
    """The pair again; `NotSealedForYou` when the copy is another's, another pair's, or was changed."""
    found = OpeningKey(Secret(open_sealed(bind(_COPY, public, staff_id), sealed)))
    if found.public_kem != public:
        found.wipe()
        raise NotSealedForYou
    return found


def sealed_sheet(public: bytes, sheet_id: bytes, content: bytes) -> bytes:
    """A call sheet closed to the line. Whoever has only the public half can write and never read."""
    return seal_to(public, bind(_SHEET, sheet_id), content)


def opened_sheet(key: OpeningKey, sheet_id: bytes, sealed: bytes) -> bytes:
    """The sheet again; `NotSealedForYou` for one closed to another key, under another name, or changed."""
    return key.open_sealed(bind(_SHEET, sheet_id), sealed)
