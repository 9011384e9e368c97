"""Where the window stands still longest on a large office: the worst stretches of a day, by the processor, and where.

Run: python -m bench.slices [CASES=100000] [WORST=10]. The real window, without a screen, on a copy of the casebook of
bench.office, opened as its supervisor and then as a colleague by the raw key: the derivation is measured elsewhere.
What counts is how long the window's own thread was on a processor between two turns of its event loop; the clock would
count what others do. Every few milliseconds of the processor it is written down where the window's thread is: that
is what stands beside each stretch.
"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import mkdtemp
from types import FrameType
from typing import Any, Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from bench.casebook import KEY, Founder
from bench.office import TODAY, Wall, built, colleague, copied
from bench.window import FRAME, SPOKEN, Person, Route, Stretch, Walk, Went
from kzcase import app
from kzcase.actions.desk import Desk
from kzcase.db.casebook import Casebook, Opening
from kzcase.keys.identity import Identity, OpeningKey
from kzcase.keys.keyfile import Opened
from kzcase.keys.secret import Secret, StoreKey
from kzcase.settings import LANGUAGE, RECENT, Settings
from kzcase.ui.main_window import MainWindow
from kzcase.ui.unlock import door
from tests.ui.typing import press, type_text

LOOK_EVERY: Final = 0.002
KEPT: Final = 4_000
PLACES: Final = ("tasks", "team", "referrals", "incoming", "calls", "shift", "partners", "summaries", "settings")
LOG_KEY: Final = OpeningKey(Secret(bytes([4]) * 32))
OPENED: Final = 0.3
"""From the open casebook to its first list, at most."""
DEEP: Final = 3
"""So many functions of ours are named, the innermost first."""


class Seen:
    """Where the window's thread was, look by look. It looks itself, whenever so much of the processor's time is used:
    another thread that looked at its frames would now and then be the last to hold one, and what Qt made would die
    with it there, where it must not; a day was seen that stood still after that."""

    def __init__(self) -> None:
        self._looks: deque[tuple[float, str]] = deque(maxlen=KEPT)
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, LOOK_EVERY, LOOK_EVERY)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        self._looks.append((time.perf_counter(), _named(frame)))

    def between(self, begun: float, ended: float) -> str:
        """Where it was most often."""
        there = Counter(where for at, where in tuple(self._looks) if begun <= at <= ended and where)
        return "; ".join(f"{many} x {where}" for where, many in there.most_common(3))


def _named(frame: FrameType | None) -> str:
    names: list[str] = []
    while frame is not None and len(names) < DEEP:
        path = frame.f_code.co_filename
        if "/kzcase/" in path and not path.endswith(("/slices.py", "/lanes.py")):
            names.append(f"{path.rpartition('/kzcase/')[2]}:{frame.f_lineno} {frame.f_code.co_name}")
        frame = frame.f_back
    return " < ".join(names)


class Colleague(Person):
    """Somebody of the large office at the window. `firsts`: from the open casebook to its first list, seconds of the
    processor and by the clock."""

    def __init__(self, window: MainWindow, passphrase: str) -> None:
        super().__init__(window, passphrase)
        self.firsts: list[tuple[str, float, float]] = []
        self.opened: tuple[float, float] | None = None
        window.door.entered.connect(self._note)

    def _note(self) -> None:
        self.opened = time.process_time(), time.perf_counter()

    def day(self) -> Iterator[Route]:
        """In, through the list, a search, cases, somebody new, every place, out and in again."""
        yield Route("the start screen", self.window.show, self.window.isVisible)
        yield from self._in("unlocked, to the list")
        yield from self._list()
        yield from self._search()
        yield from self._some_cases()
        yield from self._somebody_new()
        for key in self._places():
            yield Route(f"to the {key}", lambda key=key: self.place.go(key), lambda key=key: self.is_shown(key))  # type: ignore[misc]
            yield Route(f"to the {key} again", lambda: self.place.go("cases"), lambda: self.is_shown("cases"))
            yield Route(f"to the {key} again", lambda key=key: self.place.go(key), lambda key=key: self.is_shown(key))  # type: ignore[misc]
        yield Route("locked", self.window.lock, lambda: not self.window._leaving)
        yield from self._in("unlocked again")
        yield Route("locked again", self.window.lock, lambda: not self.window._leaving)

    def _places(self) -> list[str]:
        """Those of the rail that this person sees."""
        buttons = self.place.rail._buttons
        return [key for key in PLACES if not buttons[key].isHidden()]

    def _in(self, name: str) -> Iterator[Route]:
        def enter() -> None:
            type_text(self.window.start.open.passphrase, "any")
            press(self.window.start.open.passphrase, Qt.Key.Key_Return)

        def there() -> bool:
            if self.place is None or not self.row(0):
                return False
            if self.opened is not None:
                (processor, clock), self.opened = self.opened, None
                self.firsts.append((name, time.process_time() - processor, time.perf_counter() - clock))
            return True

        yield Route(name, enter, there)

    def _list(self) -> Iterator[Route]:
        """By keys and by the bar, to the end, in another order, of another choice."""
        page = self.page("cases")
        yield Route("names shown", page.names.click)
        for _ in range(4):
            yield Route("a page down", lambda: press(page.view, Qt.Key.Key_PageDown))
        bar = page.view.verticalScrollBar()
        for part in (0.2, 0.5, 0.9):
            yield Route("far down", lambda part=part: bar.setValue(int(bar.maximum() * part)))  # type: ignore[misc]
        yield Route("to the end", lambda: press(page.view, Qt.Key.Key_End))
        for column in (1, 0):
            yield Route("another order", lambda column=column: page.view.horizontalHeader().sectionClicked.emit(column))  # type: ignore[misc]
        yield Route("to the beginning", lambda: press(page.view, Qt.Key.Key_Home))

    def _search(self) -> Iterator[Route]:
        box = self.place.top.box
        for sign in "Каримова Д":
            yield Route("a letter in search", lambda sign=sign: type_text(box, sign))  # type: ignore[misc]
        yield Route("the search emptied", lambda: press(box, Qt.Key.Key_Escape))

    def _some_cases(self) -> Iterator[Route]:
        """Of their own; whoever leads others has none."""
        for case in self._own():
            yield Route("a case", lambda case=case: self.place.open_case(case), lambda case=case: self._shows(case))  # type: ignore[misc]
        yield Route("back to the list", lambda: self.place.go("cases"), lambda: self.is_shown("cases"))

    def _own(self) -> list[str]:
        sql = "SELECT id FROM cases WHERE worker_id = ? AND closed_on IS NULL ORDER BY number LIMIT 6"
        book = self.place.work._book
        with book.read("long") as reader:
            rows = reader.session.connection().exec_driver_sql(sql, (book.acting.staff_id,))
            return [bytes(row[0]).hex() for row in rows]

    def _shows(self, case: str) -> bool:
        view = getattr(self.page("case"), "view", None)
        return self.is_shown("case") and view is not None and view.id == case

    def _somebody_new(self) -> Iterator[Route]:
        """A new case, somebody typed letter by letter: is she known already?"""
        opened: list[Any] = []
        yield Route("a new case", lambda: opened.append(self.place.new_case()), lambda: opened)
        (dialog,) = opened
        fields = [each for each in dialog.findChildren(QLineEdit) if each.isVisibleTo(dialog) and each.isEnabled()]
        for field, typed in zip(fields, ("Каримова", "Дильноза", "Анваровна"), strict=False):
            for sign in typed:
                yield Route("a letter of somebody new", lambda f=field, sign=sign: type_text(f, sign))  # type: ignore[misc]
        yield Route("nobody new after all", lambda: press(dialog, Qt.Key.Key_Escape))


def window_on(path: Path, who: Callable[[], Identity]) -> MainWindow:
    """The program's own window on a casebook that any passphrase opens."""
    wall = Wall(TODAY + timedelta(days=1))

    def opened(*_given: Any) -> Desk:
        book = Casebook.open(path, Opening(KEY, who(), wall))
        book.facts = replace(book.facts, audit_key=LOG_KEY.public_kem)  # the office was founded without one
        return Desk(path, book, Opened(who(), StoreKey.fresh(), None, None, b"", outdated=False))  # type: ignore[arg-type]

    door._opened = opened  # type: ignore[assignment]
    settings = Settings(Path(mkdtemp()) / "settings.json")
    settings.set(RECENT, (str(path),))
    settings.set(LANGUAGE, SPOKEN)
    application = QApplication(sys.argv[:1])
    return app.made(application, settings)


