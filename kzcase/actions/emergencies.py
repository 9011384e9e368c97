"""Passing something on without consent: only in danger or by law, with a reason, and looked at by a second person."""

from datetime import timedelta
from typing import Final

from kzcase.actions.checks import code, past_day
from kzcase.actions.consents import classes_given
from kzcase.actions.finding import find_case, find_of_case, find_partner
from kzcase.actions.guards import may_be_their_state, must_be_free_to_write
from kzcase.actions.numbers import next_number
from kzcase.actions.wishes import Code, Done, IsoDate, Line, LookReason, Ref, Required, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Task
from kzcase.db.tables.consents import EmergencyRelease
from kzcase.domain.errors import BeforeTheRelease, EmergencyReviewed, FieldMissing, OwnEmergency, RecipientMissing
from kzcase.domain.ids import from_hex
from kzcase.queries.emergency_reviews import WHAT_A_REVIEW_SAYS, reviewed
from kzcase.queries.periods import one_person

REVIEW_RULE: Final = "emergency_review"
REVIEW_DAYS: Final = 1
"""A second person looks at it by the next day: our own standard, not a law."""


class ReleaseInEmergency(Wish, frozen=True, kw_only=True):
    """Record what was passed on without consent, to whom and why it could not wait."""

    case: Ref
    basis: Code
    ground: Required
    passed: Required
    classes: list[Code]
    how: Code
    partner: Ref | None = None
    recipient: Line = ""
    on: IsoDate | None = None
    look_reason: LookReason | None = None


class ReviewEmergency(Wish, frozen=True, kw_only=True):
    """Record what the second person found."""

    release: Ref
    outcome: Code
    text: Text = ""
    on: IsoDate | None = None
    look_reason: LookReason | None = None


@action("emergency.released", ReleaseInEmergency)
def release_in_emergency(book: Casebook, wish: ReleaseInEmergency) -> Done:
    """Record an emergency; until its review is due it covers what has to be written to the same partner."""
    with book.write("emergency.released") as act:
        case = find_case(act, wish.case)
        if wish.partner is None and not wish.recipient.strip():
            raise RecipientMissing(place="partner")
        if not wish.classes:
            raise FieldMissing(place="classes")
        on = past_day(wish.on, act.today)
        partner = find_partner(act, wish.partner) if wish.partner else None
        must_be_free_to_write(act, case, partner, "partner")
        row = act.add(
            EmergencyRelease(
                case_id=case.id,
                person_id=case.client_id,
                number=next_number(act, book.facts.code, "N"),
                partner_id=partner.id if partner else None,
                recipient=wish.recipient.strip() or None,
                classes=" ".join(classes_given(act.rulebook, wish.classes)),
                basis=code(act.rulebook, "emergency_basis", wish.basis, "basis"),
                ground=wish.ground.strip(),
                passed=wish.passed.strip(),
                how=code(act.rulebook, "referral_how", wish.how, "how"),
                released_on=on,
                author_id=act.acting.staff_id,
                due_on=act.today + timedelta(days=REVIEW_DAYS),
            )
        )
        act.add(Task(case_id=case.id, title=row.number, due=row.due_on, rule_id=REVIEW_RULE))
        warned = () if partner else may_be_their_state(act, case, "recipient")
    return Done(act.id, act.changed, {"release": row.id, "case": case.id}, row.number or "", warned=warned)


@action("emergency.reviewed", ReviewEmergency)
def review_emergency(book: Casebook, wish: ReviewEmergency) -> Done:
    """Record a review by somebody else than whoever passed it on; alone in an office one looks again oneself.

    Where laptops hold different reviews, this settles them, and it says how it was settled.
    """
    _take_away_what_is_no_review(book, wish)
    with book.write("emergency.reviewed") as act:
        row = find_of_case(act, EmergencyRelease, wish.release, "release")
        disputed = act.is_disputed(row, "review")
        if row.id in reviewed(act, [row]) and not disputed:
            raise EmergencyReviewed(place="release")
        if row.author_id == act.acting.staff_id and not one_person(act):
            raise OwnEmergency(place="release")
        if disputed and not wish.text.strip():
            raise FieldMissing(place="text")
        on = past_day(wish.on, act.today)
        if row.released_on is not None and on < row.released_on:
            raise BeforeTheRelease(place="on")
        row.review = code(act.rulebook, "emergency_review", wish.outcome, "outcome")
        row.reviewed_on, row.reviewer_id = on, act.acting.staff_id
        row.review_text = wish.text.strip() or None
        _done(act, row)
    return Done(act.id, act.changed, {"release": row.id, "case": row.case_id or b""}, row.number or "")


def _take_away_what_is_no_review(book: Casebook, wish: ReviewEmergency) -> None:
    """A review that somebody wrote for another is taken away first, so that nothing of it stands under a true one."""
    with book.read() as reader:
        row = reader.session.get(EmergencyRelease, from_hex(wish.release) or b"")
        forged = row is not None and row.reviewed_on is not None and row.id not in reviewed(reader, [row])
        own = row is not None and row.author_id == reader.acting.staff_id and not one_person(reader)
    if forged and not own:
        with book.write("emergency.reviewed") as act:
            row = find_of_case(act, EmergencyRelease, wish.release, "release")
            for column in (*WHAT_A_REVIEW_SAYS, "review_text"):
                setattr(row, column, None)


def _done(act: Act, row: EmergencyRelease) -> None:
    of_release = act.session.query(Task).filter_by(case_id=row.case_id, title=row.number, rule_id=REVIEW_RULE)
    for task in of_release.filter(Task.done_on.is_(None), Task.struck.is_not(True)):
        task.done_on = row.reviewed_on
