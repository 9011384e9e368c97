"""Whose a call is: it may belong to several cases, and whoever is kept away from one of them does not find it."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Case
from kzcase.domain.errors import DataBlocked, NeedsReason, NotFound
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission
from kzcase.queries.holds import closed_to
from kzcase.queries.reach import kept_away, within_reach

_CASES: Final = """
SELECT id AS call_id, case_id FROM calls WHERE case_id IS NOT NULL
UNION SELECT call_id, id FROM cases WHERE call_id IS NOT NULL AND struck IS NOT 1
UNION SELECT call_id, case_id FROM call_cases WHERE call_id IS NOT NULL AND case_id IS NOT NULL AND struck IS NOT 1"""
"""The case a call became, the one that began with it, and those connected with it later."""


def calls_kept_away(reader: Reader) -> frozenset[Id]:
    """The calls one case of which the asker is kept away from: neither they nor what came of them is shown."""
    away = kept_away(reader)
    if not away:  # as for nearly everybody
        return frozenset()
    sql = f"SELECT call_id FROM ({_CASES}) WHERE case_id IN (SELECT unhex(value) FROM json_each(:ids))"
    return frozenset(call for (call,) in _rows(reader, sql, away))


def cases_of_calls(reader: Reader, calls: Collection[Id]) -> Mapping[Id, frozenset[Id]]:
    """Call → its cases, for those of these calls that have any."""
    found: dict[Id, set[Id]] = defaultdict(set)
    sql = f"SELECT call_id, case_id FROM ({_CASES}) WHERE call_id IN (SELECT unhex(value) FROM json_each(:ids))"
    for call, case in _rows(reader, sql, calls):
        found[call].add(case)
    return {call: frozenset(cases) for call, cases in found.items()}


def calls_near(reader: Reader, calls: Collection[Id]) -> frozenset[Id]:
    """Those of these calls that became no case, or of whose cases one is within reach and none is closed to the
    asker."""
    cases = cases_of_calls(reader, calls)
    every = frozenset[Id]().union(*cases.values())
    near, closed = within_reach(reader, every), closed_to(reader, every)
    return frozenset(
        call for call in calls if call not in cases or (cases[call] & near and not cases[call] & closed)
    )  # fmt: skip


def numbers_shown(reader: Reader, cases: Collection[Id]) -> Mapping[Id, str]:
    """Case → number, for those of these cases that are within reach: of another nobody learns even that there is one.
    As much is asked where there are none."""
    near = within_reach(reader, cases)
    found = reader.session.execute(select(Case.id, Case.number).where(Case.id.in_(near))).all()
    return {case: number or "" for case, number in found}


def call_must_be_there(reader: Reader, call: Id | None, what: str, place: str = "call") -> None:
    """`NotFound` for whoever is kept away from one of its cases, as if it were not there."""
    if call is not None and call in calls_kept_away(reader):
        raise NotFound(place=place, what=what[:64])


def call_must_be_open(reader: Reader, call: Id | None, what: str, place: str = "call") -> None:
    """The same before a paper of it: of its cases none may be closed to the asker, and one has to be within reach."""
    call_must_be_there(reader, call, what, place)
    cases = cases_of_calls(reader, (call,) if call else ()).get(call or b"", frozenset())
    if closed_to(reader, cases):
        raise DataBlocked(place=place)
    if cases and reader.may(Permission.READ_CASES) and not within_reach(reader, cases):
        raise NeedsReason(place, case=min(cases))


def _rows(reader: Reader, sql: str, ids: Collection[Id]) -> list[tuple[Id, ...]]:
    listed = json.dumps([each.hex() for each in ids])  # one text whatever their number, so it is prepared once
    return Sql.of(reader.session.connection()).rows(sql, {"ids": listed})
