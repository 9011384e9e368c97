"""How far the asker's reach goes: cases they are kept away from are as if not there, others' take a reason.

Every question about a case goes through here or through `veil`; no screen decides it.
"""

import json
from collections.abc import Collection, Iterable
from typing import Final

from sqlalchemy import text

from kzcase.db.reader import Reader
from kzcase.domain.errors import NeedsReason, NotFound
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission, Reach, reach

_KEPT_AWAY: Final = "SELECT case_id FROM case_blocks WHERE staff_id = x'{me}' AND state IS NOT 'let_back'"
"""Anything but a clear “let back” keeps away, a word of a newer version included."""
_MINE: Final = """
  (c.worker_id = :me AND NOT EXISTS (SELECT 1 FROM heads h WHERE h.entity = 'cases' AND h.id = c.id
    AND ' ' || h.disputed || ' ' LIKE '% worker_id %'))
  OR EXISTS (SELECT 1 FROM calls k WHERE k.id = c.call_id AND k.operator_id = :me)
  OR EXISTS (SELECT 1 FROM sealed_note_keys n WHERE n.case_id = c.id AND n.staff_id = :me AND n.struck IS NOT 1)"""
"""Where laptops disagree about whose case it is, it is nobody's own until that is settled."""
_OUR_TEAMS: Final = f"""{_MINE}
  OR c.worker_id IS NULL
  OR EXISTS (SELECT 1 FROM staff s WHERE s.id = c.worker_id AND s.removed_on IS NOT NULL)
  OR EXISTS (SELECT 1 FROM tasks t WHERE t.case_id = c.id AND t.assignee_id = :me
    AND t.done_on IS NULL AND t.struck IS NOT 1)"""


def kept_away(reader: Reader) -> frozenset[Id]:
    """The cases the asker is kept away from."""
    rows = reader.session.execute(text(_KEPT_AWAY.format(me=reader.acting.staff_id.hex()))).scalars()
    return frozenset(bytes(case) for case in rows if case)


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
    return frozenset(found) - kept_away(reader)


def _fitting(reader: Reader, cases: Collection[Id], condition: str) -> set[Id]:
    listed = json.dumps([case.hex() for case in cases])  # one text whatever their number, so it is prepared once
    sql = text(f"SELECT c.id FROM cases c WHERE c.id IN (SELECT unhex(value) FROM json_each(:cases)) AND ({condition})")
    given = {"cases": listed, "me": reader.acting.staff_id}
    return {bytes(case) for case in reader.session.execute(sql, given).scalars()}


def must_be_open(reader: Reader, case: Id | None, what: str = "", place: str = "case") -> None:
    """Refuse to look into a case the asker is kept away from, or has to open with a reason first.

    Whoever sees only that acts were done (the auditor) is not asked why.
    """
    if case is None:
        return
    must_be_there(reader, case, what or case.hex(), place)
    if reader.may(Permission.READ_CASES) and not within_reach(reader, (case,)):
        raise NeedsReason(place=place)
