"""Referrals over time: in which state one is, what may come next, by when somebody must look again, and whose turn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from kzcase.domain.codes import CodeList
from kzcase.domain.rows import ReferralRow

DRAFT: Final = "draft"
SENT: Final = "sent"
RECEIVED: Final = "received"
ACCEPTED: Final = "accepted"
REFUSED: Final = "refused"
APPOINTMENT: Final = "appointment"
EXPIRED: Final = "expired"
TAKEN_BACK: Final = frozenset({"withdrawn", "revoked"})
"""By the person, or by us: from then on nothing is sent, whatever another laptop wrote at the same time."""
REPLIES: Final = frozenset({"received", "accepted", "refused", "appointment", "served", "partly"})
"""What a partner says; the others are said by us."""


@dataclass(frozen=True, slots=True)
class Step:
    """One dated state of a referral, or that the partner was asked for a reply (`state` is empty)."""

    state: str
    on: date
    at: str
    next_on: date | None = None
    id: str = ""

    @property
    def order(self) -> tuple[date, str, str]:
        """Which came later: by the day it happened, then by when it was written down."""
        return self.on, self.at, self.id


@dataclass(frozen=True, slots=True)
class Standing:
    """How a referral stands: its state, since when, and by when somebody must look again; none once it has ended."""

    state: str
    since: date | None
    due: date | None
    chased: int = 0
    ended: bool = False

    def overdue(self, today: date) -> bool:
        """Whether its day is past."""
        return self.due is not None and self.due < today


def standing(first: Step, steps: Iterable[Step], states: CodeList, reply_by: date | None) -> Standing:
    """How a referral stands after its steps; `first` is what its own row says. Whoever took it back is believed first,
    in whichever order laptops met: states are only ever added, so every laptop comes to the same."""
    there = sorted((first, *steps), key=lambda step: step.order)
    known = [step for step in there if step.state in states]
    taken_back = [step for step in known if step.state in TAKEN_BACK]
    last = (taken_back or known or [first])[-1]
    ended = bool(states[last.state].attribute("ends")) if last.state in states else False
    chases = [step for step in there if not step.state]
    asked = [step for step in (last, *chases) if step.next_on is not None and step.order >= last.order]
    due = asked[-1].next_on if asked else reply_by
    waits = not ended and last.state != DRAFT
    return Standing(last.state, last.on, due if waits else None, len(chases), ended)


def came_of_it(first: Step, steps: Iterable[Step], states: CodeList, reply_by: date | None) -> str:
    """What came of a referral at that partner: how it ended before it was taken back, else the state it stands in.

    Help that was given stays given, whatever became of the consent afterwards.
    """
    there = list(steps)
    before = standing(first, [step for step in there if step.state not in TAKEN_BACK], states, reply_by)
    return before.state if before.ended else standing(first, there, states, reply_by).state


def may_follow(before: str, after: str, states: CodeList) -> bool:
    """Whether one state may come after another."""
    return after in states and before in states[after].attribute("after").split()


def next_look(state: str, on: date, states: CodeList, *, appointment: date | None = None) -> date | None:
    """By when somebody must look again after a state; none where nothing is awaited."""
    said = states[state].attribute("days") if state in states else ""
    if not said:
        return None
    start = appointment if state == APPOINTMENT and appointment else on
    return start + timedelta(days=int(said))


@dataclass(frozen=True, slots=True)
class ReferralStepRow:
    """One line of a referral's history, as one reads it."""

    id: str
    state: str
    on: date | None
    reason: str | None
    delay: str | None
    text: str | None
    how: str | None
    appointment_on: date | None
    appointment_time: str | None
    next_on: date | None
    author: str | None
    recorded_at: datetime | None
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ListedReferral:
    """A referral in the list of all: of which case, how it stands, how often its reply was asked for."""

    id: str
    case: str
    case_number: str
    worker: str | None
    late: int
    """Days since it should have been looked at."""
    chased: int
    chased_on: date | None
    delay: str | None
    row: ReferralRow


@dataclass(frozen=True, slots=True)
class ReferralHistory:
    """One referral with everything that happened to it, the first first."""

    listed: ListedReferral
    steps: tuple[ReferralStepRow, ...]


@dataclass(frozen=True, slots=True)
class ReferralChoice:
    """What the list shows: whose, in which state, to which partner, and only those that are overdue."""

    mine: bool = False
    open: bool = False
    overdue: bool = False
    state: str = ""
    partner: str = ""
