"""Looking for somebody: the request, what is checked about who asks, who was found, and what that person answers.

The enquirer may be whom the sought person fled from. So nothing is sought or told before they are vetted, and whoever
is found is asked first; what they answer stands apart from the case of the search.
"""

from typing import Final

from kzcase.actions.checks import code, past_day
from kzcase.actions.courses import course_row
from kzcase.actions.finding import find_case, find_open_case, find_person, find_tracing
from kzcase.actions.guards import must_not_be_held
from kzcase.actions.numbers import next_number
from kzcase.actions.people import PersonFacts, add_person
from kzcase.actions.relations import about, must_be_tie
from kzcase.actions.wishes import Code, Done, IsoDate, Line, LookReason, Ref, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case
from kzcase.db.tables.facts import CaseFact
from kzcase.db.tables.lives import Relation
from kzcase.db.tables.people import Person
from kzcase.db.tables.tracings import Tracing, TracingAnswer, TracingMatch
from kzcase.domain.case_state import HOME
from kzcase.domain.errors import FieldMissing, NotFoundYet, SamePersonTwice, WhoIsOther
from kzcase.domain.tracing import AGREED_FACT, VETTED_FACT, Told
from kzcase.queries.tracing import is_found, is_vetted, told_of

MESSAGE: Final = "message"
_CODES: Final = {"identity": "enquirer_check", "kinship": "enquirer_check", "danger": "danger_check"}


class AskTracing(Wish, frozen=True, kw_only=True):
    """Somebody (`enquirer`, or `new_enquirer`) asks after the person of a case; `relation` is what they say they are
    to each other. `country`: where else than in Kazakhstan is to be asked."""

    case: Ref
    relation: Code
    enquirer: Ref | None = None
    new_enquirer: PersonFacts | None = None
    on: IsoDate | None = None
    last_news: Code | None = None
    last_place: Line = ""
    circumstances: Line = ""
    country: Code | None = None
    look_reason: LookReason | None = None


class VetEnquirer(Wish, frozen=True, kw_only=True):
    """What was checked about the enquirer: who they are, that they are related, why they ask, and whether they might
    be the danger. What is left out stays."""

    tracing: Ref
    identity: Code | None = None
    kinship: Code | None = None
    motive: Line | None = None
    danger: Code | None = None
    look_reason: LookReason | None = None


class DecideMatch(Wish, frozen=True, kw_only=True):
    """A supervisor compared somebody with the sought person: it is them (`found`), or somebody else."""

    tracing: Ref
    person: Ref
    found: bool
    look_reason: LookReason | None = None


class FoundAnswers(Wish, frozen=True, kw_only=True):
    """What the found person answered: nothing may be told, only a message, or contact may be made."""

    tracing: Ref
    person: Ref
    answer: Code
    message: Line = ""
    on: IsoDate | None = None
    look_reason: LookReason | None = None


@action("tracing.asked", AskTracing)
def ask_tracing(book: Casebook, wish: AskTracing) -> Done:
    """Take a request down; who asks becomes known as somebody around the sought person, as they say."""
    with book.write("tracing.asked") as act:
        case = find_open_case(act, wish.case)
        must_be_tie(act.rulebook, wish.relation, "relation")
        country = code(act.rulebook, "country", wish.country, "country") if wish.country else None
        if country not in (None, HOME):
            must_not_be_held(act, case, "tracing_abroad", "country")
        enquirer = _enquirer(act, case, wish)
        row = act.add(Tracing(case_id=case.id, person_id=case.client_id, enquirer_id=enquirer.id, country=country))
        row.number = next_number(act, book.facts.code, "T")
        row.relation, row.asked_on = wish.relation, past_day(wish.on, act.today)
        row.last_news = about(wish.last_news, "last_news")
        row.last_place, row.circumstances = wish.last_place.strip() or None, wish.circumstances.strip() or None
        row.identity = row.kinship = "not_checked"
        row.danger = "unknown"
    return Done(act.id, act.changed, {"tracing": row.id, "case": case.id, "enquirer": enquirer.id}, row.number)


