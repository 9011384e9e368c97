"""Frozen rows of where a case stands: its road and tracks, what holds a step back, its clocks and what was stated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from kzcase.domain.due import DueRow
from kzcase.i18n import Words

HIDDEN = "hidden"
"""In place of a fact that the asker may not see."""


@dataclass(frozen=True, slots=True)
class FactWord:
    """A fact by its code and as a person says it; both tell nothing where the asker may not see it."""

    code: str
    said: Words


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A step that has to wait: the guard's sentence, what is missing for it, and what one of is enough."""

    step: Words
    guard: Words
    missing: tuple[FactWord, ...]
    one_of: tuple[FactWord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadRow:
    """Where the road or one track stands. `applies` is None while nobody knows whether the track is about the case."""

    id: str
    name: Words
    applies: bool | None
    stage_id: str = ""
    stage: Words | None = None
    reasons: tuple[FactWord, ...] = ()
    next_id: str = ""
    next: Words | None = None
    missing: tuple[FactWord, ...] = ()
    one_of: tuple[FactWord, ...] = ()
    held: tuple[HeldRow, ...] = ()
    early: tuple[HeldRow, ...] = ()
    happened: tuple[HeldRow, ...] = ()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRow:
    """A deadline: until when, by which rule, and every line of how it was found; or why it cannot be counted yet.

    `left` is how long a clock of hours still has.
    """

    name: Words
    last_day: date | None = None
    moment: datetime | None = None
    overdue: bool = False
    left: Words | None = None
    explained: tuple[Words, ...] = ()
    waits_for: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedRow:
    """One statement. `text` fields are None where the asker may not see them."""

    id: str
    fact: str
    said: Words
    day: str | None
    missing: str | None
    moment: datetime | None
    step: Words | None
    country: str | None
    source: str | None
    proof: str | None
    ground: str | None
    addressee: str | None
    by: str | None
    at: datetime | None
    mine_to_withdraw: bool
    relatives: str | None = None
    decision: str | None = None
    decided_with: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """Where a case stands, as the asker may see it now."""

    case: str
    number: str
    kind: Words
    roads: tuple[RoadRow, ...]
    held: tuple[HeldRow, ...]
    """Risky steps that have to wait now."""
    clocks: tuple[ClockRow, ...]
    stated: tuple[StatedRow, ...]
    offered: tuple[FactWord, ...]
    """What the asker may state: what makes sense now first, `first` of them."""
    first: int
    suspended: bool
    steps: Mapping[str, Words]
    """The steps a lawyer may clear here."""
    days: tuple[DueRow, ...] = ()
    """What else is due: papers, consents and stays that end, a coming of age."""
