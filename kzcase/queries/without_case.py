"""Calls and referrals from others that became no case: those past their term, those under a legal hold, one by name."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final, TypeVar

from sqlalchemy import Select, select

from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.erasures import CaseHold
from kzcase.db.tables.office import Call
from kzcase.db.tables.referrals import IncomingReferral
from kzcase.domain.erasures import HeldRow, RetentionRow
from kzcase.domain.errors import NotFound, PartOfACase
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import Permission
from kzcase.domain.retention import CALL, INCOMING
from kzcase.i18n import KAZAKHSTAN
from kzcase.queries.call_reach import call_must_be_there, cases_of_calls
from kzcase.queries.holds import RELEASED, held_cases
from kzcase.queries.reach import kept_away

RowT = TypeVar("RowT", Call, IncomingReferral)
_CALLS: Final = """SELECT id, number, started_at FROM calls
WHERE struck IS NOT 1 AND erased_on IS NULL AND case_id IS NULL AND started_at IS NOT NULL
AND id NOT IN (SELECT call_id FROM call_cases WHERE call_id IS NOT NULL AND case_id IS NOT NULL AND struck IS NOT 1)
AND id NOT IN (SELECT call_id FROM cases WHERE call_id IS NOT NULL AND struck IS NOT 1)"""
_INCOMING: Final = """SELECT id, number, received_on FROM incoming_referrals
WHERE struck IS NOT 1 AND erased_on IS NULL AND case_id IS NULL AND received_on IS NOT NULL"""


def due_without_case(reader: Reader) -> list[RetentionRow]:
    """Those past their term, the longest first; none that is under a legal hold."""
    reader.must_be_allowed(Permission.ERASE)
    held, sql = held_cases(reader), Sql.of(reader.session.connection())
    calls = ((row, number, _day(datetime.fromisoformat(at))) for row, number, at in sql.rows(_CALLS))
    others = ((row, number, date.fromisoformat(day)) for row, number, day in sql.rows(_INCOMING))
    found = (
        _row(reader, kind, *each) for kind, some in ((CALL, calls), (INCOMING, others)) for each in some
        if each[0] not in held
    )  # fmt: skip
    past = [row for row in found if row is not None and row.due_on <= reader.today]
    return sorted(past, key=lambda row: (row.due_on, row.number))


def _day(moment: datetime) -> date:
    return (moment.astimezone(KAZAKHSTAN) if moment.tzinfo else moment).date()


def _row(reader: Reader, kind: str, record: Id, number: str | None, came_on: date) -> RetentionRow | None:
    rule = reader.rulebook.retention.on(kind, came_on)
    if rule is None:
        return None
    wrong = (rule.doubtful, rule.below_law)
    return RetentionRow(record.hex(), number or "", kind, came_on, rule.ends_on(came_on), rule.id, *wrong)


def held_without_case(reader: Reader) -> list[HeldRow]:
    """Those under a legal hold."""
    reader.must_be_allowed(Permission.HOLD)
    return sorted(_held(reader), key=lambda row: row.number)


def _held(reader: Reader) -> Iterator[HeldRow]:
    for kind, table in ((CALL, Call), (INCOMING, IncomingReferral)):
        query = select(table.id, table.number, CaseHold.why, CaseHold.since).join(
            CaseHold, CaseHold.case_id == table.id
        )
        there = (CaseHold.state.is_distinct_from(RELEASED), table.struck.is_not(True))
        for record, number, why, since in reader.session.execute(query.where(*there)).all():
            if kind == INCOMING or not _is_kept_away(reader, record):
                yield HeldRow(record.hex(), number or "", why or "", since, kind)


def _is_kept_away(reader: Reader, call: Id) -> bool:
    away = kept_away(reader)
    return bool(away and cases_of_calls(reader, (call,)).get(call, frozenset()) & away)


def record_without_case(reader: Reader, reference: str) -> Id | None:
    """The call or referral from others of this number or id; None where it is neither. `PartOfACase` for one that
    became a case: it goes with whoever that case is of."""
    row_id, wanted = from_hex(reference), reference.strip()
    call = reader.session.scalars(_named(Call, row_id, wanted)).first()
    row = call or reader.session.scalars(_named(IncomingReferral, row_id, wanted)).first()
    if row is None:
        return None
    _must_be_without(reader, row, reference)
    return row.id


def _named(table: type[RowT], row_id: Id | None, number: str) -> Select[RowT]:
    named = (table.id == row_id) | (table.number == number)
    return select(table).where(named, table.struck.is_not(True), table.erased_on.is_(None)).limit(1)


def _must_be_without(reader: Reader, row: Call | IncomingReferral, reference: str) -> None:
    if isinstance(row, Call):
        call_must_be_there(reader, row.id, reference)
        cases = cases_of_calls(reader, (row.id,)).get(row.id, frozenset())
    else:
        cases = frozenset() if row.case_id is None else frozenset({row.case_id})
    if cases & kept_away(reader):
        raise NotFound(place="person", what=reference[:64])
    if cases:
        raise PartOfACase(place="person")


def numbers_of_records(reader: Reader, records: frozenset[Id]) -> list[str]:
    """Their numbers."""
    tables = (Call, IncomingReferral)
    found = (reader.session.scalars(select(each.number).where(each.id.in_(records))) for each in tables)
    return sorted(number or "" for numbers in found for number in numbers)