def _enquirer(act: Act, case: Case, wish: AskTracing) -> Person:
    if (wish.enquirer is None) == (wish.new_enquirer is None):
        raise WhoIsOther("enquirer")
    if wish.enquirer is not None:
        known = find_person(act, wish.enquirer, "enquirer")
        if known.id == case.client_id:
            raise SamePersonTwice("enquirer")
        return known
    assert wish.new_enquirer is not None
    made = add_person(act, wish.new_enquirer, "new_enquirer")
    act.add(Relation(person_id=case.client_id, other_id=made.id, kind=wish.relation, said_by="relative"))
    return made


@action("enquirer.vetted", VetEnquirer)
def vet_enquirer(book: Casebook, wish: VetEnquirer) -> Done:
    """Write down what was checked; the case's road goes on only while everything is checked and nobody is in danger."""
    with book.write("enquirer.vetted") as act:
        row = find_tracing(act, wish.tracing)
        case = find_open_case(act, (row.case_id or b"").hex())
        for name, listed in _CODES.items():
            if (said := getattr(wish, name)) is not None:
                setattr(row, name, code(act.rulebook, listed, said, name))
        if wish.motive is not None:
            row.motive = wish.motive.strip() or None
        row.vetted_by, row.vetted_on = act.acting.staff_id, act.today
        _follow_all(act, case)
    return Done(act.id, act.changed, {"tracing": row.id, "case": case.id}, row.number or "")


@action("match.decided", DecideMatch)
def decide_match(book: Casebook, wish: DecideMatch) -> Done:
    """Say of somebody that they are the sought person, or that they are not. The enquirer learns neither."""
    with book.write("match.decided") as act:
        row = find_tracing(act, wish.tracing)
        person = find_person(act, wish.person)
        made = act.add(TracingMatch(tracing_id=row.id, person_id=person.id, found=wish.found))
        made.decided_by, made.decided_at = act.acting.staff_id, act.now
    return Done(act.id, act.changed, {"match": made.id, "person": person.id})


@action("found.answered", FoundAnswers)
def found_answers(book: Casebook, wish: FoundAnswers) -> Done:
    """Write down what the found person answered. “No” and no answer change nothing on the side of the enquirer."""
    with book.write("found.answered") as act:
        row, person = find_tracing(act, wish.tracing), find_person(act, wish.person)
        if not is_found(act, row, person.id):
            raise NotFoundYet("person")
        answer = code(act.rulebook, "found_answer", wish.answer, "answer")
        if answer == MESSAGE and not wish.message.strip():
            raise FieldMissing("message")
        made = act.add(TracingAnswer(tracing_id=row.id, person_id=person.id, answer=answer))
        made.message = wish.message.strip() or None if answer == MESSAGE else None
        made.asked_by, made.asked_at = act.acting.staff_id, act.now
        made.asked_on = past_day(wish.on, act.today)
        case = find_case(act, (row.case_id or b"").hex())
        _follow_all(act, case, made)
    return Done(act.id, act.changed, {"answer": made.id, "person": person.id})


def _of_case(act: Act, case: Case) -> list[Tracing]:
    return act.session.query(Tracing).filter(Tracing.case_id == case.id, Tracing.struck.is_not(True)).all()


def _follow_all(act: Act, case: Case, now: TracingAnswer | None = None) -> None:
    """What the road of the case may go by: somebody vetted asks, and somebody found has agreed, `now` included."""
    requests = _of_case(act, case)
    _follow(act, case, VETTED_FACT, any(is_vetted(each) for each in requests))
    _follow(act, case, AGREED_FACT, any(told_of(act, each, now)[0] is not Told.NOTHING for each in requests))


def _follow(act: Act, case: Case, fact: str, holds: bool) -> None:
    """The fact on the case's road stands as long as it holds, and only then."""
    there = act.session.query(CaseFact).filter(
        CaseFact.case_id == case.id, CaseFact.fact == fact, CaseFact.struck.is_not(True)
    )
    stated = there.all()
    if holds and not stated:
        course_row(act, case, fact)
    elif not holds:
        for each in stated:
            each.struck = True
