"""Records about a person, such as papers, stays, work or proceedings: added, put right, ended and taken away."""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Final

import msgspec

from kzcase.actions.checks import code, day, some_day
from kzcase.actions.finding import find_person, find_record
from kzcase.actions.wishes import Code, Done, IsoDate, Line, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables import ENTITIES
from kzcase.db.tables.lives import Leg, Proceeding
from kzcase.domain.dates import parse_edtf
from kzcase.domain.eighteenth import OLDEST
from kzcase.domain.errors import (
    AgesImpossible,
    EndsBeforeItBegins,
    FieldMissing,
    NothingToChange,
    NotThatRecord,
    NumberOutOfRange,
)
from kzcase.domain.ids import Id
from kzcase.domain.json_text import below
from kzcase.domain.records import RECORDS, Holds, RecordField, RecordKind
from kzcase.domain.warned import Warned
from kzcase.i18n import _

_GAP: Final = 1_024
"""Room between two legs of a way, for those that are remembered later."""
NOT_ASKED: Final = "not_asked"
_MOST: Final = 10**12
"""More than any wage, in whatever money."""
_TYPES: Final[dict[Holds, Any]] = {
    Holds.CODE: Code | None,
    Holds.LINE: Line | None,
    Holds.DAY: IsoDate | None,
    Holds.APPROXIMATE: Code | None,
    Holds.COUNT: int | None,
    Holds.RECORD: Ref | None,
}


def _facts_of(kind: RecordKind) -> type[Wish]:
    """What an act may say of one kind of record; what is left out stays unsaid, or as it was."""
    fields = [(each.name, _TYPES[each.holds], None) for each in kind.fields]
    fields += [("after", Ref | None, None)] if kind.name == "leg" else []
    name = f"{kind.name.capitalize()}Facts"
    made: Any = msgspec.defstruct(
        name, fields, bases=(Wish,), frozen=True, kw_only=True, tag_field="record", tag=kind.name
    )
    made.__doc__ = "One record about a person."
    wish: type[Wish] = made
    return wish


FACTS: Final = {name: _facts_of(kind) for name, kind in RECORDS.items()}
if TYPE_CHECKING:
    RecordFacts = Wish
else:
    RecordFacts = reduce(or_, FACTS.values())


KANDAS: Final = "kandas"
_RENOUNCING: Final = _(
    "This was written down. Nobody should renounce their former citizenship before that of Kazakhstan is certain: it "
    "can leave them without any. Ask a lawyer first."
)


class AddRecord(Wish, frozen=True, kw_only=True):
    """Add one record to a person: `facts` says by `record` what kind it is."""

    person: Ref
    facts: RecordFacts
    look_reason: LookReason | None = None


class CorrectRecord(Wish, frozen=True, kw_only=True):
    """Put a record right, or say more of it; what is left out stays."""

    record: Ref
    facts: RecordFacts
    look_reason: LookReason | None = None


class EndRecord(Wish, frozen=True, kw_only=True):
    """Say until when a name, a phone, an address, a relation or another dated record held; it stays readable."""

    record: Ref
    until: Code
    look_reason: LookReason | None = None


class RemoveRecord(Wish, frozen=True, kw_only=True):
    """Take away a record that was entered by mistake; the history keeps it."""

    record: Ref
    look_reason: LookReason | None = None


@action("record.added", AddRecord)
def add_record(book: Casebook, wish: AddRecord) -> Done:
    """Add a record to a person."""
    with book.write("record.added") as act:
        person = find_person(act, wish.person)
        kind = _kind_of(wish.facts)
        values = _values(act, kind, wish.facts)
        for missing in (each for each in kind.fields if each.needed and values.get(each.name) is None):
            raise FieldMissing(below("facts", missing.name))
        row = act.add(ENTITIES[kind.table](person_id=person.id, **values, **_beside(act, kind, person.id, wish.facts)))
    return Done(act.id, act.changed, {"record": row.id, "person": person.id}, warned=_of_renouncing(values))


@action("record.corrected", CorrectRecord)
def correct_record(book: Casebook, wish: CorrectRecord) -> Done:
    """Put a record right; the history keeps what stood there."""
    with book.write("record.corrected") as act:
        row, kind = find_record(act, wish.record), _kind_of(wish.facts)
        if row.__tablename__ != kind.table:
            raise NotThatRecord("facts.record")
        values = _values(act, kind, wish.facts, row)
        if not values:
            raise NothingToChange
        for name, value in values.items():
            setattr(row, name, value)
    return Done(act.id, act.changed, {"record": row.id}, warned=_of_renouncing(values))


