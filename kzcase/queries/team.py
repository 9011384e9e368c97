"""The team board: how much everybody holds, how much of it is urgent, late or stale, and who is not there."""

from datetime import UTC, date
from typing import Any, Final

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.tables.organisation import Staff
from kzcase.db.tables.teamwork import Absence
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.permissions import MAY, Permission
from kzcase.domain.teamwork import HeldCase, MemberOfTeam
from kzcase.queries.freezes import here_with
from kzcase.queries.reach import but_not, kept_away
from kzcase.queries.stale import stale_counts
from kzcase.queries.veil import Veil

MOST: Final = 500
"""As many cases as are handed over at once."""


def team_board(reader: Reader) -> list[MemberOfTeam]:
    """Everybody who works on cases, first whoever left and still holds some. Cases the asker is kept away from are in
    none of the numbers."""
    reader.must_be_allowed(Permission.LEAD_TEAM)
    but = but_not(kept_away(reader))
    cases, tasks, days = _cases(reader, but), _tasks(reader, but), _days_over(reader, but)
    stale = stale_counts(reader)
    waiting, absent = _waiting(reader, but), absent_now(reader)
    here = here_with(reader, MAY[Permission.WORK_ON_CASES])
    everybody = reader.session.execute(select(Staff.id, Staff.name, Staff.removed_on))
    names, left = {}, {}
    for one, name, removed_on in everybody:
        names[bytes(one)], left[bytes(one)] = name or "", removed_on
    shown = [one for one in names if one in here or one in cases or one in tasks]
    rows = [
        MemberOfTeam(
            staff=one.hex(),
            name=names[one],
            cases=cases.get(one, (0, 0))[0],
            urgent=cases.get(one, (0, 0))[1],
            tasks=tasks.get(one, (0, 0))[0],
            overdue=tasks.get(one, (0, 0))[1] + days.get(one, 0),
            stale=stale[one],
            waiting=waiting.get(one, 0),
            absent_until=absent.get(one),
            left_on=left[one],
        )
        for one in shown
    ]
    return sorted(rows, key=lambda row: (row.left_on is None, -row.overdue - row.stale, row.name))


def _cases(reader: Reader, but: str) -> dict[Id, tuple[int, int]]:
    """(open cases, urgent ones) of everybody."""
    sql = f"""SELECT c.worker_id, count(*), sum(c.urgency IN ('urgent', 'immediate')) FROM cases c
      WHERE c.struck IS NOT 1 AND c.closed_on IS NULL AND c.worker_id IS NOT NULL{but} GROUP BY c.worker_id"""
    return _pairs(reader, sql)


def _tasks(reader: Reader, but: str) -> dict[Id, tuple[int, int]]:
    """(open tasks, overdue ones) of everybody."""
    but = but.replace("c.id", "t.case_id")
    sql = f"""SELECT t.assignee_id, count(*), sum(t.due < :today) FROM tasks t
      WHERE t.assignee_id IS NOT NULL AND t.done_on IS NULL AND t.struck IS NOT 1{but} GROUP BY t.assignee_id"""
    return _pairs(reader, sql, today=reader.today.isoformat())


def _days_over(reader: Reader, but: str) -> dict[Id, int]:
    """Deadlines whose time is over, to the hour where they end by the hour; tasks are counted for themselves."""
    but = but.replace("c.id", "d.case_id")
    sql = f"""SELECT d.worker_id, count(*) FROM due_dates d
      WHERE d.worker_id IS NOT NULL AND d.kind = 'deadline'
      AND (d.day < :today OR d.day <= :today AND d.moment < :now){but} GROUP BY d.worker_id"""
    given = {"today": reader.today.isoformat(), "now": reader.now.astimezone(UTC).isoformat()}
    return {bytes(one): int(count) for one, count in reader.session.execute(text(sql), given)}


def _pairs(reader: Reader, sql: str, **given: Any) -> dict[Id, tuple[int, int]]:
    found = reader.session.execute(text(sql), given)
    return {bytes(one): (int(every), int(some or 0)) for one, every, some in found}


def _waiting(reader: Reader, but: str) -> dict[Id, int]:
    """Offers of a case that wait for their answer."""
    but = but.replace("c.id", "t.case_id")
    sql = f"""SELECT t.to_id, count(*) FROM transfers t
      WHERE t.state IS NULL AND t.struck IS NOT 1 AND t.to_id IS NOT NULL{but} GROUP BY t.to_id"""
    return {bytes(one): int(count) for one, count in reader.session.execute(text(sql))}


def absent_now(reader: Reader) -> dict[Id, date]:
    """Who is not there today, and until when."""
    today = reader.today
    now = (Absence.first_day <= today, Absence.last_day >= today, Absence.struck.is_not(True))
    found: dict[Id, date] = {}
    for row in reader.session.scalars(select(Absence).where(*now)):
        if row.staff_id and row.last_day:
            found[row.staff_id] = max(row.last_day, found.get(row.staff_id, row.last_day))
    return found


def held_cases_of(reader: Reader, staff: str) -> list[HeldCase]:
    """The open cases of a colleague, for handing them over: the most urgent first."""
    reader.must_be_allowed(Permission.LEAD_TEAM)
    veil = Veil(reader, "cases", near=False)
    sql = f"""SELECT c.id, c.number, c.kind, c.urgency FROM cases c
      WHERE c.worker_id = :staff AND c.struck IS NOT 1 AND c.closed_on IS NULL{but_not(kept_away(reader))}
      ORDER BY c.urgency = 'immediate' DESC, c.urgency = 'urgent' DESC, c.number, c.id LIMIT :most"""
    rows = reader.session.execute(text(sql), {"staff": from_hex(staff), "most": MOST})
    return [
        HeldCase(case=bytes(case).hex(), number=number or "", **veil.over({"kind": kind, "urgency": urgency})[0])
        for case, number, kind, urgency in rows
    ]
