"""Closing a key file under its store key, and checking that nobody else did before anything is believed."""

import hmac
from dataclasses import dataclass, replace
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kzcase.domain.errors import NotPossibleNow, NotSealedForYou
from kzcase.keys.directory import Directory, open_directory
from kzcase.keys.identity import Identity, OpeningKey, bind, discarded_public_kem, seal_to
from kzcase.keys.layout import Generation, KeyFile, damaged
from kzcase.keys.secret import STORE_KEY_BYTES, StoreKey, overwrite

_ENTRY: Final = b"kzcase/key file entry"
_MAC: Final = b"kzcase/key file mac"
_RECOVERY_PLACE: Final = 255


@dataclass(frozen=True, slots=True)
class StoreKeys:
    """The store key in force, and the one being brought in while the database is re-encrypted."""

    store_key: StoreKey
    staged_key: StoreKey | None = None


def close(
    keyfile: KeyFile,
    keys: StoreKeys,
    directory: Directory,
    *,
    generations: tuple[Generation, ...] | None = None,
    recovery_wraps: tuple[bytes, ...] | None = None,
) -> KeyFile:
    """The next revision: all under the store key is sealed anew, unused generations go, the MAC comes last."""
    casebook_id = keyfile.casebook_id
    directory = replace(directory, staged=keys.staged_key is not None)
    in_use = {holder.generation for holder in directory.holders}
    *older, newest = keyfile.generations if generations is None else generations
    kems = [holder.public_kem if holder else discarded_public_kem() for holder in directory.places]
    unsigned = KeyFile(
        casebook_id,
        keyfile.revision + 1,
        (*(generation for generation in older if generation.number in in_use), newest),
        tuple(_entry(casebook_id, place, kem, keys) for place, kem in enumerate(kems)),
        _entry(casebook_id, _RECOVERY_PLACE, directory.recovery_public, keys),
        keyfile.recovery_wraps if recovery_wraps is None else recovery_wraps,
        directory.sealed(keys.store_key, casebook_id),
    )
    return replace(unsigned, mac=_mac(unsigned, keys.store_key))


def verify(keyfile: KeyFile, store_key: StoreKey) -> Directory | None:
    """The directory, once the MAC over the whole file holds; None when it does not."""
    if not mac_holds(keyfile, store_key):
        return None
    return open_directory(keyfile.directory, store_key, keyfile.casebook_id)


def mac_holds(keyfile: KeyFile, store_key: StoreKey) -> bool:
    """Whether somebody who had the store key closed this file, and nobody changed it since."""
    return hmac.compare_digest(_mac(keyfile, store_key), keyfile.mac)


def verify_settled(keyfile: KeyFile, store_key: StoreKey) -> Directory:
    """The same before a change: `CasebookDamaged` when the MAC fails, `NotPossibleNow` with a staged key."""
    directory = verify(keyfile, store_key)
    if directory is None:
        raise damaged()
    if directory.staged:
        raise NotPossibleNow("store key")
    return directory


def keys_for_person(keyfile: KeyFile, identity: Identity) -> StoreKeys | None:
    """The store key sealed to this person; None when no entry is theirs."""
    for place, entry in enumerate(keyfile.entries):
        keys = _opened_entry(keyfile.casebook_id, place, identity.opening, entry)
        if keys:
            return keys
    return None


def keys_for_recovery(keyfile: KeyFile, recovery: OpeningKey) -> StoreKeys | None:
    """The store key sealed to the recovery key; None when it is another's."""
    return _opened_entry(keyfile.casebook_id, _RECOVERY_PLACE, recovery, keyfile.recovery_entry)


def _entry(casebook_id: bytes, place: int, public_kem: bytes, keys: StoreKeys) -> bytes:
    staged = keys.staged_key or keys.store_key
    return seal_to(public_kem, _entry_info(casebook_id, place), keys.store_key.reveal() + staged.reveal())


def _entry_info(casebook_id: bytes, place: int) -> bytes:
    return bind(_ENTRY, casebook_id, bytes([place]))


def _opened_entry(casebook_id: bytes, place: int, opening: OpeningKey, entry: bytes) -> StoreKeys | None:
    try:
        plain = opening.open_sealed(_entry_info(casebook_id, place), entry)
    except NotSealedForYou:
        return None
    both = memoryview(plain)
    store_key, staged = StoreKey(both[:STORE_KEY_BYTES]), StoreKey(both[STORE_KEY_BYTES:])
    overwrite(plain)
    return StoreKeys(store_key, None if staged == store_key else staged)


def _mac(keyfile: KeyFile, store_key: StoreKey) -> bytes:
    key = HKDF(SHA256(), 32, keyfile.casebook_id, _MAC).derive(store_key.reveal())
    return hmac.digest(key, keyfile.body(), "sha256")
