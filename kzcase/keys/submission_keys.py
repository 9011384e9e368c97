"""Key pairs to which forms on phones close their answers: RSA, because that is what phones know."""

from collections.abc import Callable
from typing import Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, Hash
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)

from kzcase.domain.errors import NotSealedForYou
from kzcase.keys.identity import bind, seal_to
from kzcase.keys.sealed_notes import OpenSealed
from kzcase.keys.secret import Secret

BITS: Final = 3072
_PURPOSE: Final = b"kzcase submission key 1"
_EXPONENT: Final = 65537
_ID_BYTES: Final = 16


def fresh_private_key(bits: int = BITS) -> bytes:
    """The private half of a new pair, as PKCS #8."""
    made = generate_private_key(_EXPONENT, bits)
    return made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def public_half(private: bytes | bytearray) -> bytes:
    """The public half, as the SubjectPublicKeyInfo that stands in a form."""
    return _load(private).public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def key_id_of(public: bytes) -> bytes:
    """Names a pair: the digest of its public half, so that nobody can put another in its place."""
    digest = Hash(SHA256())
    digest.update(public)
    return digest.finalize()[:_ID_BYTES]


def sealed_copy(key_id: bytes, private: bytes | bytearray, staff_id: bytes, public_kem: bytes) -> bytes:
    """The private half closed to one colleague (HPKE), for this pair and this colleague only."""
    return seal_to(public_kem, _purpose(key_id, staff_id), bytes(private))


def opened_copy(key_id: bytes, sealed: bytes, staff_id: bytes, open_sealed: OpenSealed) -> Secret:
    """The private half for the colleague it was closed to; `NotSealedForYou` when it is another pair's, or changed."""
    opened = Secret(open_sealed(_purpose(key_id, staff_id), sealed))
    if key_id_of(public_half(opened.reveal())) != key_id:
        opened.wipe()
        raise NotSealedForYou
    return opened


def unwrapper(private: bytes | bytearray) -> Callable[[bytes], bytes]:
    """Opens what phones closed to the public half: RSA-OAEP with SHA-256. `NotSealedForYou` for anything else.

    ODK Collect makes its mask with SHA-256 too, clients in a browser with SHA-1, and the specification leaves it open.
    """
    key = _load(private)

    def unwrap(closed: bytes) -> bytes:
        for mask in (SHA256(), SHA1()):  # noqa: S303 - in a mask nothing rests on collisions
            try:
                return key.decrypt(closed, OAEP(MGF1(mask), SHA256(), None))
            except ValueError:
                continue
        raise NotSealedForYou

    return unwrap


def _load(private: bytes | bytearray) -> RSAPrivateKey:
    try:
        found = load_der_private_key(bytes(private), None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise NotSealedForYou from error
    if not isinstance(found, RSAPrivateKey):
        raise NotSealedForYou
    return found


def _purpose(key_id: bytes, staff_id: bytes) -> bytes:
    return bind(_PURPOSE, key_id, staff_id)
