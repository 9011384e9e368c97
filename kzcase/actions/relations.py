"""Who belongs to whom: relations between people, suspicions with their source and term, and households.

Members of a household are not each other's recipients: each row stands in its own person's scope, and no act about
one member shows or passes on anything of another.
"""

from datetime import date, timedelta

from kzcase.actions.checks import code, day, optional_code
from kzcase.actions.finding import find_person
from kzcase.actions.people import PersonFacts, add_person
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.lives import HouseholdMember, Relation
from kzcase.db.tables.people import Person
from kzcase.domain.dates import parse_edtf
from kzcase.domain.errors import FieldMissing, InTheFuture, SamePersonTwice, UnknownCode, WhoIsOther
from kzcase.domain.ids import Id, new_id
from kzcase.domain.records import TIES
from kzcase.domain.rulebook import Rulebook
from kzcase.queries.people_around import same_people


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


class JoinHousehold(Wish, frozen=True, kw_only=True):
    """Say that a person lives in one household with another; each keeps a nationality status of their own."""

    person: Ref
    with_person: Ref
    nationality_status: Code | None = None
    interviewed_apart_on: IsoDate | None = None
    since: Code | None = None
    said_by: Code | None = None
    look_reason: LookReason | None = None


@action("relation.added", AddRelation)
def add_relation(book: Casebook, wish: AddRelation) -> Done:
    """Add a relation, and with it the other person where they are new."""
    with book.write("relation.added") as act:
        person = find_person(act, wish.person)
        keep_days = _keep_days(act.rulebook, wish.kind)
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
                since=_about(wish.since, "since"),
                until=_about(wish.until, "until"),
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


def _keep_days(rulebook: Rulebook, kind: str) -> int:
    """How long a suspicion of this kind is kept; 0 for what is no suspicion. `UnknownCode` for no relation at all."""
    for listed in TIES:
        found = rulebook.codes[listed].get(kind)
        if found is not None:
            return int(found.attribute("keep_days") or 0)
    raise UnknownCode(
        place="kind", list=" / ".join(TIES), code=kind[:64], choices=[c.code for t in TIES for c in rulebook.codes[t]]
    )


def _keep_until(act: Act, wish: AddRelation, keep_days: int) -> date | None:
    if not keep_days:
        return None
    longest = act.today + timedelta(days=keep_days)
    wanted = day(wish.keep_until, "keep_until", longest)
    if wanted is not None and wanted > longest:
        raise InTheFuture("keep_until")
    return wanted


def _about(text: str | None, place: str) -> str | None:
    return None if text is None else parse_edtf(text, place=place).text


@action("household.joined", JoinHousehold)
def join_household(book: Casebook, wish: JoinHousehold) -> Done:
    """Put a person into the household of another; where that has none yet, it begins with the two."""
    with book.write("household.joined") as act:
        person, other = find_person(act, wish.person), find_person(act, wish.with_person, "with_person")
        if person.id == other.id:
            raise SamePersonTwice("with_person")
        theirs = _membership(act, other.id)
        if theirs is None:
            theirs = act.add(HouseholdMember(person_id=other.id, household_id=new_id()))
        own = _membership(act, person.id)
        if own is not None and own.household_id != theirs.household_id:
            own.until = own.until or act.today.isoformat()
        if own is None or own.household_id != theirs.household_id:
            own = act.add(HouseholdMember(person_id=person.id, household_id=theirs.household_id))
        _say(act, own, wish)
    return Done(act.id, act.changed, {"record": own.id, "person": person.id, "household": own.household_id or b""})


def _say(act: Act, own: HouseholdMember, wish: JoinHousehold) -> None:
    """What was said of this member, and of nobody else."""
    if wish.nationality_status is not None:
        own.nationality_status = code(act.rulebook, "nationality_status", wish.nationality_status, "nationality_status")
    own.interviewed_apart_on = day(wish.interviewed_apart_on, "interviewed_apart_on", own.interviewed_apart_on)
    own.since = _about(wish.since, "since") or own.since
    own.said_by = optional_code(act.rulebook, "said_by", wish.said_by, "said_by") or own.said_by


def _membership(act: Act, person: Id) -> HouseholdMember | None:
    """The household somebody lives in now."""
    there = act.session.query(HouseholdMember).filter(
        HouseholdMember.person_id == person, HouseholdMember.struck.is_not(True), HouseholdMember.until.is_(None)
    )
    return there.order_by(HouseholdMember.id).first()
