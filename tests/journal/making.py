"""Acts and parts made by hand: what a laptop would write, and what a hostile one might."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kzcase.journal.acts import Header, sign
from kzcase.journal.operations import Change, Id, Value
from kzcase.journal.parts import Part, make_part, serialised
from kzcase.journal.sealing import Ring, key_id, new_key


@dataclass(frozen=True)
class Signer:
    """Somebody with a signing key, and nothing else of an identity."""

    staff_id: Id = field(default_factory=lambda: os.urandom(16))
    private: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


def an_id(number: int) -> Id:
    """A recognisable id."""
    return bytes([number]) * 16


def ring_of(*subjects: Id) -> Ring:
    """A fresh key for each subject."""
    return {subject: {key_id(key): key} for subject in subjects for key in [new_key()]}


def change(entity: str, row: Id, subject: Id, /, **values: Value) -> Change:
    """A new row."""
    return Change(entity, row, subject, tuple(values), tuple(values.values()), ())


def part_of(changes: Sequence[Change], ring: Ring) -> Part:
    """A part of one device and one author."""
    return make_part(an_id(3), an_id(2), an_id(9), 0, changes, ring)


def header_of(parts: Sequence[Part] = (), **changed: Any) -> Header:
    """A header that names these parts."""
    named = tuple((part.scope, part.digest) for part in parts)
    plain = Header("note.added", an_id(3), an_id(9), 0, b"", 1 << 40, "", None, (an_id(9), 0), False, named)
    return replace(plain, **changed)


def travelling(signer: Signer, part: Part, **changed: Any) -> bytes:
    """A part with its signed header, as it travels."""
    header = header_of([part], author=signer.staff_id, **changed).encoded()
    return serialised(header, sign(signer, header), part)


def sha(content: bytes) -> bytes:
    """A digest."""
    return hashlib.sha256(content).digest()
