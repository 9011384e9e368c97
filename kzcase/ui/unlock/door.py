"""The door: opens, founds and closes casebooks on a thread of its own, because deriving a key takes a second."""

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from kzcase.domain.errors import KzcaseError, LockedMeanwhile, OnlyDemonstration, WrongPassphrase
from kzcase.settings import WRONG_PASSPHRASES, Settings, Tries

if TYPE_CHECKING:
    from kzcase.actions.desk import Desk
    from kzcase.actions.recovery import Candidate, Recover
    from kzcase.actions.shares import Pair
    from kzcase.keys.derivation import Parameters
    from kzcase.ui.lanes import Lane
    from kzcase.ui.unlock.entered import Born, Entered, Founded, NewCasebook
    from kzcase.ui.warming import Warming


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
        lane: "Lane | None" = None,
        warming: "Warming | None" = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._clock = clock
        self._floor = floor
        if lane is not None:
            self.lane = lane
        if warming is not None:
            self.warming = warming
        self._closing = False
        self._given_up: Event | None = None
        self._waiting: Callable[[], object] | None = None

    # Made when somebody needs them: the start screen stands before.

    @cached_property
    def lane(self) -> "Lane":
        """Where files of a casebook are touched while it is closed."""
        from kzcase.ui.lanes import Lane

        return Lane("kzcase-door", parent=self)

    @cached_property
    def warming(self) -> "Warming":
        """What loads the screens behind the door."""
        from kzcase.ui.warming import Warming

        return Warming(self)

    @property
    def letting_in(self) -> bool:
        """Is somebody on the way in, or out?"""
        return self._given_up is not None or self._closing

    def seconds_to_wait(self, path: Path) -> float:
        """How long until the next passphrase may be tried at this casebook."""
        if not self._settings.get(WRONG_PASSPHRASES):  # nobody ever mistyped here: no need to look whose casebook it is
            return 0.0
        from kzcase.keys import delay

        tries, now = self.tries(path), self._clock()
        return delay.Tries(tries.wrong, tries.last).settled(now).seconds_to_wait(now)

    def tries(self, path: Path) -> Tries:
        """Wrong passphrases in a row at this casebook, whatever its folder is called."""
        return self._settings.tries(_counted(path))

    def enter(self, path: Path, passphrase: str, *, demonstration_only: bool = False) -> None:
        """Open a casebook; then `entered`, or `refused` with the error."""
        floor = self._floor

        given_up = self._given_up = Event()

        def job() -> "Desk":
            return _opened(path, passphrase, floor, demonstration_only, lambda: not given_up.is_set())

        def let_in(desk: "Desk") -> None:
            if given_up.is_set():  # too late for the key, not for the person
                self.lane.run(desk.close, lambda _nothing: self._turn_away(path, LockedMeanwhile()))
            else:
                self._let_in(path, _at(desk))

        def go() -> None:
            self.warming.begin()
            self.lane.run(
                job,
                lambda desk: self.warming.then(lambda: let_in(desk)),
                lambda error: self._turn_away(path, error),
            )

        self.busy.emit(True)
        if self._closing:  # the person before is still leaving
            self._waiting = go
        else:
            go()

    def turn_back(self) -> None:
        """Whoever is on the way in stays out: what is being opened is not, and its keys go; then `refused`."""
        if self._given_up is None:
            return
        self._given_up.set()
        if self._waiting is not None:
            self._waiting = None
            self._not_founded(LockedMeanwhile())

    def _let_in(self, path: Path, entered: "Entered") -> None:
        self._given_up = None
        self._settings.let_in(_counted(path))
        self._settings.opened(path)
        self.busy.emit(False)
        self.entered.emit(entered)

    def _turn_away(self, path: Path, error: KzcaseError) -> None:
        self._given_up = None
        if isinstance(error, WrongPassphrase):
            self._settings.tried(_counted(path), self._clock())
        self.busy.emit(False)
        self.refused.emit(error)

    def found(self, wish: "NewCasebook", passphrase: str) -> None:
        """Make a new casebook; then `founded`, or `refused`."""
        floor = self._floor
        self.busy.emit(True)
        self.warming.begin()
        self.lane.run(
            lambda: _founded(wish, passphrase, floor),
            lambda born: self.warming.then(lambda: self._begin(born)),
            self._not_founded,
        )

    def _begin(self, born: "Born") -> None:
        from kzcase.ui.unlock.entered import Founded

        self.busy.emit(False)
        self.founded.emit(Founded(_at(born.desk), born.shares, born.birth))

    def name_it(self, founded: "Founded", then: "Callable[[Entered], object]") -> None:
        """The shares are out, or given up on purpose: from now on the casebook has its name, and `then` gets it."""

        def done(entered: "Entered") -> None:
            self._settings.opened(entered.desk.path)
            self.busy.emit(False)
            then(entered)

        self.busy.emit(True)
        self.lane.run(lambda: _named(founded), done, self._not_founded)

    def _not_founded(self, error: KzcaseError) -> None:
        self._given_up = None
        self.busy.emit(False)
        self.refused.emit(error)

    def expect_close(self) -> None:
        """Somebody leaves, and what they wrote last is still being saved: whoever comes in meanwhile waits."""
        self._closing = True

    def close(self, desk: "Desk", then: Callable[[], object] | None = None) -> None:
        """Close a casebook; whatever is asked of the door afterwards waits until it is closed."""
        self.lane.run(desk.close, lambda _nothing: then() if then is not None else None)
        self._closing, waiting, self._waiting = False, self._waiting, None
        if waiting is not None:
            waiting()

    def look(self, path: Path, pair: "Pair", then: "Callable[[tuple[Candidate, ...]], object]") -> None:
        """By two shares: whose passphrase may have been forgotten; `refused` when they do not open the casebook."""
        floor = self._floor

        def job() -> "tuple[Candidate, ...]":
            from kzcase.actions.recovery import candidates
            from kzcase.keys.derivation import FLOOR

            return candidates(path, pair, floor=floor or FLOOR)

        self._long(job, then)

    def recover(self, path: Path, pair: "Pair", wish: "Recover", passphrase: str) -> None:
        """Give somebody new keys, then open the casebook with their new passphrase."""
        floor = self._floor

        def job() -> None:
            from kzcase.actions.recovery import recover
            from kzcase.keys.derivation import FLOOR

            recover(path, pair, wish, passphrase, floor=floor or FLOOR)

        def recovered(_nothing: object) -> None:
            if given_up.is_set():
                self._not_founded(LockedMeanwhile())
            else:
                self.enter(path, passphrase)

        given_up = self._given_up = Event()
        self._long(job, recovered)

    def _long(self, job: Callable[[], Any], then: Callable[[Any], object]) -> None:
        self.busy.emit(True)

        def ended(result: Any) -> None:
            self.busy.emit(False)
            then(result)

        self.lane.run(job, ended, self._not_founded)

    def run(self, job: Callable[[], object], then: Callable[[object], object]) -> None:
        """Something short that needs no open casebook: the paper of a recovery share."""
        self.lane.run(job, then, self.refused.emit)

    def stop(self) -> None:
        """The end of the program: what was begun is finished first."""
        self.warming.stop()
        self.lane.stop(finish=True)


