"""Hybrid logical clock: orders what the screen shows; nothing in correctness depends on it."""

from datetime import UTC, datetime
from typing import Final

_COUNTER_BITS: Final = 16


def tick(last: int, now: datetime) -> int:
    """The next stamp: after `last`, and not before the wall clock. Milliseconds since 1970 ‖ 16-bit counter."""
    wall = int(now.timestamp() * 1000) << _COUNTER_BITS
    return max(wall, last + 1)


def moment(stamp: int) -> datetime:
    """The wall-clock moment of a stamp (UTC)."""
    return datetime.fromtimestamp((stamp >> _COUNTER_BITS) / 1000, UTC)
