"""Legal holds on cases, and data that are kept but not used: a supervisor decides both, and can take both back."""

from sqlalchemy import select

from kzcase.actions.finding import find_case, find_person
from kzcase.actions.wishes import Done, LookReason, Ref, Required, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.tables.erasures import CaseHold, PersonBlock
from kzcase.domain.errors import CaseHeldAlready, CaseNotHeld, NothingToChange
from kzcase.queries.holds import LIFTED, RELEASED, blocked_people, held_cases

HELD, BLOCKED = "held", "blocked"


class HoldCase(Wish, frozen=True, kw_only=True):
    """Put a legal hold on a case: until it is taken off, nobody in it is erased."""

    case: Ref
    why: Required
    look_reason: LookReason | None = None


class ReleaseCase(Wish, frozen=True, kw_only=True):
    """Take the legal hold off a case."""

    case: Ref
    look_reason: LookReason | None = None


class BlockPerson(Wish, frozen=True, kw_only=True):
    """Block somebody's data: kept, shown to a supervisor alone, changed by nobody."""

    person: Ref
    look_reason: LookReason | None = None


class UnblockPerson(Wish, frozen=True, kw_only=True):
    """Let somebody's data be used again."""

    person: Ref
    look_reason: LookReason | None = None


@action("case.held", HoldCase)
def hold_case(book: Casebook, wish: HoldCase) -> Done:
    """Put a hold on a case, also on a closed one."""
    with book.write("case.held") as act:
        case = find_case(act, wish.case)
        if case.id in held_cases(act):
            raise CaseHeldAlready(place="case")
        hold = act.add(CaseHold(case_id=case.id, state=HELD, why=wish.why.strip(), since=act.today))
        hold.author_id = act.acting.staff_id
    return Done(act.id, act.changed, {"hold": hold.id, "case": case.id}, case.number or "")


@action("case.released", ReleaseCase)
def release_case(book: Casebook, wish: ReleaseCase) -> Done:
    """Take every hold off a case: laptops may each have put one on it."""
    with book.write("case.released") as act:
        case = find_case(act, wish.case)
        query = select(CaseHold).where(CaseHold.case_id == case.id, CaseHold.state.is_distinct_from(RELEASED))
        holds = act.session.scalars(query.order_by(CaseHold.id)).all()
        if not holds:
            raise CaseNotHeld(place="case")
        for hold in holds:
            hold.state = RELEASED
    return Done(act.id, act.changed, {"case": case.id}, case.number or "")


@action("person.blocked", BlockPerson)
def block_person(book: Casebook, wish: BlockPerson) -> Done:
    """Block somebody's data, for instance where a law makes one keep what they want erased."""
    with book.write("person.blocked") as act:
        person = find_person(act, wish.person)
        if person.id in blocked_people(act):
            raise NothingToChange(place="person")
        block = act.add(PersonBlock(person_id=person.id, state=BLOCKED, since=act.today))
        block.author_id = act.acting.staff_id
    return Done(act.id, act.changed, {"block": block.id, "person": person.id})


@action("person.unblocked", UnblockPerson)
def unblock_person(book: Casebook, wish: UnblockPerson) -> Done:
    """Let the data be used again."""
    with book.write("person.unblocked") as act:
        person = find_person(act, wish.person)
        query = select(PersonBlock).where(
            PersonBlock.person_id == person.id, PersonBlock.state.is_distinct_from(LIFTED)
        )
        blocks = act.session.scalars(query.order_by(PersonBlock.id)).all()
        if not blocks:
            raise NothingToChange(place="person")
        for block in blocks:
            block.state = LIFTED
    return Done(act.id, act.changed, {"person": person.id})
