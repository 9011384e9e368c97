"""What figures of calls are made from: calls that no closed quarter has counted, of nobody too many."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.tables.helpline import CallPeriod
from kzcase.domain.ids import Id
from kzcase.domain.line import digits_of
from kzcase.domain.permissions import Permission
from kzcase.i18n import KAZAKHSTAN
from kzcase.queries.periods import ClosedPeriod

# Whoever was erased is struck; what can be counted of their call is counted still.
_CALLS: Final = """
SELECT id, language, region, outcome, started_at, phone, nickname,
  (SELECT group_concat(topic, ' ') FROM call_topics t WHERE t.call_id = c.id)
FROM calls c WHERE (struck IS NOT 1 OR erased_on IS NOT NULL) AND started_at < :end ORDER BY started_at, id"""

_FIRST: Final = "SELECT min(started_at) FROM calls WHERE struck IS NOT 1 OR erased_on IS NOT NULL"


@dataclass(frozen=True, slots=True)
class CountedCall:
    """The countable facts of one call: never shown to anybody, only counted."""

    call: Id
    on: date
    language: str
    region: str
    outcome: str
    topics: tuple[str, ...]
    beyond: bool = False
    """One call more of a known caller than is counted; it is not counted later either."""


def calls_to_count(reader: Reader, start: date, end: date, most: int) -> list[CountedCall]:
    """The calls of a quarter, and those logged late for a closed one. Of one known caller at most so many: whoever
    calls every day must not be seen in a number."""
    reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    counted, closed = _already_counted(reader), {each.period for each in closed_call_periods(reader)}
    until = datetime.combine(end, time.max, KAZAKHSTAN).astimezone(UTC).isoformat()
    of: Counter[str] = Counter()
    found: list[CountedCall] = []
    for row in reader.session.execute(text(_CALLS), {"end": until}):
        call, on = bytes(row[0]), datetime.fromisoformat(row[4]).astimezone(KAZAKHSTAN).date()
        late = on < start and quarter_of(on) in closed
        if call in counted or not (on >= start or late):
            continue
        caller = digits_of(row[5]) or (row[6] or "").casefold().strip()
        of[caller] += bool(caller)
        topics, beyond = tuple((row[7] or "").split()), bool(caller) and of[caller] > most
        found.append(CountedCall(call, max(on, start), row[1] or "", row[2] or "", row[3] or "", topics, beyond))
    return found


def first_call(reader: Reader) -> date | None:
    """The day of the oldest call."""
    found = reader.session.execute(text(_FIRST)).scalar()
    return datetime.fromisoformat(found).astimezone(KAZAKHSTAN).date() if found else None


def quarter_of(day: date) -> str:
    """The quarter of a day, as `2026-Q3`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _already_counted(reader: Reader) -> set[Id]:
    blobs: Iterable[bytes | None] = reader.session.scalars(select(CallPeriod.counted)).all()
    return {blob[at : at + 16] for blob in blobs if blob for at in range(0, len(blob), 16)}


def closed_call_periods(reader: Reader) -> list[ClosedPeriod]:
    """Every closed quarter of calls, in their order; `people` are calls here."""
    reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    rows = reader.session.scalars(select(CallPeriod).where(CallPeriod.struck.is_not(True)))
    return sorted((_closed(row) for row in rows), key=lambda one: one.period)


def _closed(row: CallPeriod) -> ClosedPeriod:
    sealed = (row.protected_file or b"").decode("utf-8", "replace")
    calls = len(row.counted or b"") // 16
    return ClosedPeriod(row.period or "", row.closed_on, row.base or 0, calls, sealed, row.fingerprint or "")
