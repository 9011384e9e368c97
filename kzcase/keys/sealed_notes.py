"""Sealed notes: closed to named readers, so that even somebody with the whole casebook open cannot read them."""

from collections.abc import Mapping
from typing import Final

import cbor2

from kzcase.domain.errors import NotSealedForYou
from kzcase.journal.sealing import SealBroken, new_key, seal, unseal
from kzcase.keys.identity import Identity, seal_to

FORMAT: Final = 1
_PURPOSE: Final = b"kzcase sealed note 1"


def sealed_note(note_id: bytes, text: str, readers: Mapping[bytes, bytes]) -> bytes:
    """CBOR [format, {reader: note key sealed by HPKE}, text closed under the note key].

    `readers` gives each reader's public key by staff id.
    """
    key = new_key()
    copies = {staff_id: seal_to(kem_key, _PURPOSE + note_id, key) for staff_id, kem_key in readers.items()}
    return cbor2.dumps([FORMAT, copies, seal(key, b"note", note_id, text.encode())])


def opened_note(note_id: bytes, box: bytes, reader: Identity) -> str:
    """The text, for one of its readers. `NotSealedForYou` for anybody else, or when the box was changed."""
    try:
        _, copies, closed = cbor2.loads(box)
        key = reader.open_sealed(_PURPOSE + note_id, copies[reader.staff_id])
        return unseal(key, b"note", note_id, closed).decode()
    except (cbor2.CBORDecodeError, KeyError, ValueError, TypeError, SealBroken) as error:
        raise NotSealedForYou from error
