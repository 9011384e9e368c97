"""Whose slot is whose: a private list inside the key file that only those who open the casebook can read."""

import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

from kzcase.domain.errors import CasebookDamaged, NoPlaceLeft, NotFound, TooLarge
from kzcase.i18n import _, ngettext
from kzcase.journal.sealing import SealBroken, seal, unseal
from kzcase.keys.secret import StoreKey

PLACES: Final = 16
NAME_BYTES: Final = 160

_RECORD: Final = struct.Struct(f">?16sBB32s32sB{NAME_BYTES}s")
_HEAD: Final = struct.Struct(">?32s32s")
_PURPOSE: Final = b"key file directory"
_SEAL_OVERHEAD: Final = 48
DIRECTORY_BYTES: Final = _HEAD.size + PLACES * _RECORD.size + _SEAL_OVERHEAD


@dataclass(frozen=True, slots=True)
class Holder:
    """One person with a slot: who they are, their public keys, and where their slot and entry stand."""

    staff_id: bytes
    name: str
    public_sign: bytes
    public_kem: bytes
    generation: int
    slot: int


@dataclass(frozen=True, slots=True)
class Directory:
    """Sixteen places, the organisation's public keys, and whether a new store key is being brought in."""

    places: tuple[Holder | None, ...]
    recovery_public: bytes
    root_public: bytes
    staged: bool = False

    @property
    def holders(self) -> tuple[Holder, ...]:
        """Everybody with a slot."""
        return tuple(holder for holder in self.places if holder)

    def holder(self, staff_id: bytes) -> Holder:
        """One person's record; `NotFound` when they have no slot here."""
        for holder in self.holders:
            if holder.staff_id == staff_id:
                return holder
        raise NotFound(what=staff_id.hex())

    def ensure_free_place(self) -> None:
        """`NoPlaceLeft` when all places are taken."""
        if len(self.holders) == PLACES:
            raise NoPlaceLeft(places=PLACES)

    def with_holder(self, holder: Holder) -> "Directory":
        """One person more, at the first free place; there must be one."""
        places = list(self.places)
        places[places.index(None)] = holder
        return replace(self, places=tuple(places))

    def without(self, dropped: Collection[Holder]) -> "Directory":
        """The same without these people."""
        return replace(self, places=tuple(None if found in dropped else found for found in self.places))

    def with_kems(self, kems: Mapping[bytes, bytes]) -> "Directory":
        """The same with other public keys to seal to for these people, by staff id."""

        def changed(holder: Holder | None) -> Holder | None:
            kem = kems.get(holder.staff_id) if holder else None
            return replace(holder, public_kem=kem) if holder and kem else holder

        return replace(self, places=tuple(changed(holder) for holder in self.places))

    def sealed(self, store_key: StoreKey, casebook_id: bytes) -> bytes:
        """The list, closed under the store key; always of one length."""
        head = _HEAD.pack(self.staged, self.recovery_public, self.root_public)
        records = (_packed(holder) for holder in self.places)
        return seal(store_key.reveal(), _PURPOSE, casebook_id, head + b"".join(records))


def open_directory(untrusted_sealed: bytes, store_key: StoreKey, casebook_id: bytes) -> Directory:
    """The list again; `CasebookDamaged` under another key or when it was changed."""
    try:
        plain = unseal(store_key.reveal(), _PURPOSE, casebook_id, untrusted_sealed)
        staged, recovery_public, root_public = _HEAD.unpack_from(plain)
        places = tuple(_holder(*record) for record in _RECORD.iter_unpack(plain[_HEAD.size :]))
    except (SealBroken, struct.error, UnicodeDecodeError) as error:
        raise CasebookDamaged(part=_("key file")) from error
    return Directory(places, recovery_public, root_public, staged)


def ensure_name_fits(name: str) -> None:
    """`TooLarge` when a name does not fit its place in the list."""
    if len(name.encode()) > NAME_BYTES:
        raise TooLarge("name", limit=ngettext("{count} letter", "{count} letters", NAME_BYTES // 2))


def _packed(holder: Holder | None) -> bytes:
    if holder is None:
        return bytes(_RECORD.size)
    name = holder.name.encode()
    place = (holder.generation, holder.slot)
    return _RECORD.pack(True, holder.staff_id, *place, holder.public_sign, holder.public_kem, len(name), name)


def _holder(
    used: bool, staff_id: bytes, generation: int, slot: int, sign: bytes, kem: bytes, size: int, name: bytes
) -> Holder | None:
    return Holder(staff_id, name[:size].decode(), sign, kem, generation, slot) if used else None
