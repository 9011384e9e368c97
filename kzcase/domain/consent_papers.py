"""What is printed when a consent ends: a notice to one past recipient, which names nobody and gives no reason."""

from dataclasses import dataclass
from datetime import date

from kzcase.domain.papers import SheetHeader
from kzcase.i18n import Words


@dataclass(frozen=True, slots=True)
class EndNotice:
    """A notice to whoever received letters or was told something. `classes`: what it ended for; empty means all of it.

    The recipient finds what they hold by the numbers; the person's name stands nowhere.
    """

    header: SheetHeader
    recipient: str = ""
    address: str = ""
    letters: tuple[str, ...] = ()
    last_on: date | None = None
    ended_on: date | None = None
    classes: tuple[Words, ...] = ()
    confirm_by: date | None = None
    blank: bool = False  # to be written by hand
