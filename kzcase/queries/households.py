"""Who lives together as one asker may see it: each member's own status and path, and the papers that serve all."""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import select

from kzcase.db.reader import Reader
from kzcase.db.tables.lives import Document, HouseholdMember, Relation, Step
from kzcase.db.tables.people import Person
from kzcase.domain.ids import Id
from kzcase.domain.person_rows import EvidenceRow, MemberRow, StepRow
from kzcase.domain.steps import steps_of
from kzcase.queries.case_page import name_of
from kzcase.queries.merged import same_people
from kzcase.queries.people_around import may_see
from kzcase.queries.veil import Veil, number_of

_NOBODY: Final = ("", None)
_STATUS: Final = ("nationality_status", "interviewed_apart_on", "interpreter")


def name_seen(reader: Reader, other: Id) -> tuple[str | None, frozenset[str]]:
    """Somebody's name; hidden where they are beyond the asker's reach, whatever is shown of others."""
    row = reader.session.get(Person, other)
    if row is None or row.struck or not may_see(reader, other):
        return None, frozenset({"name"})
    seen, hidden = Veil(reader, "people").over({"shown_name": row.shown_name})
    return seen["shown_name"], frozenset({"name"} if hidden else ())


def household(reader: Reader, group: tuple[Id, ...]) -> Iterator[MemberRow]:
    """Who lives with them now. Of a member beyond the asker's reach it is only said that there is one."""
    near, far = (Veil(reader, "household_members", near=near) for near in (True, False))
    for row in _members(reader, group):
        member = row.person_id or b""
        seen_near = may_see(reader, member)
        name, covered = name_seen(reader, member)
        seen, hidden = (near if seen_near else far).over({name: getattr(row, name) for name in _STATUS})
        yield MemberRow(
            row.id.hex(),
            number_of(member) or "",
            name,
            interviewed_by=name_of(reader, row.interviewed_by) if seen_near else None,
            near=seen_near,
            apart=_heard_apart(reader, row),
            steps=steps_around(reader, same_people(reader, member)) if seen_near and member not in group else (),
            masked=hidden | covered,
            **seen,
        )


def _members(reader: Reader, group: tuple[Id, ...]) -> list[HouseholdMember]:
    there = (HouseholdMember.struck.is_not(True), HouseholdMember.until.is_(None))
    own = select(HouseholdMember.household_id).where(HouseholdMember.person_id.in_(group), *there)
    homes = [home for home in reader.session.scalars(own) if home]
    query = select(HouseholdMember).where(HouseholdMember.household_id.in_(homes), *there)
    return list(reader.session.scalars(query.order_by(HouseholdMember.id)))


def _heard_apart(reader: Reader, row: HouseholdMember) -> bool:
    """Whether an interview counts as apart: a relative who interpreted was in the room."""
    if row.interviewed_apart_on is None:
        return False
    said = reader.rulebook.codes["interpreter"].get(row.interpreter or "")
    return row.interpreter is None or (said is not None and bool(said.attribute("apart")))


def evidence(reader: Reader, group: tuple[Id, ...]) -> Iterator[EvidenceRow]:
    """The papers of everybody in the household whom the asker may see, and how many paths each serves."""
    members = [row.person_id for row in _members(reader, group) if row.person_id]
    people = [one for one in dict.fromkeys([*group, *members]) if one in group or may_see(reader, one)]
    served: Counter[Any] = Counter(
        reader.session.scalars(select(Step.evidence_id).where(Step.person_id.in_(people), Step.struck.is_not(True)))
    )
    veil = Veil(reader, "documents")
    theirs = select(Document).where(Document.person_id.in_(people), Document.struck.is_not(True))
    for row in reader.session.scalars(theirs.order_by(Document.id)):
        name, covered = name_seen(reader, row.person_id or b"")
        seen, hidden = veil.over({"kind": row.kind})
        whose = number_of(row.person_id) or ""
        yield EvidenceRow(row.id.hex(), whose, name, seen["kind"], served[row.id], hidden | covered)


def steps_around(reader: Reader, group: tuple[Id, ...]) -> tuple[StepRow, ...]:
    """The steps with what each waits for; a mother beyond the asker's reach counts as one nothing is known of."""
    if Veil(reader, "steps").hides("state"):
        return ()
    mother = _mother(reader, group)
    mothers = _states(reader, same_people(reader, mother)) if mother and may_see(reader, mother) else {}
    own = _states(reader, group)
    stated = {step: state for step, (state, _evidence) in own.items()}
    codes = reader.rulebook.codes["path_step"]
    found = steps_of(codes, stated, {step: state for step, (state, _evidence) in mothers.items()})
    return tuple(
        StepRow(each.step, each.state, each.waits_for, each.can_begin, own.get(each.step, _NOBODY)[1]) for each in found
    )


def _mother(reader: Reader, group: tuple[Id, ...]) -> Id | None:
    """Who is written down as the mother."""
    there = (Relation.person_id.in_(group), Relation.kind == "mother", Relation.struck.is_not(True))
    found = reader.session.scalars(select(Relation.other_id).where(*there, Relation.until.is_(None))).first()
    if found:
        return found
    born = (Relation.other_id.in_(group), Relation.kind.in_(("son", "daughter")), Relation.struck.is_not(True))
    parents = [one for one in reader.session.scalars(select(Relation.person_id).where(*born)) if one]
    women = [one for one in parents if getattr(reader.session.get(Person, one), "sex", None) == "female"]
    return women[0] if women else None


def _states(reader: Reader, group: tuple[Id, ...]) -> dict[str, tuple[str, str | None]]:
    """The furthest state of each step somebody has, and the document that proves it."""
    query = select(Step).where(Step.person_id.in_(group), Step.struck.is_not(True)).order_by(Step.happened_on, Step.id)
    found: dict[str, tuple[str, str | None]] = {}
    for row in reader.session.scalars(query):
        if row.kind and found.get(row.kind, _NOBODY)[0] != "done":
            found[row.kind] = (row.state or "not_begun", number_of(row.evidence_id))
    return found
