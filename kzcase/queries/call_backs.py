"""Promises to call back: with their rules and without their numbers, until somebody asks for one at a safe hour."""

from collections import Counter
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.shape import shape
from kzcase.db.tables.helpline import CallBack, CallBackTry
from kzcase.db.tables.office import Call
from kzcase.domain.errors import BadHours, NoSuchZone, NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.line import HOME_ZONE, digits_of, is_safe_at, next_safe, zone_named
from kzcase.domain.line_rows import BeforeCalling, CallBackRow, CallingRule, NumberToCall
from kzcase.domain.permissions import Permission, Sight, sight
from kzcase.i18n import on_the_wall
from kzcase.queries.call_reach import call_must_be_there, calls_kept_away
from kzcase.queries.case_page import name_of
from kzcase.queries.phone_hands import is_closed, rules_by_number
from kzcase.queries.standing_in import who_answers
from kzcase.queries.veil import Veil

_FIELDS: Final = ("hours", "who_may_answer", "say_we_are")


def open_call_backs(reader: Reader, *, interpreter: bool = False) -> list[CallBackRow]:
    """Promises not kept yet, the most urgent first; only those that wait for an interpreter, where that is wanted."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    theirs = CallBack.call_id.not_in(calls_kept_away(reader))
    there = [CallBack.ended_at.is_(None), CallBack.struck.is_not(True), theirs]
    if interpreter:
        there.append(CallBack.interpreter.is_(True))
    rows = reader.session.scalars(select(CallBack).where(*there).order_by(CallBack.due_at, CallBack.id)).all()
    tries, rules = _tries(reader, [row.id for row in rows]), rules_by_number(reader, [row.phone for row in rows])
    return [_row(reader, row, tries, rules.get(digits_of(row.phone), ())) for row in rows]


def _tries(reader: Reader, of: list[Id]) -> Counter[tuple[Id, bool]]:
    """(promise, whether it counts) → attempts."""
    made = select(CallBackTry).where(CallBackTry.call_back_id.in_(of), CallBackTry.struck.is_not(True))
    return Counter((row.call_back_id or b"", row.counted is True) for row in reader.session.scalars(made))


def _row(
    reader: Reader, row: CallBack, tries: Counter[tuple[Id, bool]], theirs: tuple[CallingRule, ...]
) -> CallBackRow:
    """The rules of safe contact are shown to whoever will call; the number is not among them."""
    hidden, closed = Veil(reader, "call_backs").hides("phone"), is_closed(theirs)
    call = reader.session.get(Call, row.call_id) if row.call_id else None
    there, safe, opens = _there(reader, row)
    return CallBackRow(
        id=row.id.hex(),
        call=row.call_id.hex() if row.call_id else "",
        call_number=(call.number if call else "") or "",
        due_at=row.due_at,
        due_there=there,
        zone=row.zone or HOME_ZONE,
        safe_now=safe and not closed,
        next_safe=opens,
        code_word_agreed=bool(row.code_word),
        language=row.language,
        interpreter=bool(row.interpreter),
        tries=tries[row.id, True],
        tries_outside=tries[row.id, False],
        late=row.due_at is not None and row.due_at < reader.now,
        author=name_of(reader, who_answers(reader, row.author_id)),
        masked=frozenset({"phone"}) if hidden else frozenset(),
        closed=closed,
        theirs=theirs,
        **{name: getattr(row, name) for name in _FIELDS},
    )


def _there(reader: Reader, row: CallBack) -> tuple[str, bool, str]:
    """(when it is due there, whether it is safe now, when it next is); unreadable rules are never safe."""
    try:
        zone = zone_named(row.zone or HOME_ZONE)
        due = on_the_wall(row.due_at.astimezone(zone).replace(tzinfo=None)) if row.due_at else ""
        opens = next_safe(row.hours, row.zone, reader.now)
        return due, is_safe_at(row.hours, row.zone, reader.now), on_the_wall(opens.replace(tzinfo=None))
    except (BadHours, NoSuchZone):
        return "", False, ""


def number_to_call(reader: Reader, reference: str) -> NumberToCall:
    """What is dialled. Whoever asks has seen the rules, and the look is entered (`actions.call_backs.show_number`)."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    row = reader.session.get(CallBack, from_hex(reference) or b"")
    if row is None or row.struck or row.ended_at is not None or not row.phone:
        raise NotFound(place="call_back", what=reference[:64])
    call_must_be_there(reader, row.call_id, reference, "call_back")
    return NumberToCall((row.call_id or b"").hex(), row.phone, row.code_word, row.hours, row.zone or HOME_ZONE)


def before_calling(reader: Reader, call_id: str) -> BeforeCalling:
    """What is to be read before the number of a call is shown."""
    number = _number_of(reader, call_id)
    rules = rules_by_number(reader, [number]).get(digits_of(number), ())
    return BeforeCalling(call_id, is_closed(rules), rules)


def number_of_call(reader: Reader, call_id: str) -> NumberToCall:
    """The number a caller left. Whoever asks has read the rules, and the look is entered (`show_call_number`)."""
    return NumberToCall(call_id, _number_of(reader, call_id), None, None)


def _number_of(reader: Reader, call_id: str) -> str:
    reader.must_be_allowed(Permission.LOG_CALLS)
    row = reader.session.get(Call, from_hex(call_id) or b"")
    seen = sight(reader.acting.roles, shape("calls").classes["phone"], names_shown=True) is Sight.SHOW
    if row is None or row.struck or not row.phone or not seen:
        raise NotFound(place="call", what=call_id[:64])
    call_must_be_there(reader, row.id, call_id)
    return row.phone
