"""Where the printing system keeps a page while it is handed over: in memory, where the computer has such a place.

The library of the printing system on Linux writes the pages into its temporary folder for a moment. The folder of the
session (XDG_RUNTIME_DIR) is held in memory and is the user's alone; after a power cut nothing of it is left.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

IN_MEMORY: Final = "tmpfs"


@contextmanager
def pages_in_memory() -> Iterator[Path | None]:
    """Let whatever opens a temporary file in here open it in memory; None where there is no such place."""
    place, before = session_folder(), os.environ.get("TMPDIR")
    if place is None:
        yield None
        return
    os.environ["TMPDIR"] = str(place)
    try:
        yield place
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def session_folder(mounts: str | None = None) -> Path | None:
    """The user's own folder in memory; None where there is none or it lies on a disk."""
    told = os.environ.get("XDG_RUNTIME_DIR", "")
    if not told or not Path(told).is_absolute() or not os.access(told, os.W_OK):
        return None
    place = Path(told).resolve()
    return place if _kind_of_disk(place, _mounts() if mounts is None else mounts) == IN_MEMORY else None


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _kind_of_disk(place: Path, mounts: str) -> str:
    """The file system of the deepest mount above a folder, from the lines of /proc/mounts."""
    deepest, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) > 2 and place.is_relative_to(parts[1]) and len(parts[1]) >= len(deepest):
            deepest, kind = parts[1], parts[2]
    return kind
