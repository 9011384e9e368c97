"""Facts of a case: stated, corrected, withdrawn; steps cleared by a lawyer, grounds confirmed by a supervisor."""

from datetime import date, datetime
from typing import Annotated, Any, Final

import msgspec

from kzcase.actions.checks import code, moment, optional_code, some_day
from kzcase.actions.finding import find_open_case, find_person, find_statement
from kzcase.actions.guards import are_out_already, must_be_free_to_move, must_be_free_to_state, must_be_weighed
from kzcase.actions.wishes import Code, Done, Line, LookReason, Ref, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case
from kzcase.db.tables.facts import CaseClearance, CaseConfirmation, CaseFact, Stated
from kzcase.domain.case_facts import CLEARABLE, FACT_KINDS, NEVER_WITHOUT_US, OWN_ACTS, FactKind
from kzcase.domain.case_state import FIRST, SECOND, facts_of, unconfirmed
from kzcase.domain.dates import parse_edtf
from kzcase.domain.errors import (
    FactNeeds,
    GuardHolds,
    InTheFuture,
    NotAllowed,
    NotStated,
    NotTheirCase,
    SecondPerson,
    UnknownCode,
)
from kzcase.domain.pathways import CLEARED
from kzcase.domain.pathways_explained import joined
from kzcase.domain.pathways_facts import FACTS
from kzcase.domain.permissions import Permission
from kzcase.domain.warned import Warned
from kzcase.i18n import KAZAKHSTAN, _
from kzcase.queries.case_states import pathway_of, state_of

Moment = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$")]
"""A moment on the wall in Kazakhstan."""
_TEXTS: Final = ("source", "proof", "addressee")


PUBLISHED: Final = "search_published"
_NOTHING_TO_CONFIRM: Final = _(
    "A second person confirms what is written down, so this comes first: {facts}. Then the second person looks at it "
    "and confirms."
)
ONCE_MORE: Final = "once_more"
"""The code of the warning that what a second person confirmed stands no more as they saw it."""
_ONCE_MORE: Final = _(
    "A second person had confirmed this as it stood before. It no longer counts: ask them to look at it as it is now "
    "and to confirm once more, before the child is handed over."
)
READ_BY_ALL: Final = _(
    "What is published is read by everybody, also by those the person may be hiding from. Say nowhere in it where the "
    "person may be, nor why."
)


class StateFact(Wish, frozen=True, kw_only=True):
    """State a fact of a case. `on` need not be exact (`1994-05`, `1990~`); `without_us`: it happened without us."""

    case: Ref
    fact: Code
    on: Code | None = None
    on_missing: Code | None = None
    at: Moment | None = None
    country: Code | None = None
    source: Line | None = None
    proof: Line | None = None
    addressee: Line | None = None
    ground: Line | None = None
    person: Ref | None = None
    without_us: bool = False
    look_reason: LookReason | None = None


class CorrectFact(Wish, frozen=True, kw_only=True):
    """Correct what was stated; what is left out stays."""

    statement: Ref
    on: Code | None = None
    on_missing: Code | None = None
    at: Moment | None = None
    country: Code | None = None
    source: Line | None = None
    proof: Line | None = None
    addressee: Line | None = None
    look_reason: LookReason | None = None


class WithdrawFact(Wish, frozen=True, kw_only=True):
    """Take back what was stated, with the reason."""

    statement: Ref
    ground: RequiredLine
    look_reason: LookReason | None = None


class ClearStep(Wish, frozen=True, kw_only=True):
    """A lawyer clears one risky step."""

    case: Ref
    step: Code
    ground: Line | None = None
    look_reason: LookReason | None = None


class ConfirmFact(Wish, frozen=True, kw_only=True):
    """A supervisor confirms what only supervisors decide."""

    case: Ref
    fact: Code
    on: Code | None = None
    ground: Line | None = None
    look_reason: LookReason | None = None


