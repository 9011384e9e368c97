"""Reads what came from elsewhere: bounded CBOR, and the few types a journal is made of."""

from typing import Any, Final

import cbor2

from kzcase.journal.operations import Value

ID_BYTES: Final = 16
DIGEST_BYTES: Final = 32
MAX_NUMBER: Final = (1 << 53) - 1
"""Of an act in its chain, of an operation in its scope: far more than anybody will write."""
MAX_STAMP: Final = (1 << 62) - 1
MAX_NAME: Final = 64
"""Letters of a kind, an entity or a field."""
_MAX_DEPTH: Final = 8
MOST_ITEMS: Final = 600_000
"""Of one text: a backup of a hundred thousand files names as many things. Empty lists of one byte each would take
eighty times the memory of the file."""
_SMALL: Final = 1 << 16
"""Bytes that are not counted: they cannot grow to more than a few million."""
_TEXTS: Final = (2, 3)
_LENGTHS: Final = {24: 1, 25: 2, 26: 4, 27: 8}


def plain_cbor(untrusted: bytes) -> Any:
    """What the bytes say, without tags. `ValueError` for anything that is not exactly one plain CBOR item."""
    if len(untrusted) > _SMALL:
        _count(untrusted)
    try:
        found = cbor2.loads(untrusted, max_depth=_MAX_DEPTH, allow_indefinite=False, allow_duplicate_keys=False)
        canonical = cbor2.dumps(found)
    except (cbor2.CBORError, TypeError, ValueError, RecursionError, OverflowError, MemoryError) as error:
        raise ValueError("not CBOR") from error
    if canonical != untrusted:  # one value has one spelling, or two digests could name it
        raise ValueError("not canonical")
    return found


def _count(untrusted: bytes) -> None:
    """`ValueError` where more things are said than are ever needed; whether they hold together shows later."""
    at = count = 0
    while at < len(untrusted):
        head = untrusted[at]
        told, at = head & 31, at + 1
        if told > 23:
            length = _LENGTHS.get(told, 0)
            told, at = int.from_bytes(untrusted[at : at + length], "big"), at + length
        if head >> 5 in _TEXTS:
            at += told
        count += 1
        if count > MOST_ITEMS:
            raise ValueError("too many things")


def must(*fine: bool) -> None:
    """`ValueError` unless everything is as it must be."""
    if not all(fine):
        raise ValueError("not of the right shape")


def is_id(given: object) -> bool:
    """Sixteen bytes."""
    return type(given) is bytes and len(given) == ID_BYTES


def is_digest(given: object) -> bool:
    """A SHA-256."""
    return type(given) is bytes and len(given) == DIGEST_BYTES


def is_number(given: object, most: int = MAX_NUMBER) -> bool:
    """A whole number that counts something."""
    return type(given) is int and 0 <= given <= most


def is_name(given: object) -> bool:
    """The name of a kind, an entity or a field, known or of a newer version."""
    return type(given) is str and 0 < len(given) <= MAX_NAME


def is_value(given: object) -> bool:
    """What an operation may carry."""
    if type(given) is int:
        return -(1 << 63) <= given < 1 << 63
    if type(given) is list:
        return all(map(is_value, given))
    return given is None or type(given) in (str, bool, bytes, float)


def values_of(untrusted: bytes) -> list[Value]:
    """The values of one body; `ValueError` when it holds anything else."""
    found = plain_cbor(untrusted)
    must(type(found) is list, is_value(found))
    values: list[Value] = found
    return values
