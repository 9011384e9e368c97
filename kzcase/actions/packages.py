"""Sealed packages: previewed, closed as exactly the previewed bytes, and answered by whoever opened them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import select

from kzcase.actions.attachments import attachment_bytes
from kzcase.actions.finding import find_referral
from kzcase.actions.package_keys import ensured_package_key, key_for_file
from kzcase.actions.papers import MadePaper
from kzcase.actions.reading import enter_case
from kzcase.actions.referral_steps import NewStep, add_step, keep_reminder
from kzcase.actions.referrals import must_be_free_to_go, record_reply
from kzcase.actions.wishes import Done
from kzcase.db.casebook import Casebook
from kzcase.db.reader import Act
from kzcase.db.tables.cases import Referral
from kzcase.db.tables.referrals import PackageReply, ReferralPackage
from kzcase.domain.errors import (
    BadPackage,
    ForeignReply,
    NoTrustedKey,
    PreviewOutdated,
    ReferralEnded,
    ReplyThere,
)
from kzcase.domain.ids import Id
from kzcase.domain.looks import Look
from kzcase.domain.packages import Preview, Reply, digest, read_reply_content
from kzcase.domain.partner_papers import PassphraseSlip
from kzcase.domain.referrals import DRAFT, REPLIES, next_look
from kzcase.domain.warned import Warned
from kzcase.i18n import Language
from kzcase.keys.identity import SigningKey
from kzcase.keys.packages import (
    LARGEST_FILE,
    Closed,
    Lock,
    closed_to_key,
    head_of,
    key_id_of,
    lock_of,
    opened_reply,
    reply_is_from,
)
from kzcase.keys.passphrase import generate
from kzcase.keys.secret import Secret
from kzcase.paths import open_plain
from kzcase.queries.agreements import agreement_ended
from kzcase.queries.letters import header
from kzcase.queries.packages import WantedPackage, preview_of
from kzcase.queries.partners import trusted_key
from kzcase.queries.referral_states import standing_of, states
from kzcase.queries.referrals import referral_named

SUFFIX: Final = ".kzp"
SLIP: Final = "P14"
"""The neutral code of the slip with a passphrase."""
_SEED: Final = 32
_OUTCOMES: Final = {"received": "waiting_list", "appointment": "accepted", "refused": "declined"}
"""States of a reply whose outcome is called otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A package ready to be looked at: the preview, and what the same package is built from again.

    `against`: what the office should know of the partner before it goes, as of a letter.
    """

    preview: Preview
    wanted: WantedPackage
    contents: Mapping[str, bytes] = field(repr=False)
    against: tuple[Warned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePackage:
    """A closed package. `passphrase` is said once, to be printed on a slip of its own; with a key there is none."""

    done: Done
    content: bytes = field(repr=False)
    passphrase: str = field(default="", repr=False)
    name: str = ""


def prepare_package(
    book: Casebook, referral: str, forms: tuple[str, ...] = (), files: tuple[str, ...] = (), reason: str = ""
) -> Prepared:
    """What would leave, field by field. That attachments are read is in the read log before they are."""
    with book.read() as reader:
        case = referral_named(reader, referral).case_id or b""
    enter_case(book, case.hex(), Look.PAPER, reason=reason, detail="package")
    to = ensured_package_key(book)
    contents = {one: attachment_bytes(book, one) for one in files}
    wanted = WantedPackage(referral=referral, forms=forms, files=files, reply_seed=os.urandom(_SEED), reply_to=to)
    with book.read("long") as reader:
        against = agreement_ended(reader, referral_named(reader, referral).partner_id, "referral")
        return Prepared(preview=preview_of(reader, wanted, contents), wanted=wanted, contents=contents, against=against)


def make_package(
    book: Casebook, prepared: Prepared, passphrase_in: Language | None = None, lock: Lock | None = None
) -> MadePackage:
    """Close what was previewed: to the partner's confirmed key, or with a passphrase generated in one language.

    Consent is asked again in the same act; anything that changed since the preview stops it. A referral that was not
    sent yet is sent with it.
    """
    passphrase = generate(passphrase_in) if passphrase_in else ""
    lock = lock_of(passphrase) if passphrase else lock
    with book.write("package.made") as act:
        referral = find_referral(act, prepared.wanted.referral)
        consent = must_be_free_to_go(act, referral, act.today)
        again = preview_of(act, prepared.wanted, prepared.contents)
        if again.plain != prepared.preview.plain:
            raise PreviewOutdated(place="referral")
        content, key_id = _closed(act, referral, again.plain, lock)
        _record(act, referral, again, content, key_id)
        _send(act, referral, consent)
    number = referral.number or ""
    ids = {"referral": referral.id, "case": referral.case_id or b""}
    done = Done(act.id, act.changed, ids, number)
    return MadePackage(done=done, content=content, passphrase=passphrase, name=f"{number}{SUFFIX}")


def slip_of(book: Casebook, package: MadePackage, partner: str, language: Language) -> MadePaper:
    """The slip with the passphrase of a package that was just made; kept nowhere, it is printed now or never."""
    with book.read("long") as reader:
        slip = PassphraseSlip(header(reader, SLIP, package.done.number), package.passphrase, partner)
    from kzcase.paper.partner_papers import passphrase_slip

    content = passphrase_slip(slip, language)
    return MadePaper(SLIP, language, package.done.number, content, digest(content))


def _closed(act: Act, referral: Referral, plain: bytes, lock: Lock | None) -> tuple[bytes, Id]:
    if lock is not None:
        return lock.close(plain), b""
    key = trusted_key(act, referral.partner_id or b"")
    if key is None or not key.public:
        raise NoTrustedKey(place="referral")
    return closed_to_key(key.public, plain), key_id_of(key.public)


def _record(act: Act, referral: Referral, preview: Preview, content: bytes, key_id: Id) -> None:
    package = preview.package
    went = sorted({each.of.value for each in preview.fields if each.goes})
    act.add(
        ReferralPackage(
            case_id=referral.case_id,
            person_id=referral.person_id,
            referral_id=referral.id,
            partner_id=referral.partner_id,
            closed_to=key_id or None,
            classes=" ".join(went),
            inside=" ".join(each.form for each in package.forms) or None,
            sha256=digest(content),
            reply_key=SigningKey(Secret(package.reply_seed)).public_sign,
            made_on=act.today,
            author_id=act.acting.staff_id,
        )
    )


def _send(act: Act, referral: Referral, consent: Id | None) -> None:
    stands = standing_of(act, referral)
    if stands.ended:
        raise ReferralEnded(place="referral")
    if stands.state == DRAFT:
        referral.consent_id, referral.sent_on, referral.how = consent, act.today, "package"
        keep_reminder(act, referral, referral.reply_by, act.today)


# Files


def read_package_file(path: Path) -> bytes:
    """The bytes of a file that may be a package or a reply. Raises BadPackage, TooLarge."""
    try:
        with open_plain(path) as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BadPackage(path.name) from error
    head_of(content)
    return content


def needs_passphrase(untrusted: bytes) -> bool:
    """Whether a file is a package closed with a passphrase."""
    return head_of(untrusted).closed is Closed.WITH_PASSPHRASE


def is_reply(untrusted: bytes) -> bool:
    """Whether a file is a reply to a package."""
    return head_of(untrusted).closed is Closed.REPLY


# Replies


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReply:
    """A reply that was opened: which package it is said to be for, and whether who opened that package signed it."""

    reply: Reply
    signature: bytes = field(repr=False)
    plain: bytes = field(repr=False)
    sha256: str = ""


def open_reply(book: Casebook, untrusted: bytes) -> OpenedReply:
    """Open a reply closed to one of our keys; nothing is believed of it yet. Raises BadPackage, ClosedToOthers."""
    head = head_of(untrusted)
    with key_for_file(book, head.key_id) as key:
        signature, plain = opened_reply(untrusted, key)
    return OpenedReply(reply=read_reply_content(plain), signature=signature, plain=plain, sha256=digest(untrusted))


def take_reply(book: Casebook, untrusted: bytes) -> Done:
    """Take in a reply: it becomes the state of the one referral whose package it answers, and of no other.

    Raises ForeignReply for a package that is not ours or another signature, ReplyThere for the same reply again.
    """
    opened = open_reply(book, untrusted)
    with book.write("package.answered") as act:
        package = _package_of(act, opened)
        referral = find_referral(act, (package.referral_id or b"").hex())
        seen = PackageReply.sha256 == _name_of(opened)
        if act.session.scalars(select(PackageReply.id).where(seen, PackageReply.struck.is_not(True))).first():
            raise ReplyThere(place="file")
        act.add(
            PackageReply(
                case_id=referral.case_id,
                person_id=referral.person_id,
                referral_id=referral.id,
                package_id=package.id,
                sha256=_name_of(opened),
                taken_on=act.today,
            )
        )
        _follow(act, referral, opened.reply)
    ids = {"referral": referral.id, "case": referral.case_id or b""}
    return Done(act.id, act.changed, ids, referral.number or "")


def _name_of(opened: OpenedReply) -> str:
    """What names a reply whatever way it was closed: closing it again makes no new one."""
    return digest(opened.plain)


def _package_of(act: Act, opened: OpenedReply) -> ReferralPackage:
    wanted = (ReferralPackage.sha256 == opened.reply.package, ReferralPackage.struck.is_not(True))
    for row in act.session.scalars(select(ReferralPackage).where(*wanted)):
        if row.reply_key and reply_is_from(row.reply_key, opened.signature, opened.plain):
            return row
    raise ForeignReply(place="file")


def _follow(act: Act, referral: Referral, reply: Reply) -> None:
    if reply.state not in {*REPLIES, "no_show", "done"}:
        raise BadPackage("file")
    known = states(act)
    on = min(max(reply.on, referral.sent_on or reply.on), act.today)
    reason = reply.reason if reply.reason in act.rulebook.codes["refusal_reason"] else "other"
    step = NewStep(
        state=reply.state,
        on=on,
        reason=reason,
        text=reply.text.strip(),
        how="package",
        appointment_on=reply.appointment_on,
        appointment_time=reply.appointment_time.strip(),
        next_on=next_look(reply.state, on, known, appointment=reply.appointment_on),
    )
    outcome = _OUTCOMES.get(reply.state, reply.state)
    if outcome in act.rulebook.codes["referral_outcome"]:
        record_reply(act, referral, outcome, step)
    else:
        add_step(act, referral, step)
