"""What the workplace will need is loaded while the start screen stands there and while a key is derived.

Qt's classes are made on the window's thread alone: made beside the running event loop they now and then ended the
program without a word. So whatever belongs to the window is loaded there, one module a turn, each when everything it
stands on is loaded. What knows nothing of Qt (the tables, the rules, the words) is loaded on another thread meanwhile.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from kzcase.i18n import LANGUAGES, catalogue
from kzcase.ui import icons
from kzcase.ui.lanes import Lane
from kzcase.ui.slices import SLICE_SECONDS

MODULES: Final = (
    "kzcase.ui.office",
    "kzcase.ui.workplace",
    "kzcase.ui.cases.list_page",
    "kzcase.ui.cases.page",
    "kzcase.ui.cases.new_dialog",
    "kzcase.ui.cases.sealed_dialogs",
    "kzcase.ui.people.card",
    "kzcase.ui.history.card",
    "kzcase.ui.attachments.card",
    "kzcase.ui.referrals.panel",
    "kzcase.ui.referrals.draft_dialog",
    "kzcase.ui.consents.dialog",
    "kzcase.ui.calls.page",
    "kzcase.ui.calls.entry",
    "kzcase.ui.tasks.page",
    "kzcase.ui.supervision.card",
    "kzcase.ui.supervision.timeline",
    "kzcase.ui.team.page",
    "kzcase.ui.partners.page",
    "kzcase.ui.forms.page",
    "kzcase.ui.forms.stored",
    "kzcase.ui.forms.room",
    "kzcase.ui.summaries.page",
    "kzcase.ui.audit.page",
    "kzcase.ui.settings.page",
    "kzcase.ui.backups.card",
    "kzcase.ui.erasures.retention_card",
)
"""The screens one comes to within the first minutes; each brings what it stands on."""
QT: Final = ("PySide6", "shiboken6")
SOON_MS: Final = 150
"""So long after the window is shown: the start screen is painted first."""
ALONE: Final = threading.Lock()
"""Held by a thread that loads what it begins with: two that load what imports each other meet half-loaded modules."""


class NotYet(Exception):
    """A module wants another one that is not loaded."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class OneByOne:
    """Asked by Python for every module that is not loaded: on this thread nothing is loaded in passing, only named."""

    def __init__(self, *allowed: str) -> None:
        self._allowed = allowed
        self._thread = threading.get_ident()

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        """Give the way to Python's own finders, or stop here."""
        if threading.get_ident() == self._thread and name not in self._allowed and not _is_in(name, *QT):
            raise NotYet(name)


@contextmanager
def one_by_one(*allowed: str) -> Iterator[None]:
    """On this thread only these modules may be loaded, and Qt's own; the first other one raises `NotYet`."""
    finder: Any = OneByOne(*allowed)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


class Warming(QObject):
    """Loads the screens. Begun once, it goes on by itself; whoever needs them asks for `then`."""

    warm = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._beside = Lane("kzcase-warming", parent=self)
        self._begun = False
        self._done = False
        self._wanted = list(reversed(MODULES))
        self._before: list[str] = []
        self._tried: set[str] = set()
        self._waiting: list[Callable[[], object]] = []

    def begin_soon(self) -> None:
        """Begin when what is shown now has been painted."""
        QTimer.singleShot(SOON_MS, self, self.begin)

    @Slot()
    def begin(self) -> None:
        """Begin, if nobody has yet."""
        if not self._begun:
            self._begun = True
            self._beside.run(load_beside, lambda _nothing: self._turn())

    def then(self, call: Callable[[], object]) -> None:
        """Call this when every screen is loaded; at once if they are."""
        if self._done or all(name in sys.modules for name in MODULES):
            call()
        else:
            self._waiting.append(call)
            self.begin()

    def stop(self) -> None:
        """The end of the program: what is being loaded is the last."""
        self._waiting, self._wanted, self._before = [], [], []
        self._beside.stop()

    @Slot()
    def _turn(self) -> None:
        until = time.monotonic() + SLICE_SECONDS
        while (self._before or self._wanted) and time.monotonic() < until:
            if not self._before:
                self._before.append(self._wanted.pop())
            missing = self._load_last()
            if missing is None:
                self._before.pop()
            elif _is_in(missing, "kzcase.ui"):
                self._before.append(missing)
            else:
                self._tried.add(missing)
                self._beside.run(partial(load_one_beside, missing), lambda _nothing: self._turn())
                return
        if self._before or self._wanted:
            QTimer.singleShot(0, self, self._turn)
        else:
            self._end()

    def _load_last(self) -> str | None:
        """Load the module the others wait for; or give the one that must be loaded before it."""
        try:
            with one_by_one(*self._before, *self._tried):
                import_module(self._before[-1])
        except NotYet as first:
            return first.name
        return None

    def _end(self) -> None:
        self._done = True
        self.warm.emit()
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()


class InlineWarming(Warming):
    """For tests: everything at once."""

    def then(self, call: Callable[[], object]) -> None:
        for name in MODULES:
            import_module(name)
        call()


def load_beside() -> None:
    """What knows nothing of Qt: the casebook, what summaries count, pictures as bytes, the words of every language."""
    for name in ("kzcase.actions.desk", "kzcase.forms.library"):
        load_one_beside(name)
    load_one_beside("kzcase.summaries.indicators")
    sys.modules["kzcase.summaries.indicators"].standard()
    icons.read_all()
    for language in LANGUAGES:
        catalogue(language)


def load_one_beside(name: str) -> None:
    """One module; whether it may be missing decides who wants it."""
    with ALONE:
        try:
            import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise


def _is_in(name: str, *packages: str) -> bool:
    return any(name == each or name.startswith(f"{each}.") for each in packages)
