"""Hybrid logical clock: orders what the screen shows; nothing in correctness depends on it."""

from datetime import UTC, datetime
from typing import Final

_COUNTER_BITS: Final = 16
FURTHEST: Final = int(datetime(3000, 1, 1, tzinfo=UTC).timestamp() * 1000) << _COUNTER_BITS
"""A wall clock is not believed beyond this, nor do other laptops' stamps pull ours there: stamps must never run out."""


def tick(last: int, now: datetime) -> int:
    """The next stamp: after `last`, and not before the wall clock. Milliseconds since 1970 ‖ 16-bit counter."""
    wall = int(now.timestamp() * 1000) << _COUNTER_BITS
    return max(min(wall, FURTHEST), last + 1)


def moment(stamp: int) -> datetime:
    """The wall-clock moment of a stamp (UTC)."""
    return datetime.fromtimestamp((stamp >> _COUNTER_BITS) / 1000, UTC)
