"""Acts: what a person did, as a signed header over the digests of its parts, chained per device."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kzcase.journal.operations import Dot, Id

FORMAT: Final = 1
SUITE: Final = 1
"""Suite 1: Ed25519, SHA-256, HKDF-SHA-256, ChaCha20-Poly1305."""

_SIGNED: Final = b"kzcase act 1\0"
MAX_HEADER: Final = 65_536


class Identity(Protocol):
    """The person who acts: opened by `keys`, passed to `db` by `actions`."""

    @property
    def staff_id(self) -> Id:
        """Who they are in the organisation's staff."""

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature over the message."""


class BadAct(Exception):
    """Bytes that are not a well-formed act, or whose digests or signature do not hold."""


@dataclass(frozen=True, slots=True)
class Header:
    """Everything about an act except what it changed. Holds no personal data and is never erased."""

    act_id: Id
    kind: str
    author: Id
    incarnation: Id
    index: int
    previous: bytes
    hlc: int
    reason: str
    parent: Id | None
    authority: Dot
    must_understand: bool
    parts: tuple[tuple[Id, bytes], ...]
    """(scope tag, part digest) of every part."""

    def encoded(self) -> bytes:
        """The bytes that are digested and signed."""
        return cbor2.dumps(
            [
                *(FORMAT, SUITE, self.act_id, self.kind, self.author, self.incarnation, self.index),
                *(self.previous, self.hlc, self.reason, self.parent, list(self.authority)),
                *(self.must_understand, [list(part) for part in self.parts]),
            ]
        )


def decode_header(untrusted_header: bytes) -> Header:
    """A header from its bytes; `BadAct` when it is not one."""
    if len(untrusted_header) > MAX_HEADER:
        raise BadAct("header too large")
    try:
        version, suite, *fields = cbor2.loads(untrusted_header)
        if (version, suite) != (FORMAT, SUITE):
            raise BadAct("unknown format")
        header = _header(fields)
    except (cbor2.CBORDecodeError, TypeError, ValueError, IndexError, RecursionError) as error:
        raise BadAct("not a header") from error
    if header.encoded() != untrusted_header:  # one act has one spelling, or two digests could name it
        raise BadAct("not canonical")
    return header


def _header(fields: Sequence[Any]) -> Header:
    act_id, kind, author, incarnation, index, previous, hlc, reason, parent, authority, must, parts = fields
    incarnation_of_grant, seq_of_grant = authority
    named = tuple((scope, part_digest) for scope, part_digest in parts)
    grant = (incarnation_of_grant, seq_of_grant)
    return Header(act_id, kind, author, incarnation, index, previous, hlc, reason, parent, grant, must, named)


def digest(header: bytes) -> bytes:
    """What the next act of the same device names as `previous`."""
    return hashlib.sha256(header).digest()


def sign(identity: Identity, header: bytes) -> bytes:
    """The author's signature over a header."""
    return identity.sign(_SIGNED + header)


def signature_holds(sign_key: bytes, header: bytes, signature: bytes) -> bool:
    """Whether this author's key signed exactly this header."""
    try:
        Ed25519PublicKey.from_public_bytes(sign_key).verify(signature, _SIGNED + header)
    except (InvalidSignature, ValueError):
        return False
    return True


def founding_tag(founder_key: bytes, root_key: bytes) -> Id:
    """The organisation's id names the founder's and the root's keys: the founding act needs no other authority."""
    return hashlib.sha256(b"kzcase organisation 1\0" + founder_key + root_key).digest()[:16]
