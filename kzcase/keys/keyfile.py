"""The key file: made with a casebook, opened by a passphrase, mended when one of its copies was damaged."""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from kzcase.domain.errors import AccessFrozen, BadInput, CasebookDamaged, DiskTrouble, WrongPassphrase
from kzcase.keys.closing import StoreKeys, close, keys_for_person, verify
from kzcase.keys.copies import KeyFiles, first_sound, load, store
from kzcase.keys.derivation import FLOOR, Derive, Parameters, argon2id, calibrate
from kzcase.keys.directory import PLACES, Directory, Holder, ensure_name_fits
from kzcase.keys.identity import Identity, SigningKey
from kzcase.keys.layout import KeyFile
from kzcase.keys.passphrase import check_new
from kzcase.keys.recovery import RecoveryKeys, Shares, new_shares, wrap
from kzcase.keys.secret import StoreKey
from kzcase.keys.slots import (
    Masters,
    OpenedSlot,
    empty_generation,
    filled_slot,
    free_slot,
    try_slots,
    with_slot,
)

_CASEBOOK_ID_BYTES: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class Created:
    """A new casebook's keys. Shares and root are here once: print the shares, certify people, wipe both.

    To `recovery_public` is sealed what must open again after every passphrase was lost.
    """

    keyfile: KeyFile
    identity: Identity
    store_key: StoreKey
    shares: Shares
    root: SigningKey
    recovery_public: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """What a passphrase opened.

    `staged_key`: a change of store key was interrupted; whichever of the two opens the database is to be kept.
    `outdated`: the slot has an older cost of derivation; `change_passphrase` with the same one moves it.
    """

    identity: Identity
    store_key: StoreKey
    staged_key: StoreKey | None
    keyfile: KeyFile
    root_public: bytes
    outdated: bool
    needs_repair: bool = False

    def wipe(self) -> None:
        """Forget every key, at lock."""
        for secret in (self.identity, self.store_key, self.staged_key):
            if secret is not None:
                secret.wipe()


def create(
    passphrase: str,
    staff_id: bytes,
    name: str,
    *,
    organisation: str = "",
    parameters: Parameters | None = None,
    floor: Parameters = FLOOR,
    derive: Derive = argon2id,
) -> Created:
    """A key file with its first person. Nothing is written yet.

    `parameters` None: calibrated on this laptop. Below `floor` (lowered only by tests) is refused.
    `WeakPassphrase` when the passphrase can be guessed.
    """
    check_new(passphrase, names=(name, organisation))
    parameters = parameters or calibrate(derive)
    ensure_allowed(parameters, floor)
    casebook_id, protected = os.urandom(_CASEBOOK_ID_BYTES), RecoveryKeys.fresh()
    shares = new_shares(casebook_id)
    generation = empty_generation(1, parameters)
    empty = KeyFile(casebook_id, 0, (generation,), (), b"", wrap(casebook_id, shares, protected), b"")
    directory = Directory((None,) * PLACES, protected.recovery.public_kem, protected.root.public_sign)
    identity, store_key = Identity.fresh(staff_id, name), StoreKey.fresh()
    with Masters(passphrase, derive) as masters:
        keyfile = close_with_person(empty, store_key, directory, identity, masters)
    protected.recovery.wipe()
    return Created(keyfile, identity, store_key, shares, protected.root, directory.recovery_public)


def open_with_passphrase(files: KeyFiles, passphrase: str, derive: Derive = argon2id) -> Opened:
    """The person, the store key and the key file.

    `WrongPassphrase` when no slot opens, `AccessFrozen` when one does and nothing is behind it, `CasebookDamaged`
    when the file was changed by somebody without the store key, `NotEnoughMemory` when the derivation would freeze
    this laptop.
    """
    with Masters(passphrase, derive) as masters:
        try:
            opened = first_sound(files, lambda copy: try_slots(copy, masters), _opened)
        except CasebookDamaged as error:
            if _opens_nothing(files, masters):
                raise AccessFrozen from error
            raise
    if opened is None:
        raise WrongPassphrase
    return replace(opened, needs_repair=files.needs_repair)


def unlock(folder: Path, passphrase: str, floor: Parameters = FLOOR, derive: Derive = argon2id) -> Opened:
    """Load, open, and mend a missing, damaged or older copy from the one that opened.

    A disk that cannot be written does not stop the opening: `needs_repair` then stays true.
    """
    opened = open_with_passphrase(load(folder, floor), passphrase, derive)
    if opened.needs_repair:
        with suppress(DiskTrouble):
            store(folder, opened.keyfile)
            return replace(opened, needs_repair=False)
    return opened


def ensure_allowed(parameters: Parameters, floor: Parameters = FLOOR) -> None:
    """`BadInput` when a new key file may not have these parameters."""
    if not parameters.allowed(floor):
        raise BadInput("parameters")


def close_with_person(
    keyfile: KeyFile, store_key: StoreKey, directory: Directory, identity: Identity, masters: Masters
) -> KeyFile:
    """The key file with this person in a free slot of the newest generation."""
    ensure_name_fits(identity.name)
    *older, generation = keyfile.generations
    at = free_slot(generation, directory)
    place = (generation.number, at)
    holder = Holder(identity.staff_id, identity.name, identity.public_sign, identity.public_kem, *place)
    directory = directory.with_holder(holder)
    master = masters.master(generation)
    slot = filled_slot(keyfile.casebook_id, generation, at, master, identity, directory.root_public)
    generations = (*older, with_slot(generation, at, slot))
    return close(keyfile, StoreKeys(store_key), directory, generations=generations)


def _opens_nothing(files: KeyFiles, masters: Masters) -> bool:
    """Whether the newest copy has a slot for this passphrase and no entry of the person whose slot it is."""
    newest = next(iter(files.by_revision()))[0]
    slot = try_slots(newest, masters)
    return slot is not None and keys_for_person(newest, slot.identity) is None


def _opened(keyfile: KeyFile, slot: OpenedSlot) -> Opened | None:
    """None when the file does not belong to this slot: the slot remembers its organisation and its keys."""
    keys = keys_for_person(keyfile, slot.identity)
    directory = keys and verify(keyfile, keys.store_key)
    if not keys or not directory or directory.root_public != slot.root_public:
        return None
    holder = next((one for one in directory.holders if one.staff_id == slot.identity.staff_id), None)
    identity = slot.identity
    if holder is None or (holder.public_sign, holder.public_kem) != (identity.public_sign, identity.public_kem):
        return None
    outdated = slot.generation != keyfile.generations[-1].number
    named = replace(identity, name=holder.name)
    return Opened(named, keys.store_key, keys.staged_key, keyfile, slot.root_public, outdated)
