"""Cases and what hangs on them: notes, tasks, consents, referrals and filled-in forms."""

from datetime import date, datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from kzcase.db.tables.base import IDENTIFYING, OPERATIONAL, SENSITIVE, STATISTICAL, Journaled, Narrowing, field


class Case(Journaled):
    """One case of one person. `stage` is derived from facts and the pathway, `sort_key` from the shown name."""

    __tablename__ = "cases"
    __table_args__ = (
        Index(None, "number", "id", "struck"),
        Index(None, "opened_on", "id", "struck"),
        Index(None, "sort_key", "id", "struck"),
        Index(None, "client_id", "id", "struck"),
        Index(None, "worker_id"),
        *(
            Index(None, name, "opened_on", "id", "struck")
            for name in ("kind", "region", "worker_id", "stage", "urgency")
        ),
        Index(None, "closed_on", "worker_id", "urgency", "id", "struck"),
        Index(None, "closed_on", "opened_on", "id", "struck"),
    )
    scope_rule, subject_rule, feature = "id", "id", "cases"

    number: Mapped[str | None] = field(OPERATIONAL)
    kind: Mapped[str | None] = field(STATISTICAL)
    region: Mapped[str | None] = field(STATISTICAL)
    border_point: Mapped[str | None] = field(STATISTICAL)
    client_id: Mapped[bytes | None] = field(OPERATIONAL)
    worker_id: Mapped[bytes | None] = field(OPERATIONAL)
    source: Mapped[str | None] = field(STATISTICAL)
    urgency: Mapped[str | None] = field(OPERATIONAL, restrictive=("immediate", "urgent", "routine"))
    opened_on: Mapped[date | None] = field(STATISTICAL)
    call_id: Mapped[bytes | None] = field(OPERATIONAL)
    closed_on: Mapped[date | None] = field(STATISTICAL)
    closure_reason: Mapped[str | None] = field(STATISTICAL)
    closing_summary: Mapped[str | None] = field(SENSITIVE)
    erased_on: Mapped[date | None] = field(OPERATIONAL)
    stage: Mapped[str | None] = field(STATISTICAL, derived=True)
    sort_key: Mapped[str | None] = field(IDENTIFYING, derived=True)


