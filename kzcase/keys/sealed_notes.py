"""Sealed notes: closed to named readers, so that even somebody with the whole casebook open cannot read them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from kzcase.domain.errors import NotSealedForYou
from kzcase.journal.sealing import SealBroken, new_key, seal, unseal
from kzcase.keys.identity import bind, seal_to

_TEXT: Final = b"sealed note"
_KEY: Final = b"kzcase sealed note key 1"

OpenSealed = Callable[[bytes, bytes], bytes]
"""(purpose, sealed) → what was sealed to the person at the laptop for this purpose."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A note as it is stored: the closed text, and its key closed to each reader, by staff id."""

    box: bytes
    keys: Mapping[bytes, bytes]


def sealed_note(note_id: bytes, text: str, readers: Mapping[bytes, bytes]) -> Sealed:
    """Close a text to its readers, whose public keys are given by staff id."""
    key = new_key()
    closed = seal(key, _TEXT, note_id, text.encode())
    return Sealed(closed, {staff_id: key_for(note_id, key, staff_id, kem) for staff_id, kem in readers.items()})


def key_for(note_id: bytes, key: bytes, staff_id: bytes, public_kem: bytes) -> bytes:
    """The note's key, closed to one more reader (HPKE), for this note and this reader only."""
    return seal_to(public_kem, _purpose(note_id, staff_id), key)


def note_key(note_id: bytes, sealed_key: bytes, staff_id: bytes, open_sealed: OpenSealed) -> bytes:
    """The note's key again, for the reader it was closed to; `NotSealedForYou` for anybody else."""
    return open_sealed(_purpose(note_id, staff_id), sealed_key)


def opened_note(note_id: bytes, box: bytes, key: bytes) -> str:
    """The text; `NotSealedForYou` when the key is another one or the box was changed."""
    try:
        return unseal(key, _TEXT, note_id, box).decode()
    except (SealBroken, ValueError) as error:
        raise NotSealedForYou from error


def _purpose(note_id: bytes, staff_id: bytes) -> bytes:
    return bind(_KEY, note_id, staff_id)
