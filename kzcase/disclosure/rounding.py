"""The random part of protection: which way each number leans, drawn from a secret key and never from a clock."""

import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Final

from kzcase.disclosure.tables import Cell

DECOY_CHANCE: Final = 0.04
"""How often an empty cell is meant to show one group; the same for every cell, so it tells nothing by itself."""


def drawn(key: bytes, period: str, purpose: str, what: object) -> float:
    """A number in [0, 1) that only the holder of the key can foretell (first 64 bits of HMAC-SHA256)."""
    return int.from_bytes(_digest(key, [period, purpose, what])[:8], "big") / 2**64


def seed(key: bytes, period: str, purpose: str) -> bytes:
    """A seed for a longer series of draws."""
    return _digest(key, [period, purpose])


def keyed_fingerprint(key: bytes, period: str, what: object) -> str:
    """A fingerprint that nobody without the key can compare with a guess."""
    return _digest(key, [period, "fingerprint", what])[:16].hex()


def _digest(key: bytes, what: object) -> bytes:
    said = json.dumps(what, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(key, said.encode(), "sha256")


def leanings(
    counts: Mapping[Cell, int], cells: Sequence[Cell], *, base: int, key: bytes, period: str
) -> tuple[int, ...]:
    """For each cell the number of groups it should show: unbiased random rounding, and decoys for empty cells.

    A count of 7 at base 5 leans to one group with chance 3/5 and to two with chance 2/5, so on average to 7.
    """
    return tuple(_leaning(counts.get(cell, 0), base, drawn(key, period, "cell", cell)) for cell in cells)


def _leaning(count: int, base: int, chance: float) -> int:
    if count == 0:
        return int(chance < DECOY_CHANCE)
    whole, rest = divmod(count, base)
    return whole + int(chance < rest / base)


def key_id(key: bytes) -> str:
    """A name for the key that does not reveal it."""
    return hmac.digest(key, b"kzcase summary key", "sha256")[:8].hex()
