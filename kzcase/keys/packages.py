"""Closes packages and replies: to a partner's key (HPKE) or with a passphrase (Argon2id), and opens what came back."""

import base64
import binascii
import hashlib
import os
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from kzcase.domain.errors import BadKeyCard, BadPackage, NotSealedForYou, TooLarge, WrongPackagePassphrase
from kzcase.domain.packages import LARGEST
from kzcase.keys.derivation import DEFAULT, FLOOR, Derive, Parameters, argon2id
from kzcase.keys.identity import OpeningKey, SigningKey, bind, seal_to, signed_by
from kzcase.keys.passphrase import normalise
from kzcase.keys.secret import Secret

MAGIC: Final = b"KZP1"
_PURPOSE: Final = b"kzcase package 1"
_REPLY: Final = b"kzcase reply 1"
_SIGNED: Final = b"kzcase signed reply 1"
_CARD: Final = "KZK1"
_STEP: Final = 4096
"""Sizes are rounded up to this, so that the size of a file tells little."""
_COST: Final = struct.Struct(">IBB")
_HEAD: Final = len(MAGIC) + 1
_SALT, _NONCE, _ID = 16, 12, 16
_SIGNATURE: Final = 64
LARGEST_FILE: Final = LARGEST + (1 << 20)

OpenSealed = Callable[[bytes, bytes], bytes]


class Closed(IntEnum):
    """How a file is closed, and what it is."""

    TO_KEY = 1
    WITH_PASSPHRASE = 2
    REPLY = 3


@dataclass(frozen=True, slots=True)
class Head:
    """The open part of a file: how it is closed, and for which key (its id)."""

    closed: Closed
    key_id: bytes = b""


def key_id_of(public: bytes) -> bytes:
    """Names a public key."""
    return hashlib.sha256(b"kzcase package key 1" + public).digest()[:_ID]


def fresh_opening_key() -> tuple[Secret, bytes]:
    """A new key pair to which packages are closed: the private half, and the public one."""
    private = Secret.fresh()
    return private, OpeningKey(private).public_kem


def key_card(public: bytes) -> str:
    """A public key as one line to hand over: `KZK1-ABCD-…`, with a check at its end."""
    text = base64.b32encode(public + hashlib.sha256(public).digest()[:3]).decode().rstrip("=")
    return "-".join([_CARD, *(text[at : at + 4] for at in range(0, len(text), 4))])


def read_key_card(untrusted: str) -> bytes:
    """The key on a card that somebody copied or typed. Raises BadKeyCard."""
    typed = re.sub(r"[\s-]", "", untrusted[:400].upper())
    if not typed.startswith(_CARD):
        raise BadKeyCard(place="card")
    text = typed[len(_CARD) :]
    try:
        raw = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError) as error:
        raise BadKeyCard(place="card") from error
    public, check = raw[:32], raw[32:]
    if len(raw) != 35 or hashlib.sha256(public).digest()[:3] != check:
        raise BadKeyCard(place="card")
    return public


def closed_to_key(public: bytes, plain: bytes) -> bytes:
    """A package only the owner of this key opens."""
    key_id = key_id_of(public)
    return MAGIC + bytes([Closed.TO_KEY]) + key_id + seal_to(public, bind(_PURPOSE, key_id), _padded(plain))


@dataclass(frozen=True, slots=True, eq=False)
class Lock:
    """The key of one passphrase, derived before anything is written: that takes a second."""

    head: bytes
    key: Secret

    def close(self, plain: bytes) -> bytes:
        """A package that the passphrase opens; one lock closes one package."""
        nonce = os.urandom(_NONCE)
        return self.head + nonce + ChaCha20Poly1305(bytes(self.key.reveal())).encrypt(nonce, _padded(plain), self.head)


def lock_of(passphrase: str, parameters: Parameters = DEFAULT, derive: Derive = argon2id) -> Lock:
    """Derive the key of a passphrase that was made for one package."""
    salt = os.urandom(_SALT)
    cost = _COST.pack(parameters.memory_kib, parameters.iterations, parameters.lanes)
    key = derive(normalise(passphrase).encode(), salt, parameters)
    return Lock(MAGIC + bytes([Closed.WITH_PASSPHRASE]) + cost + salt, Secret(key))


