"""The door: opens, founds and closes casebooks on a thread of its own, because deriving a key takes a second."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from kzcase.domain.errors import KzcaseError, OnlyDemonstration, WrongPassphrase
from kzcase.keys import delay
from kzcase.settings import Settings
from kzcase.ui.lanes import Lane

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk
    from kzcase.keys.derivation import Parameters
    from kzcase.keys.recovery import Shares
    from kzcase.ui.office import Office


@dataclass(frozen=True, slots=True, eq=False)
class Entered:
    """An open casebook: the desk to work at and what every page knows about the office."""

    desk: "Desk"
    office: "Office"


@dataclass(frozen=True, slots=True, eq=False)
class Founded:
    """A new casebook, open, with its recovery shares, which exist this once."""

    entered: Entered
    shares: "Shares"

    def wipe_shares(self) -> None:
        """The shares are on paper now; forget them."""
        for share in self.shares:
            share.secret.wipe()


@dataclass(frozen=True, slots=True)
class NewCasebook:
    """What is asked for a new casebook."""

    path: Path
    organisation: str
    administrator: str


class Door(QObject):
    """Opens one casebook at a time. Counts wrong passphrases in the settings and says how long to wait."""

    entered = Signal(object)
    founded = Signal(object)
    refused = Signal(object)
    busy = Signal(bool)

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], float] = time.time,
        floor: "Parameters | None" = None,
        lane: Lane | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self._floor = floor
        self._lane = lane or Lane("kzcase-door", parent=self)

    def seconds_to_wait(self, path: Path) -> float:
        """How long until the next passphrase may be tried at this casebook."""
        tries, now = self._settings.tries(path), self._clock()
        return delay.Tries(tries.wrong, tries.last).settled(now).seconds_to_wait(now)

    def enter(self, path: Path, passphrase: str, *, demonstration_only: bool = False) -> None:
        """Open a casebook; then `entered`, or `refused` with the error."""
        floor = self._floor

        def job() -> Entered:
            return _opened(path, passphrase, floor, demonstration_only)

        self.busy.emit(True)
        self._lane.run(job, lambda entered: self._let_in(path, entered), lambda error: self._turn_away(path, error))

    def _let_in(self, path: Path, entered: Entered) -> None:
        self._settings.let_in(path)
        self._settings.opened(path)
        self.busy.emit(False)
        self.entered.emit(entered)

    def _turn_away(self, path: Path, error: KzcaseError) -> None:
        if isinstance(error, WrongPassphrase):
            self._settings.tried(path, self._clock())
        self.busy.emit(False)
        self.refused.emit(error)

    def found(self, wish: NewCasebook, passphrase: str) -> None:
        """Make a new casebook; then `founded`, or `refused`."""
        floor = self._floor
        self.busy.emit(True)
        self._lane.run(lambda: _founded(wish, passphrase, floor), self._begin, self._not_founded)

    def _begin(self, founded: Founded) -> None:
        self._settings.opened(founded.entered.desk.path)
        self.busy.emit(False)
        self.founded.emit(founded)

    def _not_founded(self, error: KzcaseError) -> None:
        self.busy.emit(False)
        self.refused.emit(error)

    def close(self, desk: "Desk", then: Callable[[], object] | None = None) -> None:
        """Close a casebook; whatever is asked of the door afterwards waits until it is closed."""
        self._lane.run(desk.close, lambda _nothing: then() if then is not None else None)

    def run(self, job: Callable[[], object], then: Callable[[object], object]) -> None:
        """Something short that needs no open casebook: the paper of a recovery share."""
        self._lane.run(job, then, self.refused.emit)

    def stop(self) -> None:
        """The end of the program: what was begun is finished first."""
        self._lane.stop(finish=True)


def _opened(path: Path, passphrase: str, floor: "Parameters | None", demonstration_only: bool) -> Entered:
    from kzcase.actions.desk import open_desk
    from kzcase.keys.derivation import FLOOR
    from kzcase.ui.office import office_of

    desk = open_desk(path, passphrase, floor=floor or FLOOR)
    if demonstration_only and not desk.book.facts.demonstration:
        desk.close()
        raise OnlyDemonstration
    return Entered(desk, office_of(desk.book))


def _founded(wish: NewCasebook, passphrase: str, floor: "Parameters | None") -> Founded:
    from kzcase.actions.desk import Desk, FoundCasebook, found_casebook
    from kzcase.keys.derivation import FLOOR
    from kzcase.keys.keyfile import Opened
    from kzcase.ui.office import office_of

    made = FoundCasebook(wish.organisation.strip(), wish.administrator.strip())
    book, created = found_casebook(wish.path, made, passphrase, parameters=floor, floor=floor or FLOOR)
    root_public = created.root.public_sign
    created.root.wipe()
    keys = Opened(created.identity, created.store_key, None, created.keyfile, root_public, outdated=False)
    return Founded(Entered(Desk(wish.path, book, keys), office_of(book)), created.shares)
