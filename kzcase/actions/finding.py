"""Finds the row a wish speaks of, by its id or by the number people use."""

from typing import Any, Final, TypeVar

from sqlalchemy import select

from kzcase.db.reader import Act, Reader
from kzcase.db.shape import shape
from kzcase.db.tables import ENTITIES
from kzcase.db.tables.attachments import Attachment
from kzcase.db.tables.base import OFFICE, ORGANISATION, Journaled
from kzcase.db.tables.cases import Case, Consent, Referral, SealedNote, Task
from kzcase.db.tables.facts import Stated
from kzcase.db.tables.helpline import CallBack, CallerCheck, CrimeSignal, OfCall
from kzcase.db.tables.lists import SavedSearch
from kzcase.db.tables.office import Call, Partner, Printing
from kzcase.db.tables.organisation import Device, Staff
from kzcase.db.tables.people import Person
from kzcase.db.tables.referrals import IncomingReferral, IncomingStep
from kzcase.db.tables.registers import Incident, SubjectRequest
from kzcase.db.tables.teamwork import CaseRequest, Transfer
from kzcase.db.tables.tracings import Tracing
from kzcase.domain.errors import Ambiguous, CaseClosed, DataBlocked, NobodyFound, NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.queries.belonging import is_kept_away
from kzcase.queries.call_reach import call_must_be_there
from kzcase.queries.holds import blocked_people
from kzcase.queries.people_around import DATED_OF_PERSON, cases_around
from kzcase.queries.reach import kept_away, must_be_reached
from kzcase.queries.without_case import record_without_case

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
    """`NotFound` for a row of somebody who was erased, and for one of a case the acting person is kept away from:
    they act on it as little as they see it. `DataBlocked` for one of somebody whose data are only kept."""
    scope = shape(row.__tablename__).scope_rule
    if (scope not in (ORGANISATION, OFFICE) and getattr(row, scope) is None) or getattr(row, "erased_on", None):
        raise NotFound(place=place, what=reference[:64])
    if is_kept_away(act, row):
        raise NotFound(place=place, what=reference[:64])
    blocked = frozenset() if act.kind in _ALSO_WHERE_BLOCKED else blocked_people(act)
    if blocked and not blocked.isdisjoint(_people(act, row)):
        raise DataBlocked(place=place)
    if not isinstance(row, _IN_REGISTERS) and not _own_part(act, row):
        must_be_reached(act, _cases(act, row) - kept_away(act), place)


_IN_REGISTERS: Final = (Incident, SubjectRequest)
"""What stands in registers is kept by those who keep them, whosever case it names."""


def _own_part(act: Act, row: Journaled) -> bool:
    """What somebody may do without looking into the case: say that their own task is done or takes longer, answer what
    was offered to them, ask for the case, and take that request back."""
    me = act.acting.staff_id
    match row:
        case Task():
            return act.kind in ("task.done", "task.postponed") and row.assignee_id == me
        case Transfer():
            return act.kind in ("transfer.accepted", "transfer.refused") and row.to_id == me
        case CaseRequest():
            return act.kind == "act.undone" and row.asked_by == me
        case _:
            return act.kind == "case.requested" and isinstance(row, Case)


def _cases(act: Act, row: Journaled) -> set[Id]:
    """The cases through which a row is reached: its own, or all of the person it is about; of a relative without a
    case, those of whoever they belong to. What came of a call goes on without its case."""
    if isinstance(row, IncomingStep):
        row = act.session.get(IncomingReferral, row.incoming_id or b"") or row
    case = row.id if isinstance(row, Case) else getattr(row, "case_id", None)
    if case:
        return {case}
    person = row.id if isinstance(row, Person) else getattr(row, "person_id", None)
    return set(cases_around(act, person)) if person else set()


def _people(act: Act, row: Journaled) -> set[Id | None]:
    """Whom a row is about, as far as it says."""
    case = row if isinstance(row, Case) else act.session.get(Case, getattr(row, "case_id", None) or b"")
    itself = row.id if isinstance(row, Person) else getattr(row, "person_id", None)
    return {itself, case.client_id if case else None}


_ALSO_WHERE_BLOCKED: Final = frozenset(
    {
        *("case.held", "case.released", "person.blocked", "person.unblocked", "work.handed_over"),
        *("consent.withdrawn", "withdrawal.recorded", "notice.sent", "notice.acknowledged"),
    }
)
"""What may be done about somebody whose data are blocked; a consent can always be withdrawn."""


def case_or_person(act: Reader, reference: str) -> Id:
    """Somebody by their id, or by the number or id of a case of theirs; also whoever was erased in part before.

    `NotFound` where the acting person is kept away from any of their cases: nobody erases what concerns themselves.
    """
    row_id, wanted = from_hex(reference), reference.strip()
    person = act.session.get(Person, row_id) if row_id else None
    found = person.id if person and (not person.struck or person.erased_on) else None
    if found is None:
        named = select(Case.client_id).where((Case.id == row_id) | (Case.number == wanted), Case.struck.is_not(True))
        clients = set(act.session.scalars(named)) - {None}
        if len(clients) > 1:
            raise Ambiguous(place="person", what=reference[:64])
        found = next(iter(clients), None)
    if found is None or kept_away(act).intersection(
        act.session.scalars(select(Case.id).where(Case.client_id == found))
    ):
        raise NotFound(place="person", what=reference[:64])
    return found


def whoever_to_erase(act: Reader, reference: str) -> Id:
    """Somebody, as `case_or_person` finds them, or a call or a referral from others that became no case."""
    record = record_without_case(act, reference)
    return record if record is not None else case_or_person(act, reference)