def closed_reply(public: bytes, seed: bytes, reply: bytes) -> bytes:
    """A reply, signed with the key that lay in the package, closed to the sender of the package."""
    key_id = key_id_of(public)
    signature = SigningKey(Secret(seed)).sign(bind(_SIGNED, reply))
    return MAGIC + bytes([Closed.REPLY]) + key_id + seal_to(public, bind(_REPLY, key_id), _padded(signature + reply))


def head_of(untrusted: bytes) -> Head:
    """How a file is closed. Raises BadPackage for anything that is no package, TooLarge."""
    if len(untrusted) > LARGEST_FILE:
        raise TooLarge(limit=f"{LARGEST_FILE >> 20} MB")
    if untrusted[: len(MAGIC)] != MAGIC or len(untrusted) < _HEAD + _ID:
        raise BadPackage("file")
    try:
        closed = Closed(untrusted[len(MAGIC)])
    except ValueError as error:
        raise BadPackage("file") from error
    return Head(closed, b"" if closed is Closed.WITH_PASSPHRASE else untrusted[_HEAD : _HEAD + _ID])


def opened_by_key(untrusted: bytes, key: OpeningKey) -> bytes:
    """The plain bytes of a package closed to our key. Raises NotSealedForYou, BadPackage."""
    head = head_of(untrusted)
    if head.closed is not Closed.TO_KEY:
        raise BadPackage("file")
    return _unpadded(key.open_sealed(bind(_PURPOSE, head.key_id), untrusted[_HEAD + _ID :]))


def opened_by_passphrase(
    untrusted: bytes, passphrase: str, derive: Derive = argon2id, floor: Parameters = FLOOR
) -> bytes:
    """The plain bytes of a package closed with a passphrase. Raises WrongPackagePassphrase, BadPackage."""
    start = _HEAD + _COST.size + _SALT
    if head_of(untrusted).closed is not Closed.WITH_PASSPHRASE or len(untrusted) < start + _NONCE + 16:
        raise BadPackage("file")
    parameters = Parameters(*_COST.unpack_from(untrusted, _HEAD))
    if not parameters.allowed(floor):
        raise BadPackage("file")
    head, nonce = untrusted[:start], untrusted[start : start + _NONCE]
    key = derive(normalise(passphrase).encode(), head[-_SALT:], parameters)
    try:
        return _unpadded(ChaCha20Poly1305(key).decrypt(nonce, untrusted[start + _NONCE :], head))
    except InvalidTag as error:
        raise WrongPackagePassphrase("passphrase") from error


def opened_reply(untrusted: bytes, key: OpeningKey) -> tuple[bytes, bytes]:
    """(signature, reply) of a reply closed to our key; who signed it is for `reply_is_from` to say."""
    head = head_of(untrusted)
    if head.closed is not Closed.REPLY:
        raise BadPackage("file")
    plain = _unpadded(key.open_sealed(bind(_REPLY, head.key_id), untrusted[_HEAD + _ID :]))
    if len(plain) < _SIGNATURE:
        raise BadPackage("file")
    return plain[:_SIGNATURE], plain[_SIGNATURE:]


def reply_is_from(public: bytes, signature: bytes, reply: bytes) -> bool:
    """Whether a reply was signed with the key that lay in one package."""
    return signed_by(public, signature, bind(_SIGNED, reply))


def sealed_copy(key_id: bytes, private: bytes | bytearray, staff_id: bytes, public_kem: bytes) -> bytes:
    """The private half of our key closed to one colleague, for this key and this colleague only."""
    return seal_to(public_kem, bind(b"kzcase package key copy 1", key_id, staff_id), bytes(private))


def opened_copy(key_id: bytes, sealed: bytes, staff_id: bytes, open_sealed: OpenSealed) -> OpeningKey:
    """The same for the colleague it was closed to; `NotSealedForYou` when it is another key's, or changed."""
    opened = OpeningKey(Secret(open_sealed(bind(b"kzcase package key copy 1", key_id, staff_id), sealed)))
    if key_id_of(opened.public_kem) != key_id:
        opened.wipe()
        raise NotSealedForYou
    return opened


def _padded(plain: bytes) -> bytes:
    framed = len(plain).to_bytes(8, "big") + plain
    return framed + bytes(-len(framed) % _STEP)


def _unpadded(framed: bytes) -> bytes:
    size = int.from_bytes(framed[:8], "big")
    if len(framed) < 8 or size > len(framed) - 8 or any(framed[8 + size :]):
        raise BadPackage("file")
    return framed[8 : 8 + size]
