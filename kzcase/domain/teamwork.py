"""Working together on cases: the words of its states, and the frozen rows that screens, papers and commands show."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from kzcase.i18n import Words, _

ACCEPTED, REFUSED, WITHDRAWN, HANDED_OVER, GRANTED = "accepted", "refused", "withdrawn", "handed_over", "granted"
WAITING: Final = "waiting"
APPROVED, SENT_BACK = "approved", "sent_back"
TRANSFER_WORDS: Final = {
    WAITING: _("waits for an answer"),
    ACCEPTED: _("accepted"),
    REFUSED: _("not accepted"),
    WITHDRAWN: _("withdrawn"),
    HANDED_OVER: _("given at once"),
    GRANTED: _("given"),
}
APPROVAL_WORDS: Final = {
    WAITING: _("waits for a decision"),
    APPROVED: _("approved"),
    SENT_BACK: _("sent back"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferRow:
    """An offer of a case, or that it was given. `mine`: it is for the asker to answer."""

    id: str
    case: str
    case_number: str
    giver: str | None
    receiver: str | None
    note: str | None
    with_tasks: bool
    offered_at: datetime | None
    state: str
    answered_by: str | None
    answered_at: datetime | None
    answer: str | None
    mine: bool = False
    can_withdraw: bool = False
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRow:
    """A colleague asks for a case. `mine`: it is for the asker of this question to decide."""

    id: str
    case: str
    case_number: str
    asked_by: str | None
    asked_at: datetime | None
    reason: str | None
    state: str
    answered_by: str | None
    answered_at: datetime | None
    answer: str | None
    mine: bool = False
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalRow:
    """An approval: what is to be approved, who asked, what was decided. `own`: by whoever asked; `alone`: one-person
    office. `can_decide` and `can_approve_own` say what the asker of this question may do with it."""

    id: str
    case: str
    case_number: str
    what: str
    note: str | None
    asked_by: str | None
    asked_at: datetime | None
    outcome: str
    comment: str | None
    decided_by: str | None
    decided_at: datetime | None
    own: bool = False
    alone: bool = False
    can_decide: bool = False
    can_approve_own: bool = False
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagRow:
    """A flag on a case."""

    id: str
    kind: str
    reason: str | None
    seen_by: str
    raised_on: date | None
    raised_by: str | None
    taken_down_on: date | None
    taken_down_by: str | None
    taken_down_why: str | None
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConferenceRow:
    """A conference with who took part and what was decided; `members` from outside carry their organisation."""

    id: str
    held_on: date | None
    kind: str
    place: str | None
    minutes: str | None
    next_on: date | None
    written_by: str | None
    members: tuple[tuple[str | None, str | None], ...]
    decisions: tuple["DecisionRow", ...]
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """What a conference decided: for whom, until when, and whether it is done."""

    text: str | None
    due: date | None = None
    assignee: str | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Everything colleagues agreed on about one case."""

    case: str
    flags: tuple[FlagRow, ...]
    approvals: tuple[ApprovalRow, ...]
    transfers: tuple[TransferRow, ...]
    requests: tuple[RequestRow, ...]
    conferences: tuple[ConferenceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberOfTeam:
    """One colleague on the board: how much they hold, and how much of it waits. It names no client."""

    staff: str
    name: str
    cases: int
    urgent: int
    overdue: int
    stale: int
    tasks: int
    waiting: int
    absent_until: date | None = None
    left_on: date | None = None
    """Whoever left and still holds cases or tasks: nobody sees to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCase:
    """An open case of a caseload; it names no client."""

    case: str
    number: str
    kind: str | None
    urgency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleRow:
    """A case on which nothing was done for longer than its urgency allows."""

    case: str
    case_number: str
    kind: str | None
    urgency: str | None
    stage: str | None
    worker: str | None
    last_act_on: date
    days: int
    allowed: int
    doubtful: bool = True
    near: bool = True
    masked: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectedRow:
    """Something the road of a case expects by a day: done, late, running, or still to come."""

    step: str
    what: Words
    state: str
    since: Words | None = None
    last_day: date | None = None
    moment: datetime | None = None
    done_on: date | None = None
    doubtful: bool = False
    explained: tuple[Words, ...] = ()
