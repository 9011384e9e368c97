"""How long the window stands still: the longest stretch in which its thread does not turn, route by route.

Run: python -m bench.window [ROUNDS]. The real window, without a screen, on a demonstration casebook built once into
build/bench/window; each round is a program of its own. Beside each page stand as many bare Qt widgets of the same
kinds under the same style sheet, made and shown in one go: what Qt itself takes for polishing, laying out, painting.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from kzcase import app
from kzcase.demo.main_job import Place, Wanted, demonstrate
from kzcase.settings import LANGUAGE, RECENT, Settings
from kzcase.ui.main_window import MainWindow
from tests.ui.typing import press, type_text

BUILT = Path("build/bench/window")
CASES = 400
FRAME = 0.016
BEAT_MS = 1
WORTH_NOTING = 0.002
QUIET = 0.4
"""A route is over when what it waits for is there and no beat was late for this long."""
MOST_REST = 2.0
"""On a busy machine it never gets quiet."""
GIVE_UP = 30.0
ROUNDS = 5
SPOKEN = "ru"
FORM = "victim_screening"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One stretch without a turn: seconds by the clock, and those the window's own thread was on a processor."""

    clock: float
    busy: float
    where: str = ""


@dataclass(slots=True)
class Went:
    """How one route went."""

    name: str
    took: float
    stretches: list[Stretch]
    bare: float | None = None


class Heart(QObject):
    """Beats every millisecond while the event loop turns; a pause between two beats is a stretch without a turn. Who
    looks from outside says `where` the window's thread was between two moments."""

    def __init__(self, where: Callable[[float, float], str] | None = None) -> None:
        super().__init__()
        self._where = where
        self.stretches: list[Stretch] = []
        self.still = time.perf_counter()
        self._last: tuple[float, float] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    @Slot()
    def _beat(self) -> None:
        now, busy = time.perf_counter(), time.thread_time()
        if self._last is not None:
            clock = now - self._last[0] - BEAT_MS / 1000
            if clock > WORTH_NOTING:
                took = busy - self._last[1]
                where = self._where(self._last[0], now) if self._where is not None and took > FRAME / 2 else ""
                self.stretches.append(Stretch(clock, took, where))
                self.still = now if clock > FRAME / 4 else self.still
        self._last = now, busy

    def begin(self) -> None:
        """Forget what was; a measurement of our own in between is no stretch either."""
        self.stretches, self.still = [], time.perf_counter()
        self._last = self.still, time.thread_time()


@dataclass(frozen=True, slots=True)
class Route:
    """One thing a person does, when it is done, and the page it leads to where bare widgets are put beside it."""

    name: str
    act: Callable[[], object]
    done: Callable[[], object] = lambda: True
    page: Callable[[], Any] | None = None


class Walk(QObject):
    """Takes the routes one after the other inside the running event loop and writes down how each went."""

    def __init__(self, routes: Iterator[Route], where: Callable[[float, float], str] | None = None) -> None:
        super().__init__()
        self.heart = Heart(where)
        self.went: list[Went] = []
        self._routes = routes
        self._route: Route | None = None
        self._began = 0.0
        self._took: float | None = None
        self._look = QTimer(self)
        self._look.setInterval(10)
        self._look.timeout.connect(self._next)
        self._look.start()

    @Slot()
    def _next(self) -> None:
        if self._route is not None and not self._over(self._route):
            return
        self._route = next(self._routes, None)
        if self._route is None:
            self._look.stop()
            QApplication.exit()
            return
        self.heart.begin()
        self._began, self._took = time.perf_counter(), None
        QTimer.singleShot(0, self, self._route.act)

    def _over(self, route: Route) -> bool:
        now = time.perf_counter()
        if self._took is None:
            if now - self._began > GIVE_UP:
                sys.exit(f"{route.name} never ended")
            self._took = now - self._began if now - self._began > FRAME and route.done() else None
        if self._took is None:
            return False
        if now - max(self.heart.still, self._began) < QUIET and now - self._began - self._took < MOST_REST:
            return False
        self.went.append(Went(route.name, self._took, self.heart.stretches))
        if route.page is not None:
            self.went[-1].bare = bare(route.page())
        return True


