"""Referrals from others: entered from paper or a package, decided, and answered with a slip or a sealed reply."""

from datetime import timedelta
from typing import Final

import msgspec
from sqlalchemy import select

from kzcase.actions.attachments import AddAttachment, add_attachment
from kzcase.actions.cases import OpenCase, open_case
from kzcase.actions.checks import code, day, optional_code, past_day
from kzcase.actions.finding import find_case, find_incoming, find_partner
from kzcase.actions.guards import must_be_free_to_write
from kzcase.actions.numbers import next_number
from kzcase.actions.package_keys import key_for_file
from kzcase.actions.wishes import Code, Done, IsoDate, Line, LookReason, Ref, RequiredLine, Text, Wish, action
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Case
from kzcase.db.tables.office import Partner
from kzcase.db.tables.referrals import IncomingReferral, IncomingStep
from kzcase.domain.errors import (
    AppointmentDayMissing,
    BadPackage,
    IncomingDecided,
    NoReplyAddress,
    NothingToChange,
    PackageErased,
    PackageThere,
    RefusalReasonMissing,
)
from kzcase.domain.ids import new_id
from kzcase.domain.packages import Package, Reply, digest, read_package_content
from kzcase.domain.referrals import ACCEPTED, APPOINTMENT, RECEIVED, REFUSED, may_follow, next_look
from kzcase.keys.packages import Closed, closed_reply, head_of, opened_by_key, opened_by_passphrase
from kzcase.paper.incoming.door import cleaned
from kzcase.queries.attachments import attachments
from kzcase.queries.incoming_referrals import Kept, incoming_named, standing_of_incoming, steps_of_incoming
from kzcase.queries.referral_states import states

LETTER: Final = "E"
ANSWER_DAYS: Final = 3
"""Until when we answer unless the sender wants it sooner: the office's own standard, not a law."""


class ReceiveReferral(Wish, frozen=True, kw_only=True):
    """A referral from another organisation, on paper or by word of mouth."""

    sender: RequiredLine
    partner: Ref | None = None
    sender_number: Line = ""
    how: Code = "in_person"
    need: Code | None = None
    urgency: Code | None = None
    who: Line = ""
    contact: Line = ""
    reason: Text = ""
    on: IsoDate | None = None
    reply_by: IsoDate | None = None


class DecideIncoming(Wish, frozen=True, kw_only=True):
    """What we answer to a referral from others: accepted, refused with its reason, and what became of it."""

    incoming: Ref
    state: Code
    reason: Code | None = None
    text: Text = ""
    appointment_on: IsoDate | None = None
    appointment_time: Line = ""
    case: Ref | None = None
    on: IsoDate | None = None
    next_on: IsoDate | None = None
    look_reason: LookReason | None = None


@action("referral.received", ReceiveReferral)
def receive_referral(book: Casebook, wish: ReceiveReferral) -> Done:
    """Enter a referral from others; it gets a number of ours, and a day by which we answer."""
    with book.write("referral.received") as act:
        on = past_day(wish.on, act.today)
        row = IncomingReferral(
            number=next_number(act, book.facts.code, LETTER),
            partner_id=find_partner(act, wish.partner).id if wish.partner else None,
            sender=wish.sender.strip(),
            sender_number=wish.sender_number.strip() or None,
            received_on=on,
            how=code(act.rulebook, "referral_how", wish.how, "how"),
            need=optional_code(act.rulebook, "need", wish.need, "need"),
            urgency=optional_code(act.rulebook, "urgency", wish.urgency, "urgency"),
            reply_by=day(wish.reply_by, "reply_by", on + timedelta(days=ANSWER_DAYS)),
            who=wish.who.strip() or None,
            contact=wish.contact.strip() or None,
            reason=wish.reason.strip() or None,
            author_id=act.acting.staff_id,
        )
        act.add(row)
    return Done(act.id, act.changed, {"incoming": row.id}, row.number or "")


