"""Drawing lots: every test looks at a part of what there is, always the same, and the long proof at all of it."""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def drawn(things: Sequence[T], count: int) -> list[T]:
    """So many of these things, spread over all of them, or all of them; the same until the things change."""
    return Random(f"{len(things)}/{count}").sample(list(things), min(count, len(things)))
