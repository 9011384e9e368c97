"""What the door hands over: an open casebook, a new one with its recovery shares, and what is asked for a new one."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kzcase.actions.births import Birth
    from kzcase.actions.desk import Desk
    from kzcase.keys.recovery import Shares
    from kzcase.ui.office import Office


@dataclass(frozen=True, slots=True, eq=False)
class Entered:
    """An open casebook: the desk to work at and what every page knows about the office."""

    desk: "Desk"
    office: "Office"


@dataclass(frozen=True, slots=True, eq=False)
class Founded:
    """A new casebook, open beside its place, with its recovery shares, which exist this once."""

    entered: Entered
    shares: "Shares"
    birth: "Birth"

    def wipe_shares(self) -> None:
        """The shares are on paper now; forget them."""
        for share in self.shares:
            share.secret.wipe()


@dataclass(frozen=True, slots=True, eq=False)
class Born:
    """A new casebook as it comes from the thread that made it."""

    desk: "Desk"
    shares: "Shares"
    birth: "Birth"


@dataclass(frozen=True, slots=True)
class NewCasebook:
    """What is asked for a new casebook."""

    path: Path
    organisation: str
    administrator: str
    one_person: bool = False
