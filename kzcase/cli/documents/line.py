"""What is said of the helpline: what is open on it, and its information sheets."""

from datetime import date

from kzcase.cli.documents.document import Document
from kzcase.domain.line_rows import CallBackRow, ShiftRow, SignalRow, UrgentCall


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
