"""Finds the row a wish speaks of, by its id or by the number people use."""

from typing import Any, TypeVar

from sqlalchemy import select

from kzcase.db.reader import Act, Reader
from kzcase.db.tables.attachments import Attachment
from kzcase.db.tables.base import Journaled
from kzcase.db.tables.cases import Case, Consent, Referral, SealedNote, Task
from kzcase.db.tables.office import Call, Partner
from kzcase.db.tables.organisation import Staff
from kzcase.db.tables.people import Person
from kzcase.domain.errors import Ambiguous, CaseClosed, NotFound
from kzcase.domain.ids import from_hex
from kzcase.queries.reach import kept_away

RowT = TypeVar("RowT", bound=Journaled)


def _by_id(act: Reader, row_type: type[RowT], reference: str) -> RowT | None:
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
    must_find(act, row, reference, place)
    return row


def must_find(act: Act, row: Journaled, reference: str, place: str) -> None:
    """`NotFound` for a row of a case the acting person is kept away from: they act on it as little as they see it."""
    away = kept_away(act)
    if not away:
        return
    cases = {row.id} if isinstance(row, Case) else {getattr(row, "case_id", None)}
    if isinstance(row, Person):
        cases = set(act.session.scalars(select(Case.id).where(Case.client_id == row.id)))
    if cases and cases <= away:
        raise NotFound(place=place, what=reference[:64])


def find_case(act: Act, reference: str, place: str = "case") -> Case:
    """A case by number or id."""
    return _found(act, Case, reference.strip(), place, Case.number)


def find_open_case(act: Act, reference: str, place: str = "case") -> Case:
    """A case that is not closed."""
    case = find_case(act, reference, place)
    if case.closed_on is not None:
        raise CaseClosed(place=place)
    return case


def find_attachment(act: Act, reference: str, place: str = "attachment") -> Attachment:
    """An attachment by id."""
    return _found(act, Attachment, reference, place)


def find_sealed_note(act: Act, reference: str, place: str = "note") -> SealedNote:
    """A sealed note by id."""
    return _found(act, SealedNote, reference, place)


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


def find_colleague(act: Reader, reference: str, place: str = "worker") -> Staff:
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
