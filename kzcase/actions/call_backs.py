"""Call-backs: promised in the other's own time, tried only at their safe hours, and never to a phone in other hands."""

from datetime import datetime
from typing import Final

from kzcase.actions.checks import code, moment, moment_in
from kzcase.actions.finding import find_call, find_call_back
from kzcase.actions.reading import record_look
from kzcase.actions.wishes import Code, Done, Line, LookReason, Number, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.helpline import CallBack, CallBackTry
from kzcase.domain.errors import CallBackEnded, NoNumberToCall, OutsideSafeHours
from kzcase.domain.line import HOME_ZONE, is_safe_at, next_safe, spans_of, zone_named
from kzcase.domain.line_rows import NumberToCall
from kzcase.domain.looks import Look
from kzcase.i18n import on_the_wall
from kzcase.queries.call_backs import number_of_call, number_to_call
from kzcase.queries.phone_hands import must_be_callable

REACHED: Final = "reached"
KEPT: Final = "kept"


class PromiseCallBack(Wish, frozen=True, kw_only=True):
    """Somebody will be called back. `due` is on the wall of the other, in `zone`; so are the safe `hours`.

    `phone`: that of the call, unless another is given.
    """

    call: Ref
    due: str
    zone: Line = HOME_ZONE
    phone: Number | None = None
    hours: Line = ""
    who_may_answer: Line = ""
    say_we_are: Line = ""
    code_word: Line = ""
    language: Code | None = None
    interpreter: bool = False
    look_reason: LookReason | None = None


class TryCallBack(Wish, frozen=True, kw_only=True):
    """An attempt to call back. One outside the safe hours is kept, and does not count."""

    call_back: Ref
    result: Code
    at: str | None = None


class EndCallBack(Wish, frozen=True, kw_only=True):
    """The promise was kept or cannot be kept."""

    call_back: Ref
    ended: Code


@action("call_back.promised", PromiseCallBack)
def promise_call_back(book: Casebook, wish: PromiseCallBack) -> Done:
    """Promise a call-back with its safety rules. Refused at an hour that is not safe there."""
    with book.write("call_back.promised") as act:
        call = find_call(act, wish.call)
        phone = (wish.phone or call.phone or "").strip()
        if not phone:
            raise NoNumberToCall(place="phone")
        must_be_callable(act, phone, "phone", by_anybody=True)
        spans_of(wish.hours)
        due = moment_in(zone_named(wish.zone), wish.due, "due")
        _must_be_safe(wish.hours, wish.zone, due, "due")
        language = code(act.rulebook, "language", wish.language or call.language or "kk", "language")
        texts = {name: getattr(wish, name).strip() or None for name in _RULES}
        row = act.add(CallBack(call_id=call.id, phone=phone, zone=wish.zone, due_at=due, language=language, **texts))
        row.interpreter, row.author_id, row.promised_at = wish.interpreter, act.acting.staff_id, act.now
    return Done(act.id, act.changed, {"call_back": row.id, "call": call.id}, call.number or "")


_RULES: Final = ("hours", "who_may_answer", "say_we_are", "code_word")


def _must_be_safe(hours: str | None, zone: str | None, at: datetime, place: str) -> None:
    if not is_safe_at(hours, zone, at):
        opens = next_safe(hours, zone, at)
        raise OutsideSafeHours(place, when=on_the_wall(opens.replace(tzinfo=None)))


@action("call_back.tried", TryCallBack)
def try_call_back(book: Casebook, wish: TryCallBack) -> Done:
    """Record an attempt. Whoever was reached at a safe hour has been called back."""
    with book.write("call_back.tried") as act:
        row = _open(act, wish.call_back)
        at = moment(wish.at, act.now, "at") or act.now
        result = code(act.rulebook, "call_back_result", wish.result, "result")
        counted = is_safe_at(row.hours, row.zone, at)
        attempt = act.add(CallBackTry(call_id=row.call_id, call_back_id=row.id, at=at, result=result, counted=counted))
        attempt.author_id = act.acting.staff_id
        if result == REACHED and counted:
            row.ended_at, row.ended = at, KEPT
    return Done(act.id, act.changed, {"attempt": attempt.id, "call_back": row.id})


@action("call_back.ended", EndCallBack)
def end_call_back(book: Casebook, wish: EndCallBack) -> Done:
    """End a promise without another attempt, and say how."""
    with book.write("call_back.ended") as act:
        row = _open(act, wish.call_back)
        row.ended_at, row.ended = act.now, code(act.rulebook, "call_back_end", wish.ended, "ended")
    return Done(act.id, act.changed, {"call_back": row.id})


def show_number(book: Casebook, call_back: str) -> NumberToCall:
    """The number to dial, after the rules were read. `OutsideSafeHours` at another hour; each look is entered first.

    The number is looked up before the entry only to refuse it: what is shown is always entered.
    """
    with book.read() as reader:
        found = number_to_call(reader, call_back)
        must_be_callable(reader, found.number, "call_back")
    _must_be_safe(found.hours, found.zone, book.now(), "call_back")
    record_look(book, Look.NUMBER, bytes.fromhex(found.call))
    return found


def show_call_number(book: Casebook, call: str) -> NumberToCall:
    """The number a caller left, after its rules were read; never one in other hands. Each look is entered first."""
    with book.read() as reader:
        found = number_of_call(reader, call)
        must_be_callable(reader, found.number, "call")
    record_look(book, Look.NUMBER, bytes.fromhex(found.call))
    return found


def _open(act: Act, reference: str) -> CallBack:
    row = find_call_back(act, reference)
    if row.ended_at is not None:
        raise CallBackEnded(place="call_back")
    return row