def told(went: list[Went], worst: int) -> Iterator[str]:
    """The longest of every route, and the worst of all."""
    longest: dict[str, Stretch] = {}
    for one in went:
        for stretch in one.stretches:
            if stretch.busy > longest.get(one.name, Stretch(0, 0)).busy:
                longest[one.name] = stretch
    for name, stretch in longest.items():
        yield f"{name}: {stretch.busy * 1e3:.1f} ms busy, {stretch.busy / FRAME:.2f} x a frame"
    every = sorted(((each, one.name) for one in went for each in one.stretches), key=lambda pair: -pair[0].busy)
    yield f"the worst {worst} of {len(every):,} stretches, {sum(each.busy > FRAME for each, _ in every)} beyond a frame"
    for stretch, name in every[:worst]:
        yield f"{stretch.busy * 1e3:6.1f} ms  {name}: {stretch.where}"


def stirring(window: MainWindow, routes: Iterator[Route]) -> Iterator[Route]:
    """Keys are typed into the fields and not into the window, so who watches it is told that somebody is there."""
    for route in routes:
        window.idle.stir()
        yield route


def walked(cases: int, worst: int, who: Callable[[], Identity]) -> None:
    """One day at the window."""
    path = copied(built(cases))
    try:
        window = window_on(path, who)
        person = Colleague(window, "")
        walk = Walk(stirring(window, person.day()), Seen().between)
        QApplication.exec()
        window.door.stop()
    finally:
        shutil.rmtree(path.parent)
    print("\n".join(told(walk.went, worst)))
    for name, processor, clock in person.firsts:
        took = f"{processor * 1e3:.0f} ms of the processor, all threads together, {clock * 1e3:.0f} by the clock"
        print(f"{name}: from the open casebook to its first list {took}; budget {OPENED * 1e3:.0f}")
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most, budget 350", flush=True)


WHO: Final[Mapping[str, Callable[[], Identity]]] = {
    "supervisor": lambda: Founder.known().identity,
    "colleague": lambda: colleague(4),
}


def main(cases: int = 100_000, worst: int = 10) -> None:
    """Both, each in a program of its own."""
    built(cases)
    for who in WHO:
        print(who, flush=True)
        subprocess.run([sys.executable, "-m", "bench.slices", str(cases), str(worst), who], check=True)


if __name__ == "__main__":
    if sys.argv[3:]:
        walked(int(sys.argv[1]), int(sys.argv[2]), WHO[sys.argv[3]])
    else:
        main(*map(int, sys.argv[1:]))