def _counted(path: Path) -> Path:
    """Under what wrong passphrases are counted: the casebook's own id, which stays when the folder is renamed."""
    from kzcase.keys.copies import casebook_id

    found = casebook_id(path)
    return Path(f"casebook {found.hex()}") if found else path


def _at(desk: "Desk") -> "Entered":
    """On the window's thread, when its modules are loaded."""
    from kzcase.ui.office import office_of
    from kzcase.ui.unlock.entered import Entered

    return Entered(desk, office_of(desk.book))


def _opened(
    path: Path, passphrase: str, floor: "Parameters | None", demonstration_only: bool, wanted: Callable[[], bool]
) -> "Desk":
    from kzcase.ui.warming import load_one_beside

    load_one_beside("kzcase.actions.desk")
    from kzcase.actions.desk import open_desk
    from kzcase.keys.derivation import FLOOR

    desk = open_desk(path, passphrase, floor=floor or FLOOR, wanted=wanted)
    if demonstration_only and not desk.book.facts.demonstration:
        desk.close()
        raise OnlyDemonstration
    return desk


def _founded(wish: "NewCasebook", passphrase: str, floor: "Parameters | None") -> "Born":
    from kzcase.ui.warming import load_one_beside

    load_one_beside("kzcase.actions.desk")
    from contextlib import ExitStack

    from kzcase.actions.births import Birth
    from kzcase.actions.desk import Desk, FoundCasebook, found_casebook
    from kzcase.keys.derivation import FLOOR
    from kzcase.keys.keyfile import Opened
    from kzcase.ui.unlock.entered import Born

    names = wish.organisation.strip(), wish.administrator.strip()
    made = FoundCasebook(*names, one_person=wish.one_person)
    birth = Birth.begin(wish.path)
    with ExitStack() as undo:
        undo.callback(birth.undo)
        book, created = found_casebook(birth.place, made, passphrase, parameters=floor, floor=floor or FLOOR)
        undo.pop_all()
    root_public = created.root.public_sign
    created.root.wipe()
    keys = Opened(created.identity, created.store_key, None, created.keyfile, root_public, outdated=False)
    return Born(Desk(birth.place, book, keys), created.shares, birth)


def _named(founded: "Founded") -> "Entered":
    from kzcase.actions.desk import named
    from kzcase.ui.unlock.entered import Entered

    return Entered(named(founded.entered.desk, founded.birth), founded.entered.office)
