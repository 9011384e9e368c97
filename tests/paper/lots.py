"""Drawing lots: each run looks at a part of what there is, the long proof at all; failures name what was drawn."""

from collections.abc import Sequence
from random import SystemRandom
from typing import TypeVar

T = TypeVar("T")
CHANCE = SystemRandom()


def drawn(things: Sequence[T], count: int) -> list[T]:
    """So many of these things, or all of them."""
    return CHANCE.sample(list(things), min(count, len(things)))
