"""Stale cases: open ones on which nobody did anything for longer than their urgency allows, by a dated rule."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import text

from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.domain.codes import Code
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.domain.teamwork import StaleRow
from kzcase.i18n import KAZAKHSTAN
from kzcase.journal.hlc import moment, tick
from kzcase.queries.reach import but_not, kept_away, within_reach
from kzcase.queries.veil import Veil

RULE: Final = "stale_after"
ROUTINE: Final = "routine"
MOST: Final = 500
_COUNTS: Final = """ AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.act_id = a.id)
  AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.act_id = a.id)"""
"""An act that does not count keeps no case fresh; asked only where there are any."""
_FRESH: Final = """
WITH fresh AS MATERIALIZED (SELECT p.scope, max(a.hlc) AS last FROM acts a CROSS JOIN parts p ON p.act_id = a.id
  WHERE a.hlc >= :oldest{counts} GROUP BY p.scope)
SELECT c.id, c.worker_id, c.urgency FROM cases c LEFT JOIN fresh f ON f.scope = c.id
WHERE c.struck IS NOT 1 AND c.closed_on IS NULL{whose}{but}
AND (f.last IS NULL OR f.last < CASE c.urgency {past} ELSE {routine} END)"""
"""Only the acts of the last weeks are looked up: a case none of them touched is stale, whenever its last one was."""
_LAST: Final = """
SELECT p.scope, max(a.hlc) FROM parts p JOIN acts a ON a.id = p.act_id
WHERE p.scope IN ({{}}){counts} GROUP BY p.scope"""
_FIELDS: Final = ("kind", "urgency", "stage")


@dataclass(frozen=True, slots=True)
class Stale:
    """One stale case before it is shown: whose it is, since when, and how long its urgency allows."""

    case: Id
    worker: Id | None
    last: date
    days: int
    allowed: int
    doubtful: bool


def stale_counts(reader: Reader) -> Counter[Id | None]:
    """How many stale cases everybody holds."""
    return Counter(holder for _case, holder, _urgency in _rows(reader, None))


def stale_cases(reader: Reader, worker: Id | None = None) -> list[Stale]:
    """Those of one colleague, or of everybody; whoever waits longest beyond what is allowed comes first."""
    rules, rows = _rules(reader), _rows(reader, worker)
    sql = _LAST.format(counts=_counting(reader))
    last = dict(Sql.of(reader.session.connection()).rows_with(sql, [case for case, _holder, _urgency in rows]))
    found = []
    for case, holder, urgency in rows:
        rule, day = rules.get(urgency or "", rules[ROUTINE]), _day(last[case])
        allowed = int(rule.attribute("days"))
        found.append(Stale(case, holder, day, (reader.today - day).days, allowed, rule.doubtful))
    return sorted(found, key=lambda one: (one.allowed - one.days, one.case))


def _rules(reader: Reader) -> dict[str, Code]:
    return {one.code: one for one in reader.rulebook.codes[RULE].choices() if one.holds_on(reader.today)}


def _rows(reader: Reader, worker: Id | None) -> list[tuple[Id, Id | None, str | None]]:
    """(case, whose, urgency) of every stale case."""
    limits = {code: _clock(reader, int(rule.attribute("days"))) for code, rule in _rules(reader).items()}
    sql = _FRESH.format(
        counts=_counting(reader),
        whose=" AND c.worker_id = :worker" if worker is not None else "",
        but=but_not(kept_away(reader)),
        past=" ".join(f"WHEN '{code}' THEN {limit}" for code, limit in limits.items()),
        routine=limits[ROUTINE],
    )
    given = {"oldest": min(limits.values())} | ({"worker": worker} if worker is not None else {})
    found = reader.session.execute(text(sql), given)
    return [(bytes(case), bytes(holder) if holder else None, urgency) for case, holder, urgency in found]


def _counting(reader: Reader) -> str:
    some = reader.number("SELECT EXISTS (SELECT 1 FROM waiting) OR EXISTS (SELECT 1 FROM quarantine)")
    return _COUNTS if some else ""


def _clock(reader: Reader, days: int) -> int:
    """The clock of the journal at the beginning of the day so many days ago: what was done that day is not too old."""
    begin = datetime.combine(reader.today - timedelta(days=days), time(), KAZAKHSTAN)
    return tick(0, begin)


def _day(clock: int) -> date:
    return moment(clock).astimezone(KAZAKHSTAN).date()


def stale_list(reader: Reader, *, everybody: bool = False, limit: int = MOST) -> list[StaleRow]:
    """One's own, or by who leads the team everybody's; it names no client."""
    reader.must_be_allowed(Permission.LEAD_TEAM if everybody else Permission.READ_CASES)
    found = stale_cases(reader, None if everybody else reader.acting.staff_id)[:limit]
    near, names, told = within_reach(reader, {one.case for one in found}), _names(reader), _told(reader, found)
    veils = {close: Veil(reader, "cases", near=close) for close in (True, False)}
    rows = []
    for one in found:
        number, *values = told[one.case]
        seen, hidden = veils[one.case in near].over(dict(zip(_FIELDS, values, strict=True)))
        rows.append(
            StaleRow(
                case=one.case.hex(),
                case_number=number or "",
                worker=names.get(one.worker or b""),
                last_act_on=one.last,
                days=one.days,
                allowed=one.allowed,
                doubtful=one.doubtful,
                near=one.case in near,
                masked=hidden,
                **seen,
            )
        )
    return rows


def _names(reader: Reader) -> dict[Id, str]:
    return {bytes(one): name or "" for one, name in reader.session.execute(text("SELECT id, name FROM staff"))}


def _told(reader: Reader, found: Sequence[Stale]) -> dict[Id, tuple[Any, ...]]:
    sql = "SELECT id, number, kind, urgency, stage FROM cases WHERE id IN ({})"
    rows = Sql.of(reader.session.connection()).rows_with(sql, [one.case for one in found])
    return {case: tuple(values) for case, *values in rows}
