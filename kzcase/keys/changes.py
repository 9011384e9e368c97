"""Changes to who may open a casebook: each gives a new key file, which the caller stores."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256, Hash

from kzcase.domain.errors import NotPossibleNow, WeakPassphrase, WrongPassphrase
from kzcase.i18n import _
from kzcase.keys.closing import StoreKeys, close, verify, verify_settled
from kzcase.keys.derivation import FLOOR, Derive, Parameters, argon2id
from kzcase.keys.directory import Directory, Holder
from kzcase.keys.identity import Identity, bind
from kzcase.keys.keyfile import close_with_person, ensure_allowed
from kzcase.keys.layout import Generation, KeyFile, damaged
from kzcase.keys.passphrase import check_new
from kzcase.keys.secret import StoreKey
from kzcase.keys.slots import Masters, empty_generation, empty_slot, try_slots, with_slot

_FROZEN: Final = b"kzcase frozen"


def holders(keyfile: KeyFile, store_key: StoreKey) -> tuple[Holder, ...]:
    """Everybody with a slot: id, name, public keys. `CasebookDamaged` when the MAC does not hold."""
    directory = verify(keyfile, store_key)
    if directory is None:
        raise damaged()
    return directory.holders


def add_slot(
    keyfile: KeyFile,
    store_key: StoreKey,
    identity: Identity,
    passphrase: str,
    *,
    organisation: str = "",
    derive: Derive = argon2id,
) -> KeyFile:
    """A new person with their passphrase.

    `NoPlaceLeft` when all 16 are taken, `NotPossibleNow` when they have a slot already, `WeakPassphrase` when
    the passphrase can be guessed or opens another slot (one passphrase must mean one person).
    """
    check_new(passphrase, names=(identity.name, organisation))
    directory = verify_settled(keyfile, store_key)
    if any(holder.staff_id == identity.staff_id for holder in directory.holders):
        raise NotPossibleNow("slot")
    directory.ensure_free_place()
    with Masters(passphrase, derive) as masters:
        _ensure_nobody_elses(keyfile, masters, identity)
        return close_with_person(keyfile, store_key, directory, identity, masters)


def change_passphrase(
    keyfile: KeyFile,
    store_key: StoreKey,
    identity: Identity,
    passphrase: str,
    *,
    organisation: str = "",
    derive: Derive = argon2id,
) -> KeyFile:
    """Another passphrase for an opened person, in the newest generation; their old slot is overwritten.

    The store key stays, so older copies of the key file still open with the old passphrase. With the
    passphrase they have, it moves the person to the newest generation. Errors as `add_slot`; `NotFound` without a slot.
    """
    check_new(passphrase, names=(identity.name, organisation))
    directory = verify_settled(keyfile, store_key)
    holder = directory.holder(identity.staff_id)
    emptied = replace(keyfile, generations=_without(keyfile.generations, (holder,)))
    with Masters(passphrase, derive) as masters:
        _ensure_nobody_elses(keyfile, masters, identity)
        return close_with_person(emptied, store_key, directory.without((holder,)), identity, masters)


def renew_slot(
    keyfile: KeyFile,
    store_key: StoreKey,
    identity: Identity,
    passphrase: str,
    *,
    organisation: str = "",
    derive: Derive = argon2id,
) -> KeyFile:
    """New keys and a new passphrase for somebody who lost theirs, or who comes new; a slot they had is overwritten.

    Errors as `add_slot`.
    """
    check_new(passphrase, names=(identity.name, organisation))
    directory = verify_settled(keyfile, store_key)
    old = tuple(holder for holder in directory.holders if holder.staff_id == identity.staff_id)
    emptied, directory = replace(keyfile, generations=_without(keyfile.generations, old)), directory.without(old)
    directory.ensure_free_place()
    with Masters(passphrase, derive) as masters:
        _ensure_nobody_elses(emptied, masters, identity)
        return close_with_person(emptied, store_key, directory, identity, masters)


def remove_slot(keyfile: KeyFile, store_key: StoreKey, staff_id: bytes) -> KeyFile:
    """One person fewer. Bring in a new store key afterwards: they may have kept the old one.

    `NotFound` when they have no slot, `NotPossibleNow` when they are the last one.
    """
    directory = verify_settled(keyfile, store_key)
    holder = directory.holder(staff_id)
    if directory.holders == (holder,):
        raise NotPossibleNow("last slot")
    return _close_without(keyfile, directory, (holder,), store_key)


def frozen_kem(keyfile: KeyFile, staff_id: bytes) -> bytes:
    """A public key whose private half nobody has, the same each time: what is sealed to it opens for nobody."""
    digest = Hash(SHA256())
    digest.update(bind(_FROZEN, keyfile.casebook_id, staff_id))
    return digest.finalize()


def unfreeze(keyfile: KeyFile, store_key: StoreKey, kems: Mapping[bytes, bytes]) -> KeyFile:
    """The store key is sealed to these people again, by the public keys they have; their slots never changed."""
    return close(keyfile, StoreKeys(store_key), verify_settled(keyfile, store_key).with_kems(kems))


def stage_store_key(
    keyfile: KeyFile,
    store_key: StoreKey,
    new: StoreKey,
    *,
    leaving: Collection[bytes] = (),
    frozen: Collection[bytes] = (),
) -> KeyFile:
    """Both store keys in every entry: stored before the database is re-encrypted; `rotate_store_key` after.

    People who are `leaving` lose slot and entry in the same revision, so that they never see the new key; the
    `frozen` keep their slot, which opens nothing until `unfreeze`. `NotPossibleNow` when nobody would be left.
    """
    directory = verify_settled(keyfile, store_key)
    dropped = tuple(holder for holder in directory.holders if holder.staff_id in leaving)
    if dropped and dropped == directory.holders:
        raise NotPossibleNow("last slot")
    generations = _without(keyfile.generations, dropped)
    stays = directory.without(dropped).with_kems({one: frozen_kem(keyfile, one) for one in frozen})
    return close(keyfile, StoreKeys(store_key, new), stays, generations=generations)


def rotate_store_key(keyfile: KeyFile, store_key: StoreKey, new: StoreKey) -> KeyFile:
    """The new store key alone, sealed to everybody; with `new` equal to `store_key` a staged one is dropped."""
    directory = verify(keyfile, store_key)
    if directory is None:
        raise damaged()
    return close(keyfile, StoreKeys(new), directory)


def copy_with_new_key(keyfile: KeyFile, store_key: StoreKey, *, new: StoreKey, keep: Collection[bytes]) -> KeyFile:
    """A key file for a backup or another laptop: its own store key, slots only for `keep` and recovery."""
    directory = verify_settled(keyfile, store_key)
    dropped = tuple(holder for holder in directory.holders if holder.staff_id not in keep)
    return _close_without(keyfile, directory, dropped, new)


def raise_parameters(
    keyfile: KeyFile, store_key: StoreKey, parameters: Parameters, floor: Parameters = FLOOR
) -> KeyFile:
    """A second generation with another cost; everybody moves there with their next `change_passphrase`.

    `NotPossibleNow` while people are still moving from the last time.
    """
    directory = verify_settled(keyfile, store_key)
    ensure_allowed(parameters, floor)
    if len(keyfile.generations) > 1:
        raise NotPossibleNow("generations")
    number = keyfile.generations[-1].number % 255 + 1
    generations = (*keyfile.generations, empty_generation(number, parameters))
    return close(keyfile, StoreKeys(store_key), directory, generations=generations)


def ensure_passphrase_of(keyfile: KeyFile, identity: Identity, passphrase: str, derive: Derive = argon2id) -> None:
    """`WrongPassphrase` unless it is this person's passphrase of today: somebody else may sit at their open desk."""
    with Masters(passphrase, derive) as masters:
        found = try_slots(keyfile, masters)
    if found is None or found.identity.staff_id != identity.staff_id:
        raise WrongPassphrase


def _close_without(keyfile: KeyFile, directory: Directory, dropped: Collection[Holder], store_key: StoreKey) -> KeyFile:
    generations = _without(keyfile.generations, dropped)
    return close(keyfile, StoreKeys(store_key), directory.without(dropped), generations=generations)


def _without(generations: tuple[Generation, ...], dropped: Collection[Holder]) -> tuple[Generation, ...]:
    changed = {generation.number: generation for generation in generations}
    for holder in dropped:
        changed[holder.generation] = with_slot(changed[holder.generation], holder.slot, empty_slot())
    return tuple(changed.values())


def _ensure_nobody_elses(keyfile: KeyFile, masters: Masters, identity: Identity) -> None:
    found = try_slots(keyfile, masters)
    if found and found.identity.staff_id != identity.staff_id:
        raise WeakPassphrase(why=_("This one cannot be used in this casebook."))
