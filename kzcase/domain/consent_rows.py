"""Frozen rows of consents: what was agreed, what was taken back, who has to be told, and what went out in emergencies.

A field the acting person may not see is None and named in `masked`; ids are hexadecimal text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kzcase.i18n import Words, _

CONSENT_TASKS: Final[Mapping[str, Words]] = {
    "consent_notice": _("Tell the recipient that a consent ended, until they confirm: notice {number}"),
    "recall_paper": _("Find the printed letter of referral {number} and destroy it: the consent ended"),
    "emergency_review": _("Review as the second person what was passed on in an emergency: {number}"),
}
"""Tasks that consents leave behind, by their rule."""


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """A consent; `in_force` is as of today, `why` says why it is not, or why only a part of it still holds.

    `remaining` are the classes that still may leave under it, `lacks` what the rule for the person's age wants,
    `disputed` the fields about which laptops disagree. Without a partner it is about our own office.
    """

    id: str
    partner_id: str
    partner: str
    purpose: str | None
    classes: tuple[str, ...]
    language: str | None
    interpreter: bool
    state: str | None
    given_on: date | None
    valid_until: date | None
    withdrawn_on: date | None
    in_force: bool
    remaining: tuple[str, ...] = ()
    why: str | None = None
    replaced: bool = False
    lacks: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    given_by: str | None = None
    assent: str | None = None
    guardian: str | None = None
    guardianship_told_on: date | None = None
    best_interests_on: date | None = None
    capacity: str | None = None
    age_rule: str | None = None
    explained_by: str | None = None
    interpreter_name: str | None = None
    interpreter_from: str | None = None
    read_way: str | None = None
    signed_how: str | None = None
    witness: str | None = None
    sheet_copy: str | None = None
    withheld: str | None = None
    sheet: str = ""
    version: str | None = None
    attachment: str = ""
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One past recipient of what was taken back; `state`: due, sent, acknowledged, not_wanted; `overdue` as of today.

    Without a partner and a name it is whoever was given a file that somebody saved.
    """

    id: str
    number: str
    partner_id: str
    recipient: str | None
    letters: tuple[str, ...]
    last_on: date | None
    state: str
    due_on: date | None
    sent_on: date | None
    acknowledged_on: date | None
    overdue: bool
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WithdrawalRow:
    """Something taken back; what is empty means all. `ours`: we revoked it, with `ground`."""

    id: str
    number: str
    partner_id: str
    partner: str
    purposes: tuple[str, ...]
    classes: tuple[str, ...]
    said_by: str | None
    wishes: tuple[str, ...]
    ours: bool
    ground: str | None
    withdrawn_on: date | None
    colleague: str | None
    sheet: str
    notices: tuple[NoticeRow, ...]
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EmergencyRow:
    """What was passed on without consent; `review` is empty until a second person has looked, `overdue` as of today.

    `disputed`: laptops hold different reviews; the stricter one counts until somebody settles it.
    """

    id: str
    number: str
    partner_id: str
    recipient: str | None
    classes: tuple[str, ...]
    basis: str | None
    ground: str | None
    passed: str | None
    how: str | None
    released_on: date | None
    colleague: str | None
    due_on: date | None
    review: str | None
    reviewed_on: date | None
    reviewer: str | None
    review_text: str | None
    overdue: bool
    disputed: bool = False
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PastRecipientRow:
    """Somebody outside who holds something of the case: from letters, emergencies and files."""

    partner_id: str
    recipient: str | None
    letters: tuple[str, ...]
    last_on: date | None
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FormToRecord:
    """A filled form of consent or withdrawal that nobody has made the record of. `needs_partner`: say who is meant."""

    sheet: str
    form: str
    withdraws: bool
    recipient: str
    partner_id: str
    needs_partner: bool
    purposes: tuple[str, ...]
    classes: tuple[str, ...]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConsentsPage:
    """Everything about the consents of one case."""

    case: str
    number: str
    consents: tuple[ConsentRow, ...]
    withdrawals: tuple[WithdrawalRow, ...]
    emergencies: tuple[EmergencyRow, ...]
    recipients: tuple[PastRecipientRow, ...]
    to_record: tuple[FormToRecord, ...]


@dataclass(frozen=True, slots=True)
class WhoseYes:
    """Whose yes the rule for a child's age asks for, in words by language; empty for an adult, and where no age is
    known. `known`: what forms of the case say already, as fields of the wish."""

    rule: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    doubtful: bool = False
    assent: bool = False
    guardian: bool = False
    known: Mapping[str, str] = field(default_factory=dict)

    @property
    def of_child(self) -> bool:
        """Whether others have to agree, too."""
        return bool(self.rule)
