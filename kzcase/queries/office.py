"""The office: calls, partners, staff, tasks of the day and what the casebook holds."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case, Task
from kzcase.db.tables.office import Call, CallTopic
from kzcase.db.tables.organisation import Staff, StaffRole
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.domain.rows import CallRow, Counts, StaffRow, TaskRow
from kzcase.queries.call_reach import call_must_be_there, calls_kept_away, calls_near, numbers_shown
from kzcase.queries.case_page import name_of, reminds, task_row
from kzcase.queries.freezes import frozen_staff
from kzcase.queries.incidents import office_tasks
from kzcase.queries.log_key import without_log_key
from kzcase.queries.reach import but_not, kept_away, reaches_every_case, within_reach
from kzcase.queries.referral_states import reminded_states
from kzcase.queries.signals import line_tasks
from kzcase.queries.veil import Veil, number_of

_CALL_FIELDS: Final = ("channel", "language", "caller", "outcome", "region", "danger", "note", "phone")
_OF_THE_CASE: Final = frozenset({"case", "case_number"})


def call_list(reader: Reader, *, offset: int = 0, limit: int = 200) -> list[CallRow]:
    """Calls, the latest first."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    away = calls_kept_away(reader)
    query = select(Call).where(Call.struck.is_not(True), Call.id.not_in(away)).order_by(Call.started_at.desc(), Call.id)
    return call_rows(reader, reader.session.scalars(query.limit(limit).offset(offset)).all())


def call_rows(reader: Reader, calls: Sequence[Call]) -> list[CallRow]:
    """These calls as the asker sees them."""
    near = calls_near(reader, [row.id for row in calls])
    shown = numbers_shown(reader, {row.case_id for row in calls if row.case_id})
    return [_call_row(reader, row, shown, near=row.id in near) for row in calls]


def calls_without_case(reader: Reader, calls: Sequence[Call]) -> list[CallRow]:
    """These calls as they look to somebody beyond whose reach all of them are, whatever became of them."""
    return [_call_row(reader, row, None, near=False) for row in calls]


def call(reader: Reader, call_id: bytes) -> CallRow:
    """One call."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    found = reader.session.get_one(Call, call_id)
    call_must_be_there(reader, found.id, call_id.hex())
    return call_rows(reader, (found,))[0]


def call_count(reader: Reader) -> int:
    """How many calls the list has."""
    return reader.number(f"SELECT count(*) FROM calls WHERE struck IS NOT 1{but_not(calls_kept_away(reader), 'id')}")


def _call_row(reader: Reader, row: Call, shown: Mapping[Id, str] | None, *, near: bool) -> CallRow:
    """`near`: it became no case, or one within the asker's reach. `shown`: the cases to be told of, None for none.

    A case that is not told of is hidden alike whether or not there is one.
    """
    seen, hidden = Veil(reader, "calls", near=near).over({name: getattr(row, name) for name in _CALL_FIELDS})
    case = row.case_id if shown and row.case_id in shown else None
    untold = shown is None or (case is None and not reaches_every_case(reader))
    topics = select(CallTopic.topic).where(CallTopic.call_id == row.id, CallTopic.struck.is_not(True))
    return CallRow(
        id=row.id.hex(),
        number=row.number or "",
        topics=tuple(sorted(topic for topic in reader.session.scalars(topics) if topic)),
        anonymous=bool(row.anonymous),
        operator=name_of(reader, row.operator_id),
        started_at=row.started_at,
        case=number_of(case),
        case_number=(shown or {}).get(case) if case else None,
        masked=hidden | _OF_THE_CASE if untold else hidden,
        phone_left=bool(row.phone),
        **seen,
    )


def staff_list(reader: Reader) -> list[StaffRow]:
    """Colleagues with their roles, those who left included."""
    roles: dict[bytes, list[str]] = {}
    for role in reader.session.scalars(select(StaffRole).where(StaffRole.struck.is_not(True))):
        roles.setdefault(role.staff_id or b"", []).append(role.role or "")
    people = reader.session.scalars(select(Staff).order_by(Staff.name, Staff.id))
    frozen, waiting = frozen_staff(reader), without_log_key(reader)
    return [
        StaffRow(
            s.id.hex(),
            s.name or "",
            tuple(sorted(roles.get(s.id, []))),
            s.added_on,
            s.removed_on,
            frozen=s.id in frozen and s.removed_on is None,
            no_log_key=s.id in waiting,
        )
        for s in people
    ]


def open_tasks(reader: Reader, limit: int = 200) -> list[TaskRow]:
    """Tasks not done yet, the most urgent first."""
    reader.must_be_allowed(Permission.READ_CASES)
    query = select(Task, Case).join(Case, Case.id == Task.case_id)
    query = query.where(Task.done_on.is_(None), Task.struck.is_not(True), Case.id.not_in(kept_away(reader)))
    found = reader.session.execute(query.order_by(Task.due, Task.id).limit(limit)).all()
    near = within_reach(reader, {case.id for _task, case in found})
    states = reminded_states(reader, [case.id for task, case in found if reminds(task, near=case.id in near)])
    rows = [task_row(reader, task, case, near=case.id in near, states=states) for task, case in found]
    return sorted((*rows, *office_tasks(reader), *line_tasks(reader)), key=lambda row: row.due or date.min)[:limit]


def counts(reader: Reader) -> Counts:
    """How much the casebook holds; says nothing about anybody, and nothing of cases the asker is kept away from."""
    away = kept_away(reader)
    seen = {
        "people": _but_not_people_of(away),
        "cases": but_not(away, "id"),
        "calls": but_not(calls_kept_away(reader), "id"),
        **{table: but_not(away, "case_id") for table in ("notes", "referrals")},
    }
    live = {
        table: reader.number(f"SELECT count(*) FROM {table} WHERE struck IS NOT 1{but}") for table, but in seen.items()
    }
    acts = reader.number("SELECT count(*) FROM acts")
    return Counts(**live, acts=acts, operations=reader.number("SELECT coalesce(sum(operation_count), 0) FROM parts"))


def _but_not_people_of(cases: Collection[Id]) -> str:
    """SQL that leaves out whoever is in these cases only."""
    if not cases:
        return ""
    others = f"SELECT client_id FROM cases WHERE client_id IS NOT NULL AND struck IS NOT 1{but_not(cases, 'id')}"
    theirs = f"SELECT client_id FROM cases WHERE client_id IS NOT NULL AND NOT (1{but_not(cases, 'id')})"
    return f" AND (id IN ({others}) OR id NOT IN ({theirs}))"
