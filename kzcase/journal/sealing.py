"""Sealing: one closed body per part and subject, under a key that can be destroyed to erase the subject."""

import hashlib
import os
from collections.abc import Iterable
from typing import Final

import cbor2
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kzcase.journal.operations import Id, Value
from kzcase.journal.reading import is_id, must, plain_cbor, values_of

KEY_BYTES: Final = 32
KEY_ID_BYTES: Final = 8
_SALT: Final = 32
_NONCE: Final = bytes(12)  # every object has a sub-key of its own, so the nonce never repeats under one key


class SealBroken(Exception):
    """The body does not open under this key: wrong key, or changed bytes."""


def new_key() -> bytes:
    """A fresh subject or scope key."""
    return os.urandom(KEY_BYTES)


def _object_key(key: bytes | bytearray, salt: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, b"kzcase/" + purpose).derive(key)


def seal(key: bytes | bytearray, purpose: bytes, bound_to: bytes, plaintext: bytes) -> bytes:
    """salt(32) ‖ ChaCha20-Poly1305 under HKDF(key, salt); opens only for the same purpose and binding."""
    salt = os.urandom(_SALT)
    return salt + ChaCha20Poly1305(_object_key(key, salt, purpose)).encrypt(_NONCE, plaintext, bound_to)


def unseal(key: bytes | bytearray, purpose: bytes, bound_to: bytes, sealed: bytes) -> bytes:
    """The plaintext, or `SealBroken`."""
    object_key = _object_key(key, sealed[:_SALT], purpose)
    try:
        return ChaCha20Poly1305(object_key).decrypt(_NONCE, sealed[_SALT:], bound_to)
    except InvalidTag as error:
        raise SealBroken from error


def seal_body(key: bytes, author: Id, scope: Id, subject: Id, values: list[Value]) -> bytes:
    """The values of one subject in one part, closed."""
    return seal(key, b"body", author + scope + subject, cbor2.dumps(values))


def open_body(key: bytes, author: Id, scope: Id, subject: Id, body: bytes) -> list[Value]:
    """The values again, in the order in which the subject's operations stand in the part; `SealBroken` otherwise."""
    try:
        return values_of(unseal(key, b"body", author + scope + subject, body))
    except ValueError as error:
        raise SealBroken from error


def body_digest(body: bytes) -> bytes:
    """SHA-256 over salt and ciphertext: says nothing about the values once the body and its key are gone."""
    return hashlib.sha256(body).digest()


Ring = dict[Id, dict[bytes, bytes]]
"""Subject → key id → key. Two laptops that meet a subject apart make a key each; both are kept."""


def key_id(key: bytes) -> bytes:
    """Which of a subject's keys closed a body."""
    return hashlib.sha256(b"kzcase key id" + key).digest()[:KEY_ID_BYTES]


def seal_keyring(scope_key: bytes, scope: Id, ring: Ring) -> bytes:
    """The subject keys of one scope, closed under the scope's key. Replaceable; never travels in bundles."""
    return seal(scope_key, b"keyring", scope, cbor2.dumps({subject: sorted(k.values()) for subject, k in ring.items()}))


def open_keyring(scope_key: bytes, scope: Id, keyring: bytes) -> Ring:
    """The subject keys again, or `SealBroken`."""
    try:
        keys: dict[Id, list[bytes]] = plain_cbor(unseal(scope_key, b"keyring", scope, keyring))
        must(type(keys) is dict, all(is_id(s) and all(type(k) is bytes for k in found) for s, found in keys.items()))
    except (TypeError, ValueError, AttributeError) as error:
        raise SealBroken from error
    return {subject: {key_id(key): key for key in found} for subject, found in keys.items()}


def merged(rings: Iterable[Ring]) -> Ring:
    """Every key of every ring."""
    together: Ring = {}
    for ring in rings:
        for subject, keys in ring.items():
            together.setdefault(subject, {}).update(keys)
    return together
