"""A demonstration casebook for window tests: a real encrypted file with generated people, opened by passphrase."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from pytestqt.qtbot import QtBot

from kzcase.actions.desk import FoundCasebook, found_casebook, open_desk
from kzcase.actions.perform import perform, read_act
from kzcase.db.casebook import Casebook
from kzcase.demo.casebook import generate_casebook
from kzcase.settings import RECENT, Settings
from kzcase.ui.lanes import InlineLane
from kzcase.ui.main_window import MainWindow
from kzcase.ui.office import office_of
from kzcase.ui.unlock.door import Door
from kzcase.ui.unlock.entered import Entered
from kzcase.ui.warming import InlineWarming
from kzcase.ui.work import InlineWork, Work
from tests.keys.cheap import TINY
from tests.laptops import another_laptop

PASSPHRASE = "керуен домбыра жусан бәйтерек"
ADMINISTRATOR = "Айнұр Сериккызы"
CASES = 30


@cache
@another_laptop()
def template(cases: int = CASES) -> Path:
    """Made once a session; every test works on a copy."""
    path = Path(mkdtemp(prefix="kzcase-desk-")) / "office.kzcase"
    wish = FoundCasebook("Generated help centre", ADMINISTRATOR, demonstration=True)
    book, _created = found_casebook(path, wish, PASSPHRASE, parameters=TINY, floor=TINY)
    with book:
        if cases:
            fill(book, cases)
    return path


def fill(book: Casebook, cases: int) -> None:
    """Perform generated acts as a file of acts would."""
    made: dict[str, dict[str, str]] = {}

    def filled(name: str, value: Any) -> Any:
        return made[value["$ref"]][name] if isinstance(value, dict) and "$ref" in value else value

    with book.batch():
        for act in generate_casebook(7, cases, date.today(), calls=cases):
            done = perform(book, read_act({k: filled(k, v) for k, v in act.items() if k != "ref"}, "act"))
            if name := act.get("ref"):
                made[name] = {kind: value.hex() for kind, value in done.ids.items()}


def casebook(folder: Path, cases: int = CASES) -> Path:
    """A casebook of the test's own."""
    path = folder / "office.kzcase"
    shutil.copytree(template(cases), path, ignore=shutil.ignore_patterns("ballast"))
    return path


def entered(folder: Path, cases: int = CASES) -> Entered:
    """An open casebook, as the door hands it over."""
    desk = open_desk(casebook(folder, cases), PASSPHRASE, floor=TINY)
    return Entered(desk, office_of(desk.book))


@dataclass
class Clock:
    """A wall clock that moves when it is told to."""

    now: float = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


def settings_in(folder: Path, *recent: Path) -> Settings:
    """Settings that offer these casebooks."""
    made = Settings(folder / "settings.json")
    made.set(RECENT, tuple(str(path) for path in recent))
    return made


def window_on(path: Path, *, threads: bool = False, clock: Clock | None = None) -> MainWindow:
    """The window with its start screen, before anything is opened; `threads=False` does every errand at once."""
    settings = settings_in(path.parent, path)
    lane, warming = (None, None) if threads else (InlineLane("kzcase-door"), InlineWarming())
    door = Door(settings, clock=clock or Clock(), floor=TINY, lane=lane, warming=warming)
    return MainWindow(settings, door, work=Work if threads else InlineWork)


def open_window(folder: Path, *, threads: bool = False, cases: int = CASES) -> MainWindow:
    """The window with the demonstration casebook open."""
    window = window_on(casebook(folder, cases), threads=threads)
    window.door.enter(window.start.open.path() or folder, PASSPHRASE)
    return window


@contextmanager
def shown_window(folder: Path, qtbot: QtBot, cases: int = CASES) -> Iterator[MainWindow]:
    """The same, shown; locked in the end."""
    made = open_window(folder, cases=cases)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.lock()
    made.door.stop()
