"""What is said of somebody's day, of the team, and of working together on one case."""

from datetime import date, datetime

from kzcase.cli.documents.document import Document
from kzcase.domain.teamwork import ApprovalRow, ConferenceRow, FlagRow, MemberOfTeam, RequestRow, StaleRow, TransferRow


class DayLine(Document, frozen=True, kw_only=True):
    """One line of the day; `id` names the task, approval, offer or request that an act takes.

    `note` is the word that came with it, or what was written down with the task.
    """

    id: str
    sort: str
    group: str
    day: date | None
    moment: datetime | None
    what: str | None
    case_number: str
    priority: str
    worker: str | None
    reason: str | None
    note: str | None
    masked: list[str]


class Day(Document, frozen=True, kw_only=True):
    """`kzcase day`."""

    lines: list[DayLine]


class TeamBoard(Document, frozen=True, kw_only=True):
    """`kzcase team`: everybody's numbers, and the open cases on which nobody did anything for too long."""

    members: list[MemberOfTeam]
    stale_cases: list[StaleRow]


class CaseTogether(Document, frozen=True, kw_only=True):
    """`kzcase case together`."""

    flags: list[FlagRow]
    approvals: list[ApprovalRow]
    transfers: list[TransferRow]
    requests: list[RequestRow]
    conferences: list[ConferenceRow]


class ExpectedThing(Document, frozen=True, kw_only=True):
    """What the road of a case expects: `state` is done, done_late, late, running or coming."""

    what: str
    state: str
    last_day: date | None
    done_on: date | None
    since: str | None
    doubtful: bool
    how: list[str]


class CaseExpected(Document, frozen=True, kw_only=True):
    """`kzcase case expected`."""

    expected: list[ExpectedThing]