@action("fact.stated", StateFact)
def state_fact(book: Casebook, wish: StateFact) -> Done:
    """State a fact. A step of one's own waits while a guard holds it back; what happened without us never does."""
    with book.write("fact.stated") as act:
        case = find_open_case(act, wish.case)
        kind = _kind(wish.fact, Permission.WORK_ON_CASES)
        _check_needs(kind, wish)
        person = find_person(act, wish.person).id if wish.person else case.client_id
        if person != case.client_id and wish.fact in (SECOND, *FIRST, *NEVER_WITHOUT_US):
            raise NotTheirCase(place="person")
        country = optional_code(act.rulebook, "country", wish.country, "country")
        must_be_free_to_state(act, case, kind, country, without_us=wish.without_us)
        if not wish.without_us:
            must_be_weighed(act, case, wish.fact)
        if wish.fact == SECOND:
            _must_be_second(act, case)
        row = _row(act, case, CaseFact, wish)
        row.country, row.without_us = country, wish.without_us or None
        row.person_id = person
        for name in _TEXTS:
            setattr(row, name, (getattr(wish, name) or "").strip() or None)
        warned = () if person != case.client_id else are_out_already(act, case, wish.fact, "fact")
        act.add(row)
    return Done(act.id, act.changed, {"statement": row.id, "case": case.id}, warned=warned)


def _kind(fact: str, right: Permission) -> FactKind:
    """A fact that is stated by this right."""
    kind = FACT_KINDS.get(fact)
    if kind is None:
        raise UnknownCode(place="fact", list="fact", code=fact[:64], choices=[c for c, k in FACT_KINDS.items() if k.by])
    if not kind.stated or fact in OWN_ACTS:
        raise NotStated(place="fact")
    if kind.by is not right:
        raise NotAllowed(place="fact")
    return kind


def _check_needs(kind: FactKind, wish: StateFact) -> None:
    if kind.proof and not (wish.proof or "").strip():
        raise FactNeeds(place="proof", fact=FACTS[kind.code])


def _must_be_second(act: Act, case: Case) -> None:
    """A second person confirms what stands: not before it does, and never what they stated themselves."""
    found = state_of(act, case)
    stated = {each.fact for each in found.counted()}
    missing = [FACTS[fact] for fact in FIRST if fact not in stated]
    if missing:
        raise GuardHolds("fact", what=_NOTHING_TO_CONFIRM.with_arguments(facts=joined(missing, ", ")))
    if unconfirmed(found, act.acting.staff_id):
        raise SecondPerson(place="fact")


def _row(act: Act, case: Case, table: Any, wish: Any) -> Any:
    kind = FACT_KINDS[wish.fact]
    at = _moment(getattr(wish, "at", None), act.now, future=kind.future)
    missing = optional_code(act.rulebook, "missing", getattr(wish, "on_missing", None), "on_missing")
    day = wish.on or (at.astimezone(KAZAKHSTAN).date().isoformat() if at else None)
    return table(
        case_id=case.id,
        person_id=case.client_id,
        fact=wish.fact,
        happened_on=None if missing else happened(day, act.today, future=kind.future),
        happened_on_missing=missing,
        moment=at,
        ground=(wish.ground or "").strip() or None,
        stated_by=act.acting.staff_id,
        stated_at=act.now,
    )


def happened(written: str | None, today: date, *, future: bool = False, place: str = "on") -> str:
    """A day as written, today unless said otherwise; still to come only where a fact is about the future."""
    if written is None:
        return today.isoformat()
    found = parse_edtf(written, place=place)
    if not future and found.earliest > today:
        raise InTheFuture(place=place)
    return some_day(written, place).text


def _moment(written: str | None, now: datetime, *, future: bool = False) -> datetime | None:
    at = moment(written, None, "at")
    if at is not None and at > now and not future:
        raise InTheFuture(place="at")
    return at


@action("fact.corrected", CorrectFact)
def correct_fact(book: Casebook, wish: CorrectFact) -> Done:
    """Correct the day, the proof or the source of what was stated."""
    with book.write("fact.corrected") as act:
        row = find_statement(act, CaseFact, wish.statement)
        case, kind = find_open_case(act, (row.case_id or b"").hex()), FACT_KINDS.get(row.fact or "")
        if wish.on_missing is not None:
            row.happened_on, row.moment = None, None
            row.happened_on_missing = code(act.rulebook, "missing", wish.on_missing, "on_missing")
        at = _moment(wish.at, act.now, future=bool(kind and kind.future))
        if at is not None:
            row.moment = at
        if wish.on is not None or at is not None:
            day = wish.on or (at.astimezone(KAZAKHSTAN).date().isoformat() if at else None)
            row.happened_on = happened(day, act.today, future=bool(kind and kind.future))
            row.happened_on_missing = None
        if wish.country is not None:
            country = code(act.rulebook, "country", wish.country, "country")
            must_be_free_to_move(act, case, kind, country, without_us=bool(row.without_us))
            row.country = country
        warned = _once_more(act, case, row)
        for name in _TEXTS:
            if getattr(wish, name) is not None:
                setattr(row, name, getattr(wish, name).strip() or getattr(row, name))
    return Done(act.id, act.changed, {"statement": row.id, "case": case.id}, warned=warned)


