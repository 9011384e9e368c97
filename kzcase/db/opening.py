"""What it takes to open a casebook: the store key, who acts, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from kzcase.db.engine import Key
from kzcase.journal.acts import Identity

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Opening:
    """What it takes to open a casebook: the store key, who acts, and the clock."""

    key: Key
    identity: Identity
    clock: Clock = utc_now
