"""How long from the start of the program until its unlock screen is painted, beside a bare window of the same Qt.

Run: python -m bench.startup [ROUNDS]. Each round starts both in turn, each a program of its own without a screen;
the clock runs from before the process is made until it says that its window has been painted, and so does the
processor's time of its own, which a busy machine lengthens less. The files are warm and compiled, as after every
installation: what is measured is the program, not the disk. Beside it stands which heavy parts were loaded before
anybody needed them.
"""

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

BUDGET = 1.5
ROUNDS = 15
HEAVY = ("sqlalchemy", "sqlcipher3", "reportlab", "pyxform", "numpy", "highspy", "alembic", "babel", "rapidfuzz")
PAINTED = "painted"


class Start(NamedTuple):
    """One start of a program: seconds until its window was painted, those of the processor, and the heavy parts it had
    loaded by then."""

    seconds: float
    busy: float
    loaded: tuple[str, ...]


def bare() -> None:
    """A window of nothing but Qt."""
    from PySide6.QtWidgets import QApplication, QWidget

    application = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1366, 768)
    tell_when_painted(window)
    window.show()
    application.exec()


def same() -> None:
    """A window of nothing but Qt with the widgets the unlock screen shows: sentences, a list, a field, buttons."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

    application = QApplication(sys.argv[:1])
    window = QWidget()
    window.resize(1366, 768)
    layout = QVBoxLayout(window)
    field = QLineEdit()
    for text in ("kzcase", "One", "Two", "Three", "Open a casebook", "Your passphrase"):
        layout.addWidget(QLabel(text), 0, Qt.AlignmentFlag.AlignLeft)
    for widget in (QListWidget(), field, *(QPushButton(text) for text in ("kk", "ru", "en", "Open", "A", "B", "C"))):
        layout.addWidget(widget)
    tell_when_painted(field)
    window.show()
    application.exec()


def program(casebook: str) -> None:
    """kzcase as it is started on a casebook, by its own door; only who waits for the paint is added."""
    from kzcase import __main__ as door

    open_window = door.open_window

    def open_and_tell(*given: Any) -> int:
        """Qt is loaded by the program when it would be, not before by us."""
        from PySide6.QtWidgets import QApplication

        turn = QApplication.exec

        def turn_and_tell(*_none: Any) -> int:
            (window,) = (each for each in QApplication.topLevelWidgets() if type(each).__name__ == "MainWindow")
            tell_when_painted(window.start.open.passphrase)  # type: ignore[attr-defined]
            return turn()

        QApplication.exec = turn_and_tell  # type: ignore[method-assign]
        return open_window(*given)

    door.open_window = open_and_tell
    sys.argv = ["kzcase", casebook]
    sys.exit(door.main())


def tell_when_painted(widget: Any) -> None:
    """Say so, with the heavy parts loaded until then, once this widget has been painted; then end."""
    import time

    from PySide6.QtCore import QEvent, QObject, QTimer
    from PySide6.QtWidgets import QApplication

    def tell() -> None:
        print(PAINTED, time.process_time(), *(name for name in HEAVY if name in sys.modules), flush=True)
        QApplication.exit()

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, self, tell)
            return super().eventFilter(watched, event)

    widget.installEventFilter(Watch(widget))


# The part that waits, with imports of its own: those started load nothing for it.


def start(compiled: str, *what: str) -> Start:
    """Start one of them and wait until it says that it is painted. What was compiled is kept in a folder."""
    import os
    import subprocess
    import time
    from tempfile import mkdtemp

    surroundings = os.environ | {"QT_QPA_PLATFORM": "offscreen", "KZCASE_HOME": mkdtemp()}
    surroundings |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": compiled}
    command = [sys.executable, "-m", "bench.startup", *what]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as process:
        assert process.stdout is not None
        said, busy, *loaded = process.stdout.readline().split() or ["", "0"]
        seconds = time.perf_counter() - began
        process.stdout.read()
    if said != PAINTED:
        sys.exit(f"{what[0]} was never painted")
    return Start(seconds, float(busy), tuple(loaded))


def told(rounds: "Sequence[tuple[Start, Start, Start]]") -> str:
    """The middle of each, the middle of their ratios round by round, by the clock and by the processor, and the heavy
    parts."""
    heavy = sorted({name for ours, _, _ in rounds for name in ours.loaded})
    lines = (
        _compared("by the clock", [[one.seconds for one in starts] for starts in rounds]),
        _compared("by the processor", [[one.busy for one in starts] for starts in rounds]),
        f"loaded before it is needed: {', '.join(heavy) or 'nothing heavy'}",
    )
    return "\n".join(lines)


def _compared(how: str, rounds: list[list[float]]) -> str:
    import statistics

    mine, bare_one, same_one = (statistics.median(column) for column in zip(*rounds, strict=True))
    ratio = statistics.median(ours / other for ours, other, _ in rounds)
    beside = statistics.median(ours / other for ours, _, other in rounds)
    return (
        f"start to unlock screen, {how}: {mine * 1e3:.0f} ms, {ratio:.2f} x a bare window ({bare_one * 1e3:.0f} ms), "
        f"{ratio / BUDGET:.2f} x the budget; {beside:.2f} x the same widgets bare ({same_one * 1e3:.0f} ms)"
    )


def compile_catalogues() -> None:
    """As `make setup` and every package do; a checkout whose sentences have changed since would be measured without."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    from kzcase import paths

    for source in paths.translations().glob("*/LC_MESSAGES/kzcase.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as words, compiled.open("wb") as found:
                write_mo(found, read_po(words))


def _office() -> "Path":
    """A folder that can be offered; it is never opened."""
    from pathlib import Path
    from tempfile import mkdtemp

    casebook = Path(mkdtemp()) / "office.kzcase"
    casebook.mkdir()
    return casebook


def main(rounds: int = ROUNDS) -> None:
    """All three in turn, after one start of each to warm the files."""
    from tempfile import mkdtemp

    compile_catalogues()
    casebook, compiled = _office(), mkdtemp()
    what = (("program", str(casebook)), ("bare",), ("same",))
    starts = [tuple(start(compiled, *one) for one in what) for _ in range(rounds + 1)]
    print(told(starts[1:]))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bare"]:
            bare()
        case ["same"]:
            same()
        case ["program", casebook]:
            program(casebook)
        case [rounds]:
            main(int(rounds))
        case _:
            main()
