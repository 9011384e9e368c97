"""What is said of an incident: what was closed because of it, by when whom to tell, how many cases, how it ends."""

from typing import Final

from kzcase.domain.incidents import (
    CLOSED,
    LAPTOP_FROZEN,
    LAPTOP_LATER,
    LOST_LAPTOP,
    NOT_FROZEN,
    OPENED_AGAIN,
    STOLEN_PASSPHRASE,
    Affected,
    IncidentRow,
)
from kzcase.i18n import Words, _, ngettext

NOBODY: Final = _("No case is known to be concerned.")
FROZEN: Final = _(
    "The access of this colleague is frozen: their passphrase opens nothing on this laptop. Other laptops close once "
    "they hear of it; copies and backups made before stay open to it. A supervisor and an administrator open it again."
)
STOPPED: Final = _("Nothing goes to this partner until the incident is closed.")


def frozen_words(row: IncidentRow) -> Words | None:
    """What was closed at once, and what could not be."""
    if row.frozen:
        return FROZEN
    if row.opened_again:
        return OPENED_AGAIN
    if row.kind == STOLEN_PASSPHRASE and row.colleague is not None:
        return NOT_FROZEN
    if row.kind == LOST_LAPTOP and row.device is not None:
        return LAPTOP_FROZEN if row.laptop_frozen else LAPTOP_LATER
    return STOPPED if row.partner is not None else None


def due_words(row: IncidentRow) -> Words:
    """By when the authority is told, and how sure that term is."""
    day = f"{row.due_on:%d.%m.%Y}" if row.due_on else ""
    if row.authority_told_on is not None or row.state == CLOSED:
        return _("Each notice says no more than its reader must know.")
    if row.doubtful:
        return _("The authority is told by {day}. The term is marked as doubtful: ask a lawyer today.", day=day)
    return _("The authority is told by {day}.", day=day)


def counted(found: Affected, row: IncidentRow | None) -> Words:
    """How many cases stand in the list, and what it may lack."""
    if not found.rows:
        said = NOBODY
    else:
        said = ngettext("{count} case is concerned.", "{count} cases are concerned.", len(found.rows))
    if not found.looks_known:
        missing = _("You cannot open the read log: cases only looked at are missing.")
        said = _("{first} {second}", first=said, second=missing) if found.rows else missing
    if row is not None and row.stopped:
        stopped = ngettext(
            "{count} referral to this partner is stopped until the incident is closed.",
            "{count} referrals to this partner are stopped until the incident is closed.",
            row.stopped,
        )
        said = _("{first} {second}", first=said, second=stopped)
    return said
