"""Two rows that are one person: said to be so, parted again, or told apart for good. Nothing of theirs is ever moved.

A merge is a row of its own, so two laptops that merge at once do not collide, and parting gives both back, whatever
was written about either of them since.
"""

from collections.abc import Sequence

from sqlalchemy import or_, select

from kzcase.actions.finding import find_person
from kzcase.actions.wishes import Done, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.lives import SamePerson, TwoPersons
from kzcase.db.tables.people import Person
from kzcase.domain.errors import NotMerged, SamePersonTwice
from kzcase.domain.ids import Id
from kzcase.queries.merged import same_people


class MergePeople(Wish, frozen=True, kw_only=True):
    """Say that two people are one; `person` is the one whose name is shown first. Both can be had back at any time."""

    person: Ref
    other: Ref
    look_reason: LookReason | None = None


class PartPeople(Wish, frozen=True, kw_only=True):
    """Say that two who were merged are two people after all."""

    person: Ref
    other: Ref
    look_reason: LookReason | None = None


class TellApart(Wish, frozen=True, kw_only=True):
    """Say that two who look alike are two people; nobody is asked about them again."""

    person: Ref
    other: Ref
    look_reason: LookReason | None = None


@action("persons.merged", MergePeople)
def merge_people(book: Casebook, wish: MergePeople) -> Done:
    """Merge two people."""
    with book.write("persons.merged") as act:
        person, other = _two(act, wish.person, wish.other)
        if other.id in same_people(act, person.id):
            raise SamePersonTwice("other")
        row = act.add(SamePerson(person_id=other.id, same_as=person.id))
        row.decided_by, row.decided_on = act.acting.staff_id, act.today
    return Done(act.id, act.changed, {"merge": row.id, "person": person.id, "other": other.id})


@action("persons.parted", PartPeople)
def part_people(book: Casebook, wish: PartPeople) -> Done:
    """Part two people who were merged: every link that holds one of them to the other goes."""
    with book.write("persons.parted") as act:
        person, other = _two(act, wish.person, wish.other)
        if other.id not in same_people(act, person.id):
            raise NotMerged("other")
        for link in _to_part(act, person.id, other.id):
            link.parted_on = act.today
    return Done(act.id, act.changed, {"person": person.id, "other": other.id})


@action("persons.told_apart", TellApart)
def tell_apart(book: Casebook, wish: TellApart) -> Done:
    """Say that two are not one."""
    with book.write("persons.told_apart") as act:
        person, other = _two(act, wish.person, wish.other)
        if other.id in same_people(act, person.id):
            raise SamePersonTwice("other")
        first, second = sorted((person.id, other.id))
        row = act.add(TwoPersons(first_id=first, second_id=second, decided_by=act.acting.staff_id))
        row.decided_on = act.today
    return Done(act.id, act.changed, {"person": person.id, "other": other.id, "decision": row.id})


def _two(act: Act, one: str, other: str) -> tuple[Person, Person]:
    first, second = find_person(act, one), find_person(act, other, "other")
    if first.id == second.id:
        raise SamePersonTwice("other")
    return first, second


def _to_part(act: Act, person: Id, other: Id) -> list[SamePerson]:
    """The links between the two; where they are held together by others too, also those of the second."""
    links, going = _links(act, same_people(act, person)), list[SamePerson]()
    for touching in ({person, other}, set[Id]()):
        going += [link for link in links if link not in going and _between(link, touching, other)]
        if not _held_together([link for link in links if link not in going], person, other):
            break
    return going


def _between(link: SamePerson, both: set[Id], other: Id) -> bool:
    ends = {link.person_id, link.same_as}
    return ends == both if both else other in ends


def _held_together(links: Sequence[SamePerson], person: Id, other: Id) -> bool:
    found, waiting = {person}, [person]
    while waiting:
        one = waiting.pop()
        ends = {
            end for link in links for end in (link.person_id, link.same_as) if one in (link.person_id, link.same_as)
        }
        waiting += [end for end in ends - found if end]
        found |= {end for end in ends if end}
    return other in found


def _links(act: Act, people: Sequence[Id]) -> list[SamePerson]:
    """What holds these people together now."""
    live = (SamePerson.struck.is_not(True), SamePerson.parted_on.is_(None))
    touching = or_(SamePerson.person_id.in_(people), SamePerson.same_as.in_(people))
    return list(act.session.scalars(select(SamePerson).where(*live, touching)))
