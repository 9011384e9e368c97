"""What is printed of working together: the minutes of a conference, and the receipt for a case that was taken over."""

from dataclasses import dataclass
from datetime import date, datetime

from kzcase.domain.papers import SheetHeader, Text

MINUTES_CODE, RECEIPT_CODE = "P45", "P46"


@dataclass(frozen=True, slots=True)
class MinutesSheet:
    """The minutes of one conference. It names the case by its number, and nobody it is about."""

    header: SheetHeader
    kind: Text = ""
    held_on: date | None = None
    place: str = ""
    members: tuple[tuple[str, str], ...] = ()
    minutes: str = ""
    decisions: tuple[tuple[str, str, str], ...] = ()
    """What was decided, who does it, until when."""
    next_on: date | None = None
    written_by: str = ""


@dataclass(frozen=True, slots=True)
class TransferReceipt:
    """What was handed over with a case: read-only for the giver, who may not open the case any more."""

    header: SheetHeader
    giver: str = ""
    receiver: str = ""
    offered_at: datetime | None = None
    taken_at: datetime | None = None
    at_once: bool = False
    note: str = ""
    tasks: tuple[tuple[str, str], ...] = ()
    """Open tasks of the receiver on the case: what, until when."""
    originals: int = 0
    open_referrals: int = 0
    sealed_notes: int = 0
