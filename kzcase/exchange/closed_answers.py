"""Opens answers that a phone closed to a submission key, as the ODK XForms specification for encryption says.

The format proves that nothing was changed on the way, not who wrote it: whoever has the form can close answers to it.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from cryptography.hazmat.decrepit.ciphers.modes import CFB
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.padding import PKCS7

from kzcase.domain.errors import BadSubmission, NotSealedForYou
from kzcase.exchange.instances import instance_of
from kzcase.forms.xml_reading import child, children, local
from kzcase.i18n import _

Unwrap = Callable[[bytes], bytes]
"""What was closed to the public half of a submission key, opened; NotSealedForYou where it was not."""
KEY_BYTES: Final = 32
MOST_MEDIA: Final = 200
_BLOCK: Final = 16
_LONGEST_NAME: Final = 255
_ENDING: Final = ".enc"
_CHANGED: Final = _("It was changed or damaged on the way.")


@dataclass(frozen=True, slots=True)
class Opened:
    """What was closed: the XML of the answers and the files beside it, by their plain names."""

    answers: bytes = field(repr=False)
    files: Mapping[str, bytes] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Manifest:
    """What stands open beside closed answers."""

    form_id: str
    version: str
    instance: str
    wrapped: str
    signature: str
    answers: str
    media: tuple[str, ...]


def is_closed(root: Element) -> bool:
    """Whether this XML only says how to open the answers that lie beside it."""
    return root.get("encrypted") == "yes" or child(root, "encryptedXmlFile") is not None


def opened(root: Element, files: Mapping[str, bytes], unwrap: Unwrap) -> Opened:
    """The answers and files of one manifest. Raises BadSubmission where one is missing or anything was changed."""
    manifest = _manifest(root)
    key = unwrap(_decoded(manifest.wrapped))
    if len(key) != KEY_BYTES:
        raise BadSubmission(why=_CHANGED)
    vectors = initial_vectors(manifest.instance, key)
    plain = {name: _open_file(files, name, key, next(vectors)) for name in (*manifest.media, manifest.answers)}
    _check(manifest, plain, unwrap)
    answers = plain.pop(manifest.answers)
    return Opened(answers, {name.removesuffix(_ENDING): data for name, data in plain.items()})


def _manifest(root: Element) -> _Manifest:
    head = instance_of(root)
    media = tuple(_said(file) for one in children(root, "media") for file in children(one, "file"))
    manifest = _Manifest(
        form_id=root.get("id", ""),
        version=next((value for name, value in root.attrib.items() if local(name) == "version"), ""),
        instance=head.instance,
        wrapped=_said(child(root, "base64EncryptedKey")),
        signature=_said(child(root, "base64EncryptedElementSignature")),
        answers=_said(child(root, "encryptedXmlFile")),
        media=media,
    )
    names = (*media, manifest.answers)
    if not (manifest.wrapped and manifest.signature and manifest.answers):
        raise BadSubmission(why=_("What is needed to open it is missing: its key, its signature or its name."))
    if len(names) > MOST_MEDIA or len(set(names)) < len(names) or any(len(name) > _LONGEST_NAME for name in names):
        raise BadSubmission(why=_CHANGED)
    return manifest


def _said(element: Element | None) -> str:
    return (element.text or "").strip() if element is not None else ""


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadSubmission(why=_CHANGED) from error


def initial_vectors(instance: str, key: bytes) -> Iterator[bytes]:
    """One vector a file: the digest of id and key, with one byte more counted up for each."""
    seed = bytearray(hashlib.md5(instance.encode() + key, usedforsecurity=False).digest())
    at = 0
    while True:
        seed[at % _BLOCK] = (seed[at % _BLOCK] + 1) % 256
        at += 1
        yield bytes(seed)


def _open_file(files: Mapping[str, bytes], name: str, key: bytes, vector: bytes) -> bytes:
    if name not in files:
        raise BadSubmission(name[:100], why=_("This file is named in the answers and does not lie beside them."))
    decryptor = Cipher(AES256(key), CFB(vector)).decryptor()
    padding = PKCS7(_BLOCK * 8).unpadder()
    try:
        return padding.update(decryptor.update(files[name]) + decryptor.finalize()) + padding.finalize()
    except ValueError as error:
        raise BadSubmission(name[:100], why=_CHANGED) from error


def _check(manifest: _Manifest, plain: Mapping[str, bytes], unwrap: Unwrap) -> None:
    """The digest over everything, which the phone closed to the key as well."""
    lines = [manifest.form_id, *filter(None, [manifest.version]), manifest.wrapped, manifest.instance]
    lines += [f"{name.removesuffix(_ENDING)}::{_digest(data)}" for name, data in plain.items()]
    expected = hashlib.md5("".join(f"{line}\n" for line in lines).encode(), usedforsecurity=False).digest()
    try:
        found = unwrap(_decoded(manifest.signature))
    except NotSealedForYou as error:
        raise BadSubmission(why=_CHANGED) from error
    if not hmac.compare_digest(found, expected):
        raise BadSubmission(why=_CHANGED)


def _digest(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
