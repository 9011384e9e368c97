"""How far the asker's reach goes: cases they are kept away from are as if not there, others' take a reason.

Every question about a case goes through here or through `veil`; no screen decides it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from kzcase.db.reader import Reader
from kzcase.db.sql import EACH_ID, Sql, together
from kzcase.domain.errors import DataBlocked, NeedsReason, NotFound, OfferedToYou
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission, Reach, reach
from kzcase.queries.holds import blocked_cases, closed_to

_KEPT_AWAY: Final = "SELECT case_id FROM case_blocks WHERE staff_id = :me AND state IS NOT 'let_back'"
"""Anything but a clear “let back” keeps away, a word of a newer version included."""
_OFFERED: Final = "SELECT 1 FROM transfers WHERE case_id = :case AND to_id = :me AND state IS NULL AND struck IS NOT 1"
_LOOKED_UP: Final = 40
_CASELOAD: Final = 5_000
"""A larger one is not read through for a keystroke."""
_CASES_OF: Final = "SELECT id FROM cases WHERE worker_id = :me LIMIT :most"
_CASES_ABOUT: Final = f"""
SELECT e.id, c.id FROM {EACH_ID} e CROSS JOIN cases c ON c.client_id = e.id WHERE c.struck IS NOT 1"""
_WORKED_ON: Final = """
  (+c.worker_id = :me AND NOT EXISTS (SELECT 1 FROM heads h WHERE h.entity = 'cases' AND h.id = c.id
    AND ' ' || h.disputed || ' ' LIKE '% worker_id %'))"""
_MINE: Final = f"""{_WORKED_ON}
  OR EXISTS (SELECT 1 FROM calls k WHERE k.id = c.call_id AND k.operator_id = :me)
  OR EXISTS (SELECT 1 FROM sealed_note_keys n WHERE n.case_id = c.id AND n.staff_id = :me AND n.struck IS NOT 1)"""
"""Where laptops disagree about whose case it is, it is nobody's own until that is settled. The plus keeps SQLite from
going through a whole caseload for the few cases that are asked about."""
_OUR_TEAMS: Final = f"""{_MINE}
  OR c.worker_id IS NULL
  OR EXISTS (SELECT 1 FROM staff s WHERE s.id = c.worker_id AND s.removed_on IS NOT NULL)
  OR EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.assignee_id = :me
    AND t.done_on IS NULL AND t.struck IS NOT 1)"""

_CASELOADS: Final = """
SELECT id FROM cases WHERE worker_id = :me AND id NOT IN (
  SELECT id FROM heads WHERE disputed > '' AND +entity = 'cases' AND ' ' || disputed || ' ' LIKE '% worker_id %')
