"""The speed budgets, each with its ratio; the measurements live beside the program, in the source checkout."""

import subprocess
import sys
import time
from pathlib import Path

from kzcase import paths
from kzcase.cli.desk import as_json
from kzcase.cli.documents import Bench, Measured
from kzcase.cli.output import DONE, FOUND, answer, put_text, tell
from kzcase.cli.spoken import argument, command
from kzcase.domain.errors import NoBench, NoSuchBench
from kzcase.i18n import _


@command("bench", _("Measure the speed budgets, all or those named, each as a ratio."))
@argument("names", _("Which; otherwise all of them, one after the other."), nargs=-1, metavar="[NAME]...")
@as_json
def bench_command(*, names: tuple[str, ...], as_json: bool) -> int:
    """Each bench is a program of its own, so that none warms up another."""
    known = benches()
    for name in names:
        if name not in known:
            raise NoSuchBench(what=name[:64], known=", ".join(known))
    measured = []
    for name in names or known:
        tell(_("Measuring {name} …", name=name))
        measured.append(_measure(name))
        if not as_json:
            put_text([f"{name} ({measured[-1].seconds} s)", *(f"  {line}" for line in measured[-1].lines)])
    if as_json:
        answer(Bench(benches=measured), as_json=True)
    return DONE if all(one.ok for one in measured) else FOUND


def benches() -> tuple[str, ...]:
    """The names of all benches. `NoBench` in an installed program, which comes without them."""
    folder = _folder()
    if folder is None:
        raise NoBench
    return tuple(sorted(file.stem for file in folder.glob("[a-z]*.py")))


def _folder() -> Path | None:
    folder = paths.shipped() / "bench"
    packaged = getattr(sys, "frozen", False)  # there `sys.executable` is kzcase itself, not Python
    return folder if folder.is_dir() and not packaged else None


def _measure(name: str) -> Measured:
    began = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own module, by a name from the list above
        [sys.executable, "-m", f"bench.{name}"],
        cwd=paths.shipped(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    lines = [*done.stdout.splitlines(), *(done.stderr.splitlines()[-3:] if done.returncode else [])]
    seconds = round(time.perf_counter() - began, 2)
    return Measured(name=name, ok=done.returncode == 0, seconds=seconds, lines=lines)
