"""Slots: each holds one person's private keys under their passphrase; empty ones look the same."""

import os
from dataclasses import dataclass, replace
from typing import Final

from kzcase.journal.sealing import SealBroken, seal, unseal
from kzcase.keys.derivation import Derive, Parameters, argon2id, ensure_affordable, free_memory_kib
from kzcase.keys.directory import Directory
from kzcase.keys.identity import Identity, OpeningKey, SigningKey, bind
from kzcase.keys.layout import SLOT_BYTES, SLOTS, Generation, KeyFile
from kzcase.keys.passphrase import normalise
from kzcase.keys.secret import Secret

_PURPOSE: Final = b"key file slot"
_SALT_BYTES: Final = 16


class Masters:
    """The keys derived from one typed passphrase: one derivation per salt and cost, however many slots."""

    def __init__(self, passphrase: str, derive: Derive = argon2id) -> None:
        self._passphrase = normalise(passphrase).encode(errors="surrogatepass")
        self._derive = derive
        self._known: dict[tuple[bytes, Parameters], Secret] = {}

    def master(self, generation: Generation) -> bytes:
        """The key all slots of this generation start from; `NotEnoughMemory` instead of a frozen laptop."""
        wanted = (generation.salt, generation.parameters)
        if wanted not in self._known:
            ensure_affordable(generation.parameters, free_memory_kib())
            self._known[wanted] = Secret(self._derive(self._passphrase, *wanted))
        return bytes(self._known[wanted].reveal())

    def __enter__(self) -> "Masters":
        return self

    def __exit__(self, *_error: object) -> None:
        for secret in self._known.values():
            secret.wipe()


@dataclass(frozen=True, slots=True)
class OpenedSlot:
    """What a passphrase found: whose slot, where, and the organisation it belongs to."""

    identity: Identity
    root_public: bytes
    generation: int


def empty_generation(number: int, parameters: Parameters) -> Generation:
    """A new salt, a cost, and sixteen slots that nothing opens."""
    return Generation(number, parameters, os.urandom(_SALT_BYTES), tuple(empty_slot() for _each in range(SLOTS)))


def empty_slot() -> bytes:
    """What an unused slot holds: it cannot be told from a used one."""
    return os.urandom(SLOT_BYTES)


def with_slot(generation: Generation, at: int, slot: bytes) -> Generation:
    """The generation with one slot replaced."""
    return replace(generation, slots=(*generation.slots[:at], slot, *generation.slots[at + 1 :]))


def free_slot(generation: Generation, directory: Directory) -> int:
    """A free slot, drawn by lot so that its number says nothing about who came first."""
    taken = {holder.slot for holder in directory.holders if holder.generation == generation.number}
    free = [at for at in range(SLOTS) if at not in taken]
    return free[int.from_bytes(os.urandom(4), "big") % len(free)]


def filled_slot(
    casebook_id: bytes, generation: Generation, at: int, master: bytes, identity: Identity, root_public: bytes
) -> bytes:
    """The person's id, keys and organisation, closed under their passphrase's key for this one slot."""
    private = bytes(identity.signing.secret.reveal()) + bytes(identity.opening.secret.reveal())
    plain = identity.staff_id + private + root_public
    return seal(master, _PURPOSE, _bound_to(casebook_id, generation, at), plain)


def try_slots(keyfile: KeyFile, masters: Masters) -> OpenedSlot | None:
    """The slot this passphrase opens, newest generation first; None when it opens none."""
    for generation in reversed(keyfile.generations):
        master = masters.master(generation)
        for at in range(SLOTS):
            opened = _try_slot(keyfile.casebook_id, generation, at, master)
            if opened:
                return opened
    return None


def _try_slot(casebook_id: bytes, generation: Generation, at: int, master: bytes) -> OpenedSlot | None:
    try:
        plain = unseal(master, _PURPOSE, _bound_to(casebook_id, generation, at), generation.slots[at])
    except SealBroken:
        return None
    staff_id, signing, opening, root_public = plain[:16], plain[16:48], plain[48:80], plain[80:]
    identity = Identity(staff_id, "", SigningKey(Secret(signing)), OpeningKey(Secret(opening)))
    return OpenedSlot(identity, root_public, generation.number)


def _bound_to(casebook_id: bytes, generation: Generation, at: int) -> bytes:
    return bind(casebook_id, generation.binding(), bytes([at]))
