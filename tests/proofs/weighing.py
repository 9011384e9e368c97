"""What refusing one input costs: `python -m tests.proofs.weighing READER [INPUT …]` says it of the heaviest.

Each input is read by a process of its own. Processor time and memory of that process and of every process it starts
count: the bytes of the input, what the process grew by, and the peak of its largest child.
"""

import json
import os
import resource
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from tests.proofs.further_readers import Reader

MOST_SECONDS: Final = 20
"""After which reading is ended from outside."""
_LOADED_AT_ONCE: Final = ("typed words", "small files", "within seals", "tables of rules", "rules")
"""Readers that are several, each of which loads something of its own."""
_STATUS: Final = Path("/proc/self/status")
_FORGET_PEAK: Final = "5"


def weighed(reader: Reader, what: str, content: bytes) -> dict[str, Any]:
    """How reading ended (`refused`, `taken` or a fault), its seconds and its kilobytes, told by a child process."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, resource.RLIM_INFINITY))
        told = json.dumps({"input": what, "bytes": len(content), **_weigh(reader, content)}).encode()
        os.write(theirs, told)
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        told = stream.read()
    _pid, status = os.waitpid(child, 0)
    said: dict[str, Any] = json.loads(told) if told else {"input": what, "ended": f"died: {status}"}
    return said


def _weigh(reader: Reader, content: bytes) -> dict[str, Any]:
    Path("/proc/self/clear_refs").write_text(_FORGET_PEAK)
    before, began = _kilobytes("VmRSS"), _worked()
    ended = _how_it_ends(reader, content)
    seconds, grown = _worked() - began, _kilobytes("VmHWM") - before
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {"ended": ended, "seconds": round(seconds, 3), "kb": grown + child + len(content) // 1024}


def _how_it_ends(reader: Reader, content: bytes) -> str:
    try:
        reader.read(content)
    except reader.refusal as refused:
        return f"refused: {type(refused).__name__}"
    except Exception:  # noqa: BLE001  # whatever it is, the one who asked shall see it
        return traceback.format_exc()[-2000:]
    return "taken"


def _kilobytes(name: str) -> int:
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1])


def _worked() -> float:
    """Seconds of processor time of this process and those it waited for."""
    return sum(os.times()[:4])


def weigh_all(name: str, reader: Reader, inputs: dict[str, Callable[[], bytes]]) -> Iterator[dict[str, Any]]:
    """Every heavy input of one reader; first a sound one, so that what is loaded once does not count."""
    for sound in reader.seeds()[: None if name in _LOADED_AT_ONCE else 1]:
        reader.read(sound)
    for what, made in inputs.items():
        yield {"reader": name, **weighed(reader, what, made())}


def main(name: str, *some: str) -> None:
    """Say one line for each input of this reader, or for some of them."""
    from tests.proofs.fuzzer import reader_of
    from tests.proofs.heaviest import HEAVIEST

    os.environ.setdefault("KZCASE_HOME", tempfile.mkdtemp(prefix="kzcase-home-"))
    inputs = {what: HEAVIEST[name][what] for what in some or HEAVIEST[name]}
    for said in weigh_all(name, reader_of(name), inputs):
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
