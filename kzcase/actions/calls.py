"""Helpline calls: logged in one go with all that was done during them; most never become cases and must be fast."""

from collections.abc import Sequence
from typing import Annotated, Final

import msgspec
from sqlalchemy import select

from kzcase.actions.checks import code, codes, moment, optional_code
from kzcase.actions.finding import find_call, find_case
from kzcase.actions.history import UndoAct, undo_act
from kzcase.actions.numbers import next_number
from kzcase.actions.wishes import Code, Done, Line, LookReason, Number, Ref, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.helpline import CallCase, Emergency, SheetGiven
from kzcase.db.tables.office import Call, CallTopic
from kzcase.domain.errors import NothingToChange
from kzcase.domain.ids import Id, new_id
from kzcase.domain.json_text import below
from kzcase.domain.sheets import sheet_named
from kzcase.queries.calls import logging_act
from kzcase.queries.phone_hands import must_be_in_own_hands

MOST_AT_ONCE: Final = 20
SERVICES: Final = frozenset({"102", "103", "112"})


class EmergencyFacts(Wish, frozen=True, kw_only=True):
    """An emergency service that was called: 102, 103 or 112, when, and who rang it."""

    service: Code
    at: str | None = None
    who_rang: Code = "we"


class SheetFacts(Wish, frozen=True, kw_only=True):
    """An information sheet the caller was given."""

    sheet: Code
    language: Code
    how: Code = "read"


class LogCall(Wish, frozen=True, kw_only=True):
    """A call as the operator heard it; anonymous unless the caller says otherwise.

    `nickname` is what operators call somebody who calls often; it is never a name.
    """

    channel: Code
    language: Code
    topics: list[Code]
    outcome: Code
    note: Text = ""
    caller: Code | None = None
    anonymous: bool = True
    phone: Number | None = None
    region: Code | None = None
    danger: Code | None = None
    started_at: str | None = None
    ended_at: str | None = None
    nickname: Line | None = None
    emergencies: Annotated[list[EmergencyFacts], msgspec.Meta(max_length=MOST_AT_ONCE)] = msgspec.field(
        default_factory=list
    )
    sheets: Annotated[list[SheetFacts], msgspec.Meta(max_length=MOST_AT_ONCE)] = msgspec.field(default_factory=list)


class LinkCall(Wish, frozen=True, kw_only=True):
    """A call is also about this case."""

    call: Ref
    case: Ref
    look_reason: LookReason | None = None


class CallEmergency(EmergencyFacts, frozen=True, kw_only=True):
    """An emergency service was called because of a call that is logged already."""

    call: Ref
    look_reason: LookReason | None = None


class GiveSheet(SheetFacts, frozen=True, kw_only=True):
    """An information sheet was given because of a call that is logged already."""

    call: Ref
    look_reason: LookReason | None = None


@action("call.logged", LogCall)
def log_call(book: Casebook, wish: LogCall) -> Done:
    """Log a call with its topics and outcome, the services called and the sheets given."""
    return log_call_as(book, wish, new_id())


def log_call_as(book: Casebook, wish: LogCall, call_id: Id) -> Done:
    """The same for a call that has its id already, because it was written down while the casebook was locked."""
    with book.write("call.logged") as act:
        call = _call_row(act, wish, book.facts.code, call_id)
        for topic in codes(act.rulebook, "call_topic", wish.topics, "topics"):
            act.add(CallTopic(call_id=call.id, topic=topic))
        for index, each in enumerate(wish.emergencies):
            _emergency(act, call.id, each, f"emergencies[{index}]")
        _give(act, call, wish.sheets)
    return Done(act.id, act.changed, {"call": call.id}, call.number or "")


