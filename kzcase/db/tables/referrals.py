"""What became of referrals: states and chases, sealed packages, partners' keys, and referrals from others."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import (
    CONTACT,
    IDENTIFYING,
    OFFICE,
    OPERATIONAL,
    ORGANISATION,
    SENSITIVE,
    STATISTICAL,
    Journaled,
    field,
)


class ReferralStep(Journaled):
    """One dated state of a referral. States are never changed, only added: two laptops that add one each keep both."""

    __tablename__ = "referral_steps"
    __table_args__ = (Index(None, "referral_id"), Index(None, "case_id"))
    scope_rule, subject_rule, feature = "case_id", "person_id", "referrals"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    referral_id: Mapped[bytes | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(STATISTICAL)
    reason: Mapped[str | None] = field(STATISTICAL)
    text: Mapped[str | None] = field(SENSITIVE)
    appointment_on: Mapped[date | None] = field(OPERATIONAL)
    appointment_time: Mapped[str | None] = field(OPERATIONAL)
    how: Mapped[str | None] = field(OPERATIONAL)
    happened_on: Mapped[date | None] = field(OPERATIONAL)
    next_on: Mapped[date | None] = field(OPERATIONAL)
    recorded_at: Mapped[datetime | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class ReferralChase(Journaled):
    """That the partner was asked for a reply, why it is late as far as one knows, and when to ask again."""

    __tablename__ = "referral_chases"
    __table_args__ = (Index(None, "referral_id"), Index(None, "case_id"))
    scope_rule, subject_rule, feature = "case_id", "person_id", "referrals"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    referral_id: Mapped[bytes | None] = field(OPERATIONAL)
    how: Mapped[str | None] = field(OPERATIONAL)
    delay: Mapped[str | None] = field(STATISTICAL)
    text: Mapped[str | None] = field(SENSITIVE)
    happened_on: Mapped[date | None] = field(OPERATIONAL)
    next_on: Mapped[date | None] = field(OPERATIONAL)
    recorded_at: Mapped[datetime | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class ReferralPackage(Journaled):
    """That a sealed package left for a partner: its digest, how it was closed, and the key its reply is signed with.

    What was in it is never kept; the private half of the reply key is in the package alone.
    """

    __tablename__ = "referral_packages"
    __table_args__ = (Index(None, "referral_id"), Index(None, "case_id"))
    scope_rule, subject_rule, feature = "case_id", "person_id", "referrals"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    referral_id: Mapped[bytes | None] = field(OPERATIONAL)
    partner_id: Mapped[bytes | None] = field(OPERATIONAL)
    closed_to: Mapped[bytes | None] = field(OPERATIONAL)
    classes: Mapped[str | None] = field(OPERATIONAL)
    inside: Mapped[str | None] = field(OPERATIONAL)
    sha256: Mapped[str | None] = field(OPERATIONAL)
    reply_key: Mapped[bytes | None] = field(OPERATIONAL)
    made_on: Mapped[date | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class PackageReply(Journaled):
    """That a reply to a package was taken in: the same one is never taken in twice."""

    __tablename__ = "package_replies"
    __table_args__ = (Index(None, "referral_id"), Index(None, "case_id"))
    scope_rule, subject_rule, feature = "case_id", "person_id", "referrals"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    referral_id: Mapped[bytes | None] = field(OPERATIONAL)
    package_id: Mapped[bytes | None] = field(OPERATIONAL)
    sha256: Mapped[str | None] = field(OPERATIONAL)
    taken_on: Mapped[date | None] = field(OPERATIONAL)


class PackageKey(Journaled):
    """A key pair to which partners close packages for us and replies to our own; its id is its digest."""

    __tablename__ = "package_keys"
    scope_rule, feature = ORGANISATION, "partners"

    public: Mapped[bytes | None] = field(OPERATIONAL)
    made_on: Mapped[date | None] = field(OPERATIONAL)


class PackageKeyCopy(Journaled):
    """The private half of a package key, closed to one colleague by the public key they had then."""

    __tablename__ = "package_key_copies"
    __table_args__ = (Index(None, "key_id"),)
    scope_rule, feature = ORGANISATION, "partners"

    key_id: Mapped[bytes | None] = field(OPERATIONAL)
    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    kem_key: Mapped[bytes | None] = field(OPERATIONAL)
    sealed: Mapped[bytes | None] = field(OPERATIONAL)


class PartnerKey(Journaled):
    """A partner's public key: entered by one colleague, in use once its six words were confirmed.

    A key in place of another is confirmed by somebody else than who entered it.
    """

    __tablename__ = "partner_keys"
    __table_args__ = (Index(None, "partner_id"),)
    scope_rule, feature = OFFICE, "partners"

    partner_id: Mapped[bytes | None] = field(OPERATIONAL)
    public: Mapped[bytes | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(OPERATIONAL, restrictive=("withdrawn", "entered", "confirmed"))
    entered_by: Mapped[bytes | None] = field(OPERATIONAL)
    entered_at: Mapped[datetime | None] = field(OPERATIONAL)
    confirmed_by: Mapped[bytes | None] = field(OPERATIONAL)
    confirmed_at: Mapped[datetime | None] = field(OPERATIONAL)


class IncomingReferral(Journaled):
    """A referral that another organisation sent to us, by package, on paper or by word of mouth."""

    __tablename__ = "incoming_referrals"
    __table_args__ = (Index(None, "case_id"), Index(None, "received_on"))
    scope_rule, subject_rule, feature = OFFICE, "id", "referrals"

    number: Mapped[str | None] = field(OPERATIONAL)
    partner_id: Mapped[bytes | None] = field(OPERATIONAL)
    sender: Mapped[str | None] = field(OPERATIONAL)
    sender_number: Mapped[str | None] = field(OPERATIONAL)
    received_on: Mapped[date | None] = field(STATISTICAL)
    how: Mapped[str | None] = field(OPERATIONAL)
    need: Mapped[str | None] = field(STATISTICAL)
    urgency: Mapped[str | None] = field(OPERATIONAL)
    reply_by: Mapped[date | None] = field(OPERATIONAL)
    who: Mapped[str | None] = field(IDENTIFYING)
    contact: Mapped[str | None] = field(CONTACT)
    reason: Mapped[str | None] = field(SENSITIVE)
    content: Mapped[str | None] = field(SENSITIVE)
    package_sha256: Mapped[str | None] = field(OPERATIONAL)
    reply_seed: Mapped[bytes | None] = field(SENSITIVE)
    reply_to: Mapped[bytes | None] = field(OPERATIONAL)
    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    erased_on: Mapped[date | None] = field(OPERATIONAL)


class IncomingStep(Journaled):
    """One dated state of a referral from others, and what we replied."""

    __tablename__ = "incoming_steps"
    __table_args__ = (Index(None, "incoming_id"),)
    scope_rule, subject_rule, feature = OFFICE, "incoming_id", "referrals"

    incoming_id: Mapped[bytes | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(STATISTICAL)
    reason: Mapped[str | None] = field(STATISTICAL)
    text: Mapped[str | None] = field(SENSITIVE)
    appointment_on: Mapped[date | None] = field(OPERATIONAL)
    appointment_time: Mapped[str | None] = field(OPERATIONAL)
    happened_on: Mapped[date | None] = field(OPERATIONAL)
    next_on: Mapped[date | None] = field(OPERATIONAL)
    recorded_at: Mapped[datetime | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
