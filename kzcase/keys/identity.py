"""A person's own keys: what they sign with, and what others seal to them."""

import os
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from kzcase.domain.errors import BadInput, NotSealedForYou
from kzcase.keys.secret import Secret

STAFF_ID_BYTES: Final = 16
PUBLIC_BYTES: Final = 32
SEAL_OVERHEAD: Final = 48
"""How much longer than its plaintext a sealed message is: 32 bytes of one-time public key, 16 of tag."""

_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


def bind(*parts: bytes) -> bytes:
    """The parts with their lengths, so that no two lists of parts give the same bytes."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def seal_to(public_kem: bytes, info: bytes, plaintext: bytes | bytearray) -> bytes:
    """HPKE (RFC 9180, base mode): only the owner of the key opens it, and only for the purpose in `info`.

    It does not say who sealed it: where that matters, sign. `BadInput` when the public key is not one.
    """
    if not info:
        raise ValueError("say what it is sealed for")
    try:
        return _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public_kem), info)
    except ValueError as error:  # wrong length, or one of the few points that share no secret
        raise BadInput("public key") from error


def signed_by(public_sign: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the Ed25519 signature over the message is by the owner of this public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public_sign).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True, eq=False)
class SigningKey:
    """An Ed25519 key pair: a person's, or the organisation's root."""

    secret: Secret = field(repr=False)

    @property
    def public_sign(self) -> bytes:
        """The 32 bytes with which anybody checks a signature."""
        return self._key().public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over the message."""
        return self._key().sign(message)

    def wipe(self) -> None:
        """Forget the private key."""
        self.secret.wipe()

    def _key(self) -> Ed25519PrivateKey:
        # Rebuilt for each signature (about 40 µs), so that between signatures one wipeable copy exists.
        return Ed25519PrivateKey.from_private_bytes(self.secret.reveal())


@dataclass(frozen=True, slots=True, eq=False)
class OpeningKey:
    """An X25519 key pair: opens what was sealed to its public half."""

    secret: Secret = field(repr=False)

    @property
    def public_kem(self) -> bytes:
        """The 32 bytes to seal to."""
        return self._key().public_key().public_bytes_raw()

    def open_sealed(self, info: bytes, sealed: bytes) -> bytes:
        """What was sealed to this key for this purpose; `NotSealedForYou` if it was not, or was changed."""
        try:
            return _SUITE.decrypt(sealed, self._key(), info)
        except (InvalidTag, ValueError) as error:
            raise NotSealedForYou from error

    def wipe(self) -> None:
        """Forget the private key."""
        self.secret.wipe()

    def _key(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self.secret.reveal())


@dataclass(frozen=True, slots=True, eq=False)
class Identity:
    """A person as the casebook knows them: staff id, name, and the two private keys their slot opens."""

    staff_id: bytes
    name: str = field(repr=False)
    signing: SigningKey
    opening: OpeningKey

    @classmethod
    def fresh(cls, staff_id: bytes, name: str) -> "Identity":
        """New keys for a person; `staff_id` is 16 bytes."""
        if len(staff_id) != STAFF_ID_BYTES:
            raise ValueError("a staff id has 16 bytes")
        return cls(staff_id, name, SigningKey(Secret.fresh()), OpeningKey(Secret.fresh()))

    @property
    def public_sign(self) -> bytes:
        """The 32 bytes with which others check this person's signatures."""
        return self.signing.public_sign

    @property
    def public_kem(self) -> bytes:
        """The 32 bytes others seal to."""
        return self.opening.public_kem

    def sign(self, message: bytes) -> bytes:
        """An Ed25519 signature over the message; `NotPossibleNow` after `wipe`."""
        return self.signing.sign(message)

    def open_sealed(self, info: bytes, sealed: bytes) -> bytes:
        """What `seal_to` sealed to this person; `NotSealedForYou` otherwise."""
        return self.opening.open_sealed(info, sealed)

    def wipe(self) -> None:
        """Forget both private keys, at lock."""
        self.signing.wipe()
        self.opening.wipe()


def discarded_public_kem() -> bytes:
    """A public key whose private half nobody has: 32 random bytes are one (RFC 7748)."""
    return os.urandom(PUBLIC_BYTES)
