"""A whole day in the real window leaves no word of it on the disk: no file, no log, no line of output says one.

Proof tier: five days, each file that any process creates anywhere is looked for by strace.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from tests.proofs.conftest import Proving
from tests.proofs.hunting import Trace, files_under, traces

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


@pytest.mark.proof
def test_plaintext(tmp_path: Path, proving: Proving) -> None:
    """Days under strace: no word in any file that was created, and none was created where none belongs."""
    assert shutil.which("strace"), "install strace: this proof looks at every file the program creates"
    proof = proving("plaintext", DAYS)
    for number, _chance in proof:
        (folder := tmp_path / str(number)).mkdir()
        log = tmp_path / f"strace-{number}"
        calls = "trace=openat,creat,rename,open"
        day = live_a_day(folder, "strace", "-f", "-qq", "-s", "4096", "-e", calls, "-o", str(log))
        assert day.returncode == 0, day.stdout.decode()[-2000:]
        created = {name for name in _CREATED.findall(log.read_text(errors="replace")) if not name.startswith(_NO_FILES)}
        strangers = {name for name in created if name.startswith("/") and not name.startswith(str(folder))}
        assert strangers == set(), proof.which()
        assert hunted(folder, day) == [], proof.which()
        proof.seen["files looked through"] += len(files_under(folder))
    proof.end()
    assert proof.seen["files looked through"] > 0
