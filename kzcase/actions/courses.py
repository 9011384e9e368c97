"""The course of a case: suspended and taken up again, prepared for closing, attempts to reach, and duty to report."""

from typing import Final

from sqlalchemy import select

from kzcase.actions.case_facts import happened
from kzcase.actions.checks import code
from kzcase.actions.finding import find_open_case
from kzcase.actions.guards import must_not_be_held
from kzcase.actions.wishes import Code, Done, LookReason, Ref, RequiredLine, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case
from kzcase.db.tables.facts import CaseConfirmation, CaseFact
from kzcase.db.tables.people import Phone
from kzcase.domain.case_facts import ATTEMPT
from kzcase.domain.case_state import facts_of
from kzcase.domain.errors import AlreadySuspended, NotFound, NotSuspended
from kzcase.domain.pathways_explained import called
from kzcase.domain.warned import Warned
from kzcase.i18n import _
from kzcase.queries.case_states import state_of
from kzcase.queries.phone_hands import controlled_phones

_WRITTEN: Final = frozenset({"sms", "messenger", "chat", "email", "social"})
_BY_PHONE: Final = frozenset({"phone", "sms", "messenger"})
NOT_ALLOWED: Final = "not_allowed"
"""The code of the warning about an attempt that the rules of safe contact forbid."""


class SuspendCase(Wish, frozen=True, kw_only=True):
    """Suspend the work on a case, with the reason."""

    case: Ref
    reason: RequiredLine
    on: Code | None = None
    look_reason: LookReason | None = None


class ResumeCase(Wish, frozen=True, kw_only=True):
    """Take the work up again."""

    case: Ref
    on: Code | None = None
    look_reason: LookReason | None = None


class BeginClosing(Wish, frozen=True, kw_only=True):
    """Begin the closing checklist."""

    case: Ref
    look_reason: LookReason | None = None


class TryContact(Wish, frozen=True, kw_only=True):
    """An attempt to reach the person. `agreed_hours`: it was made within the hours that were agreed."""

    case: Ref
    channel: Code
    phone: Ref | None = None
    on: Code | None = None
    agreed_hours: bool = False
    look_reason: LookReason | None = None


class ReportMade(Wish, frozen=True, kw_only=True):
    """What the law may want reported was reported: to whom, with proof, and what the person was told."""

    case: Ref
    addressee: RequiredLine
    proof: RequiredLine
    told: RequiredLine
    on: Code | None = None
    look_reason: LookReason | None = None


class ReportDeclined(Wish, frozen=True, kw_only=True):
    """A supervisor decided not to report: the ground, and what the person was told."""

    case: Ref
    ground: RequiredLine
    told: RequiredLine
    on: Code | None = None
    look_reason: LookReason | None = None


def course_row(act: Act, case: Case, fact: str, on: str | None = None, **more: object) -> CaseFact:
    """What an act of the case's course leaves behind."""
    row = {"case_id": case.id, "person_id": case.client_id, "stated_by": act.acting.staff_id, "stated_at": act.now}
    return act.add(CaseFact(fact=fact, happened_on=happened(on, act.today), **row, **more))


def _is_suspended(act: Act, case: Case) -> bool:
    facts = facts_of(state_of(act, case))
    return facts["suspended"] and not facts["resumed"]


@action("case.suspended", SuspendCase)
def suspend_case(book: Casebook, wish: SuspendCase) -> Done:
    """Suspend the work; a review becomes due."""
    with book.write("case.suspended") as act:
        case = find_open_case(act, wish.case)
        if _is_suspended(act, case):
            raise AlreadySuspended(place="case")
        course_row(act, case, "suspended", wish.on, ground=wish.reason.strip())
    return Done(act.id, act.changed, {"case": case.id}, case.number or "")


@action("case.resumed", ResumeCase)
def resume_case(book: Casebook, wish: ResumeCase) -> Done:
    """Take the work up again where it stood."""
    with book.write("case.resumed") as act:
        case = find_open_case(act, wish.case)
        if not _is_suspended(act, case):
            raise NotSuspended(place="case")
        course_row(act, case, "resumed", wish.on)
    return Done(act.id, act.changed, {"case": case.id}, case.number or "")


