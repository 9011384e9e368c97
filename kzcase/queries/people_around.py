"""Who somebody belongs to: the cases through which they are known.

A relative without a case of their own is known through the cases of whoever they belong to; a suspicion past its term
ties nobody. Somebody with cases of their own is known through these alone: that a relative's case is open to a
colleague opens nothing else to them.
"""

from collections.abc import Collection
from typing import Final

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.domain.errors import NotFound
from kzcase.domain.ids import Id
from kzcase.domain.records import RECORDS
from kzcase.queries.merged import same_people
from kzcase.queries.reach import kept_away, must_be_open, within_reach

DATED_OF_PERSON: Final = (
    *(kind.table for kind in RECORDS.values()),
    *("person_names", "phones", "relations", "household_members", "custodies"),
)
"""The tables whose rows are about one person and can be put right one by one."""
_TIED: Final = """
SELECT r.person_id FROM relations r WHERE r.other_id = :person AND r.struck IS NOT 1
  AND (r.keep_until IS NULL OR r.keep_until >= :today)
UNION SELECT r.other_id FROM relations r WHERE r.person_id = :person AND r.struck IS NOT 1
UNION SELECT b.person_id FROM household_members a JOIN household_members b ON b.household_id = a.household_id
WHERE a.person_id = :person AND a.struck IS NOT 1 AND b.struck IS NOT 1"""


def cases_around(reader: Reader, person: Id) -> frozenset[Id]:
    """The cases through which somebody is known."""
    own = _cases_of(reader, same_people(reader, person))
    if own:
        return own
    given = {"person": person, "today": reader.today.isoformat()}
    tied = {bytes(one) for one in reader.session.execute(text(_TIED), given).scalars() if one}
    return _cases_of(reader, tied)


def _cases_of(reader: Reader, people: Collection[Id]) -> frozenset[Id]:
    theirs = (Case.client_id.in_(people), Case.struck.is_not(True))
    return frozenset(reader.session.scalars(select(Case.id).where(*theirs))) if people else frozenset()


def may_see(reader: Reader, person: Id) -> bool:
    """Whether the asker may look at somebody: one of the cases they are known through is within reach."""
    cases = cases_around(reader, person)
    return bool(within_reach(reader, cases)) if cases else False


def must_see(reader: Reader, person: Id, what: str = "") -> None:
    """Refuse a look at somebody who is known through nobody's case here, or through others' cases only.

    `what` was asked for, where that was not the person: the refusal names nothing else.
    """
    cases = cases_around(reader, person)
    there = cases - kept_away(reader)
    if not there:
        raise NotFound(place="person", what=what[:64] or person.hex())
    if not within_reach(reader, there):
        must_be_open(reader, min(there), what[:64] or person.hex(), "person")
