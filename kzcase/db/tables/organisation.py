"""The organisation: its office, its staff with their roles and keys, and its laptops."""

from datetime import date

from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import OPERATIONAL, ORGANISATION, Journaled, field


class Organisation(Journaled):
    """The one organisation this casebook belongs to; its id names the founder's and the root's keys."""

    __tablename__ = "organisations"
    scope_rule, feature = ORGANISATION, "staff"

    name: Mapped[str | None] = field(OPERATIONAL)
    root_key: Mapped[bytes | None] = field(OPERATIONAL)
    audit_key: Mapped[bytes | None] = field(OPERATIONAL)
    office_id: Mapped[bytes | None] = field(OPERATIONAL)
    demonstration: Mapped[bool | None] = field(OPERATIONAL)
    one_person: Mapped[bool | None] = field(OPERATIONAL)
    address: Mapped[str | None] = field(OPERATIONAL)
    phone: Mapped[str | None] = field(OPERATIONAL)
    email: Mapped[str | None] = field(OPERATIONAL)


class Staff(Journaled):
    """A colleague, with the public keys that check their acts and seal things to them.

    `successor_id`: who took over when they left, and answers for what they had promised.
    """

    __tablename__ = "staff"
    scope_rule, feature = ORGANISATION, "staff"

    name: Mapped[str | None] = field(OPERATIONAL)
    sign_key: Mapped[bytes | None] = field(OPERATIONAL)
    kem_key: Mapped[bytes | None] = field(OPERATIONAL)
    added_on: Mapped[date | None] = field(OPERATIONAL)
    removed_on: Mapped[date | None] = field(OPERATIONAL)
    successor_id: Mapped[bytes | None] = field(OPERATIONAL)


class StaffRole(Journaled):
    """One role of one colleague; the operation that set `role` is the authority their acts name."""

    __tablename__ = "staff_roles"
    scope_rule, feature = ORGANISATION, "staff"

    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    role: Mapped[str | None] = field(OPERATIONAL)


class AuditKeyCopy(Journaled):
    """The organisation's audit key, sealed to one supervisor or auditor by the public key they had then."""

    __tablename__ = "audit_key_copies"
    scope_rule, feature = ORGANISATION, "staff"

    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    sealed: Mapped[bytes | None] = field(OPERATIONAL)
    kem_key: Mapped[bytes | None] = field(OPERATIONAL)


class Freeze(Journaled):
    """That a colleague's access was closed for a while, since their passphrase may be known; who opened it again.

    Opening it takes a supervisor and an administrator: `agreed_by` is the first of the two.
    """

    __tablename__ = "freezes"
    scope_rule, feature = ORGANISATION, "staff"

    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    incident_id: Mapped[bytes | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(OPERATIONAL, restrictive=("frozen", "open"))
    frozen_on: Mapped[date | None] = field(OPERATIONAL)
    frozen_by: Mapped[bytes | None] = field(OPERATIONAL)
    agreed_by: Mapped[bytes | None] = field(OPERATIONAL)
    opened_on: Mapped[date | None] = field(OPERATIONAL)
    opened_by: Mapped[bytes | None] = field(OPERATIONAL)


class Revocation(Journaled):
    """From when a colleague's acts no longer count: the last accepted act of one device, by its index and digest."""

    __tablename__ = "revocations"
    scope_rule, feature = ORGANISATION, "staff"

    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    incarnation: Mapped[bytes | None] = field(OPERATIONAL)
    last_index: Mapped[int | None] = field(OPERATIONAL)
    last_digest: Mapped[bytes | None] = field(OPERATIONAL)


class ShareIssue(Journaled):
    """One making of the three recovery shares; `wraps` is what any two of them open, and every key file takes up."""

    __tablename__ = "share_issues"
    scope_rule, feature = ORGANISATION, "recovery"

    number: Mapped[int | None] = field(OPERATIONAL)
    wraps: Mapped[bytes | None] = field(OPERATIONAL)
    issued_on: Mapped[date | None] = field(OPERATIONAL)


class RecoveryShare(Journaled):
    """One of three recovery shares of an issue: who holds it, and since when."""

    __tablename__ = "recovery_shares"
    scope_rule, feature = ORGANISATION, "recovery"

    issue_id: Mapped[bytes | None] = field(OPERATIONAL)
    number: Mapped[int | None] = field(OPERATIONAL)
    holder: Mapped[str | None] = field(OPERATIONAL)
    given_on: Mapped[date | None] = field(OPERATIONAL)


class ShareTrial(Journaled):
    """That two shares were tried and open the casebook: the drill."""

    __tablename__ = "share_trials"
    scope_rule, feature = ORGANISATION, "recovery"

    issue_id: Mapped[bytes | None] = field(OPERATIONAL)
    numbers: Mapped[str | None] = field(OPERATIONAL)
    tried_on: Mapped[date | None] = field(OPERATIONAL)


class SubmissionKey(Journaled):
    """A key pair to which forms on phones close their answers; only its public half stands here."""

    __tablename__ = "submission_keys"
    scope_rule, feature = ORGANISATION, "forms"

    public: Mapped[bytes | None] = field(OPERATIONAL)
    made_on: Mapped[date | None] = field(OPERATIONAL)


class SubmissionKeyCopy(Journaled):
    """The private half of a submission key, closed to one colleague by the public key they had then."""

    __tablename__ = "submission_key_copies"
    scope_rule, feature = ORGANISATION, "forms"

    key_id: Mapped[bytes | None] = field(OPERATIONAL)
    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    kem_key: Mapped[bytes | None] = field(OPERATIONAL)
    sealed: Mapped[bytes | None] = field(OPERATIONAL)


class Device(Journaled):
    """One incarnation of one laptop; a restored copy is a new one."""

    __tablename__ = "devices"
    scope_rule, feature = ORGANISATION, "devices"

    code: Mapped[str | None] = field(OPERATIONAL)
    certified_on: Mapped[date | None] = field(OPERATIONAL)