@action("call.linked", LinkCall)
def link_call(book: Casebook, wish: LinkCall) -> Done:
    """Connect a call with one more case; several people may be spoken of in one call."""
    with book.write("call.linked") as act:
        call, case = find_call(act, wish.call), find_case(act, wish.case)
        linked = (CallCase.call_id == call.id, CallCase.case_id == case.id, CallCase.struck.is_not(True))
        if case.id == call.case_id or act.session.scalars(select(CallCase.id).where(*linked)).first():
            raise NothingToChange(place="case")
        act.add(CallCase(call_id=call.id, case_id=case.id, linked_on=act.today))
    return Done(act.id, act.changed, {"call": call.id, "case": case.id}, call.number or "")


@action("emergency.called", CallEmergency)
def call_emergency(book: Casebook, wish: CallEmergency) -> Done:
    """Record that an emergency service was called, with its time."""
    with book.write("emergency.called") as act:
        call = find_call(act, wish.call)
        row = _emergency(act, call.id, wish)
    return Done(act.id, act.changed, {"emergency": row.id, "call": call.id})


@action("sheet.given", GiveSheet)
def give_sheet(book: Casebook, wish: GiveSheet) -> Done:
    """Record which sheet was given. `PhoneInOtherHands` where it would go to a phone somebody else holds."""
    with book.write("sheet.given") as act:
        call = find_call(act, wish.call)
        (row,) = _give(act, call, (wish,), "")
    return Done(act.id, act.changed, {"given": row.id, "call": call.id})


def take_back_call(book: Casebook, call: str) -> Done:
    """Take back a call that was logged wrongly, however long ago; the history keeps both. `CallInUse` where a case, a
    signal or a call-back came of it."""
    with book.read() as reader:
        logged = logging_act(reader, call)
    return undo_act(book, UndoAct(of=logged))


def _call_row(act: Act, wish: LogCall, laptop: str, call_id: Id) -> Call:
    rules = act.rulebook
    return act.add(
        Call(
            id=call_id,
            number=next_number(act, laptop, "C"),
            channel=code(rules, "channel", wish.channel, "channel"),
            language=code(rules, "language", wish.language, "language"),
            caller=optional_code(rules, "caller", wish.caller, "caller"),
            anonymous=wish.anonymous,
            phone=(wish.phone or "").strip() or None,
            region=optional_code(rules, "region", wish.region, "region"),
            danger=optional_code(rules, "yes_no", wish.danger, "danger"),
            outcome=code(rules, "call_outcome", wish.outcome, "outcome"),
            note=wish.note.strip() or None,
            nickname=(wish.nickname or "").strip() or None,
            operator_id=act.acting.staff_id,
            started_at=moment(wish.started_at, act.now, "started_at"),
            ended_at=moment(wish.ended_at, None, "ended_at"),
        )
    )


def _emergency(act: Act, call: Id, said: EmergencyFacts, place: str = "") -> Emergency:
    service = code(act.rulebook, "emergency_number", said.service, below(place, "service"))
    return act.add(
        Emergency(
            call_id=call,
            service=service,
            who_rang=code(act.rulebook, "who_rang", said.who_rang, below(place, "who_rang")),
            called_at=moment(said.at, act.now, below(place, "at")),
            author_id=act.acting.staff_id,
        )
    )


def _give(act: Act, call: Call, said: Sequence[SheetFacts], place: str = "sheets[{}]") -> list[SheetGiven]:
    rows = []
    for index, each in enumerate(said):
        where = place.format(index)
        how = code(act.rulebook, "sheet_how", each.how, below(where, "how"))
        if how in _SENT:
            must_be_in_own_hands(act, call.phone, below(where, "how"))
        sheet = sheet_named(act.rulebook.sheets, each.sheet, each.language, act.today, below(where, "sheet"))
        row = SheetGiven(call_id=call.id, sheet=sheet.id, edition=sheet.edition, language=each.language, how=how)
        row.given_at, row.author_id = act.now, act.acting.staff_id
        rows.append(act.add(row))
    return rows


_SENT: Final = frozenset({"sms", "messenger"})
"""Ways that end on the phone itself."""