@action("closing.begun", BeginClosing)
def begin_closing(book: Casebook, wish: BeginClosing) -> Done:
    """Begin the closing checklist; the page then says what is missing for it."""
    with book.write("closing.begun") as act:
        case = find_open_case(act, wish.case)
        course_row(act, case, "closing_begun")
    return Done(act.id, act.changed, {"case": case.id}, case.number or "")


@action("contact.tried", TryContact)
def try_contact(book: Casebook, wish: TryContact) -> Done:
    """Record an attempt to reach the person. One that the rules of safe contact did not allow never counts."""
    with book.write("contact.tried") as act:
        case = find_open_case(act, wish.case)
        channel = code(act.rulebook, "channel", wish.channel, "channel")
        phone = _phone(act, case, wish.phone) if wish.phone else None
        allowed = _allowed(act, case, channel, phone, agreed_hours=wish.agreed_hours)
        phone_id = phone.id if phone else None
        row = course_row(act, case, ATTEMPT, wish.on, channel=channel, phone_id=phone_id, allowed=allowed)
        warned = () if allowed else (_not_allowed(act, phone),)
    return Done(act.id, act.changed, {"attempt": row.id, "case": case.id}, warned=warned)


def _not_allowed(act: Act, phone: Phone | None) -> Warned:
    """That the attempt is written down all the same, counts for nothing, and may have endangered somebody."""
    rule = act.rulebook.codes["safe_contact"].get(phone.safe or "") if phone else None
    if rule is None or not phone:
        words = _(
            "This attempt was written down, but no rule of safe contact allowed it: it does not count towards lost "
            "contact. Please ask the person first which way is safe."
        )
        return Warned("channel", NOT_ALLOWED, words)
    words = _(
        "This attempt was written down, but the rule for this number did not allow it ({rule}): it does not count "
        "towards lost contact. Please do not try this way again; it may endanger the person.",
        rule=called(rule),
    )
    return Warned("phone", NOT_ALLOWED, words)


def _phone(act: Act, case: Case, reference: str) -> Phone:
    """A phone of the person, by its id or number."""
    theirs = (Phone.person_id == case.client_id, Phone.struck.is_not(True))
    for phone in act.session.scalars(select(Phone).where(*theirs)):
        if reference in (phone.id.hex(), phone.number):
            return phone
    raise NotFound(place="phone", what=reference[:64])


def _allowed(act: Act, case: Case, channel: str, phone: Phone | None, *, agreed_hours: bool) -> bool:
    """Whether the rules for this phone allow it; where laptops disagree about them the strictest holds."""
    if phone is None:
        return channel not in _BY_PHONE and facts_of(state_of(act, case), act.today)["safe_channel"]
    if controlled_phones(act, [phone.id]):
        return False
    match phone.safe:
        case "safe" | "code_word":
            return True
        case "text_only":
            return channel in _WRITTEN
        case "at_hours":
            return agreed_hours
        case _:
            return False


@action("report.made", ReportMade)
def report_made(book: Casebook, wish: ReportMade) -> Done:
    """Record a report made by law; the police are told only with a ground."""
    with book.write("report.made") as act:
        case = find_open_case(act, wish.case)
        must_not_be_held(act, case, "police_signal", "case")
        given = {"addressee": wish.addressee.strip(), "proof": wish.proof.strip()}
        row = course_row(act, case, "report_made", wish.on, **given)
        course_row(act, case, "client_told_of_report", wish.on, ground=wish.told.strip())
    return Done(act.id, act.changed, {"statement": row.id, "case": case.id})


@action("report.declined", ReportDeclined)
def report_declined(book: Casebook, wish: ReportDeclined) -> Done:
    """A supervisor decides not to report, and gives the ground."""
    with book.write("report.declined") as act:
        case = find_open_case(act, wish.case)
        row = act.add(
            CaseConfirmation(
                case_id=case.id,
                person_id=case.client_id,
                fact="report_declined",
                happened_on=happened(wish.on, act.today),
                ground=wish.ground.strip(),
                stated_by=act.acting.staff_id,
                stated_at=act.now,
            )
        )
        course_row(act, case, "client_told_of_report", wish.on, ground=wish.told.strip())
    return Done(act.id, act.changed, {"statement": row.id, "case": case.id})
