"""How long the panic key takes with the heaviest pages open: until nothing is seen, and until the keys are gone.

Run: python -m bench.panic [ROUNDS]. The real window on the demonstration casebook of bench.window, an attachment added
to its first case; each round is a program of its own: the case, a form half filled in, the log of looks and the
attachment all open, a note begun, then Ctrl+Shift+L.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from bench.window import FORM, ROUNDS, SPOKEN, Person, Route, Walk, casebook
from kzcase import app
from kzcase.settings import LANGUAGE, RECENT, Settings
from kzcase.ui.attachments.viewer import Viewer
from tests.ui.typing import type_text

BUDGET: Final = 0.3
PANIC: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class Panic(QObject):
    """Presses the key and watches what the screen and the door do."""

    def __init__(self, person: Person) -> None:
        super().__init__()
        self.person = person
        self.hidden = self.dropped = 0.0
        self._began = 0.0
        person.window.locked.connect(self._locked)

    def press(self) -> None:
        """Ctrl+Shift+L, where the keyboard is: in the viewer."""
        self.person.window.start.installEventFilter(self)
        target = QApplication.focusWindow() or self.person.window.windowHandle()
        self._began = time.perf_counter()
        QApplication.sendEvent(target, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_L, PANIC, "L"))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint and not self.hidden:
            shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
            assert shown == [self.person.window], shown
            self.hidden = time.perf_counter() - self._began
        return False

    def _locked(self) -> None:
        self.dropped = time.perf_counter() - self._began


def heaviest(person: Person, panic: Panic) -> Iterator[Route]:
    """Everything open at once, then the key."""
    yield Route("the start screen", person.window.show, person.window.isVisible)
    yield Route("unlocked", person._unlock, lambda: person.row(0))
    case = person.row(0).id
    yield Route("names shown", person.page("cases").names.click, lambda: "name" not in person.row(0).masked)
    yield person._case("the case", 0)
    card = _attachments(person)
    if not card.lines:
        yield Route("an attachment", lambda: card.add_files([_scan()]), lambda: card.lines)
    yield Route("it may be opened", lambda: None, lambda: card.lines[0].open.isEnabled())
    key = f"form/{case}/{FORM}"
    yield Route("the form", lambda: person.place.open_form(case, FORM), lambda: _filling(person, key))
    yield Route("half filled in", lambda: person.page(key).interview.answer("safety/alone", "yes"))
    yield person.to("looks", "the log of looks")
    yield Route("the case again", lambda: person.place.open_case(case), lambda: person.is_shown("case"))
    yield Route("a note begun", lambda: type_text(person.page("case").notes.text, "Ертең"))
    yield Route("the attachment", card.lines[0].open.click, lambda: _picture(person))
    yield Route("panic", panic.press, lambda: panic.dropped)


def _attachments(person: Person) -> Any:
    from kzcase.ui.attachments.card import AttachmentsCard

    return person.page("case").findChild(AttachmentsCard)


def _filling(person: Person, key: str) -> bool:
    filling = getattr(person.page(key), "filling", None)
    return filling is not None and filling.section.ready


def _picture(person: Person) -> bool:
    viewer = person.window.findChild(Viewer)
    return viewer is not None and viewer.page._image is not None


def _scan() -> Path:
    """A page as a telephone takes it."""
    from PIL import Image

    made = BytesIO()
    Image.effect_noise((2400, 3200), 40).convert("RGB").save(made, "JPEG", quality=80)
    path = Path(mkdtemp()) / "page.jpg"
    path.write_bytes(made.getvalue())
    return path


def pressed() -> dict[str, float]:
    """One panic in a window of its own."""
    path, passphrase = casebook()
    settings = Settings(Path(mkdtemp()) / "settings.json")
    settings.set(RECENT, (str(path),))
    settings.set(LANGUAGE, SPOKEN)
    application = QApplication(sys.argv[:1])
    window = app.made(application, settings)
    person = Person(window, passphrase)
    panic = Panic(person)
    walk = Walk(heaviest(person, panic))
    application.exec()
    window.door.stop()
    del walk
    return {"hidden": panic.hidden, "dropped": panic.dropped}


def _in_a_program_of_its_own() -> dict[str, float]:
    done = subprocess.run([sys.executable, "-m", "bench.panic", "press"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main(rounds: int = ROUNDS) -> None:
    """The middle and the slowest of all rounds."""
    casebook()
    found = [_in_a_program_of_its_own() for _round in range(rounds)]
    for name, told in (("hidden", "nothing of the casebook is seen"), ("dropped", "the keys are gone")):
        taken = [one[name] for one in found]
        middle, worst = statistics.median(taken), max(taken)
        print(f"{told} after {middle * 1e3:.1f} ms, at worst {worst * 1e3:.1f} ms: {worst / BUDGET:.2f} x the budget")


if __name__ == "__main__":
    if sys.argv[1:] == ["press"]:
        print(json.dumps(pressed()))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS)
