"""What is said of the helpline: what is open on it, and its information sheets."""

from datetime import date, datetime
from typing import Any, Self

from kzcase.cli.documents.document import Document
from kzcase.domain.line_rows import CallBackRow, ShiftRow, SignalRow, UrgentCall
from kzcase.domain.rows import CallRow


class LineCounts(Document, frozen=True, kw_only=True):
    """What was counted; topics and outcomes by code."""

    calls: int
    topics: dict[str, int]
    outcomes: dict[str, int]
    emergencies: int
    signals: int
    sheets: int
    promised: int
    kept: int
    outreach: int
    reached: int


class LineOpen(Document, frozen=True, kw_only=True):
    """`kzcase helpline open`: the shift, what is promised and passed on, and what was counted. No number to call."""

    shift: ShiftRow | None
    call_backs: list[CallBackRow]
    urgent: list[UrgentCall]
    signals: list[SignalRow]
    counts: LineCounts


class CallFound(Document, frozen=True, kw_only=True):
    """One call. `phone_left`: the caller left a number; it is shown in the window, after its rules."""

    call: str
    number: str
    started_at: datetime | None
    operator: str | None
    channel: str | None
    language: str | None
    caller: str | None
    topics: list[str]
    outcome: str | None
    region: str | None
    danger: str | None
    anonymous: bool
    phone_left: bool
    case: str | None
    case_number: str | None
    masked: list[str]

    @classmethod
    def without_note(cls, row: CallRow) -> Self:
        """A call without its note and without the number that was left."""
        masked = sorted(row.masked - {"note", "phone"})
        as_they_are = {name: getattr(row, name) for name in cls.__struct_fields__ if hasattr(row, name)}
        given: dict[str, Any] = {**as_they_are, "call": row.id, "topics": list(row.topics), "masked": masked}
        return cls(**given)


class CallsFound(Document, frozen=True, kw_only=True):
    """`kzcase helpline calls`: the latest first; `total` is how many there are, where nothing was searched for."""

    calls: list[CallFound]
    total: int | None


class SheetTaken(Document, frozen=True, kw_only=True):
    """An information sheet that a caller was given, and in which language."""

    sheet: str
    language: str


class ServiceCalled(Document, frozen=True, kw_only=True):
    """An emergency service that was called because of a call, and when."""

    service: str
    at: datetime | None


class CallShown(Document, frozen=True, kw_only=True):
    """`kzcase helpline show`: one call, what was noted, and what came of it; cases and signals by their numbers."""

    listed: CallFound
    note: str | None
    more_cases: list[str]
    signals: list[str]
    sheets: list[SheetTaken]
    services: list[ServiceCalled]
    call_backs: int
    masked: list[str]


class SheetFound(Document, frozen=True, kw_only=True):
    """One information sheet in one language."""

    sheet: str
    title: str
    lines: list[str]
    topics: list[str]
    source: str
    checked_on: date
    doubtful: bool
    edition: str


class SheetsFound(Document, frozen=True, kw_only=True):
    """`kzcase helpline sheets`."""

    sheets: list[SheetFound]


class CallFiguresMade(Document, frozen=True, kw_only=True):
    """`kzcase helpline summary`: what was published of a quarter of calls, rounded."""

    period: str
    out: str
    calls: int
    base: int
    bound: int
    stamps: list[str]
    closed: bool
    release: str
    fingerprints: dict[str, str]


class LinePaperMade(Document, frozen=True, kw_only=True):
    """`kzcase helpline print`."""

    paper: str
    lang: str
    file: str
    sha256: str
