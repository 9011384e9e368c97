"""Who belongs to whom: relations between people, suspicions with their source and term."""

from datetime import date, timedelta

from kzcase.actions.checks import day, optional_code, some_day, unknown_code
from kzcase.actions.finding import find_person
from kzcase.actions.people import PersonFacts, add_person
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.lives import Relation
from kzcase.db.tables.people import Person
from kzcase.domain.errors import FieldMissing, InTheFuture, SamePersonTwice, WhoIsOther
from kzcase.domain.records import TIES
from kzcase.domain.rulebook import Rulebook
from kzcase.queries.merged import same_people


class AddRelation(Wish, frozen=True, kw_only=True):
    """Say who somebody else is to a person: `kind` is a code of the list `relation` or `tie`.

    The other is known already (`other`) or new (`new_person`). A suspicion needs `said_by`; `keep_until` says how long
    it may stand, and is set by the list where nobody says.
    """

    person: Ref
    kind: Code
    other: Ref | None = None
    new_person: PersonFacts | None = None
    since: Code | None = None
    until: Code | None = None
    said_by: Code | None = None
    keep_until: IsoDate | None = None
    look_reason: LookReason | None = None


@action("relation.added", AddRelation)
def add_relation(book: Casebook, wish: AddRelation) -> Done:
    """Add a relation, and with it the other person where they are new."""
    with book.write("relation.added") as act:
        person = find_person(act, wish.person)
        keep_days = keep_days_of(act.rulebook, wish.kind)
        if keep_days and wish.said_by is None:
            raise FieldMissing("said_by")
        other = _other(act, wish)
        if other.id in same_people(act, person.id):
            raise SamePersonTwice("other")
        row = act.add(
            Relation(
                person_id=person.id,
                other_id=other.id,
                kind=wish.kind,
                since=about(wish.since, "since"),
                until=about(wish.until, "until"),
                said_by=optional_code(act.rulebook, "said_by", wish.said_by, "said_by"),
                keep_until=_keep_until(act, wish, keep_days),
            )
        )
    return Done(act.id, act.changed, {"record": row.id, "person": person.id, "other": other.id})


def _other(act: Act, wish: AddRelation) -> Person:
    if (wish.other is None) == (wish.new_person is None):
        raise WhoIsOther("other")
    if wish.other is not None:
        return find_person(act, wish.other, "other")
    assert wish.new_person is not None
    return add_person(act, wish.new_person, "new_person")


def keep_days_of(rulebook: Rulebook, kind: str, place: str = "kind") -> int:
    """How long a suspicion of this kind is kept; 0 for what is no suspicion. `UnknownCode` for no relation at all."""
    for listed in TIES:
        found = rulebook.codes[listed].get(kind)
        if found is not None:
            return int(found.attribute("keep_days") or 0)
    raise unknown_code(" / ".join(TIES), kind, place, {each.code: each for tie in TIES for each in rulebook.codes[tie]})


def must_be_tie(rulebook: Rulebook, kind: str, place: str) -> None:
    """`UnknownCode` for what is neither kinship nor another tie between two people."""
    keep_days_of(rulebook, kind, place)


def _keep_until(act: Act, wish: AddRelation, keep_days: int) -> date | None:
    if not keep_days:
        return None
    longest = act.today + timedelta(days=keep_days)
    wanted = day(wish.keep_until, "keep_until", longest)
    if wanted is not None and wanted > longest:
        raise InTheFuture("keep_until")
    return wanted


def about(text: str | None, place: str) -> str | None:
    """A day that need not be exact, as it is written down."""
    return None if text is None else some_day(text, place).text
