"""A whole day in the real window leaves no word of it on the disk: no file, no log, no line of output says one.

Proof tier: five days, each made by a seed: its words and their languages, what is done and in which order, how it ends
(closed, locked, killed with a core file, erased). Papers go through a real cupsd; each file that any process creates
anywhere is looked for by strace.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from dataclasses import dataclass, fields
from pathlib import Path

import pytest

from tests.proofs.conftest import Proving
from tests.proofs.hunting import Trace, files_under, traces
from tests.proofs.marked import Marks, marks
from tests.proofs.printer import QUEUE, Printing, printing_system, wait_until

ROOT = Path(__file__).parents[2]
DAYS = 5
WORDS = (
    "Сыналғанов",
    "Шерзод",
    "9090000902"[1:],
    "Кірпіш зауытында",
    "Ертең сағат онда",
    "Заңгерге апару",
    "баспана керек",
)
"""What the day types: a name, a phone, a call, a note, a task, a reason; and the passphrase beside them."""
PASSPHRASE = "керуен домбыра"
DAY = "tests/journeys/test_window_day.py::test_a_caseworkers_day"
_CREATED = re.compile(r'(?:openat\([^,]*, |creat\(|rename\("[^"]*", )"([^"]+)"[^\n]*(?:O_CREAT|creat\(|rename\()')
HOMES = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
_NO_FILES = ("/dev/", "/proc/", "/sys/")


def live_a_day(folder: Path, *before: str) -> subprocess.CompletedProcess[bytes]:
    """The day in a process of its own, whose home, temporary folder and settings are in `folder`."""
    homes = {
        name: str(folder / name.lower())
        for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    }
    for home in homes.values():
        Path(home).mkdir()
    environment = {**os.environ, **homes, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [
        *before,
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        f"--basetemp={folder / 'base'}",
        DAY,
    ]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)


def hunted(folder: Path, day: subprocess.CompletedProcess[bytes]) -> list[Trace]:
    """What is found of the day in everything it left, its output included."""
    (folder / "stdout").write_bytes(day.stdout)
    (folder / "stderr").write_bytes(day.stderr)
    return traces(files_under(folder), (*WORDS, PASSPHRASE))


def test_a_day_leaves_no_word_behind(tmp_path: Path) -> None:
    day = live_a_day(tmp_path)
    assert day.returncode == 0, day.stdout.decode()[-2000:]
    assert list(tmp_path.rglob("casebook.db"))
    assert hunted(tmp_path, day) == []


@pytest.mark.parametrize(
    "write",
    [
        str.encode,
        lambda word: word.encode("utf-16-le"),
        lambda word: zlib.compress(b"before " + word.encode()),
        lambda word: gzip.compress(word.encode()),
        lambda word: json.dumps(word).encode(),
        lambda word: word.upper().encode(),
    ],
)
def test_a_planted_word_is_found(tmp_path: Path, write) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "core").write_bytes(b"\0" * 100 + write(WORDS[0]) + b"\0" * 100)
    assert {trace.word for trace in traces(files_under(tmp_path), WORDS)} == {WORDS[0]}


SEEDED = "tests/journeys/seeded_day.py"
_CORE = 'ulimit -c unlimited; exec "$@"'
"""The system may keep the memory of a program that falls: then every word would be in it."""
ABORTED = 134, -6


@dataclass
class Lived:
    """A day that a seed made: what it was, and where it left what it left."""

    number: int
    folder: Path
    ran: subprocess.CompletedProcess[bytes]
    steps: list[str]

    def ended_as_it_should(self) -> bool:
        """A program that is killed falls at the very end, and not before."""
        return self.ran.returncode in ABORTED if self.steps[-1:] == ["killed"] else self.ran.returncode == 0


def live_a_seeded_day(number: int, folder: Path, printing: Printing | None = None, *before: str) -> Lived:
    """Files that are added lie in a folder beside, as on a stick that is taken away again; backups stay and are
    looked through."""
    brought, told = folder.with_name(f"brought-{number}"), folder.with_name(f"told-{number}")
    brought.mkdir()
    homes = {name: folder / name.lower() for name in HOMES}
    for home in (folder, *homes.values(), folder / "stick"):
        home.mkdir(exist_ok=True)
    environment = {**os.environ, **{name: str(home) for name, home in homes.items()}, "QT_QPA_PLATFORM": "offscreen"}
    environment |= {"PYTHONDONTWRITEBYTECODE": "1", "KZCASE_DAY": str(number), "KZCASE_BROUGHT": str(brought)}
    environment |= {"KZCASE_STICK": str(folder / "stick"), "KZCASE_TOLD": str(told), "PYTHONPATH": str(ROOT)}
    if printing is not None:
        environment |= printing.environment | {"KZCASE_QUEUE": QUEUE}
    quiet = ["-q", "-p", "no:cacheprovider", "--tb=line", "-p", "no:faulthandler", "--show-capture=no"]
    pytest_run = [sys.executable, "-m", "pytest", *quiet, f"--rootdir={ROOT}", f"--basetemp={folder / 'base'}"]
    command = ["bash", "-c", _CORE, "day", *before, *pytest_run, str(ROOT / SEEDED)]
    ran = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    return Lived(number, folder, ran, json.loads(told.read_text())["steps"] if told.exists() else [])


def words_left(lived: Lived, *more: Path) -> list[Trace]:
    """Every word of the day in everything it left, the output of the program and the passphrase included."""
    (lived.folder / "stdout").write_bytes(lived.ran.stdout)
    (lived.folder / "stderr").write_bytes(lived.ran.stderr)
    return traces(files_under(lived.folder, *more), (*marks(lived.number).words(), PASSPHRASE))


@pytest.mark.proof
def test_plaintext(tmp_path: Path, proving: Proving) -> None:
    """Days under strace: no word in any file that was created, and none was created where none belongs."""
    assert shutil.which("strace"), "install strace: this proof looks at every file the program creates"
    proof = proving("plaintext", DAYS)
    with printing_system() as printing:
        for number, _chance in proof:
            (folder := tmp_path / str(number)).mkdir()
            log = tmp_path / f"strace-{number}"
            calls = "trace=openat,creat,rename,open"
            strace = ("strace", "-f", "-qq", "-s", "4096", "-e", calls, "-o", str(log))
            lived = live_a_seeded_day(proof.seed * DAYS + number, folder, printing, *strace)
            assert lived.ended_as_it_should(), (proof.which(), lived.ran.stdout.decode()[-2000:])
            mine = (str(folder), str(tmp_path / "told-"), str(tmp_path / "brought-"), str(printing.root))
            assert strangers(log, mine) == set(), proof.which()
            assert not list(folder.rglob("core*")), proof.which()
            if lived.steps[-1] == "killed":
                printing.give_up()
            wait_until(lambda: not printing.jobs("not-completed"))
            assert words_left(lived, printing.root) == [], proof.which()
            proof.seen["files looked through"] += len(files_under(folder, printing.root))
            proof.seen["words hunted"] += len(marks(lived.number).words())
            proof.seen.update(lived.steps)
        proof.seen["sheets printed"] = len(printing.printer.sheets)
    proof.end()
    assert proof.seen["files looked through"] > 0


def strangers(log: Path, mine: tuple[str, ...]) -> set[str]:
    """Files that were made where none belongs, outside the folders of the day."""
    created = {name for name in _CREATED.findall(log.read_text(errors="replace")) if not name.startswith(_NO_FILES)}
    return {name for name in created if name.startswith("/") and not name.startswith(mine)}


@pytest.mark.proof
def test_a_program_whose_memory_is_kept_would_be_noticed(tmp_path: Path) -> None:
    """Canary of the core file: the same words in a program that does not shield itself."""
    said = marks(1)
    program = f"import os; words = {list(said.words())!r}; os.abort()"
    subprocess.run(["bash", "-c", _CORE, "day", sys.executable, "-c", program], cwd=tmp_path, check=False)
    if not list(tmp_path.glob("core*")):
        pytest.skip("this system keeps no memory of programs in their own folder")
    assert {trace.word for trace in traces(files_under(tmp_path), said.words())} == set(said.words())


def test_every_day_has_other_words_and_they_are_rare() -> None:
    days = [marks(number) for number in range(200)]
    words = [word for day in days for word in day.words()]
    assert len(set(words)) == len(words)
    assert all(len(day.words()) >= 15 for day in days)
    assert marks(7) == marks(7)


@pytest.mark.parametrize("field", [one.name for one in fields(Marks)])
def test_a_word_of_every_kind_is_found_wherever_it_was_left(tmp_path: Path, field: str) -> None:
    said = str(getattr(marks(3), field))
    places = {
        "log": said.encode(),
        "settings": json.dumps(said).encode(),
        "core": b"\0\1" + said.encode("utf-16-le"),
        "page.pdf": b"%PDF " + zlib.compress(b"x" + said.encode()),
        "spool": gzip.compress(said.upper().encode()),
    }
    for name, content in places.items():
        (tmp_path / name).write_bytes(content)
    found = {(trace.word, trace.file) for trace in traces(files_under(tmp_path), marks(3).words())}
    wanted = {word for word in marks(3).words() if word in said}
    assert found == {(word, name) for word in wanted for name in places}
