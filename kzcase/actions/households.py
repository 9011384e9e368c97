"""Households: who lives together, and that each member was heard apart from the others.

Members of a household are not each other's recipients: each row stands in its own person's scope, and no act about
one member shows or passes on anything of another.
"""

from kzcase.actions.checks import code, day, optional_code, past_day
from kzcase.actions.finding import find_colleague, find_person
from kzcase.actions.relations import about
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.lives import HouseholdMember
from kzcase.domain.errors import NotInHousehold, SamePersonTwice
from kzcase.domain.ids import Id, new_id


class JoinHousehold(Wish, frozen=True, kw_only=True):
    """Say that a person lives in one household with another; each keeps a nationality status of their own."""

    person: Ref
    with_person: Ref
    nationality_status: Code | None = None
    interviewed_apart_on: IsoDate | None = None
    since: Code | None = None
    said_by: Code | None = None
    look_reason: LookReason | None = None


class InterviewApart(Wish, frozen=True, kw_only=True):
    """Record that a member of a household was heard apart: when, by which colleague, and who interpreted.

    With a relative or a member of the household as interpreter nobody is heard apart: it is written down, and the
    interview is still to be done.
    """

    person: Ref
    on: IsoDate | None = None
    by: Ref | None = None
    interpreter: Code = "not_needed"
    look_reason: LookReason | None = None


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
    own.since = about(wish.since, "since") or own.since
    own.said_by = optional_code(act.rulebook, "said_by", wish.said_by, "said_by") or own.said_by


def _membership(act: Act, person: Id) -> HouseholdMember | None:
    """The household somebody lives in now."""
    there = act.session.query(HouseholdMember).filter(
        HouseholdMember.person_id == person, HouseholdMember.struck.is_not(True), HouseholdMember.until.is_(None)
    )
    return there.order_by(HouseholdMember.id).first()


@action("member.interviewed", InterviewApart)
def interview_apart(book: Casebook, wish: InterviewApart) -> Done:
    """Record the interview of one member, apart from the others."""
    with book.write("member.interviewed") as act:
        person = find_person(act, wish.person)
        own = _membership(act, person.id)
        if own is None:
            raise NotInHousehold("person")
        own.interviewed_apart_on = past_day(wish.on, act.today)
        own.interviewed_by = find_colleague(act, wish.by, "by").id if wish.by else act.acting.staff_id
        own.interpreter = code(act.rulebook, "interpreter", wish.interpreter, "interpreter")
    return Done(act.id, act.changed, {"record": own.id, "person": person.id})
