"""Incidents: what one concerns, whom it may endanger, and the rows that say so without naming anybody."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kzcase.domain.ids import Id
from kzcase.i18n import Words, _

LOST_LAPTOP, STOLEN_PASSPHRASE = "lost_laptop", "stolen_passphrase"
WHOLE_CASEBOOK: Final = frozenset({LOST_LAPTOP, STOLEN_PASSPHRASE})
"""Kinds in which everything on a laptop is concerned: one casebook opens as a whole or not at all."""
TOLD: Final = {"people": "people_told_on", "authority": "authority_told_on", "donor": "donor_told_on"}
"""Who is told of an incident → the name under which a row says when."""
NOT_FROZEN: Final = _(
    "This access was not frozen: it is your own, or that of the last administrator. Let its owner change their "
    "passphrase now."
)
OPENED_AGAIN: Final = _(
    "The access of this colleague was frozen because of this, and a supervisor and an administrator opened it again."
)
LAPTOP_FROZEN: Final = _(
    "What is written on the lost laptop from now on does not count here. The laptop itself does not know: whoever has "
    "it and a passphrase can still read what is on it. Other laptops hear of it when they exchange."
)
LAPTOP_LATER: Final = _(
    "The laptop is not frozen yet: that happens when an administrator next opens this casebook, and never for the "
    "laptop you are sitting at. Whoever has it and a passphrase can still read what is on it."
)
OPEN, CLOSED = "open", "closed"
NOTICE_RULE: Final = "breach_notice"
NOTICE_DAYS: Final = 3
"""Where no rule is in force: 72 hours."""


@dataclass(frozen=True, slots=True)
class Concerned:
    """What an incident concerns: a colleague, a laptop, a recipient, one case; within a time, both days included."""

    kind: str
    first: date
    last: date
    staff: Id | None = None
    device: Id | None = None
    partner: Id | None = None
    case: Id | None = None


@dataclass(frozen=True, slots=True)
class AffectedRow:
    """A case whose person an incident may endanger, and why it stands where it does: codes of `affected_reason`.

    `hidden`: how many more reasons there are that the asker's roles do not show now; nothing else of it is masked.
    """

    case: str
    number: str
    worker: str | None
    reasons: tuple[str, ...]
    hidden: int = 0
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Affected:
    """The cases an incident may endanger, the most endangered first.

    `looks_known`: whether the read log could be asked; without it, cases only looked at are missing.
    """

    rows: tuple[AffectedRow, ...]
    looks_known: bool


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A laptop of the organisation, by the code in the numbers it gives out."""

    code: str
    certified_on: date | None


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An incident; what people wrote about it is None for whoever sees facts of the office only."""

    id: str
    number: str
    kind: str | None
    what: str | None
    classes: tuple[str, ...]
    noticed_on: date | None
    happened_from: date | None
    happened_to: date | None
    colleague: str | None
    device: str | None
    partner: str | None
    affected: int | None
    stopped: int
    opened_by: str | None
    opened_on: date | None
    responsible: str | None
    due_on: date | None
    doubtful: bool
    overdue: bool
    people_told_on: date | None
    authority_told_on: date | None
    donor_told_on: date | None
    state: str
    closed_on: date | None
    done: str | None
    colleague_id: str | None = None
    frozen: bool = False
    """The colleague's access is closed now."""
    opened_again: bool = False
    """It was closed because of this incident, and has been opened since."""
    laptop_frozen: bool = False
    """Nothing written on the laptop since counts; where it did not hear of it, it goes on all the same."""
    act: str = ""
    """The act that reported it, to take it back by; empty once that is not possible any more."""
    masked: frozenset[str] = frozenset()


def remains(row: IncidentRow) -> Words:
    """What becomes of what it stopped, once it is closed or taken back."""
    if row.frozen:
        return _("The access stays frozen until a supervisor and an administrator open it again.")
    if row.laptop_frozen:
        return _("What is written on that laptop goes on not counting: found again, it begins anew from a backup.")
    return _("What it stopped may go on.")
