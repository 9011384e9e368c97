"""Promises to call back: with their rules and without their numbers, until somebody asks for one at a safe hour."""

from collections import Counter
from typing import Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.helpline import CallBack, CallBackTry
from kzcase.db.tables.office import Call
from kzcase.domain.errors import BadHours, NoSuchZone, NotFound
from kzcase.domain.ids import Id, from_hex
from kzcase.domain.line import HOME_ZONE, is_safe_at, next_safe, zone_named
from kzcase.domain.line_rows import CallBackRow, NumberToCall
from kzcase.domain.permissions import Permission
from kzcase.i18n import on_the_wall
from kzcase.queries.callers import not_theirs
from kzcase.queries.case_page import name_of
from kzcase.queries.reach import must_be_there
from kzcase.queries.veil import Veil

_FIELDS: Final = ("hours", "who_may_answer", "say_we_are")


def open_call_backs(reader: Reader, *, interpreter: bool = False) -> list[CallBackRow]:
    """Promises not kept yet, the most urgent first; only those that wait for an interpreter, where that is wanted."""
    reader.must_be_allowed(Permission.LOG_CALLS)
    theirs = CallBack.call_id.not_in(not_theirs(reader))
    there = [CallBack.ended_at.is_(None), CallBack.struck.is_not(True), theirs]
    if interpreter:
        there.append(CallBack.interpreter.is_(True))
    rows = reader.session.scalars(select(CallBack).where(*there).order_by(CallBack.due_at, CallBack.id)).all()
    tries = _tries(reader, [row.id for row in rows])
    return [_row(reader, row, tries) for row in rows]


def _tries(reader: Reader, of: list[Id]) -> Counter[tuple[Id, bool]]:
    """(promise, whether it counts) → attempts."""
    made = select(CallBackTry).where(CallBackTry.call_back_id.in_(of), CallBackTry.struck.is_not(True))
    return Counter((row.call_back_id or b"", row.counted is True) for row in reader.session.scalars(made))


def _row(reader: Reader, row: CallBack, tries: Counter[tuple[Id, bool]]) -> CallBackRow:
    """The rules of safe contact are shown to whoever will call; the number is not among them."""
    hidden = Veil(reader, "call_backs").hides("phone")
    call = reader.session.get(Call, row.call_id) if row.call_id else None
    there, safe, opens = _there(reader, row)
    return CallBackRow(
        id=row.id.hex(),
        call=row.call_id.hex() if row.call_id else "",
        call_number=(call.number if call else "") or "",
        due_at=row.due_at,
        due_there=there,
        zone=row.zone or HOME_ZONE,
        safe_now=safe,
        next_safe=opens,
        code_word_agreed=bool(row.code_word),
        language=row.language,
        interpreter=bool(row.interpreter),
        tries=tries[row.id, True],
        tries_outside=tries[row.id, False],
        late=row.due_at is not None and row.due_at < reader.now,
        author=name_of(reader, row.author_id),
        masked=frozenset({"phone"}) if hidden else frozenset(),
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
    call = reader.session.get(Call, row.call_id) if row.call_id else None
    must_be_there(reader, call.case_id if call else None, reference, "call_back")
    return NumberToCall((row.call_id or b"").hex(), row.phone, row.code_word, row.hours, row.zone or HOME_ZONE)