class Note(Journaled):
    """What a worker wrote down. Never overwritten: a correction is a new note."""

    __tablename__ = "notes"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "case_id", "cases"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    text: Mapped[str | None] = field(SENSITIVE)
    written_at: Mapped[datetime | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class SealedNote(Journaled):
    """A note closed to named readers: `box` opens only with a key of theirs, whoever else has the casebook open."""

    __tablename__ = "sealed_notes"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "case_id", "cases"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    kind: Mapped[str | None] = field(OPERATIONAL)
    box: Mapped[bytes | None] = field(SENSITIVE)
    written_at: Mapped[datetime | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class SealedNoteKey(Journaled):
    """The key of a sealed note, closed to one reader by the public key they had then.

    Two who add a reader each on their own laptop do not collide.
    """

    __tablename__ = "sealed_note_keys"
    __table_args__ = (Index(None, "sealed_note_id"), Index(None, "case_id"))
    scope_rule, subject_rule, feature = "case_id", "case_id", "cases"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    sealed_note_id: Mapped[bytes | None] = field(OPERATIONAL)
    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    sealed: Mapped[bytes | None] = field(OPERATIONAL)
    kem_key: Mapped[bytes | None] = field(OPERATIONAL)


class CaseBlock(Journaled):
    """A colleague kept away from one case, because they know or are related to somebody in it."""

    __tablename__ = "case_blocks"
    __table_args__ = (Index(None, "staff_id"), Index(None, "case_id"))
    scope_rule, subject_rule, feature = "case_id", "case_id", "cases"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    staff_id: Mapped[bytes | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(OPERATIONAL, restrictive=("kept_away", "let_back"))
    since: Mapped[date | None] = field(OPERATIONAL)


class Task(Journaled):
    """Something to do by a date. `first_due` is the day before it was postponed, `repeats` how often it comes again."""

    __tablename__ = "tasks"
    __table_args__ = (
        Index(None, "case_id"),
        Index(None, "due"),
        Index(None, "assignee_id", "done_on"),
        Index(None, "done_on", "due", "assignee_id", "struck"),
    )
    scope_rule, subject_rule, feature = "case_id", "case_id", "tasks"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    title: Mapped[str | None] = field(SENSITIVE)
    due: Mapped[date | None] = field(OPERATIONAL)
    assignee_id: Mapped[bytes | None] = field(OPERATIONAL)
    rule_id: Mapped[str | None] = field(OPERATIONAL)
    rule_version: Mapped[str | None] = field(OPERATIONAL)
    done_on: Mapped[date | None] = field(OPERATIONAL)
    priority: Mapped[str | None] = field(OPERATIONAL)
    note: Mapped[str | None] = field(SENSITIVE)
    repeats: Mapped[str | None] = field(OPERATIONAL)
    first_due: Mapped[date | None] = field(OPERATIONAL)
    postponed_why: Mapped[str | None] = field(SENSITIVE)


class Consent(Journaled):
    """What the person agreed may be passed to whom, for what, until when; who explained it, how, and who else agreed.

    Without a partner it is about our own office. `after`: the consents and withdrawals known when it was given, in
    whose place it stands. `ours`: it was us who ended it. Where laptops disagree, the narrowest of all answers holds.
    """

    __tablename__ = "consents"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "person_id", "consents"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    partner_id: Mapped[bytes | None] = field(OPERATIONAL, narrowing=Narrowing.AGREED)
    purpose: Mapped[str | None] = field(OPERATIONAL, narrowing=Narrowing.AGREED)
    classes: Mapped[str | None] = field(OPERATIONAL, narrowing=Narrowing.SHARED)
    language: Mapped[str | None] = field(OPERATIONAL)
    interpreter: Mapped[bool | None] = field(OPERATIONAL)
    explained_by: Mapped[bytes | None] = field(OPERATIONAL)
    state: Mapped[str | None] = field(
        OPERATIONAL, restrictive=("withdrawn", "refused", "not_possible", "by_representative", "given")
    )
    given_on: Mapped[date | None] = field(OPERATIONAL)
    valid_until: Mapped[date | None] = field(OPERATIONAL, narrowing=Narrowing.EARLIEST)
    withdrawn_on: Mapped[date | None] = field(OPERATIONAL)
    given_by: Mapped[str | None] = field(OPERATIONAL, narrowing=Narrowing.AGREED)
    assent: Mapped[str | None] = field(OPERATIONAL, narrowing=Narrowing.AGREED)
    guardian: Mapped[str | None] = field(OPERATIONAL, narrowing=Narrowing.AGREED)
    guardianship_told_on: Mapped[date | None] = field(OPERATIONAL, narrowing=Narrowing.AGREED)
    best_interests_on: Mapped[date | None] = field(OPERATIONAL, narrowing=Narrowing.AGREED)
    capacity: Mapped[str | None] = field(OPERATIONAL, restrictive=("none", "limited", "full"))
    age_rule: Mapped[str | None] = field(OPERATIONAL)
    interpreter_name: Mapped[str | None] = field(IDENTIFYING)
    interpreter_from: Mapped[str | None] = field(OPERATIONAL)
    read_way: Mapped[str | None] = field(OPERATIONAL)
    signed_how: Mapped[str | None] = field(OPERATIONAL)
    witness: Mapped[str | None] = field(IDENTIFYING)
    sheet_copy: Mapped[str | None] = field(OPERATIONAL)
    basis: Mapped[str | None] = field(OPERATIONAL)
    withheld: Mapped[str | None] = field(SENSITIVE)
    correction: Mapped[str | None] = field(SENSITIVE)
    after: Mapped[str | None] = field(OPERATIONAL, narrowing=Narrowing.SHARED)
    ours: Mapped[bool | None] = field(OPERATIONAL)
    sheet_id: Mapped[bytes | None] = field(OPERATIONAL)
    form_version: Mapped[str | None] = field(OPERATIONAL)
    attachment_id: Mapped[bytes | None] = field(OPERATIONAL)


class Referral(Journaled):
    """A person referred to a partner, from draft to recorded reply; its state is read off the dates."""

    __tablename__ = "referrals"
    __table_args__ = (Index(None, "case_id"),)
    scope_rule, subject_rule, feature = "case_id", "person_id", "referrals"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    person_id: Mapped[bytes | None] = field(OPERATIONAL)
    partner_id: Mapped[bytes | None] = field(OPERATIONAL)
    consent_id: Mapped[bytes | None] = field(OPERATIONAL)
    number: Mapped[str | None] = field(OPERATIONAL)
    need: Mapped[str | None] = field(STATISTICAL)
    reason: Mapped[str | None] = field(SENSITIVE)
    urgency: Mapped[str | None] = field(OPERATIONAL)
    language: Mapped[str | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    drafted_on: Mapped[date | None] = field(OPERATIONAL)
    reply_by: Mapped[date | None] = field(OPERATIONAL)
    sent_on: Mapped[date | None] = field(OPERATIONAL)
    how: Mapped[str | None] = field(OPERATIONAL)
    answered_on: Mapped[date | None] = field(OPERATIONAL)
    outcome: Mapped[str | None] = field(STATISTICAL)
    reply: Mapped[str | None] = field(SENSITIVE)


class AnswerSheet(Journaled):
    """One filling-in of one form version."""

    __tablename__ = "answer_sheets"
    __table_args__ = (Index(None, "case_id"), Index(None, "instance_id"))
    scope_rule, subject_rule, feature = "case_id", "case_id", "forms"

    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    form_id: Mapped[str | None] = field(OPERATIONAL)
    form_version: Mapped[str | None] = field(OPERATIONAL)
    language: Mapped[str | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)
    answered_at: Mapped[datetime | None] = field(OPERATIONAL)
    instance_id: Mapped[str | None] = field(OPERATIONAL)


class Answer(Journaled):
    """One answer: the instance path of the question, what was said, or why nothing was.

    An answer is never changed. Who corrects it adds another that names those it `replaces`, with the moment and the
    author; `confirmed` says that an unusual answer was asked back and stands. What nobody has replaced holds.
    """

    __tablename__ = "answers"
    __table_args__ = (Index(None, "sheet_id"),)
    scope_rule, subject_rule, feature = "case_id", "case_id", "forms"

    sheet_id: Mapped[bytes | None] = field(OPERATIONAL)
    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    path: Mapped[str | None] = field(OPERATIONAL)
    value: Mapped[str | None] = field(SENSITIVE)
    missing: Mapped[str | None] = field(OPERATIONAL)
    confirmed: Mapped[bool | None] = field(OPERATIONAL)
    replaces: Mapped[str | None] = field(OPERATIONAL)
    answered_at: Mapped[datetime | None] = field(OPERATIONAL)
    author_id: Mapped[bytes | None] = field(OPERATIONAL)


class OtherAnswer(Journaled):
    """What came with a filled form and no question of it explains: kept word for word, and given back as it came."""

    __tablename__ = "other_answers"
    __table_args__ = (Index(None, "sheet_id"),)
    scope_rule, subject_rule, feature = "case_id", "case_id", "forms"

    sheet_id: Mapped[bytes | None] = field(OPERATIONAL)
    case_id: Mapped[bytes | None] = field(OPERATIONAL)
    position: Mapped[int | None] = field(OPERATIONAL)
    path: Mapped[str | None] = field(SENSITIVE)
    content: Mapped[str | None] = field(SENSITIVE)