KINDS: tuple[type[QWidget], ...] = (
    QLabel, QPushButton, QCheckBox, QLineEdit, QPlainTextEdit, QComboBox, QTableView, QListView, QScrollArea, QWidget,
)  # fmt: skip


def bare(page: QWidget) -> float:
    """Seconds for as many bare widgets of the same kinds, made, polished, laid out and painted in one go."""
    kinds = [_kind(each) for each in page.findChildren(QWidget) if each.isVisibleTo(page)]
    size: QSize = page.size()
    began = time.perf_counter()
    holder = QWidget()
    layout = QVBoxLayout(holder)
    for kind in kinds:
        widget = kind(holder)
        if isinstance(widget, QLabel | QPushButton):
            widget.setText("Кейстер кітабы")
        layout.addWidget(widget)
    holder.resize(size)
    holder.show()
    holder.grab()
    took = time.perf_counter() - began
    holder.close()
    holder.deleteLater()
    return took


def _kind(widget: QWidget) -> type[QWidget]:
    return next(kind for kind in KINDS if isinstance(widget, kind))


class Person:
    """Somebody at the window, and the routes of their day."""

    def __init__(self, window: MainWindow, passphrase: str) -> None:
        self.window = window
        self._passphrase = passphrase

    @property
    def place(self) -> Any:
        """The workplace, once a casebook is open."""
        return self.window.workplace

    def page(self, key: str) -> Any:
        """A page that was made."""
        return self.place.page(key) if self.place is not None else None

    def row(self, number: int) -> Any:
        """A row of the list of cases."""
        page = self.page("cases")
        rows = getattr(page, "rows", None)
        return rows.row(number) if rows is not None and rows.rowCount() else None

    def is_shown(self, key: str) -> bool:
        """Whether a page is the one on the screen."""
        page = self.page(key)
        return page is not None and self.place.stack.currentWidget() is page

    def to(self, key: str, name: str) -> Route:
        """To a place of the rail."""
        return Route(name, lambda: self.place.go(key), lambda: self.is_shown(key), lambda: self.page(key))

    def day(self) -> Iterator[Route]:
        """In, cases, a search, a call, a form, a summary, the other places, other languages, out."""
        yield Route("the start screen appears", self.window.show, self.window.isVisible, lambda: self.window.start)
        yield Route("unlocked, to the list of cases", self._unlock, lambda: self.row(0), lambda: self.place)
        yield from self._cases()
        yield from self._search()
        yield from self._call()
        yield from self._form()
        yield from self._summary()
        for key in ("tasks", "partners", "settings"):
            yield self.to(key, f"to the {key}")
        yield from self._languages("another language, every page made")
        yield Route("a new case", lambda: self.place.new_case())
        yield Route("locked", self.window.lock, lambda: not self.window._leaving)

    def _unlock(self) -> None:
        field = self.window.start.open.passphrase
        type_text(field, self._passphrase)
        press(field, Qt.Key.Key_Return)

    def _case(self, name: str, number: int) -> Route:
        def there() -> bool:
            view = getattr(self.page("case"), "view", None)
            return self.is_shown("case") and view is not None and view.id == self.row(number).id

        return Route(name, lambda: self.place.open_case(self.row(number).id), there, lambda: self.page("case"))

    def _cases(self) -> Iterator[Route]:
        yield self._case("the first case", 0)
        for number in (1, 2, 3):
            yield self._case("another case", number)
        yield self.to("cases", "back to the list")

    def _search(self) -> Iterator[Route]:
        box = self.place.top.box
        for name, sign in (("the first letter in search", "к"), ("another letter", "а"), ("another letter", "р")):
            yield Route(name, lambda sign=sign: type_text(box, sign))  # type: ignore[misc]
        yield Route("the search emptied", lambda: press(box, Qt.Key.Key_Escape))

    def _call(self) -> Iterator[Route]:
        yield self.to("calls", "to the calls")
        for name in ("a new call", "another new call"):
            yield Route(name, lambda: self.place.log_call(), lambda: self.is_shown("call entry"),
                        lambda: self.page("call entry"))  # fmt: skip
            yield Route("a letter in the call", lambda: type_text(self.page("call entry").fields.note, "к"))
            yield Route("the call left", lambda: self.page("call entry").closed.emit())

    def _form(self) -> Iterator[Route]:
        case = self.row(1).id
        key = f"form/{case}/{FORM}"

        def ready() -> bool:
            filling = getattr(self.page(key), "filling", None)
            return filling is not None and filling.section.ready

        yield Route("a form", lambda: self.place.open_form(case, FORM), ready, lambda: self.page(key))
        yield from self._languages("another language, a form open")
        yield Route("the next part of the form", lambda: self.page(key).filling.go(1), ready)
        yield Route("the form left", lambda: self.page(key).closed.emit(), lambda: self.is_shown("case"))

    def _summary(self) -> Iterator[Route]:
        yield self.to("summaries", "to the summaries")
        page = self.page("summaries")

        def pick() -> None:
            states = [row.state for row in page._looked.periods[page.subject.code]]
            page.period_step.list.selectRow(next(at for at, state in enumerate(states) if state in ("closed", "over")))

        yield Route("a period", pick, lambda: page.period is not None)
        for name, step in (("its tables", 1), ("its check", 2)):
            yield Route(name, page.next.click, lambda step=step: page.steps.currentIndex() == step)  # type: ignore[misc]

    def _languages(self, name: str) -> Iterator[Route]:
        for spoken in ("kk", "en", SPOKEN):
            yield Route(name, lambda spoken=spoken: self.place.status.languages.buttons[spoken].click())  # type: ignore[misc]


