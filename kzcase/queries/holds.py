"""Legal holds and blocked data: what may not be erased now, and whom nobody but a supervisor may look at."""

from collections.abc import Iterable

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.sql import Sql
from kzcase.db.tables.cases import Case
from kzcase.db.tables.erasures import CaseHold
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission

RELEASED, LIFTED = "released", "lifted"
_BLOCKED = f"SELECT person_id FROM person_blocks WHERE state IS NOT '{LIFTED}'"
"""Plain, because every act asks."""


def held_cases(reader: Reader) -> frozenset[Id]:
    """The cases under a legal hold; anything but a clear “released” holds, a word of a newer version included."""
    query = select(CaseHold.case_id).where(CaseHold.state.is_distinct_from(RELEASED))
    return frozenset(case for case in reader.session.scalars(query) if case)


def blocked_people(reader: Reader) -> frozenset[Id]:
    """The people whose data are blocked."""
    return frozenset(person for (person,) in Sql.of(reader.session.connection()).rows(_BLOCKED) if person)


def blocked_cases(reader: Reader) -> frozenset[Id]:
    """Their cases."""
    people = blocked_people(reader)
    if not people:
        return frozenset()
    return frozenset(reader.session.scalars(select(Case.id).where(Case.client_id.in_(people))))


def closed_to(reader: Reader, cases: Iterable[Id]) -> frozenset[Id]:
    """Those of these cases whose data are blocked, unless the asker decides about that."""
    return frozenset() if reader.may(Permission.HOLD) else blocked_cases(reader).intersection(cases)
