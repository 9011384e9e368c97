"""After the lock the store key stands nowhere in the memory of the program."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kzcase.actions.desk import open_desk
from tests.keys.cheap import TINY
from tests.proofs.conftest import Proving
from tests.ui.desks import PASSPHRASE, casebook

ROOT = Path(__file__).parents[2]
DUMPS = 20
_PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from tests.ui.desks import PASSPHRASE, window_on
application = QApplication(sys.argv[:1])
window = window_on(Path(sys.argv[1]), threads=True)
window.show()
def turn_until(true):
    while not true():
        application.processEvents()
window.door.enter(Path(sys.argv[1]), PASSPHRASE)
turn_until(lambda: window.workplace is not None)
def listed():
    page = window.workplace.page("cases")
    return page is not None and page.ready and page.rows.row(0) is not None
turn_until(listed)
print("open", flush=True); sys.stdin.readline()
done = []
window.locked.connect(lambda: done.append(True))
window.lock()
turn_until(lambda: done)
for _ in range(50):
    application.processEvents()
print("locked", flush=True); sys.stdin.readline()
window.door.stop()
"""


def hits(pid: int, needles: list[bytes]) -> int:
    """How often any of these stands in a process's memory that can be written: stacks, heaps, anonymous maps."""
    found = 0
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights = line.split()[:2]
            if "w" not in rights:
                continue
            start, end = (int(each, 16) for each in span.split("-"))
            try:
                memory.seek(start)
                held = memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue
            found += sum(held.count(needle) for needle in needles)
    return found


def look_into(path: Path) -> tuple[int, int]:
    """(hits while open, hits once locked) of the store key, raw and as hexadecimal digits in either case."""
    with open_desk(path, PASSPHRASE, floor=TINY) as desk:
        key = bytes(desk.keys.store_key.reveal())
    raw, digits = key[:32], key[:32].hex()
    needles = [raw, digits.encode(), digits.upper().encode()]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    child = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(path)], cwd=ROOT, env=environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == "open\n"
        before = hits(child.pid, needles)
        child.stdin.write("\n")
        child.stdin.flush()
        assert child.stdout.readline() == "locked\n"
        return before, hits(child.pid, needles)
    finally:
        child.kill()
        child.wait()
        child.stdin.close()
        child.stdout.close()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read through /proc")
def test_the_store_key_is_gone_after_the_lock(tmp_path: Path) -> None:
    before, after = look_into(casebook(tmp_path, 5))
    assert before > 0  # else this would find nothing anywhere
    assert after == 0


@pytest.mark.proof
def test_memory(tmp_path: Path, proving: Proving) -> None:
    """Each dump is of a program of its own."""
    proof = proving("memory", DUMPS)
    for number, _chance in proof:
        (folder := tmp_path / str(number)).mkdir()
        before, after = look_into(casebook(folder, 5))
        assert before > 0, proof.which()
        assert after == 0, proof.which()
        proof.seen["hits before the lock"] += before
        proof.seen["hits after the lock"] += after
    proof.end()
