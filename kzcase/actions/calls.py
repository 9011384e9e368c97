"""Helpline calls: logged in one go; most never become cases and must be fast."""

from datetime import UTC, datetime

import msgspec

from kzcase.actions.checks import code, codes, optional_code
from kzcase.actions.numbers import next_number
from kzcase.actions.wishes import Code, Done, Number, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.office import Call, CallTopic
from kzcase.domain.errors import NoSuchDate
from kzcase.i18n import KAZAKHSTAN


class LogCall(Wish, frozen=True, kw_only=True):
    """A call as the operator heard it; anonymous unless the caller says otherwise."""

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
    started_at: str | None = msgspec.field(default=None)


@action("call.logged", LogCall)
def log_call(book: Casebook, wish: LogCall) -> Done:
    """Log a call with its topics and outcome."""
    with book.write("call.logged") as act:
        call = _call_row(act, wish, book.facts.code)
        for topic in codes(act.rulebook, "call_topic", wish.topics, "topics"):
            act.add(CallTopic(call_id=call.id, topic=topic))
    return Done(act.id, act.changed, {"call": call.id}, call.number or "")


def _call_row(act: Act, wish: LogCall, laptop: str) -> Call:
    rules = act.rulebook
    return act.add(
        Call(
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
            operator_id=act.acting.staff_id,
            started_at=_moment(wish.started_at, act.now),
        )
    )


def _moment(given: str | None, default: datetime) -> datetime:
    if given is None:
        return default
    try:
        moment = datetime.fromisoformat(given)
        here = moment if moment.tzinfo else moment.replace(tzinfo=KAZAKHSTAN)
        return here.astimezone(UTC)  # one zone in the table, or calls would not stand in their order
    except (ValueError, OverflowError) as error:
        raise NoSuchDate(place="started_at") from error