UNION ALL SELECT c.id FROM calls k CROSS JOIN cases c ON c.id = k.case_id WHERE k.operator_id = :me AND c.call_id = k.id
UNION ALL SELECT case_id FROM sealed_note_keys WHERE staff_id = :me AND struck IS NOT 1"""
_TEAMS_CASES: Final = f"""{_CASELOADS}
UNION ALL SELECT id FROM cases WHERE worker_id IS NULL
UNION ALL SELECT c.id FROM staff s CROSS JOIN cases c ON c.worker_id = s.id WHERE s.removed_on IS NOT NULL
UNION ALL SELECT case_id FROM tasks WHERE assignee_id = :me AND done_on IS NULL AND struck IS NOT 1"""
"""The same as lists, read off indexes: asking about every case of an office would take longer than anybody waits."""


def kept_away(reader: Reader) -> frozenset[Id]:
    """The cases the asker is kept away from."""
    return frozenset(case for (case,) in _rows(reader, _KEPT_AWAY, {"me": reader.acting.staff_id}) if case)


def _rows(reader: Reader, sql: str, given: Mapping[str, object]) -> list[tuple[Id, ...]]:
    """Plain rows below the ORM: every keystroke and every act asks."""
    return Sql.of(reader.session.connection()).rows(sql, given)


def but_not(cases: Iterable[Id], column: str = "c.id") -> str:
    """SQL that leaves these cases out: nothing at all where there are none, as for nearly everybody."""
    listed = ", ".join(f"x'{case.hex()}'" for case in sorted(cases))
    return f" AND ({column} IS NULL OR {column} NOT IN ({listed}))" if listed else ""


def must_be_there(reader: Reader, case: Id | None, what: str, place: str = "case") -> None:
    """`NotFound` for whoever is kept away from the case, as if it were not there."""
    if case is not None and case in kept_away(reader):
        raise NotFound(place=place, what=what[:64])


def within_reach(reader: Reader, cases: Collection[Id]) -> frozenset[Id]:
    """Those of these cases that the asker may look into now: within their reach, or opened since the unlock."""
    return _reached(reader, cases) - kept_away(reader) - closed_to(reader, cases)


def _reached(reader: Reader, cases: Collection[Id]) -> frozenset[Id]:
    found = set(reader.acting.opened.intersection(cases))
    match reach(reader.acting.roles):
        case Reach.EVERY:
            found.update(cases)
        case Reach.TEAM:
            found |= _fitting(reader, cases, _OUR_TEAMS)
        case Reach.OWN:
            found |= _fitting(reader, cases, _MINE)
        case None:
            pass
    return frozenset(found)


def people_within_reach(reader: Reader, people: Sequence[Id]) -> Collection[Id]:
    """Those of these people who have a case within reach; of the people in others' cases only the first are looked up,
    because a keystroke does not wait for more."""
    if reach(reader.acting.roles) is Reach.EVERY and reader.may(Permission.HOLD):
        return people
    own = _own_clients(reader, people)
    others = [person for person in people if person not in own][:_LOOKED_UP]
    return own | _having(reader, others, near_condition(reader))


def _own_clients(reader: Reader, people: Collection[Id]) -> set[Id]:
    """Those of these people who are of the asker's own caseload. Two indexes tell nearly everything: a row of each
    would have to be read from the disk and decrypted."""
    given = {"me": reader.acting.staff_id, "most": _CASELOAD + 1}
    caseload = {case for (case,) in _rows(reader, _CASES_OF, given)}
    if len(caseload) <= _CASELOAD:
        cases = _rows(reader, _CASES_ABOUT, _asked(reader, people))
        people = {person for person, case in cases if case in caseload}
    return _having(reader, people, _WORKED_ON)


def _having(reader: Reader, people: Collection[Id], condition: str) -> set[Id]:
    """Those of these people one of whose cases fits, is not blocked and is none the asker is kept away from."""
    closed = frozenset() if reader.may(Permission.HOLD) else blocked_cases(reader)
    sql = f"{_CASES_ABOUT} AND {condition}{but_not(closed)}{but_not(kept_away(reader))}"
    return {person for person, _case in _rows(reader, sql, _asked(reader, people))}


def _asked(reader: Reader, ids: Collection[Id]) -> dict[str, object]:
    return {"ids": together(ids), "me": reader.acting.staff_id}


def near_condition(reader: Reader) -> str:
    """SQL on `cases c` and `:me` that holds for the cases within reach, for whoever orders or counts them all."""
    own = {Reach.EVERY: "1", Reach.TEAM: _OUR_TEAMS, Reach.OWN: _MINE, None: "0"}[reach(reader.acting.roles)]
    opened = ", ".join(f"x'{case.hex()}'" for case in sorted(reader.acting.opened))
    closed = frozenset() if reader.may(Permission.HOLD) else blocked_cases(reader)
    return f"(({own} OR c.id IN ({opened})){but_not(closed)})"


def cases_within_reach(reader: Reader) -> frozenset[Id]:
    """All cases within reach, for whoever orders them; a call that two laptops made two cases of counts for one."""
    every = {Reach.EVERY: "SELECT id FROM cases", Reach.TEAM: _TEAMS_CASES, Reach.OWN: _CASELOADS}
    how = reach(reader.acting.roles)
    found = {case for (case,) in _rows(reader, every[how], {"me": reader.acting.staff_id})} if how else set[Id]()
    closed = frozenset() if reader.may(Permission.HOLD) else blocked_cases(reader)
    return frozenset((found | reader.acting.opened) - closed - kept_away(reader) - {None})


def reaches_every_case(reader: Reader) -> bool:
    """Whether no case is beyond the asker's reach, other than those they are kept away from. To whoever does not, that
    nothing is told of a case has to look the same whether or not there is one."""
    return reach(reader.acting.roles) is Reach.EVERY and reader.may(Permission.HOLD)


def _fitting(reader: Reader, cases: Collection[Id], condition: str) -> set[Id]:
    sql = f"SELECT c.id FROM {EACH_ID} e CROSS JOIN cases c ON c.id = e.id WHERE ({condition})"
    return {case for (case,) in _rows(reader, sql, _asked(reader, cases))}


def must_be_open(reader: Reader, case: Id | None, what: str = "", place: str = "case") -> None:
    """Refuse to look into a case the asker is kept away from, or has to open with a reason first.

    Whoever sees only that acts were done (the auditor) is not asked why.
    """
    if case is None:
        return
    must_be_there(reader, case, what or case.hex(), place)
    if closed_to(reader, (case,)):
        raise DataBlocked(place=place)
    if reader.may(Permission.READ_CASES) and not within_reach(reader, (case,)):
        offered = _rows(reader, _OFFERED, {"case": case, "me": reader.acting.staff_id})
        raise (OfferedToYou if offered else NeedsReason)(place, case=case)


def must_be_reached(reader: Reader, cases: Collection[Id], place: str) -> None:
    """The same before an act on something of these cases, one of which has to be within reach, or on a person of whom
    they all are: whoever may change a case, or make it their own, has looked into it."""
    if cases and reader.may(Permission.READ_CASES) and not _reached(reader, cases):
        raise NeedsReason(place, case=min(cases))