@action("record.ended", EndRecord)
def end_record(book: Casebook, wish: EndRecord) -> Done:
    """Say until when something held."""
    with book.write("record.ended") as act:
        row: Any = find_record(act, wish.record)
        column = type(row).__table__.columns.get("until")
        if column is None:
            raise NotThatRecord("record")
        until = some_day(wish.until, "until")
        _must_follow(getattr(row, "since", None), until.text, "until")
        row.until = day(wish.until, "until") if column.type.python_type is date else until.text
    return Done(act.id, act.changed, {"record": row.id})


@action("record.removed", RemoveRecord)
def remove_record(book: Casebook, wish: RemoveRecord) -> Done:
    """Take away what was entered by mistake."""
    with book.write("record.removed") as act:
        row = find_record(act, wish.record)
        row.struck = True
    return Done(act.id, act.changed, {"record": row.id})


def _of_renouncing(values: Mapping[str, Any]) -> tuple[Warned, ...]:
    """Who becomes a citizen by descent may lose the old citizenship before the new one is certain."""
    return (Warned("facts.basis", KANDAS, _RENOUNCING),) if values.get("basis") == KANDAS else ()


def _kind_of(facts: Wish) -> RecordKind:
    return RECORDS[str(type(facts).__struct_config__.tag)]


def _values(act: Act, kind: RecordKind, facts: Wish, row: Any = None) -> dict[str, Any]:
    """What was said, checked field by field; of a correction beside what stands there."""
    said = {each.name: getattr(facts, each.name) for each in kind.fields}
    values = {
        each.name: _value(act, each, said[each.name], below("facts", each.name))
        for each in kind.fields
        if said[each.name] not in (None, "")
    }
    until = values.get("until", getattr(row, "until", None))
    if "until" in values or "since" in values:
        _must_follow(values.get("since", getattr(row, "since", None)), until, "facts.until")
    if kind.name == "age_estimate":
        _must_be_ages(values, row)
    return values


def _must_be_ages(values: dict[str, Any], row: Any) -> None:
    """An age that somebody can have had."""
    young, old = (values.get(name, getattr(row, name, None)) for name in ("youngest", "oldest"))
    if young is not None and not 0 <= young <= (OLDEST if old is None else old) <= OLDEST:
        raise AgesImpossible("facts.oldest" if old is not None else "facts.youngest")


def _value(act: Act, field: RecordField, said: Any, place: str) -> Any:
    match field.holds:
        case Holds.CODE:
            return code(act.rulebook, field.codes, said, place)
        case Holds.DAY:
            return day(said, place)
        case Holds.APPROXIMATE:
            return some_day(said, place).text
        case Holds.COUNT:
            return _count(said, place)
        case Holds.RECORD:
            return find_record(act, said, place, field.codes).id
        case Holds.LINE:
            return str(said).strip()


def _count(said: int, place: str) -> int:
    if not 0 <= said <= _MOST:
        raise NumberOutOfRange(place)
    return said


def _must_follow(since: str | None, until: str | date | None, place: str) -> None:
    """Nothing ends before it begins, as far as both are known."""
    if since is None or until is None:
        return
    end = until if isinstance(until, date) else parse_edtf(until).latest
    if end < parse_edtf(since).earliest:
        raise EndsBeforeItBegins(place)


def _beside(act: Act, kind: RecordKind, person: Id, facts: Any) -> dict[str, Any]:
    """What a new record has besides what was said."""
    if kind.table == Proceeding.__tablename__:
        return {"safeguard": NOT_ASKED}
    return {"position": _position(act, person, facts.after)} if kind.table == Leg.__tablename__ else {}


def _position(act: Act, person: Id, after: str | None) -> int:
    """Behind all legs, or right behind one; where there is no room left between two, the later ones move on."""
    there = act.session.query(Leg).filter(Leg.person_id == person, Leg.struck.is_not(True))
    legs = sorted(there, key=lambda leg: (leg.position or 0, leg.id))
    if after is None:
        return (legs[-1].position or 0) + _GAP if legs else _GAP
    before = find_record(act, after, "facts.after", Leg.__tablename__)
    later = legs[legs.index(before) + 1 :] if before in legs else []
    if not later:
        return (getattr(before, "position", 0) or 0) + _GAP
    first, second = getattr(before, "position", 0) or 0, later[0].position or 0
    if second - first < 2:
        for leg in later:
            leg.position = (leg.position or 0) + _GAP
        second += _GAP
    return (first + second) // 2
