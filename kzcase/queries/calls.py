"""What came of a call: its cases, signals, sheets and services; and whether it can still be taken back."""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from sqlalchemy import Select, select, text

from kzcase.db.reader import Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.helpline import CallBack, CallCase, CrimeSignal, Emergency, OfCall, SheetGiven
from kzcase.db.tables.office import Call
from kzcase.domain.errors import CallInUse, NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.line_rows import CallDetails, CaseFromCall
from kzcase.domain.permissions import Permission
from kzcase.queries.call_reach import call_must_be_there, calls_kept_away, numbers_shown
from kzcase.queries.office import call as call_row
from kzcase.queries.reach import must_be_open, reaches_every_case

HELPLINE: Final = "helpline_116_16"
IMMEDIATE: Final = "immediate"
RowT = TypeVar("RowT", bound=OfCall)
_LOGGED: Final = """
SELECT a.id FROM acts a WHERE a.kind = 'call.logged'
  AND EXISTS (SELECT 1 FROM bodies b WHERE b.act_id = a.id AND b.subject = :call) LIMIT 1"""


def call_details(reader: Reader, call: str) -> CallDetails:
    """What came of a call."""
    row = _call(reader, call)
    sheets, services = _of(SheetGiven, row.id), _of(Emergency, row.id)
    return CallDetails(
        call=call,
        more_cases=_more_cases(reader, row.id),
        signals=tuple(each.number or "" for each in reader.session.scalars(_of(CrimeSignal, row.id))),
        sheets=tuple((each.sheet or "", each.language or "") for each in reader.session.scalars(sheets)),
        services=tuple((each.service or "", each.called_at) for each in reader.session.scalars(services)),
        call_backs=len(reader.session.scalars(_of(CallBack, row.id)).all()),
        masked=frozenset() if reaches_every_case(reader) else frozenset({"more_cases"}),
    )


def case_from_call(reader: Reader, call: str) -> CaseFromCall:
    """The fields of a new case, filled with what the call says as far as the asker may see it."""
    found = _call(reader, call)
    row, promise = call_row(reader, found.id), reader.session.scalars(_of(CallBack, found.id)).first()
    hidden = bool(row.masked & {"phone", "note"}) and bool(found.phone or found.note)
    phone = row.phone or (promise.phone if promise is not None and "phone" not in row.masked else None)
    rules = (promise.hours, promise.code_word, promise.say_we_are, promise.who_may_answer) if promise and phone else ()
    given = {
        "phone": phone,
        "hours": "; ".join(rule for rule in rules if rule),
        "region": row.region,
        "source": HELPLINE,
        "urgency": IMMEDIATE if row.danger == "yes" else None,
        "note": row.note,
    }
    language = row.language if row.caller == "caller_self" else None
    return CaseFromCall(row.number, {name: value for name, value in given.items() if value}, language or "", hidden)


def _of(table: type[RowT], call: Id) -> Select[RowT]:
    """The rows of one call that stand."""
    return select(table).where(table.call_id == call, table.struck.is_not(True)).order_by(table.id)


def referral_from_call(reader: Reader, case: str) -> Mapping[str, str]:
    """What the call a case began with says, by the fields of a referral, as far as the asker may see it."""
    reader.must_be_allowed(Permission.REFER)
    found = from_hex(case) or b""
    must_be_open(reader, found, case)
    row = reader.session.get(Case, found)
    call = reader.session.get(Call, row.call_id) if row is not None and row.call_id else None
    if call is None or not reader.may(Permission.LOG_CALLS) or call.id in calls_kept_away(reader):
        return {}
    said = call_row(reader, call.id)
    given = {"reason": said.note, "urgency": IMMEDIATE if said.danger == "yes" else None}
    return {name: value for name, value in given.items() if value}


def _more_cases(reader: Reader, call: Id) -> tuple[str, ...]:
    """The numbers of those within reach."""
    linked = (CallCase.call_id == call, CallCase.struck.is_not(True), Case.struck.is_not(True))
    query = select(Case.id).join(CallCase, CallCase.case_id == Case.id).where(*linked)
    numbers = numbers_shown(reader, set(reader.session.scalars(query)))
    return tuple(sorted(number for number in numbers.values() if number))


def _call(reader: Reader, call: str) -> Call:
    reader.must_be_allowed(Permission.LOG_CALLS)
    row = reader.session.get(Call, from_hex(call) or b"")
    if row is None or row.struck:
        raise NotFound(place="call", what=call[:64])
    call_must_be_there(reader, row.id, call)
    return row


def logging_act(reader: Reader, call: str) -> str:
    """The act by which a call was logged, so that it can be taken back. `CallInUse` where something came of it."""
    row = _call(reader, call)
    if row.case_id is not None or _hangs_on(reader, row.id):
        raise CallInUse(place="call")
    found = reader.session.execute(text(_LOGGED), {"call": row.id}).scalar()
    if found is None:
        raise NotFound(place="call", what=call[:64])
    return bytes(found).hex()


def _hangs_on(reader: Reader, call: Id) -> bool:
    queries: tuple[Select[Any], ...] = (_of(CallCase, call), _of(CallBack, call), _of(CrimeSignal, call))
    return any(reader.session.scalars(query.limit(1)).first() is not None for query in queries)
