"""Acts: what a person did, as a signed header over the digests of its parts, chained per device."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kzcase.journal.operations import Dot, Id
from kzcase.journal.reading import MAX_STAMP, is_digest, is_id, is_name, is_number, must, plain_cbor

FORMAT: Final = 1
SUITE: Final = 1
"""Suite 1: Ed25519, SHA-256, HKDF-SHA-256, ChaCha20-Poly1305."""

_SIGNED: Final = b"kzcase act 1\0"
MAX_HEADER: Final = 65_536
MAX_REASON: Final = 4_096


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
        version, suite, *fields = plain_cbor(untrusted_header)
        if (version, suite) != (FORMAT, SUITE):
            raise BadAct("unknown format")
        return _header(fields)
    except (TypeError, ValueError) as error:
        raise BadAct("not a header") from error


def _header(fields: Sequence[Any]) -> Header:
    act_id, kind, author, incarnation, index, previous, hlc, reason, parent, authority, understand, parts = fields
    must(is_id(act_id), is_name(kind), is_id(author), is_id(incarnation), is_number(index), is_number(hlc, MAX_STAMP))
    must(is_digest(previous) or previous == b"", type(reason) is str and len(reason) <= MAX_REASON)
    must(parent is None or is_id(parent), type(understand) is bool, type(parts) is list)
    by, seq = authority
    must(is_id(by), is_number(seq), all(is_id(scope) and is_digest(part) for scope, part in parts))
    named = tuple((scope, part) for scope, part in parts)
    must(len({scope for scope, _ in named}) == len(named))  # one part a scope
    return Header(act_id, kind, author, incarnation, index, previous, hlc, reason, parent, (by, seq), understand, named)


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
