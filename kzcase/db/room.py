"""Room on the disk: how much is left, a ballast that is given back when there is none, and when to stop writing."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kzcase.db.troubles import in_words
from kzcase.domain.errors import DiskNearlyFull, DiskTrouble, reason_of
from kzcase.paths import open_own

MEGABYTE: Final = 1_000_000
LEAST_FREE: Final = 200 * MEGABYTE
"""With less nothing new is begun: what is left is for drafts, the log of looks and a clean close."""
BALLAST: Final = "ballast"
BALLAST_BYTES: Final = 16 << 20
_PIECE: Final = 1 << 20


def free_bytes(path: Path) -> int:
    """What ordinary programs may still write on the disk of this folder."""
    try:
        return shutil.disk_usage(path).free
    except OSError as error:
        raise DiskTrouble(reason=reason_of(error)) from error


def on_one_disk(one: Path, other: Path) -> bool:
    """Whether both folders lie on the same disk; what the system does not tell is not claimed."""
    with suppress(OSError):
        return one.stat().st_dev == other.stat().st_dev
    return False


def must_have_room(path: Path, wanted: int = 0) -> None:
    """`DiskNearlyFull` when less would be left than is kept for a clean end."""
    free = free_bytes(path)
    if free < LEAST_FREE + wanted:
        needed = -(-(LEAST_FREE + wanted) // MEGABYTE)
        raise DiskNearlyFull(free=free // MEGABYTE, needed=needed)


def make_ballast(file: Path) -> None:
    """Take the room, really: where the system can reserve it at once, else byte by byte. OSError when it does not."""
    with open_own(file, make=True, empty=True) as stream:
        reserve = getattr(os, "posix_fallocate", None)
        if reserve is not None:
            reserve(stream.fileno(), 0, BALLAST_BYTES)
        else:
            for _piece in range(BALLAST_BYTES // _PIECE):
                stream.write(os.urandom(_PIECE))


def give_back(file: Path) -> bool:
    """Let go of the ballast; whether there was any."""
    try:
        given = file.stat().st_size > 0
        open_own(file, empty=True).close()
    except OSError:
        return False
    return given


def look_for_room(folder: Path) -> None:
    """Before a casebook is opened: on a full disk give the ballast back, with room again keep some ready."""
    with suppress(OSError, DiskTrouble):
        free, file = free_bytes(folder), folder / BALLAST
        if free < BALLAST_BYTES:
            give_back(file)
        elif free > LEAST_FREE + BALLAST_BYTES and file.exists() and file.stat().st_size < BALLAST_BYTES:
            make_ballast(file)


@contextmanager
def room_to_write(folder: Path, door: str) -> Iterator[None]:
    """Around a transaction: nothing new is begun when the disk is nearly full, and when it is full the ballast goes.

    What belongs to this laptop alone, drafts above all, is written as long as there is any room.
    """
    if door != "local":
        must_have_room(folder)
    try:
        with in_words():
            yield
    except DiskTrouble:
        look_for_room(folder)
        raise
