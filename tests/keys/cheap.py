"""Casebook keys for tests: real derivations, at the least cost Argon2id knows."""

import hashlib
from pathlib import Path

from kzcase.keys.copies import KeyFiles, load, store
from kzcase.keys.derivation import Parameters, argon2id
from kzcase.keys.keyfile import Created, Opened, create, open_with_passphrase, unlock
from kzcase.keys.layout import CHECKSUM_BYTES, KeyFile

TINY = Parameters(32, 1, 4)
TINY_PLUS = Parameters(64, 2, 4)
AISHA = b"A" * 16
BOLAT = b"B" * 16
PASSPHRASE = "керуен домбыра жусан бәйтерек"
OTHER = "самовар облако калитка ястреб"
THIRD = "lantern meadow copper sparrow"


def created(passphrase: str = PASSPHRASE) -> Created:
    """A new casebook's keys, first person Aisha."""
    return create(passphrase, AISHA, "Айша", parameters=TINY, floor=TINY)


def numbered(number: int) -> str:
    """One of many good passphrases."""
    return f"{THIRD} {number}"


def opened(folder: Path, passphrase: str = PASSPHRASE) -> Opened:
    """The casebook's keys from its folder."""
    return unlock(folder, passphrase, TINY)


def stored(folder: Path, keyfile: KeyFile) -> KeyFiles:
    """Both copies written and read again."""
    store(folder, keyfile)
    return load(folder, TINY)


def opens(keyfile: KeyFile, passphrase: str) -> Opened:
    """The key file opened without any folder."""
    return open_with_passphrase(KeyFiles((keyfile,)), passphrase)


def with_checksum(changed: bytes) -> bytes:
    """A changed file with the checksum an attacker would put right."""
    covered = changed[:-CHECKSUM_BYTES]
    return covered + hashlib.sha256(covered).digest()


def flipped(content: bytes, at: int, bit: int = 0) -> bytes:
    """One bit changed."""
    return content[:at] + bytes([content[at] ^ (1 << bit)]) + content[at + 1 :]


def quick(passphrase: bytes, salt: bytes, parameters: Parameters) -> bytes:
    """A stand-in for Argon2id whose time does not depend on a tampered cost."""
    return hashlib.sha256(repr((passphrase, salt, parameters)).encode()).digest()


class Counting:
    """Argon2id that counts how often it was run."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, passphrase: bytes, salt: bytes, parameters: Parameters) -> bytes:
        """One derivation more."""
        self.runs += 1
        return argon2id(passphrase, salt, parameters)