def _once_more(act: Act, case: Case, row: Stated) -> tuple[Warned, ...]:
    """What to say to whoever changes kinship or home that a second person has confirmed."""
    confirmed = row.fact in FIRST and facts_of(state_of(act, case))[SECOND]
    return (Warned("statement", ONCE_MORE, _ONCE_MORE),) if confirmed else ()


def _withdraw(act: Act, table: type[Stated], wish: WithdrawFact) -> Stated:
    row = find_statement(act, table, wish.statement)
    row.ground, row.struck = wish.ground.strip(), True
    return row


@action("fact.withdrawn", WithdrawFact)
def withdraw_fact(book: Casebook, wish: WithdrawFact) -> Done:
    """Take back what was stated: the case stands as if it had not been said, and the history keeps both."""
    with book.write("fact.withdrawn") as act:
        row = find_statement(act, CaseFact, wish.statement)
        case = act.session.get(Case, row.case_id or b"")
        warned = _once_more(act, case, row) if case else ()
        _withdraw(act, CaseFact, wish)
    return Done(act.id, act.changed, {"statement": row.id}, warned=warned)


@action("step.cleared", ClearStep)
def clear_step(book: Casebook, wish: ClearStep) -> Done:
    """A lawyer clears one risky step of one case; no other step is cleared with it."""
    with book.write("step.cleared") as act:
        case = find_open_case(act, wish.case)
        pathway = pathway_of(act, case)
        stages = dict(pathway.every_stage()) if pathway else {}
        offered = [step for step in CLEARABLE if step in stages or step not in _STAGES]
        if wish.step not in offered:
            raise UnknownCode(place="step", list="step", code=wish.step[:64], choices=offered)
        row = CaseClearance(
            case_id=case.id,
            person_id=case.client_id,
            fact=CLEARED,
            happened_on=act.today.isoformat(),
            step=wish.step,
            ground=(wish.ground or "").strip() or None,
            stated_by=act.acting.staff_id,
            stated_at=act.now,
        )
        act.add(row)
    return Done(act.id, act.changed, {"statement": row.id, "case": case.id})


_STAGES: Final = frozenset({"filed", "executed"})
"""Of what a lawyer clears, the stages that only some roads have."""


@action("clearance.withdrawn", WithdrawFact)
def withdraw_clearance(book: Casebook, wish: WithdrawFact) -> Done:
    """A lawyer takes a clearance back: the step waits again."""
    with book.write("clearance.withdrawn") as act:
        row = _withdraw(act, CaseClearance, wish)
    return Done(act.id, act.changed, {"statement": row.id})


@action("fact.confirmed", ConfirmFact)
def confirm_fact(book: Casebook, wish: ConfirmFact) -> Done:
    """A supervisor confirms grounds, or that the own records were searched."""
    with book.write("fact.confirmed") as act:
        case = find_open_case(act, wish.case)
        kind = _kind(wish.fact, Permission.CONFIRM_FACTS)
        if kind.ground and not (wish.ground or "").strip():
            raise FactNeeds(place="ground", fact=FACTS[kind.code])
        row = act.add(_row(act, case, CaseConfirmation, wish))
    return Done(act.id, act.changed, {"statement": row.id, "case": case.id})


@action("confirmation.withdrawn", WithdrawFact)
def withdraw_confirmation(book: Casebook, wish: WithdrawFact) -> Done:
    """A supervisor takes back what they confirmed."""
    with book.write("confirmation.withdrawn") as act:
        row = _withdraw(act, CaseConfirmation, wish)
    return Done(act.id, act.changed, {"statement": row.id})
