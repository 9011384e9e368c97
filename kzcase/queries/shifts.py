"""Shifts and what is handed over: open promises, calls in which somebody was in danger, signals, and the counts."""

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, func, or_, select

from kzcase.db.reader import Reader
from kzcase.db.tables.base import Journaled
from kzcase.db.tables.cases import Case
from kzcase.db.tables.helpline import CallBack, CrimeSignal, Emergency, OfCall, Outreach, SheetGiven, Shift
from kzcase.db.tables.office import Call, CallTopic
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import from_hex
from kzcase.domain.line_rows import HandOver, ShiftCounts, ShiftRow, UrgentCall
from kzcase.domain.permissions import Permission
from kzcase.queries.call_backs import open_call_backs
from kzcase.queries.call_reach import calls_kept_away
from kzcase.queries.callers import alerts
from kzcase.queries.case_page import name_of
from kzcase.queries.signals import open_signals
from kzcase.queries.veil import Veil

_DANGER: Final = "yes"
_KEPT: Final = "kept"
_MOST: Final = 200


def own_shift(reader: Reader) -> ShiftRow | None:
    """The shift the asker has open."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    mine = (Shift.opened_by == reader.acting.staff_id, Shift.closed_at.is_(None), Shift.struck.is_not(True))
    found = reader.session.scalars(select(Shift).where(*mine).order_by(Shift.opened_at, Shift.id)).first()
    return _row(reader, found) if found else None


def _row(reader: Reader, row: Shift) -> ShiftRow:
    seen, hidden = Veil(reader, "shifts").over({"words": row.words})
    return ShiftRow(
        id=row.id.hex(),
        number=row.number or "",
        opened_at=row.opened_at,
        opened_by=name_of(reader, row.opened_by),
        closed_at=row.closed_at,
        handed_to=name_of(reader, row.handed_to),
        mine=row.opened_by == reader.acting.staff_id,
        masked=hidden,
        **seen,
    )


def hand_over(reader: Reader, shift: str = "") -> HandOver:
    """What whoever comes next must know, as it stands now; counted are the hours of a shift, else of one's own, else
    of today."""
    found = _shift(reader, shift) if shift else own_shift(reader)
    since = (found.opened_at if found else None) or reader.now.replace(hour=0, minute=0, second=0, microsecond=0)
    until = (found.closed_at if found else None) or reader.now
    return HandOver(
        shift=found,
        call_backs=tuple(open_call_backs(reader)),
        urgent=tuple(_urgent(reader)),
        signals=tuple(open_signals(reader)),
        alerts=tuple(alerts(reader)),
        counts=_counts(reader, since, until),
    )


def _shift(reader: Reader, reference: str) -> ShiftRow:
    reader.must_be_allowed(Permission.LOG_CALLS)
    by_id = from_hex(reference)
    row = reader.session.get(Shift, by_id) if by_id else None
    row = row or reader.session.scalars(select(Shift).where(Shift.number == reference.strip())).first()
    if row is None or row.struck:
        raise NotFound(place="shift", what=reference[:64])
    return _row(reader, row)


def _urgent(reader: Reader) -> list[UrgentCall]:
    """Calls with danger that have not become a case: nobody works on them else."""
    danger = (Call.danger == _DANGER, Call.struck.is_not(True), Call.erased_on.is_(None), Call.case_id.is_(None))
    taken = select(Case.call_id).where(Case.call_id.is_not(None), Case.struck.is_not(True))
    there = (*danger, Call.id.not_in(taken), Call.id.not_in(calls_kept_away(reader)))
    rows = reader.session.scalars(select(Call).where(*there).order_by(Call.started_at.desc(), Call.id).limit(_MOST))
    return [_urgent_row(reader, row) for row in rows]


def _urgent_row(reader: Reader, row: Call) -> UrgentCall:
    topics = select(CallTopic.topic).where(CallTopic.call_id == row.id, CallTopic.struck.is_not(True))
    called = select(Emergency.service).where(Emergency.call_id == row.id, Emergency.struck.is_not(True))
    said = tuple(sorted(topic for topic in reader.session.scalars(topics) if topic))
    services = tuple(sorted({service for service in reader.session.scalars(called) if service}))
    return UrgentCall(row.id.hex(), row.number or "", row.started_at, said, services)


def _counts(reader: Reader, since: datetime, until: datetime) -> ShiftCounts:
    """Counts of few calls tell of each of them: those the asker is kept away from are not among them."""
    away = calls_kept_away(reader)
    calls = (Call.struck.is_not(True), Call.started_at.between(since, until), Call.id.not_in(away))
    by_topic = select(CallTopic.topic, func.count()).join(Call, Call.id == CallTopic.call_id)
    topics = by_topic.where(*calls, CallTopic.struck.is_not(True)).group_by(CallTopic.topic)
    days = (Outreach.struck.is_not(True), Outreach.happened_on.between(since.date(), until.date()))

    def came(of: type[OfCall], *conditions: ColumnElement[bool]) -> int:
        return _number(reader, of, or_(of.call_id.is_(None), of.call_id.not_in(away)), *conditions)

    return ShiftCounts(
        calls=_number(reader, Call, *calls),
        topics=_sorted(reader, topics),
        outcomes=_sorted(reader, select(Call.outcome, func.count()).where(*calls).group_by(Call.outcome)),
        emergencies=came(Emergency, Emergency.called_at.between(since, until)),
        signals=came(CrimeSignal, CrimeSignal.made_at.between(since, until)),
        sheets=came(SheetGiven, SheetGiven.given_at.between(since, until)),
        promised=came(CallBack, CallBack.promised_at.between(since, until)),
        kept=came(CallBack, CallBack.ended_at.between(since, until), CallBack.ended == _KEPT),
        outreach=_number(reader, Outreach, *days),
        reached=reader.session.scalar(select(func.coalesce(func.sum(Outreach.reached), 0)).where(*days)) or 0,
    )


def _number(reader: Reader, table: type[Journaled], *conditions: ColumnElement[bool]) -> int:
    live = (table.struck.is_not(True), *conditions)
    return reader.session.scalar(select(func.count()).select_from(table).where(*live)) or 0


def _sorted(reader: Reader, counted: Select[str | None, int]) -> tuple[tuple[str, int], ...]:
    found = [(code, number) for code, number in reader.session.execute(counted) if code]
    return tuple(sorted(found, key=lambda each: (-each[1], each[0])))