def casebook() -> tuple[Path, str]:
    """The demonstration casebook, built by the first run (and after the tables have changed), and its passphrase."""
    tables = sha256(b"".join(each.read_bytes() for each in sorted(Path("kzcase/db/migrations").rglob("*.py"))))
    made = Place(BUILT / tables.hexdigest()[:8])
    if not made.casebook.exists():
        demonstrate(made, Wanted(CASES, 1, "ru"), tell=lambda *_: None, progress=lambda *_: None)
    return made.casebook, made.passphrase_file.read_text(encoding="utf-8").strip()


def walked() -> list[Went]:
    """One day in a window of its own."""
    path, passphrase = casebook()
    settings = Settings(Path(mkdtemp()) / "settings.json")
    settings.set(RECENT, (str(path),))
    settings.set(LANGUAGE, SPOKEN)
    application = QApplication(sys.argv[:1])
    window = app.made(application, settings)
    walk = Walk(Person(window, passphrase).day())
    application.exec()
    window.door.stop()
    return walk.went


def _in_a_program_of_its_own() -> list[Went]:
    done = subprocess.run([sys.executable, "-m", "bench.window", "walk"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    found = json.loads(done.stdout.splitlines()[-1])
    return [Went(**{**one, "stretches": [Stretch(**each) for each in one["stretches"]]}) for one in found]


def _told(name: str, rounds: list[list[Went]]) -> str:
    """One line about the routes of one name: of each round the longest stretch, and of the rounds the middle one."""
    there = [[went for went in walk if went.name == name] for walk in rounds]
    stretches = [[stretch for went in one for stretch in went.stretches] for one in there]
    longest = [max(walk, key=lambda stretch: stretch.clock, default=Stretch(0, 0)) for walk in stretches]
    clock = statistics.median(one.clock for one in longest)
    busy = statistics.median(max((stretch.busy for stretch in walk), default=0.0) for walk in stretches)
    took = statistics.median(max(went.took for went in one) for one in there)
    said = f"{name}: {clock * 1e3:.1f} ms ({busy * 1e3:.1f} busy), {clock / FRAME:.2f} x a frame"
    bares = [went.bare for one in there for went in one if went.bare is not None]
    if bares:
        middle = statistics.median(bares)
        said += f", {clock / middle:.2f} x the same widgets bare in one go ({middle * 1e3:.1f} ms)"
    return f"{said}; done after {took * 1e3:.0f} ms"


def main(rounds: int = ROUNDS) -> None:
    """The longest stretch of every route."""
    casebook()
    walks = [_in_a_program_of_its_own() for _round in range(rounds)]
    for name in dict.fromkeys(went.name for went in walks[0]):
        print(_told(name, walks))


if __name__ == "__main__":
    if sys.argv[1:] == ["walk"]:
        print(json.dumps([asdict(one) for one in walked()]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
