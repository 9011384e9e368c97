"""Suspicions past their term: taken away together with whoever they name, or kept longer by a supervisor, with why.

From its last day on a suspicion is shown to nobody and recognises nobody; this is what supervisors then decide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import or_, select

from kzcase.actions.checks import day
from kzcase.actions.erasing import ErasePerson, erase_person, no_progress
from kzcase.actions.finding import find_record
from kzcase.actions.relations import keep_days_of
from kzcase.actions.wishes import Done, IsoDate, LookReason, Ref, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.erasure_plan import Progress
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case
from kzcase.db.tables.lives import HouseholdMember, Relation
from kzcase.domain.errors import InTheFuture, NotThatRecord
from kzcase.domain.ids import Id
from kzcase.queries.retention import suspicions_due

RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class Ended:
    """How many suspicions were taken away, and the numbers of the erasings that came of it."""

    suspicions: int
    erasures: tuple[str, ...]


class EndSuspicion(Wish, frozen=True, kw_only=True):
    """Take a suspicion away for good."""

    record: Ref
    look_reason: LookReason | None = None


class RenewSuspicion(Wish, frozen=True, kw_only=True):
    """Keep a suspicion longer, at most as long again as its list says, with the reason."""

    record: Ref
    keep_until: IsoDate
    why: RequiredLine
    look_reason: LookReason | None = None


@action("suspicion.ended", EndSuspicion)
def end_suspicion(book: Casebook, wish: EndSuspicion) -> Done:
    """Take a suspicion away; whoever it names is forgotten by `end_and_forget`, which no file of acts does."""
    return _ended(book, wish)[0]


def end_and_forget(book: Casebook, records: Iterable[str], progress: Progress = no_progress) -> Ended:
    """Take suspicions away, one after another, and erase whoever they name where their term is over and nothing else
    holds them. What was done before somebody stopped it stays done."""
    wanted, erasures = list(records), list[str]()
    for number, record in enumerate(wanted, 1):
        _done, other = _ended(book, EndSuspicion(record=record))
        if other is not None:
            erasures.append(erase_person(book, ErasePerson(other.hex(), RETENTION)).number)
        progress(number, len(wanted))
    return Ended(len(wanted), tuple(erasures))


def end_due(book: Casebook, progress: Progress = no_progress) -> Ended:
    """Take away every suspicion past its term."""
    with book.read("long") as reader:
        due = suspicions_due(reader)
    return end_and_forget(book, (row.record for row in due), progress)


def _ended(book: Casebook, wish: EndSuspicion) -> tuple[Done, Id | None]:
    """The act, and whom nothing holds any more after it."""
    with book.write("suspicion.ended") as act:
        row = _suspicion(act, wish.record)
        other, over = row.other_id, row.keep_until is not None and row.keep_until < act.today
        alone = other is not None and over and not _held_otherwise(act, other, row.id)
        row.struck = True
    return Done(act.id, act.changed, {"record": row.id}), other if alone else None


@action("suspicion.renewed", RenewSuspicion)
def renew_suspicion(book: Casebook, wish: RenewSuspicion) -> Done:
    """Keep a suspicion longer."""
    with book.write("suspicion.renewed") as act:
        row = _suspicion(act, wish.record)
        wanted = day(wish.keep_until, "keep_until")
        longest = act.today + timedelta(days=keep_days_of(act.rulebook, row.kind or ""))
        if wanted is None or not act.today <= wanted <= longest:
            raise InTheFuture("keep_until")
        row.keep_until, row.kept_why = wanted, wish.why.strip()
    return Done(act.id, act.changed, {"record": row.id})


def _suspicion(act: Act, reference: str) -> Relation:
    row = find_record(act, reference, "record", Relation.__tablename__)
    assert isinstance(row, Relation)
    if row.keep_until is None:
        raise NotThatRecord("record")
    return row


def _held_otherwise(act: Act, person: Id, but: Id) -> bool:
    """Whether somebody is in a case, a household or another relation than this one."""
    there = or_(Relation.other_id == person, Relation.person_id == person)
    return any(
        act.session.execute(query.limit(1)).first() is not None
        for query in (
            select(Case.id).where(Case.client_id == person, Case.struck.is_not(True)),
            select(Relation.id).where(there, Relation.id != but, Relation.struck.is_not(True)),
            select(HouseholdMember.id).where(HouseholdMember.person_id == person, HouseholdMember.struck.is_not(True)),
        )
    )
