"""Releases as questions answer with them: a summary that was approved, and what its files were."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One line of the release ledger."""

    id: str
    period: str
    number: int
    released_by: str
    released_on: date | None
    approved_by: str | None
    approved_on: date | None
    fingerprints: tuple[str, ...] = field(default=())
    signed_as: int | None = None
    """The release with the very same numbers that a second person has signed, where that is another one."""
    calls: bool = False
    """Its numbers are calls, not people."""