@action("referral.decided", DecideIncoming)
def decide_incoming(book: Casebook, wish: DecideIncoming) -> Done:
    """Record our answer; the case it became is named with it, then or later with the same answer again."""
    with book.write("referral.decided") as act:
        row = find_incoming(act, wish.incoming)
        stands, unjoined = standing_of_incoming(act, row), row.case_id is None
        if wish.case is not None:
            row.case_id = find_case(act, wish.case).id
        _must_be_free_to_answer(act, row)
        step = _step(act, row, wish)
        if may_follow(stands.state, step.state or "", states(act)):
            act.add(step)
        elif stands.ended or stands.state != step.state or not (unjoined and wish.case):
            raise IncomingDecided(place="state")
    return Done(act.id, act.changed, {"incoming": row.id}, row.number or "")


def _step(act: Act, row: IncomingReferral, wish: DecideIncoming) -> IncomingStep:
    """What the wish says, its codes and days checked."""
    on, appointment = past_day(wish.on, act.today), day(wish.appointment_on, "appointment_on")
    state = code(act.rulebook, "referral_state", wish.state, "state")
    reason = optional_code(act.rulebook, "refusal_reason", wish.reason, "reason")
    if state == REFUSED and not reason:
        raise RefusalReasonMissing(place="reason")
    if state == APPOINTMENT and appointment is None:
        raise AppointmentDayMissing(place="appointment_on")
    return IncomingStep(
        incoming_id=row.id,
        state=state,
        reason=reason if state == REFUSED else None,
        text=wish.text.strip() or None,
        appointment_on=appointment if state == APPOINTMENT else None,
        appointment_time=(wish.appointment_time.strip() or None) if state == APPOINTMENT else None,
        happened_on=on,
        next_on=day(wish.next_on, "next_on", next_look(state, on, states(act), appointment=appointment)),
        recorded_at=act.now,
        author_id=act.acting.staff_id,
    )


def accept_as_case(book: Casebook, incoming: str, wish: OpenCase) -> Done:
    """Open a case for what came from others and accept it, or join the case to what was accepted before.

    Raises IncomingDecided where it became a case already, or was refused or ended.
    """
    with book.read() as reader:
        row = incoming_named(reader, incoming)
        stands, known = standing_of_incoming(reader, row), states(reader)
        accepts = may_follow(stands.state, ACCEPTED, known)
        if row.case_id is not None or stands.ended or not (accepts or stands.state in known):
            raise IncomingDecided(place="incoming")
    done = open_case(book, wish)
    state = ACCEPTED if accepts else stands.state
    decide_incoming(book, DecideIncoming(incoming=row.id.hex(), state=state, case=done.ids["case"].hex()))
    return done


def _must_be_free_to_answer(act: Act, row: IncomingReferral) -> None:
    """A consulate that asks after somebody whom we help learns of it from our answer."""
    case = act.session.get(Case, row.case_id or b"")
    if case is not None:
        must_be_free_to_write(act, case, act.session.get(Partner, row.partner_id or b""), "incoming")


# Packages


def open_package(book: Casebook, untrusted: bytes, passphrase: str = "") -> Package:
    """What a package holds, opened with one of our keys or with the passphrase on its slip; nothing is written.

    Raises BadPackage, ClosedToOthers, WrongPackagePassphrase, TooLarge.
    """
    head = head_of(untrusted)
    if head.closed is Closed.REPLY:
        raise BadPackage("file")
    if head.closed is Closed.WITH_PASSPHRASE:
        return read_package_content(opened_by_passphrase(untrusted, passphrase))
    with key_for_file(book, head.key_id) as key:
        return read_package_content(opened_by_key(untrusted, key))


def receive_package(book: Casebook, untrusted: bytes, passphrase: str = "") -> Done:
    """Open a package as a referral from others. The same package is never taken in twice: PackageThere, or
    PackageErased where whoever it was about was erased since."""
    package, sha256 = open_package(book, untrusted, passphrase), digest(untrusted)
    kept = Kept(fields=package.fields, forms=package.forms, files=tuple(each.name for each in package.files))
    with book.write("referral.received") as act:
        _must_be_new(act, sha256)
        row = _row_of(act, package)
        row.number, row.package_sha256 = next_number(act, book.facts.code, LETTER), sha256
        row.content = msgspec.json.encode(kept).decode()
        act.add(row)
    return Done(act.id, act.changed, {"incoming": row.id}, row.number or "")


