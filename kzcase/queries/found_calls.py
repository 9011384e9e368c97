"""Calls found by their own number or by the telephone of whoever called; by a telephone nobody learns of a case."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select

from kzcase.db.reader import Reader
from kzcase.db.tables.office import Call
from kzcase.domain.errors import Ambiguous, NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.line import digits_of
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CallRow
from kzcase.queries.call_reach import call_must_be_there, calls_kept_away
from kzcase.queries.callers import calls_from
from kzcase.queries.office import call_rows, calls_without_case


def found_and_counted(reader: Reader, typed: str, *, limit: int = 200) -> tuple[list[CallRow], int]:
    """Calls with this number or its beginning, or else those from this telephone in any spelling: the latest, and how
    many there are in all.

    A telephone in other hands finds none, and takes as long. Of calls found by their telephone no case shows, whoever
    asks and whether or not there is one: the word is asked for.
    """
    reader.must_be_allowed(Permission.LOG_CALLS)
    wanted = typed.strip().upper()
    if not wanted:
        return [], 0
    those = _numbered(reader, wanted)
    many = reader.session.scalar(select(func.count()).select_from(Call).where(*those)) or 0
    if many or not digits_of(wanted):
        query = select(Call).where(*those).order_by(Call.started_at.desc(), Call.id).limit(limit)
        return call_rows(reader, reader.session.scalars(query).all()), many
    called = calls_from(reader, wanted)
    return calls_without_case(reader, _in_order(reader, called[:limit])), len(called)


def _numbered(reader: Reader, wanted: str) -> tuple[ColumnElement[bool], ...]:
    away = calls_kept_away(reader)
    return Call.number.startswith(wanted, autoescape=True), Call.struck.is_not(True), Call.id.not_in(away)


def _in_order(reader: Reader, calls: Sequence[Id]) -> list[Call]:
    rows = {row.id: row for row in reader.session.scalars(select(Call).where(Call.id.in_(calls)))}
    return [rows[call] for call in calls if call in rows]


def call_named(reader: Reader, reference: str) -> Id:
    """A call by number or id. `NotFound` also for whoever is kept away from one of its cases."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    named = (Call.id == (from_hex(reference) or b"")) | (Call.number == reference.strip())
    found = reader.session.scalars(select(Call.id).where(named, Call.struck.is_not(True)).limit(2)).all()
    if len(found) > 1:
        raise Ambiguous(place="call", what=reference[:64])
    if not found:
        raise NotFound(place="call", what=reference[:64])
    call_must_be_there(reader, found[0], reference)
    return found[0]
