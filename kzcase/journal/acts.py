"""Acts: what a person did, as a signed header over the digests of its parts, chained per device."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kzcase.journal.operations import Dot, Id
from kzcase.journal.reading import ID_BYTES, MAX_STAMP, is_digest, is_id, is_name, is_number, must, plain_cbor

FORMAT: Final = 1
SUITE: Final = 1
"""Suite 1: Ed25519, SHA-256, HKDF-SHA-256, ChaCha20-Poly1305."""

_SIGNED: Final = b"kzcase act 1\0"
_PREVIOUS_AT: Final = 6
SIGNATURE_BYTES: Final = 64
MAX_HEADER: Final = 65_536
MAX_REASON: Final = 4_096


class Identity(Protocol):
    """The person who acts: opened by `keys`, passed to `db` by `actions`."""

    @property
    def staff_id(self) -> Id:
        """Who they are in the organisation's staff."""

    @property
    def public_sign(self) -> bytes:
        """The key that checks their signatures."""

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature over the message."""

    def open_sealed(self, info: bytes, sealed: bytes) -> bytes:
        """What was sealed to them for one purpose."""


class BadAct(Exception):
    """Bytes that are not a well-formed act, or whose digests or signature do not hold."""


@dataclass(frozen=True, slots=True)
class Header:
    """Everything about an act except what it changed. Holds no personal data and is never erased."""

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
    act_id: Id = field(default=b"", compare=False)
    """The beginning of its own digest: known once it is signed, and never written into it."""

    def encoded(self) -> bytes:
        """The bytes that are digested and signed."""
        return cbor2.dumps(
            [
                *(FORMAT, SUITE, self.kind, self.author, self.incarnation, self.index),
                *(self.previous, self.hlc, self.reason, self.parent, list(self.authority)),
                *(self.must_understand, [list(part) for part in self.parts]),
            ]
        )


def decode_header(untrusted_header: bytes, signature: bytes) -> Header:
    """A header from its bytes, with the id that it and its signature give; `BadAct` when it is not one."""
    if len(untrusted_header) > MAX_HEADER:
        raise BadAct("header too large")
    try:
        version, suite, *fields = plain_cbor(untrusted_header)
        if (version, suite) != (FORMAT, SUITE):
            raise BadAct("unknown format")
        return _header(fields, act_id_of(digest(untrusted_header, signature)))
    except (TypeError, ValueError) as error:
        raise BadAct("not a header") from error


def _header(fields: Sequence[Any], act_id: Id) -> Header:
    kind, author, incarnation, index, previous, hlc, reason, parent, authority, understand, parts = fields
    must(is_name(kind), is_id(author), is_id(incarnation), is_number(index), is_number(hlc, MAX_STAMP))
    must(is_digest(previous) or previous == b"", type(reason) is str and len(reason) <= MAX_REASON)
    must(parent is None or is_id(parent), type(understand) is bool, type(parts) is list)
    by, seq = authority
    must(is_id(by), is_number(seq), all(is_id(scope) and is_digest(part) for scope, part in parts))
    named = tuple((scope, part) for scope, part in parts)
    must(len({scope for scope, _ in named}) == len(named))  # one part a scope
    given = (kind, author, incarnation, index, previous, hlc, reason, parent, (by, seq), understand, named)
    return Header(*given, act_id=act_id)


def digest(header: bytes, signature: bytes) -> bytes:
    """What names an act: the next act of the same device holds it as `previous`, a removal as the last that counts."""
    return hashlib.sha256(header + signature).digest()


def act_id_of(act_digest: bytes) -> Id:
    """An act's id is the beginning of its digest: nobody can give another act the id of this one."""
    return act_digest[:ID_BYTES]


def previous_of(header: bytes) -> bytes:
    """The digest of the act before it on the same device, read off a header that was checked when it came."""
    previous: bytes = cbor2.loads(header)[_PREVIOUS_AT]
    return previous


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