def _must_be_new(act: Act, sha256: str) -> None:
    """One that was taken back may come again; one that was erased may not."""
    same = act.session.scalars(select(IncomingReferral).where(IncomingReferral.package_sha256 == sha256)).all()
    if any(row.erased_on for row in same):
        raise PackageErased(place="file")
    if there := [row for row in same if not row.struck]:
        raise PackageThere(place="file", number=there[0].number or "")


def _row_of(act: Act, package: Package) -> IncomingReferral:
    codes = act.rulebook.codes
    sender = act.session.scalars(select(Partner).where(Partner.name == package.sender, Partner.struck.is_not(True)))
    known = sender.first()
    by = act.today + timedelta(days=ANSWER_DAYS)
    return IncomingReferral(
        partner_id=known.id if known else None,
        sender=package.sender.strip() or package.number,
        sender_number=package.number or None,
        received_on=act.today,
        how="package",
        need=package.need if package.need in codes["need"] else None,
        urgency=package.urgency if package.urgency in codes["urgency"] else None,
        reply_by=max(act.today, min(package.reply_by or by, by)),
        who=package.value("name") or None,
        contact=package.value("phone") or None,
        reason=package.value("reason") or None,
        reply_seed=package.reply_seed,
        reply_to=package.reply_to,
        author_id=act.acting.staff_id,
    )


def sealed_reply(book: Casebook, incoming: str) -> bytes:
    """Our last answer, signed with the key that lay in the package and closed to its sender; that it left is recorded.

    Raises NoReplyAddress where it did not come in a package, IncomingDecided where nothing was answered yet.
    """
    with book.write("referral.decided") as act:
        row = find_incoming(act, incoming)
        if row.reply_seed is None or row.reply_to is None or row.package_sha256 is None:
            raise NoReplyAddress(place="incoming")
        answers = [each for each in steps_of_incoming(act, row.id) if each.state]
        if not answers or standing_of_incoming(act, row).state == RECEIVED:
            raise IncomingDecided(place="incoming")
        last, today = answers[-1], act.today
        left = IncomingStep(incoming_id=row.id, state=None, happened_on=today, recorded_at=act.now)
        left.author_id = act.acting.staff_id
        act.add(left)
    reply = Reply(
        id=new_id().hex(),
        package=row.package_sha256,
        state=last.state or "",
        reason=last.reason or "",
        text=last.text or "",
        appointment_on=last.appointment_on,
        appointment_time=last.appointment_time or "",
        on=last.happened_on or today,
    )
    return closed_reply(row.reply_to, row.reply_seed, reply.plain())


def add_files(book: Casebook, incoming: str, untrusted: bytes, passphrase: str = "") -> Done:
    """Put the attachments of a package into the case its referral became, each made anew first; one that is there
    already is not added twice. NothingToChange where all of them are."""
    package, sha256 = open_package(book, untrusted, passphrase), digest(untrusted)
    with book.read() as reader:
        row = incoming_named(reader, incoming)
        incoming_id, number, case, same = row.id, row.number or "", row.case_id, row.package_sha256 == sha256
        there = {(each.title, each.size) for each in attachments(reader, case.hex())} if case else set()
    if not same:
        raise BadPackage("file")
    if case is None:
        raise IncomingDecided(place="incoming")
    made = [(each.name, cleaned(each.content)) for each in package.files]
    new = [
        (name, clean) for name, clean in made if there.isdisjoint({(each, len(clean.content)) for each in (name, None)})
    ]
    if not new:
        raise NothingToChange(place="file")
    done = [add_attachment(book, AddAttachment(case=case.hex(), title=name, clean=clean)) for name, clean in new]
    return Done(done[-1].act, done[-1].changed, {"incoming": incoming_id, "case": case}, number)
