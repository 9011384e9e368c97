"""Sealed packages, replies, key cards and typed numbers, broken: closed bytes, and what lies inside the seal."""

from collections.abc import Callable
from datetime import date
from functools import cache

from kzcase.domain.classes import FieldClass
from kzcase.domain.packages import Package, PackedField, Reply, read_package_content, read_reply_content
from kzcase.domain.spoken_numbers import read_number
from kzcase.keys.derivation import argon2id
from kzcase.keys.identity import OpeningKey
from kzcase.keys.packages import (
    closed_reply,
    closed_to_key,
    head_of,
    key_card,
    lock_of,
    opened_by_key,
    opened_by_passphrase,
    opened_reply,
    read_key_card,
)
from kzcase.keys.secret import Secret
from tests.keys.cheap import TINY

WORDS = "generated words"
SEED = bytes(range(32))


def _key() -> OpeningKey:
    return OpeningKey(Secret(SEED))


def _package() -> Package:
    field = PackedField(label="Name", value="Generated", of=FieldClass.IDENTIFYING, field="name")
    plain = {"number": "2026-A7K-R00012-8", "sender": "We", "recipient": "They", "language": "kk"}
    return Package(**plain, fields=(field,), reply_seed=SEED, reply_to=SEED)  # type: ignore[arg-type]


def _reply() -> Reply:
    return Reply(id="ab" * 16, package="00" * 32, state="accepted", on=date(2026, 11, 22))


@cache
def some_packages() -> tuple[bytes, ...]:
    """Sound ones, the first byte saying which reader they are for."""
    public, package, reply = _key().public_kem, _package().plain(), _reply().plain()
    seeds = (
        closed_to_key(public, package),
        lock_of(WORDS, TINY).close(package),
        closed_reply(public, SEED, reply),
        package,
        reply,
        key_card(public).encode(),
        b"2026-A7K-R00012-8",
    )
    return tuple(bytes([number]) + seed for number, seed in enumerate(seeds))


def read_package(given: bytes) -> object:
    """Each of the readers by the first byte."""
    readers: tuple[Callable[[bytes], object], ...] = (
        lambda rest: read_package_content(opened_by_key(rest, _key())),
        lambda rest: read_package_content(opened_by_passphrase(rest, WORDS, argon2id, TINY)) if _cheap(rest) else None,
        lambda rest: read_reply_content(opened_reply(rest, _key())[1]),
        read_package_content,
        read_reply_content,
        lambda rest: read_key_card(rest.decode("utf-8", "replace")),
        lambda rest: read_number(rest.decode("utf-8", "replace")),
    )
    return readers[given[0] % len(readers)](given[1:]) if given else None


def _cheap(given: bytes) -> bool:
    """What asks for a costly derivation is only looked at: thousands of them would take the day."""
    head_of(given)
    return given[5:11] == (TINY.memory_kib).to_bytes(4, "big") + bytes([TINY.iterations, TINY.lanes])
