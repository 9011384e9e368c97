"""A crash of the program leaves no memory on the disk, and nobody attaches to it."""

import subprocess
import sys
from pathlib import Path

import pytest

_DEED = """
import resource
from kzcase.keys.process import is_dumpable, shield
{shield}
print(resource.getrlimit(resource.RLIMIT_CORE)[0] == 0, is_dumpable())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="what Linux answers")
@pytest.mark.parametrize(("call", "said"), [("shield()", "True False"), ("", " True")], ids=["shielded", "bare"])
def test_memory_is_neither_dumped_nor_read(call: str, said: str) -> None:
    made = subprocess.run([sys.executable, "-c", _DEED.format(shield=call)], capture_output=True, text=True, check=True)
    assert made.stdout.rstrip().endswith(said)


@pytest.mark.skipif(sys.platform != "linux", reason="what Linux answers")
def test_every_command_is_shielded(tmp_path: Path) -> None:
    """The program itself, from outside: while it waits for its input, its memory belongs to root."""
    waiting = subprocess.Popen(
        [sys.executable, "-m", "kzcase", "form", "check", "-"], stdin=subprocess.PIPE, cwd=tmp_path
    )
    try:
        status = Path(f"/proc/{waiting.pid}/limits")
        line = _core_limit(status)
        while waiting.poll() is None and line != ["0", "0"]:
            line = _core_limit(status)
        assert line == ["0", "0"]
    finally:
        waiting.communicate(b"")


def _core_limit(status: Path) -> list[str]:
    found = next(line for line in status.read_text().splitlines() if line.startswith("Max core file size"))
    return found.split()[4:6]
