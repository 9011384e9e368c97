"""Reporting periods: which are closed, what a second person has signed, and what victims were exploited for."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select, text

from kzcase.db.reader import Reader
from kzcase.db.tables.office import ProtectedPeriod, Release
from kzcase.db.tables.organisation import Organisation, Staff, StaffRole
from kzcase.domain.ids import Id
from kzcase.domain.permissions import Permission, Role

_FORM: Final = "victim_screening"
_KINDS: Final = "purpose/spells/kinds"
_INSTANCE: Final = re.compile(r"\{[^{}]*\}")
_AT_ONCE: Final = 500
DELAY: Final = timedelta(days=1)
"""What stands for a second signature where there is only one person."""


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """A closed period as the ledger keeps it; `sealed` is the protected file and stays inside the casebook."""

    period: str
    closed_on: date | None
    base: int
    people: int
    """How many people were counted, exactly; for the screen of authorised staff only."""
    sealed: str
    fingerprint: str


def closed_periods(reader: Reader) -> list[ClosedPeriod]:
    """Every closed period, in the order of their names."""
    reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    rows = reader.session.scalars(select(ProtectedPeriod).where(ProtectedPeriod.struck.is_not(True)))
    return sorted((_closed(row) for row in rows), key=lambda one: one.period)


def _closed(row: ProtectedPeriod) -> ClosedPeriod:
    sealed = (row.protected_file or b"").decode("utf-8", "replace")
    people = len(row.counted or b"") // 16
    return ClosedPeriod(row.period or "", row.closed_on, row.base or 0, people, sealed, row.fingerprint or "")


def approved_fingerprints(reader: Reader) -> set[str]:
    """The fingerprints of everything a second person has signed."""
    reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    signed = reader.session.scalars(select(Release.fingerprints).where(Release.approved_by.is_not(None)))
    return {one for said in signed for one in (said or "").split()}


def waited_fingerprints(reader: Reader) -> set[str]:
    """The fingerprints of everything that was entered in the ledger a day ago or earlier, by this laptop's clock."""
    reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    rows = reader.session.execute(select(Release.fingerprints, Release.released_at, Release.released_on))
    return {one for said, at, on in rows if _a_day_ago(reader, at, on) for one in (said or "").split()}


def _a_day_ago(reader: Reader, at: datetime | None, on: date | None) -> bool:
    """Earlier versions kept only the day."""
    if at is not None:
        return at + DELAY <= reader.now
    return on is not None and on + 2 * DELAY <= reader.today


def one_person(reader: Reader) -> bool:
    """Whether nobody else works here, so that nobody could sign a second time."""
    found = reader.session.get(Organisation, reader.organisation)
    return bool(found and found.one_person)


def supervisors(reader: Reader) -> list[str]:
    """The names of the colleagues who may approve a summary, by name."""
    query = (
        select(Staff.name)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .where(StaffRole.role == Role.SUPERVISOR.value, StaffRole.struck.is_not(True), Staff.removed_on.is_(None))
        .distinct()
    )
    return sorted(name or "" for name in reader.session.scalars(query))


def exploitation_of(reader: Reader, people: Sequence[Id]) -> dict[Id, tuple[str, ...]]:
    """What people were exploited for, as the screening recorded it: all codes of all spells, in the list's order."""
    reader.must_be_allowed(Permission.MAKE_SUMMARIES)
    order = {code.code: place for place, code in enumerate(reader.rulebook.codes["exploitation"])}
    found: dict[Id, set[str]] = {}
    for person, path, value in _kinds_answered(reader, people):
        if _INSTANCE.sub("", path) == _KINDS:
            found.setdefault(person, set()).update(value.split())
    return {person: tuple(sorted(codes, key=lambda code: order.get(code, 999))) for person, codes in found.items()}


def _kinds_answered(reader: Reader, people: Sequence[Id]) -> Iterator[tuple[Id, str, str]]:
    for some in _portions(people):
        places = ", ".join(f":p{number}" for number in range(len(some)))
        query = (
            "SELECT c.client_id, a.path, a.value FROM cases c JOIN answer_sheets s ON s.case_id = c.id"
            f" JOIN answers a ON a.sheet_id = s.id WHERE c.client_id IN ({places}) AND s.form_id = :form"
            " AND a.path LIKE '%/kinds' AND a.value IS NOT NULL AND c.struck IS NOT 1 AND s.struck IS NOT 1"
        )
        given = {"form": _FORM, **{f"p{number}": person for number, person in enumerate(some)}}
        for person, path, value in reader.session.execute(text(query), given):
            yield bytes(person), path, value


def _portions(people: Sequence[Id]) -> Iterable[Sequence[Id]]:
    return (people[start : start + _AT_ONCE] for start in range(0, len(people), _AT_ONCE))
