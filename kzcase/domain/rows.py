"""Frozen rows: what questions answer with, what screens show and papers print. Never live database objects.

A field the acting person may not see is None and named in `masked`; ids are hexadecimal text.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from kzcase.domain.consent_rows import CONSENT_TASKS
from kzcase.domain.consent_rows import ConsentRow as ConsentRow
from kzcase.domain.tasks import REPLY, reminder
from kzcase.i18n import Words, _, verbatim


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the case list."""

    id: str
    number: str
    name: str | None
    sex: str | None
    birth: str | None
    kind: str | None
    stage: str | None
    region: str | None
    worker: str | None
    opened_on: date | None
    closed_on: date | None
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NameRow:
    """A name as one document writes it."""

    id: str
    family: str | None
    given: str | None
    patronymic: str | None
    script: str | None
    kind: str | None
    masked: frozenset[str] = frozenset()
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A phone with its rules."""

    id: str
    number: str | None
    safe: str | None
    hours: str | None
    code_word: str | None
    who_may_answer: str | None
    say_we_are: str | None
    masked: frozenset[str] = frozenset()
    since: str | None = None
    until: str | None = None
    controlled: bool = False
    """Somebody else holds it: nothing goes there."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as the acting person may see them."""

    id: str
    name: str | None
    sex: str | None
    birth: str | None
    language: str | None
    citizenships: tuple[str, ...]
    names: tuple[NameRow, ...]
    phones: tuple[PhoneRow, ...]
    masked: frozenset[str] = frozenset()
    iin: str | None = None
    iin_state: str | None = None
    iin_warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note."""

    id: str
    text: str | None
    written_at: datetime | None
    author: str | None
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SealedNoteRow:
    """A sealed note: that it is there. `mine`: the acting person is one of its readers, and only they see `readers`.
    `text` is filled only for one of them who asked for it. `earlier_key`: it is closed to keys they had before a
    recovery; each of `readers` can share it with them again.
    """

    id: str
    kind: str | None
    author: str | None
    written_at: datetime | None
    mine: bool
    readers: tuple[str, ...]
    text: str | None = field(default=None, repr=False)
    earlier_key: bool = False


@dataclass(frozen=True, slots=True)
class KeptAwayRow:
    """A colleague who is kept away from a case; shown to whoever decides about it."""

    staff: str
    name: str
    since: date | None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task; `overdue` is as of today, `referral` the state of the one it reminds of."""

    id: str
    case: str
    case_number: str
    title: str | None
    due: date | None
    assignee: str | None
    done_on: date | None
    rule_id: str | None
    overdue: bool
    masked: frozenset[str] = frozenset()
    referral: str = ""

    @property
    def said(self) -> Words:
        """What is to be done; tasks of the program say it in the language of whoever reads."""
        if self.rule_id == REPLY:
            return reminder(self.referral, done=self.done_on is not None).with_arguments(number=self.title or "")
        if self.rule_id == "breach_notice":
            return _("Tell the authority about incident {number}", number=self.title or "")
        if (self.rule_id or "").startswith("request_"):
            return _("Answer request {number} about personal data", number=self.title or "")
        if self.rule_id == "crime_signal":
            return _("Pass on signal {number}", number=self.title or "")
        if (self.rule_id or "").startswith("signal_result"):
            return _("Ask what came of signal {number}", number=self.title or "")
        if self.rule_id == "signal_review":
            return _("Review the identity passed on with signal {number}", number=self.title or "")
        if self.rule_id == "line_alert":
            return _("A caller said the word of warning: look at “Shift” now")
        if self.rule_id == "call_back":
            return _("Call back, as promised in call {number}", number=self.title or "")
        if said := CONSENT_TASKS.get(self.rule_id or ""):
            return said.with_arguments(number=self.title or "")
        return verbatim(self.title or "")


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """A referral; `state` is a code of the list `referral_state`, `due` the day on which somebody must look again."""

    id: str
    number: str
    partner_id: str
    partner: str
    need: str | None
    reason: str | None
    urgency: str | None
    language: str | None
    drafted_on: date | None
    reply_by: date | None
    sent_on: date | None
    answered_on: date | None
    outcome: str | None
    reply: str | None
    state: str
    masked: frozenset[str] = frozenset()
    due: date | None = None
    overdue: bool = False
    ended: bool = False
    chased: int = 0


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One filling-in of a form."""

    id: str
    form_id: str
    form_version: str
    language: str | None
    author: str | None
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A photo, scan, PDF or recording of a case; `can_open` is as of now: whether names are shown.

    Of a paper that came back, `printing` says which was printed, and `version` which text was signed.
    """

    id: str
    title: str | None
    media_type: str
    pages: int
    size: int
    added_on: date | None
    author: str | None
    can_open: bool
    masked: frozenset[str] = frozenset()
    printing: str = ""
    paper: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One act in words: who did what, when; `ahead`: that moment is still to come, so the true day is not known."""

    id: str
    kind: str
    sentence: Words
    author: str
    at: datetime
    operations: int
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the case page shows."""

    id: str
    number: str
    kind: str | None
    stage: str | None
    region: str | None
    border_point: str | None
    source: str | None
    urgency: str | None
    worker: str | None
    opened_on: date | None
    closed_on: date | None
    closure_reason: str | None
    closing_summary: str | None
    call: str | None
    person: PersonRow
    notes: tuple[NoteRow, ...]
    tasks: tuple[TaskRow, ...]
    consents: tuple[ConsentRow, ...]
    referrals: tuple[ReferralRow, ...]
    sheets: tuple[SheetRow, ...]
    disputed: tuple[str, ...]
    masked: frozenset[str] = frozenset()
    sealed_notes: tuple[SealedNoteRow, ...] = ()
    kept_away: tuple[KeptAwayRow, ...] = ()


@dataclass(frozen=True, slots=True)
class CallRow:
    """One helpline call."""

    id: str
    number: str
    channel: str | None
    language: str | None
    caller: str | None
    topics: tuple[str, ...]
    outcome: str | None
    region: str | None
    danger: str | None
    note: str | None
    phone: str | None
    anonymous: bool
    operator: str | None
    started_at: datetime | None
    case: str | None
    case_number: str | None
    masked: frozenset[str] = frozenset()
    phone_left: bool = False
    """Whether the caller left a number; it is shown only after its rules."""


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """A partner organisation."""

    id: str
    name: str
    kind: str | None
    region: str | None
    address: str | None
    phone: str | None
    contact: str | None
    languages: tuple[str, ...]
    services: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    hours: str | None = None
    eligibility: str | None = None
    agreement_from: date | None = None
    agreement_to: date | None = None
    referral_contact: str | None = None
    verified_on: date | None = None
    key: str = ""
    """How their key for packages stands: none, `entered`, or `confirmed`."""
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A colleague with their roles; `frozen`: access closed; `no_log_key`: they wait for the key of the read log."""

    id: str
    name: str
    roles: tuple[str, ...]
    added_on: date | None
    removed_on: date | None
    frozen: bool = False
    no_log_key: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """One case found by a search: how well it fits (0..1) and why, as code ids."""

    case: str
    number: str
    person: str
    name: str | None
    score: float
    why: tuple[str, ...]
    row: CaseRow
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a casebook holds."""

    people: int
    cases: int
    calls: int
    notes: int
    referrals: int
    acts: int
    operations: int
