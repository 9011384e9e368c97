"""Finds the row a wish speaks of, by its id or by the number people use."""

from typing import Any, TypeVar

from sqlalchemy import select

from kzcase.db.reader import Act
from kzcase.db.tables.base import Journaled
from kzcase.db.tables.cases import Case, Consent, Referral, Task
from kzcase.db.tables.office import Call, Partner
from kzcase.db.tables.organisation import Staff
from kzcase.db.tables.people import Person
from kzcase.domain.errors import Ambiguous, CaseClosed, NotFound
from kzcase.domain.ids import from_hex

RowT = TypeVar("RowT", bound=Journaled)


def _by_id(act: Act, row_type: type[RowT], reference: str) -> RowT | None:
    row_id = from_hex(reference)
    return act.session.get(row_type, row_id) if row_id else None


def _found(act: Act, row_type: type[RowT], reference: str, place: str, column: Any = None) -> RowT:
    row = _by_id(act, row_type, reference)
    if row is None and column is not None:
        matching = act.session.scalars(select(row_type).where(column == reference).limit(2)).all()
        if len(matching) > 1:
            raise Ambiguous(place=place, what=reference[:64])
        row = matching[0] if matching else None
    if row is None or row.struck:
        raise NotFound(place=place, what=reference[:64])
    return row


def find_case(act: Act, reference: str, place: str = "case") -> Case:
    """A case by number or id."""
    return _found(act, Case, reference.strip(), place, Case.number)


def find_open_case(act: Act, reference: str, place: str = "case") -> Case:
    """A case that is not closed."""
    case = find_case(act, reference, place)
    if case.closed_on is not None:
        raise CaseClosed(place=place)
    return case


def find_person(act: Act, reference: str, place: str = "person") -> Person:
    """A person by id."""
    return _found(act, Person, reference, place)


def find_call(act: Act, reference: str, place: str = "call") -> Call:
    """A call by number or id."""
    return _found(act, Call, reference, place, Call.number)


def find_task(act: Act, reference: str, place: str = "task") -> Task:
    """A task by id."""
    return _found(act, Task, reference, place)


def find_partner(act: Act, reference: str, place: str = "partner") -> Partner:
    """A partner by id or exact name."""
    return _found(act, Partner, reference, place, Partner.name)


def find_consent(act: Act, reference: str, place: str = "consent") -> Consent:
    """A consent by id."""
    return _found(act, Consent, reference, place)


def find_referral(act: Act, reference: str, place: str = "referral") -> Referral:
    """A referral by number or id."""
    return _found(act, Referral, reference, place, Referral.number)


def find_colleague(act: Act, reference: str, place: str = "worker") -> Staff:
    """A colleague who is still here, by name or id."""
    row = _by_id(act, Staff, reference)
    if row is None:
        wanted = (Staff.name == reference, Staff.removed_on.is_(None))
        matching = act.session.scalars(select(Staff).where(*wanted).limit(2)).all()
        if len(matching) > 1:
            raise Ambiguous(place=place, what=reference[:64])
        row = matching[0] if matching else None
    if row is None or row.struck or row.removed_on is not None:
        raise NotFound(place=place, what=reference[:64])
    return row
