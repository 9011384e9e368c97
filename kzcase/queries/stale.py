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
_COUNTS: Final = """ AND NOT EXISTS (SELECT 1 FROM waiting w WHERE w.act_id = p.act_id)
      AND NOT EXISTS (SELECT 1 FROM quarantine q WHERE q.act_id = p.act_id)"""
"""An act that does not count keeps no case fresh; asked only where there are any."""
_STALE: Final = """
SELECT * FROM (SELECT c.id, c.worker_id, c.urgency, (
  SELECT max((SELECT a.hlc FROM acts a WHERE a.id = (
    SELECT p.act_id FROM parts p WHERE p.scope = c.id AND p.incarnation = d.incarnation{counts}
    ORDER BY p.first_seq DESC LIMIT 1)))
  FROM (SELECT DISTINCT incarnation FROM parts WHERE scope = c.id) d) AS last
FROM cases c WHERE c.struck IS NOT 1 AND c.closed_on IS NULL{whose}{but})
WHERE last < CASE urgency {past} ELSE {routine} END"""
"""Of each open case only the last act of each laptop is looked up, by the order in which that laptop wrote them."""
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
    return Counter(holder for _case, holder, _urgency, _last in _rows(reader, None))


def stale_cases(reader: Reader, worker: Id | None = None) -> list[Stale]:
    """Those of one colleague, or of everybody; whoever waits longest beyond what is allowed comes first."""
    rules, found = _rules(reader), []
    for case, holder, urgency, last in _rows(reader, worker):
        rule, day = rules.get(urgency or "", rules[ROUTINE]), _day(last)
        allowed = int(rule.attribute("days"))
        found.append(Stale(case, holder, day, (reader.today - day).days, allowed, rule.doubtful))
    return sorted(found, key=lambda one: (one.allowed - one.days, one.case))


def _rules(reader: Reader) -> dict[str, Code]:
    return {one.code: one for one in reader.rulebook.codes[RULE].choices() if one.holds_on(reader.today)}


def _rows(reader: Reader, worker: Id | None) -> list[tuple[Id, Id | None, str | None, int]]:
    """(case, whose, urgency, the clock of its last act) of every stale case."""
    limits = {code: _clock(reader, int(rule.attribute("days"))) for code, rule in _rules(reader).items()}
    sql = _STALE.format(
        counts=_counting(reader),
        whose=" AND c.worker_id = :worker" if worker is not None else "",
        but=but_not(kept_away(reader)),
        past=" ".join(f"WHEN '{code}' THEN {limit}" for code, limit in limits.items()),
        routine=limits[ROUTINE],
    )
    found = reader.session.execute(text(sql), {"worker": worker} if worker is not None else {})
    return [(bytes(case), bytes(holder) if holder else None, urgency, last) for case, holder, urgency, last in found]


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
