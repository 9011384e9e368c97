"""Shifts on the line and work outside the office: opened, handed over, and counted like calls."""

from typing import Annotated, Final

import msgspec
from sqlalchemy import select

from kzcase.actions.checks import code, codes, optional_code, past_day
from kzcase.actions.finding import find_colleague
from kzcase.actions.numbers import next_number
from kzcase.actions.wishes import Code, Done, IsoDate, Line, Ref, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.helpline import Outreach, Shift
from kzcase.domain.errors import NoShiftOpen, ShiftOpen

MOST_REACHED: Final = 100_000


class OpenShift(Wish, frozen=True, kw_only=True):
    """Begin a shift."""


class CloseShift(Wish, frozen=True, kw_only=True):
    """End one's shift. What is open is handed over by itself; `words` are what else the next one must know."""

    handed_to: Ref | None = None
    words: Text = ""


class LogOutreach(Wish, frozen=True, kw_only=True):
    """A visit, a day of the mobile group or a meeting: where, how many people, about what."""

    kind: Code
    region: Code
    reached: Annotated[int, msgspec.Meta(ge=0, le=MOST_REACHED)]
    topics: list[Code]
    place: Line = ""
    on: IsoDate | None = None
    languages: list[Code] = msgspec.field(default_factory=list)
    note: Text = ""


@action("shift.opened", OpenShift)
def open_shift(book: Casebook, _wish: OpenShift) -> Done:
    """Begin a shift; one has only one at a time."""
    with book.write("shift.opened") as act:
        if _own(act) is not None:
            raise ShiftOpen(place="shift.opened")
        number = next_number(act, book.facts.code, "W")
        row = act.add(Shift(number=number, opened_at=act.now, opened_by=act.acting.staff_id))
    return Done(act.id, act.changed, {"shift": row.id}, row.number or "")


@action("shift.closed", CloseShift)
def close_shift(book: Casebook, wish: CloseShift) -> Done:
    """Hand one's shift over."""
    with book.write("shift.closed") as act:
        row = _own(act)
        if row is None:
            raise NoShiftOpen(place="shift.closed")
        row.closed_at, row.words = act.now, wish.words.strip() or None
        row.handed_to = find_colleague(act, wish.handed_to, "handed_to").id if wish.handed_to else None
    return Done(act.id, act.changed, {"shift": row.id}, row.number or "")


def _own(act: Act) -> Shift | None:
    mine = (Shift.opened_by == act.acting.staff_id, Shift.closed_at.is_(None), Shift.struck.is_not(True))
    return act.session.scalars(select(Shift).where(*mine).order_by(Shift.opened_at, Shift.id)).first()


@action("outreach.logged", LogOutreach)
def log_outreach(book: Casebook, wish: LogOutreach) -> Done:
    """Log work outside the office. It names nobody."""
    with book.write("outreach.logged") as act:
        rules = act.rulebook
        row = act.add(
            Outreach(
                number=next_number(act, book.facts.code, "V"),
                kind=code(rules, "outreach_kind", wish.kind, "kind"),
                region=optional_code(rules, "region", wish.region, "region"),
                place=wish.place.strip() or None,
                happened_on=past_day(wish.on, act.today),
                reached=wish.reached,
                topics=" ".join(codes(rules, "call_topic", wish.topics, "topics")),
                languages=" ".join(codes(rules, "language", wish.languages, "languages")),
                note=wish.note.strip() or None,
                author_id=act.acting.staff_id,
            )
        )
    return Done(act.id, act.changed, {"outreach": row.id}, row.number or "")
