"""A client calls in: the word comes before the case; a phone in other hands is nobody's; a warning is silent."""

import os
from typing import Final

from sqlalchemy import select

from kzcase.actions.checks import code, past_day
from kzcase.actions.finding import find_caller_check, find_person, find_record
from kzcase.actions.reading import enter_case, record_look
from kzcase.actions.wishes import Code, Done, IsoDate, LookReason, Ref, RequiredLine, RequiredNumber, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act, Reader
from kzcase.db.tables.cases import Case
from kzcase.db.tables.helpline import CallerCheck, DuressWord, PhoneControl
from kzcase.db.tables.people import Phone
from kzcase.domain.errors import NotFound, NothingToChange, SeveralCallers
from kzcase.domain.ids import Id
from kzcase.domain.line import digest_of, is_word_of, same_word
from kzcase.domain.looks import Look
from kzcase.queries.callers import duress_words, phones_of_callers

SALT_BYTES: Final = 16
RIGHT, WRONG, DURESS = "right", "wrong", "duress"  # what is stored; the act is the same


class ControlPhone(Wish, frozen=True, kw_only=True):
    """From this day a phone is in somebody else's hands, or in its owner's again."""

    phone: Ref
    state: Code
    since: IsoDate | None = None
    look_reason: LookReason | None = None


class SetDuressWord(Wish, frozen=True, kw_only=True):
    """The word somebody says when they cannot speak freely. It can never be read again."""

    person: Ref
    word: RequiredLine
    look_reason: LookReason | None = None


class CheckCaller(Wish, frozen=True, kw_only=True):
    """Somebody calls from this number and says this word."""

    number: RequiredNumber
    word: RequiredLine


class SeeAlert(Wish, frozen=True, kw_only=True):
    """A supervisor has taken up an alert."""

    check: Ref


@action("phone.controlled", ControlPhone)
def control_phone(book: Casebook, wish: ControlPhone) -> Done:
    """Say in whose hands a phone is. In other hands it matches no caller, and nothing is sent to it."""
    with book.write("phone.controlled") as act:
        phone = find_record(act, wish.phone, "phone", "phones")
        assert isinstance(phone, Phone)
        row = act.add(
            PhoneControl(
                person_id=phone.person_id,
                phone_id=phone.id,
                state=code(act.rulebook, "phone_control", wish.state, "state"),
                since=past_day(wish.since, act.today, "since"),
                author_id=act.acting.staff_id,
                said_at=act.now,
            )
        )
    return Done(act.id, act.changed, {"control": row.id, "phone": phone.id})


@action("duress_word.set", SetDuressWord)
def set_duress_word(book: Casebook, wish: SetDuressWord) -> Done:
    """Agree on a word of warning; an earlier one no longer counts. Only its digest is kept."""
    salt = os.urandom(SALT_BYTES)
    digest = digest_of(wish.word, salt)
    with book.write("duress_word.set") as act:
        person = find_person(act, wish.person)
        row = act.add(DuressWord(person_id=person.id, salt=salt, digest=digest, set_at=act.now))
    return Done(act.id, act.changed, {"word": row.id, "person": person.id})


@action("caller.checked", CheckCaller)
def check_caller(book: Casebook, wish: CheckCaller) -> Done:
    """Compare the word without showing it. The right one opens the case; that is entered in the read log.

    The act is the same whatever was said, so that nobody who sees the history knows of a warning. `NotFound` where the
    number is nobody's, or is in other hands.
    """
    with book.write("caller.checked") as act:
        phones = phones_of_callers(act, wish.number)
        if not phones:
            raise NotFound(place="number", what="?")
        result, phone = _compared(act, phones, wish.word)
        case = _case_of(act, phone.person_id)
        row = act.add(
            CallerCheck(
                person_id=phone.person_id,
                case_id=case,
                at=act.now,
                operator_id=act.acting.staff_id,
                result=result,
            )
        )
    if result == RIGHT and case is not None:
        record_look(book, Look.CASE, case, detail="word")
        book.having_opened(case)
    return Done(act.id, act.changed, {"check": row.id})


def open_without_word(book: Casebook, number: str, reason: str) -> Id:
    """The case of whoever calls from this number, without the word and for a reason, which is entered first.

    `NotFound` where the number is nobody's or is in other hands, `SeveralCallers` where only the word can tell whose it
    is, `NeedsReason` without a reason for a case beyond one's reach.
    """
    with book.read() as reader:
        people = {phone.person_id or b"" for phone in phones_of_callers(reader, number)}
        if len(people) > 1:
            raise SeveralCallers(place="number")
        case = _case_of(reader, next(iter(people))) if people else None
    if case is None:
        raise NotFound(place="number", what="?")
    return enter_case(book, case.hex(), Look.CASE, reason=reason, detail="no_word")


def _compared(act: Act, phones: list[Phone], word: str) -> tuple[str, Phone]:
    """Every word of everybody with this number is compared; a warning wins over a right word."""
    for phone in phones:
        if is_word_of(word, duress_words(act, phone.person_id or b"")):
            return DURESS, phone
    right = [phone for phone in phones if same_word(word, phone.code_word)]
    return (RIGHT, right[0]) if right else (WRONG, phones[0])


def _case_of(reader: Reader, person: Id | None) -> Id | None:
    """The case that is open, else the latest."""
    theirs = select(Case).where(Case.client_id == person, Case.struck.is_not(True))
    latest = theirs.order_by(Case.closed_on.is_(None).desc(), Case.opened_on.desc(), Case.id)
    cases = reader.session.scalars(latest).all()
    return cases[0].id if cases else None


@action("alert.seen", SeeAlert)
def see_alert(book: Casebook, wish: SeeAlert) -> Done:
    """Take up an alert: it is not shown any more."""
    with book.write("alert.seen") as act:
        row = find_caller_check(act, wish.check)
        if row.result != DURESS or row.seen_at is not None:
            raise NothingToChange(place="check")
        row.seen_at, row.seen_by = act.now, act.acting.staff_id
    return Done(act.id, act.changed, {"check": row.id})