def find_case(act: Act, reference: str, place: str = "case") -> Case:
    """A case by number or id."""
    return _found(act, Case, reference.strip(), place, Case.number)


def find_open_case(act: Act, reference: str, place: str = "case") -> Case:
    """A case that is not closed."""
    case = find_case(act, reference, place)
    if case.closed_on is not None:
        raise CaseClosed(place=place)
    return case


def find_of_case(act: Act, table: type[RowT], reference: str, place: str) -> RowT:
    """A row that hangs on a case, by id."""
    return _found(act, table, reference, place)


StatedT = TypeVar("StatedT", bound=Stated)


def find_statement(act: Act, table: type[StatedT], reference: str, place: str = "statement") -> StatedT:
    """Something that was stated about a case, by id."""
    return _found(act, table, reference, place)


def find_attachment(act: Act, reference: str, place: str = "attachment") -> Attachment:
    """An attachment by id."""
    return _found(act, Attachment, reference, place)


def find_printing(act: Act, reference: str, place: str = "printing") -> Printing:
    """A printed paper by id."""
    return _found(act, Printing, reference, place)


def find_sealed_note(act: Act, reference: str, place: str = "note") -> SealedNote:
    """A sealed note by id."""
    return _found(act, SealedNote, reference, place)


def find_person(act: Act, reference: str, place: str = "person") -> Person:
    """A person by id, or by the number or id of a case of theirs that is there for whoever acts."""
    row = None if _by_id(act, Person, reference) else _client(act, reference)
    try:
        return _found(act, Person, row.hex() if row else reference, place)
    except NotFound:  # the same for whoever is kept away
        raise NobodyFound(place=place, what=reference[:64]) from None


def _client(act: Act, reference: str) -> Id | None:
    """Whose case it is; nobody's for whoever is kept away from it."""
    named = (Case.id == from_hex(reference)) | (Case.number == reference.strip())
    live = (Case.struck.is_not(True), Case.erased_on.is_(None), Case.client_id.is_not(None))
    found = act.session.execute(select(Case.id, Case.client_id).where(named, *live)).all()
    clients = {client for case, client in found if case not in kept_away(act)}
    return clients.pop() if len(clients) == 1 else None


def find_record(act: Act, reference: str, place: str = "record", table: str = "") -> Journaled:
    """A record about a person by id; of one table, where that is named."""
    for each in (table,) if table else DATED_OF_PERSON:
        if _by_id(act, ENTITIES[each], reference) is not None:
            return _found(act, ENTITIES[each], reference, place)
    raise NotFound(place=place, what=reference[:64])


def find_saved_search(act: Act, reference: str, place: str = "search") -> SavedSearch:
    """A saved search by id: one's own, or one the team has."""
    row = _found(act, SavedSearch, reference, place)
    if row.staff_id != act.acting.staff_id and not row.shared:
        raise NotFound(place=place, what=reference[:64])
    return row


def find_tracing(act: Act, reference: str, place: str = "tracing") -> Tracing:
    """A tracing request by number or id."""
    return _found(act, Tracing, reference.strip(), place, Tracing.number)


def find_call(act: Act, reference: str, place: str = "call") -> Call:
    """A call by number or id; whoever is kept away from one of its cases finds none."""
    call = _found(act, Call, reference, place, Call.number)
    call_must_be_there(act, call.id, reference, place)
    return call


def find_signal(act: Act, reference: str, place: str = "signal") -> CrimeSignal:
    """A signal of a crime by number or id."""
    return _of_a_call(act, _found(act, CrimeSignal, reference.strip(), place, CrimeSignal.number), reference, place)


def find_call_back(act: Act, reference: str, place: str = "call_back") -> CallBack:
    """A promise to call back by id."""
    return _of_a_call(act, _found(act, CallBack, reference, place), reference, place)


OfCallT = TypeVar("OfCallT", bound=OfCall)


def _of_a_call(act: Act, row: OfCallT, reference: str, place: str) -> OfCallT:
    """What came of a call goes on without its case; only whoever is kept away from that finds nothing."""
    call_must_be_there(act, row.call_id, reference, place)
    return row


def find_caller_check(act: Act, reference: str, place: str = "check") -> CallerCheck:
    """That a caller was asked for the word, by id."""
    return _found(act, CallerCheck, reference, place)


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


def find_incoming(act: Act, reference: str, place: str = "incoming") -> IncomingReferral:
    """A referral from others by number or id."""
    return _found(act, IncomingReferral, reference.strip(), place, IncomingReferral.number)


def find_incident(act: Act, reference: str, place: str = "incident") -> Incident:
    """An incident by number or id."""
    return _found(act, Incident, reference.strip(), place, Incident.number)


def find_request(act: Act, reference: str, place: str = "request") -> SubjectRequest:
    """A request about personal data by number or id."""
    return _found(act, SubjectRequest, reference.strip(), place, SubjectRequest.number)


def find_device(act: Act, reference: str, place: str = "device") -> Device:
    """A laptop by the code in its numbers, or by id."""
    return _found(act, Device, reference.strip(), place, Device.code)


def find_anybody(act: Reader, reference: str, place: str = "staff") -> Staff:
    """A colleague by name or id, those who left included; of several of one name, the one who is still here."""
    row = _by_id(act, Staff, reference)
    if row is None:
        matching = list(act.session.scalars(select(Staff).where(Staff.name == reference)))
        here = [one for one in matching if one.removed_on is None] or matching
        if len(here) > 1:
            raise Ambiguous(place=place, what=reference[:64])
        row = here[0] if here else None
    if row is None or row.struck:
        raise NotFound(place=place, what=reference[:64])
    return row


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
