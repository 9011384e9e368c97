"""Legal holds on cases, and data that are kept but not used: a supervisor decides both, and can take both back."""

from sqlalchemy import select

from kzcase.actions.finding import find_case, find_person
from kzcase.actions.wishes import Done, LookReason, Ref, Required, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.erasures import CaseHold, PersonBlock
from kzcase.domain.errors import CaseHeldAlready, CaseNotHeld, NotFound, NothingToChange
from kzcase.domain.ids import Id
from kzcase.queries.holds import LIFTED, RELEASED, blocked_people, held_cases
from kzcase.queries.without_case import numbers_of_records, record_without_case

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


class HoldWithoutCase(Wish, frozen=True, kw_only=True):
    """Put a legal hold on a call or a referral from others that became no case: until then it is not erased."""

    without_case: Ref
    why: Required


class ReleaseWithoutCase(Wish, frozen=True, kw_only=True):
    """Take the legal hold off a call or a referral from others."""

    without_case: Ref


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
        _release(act, case.id, "case")
    return Done(act.id, act.changed, {"case": case.id}, case.number or "")


def _release(act: Act, held: Id, place: str) -> None:
    query = select(CaseHold).where(CaseHold.case_id == held, CaseHold.state.is_distinct_from(RELEASED))
    holds = act.session.scalars(query.order_by(CaseHold.id)).all()
    if not holds:
        raise CaseNotHeld(place=place)
    for hold in holds:
        hold.state = RELEASED


@action("without_case.held", HoldWithoutCase)
def hold_without_case(book: Casebook, wish: HoldWithoutCase) -> Done:
    """Put a hold on a call or a referral from others; its reason stands with it and goes with it."""
    with book.write("without_case.held") as act:
        record = _record(act, wish.without_case)
        if record in held_cases(act):
            raise CaseHeldAlready(place="without_case")
        hold = act.add(CaseHold(case_id=record, state=HELD, why=wish.why.strip(), since=act.today))
        hold.author_id = act.acting.staff_id
        [number] = numbers_of_records(act, frozenset({record}))
    return Done(act.id, act.changed, {"hold": hold.id, "without_case": record}, number)


@action("without_case.released", ReleaseWithoutCase)
def release_without_case(book: Casebook, wish: ReleaseWithoutCase) -> Done:
    """Take every hold off it."""
    with book.write("without_case.released") as act:
        record = _record(act, wish.without_case)
        _release(act, record, "without_case")
        [number] = numbers_of_records(act, frozenset({record}))
    return Done(act.id, act.changed, {"without_case": record}, number)


def _record(act: Act, reference: str) -> Id:
    found = record_without_case(act, reference)
    if found is None:
        raise NotFound(place="without_case", what=reference[:64])
    return found


def hold(book: Casebook, reference: str, why: str) -> Done:
    """Put a hold on whatever has this number or id: a case, or a call or referral that became none."""
    if _is_record(book, reference):
        return hold_without_case(book, HoldWithoutCase(without_case=reference, why=why))
    return hold_case(book, HoldCase(case=reference, why=why))


def release(book: Casebook, reference: str) -> Done:
    """Take the hold off whatever has this number or id."""
    if _is_record(book, reference):
        return release_without_case(book, ReleaseWithoutCase(without_case=reference))
    return release_case(book, ReleaseCase(case=reference))


def _is_record(book: Casebook, reference: str) -> bool:
    with book.read() as reader:
        return record_without_case(reader, reference) is not None


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
