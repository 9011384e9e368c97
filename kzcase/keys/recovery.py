"""Recovery: any two of three paper shares open the store key and the organisation's root key."""

import itertools
from dataclasses import dataclass
from typing import Final

from kzcase.domain.errors import NotSealedForYou, ShareUnreadable
from kzcase.i18n import Words, _
from kzcase.journal.sealing import SealBroken, seal, unseal
from kzcase.keys.closing import StoreKeys, close, keys_for_recovery, verify, verify_settled
from kzcase.keys.copies import KeyFiles, first_sound
from kzcase.keys.identity import OpeningKey, SigningKey, bind
from kzcase.keys.layout import WRAP_BYTES, WRAPS, KeyFile, damaged
from kzcase.keys.secret import KEY_BYTES, Secret, StoreKey
from kzcase.keys.shares import SHARES, Share, fingerprint

_PURPOSE: Final = b"key file recovery"
_PAIRS: Final = tuple(itertools.combinations(range(1, SHARES + 1), 2))

Shares = tuple[Share, Share, Share]


@dataclass(frozen=True, slots=True, eq=False)
class RecoveryKeys:
    """What the shares protect: the key that opens stores, and the root that certifies people."""

    recovery: OpeningKey
    root: SigningKey

    @classmethod
    def fresh(cls) -> "RecoveryKeys":
        """New keys, for a new casebook."""
        return cls(OpeningKey(Secret.fresh()), SigningKey(Secret.fresh()))


@dataclass(frozen=True, slots=True, eq=False)
class Recovered:
    """A casebook opened by two shares. `staged_key`: for the database when `store_key` does not open it."""

    store_key: StoreKey
    staged_key: StoreKey | None
    recovery: OpeningKey
    root: SigningKey
    keyfile: KeyFile

    def wipe(self) -> None:
        """Forget everything that was opened."""
        for secret in (self.store_key, self.recovery, self.root, self.staged_key):
            if secret is not None:
                secret.wipe()


@dataclass(frozen=True, slots=True, eq=False)
class RootSigner:
    """Somebody in whose name the organisation's root key signs: acts that no role allows."""

    staff_id: bytes
    root: SigningKey

    @property
    def public_sign(self) -> bytes:
        """The root's own public key."""
        return self.root.public_sign

    def sign(self, message: bytes) -> bytes:
        """The root's signature over the message."""
        return self.root.sign(message)

    def open_sealed(self, info: bytes, sealed: bytes) -> bytes:
        """Nothing: it only signs."""
        raise NotSealedForYou


def new_shares(casebook_id: bytes) -> Shares:
    """Three shares of 32 random bytes each; no share says anything about another."""
    one, two, three = (Share(number, fingerprint(casebook_id), Secret.fresh()) for number in range(1, SHARES + 1))
    return one, two, three


def wrap(casebook_id: bytes, shares: Shares, keys: RecoveryKeys) -> tuple[bytes, ...]:
    """The recovery keys under each of the three pairs of shares."""
    plain = bytes(keys.recovery.secret.reveal()) + bytes(keys.root.secret.reveal())
    return tuple(
        seal(_pair_key(shares[i - 1], shares[j - 1]), _PURPOSE, _bound_to(casebook_id, i, j), plain) for i, j in _PAIRS
    )


def open_with_shares(files: KeyFiles, share_a: Share, share_b: Share) -> Recovered:
    """The casebook by two shares, in either order.

    `ShareUnreadable` when they are one share, of another casebook, or replaced by newer ones;
    `CasebookDamaged` when they fit but the key file was changed.
    """
    first, second = sorted((share_a, share_b), key=lambda share: share.number)
    if first.number == second.number:
        raise ShareUnreadable(why=_("Both are share {number}. Two different shares are needed.", number=first.number))
    recovered = first_sound(files, lambda copy: _opened_wrap(copy, first, second), _recovered)
    if recovered is None:
        raise ShareUnreadable(why=_why_not(files, first, second))
    return recovered


def reissue_shares(recovered: Recovered) -> tuple[KeyFile, Shares]:
    """Three new shares for the same recovery keys; once stored, the old shares no longer open this casebook.

    Two old shares still open an old copy of the key file: destroy them, and older backups.
    """
    keyfile = recovered.keyfile
    directory = verify_settled(keyfile, recovered.store_key)
    shares = new_shares(keyfile.casebook_id)
    wraps = wrap(keyfile.casebook_id, shares, RecoveryKeys(recovered.recovery, recovered.root))
    return close(keyfile, StoreKeys(recovered.store_key), directory, recovery_wraps=wraps), shares


def adopt_wraps(keyfile: KeyFile, store_key: StoreKey, wraps: tuple[bytes, ...]) -> KeyFile:
    """The same key file opened by the shares of these wraps. `CasebookDamaged` when they cannot be such."""
    if [len(wrapped) for wrapped in wraps] != [WRAP_BYTES] * WRAPS:
        raise damaged()
    return close(keyfile, StoreKeys(store_key), verify_settled(keyfile, store_key), recovery_wraps=wraps)


def _recovered(keyfile: KeyFile, keys: RecoveryKeys) -> Recovered | None:
    found = keys_for_recovery(keyfile, keys.recovery)
    directory = found and verify(keyfile, found.store_key)
    if not found or not directory:
        return None
    if (directory.root_public, directory.recovery_public) != (
        keys.root.public_sign,
        keys.recovery.public_kem,
    ):
        return None
    return Recovered(found.store_key, found.staged_key, keys.recovery, keys.root, keyfile)


def _opened_wrap(keyfile: KeyFile, first: Share, second: Share) -> RecoveryKeys | None:
    pair = (first.number, second.number)
    wrapped = keyfile.recovery_wraps[_PAIRS.index(pair)]
    try:
        plain = unseal(_pair_key(first, second), _PURPOSE, _bound_to(keyfile.casebook_id, *pair), wrapped)
    except SealBroken:
        return None
    return RecoveryKeys(OpeningKey(Secret(plain[:KEY_BYTES])), SigningKey(Secret(plain[KEY_BYTES:])))


def _why_not(files: KeyFiles, first: Share, second: Share) -> Words:
    expected = fingerprint(files.copies[0].casebook_id)
    for share in (first, second):
        if share.fingerprint != expected:
            return _("Share {number} belongs to another casebook.", number=share.number)
    return _("These two shares do not open this casebook. They may have been replaced by newer ones.")


def _pair_key(first: Share, second: Share) -> bytes:
    return bytes(first.secret.reveal()) + bytes(second.secret.reveal())


def _bound_to(casebook_id: bytes, first: int, second: int) -> bytes:
    return bind(casebook_id, bytes([first, second]))
