"""Reads what the facts of cases are made of: many cases at a time, by small statements."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from kzcase.db.sql import Sql
from kzcase.domain.case_state import CaseState, Statement
from kzcase.domain.permissions import Permission
from kzcase.journal import hlc
from kzcase.journal.operations import Id

_LIVE: Final = "(struck IS NULL OR struck = 0)"
_CASES: Final = (
    "SELECT id, kind, opened_on, closed_on, closing_summary IS NOT NULL, closure_reason, erased_on"
    " FROM cases WHERE id IN ({})"
)
_FIRST_ACTS: Final = (
    "SELECT p.scope, min(a.hlc) FROM parts p JOIN acts a ON a.id = p.act_id"
    " WHERE p.scope IN ({}) AND p.first_seq = 0 GROUP BY p.scope"
)
"""Every laptop's first act on a case; the earliest of them opened it."""
_FORMS: Final = f"SELECT case_id, form_id, answered_at FROM answer_sheets WHERE case_id IN ({{}}) AND {_LIVE}"
_HAPPENED: Final[Mapping[str, str]] = {
    "consented": f"SELECT case_id, given_on FROM consents WHERE case_id IN ({{}}) AND state = 'given' AND {_LIVE}",
    "referred": f"SELECT case_id, sent_on FROM referrals WHERE case_id IN ({{}}) AND sent_on IS NOT NULL AND {_LIVE}",
    "answered": (
        f"SELECT case_id, answered_on FROM referrals WHERE case_id IN ({{}}) AND answered_on IS NOT NULL AND {_LIVE}"
    ),
}
_STATED: Final = (
    "SELECT case_id, id, fact, happened_on, moment, step, stated_by, stated_at{} FROM {} WHERE case_id IN ({{}})"
)
_TABLES: Final[Mapping[str, Permission]] = {
    "case_facts": Permission.WORK_ON_CASES,
    "case_clearances": Permission.CLEAR_STEPS,
    "case_confirmations": Permission.CONFIRM_FACTS,
}
"""Where statements stand, and by what right they were made: nobody else's signature counts in the table."""


def case_states(sql: Sql, cases: Sequence[Id]) -> dict[Id, CaseState]:
    """What the stages of these cases depend on."""
    happened, begun = _happened(sql, cases), dict(sql.rows_with(_FIRST_ACTS, cases))
    forms, statements = _forms(sql, cases), _statements(sql, cases)
    return {
        case: CaseState(
            kind=kind or "",
            opened_on=_day(opened),
            opened_at=hlc.moment(begun[case]) if case in begun else None,
            closed_on=_day(closed),
            closing_summary=bool(summary),
            closure_reason=reason,
            erased_on=_day(erased),
            happened=happened[case],
            forms=forms[case],
            statements=tuple(statements[case]),
        )
        for case, kind, opened, closed, summary, reason, erased in sql.rows_with(_CASES, cases)
    }


def _happened(sql: Sql, cases: Sequence[Id]) -> dict[Id, dict[str, date | None]]:
    found: dict[Id, dict[str, date | None]] = defaultdict(dict)
    for fact, query in _HAPPENED.items():
        for case, on in sql.rows_with(query, cases):
            found[case][fact] = _latest(found[case].get(fact), _day(on))
    return found


def _forms(sql: Sql, cases: Sequence[Id]) -> dict[Id, dict[str, date | None]]:
    found: dict[Id, dict[str, date | None]] = defaultdict(dict)
    for case, form, at in sql.rows_with(_FORMS, cases):
        if form:
            found[case][form] = _latest(found[case].get(form), _day(at))
    return found


def _statements(sql: Sql, cases: Sequence[Id]) -> dict[Id, list[Statement]]:
    found: dict[Id, list[Statement]] = defaultdict(list)
    for table, right in _TABLES.items():
        further = ", allowed, without_us, decision" if table == "case_facts" else ", NULL, NULL, NULL"
        query = f"{_STATED.format(further, table)} AND {_LIVE}"
        for case, *values in sql.rows_with(query, cases):
            found[case].append(_statement(right, values))
    return found


def _statement(right: Permission, values: Sequence[Any]) -> Statement:
    row, fact, on, moment, step, by, at, allowed, without_us, decision = values
    return Statement(
        id=row,
        fact=fact or "",
        right=right,
        day=on,
        moment=_moment(moment),
        step=step,
        by=by,
        at=at or "",
        allowed=None if allowed is None else bool(allowed),
        without_us=bool(without_us),
        decision=decision,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _latest(one: date | None, other: date | None) -> date | None:
    return max((each for each in (one, other) if each), default=None)
