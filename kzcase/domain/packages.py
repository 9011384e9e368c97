"""What a sealed package holds, and the reply to one: plain values, read strictly and in bounds from bytes of others."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Final, Literal

import msgspec

from kzcase.domain.classes import FieldClass
from kzcase.domain.errors import BadPackage, TooLarge
from kzcase.i18n import Words

LARGEST: Final = 48 << 20
"""Bytes of a package before it is closed: a few scans, not a film."""
LARGEST_REPLY: Final = 64 << 10
_MOST: Final = 500
_CONTROLS: Final = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]*$"

Said = Annotated[str, msgspec.Meta(max_length=20_000, pattern=_CONTROLS)]
Name = Annotated[str, msgspec.Meta(max_length=1_000, pattern=_CONTROLS)]
Code = Annotated[str, msgspec.Meta(max_length=64, pattern=r"^[A-Za-z0-9_:.+-]*$")]
Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Hash = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}$")]


class PackedField(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One labelled value. `field` says which fact it is, where both sides know it."""

    label: Name
    value: Said
    of: FieldClass
    field: Code = ""

    def __repr__(self) -> str:
        return "PackedField(…)"


class PackedForm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One filled form, as far as its questions may leave."""

    title: Name
    form: Code
    version: Code
    answers: Annotated[tuple[PackedField, ...], msgspec.Meta(max_length=5_000)]


class PackedFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One attachment."""

    name: Name
    media_type: Annotated[str, msgspec.Meta(max_length=100, pattern=r"^[a-z0-9.+/-]*$")]
    sha256: Hash
    content: bytes

    def __repr__(self) -> str:
        return "PackedFile(…)"


class Package(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A referral as it leaves: exactly what was previewed, and with what a reply is signed and to which key closed."""

    format: Literal["kzcase package 1"] = "kzcase package 1"
    number: Name
    sender: Name
    sender_address: Name = ""
    sender_phone: Name = ""
    recipient: Name
    language: Code
    need: Code = ""
    urgency: Code = ""
    reply_by: date | None = None
    fields: Annotated[tuple[PackedField, ...], msgspec.Meta(max_length=_MOST)] = ()
    forms: Annotated[tuple[PackedForm, ...], msgspec.Meta(max_length=50)] = ()
    files: Annotated[tuple[PackedFile, ...], msgspec.Meta(max_length=50)] = ()
    reply_seed: Key
    reply_to: Key

    def __repr__(self) -> str:
        return "Package(…)"

    def plain(self) -> bytes:
        """The bytes that are previewed, counted and closed."""
        return msgspec.json.encode(self)

    def value(self, name: str) -> str:
        """The value of a fact both sides know; empty where it did not come."""
        return next((each.value for each in self.fields if each.field == name), "")


class Reply(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a partner answers to one package. `id` is random: the same reply is never taken in twice."""

    format: Literal["kzcase reply 1"] = "kzcase reply 1"
    id: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$")]
    package: Hash
    state: Code
    reason: Code = ""
    text: Said = ""
    appointment_on: date | None = None
    appointment_time: Name = ""
    on: date

    def __repr__(self) -> str:
        return "Reply(…)"

    def plain(self) -> bytes:
        """The bytes that are signed."""
        return msgspec.json.encode(self)


@dataclass(frozen=True, slots=True)
class Leaves:
    """One field of a package to be: what it is called, its class, whether it goes, and why or why not."""

    label: Words
    of: FieldClass
    goes: bool
    why: Words
    value: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Preview:
    """A package before it is closed. `plain` are the very bytes; `sha256` names them."""

    package: Package = field(repr=False)
    plain: bytes = field(repr=False)
    fields: tuple[Leaves, ...] = ()

    @property
    def sha256(self) -> str:
        """The digest of what was previewed."""
        return digest(self.plain)


def digest(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def read_package_content(untrusted: bytes) -> Package:
    """What a package that was opened holds. Raises BadPackage, TooLarge."""
    if len(untrusted) > LARGEST:
        raise TooLarge(limit=f"{LARGEST >> 20} MB")
    try:
        found = msgspec.json.decode(untrusted, type=Package)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadPackage("file") from error
    if any(digest(each.content) != each.sha256 for each in found.files):
        raise BadPackage("file")
    return found


def read_reply_content(untrusted: bytes) -> Reply:
    """What a reply that was opened says. Raises BadPackage, TooLarge."""
    if len(untrusted) > LARGEST_REPLY:
        raise TooLarge(limit=f"{LARGEST_REPLY >> 10} KB")
    try:
        return msgspec.json.decode(untrusted, type=Reply)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise BadPackage("file") from error
