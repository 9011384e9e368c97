"""Retention: cases whose term is over, to be erased or held by a person; nothing is ever erased by itself."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Case
from kzcase.db.tables.erasures import CaseHold
from kzcase.db.tables.lives import Relation
from kzcase.domain.erasures import HeldRow, RetentionRow, SuspicionRow
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.queries.holds import RELEASED, held_cases
from kzcase.queries.reach import kept_away

Live = tuple[Id, str | None, str | None, str | None]
"""(id, number, kind, day it was closed)."""
_OF_CLIENTS: Final = (
    "SELECT client_id, id, number, kind, closed_on FROM cases WHERE client_id IN ({}) AND struck IS NOT 1"
)
AGAIN: Final = "erased_before"
"""In place of a rule: the person was erased, and this case came from a laptop that did not know."""


def due(reader: Reader) -> list[RetentionRow]:
    """Cases past their term, the longest first. A person is only there when all their cases are past it, none is
    under a legal hold, and the asker is kept away from none of them."""
    reader.must_be_allowed(Permission.ERASE)
    stays = held_cases(reader) | kept_away(reader)
    found = [row for cases in _by_client(reader).values() for row in _if_all(reader, cases, stays)]
    return sorted(found, key=lambda row: (row.due_on, row.number))


def _by_client(reader: Reader) -> dict[Id, list[tuple[Live, date | None]]]:
    """The live cases of everybody who has a closed one or was erased; with the day they were erased, if they were."""
    sql = Sql.of(reader.session.connection())
    some = "SELECT DISTINCT client_id FROM cases WHERE closed_on IS NOT NULL AND struck IS NOT 1 AND client_id NOT NULL"
    gone = sql.rows("SELECT id, erased_on FROM people WHERE erased_on IS NOT NULL")
    erased = {person: date.fromisoformat(day) for person, day in gone}
    clients = {client for (client,) in sql.rows(some)} | erased.keys()
    found: dict[Id, list[tuple[Live, date | None]]] = defaultdict(list)
    for client, *case in sql.rows_with(_OF_CLIENTS, clients):
        case_id, number, kind, closed_on = case
        found[client].append(((case_id, number, kind, closed_on), erased.get(client)))
    return found


def _if_all(reader: Reader, cases: Sequence[tuple[Live, date | None]], stays: frozenset[Id]) -> list[RetentionRow]:
    """The rows of one person's cases, if every one is past its term and none stays."""
    rows = [_row(reader, case, erased_on) for case, erased_on in cases if case[0] not in stays]
    past = [row for row in rows if row is not None and row.due_on <= reader.today]
    return past if len(past) == len(cases) else []


def _row(reader: Reader, case: Live, erased_on: date | None) -> RetentionRow | None:
    case_id, number, kind, closed = case
    closed_on = date.fromisoformat(closed) if closed else None
    if erased_on is not None:
        return RetentionRow(case_id.hex(), number or "", kind or "", closed_on, erased_on, AGAIN, False)
    rule = reader.rulebook.retention.on(kind, closed_on) if closed_on else None
    if rule is None or closed_on is None:
        return None
    ends = rule.ends_on(closed_on)
    return RetentionRow(
        case_id.hex(), number or "", kind or "", closed_on, ends, rule.id, rule.doubtful, rule.below_law
    )


def held_list(reader: Reader) -> list[HeldRow]:
    """The cases under a legal hold, for those who decide about it."""
    reader.must_be_allowed(Permission.HOLD)
    query = select(Case.id, Case.number, CaseHold.why, CaseHold.since).join(CaseHold, CaseHold.case_id == Case.id)
    query = query.where(CaseHold.state.is_distinct_from(RELEASED), Case.struck.is_not(True)).order_by(Case.number)
    away = kept_away(reader)
    rows = reader.session.execute(query).all()
    return [
        HeldRow(case.hex(), number or "", why or "", since) for case, number, why, since in rows if case not in away
    ]


def suspicions_due(reader: Reader) -> list[SuspicionRow]:
    """Suspicions past their term, to be taken away with whoever they name, or kept with a new reason."""
    reader.must_be_allowed(Permission.ERASE)
    query = select(Relation, Case).outerjoin(Case, Case.client_id == Relation.person_id)
    past = (Relation.struck.is_not(True), Relation.keep_until < reader.today)
    rows = reader.session.execute(query.where(*past).order_by(Relation.keep_until, Relation.id)).all()
    away = kept_away(reader)
    found = {row.id: (row, case) for row, case in rows if case is None or case.id not in away}
    return [_suspicion(row, case) for row, case in found.values()]


def _suspicion(row: Relation, case: Case | None) -> SuspicionRow:
    named = (case.id.hex(), case.number or "") if case else ("", "")
    return SuspicionRow(row.id.hex(), row.kind or "", *named, row.keep_until)
